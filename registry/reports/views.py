"""Pages of reports and prints; the page of verification is open to whoever holds a paper."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from flask import Blueprint, abort, redirect, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry import jobs
from registry.approvals.notices.queries import get_notice
from registry.assets.register.cards.queries import region_of
from registry.assets.register.lookup.filters import parse_filter
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.jobs import JobKind, JobState
from registry.permissions import Permission
from registry.places.queries import home_of, offered_units, path_of
from registry.regions import common_ancestor
from registry.reports import summary as summary_report
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.covering import check_day
from registry.reports.drill import drill
from registry.reports.forms import ActForm, ReportForm
from registry.reports.labels import numbers_shown, units_of
from registry.reports.notice_poster import A3, A4
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.large import ask_print, asked_for, is_large, lines_of
from registry.reports.prints.queries import (
    Asked,
    count_later,
    get_print,
    glance_of,
    list_files,
    list_later,
    list_prints,
    logs_in_range,
)
from registry.reports.prints.rules import typed_serial
from registry.reports.prints.services import draw_print, file_bytes, gather, note_read, register_print
from registry.reports.prints.verification import verification
from registry.web import actor, finish, open_to_all, page, requires

blueprint = Blueprint("reports", __name__)
_RECENT, _LATER = 10, 10
MEDIA_TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("/reports")
@requires(Permission.PRINT)
def index() -> ResponseReturnValue:
    """Choose report, unit and day; the address may name them, else the last choice is remembered."""
    last = session.get("report", {})
    here = request.args.get("region") or last.get("region") or home_of(actor(), Permission.PRINT)
    report = request.args.get("report") or last.get("report", ReportName.LEDGER.value)
    form = ReportForm(data={"report": report, "region_code": here, "on": today()})
    form.offer(offered_units(actor(), here, Permission.PRINT))
    return _chooser(form, here)


def _chooser(form: ReportForm, here: str) -> ResponseReturnValue:
    """Show the form above the latest prints and the large ones that are still being made."""
    waiting = jobs.list_unfinished(JobKind.PRINT, actor().id)
    return page("reports/index.html", form, prints=list_prints(actor(), _RECENT), waiting=waiting, here=here)


@blueprint.post("/prints")
@requires(Permission.PRINT)
def make_print() -> ResponseReturnValue:
    """Print a report of a unit."""
    form = ReportForm()
    here = form.region_code.data or ""
    form.offer(offered_units(actor(), here, Permission.PRINT))
    if form.validate_on_submit():
        session["report"] = {"report": form.report.data, "region": here}
        with form.guard():
            check_day(form.on.data, today())
            return print_now_or_later(form.to_asked())
    if here and here not in dict(offered_units(actor(), here, Permission.PRINT)):
        raise Missing
    return _chooser(form, here)


def print_now_or_later(asked: Asked) -> ResponseReturnValue:
    """Leave a large print to the worker, if there is one."""
    lines = lines_of(asked, actor())
    if not is_large(asked, lines) or not jobs.worker_lives():
        return print_now(asked, _shown, _("已打印并登记。"))
    with transaction():
        job_id = ask_print(asked, lines, by=actor(), verify_at=verify_address("")).id
        response = finish(url_for("reports.print_job", job_id=job_id))
    jobs.tell(job_id)
    return response


@blueprint.get("/prints/jobs/<int:job_id>")
@requires(Permission.PRINT)
def print_job(job_id: int) -> ResponseReturnValue:
    """Show how far a large print is, and lead to it once it is made."""
    job = jobs.get_job(job_id, JobKind.PRINT, actor().id)
    if job.state != JobState.DONE:
        return page(
            "reports/job.html", job=job, states=JobState, title=asked_for(job).label, at_work=jobs.worker_lives()
        )
    target = _shown(job.result)
    if "HX-Request" in request.headers:
        return "", 200, {"HX-Redirect": target}
    return redirect(target, 303)


def print_now(asked: Asked, target: Callable[[str], str], message: str = "") -> ResponseReturnValue:
    """Read outside the transaction, record inside, draw after it."""
    gathered = gather(asked, by=actor())
    with transaction(*logs_in_range(asked.region_code)):
        serial = register_print(gathered, by=actor(), address=verify_address)
        response = finish(target(serial), message)
    draw_print(serial, by=actor())
    return response


def _shown(serial: str) -> str:
    return url_for("reports.show_print", serial=serial)


def verify_address(serial: str) -> str:
    """Return where a paper sends its reader."""
    return url_for("reports.verify", serial=serial, _external=True)


@blueprint.post("/assets/<asset_no>/print")
@requires(Permission.PRINT)
def print_card(asset_no: str) -> ResponseReturnValue:
    """Print the card of one asset, as it stood on the day that the form says; today unless it does."""
    region_code, told = region_of(asset_no, actor(), Permission.PRINT), request.form.get("on", "")
    try:
        on = date.fromisoformat(told) if told else today()
    except ValueError as error:
        raise Missing from error
    check_day(on, today())
    asked = Asked(ReportName.CARD, region_code, on, Parameters((asset_no,)))
    return print_now(asked, _shown, _("已打印并登记。"))


@blueprint.post("/notices/<int:notice_id>/print")
@requires(Permission.PRINT)
def print_notice(notice_id: int) -> ResponseReturnValue:
    """Print the poster of a notice for its board, on A4 or A3."""
    region_code = get_notice(notice_id, actor(), Permission.PRINT).region_code
    address = url_for("public_notices.notice", notice_id=notice_id, _external=True)
    paper = A3 if request.form.get("paper") == A3 else A4
    asked = Asked(ReportName.NOTICE, region_code, today(), Parameters((), address, notice_id, paper))
    return print_now(asked, _shown, _("已打印并登记。"))


@blueprint.post("/labels")
@requires(Permission.PRINT)
def labels() -> ResponseReturnValue:
    """Print QR labels of the assets that were ticked, or of all the filter in the address shows; give them at once."""
    ticked = tuple(sorted(set(request.form.getlist("no"))))
    numbers = numbers_shown(parse_filter(request.args).filter, actor()) if "all" in request.form else ticked
    units = units_of(numbers, actor())
    address = url_for("lookup.scanned", asset_no="", _external=True)
    asked = Asked(ReportName.LABELS, common_ancestor(units), today(), Parameters(numbers, address))
    return print_now(asked, lambda serial: url_for("reports.print_file", serial=serial, file_format="pdf"))


@blueprint.get("/prints/<serial>")
@requires(Permission.PRINT)
def show_print(serial: str) -> ResponseReturnValue:
    """Show a print: what stands on it, its files, and what has changed since."""
    row = get_print(serial, actor())
    return page(
        "reports/print.html",
        ActForm(),
        row=row,
        glance=glance_of(row),
        files=list_files(row.id),
        later_count=count_later(row),
        later=list_later(row, _LATER),
        can_repeat=REPORTS[ReportName(row.report)].by_region,
    )


@blueprint.post("/prints/<serial>/files")
@requires(Permission.PRINT)
def finish_print(serial: str) -> ResponseReturnValue:
    """Draw the files of a print whose drawing was cut short."""
    get_print(serial, actor())
    draw_print(serial, by=actor())
    return redirect(url_for("reports.show_print", serial=serial), 303)


@blueprint.get("/prints/<serial>.<any(pdf, xlsx):file_format>")
@requires(Permission.PRINT)
def print_file(serial: str, file_format: str) -> ResponseReturnValue:
    """Give a file of a print: the same bytes for ever."""
    data = file_bytes(get_print(serial, actor()), file_format)
    shown = file_format == "xlsx" or "download" in request.args
    name = f"{serial}.{file_format}"
    return send_file(BytesIO(data), MEDIA_TYPES[file_format], as_attachment=shown, download_name=name)


@blueprint.get("/reports/summary")
@requires(Permission.PRINT)
def summary() -> ResponseReturnValue:
    """Show the summary of a unit on screen; every figure leads to its rows."""
    region_code = request.args.get("region") or home_of(actor(), Permission.PRINT)
    figures = summary_report.collect(region_code, NOTHING, actor=actor(), on=today())
    note_read(ReportName.SUMMARY, region_code, by=actor())
    return page(
        "reports/summary.html", ActForm(), figures=figures, table=drill(figures), path=path_of(region_code), day=today()
    )


@blueprint.get("/verify")
@open_to_all
def verify_form() -> ResponseReturnValue:
    """Ask for the serial on a paper."""
    typed = request.args.get("serial", "").strip()
    if typed:
        return redirect(url_for("reports.verify", serial=typed_serial(typed)))
    return page("reports/verify.html", found=None)


@blueprint.get("/verify/<serial>")
@open_to_all
def verify(serial: str) -> ResponseReturnValue:
    """Hold a paper against the register; nothing personal, no rows."""
    if len(serial) > 40:
        abort(404)
    return page("reports/verify.html", found=verification(typed_serial(serial)))
