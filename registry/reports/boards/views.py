"""The page of a board, and its print."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.categories import UseStatus
from registry.clock import today
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.kinds import Category, OwnerKind, Sector
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.permissions import Permission, may
from registry.places.queries import path_of, unit_meant
from registry.reports.boards.charts import bars_of
from registry.reports.boards.collecting import board_of
from registry.reports.boards.links import Links
from registry.reports.boards.reach import YEARS, View, view_of
from registry.reports.boards.rules import Alarm, month_text, mover_of, percent_text
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.supervision.findings.rules import FindingStatus, Source
from registry.web import actor, page, requires

blueprint = Blueprint("boards", __name__)
_LAST_YEAR = 9999
#: The words behind the values of a board.
_WORDS: dict[str, Any] = {
    "categories": Category, "owner_kinds": OwnerKind, "income_kinds": IncomeKind, "use_kinds": UseKind,
    "case_kinds": DisposalKind, "case_states": DisposalStatus, "sources": Source, "states": FindingStatus,
    "sectors": Sector, "use_statuses": UseStatus, "alarms": Alarm, "percent": percent_text,
    "month_text": month_text,
}  # fmt: skip


@blueprint.get("/board")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """Show the board of a unit; every number leads to its rows, every unit to its own board."""
    view = _view(unit_meant(request.args.get("region"), actor()))
    board = board_of(view, actor())
    trail = [unit for unit in path_of(view.region_code)[:-1] if may(actor(), Permission.LEDGER_READ, unit.region_code)]
    return page(
        "boards/show.html", ActForm(), board=board, view=view, links=Links(view), bars=bars_of(board.months),
        trail=trail, movers={alarm: mover_of(alarm, has_parts=bool(view.parts)) for alarm in Alarm},
        years=range(view.on.year, view.on.year - YEARS, -1), **_WORDS,
    )  # fmt: skip


def _view(region_code: str) -> View:
    year = request.values.get("year", "")
    asked = int(year) if year.isascii() and year.isdigit() and int(year) <= _LAST_YEAR else today().year
    return view_of(region_code, request.values.get("sector", ""), asked, actor=actor(), on=today())


@blueprint.post("/board/<region_code>/print")
@requires(Permission.PRINT)
def print_board(region_code: str) -> ResponseReturnValue:
    """Print the board of a unit as it stands today."""
    view = _view(unit_meant(region_code, actor()))
    parameters = Parameters(sector=view.chosen.value if view.chosen else "", year=view.year)
    asked = Asked(ReportName.BOARD, region_code, view.on, parameters)
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))
