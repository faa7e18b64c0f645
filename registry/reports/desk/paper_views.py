"""Papers of the auditor's desk: edits, a term of office that ends, looks at personal data, how things stood."""

from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from registry.audit.views import noted
from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.places.queries import offered_units
from registry.regions import is_code
from registry.reports.catalogue import ReportName
from registry.reports.covering import check_day
from registry.reports.desk.forms import EditForm, LeavingForm, RevealForm, ThenForm, UnitForm
from registry.reports.desk.queries import asset_numbered, person_called, stood_as, until_of
from registry.reports.desk.views import asked_unit
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.trail.period import period_of
from registry.reports.trail.reveal_log import list_reveals, wanted_of
from registry.reports.views import print_now_or_later
from registry.web import actor, page, requires

blueprint = Blueprint("desk_papers", __name__)
_SHOWN = 200


def _opened(form: UnitForm, region: str) -> None:
    """Offer units around the one named; a reader who may print nothing has no papers here."""
    if not may(actor(), Permission.PRINT):
        raise Missing
    form.offer(offered_units(actor(), region, Permission.PRINT))


def _asked_region() -> str:
    region = request.form.get("region_code", "")
    if not is_code(region) or not may(actor(), Permission.PRINT, region):
        raise Missing
    return region


def _begin() -> dict[str, object]:
    """Return what a form shows first: the reader's own unit, the year so far."""
    day = today()
    return {"region_code": asked_unit(actor(), Permission.PRINT), "since": date(day.year, 1, 1), "on": day}


@blueprint.get("/audit-desk/edits")
@requires(Permission.TRAIL_VERIFY)
def edits() -> ResponseReturnValue:
    """Ask which edits shall be printed."""
    form = EditForm(formdata=None, data=_begin())
    _opened(form, str(form.region_code.data))
    return noted(page("desk/edits.html", form))


@blueprint.post("/audit-desk/edits")
@requires(Permission.TRAIL_VERIFY)
def print_edits() -> ResponseReturnValue:
    """Print the edits of a unit."""
    form, region = EditForm(), _asked_region()
    _opened(form, region)
    if form.validate_on_submit():
        with form.guard():
            check_day(form.on.data, today())
            told = Parameters(person_id=_person(form.who.data), since=form.since.data.isoformat(), kind=form.kind.data)
            period_of(told, form.on.data)
            return print_now_or_later(Asked(ReportName.EDIT_LOG, region, form.on.data, told))
    return page("desk/edits.html", form)


def _person(text: str | None) -> int:
    return person_called(text.strip(), actor()).id if text and text.strip() else 0


@blueprint.get("/audit-desk/leaving")
@requires(Permission.TRAIL_VERIFY)
def leaving() -> ResponseReturnValue:
    """Ask whose term of office ends."""
    form = LeavingForm(formdata=None, data=_begin())
    _opened(form, str(form.region_code.data))
    return noted(page("desk/leaving.html", form))


@blueprint.post("/audit-desk/leaving")
@requires(Permission.TRAIL_VERIFY)
def print_leaving() -> ResponseReturnValue:
    """Print what a person did in a term of office."""
    form, region = LeavingForm(), _asked_region()
    _opened(form, region)
    if form.validate_on_submit():
        with form.guard():
            check_day(form.on.data, today())
            told = Parameters(person_id=_person(form.who.data), since=form.since.data.isoformat())
            period_of(told, form.on.data)
            return print_now_or_later(Asked(ReportName.LEAVING, region, form.on.data, told))
    return page("desk/leaving.html", form)


@blueprint.route("/audit-desk/reveals", methods=["GET", "POST"])
@requires(Permission.TRAIL_VERIFY)
def reveals() -> ResponseReturnValue:
    """Show who looked at personal data in a period, or print it."""
    posted = request.method == "POST"
    form = RevealForm() if posted else RevealForm(formdata=None, data=_begin())
    region = _asked_region() if posted else str(form.region_code.data)
    _opened(form, region)
    found = None
    if form.validate_on_submit():
        with form.guard():
            check_day(form.on.data, today())
            reason = (form.reason.data or "").strip()
            told = Parameters(person_id=_person(form.who.data), since=form.since.data.isoformat(), reason=reason)
            wanted = wanted_of(region, told, form.on.data)
            if "print" in request.form:
                return print_now_or_later(Asked(ReportName.REVEALS, region, form.on.data, told))
            found = list_reveals(wanted, reason)
    answer = page("desk/reveals.html", form, found=found[:_SHOWN] if found else found, count=len(found or ()))
    return answer if posted and found is None else noted(answer)


@blueprint.get("/audit-desk/then")
@requires(Permission.TRAIL_VERIFY)
def then() -> ResponseReturnValue:
    """Show how an asset stood on a past day as the trail knew it, and where other ledgers of a past day are."""
    asked = request.args.get("asset_no", "").strip()
    form = ThenForm(formdata=request.args if asked else None, data={"on": today()}, meta={"csrf": False})
    stood = None
    if asked and form.validate():
        with form.guard():
            check_day(form.day, today())
            asset = asset_numbered(asked, actor(), Permission.PRINT)
            stood = stood_as(asset, form.day, until_of(asset, form.day, form.seq.data or 0, actor()))
    return noted(page("desk/then.html", form, stood=stood))
