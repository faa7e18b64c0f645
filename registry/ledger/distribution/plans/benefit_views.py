"""The page of who benefits: the households to which the plans of a year give something."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.clock import today
from registry.errors import Missing
from registry.ledger.distribution.plans.benefits import (
    PAGE_ROWS,
    Benefit,
    count_benefiting,
    count_benefits_before,
    list_benefits,
    list_benefits_before,
)
from registry.permissions import Permission, may
from registry.places.queries import full_names, names_of
from registry.regions import Level, level_of
from registry.web import actor, page, requires, whole_number

blueprint = Blueprint("benefits", __name__)
_LAST_YEAR = 2100


@blueprint.get("/distributions/households")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the households of a unit and below that benefit of a year."""
    region = request.args.get("region") or actor().unit_code
    if not may(actor(), Permission.LEDGER_READ, region):
        raise Missing
    year = whole_number("year", 0, _LAST_YEAR) or today().year
    total, rows, before = count_benefiting(region, year, actor()), *_page(region, year)
    named = names_of if level_of(region) is Level.VILLAGE else full_names
    return page(
        "distributions/households.html", rows=rows, before=before, region=region, year=year,
        total=max(total, before + len(rows)), names=named({one.household.region_code for one in rows}),
    )  # fmt: skip


def _page(region: str, year: int) -> tuple[list[Benefit], int]:
    """Return the page that the address names, and how many households stand before it."""
    args = request.args
    if "before" in args:  # empty: the last page
        rows = list_benefits_before(region, year, actor(), before=args["before"], limit=PAGE_ROWS)
    else:
        rows = list_benefits(region, year, actor(), after=args.get("after", ""), limit=PAGE_ROWS)[:PAGE_ROWS]
    at_start = not rows or not ("before" in args or args.get("after"))
    return rows, 0 if at_start else count_benefits_before(region, year, actor(), rows[0].place)
