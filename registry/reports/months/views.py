"""Pages of the periodic tables: the periods of a unit, one table of one period, and their prints."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission
from registry.places.queries import home_of, names_of, offered_units, path_of
from registry.regions import level_of
from registry.reports.catalogue import ReportName
from registry.reports.covering import check_region, sectors_in
from registry.reports.months.laying import laid_out
from registry.reports.months.links import linked
from registry.reports.months.reading import digests_of, read_figures
from registry.reports.months.standing import PeriodState, list_standings
from registry.reports.paper.imprint import grouped_digest
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.prints.services import note_read
from registry.reports.views import print_now
from registry.supervision.periods.rules import USUAL, NotAPeriod, Period, PeriodKind, read_period
from registry.supervision.periods.tables import BY_NAME, TABLES, TableForm, TableName
from registry.web import BaseForm, actor, page, requires

blueprint = Blueprint("months", __name__)


@blueprint.get("/periods")
@requires(Permission.PRINT)
def index() -> ResponseReturnValue:
    """List the periods of a unit, the newest first, with how far each has come."""
    here = request.args.get("region") or home_of(actor(), Permission.PRINT)
    check_region(here, actor())
    kind = _kind(request.args.get("kind", ""), here)
    rows = list_standings(here, kind, today())
    digests = digests_of(here, [period for period, one in rows if one.state is PeriodState.CLOSED])
    return page(
        "months/index.html", BaseForm(formdata=None), here=here, unit=_unit(here), kind=kind, kinds=PeriodKind,
        rows=rows, words=_words, grouped=grouped_digest, digests=digests, first=TABLES[0].name.value,
        units=offered_units(actor(), here, Permission.PRINT), states=PeriodState,
    )  # fmt: skip


def _kind(text: str, region_code: str) -> PeriodKind:
    try:
        return PeriodKind(text) if text else USUAL[level_of(region_code)]
    except ValueError as error:
        raise Missing from error


def _words(period: Period) -> str:
    said, values = period.phrase
    return str(_(said, **values))


def _unit(region_code: str) -> str:
    names = names_of([region_code])
    if region_code not in names:
        raise Missing
    return names[region_code]


@blueprint.get("/periods/<region_code>/<period>/<table>")
@requires(Permission.PRINT)
def show(region_code: str, period: str, table: str) -> ResponseReturnValue:
    """Show one table of a unit and period; while it runs, its figures lead to their rows."""
    check_region(region_code, actor())
    form, meant, on = _form(table), _period(period), today()
    reading = read_figures(region_code, meant, sectors_in(region_code, actor()), on)
    note_read(ReportName.PERIOD_TABLES, region_code, by=actor())
    (laid,) = laid_out(reading, [form])
    return page(
        "months/show.html", BaseForm(formdata=None), reading=reading, table=linked(laid, reading),
        forms=TABLES, unit=_unit(region_code), path=path_of(region_code), states=PeriodState,
        words=_words, grouped=grouped_digest, on=on,
    )  # fmt: skip


def _form(name: str) -> TableForm:
    try:
        return BY_NAME[TableName(name)]
    except ValueError as error:
        raise Missing from error


def _period(name: str) -> Period:
    try:
        return read_period(name)
    except NotAPeriod as error:
        raise Missing from error


@blueprint.post("/periods/<region_code>/<period>/print")
@requires(Permission.PRINT)
def print_tables(region_code: str, period: str) -> ResponseReturnValue:
    """Print one table of a unit and period, or all seven."""
    check_region(region_code, actor())
    kind = request.form.get("table", "")
    if kind:
        _form(kind)
    asked = Asked(
        ReportName.PERIOD_TABLES, region_code, today(), Parameters(kind=kind, period=_period(period).name)
    )  # fmt: skip
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))
