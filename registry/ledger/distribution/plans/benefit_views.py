"""The page of who benefits: the households to which the plans of a year give something."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.clock import today
from registry.errors import Missing
from registry.ledger.distribution.plans.benefits import PAGE_ROWS, count_benefiting, list_benefits
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
    rows = list_benefits(region, year, actor(), after=request.args.get("after", ""))
    named = names_of if level_of(region) is Level.VILLAGE else full_names
    return page(
        "distributions/households.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, region=region, year=year,
        total=count_benefiting(region, year, actor()), names=named({one.household.region_code for one in rows}),
    )  # fmt: skip
