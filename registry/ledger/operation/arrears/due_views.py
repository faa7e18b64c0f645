"""The page of every due of some months."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.clock import today
from registry.kinds import Sector
from registry.ledger.operation.dues.listing import PAGE_ROWS, DuesOfMonths, list_dues, sum_dues
from registry.ledger.operation.dues.rules import DueState
from registry.ledger.operation.periods import months_asked, parse_unit_place, write_month, write_unit_place
from registry.ledger.operation.receipts.showing import units_below
from registry.permissions import Permission
from registry.places.queries import unit_meant
from registry.text import chosen
from registry.web import actor, page, requires

blueprint = Blueprint("dues", __name__)


@blueprint.get("/dues")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List every due of some months, with what all of them come to."""
    args = request.args
    from_month, until_month = months_asked(args, today())
    state = chosen(args.get("state"), DueState) or DueState.ALL
    sector = chosen(args.get("sector"), Sector)
    wanted = DuesOfMonths(unit_meant(args.get("region"), actor()), from_month, until_month, state, sector)
    total = sum_dues(wanted, actor())
    rows = list_dues(wanted, actor(), after=parse_unit_place(args.get("after", ""))) if total.dues else []
    shown = rows[:PAGE_ROWS]
    return page(
        "arrears/dues.html",
        rows=shown,
        next_place=write_unit_place(shown[-1].region_code, shown[-1].id) if len(rows) > PAGE_ROWS else "",
        total=total,
        wanted=wanted,
        query=_query(wanted),
        units=units_below(wanted.region_code, actor(), Permission.LEDGER_READ),
        states=DueState,
        sectors=Sector,
        on=today(),
    )


def _query(wanted: DuesOfMonths) -> dict[str, str | None]:
    return {
        "region": wanted.region_code, "from": write_month(wanted.from_month), "until": write_month(wanted.until_month),
        "state": wanted.state, "sector": wanted.sector,
    }  # fmt: skip
