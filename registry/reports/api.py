"""JSON resources of prints: made, read, and their files."""

from io import BytesIO
from typing import Any

from flask import Response, send_file, url_for

from registry import jobs
from registry.clock import today
from registry.jobs import JobKind, JobState
from registry.permissions import Permission
from registry.reports.catalogue import ReportName
from registry.reports.covering import check_day
from registry.reports.parameters import NOTHING
from registry.reports.prints.large import ask_print, is_large, lines_of
from registry.reports.prints.models import Print
from registry.reports.prints.queries import Asked, get_print, glance_of, list_files, list_prints, logs_in_range
from registry.reports.prints.services import draw_print, file_bytes, gather, register_print
from registry.reports.schemas import PrintArguments, PrintEntry, PrintJob, PrintPage, PrintRow
from registry.reports.views import MEDIA_TYPES, verify_address
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("prints", __name__, "打印件")
_P, _S = Permission, Scope
_PLAIN = (
    "serial", "report", "title", "region_code", "printed_at", "printed_by_name", "figures_digest", "verify_url",
)  # fmt: skip


def _row(row: Print) -> Body:
    plain = {name: getattr(row, name) for name in _PLAIN}
    glance = [{"label": label, "value": value} for label, value in glance_of(row)]
    formats = [file.format for file in list_files(row.id)]
    body: Body = PrintRow().dump({**plain, "glance": glance, "formats": formats})
    return body


def _address(serial: str) -> str:
    return url_for("prints_api.one", serial=serial)


@resources.get("/prints", "列打印件")
@api_requires(_P.PRINT, scope=_S.PRINTS_READ)
@resources.arguments(PrintArguments, location="query")
@resources.response(200, PrintPage)
def index(args: dict[str, Any]) -> Response:
    """List prints within reach, the newest first."""
    found = list_prints(actor(), args["limit"] + 1, before=number_after(args))
    rows, after = cut(found, args["limit"], lambda row: row.id)
    return listed([*map(_row, rows)], after)


@resources.post("/prints", "打印报表；大报表交后台，答 202")
@api_requires(_P.PRINT, scope=_S.PRINTS_WRITE)
@resources.arguments(PrintEntry)
@resources.response(303, description="已打印，见 Location")
@resources.alt_response(202, schema=PrintJob, description="交后台打印，见 Location", success=True)
def make(body: dict[str, Any]) -> Response:
    """Print a report of a unit."""
    check_unit(_P.PRINT, body["region_code"])
    check_day(body["on"], today())
    return printed(Asked(ReportName(body["report"]), body["region_code"], body["on"], NOTHING))


def printed(asked: Asked) -> Response:
    """Answer with the place of a print, or of the job that makes a large one."""
    lines = lines_of(asked, actor())
    if is_large(asked, lines) and jobs.worker_lives():
        return _leave(asked, lines)
    # Read outside the transaction, record inside, draw after it.
    gathered = gather(asked, by=actor())
    with deed(*logs_in_range(asked.region_code)):
        serial = register_print(gathered, by=actor(), address=verify_address)
        answer = done(None, 303, location=_address(serial))
    draw_print(serial, by=actor())
    return answer


def _leave(asked: Asked, lines: int) -> Response:
    with deed():
        job = ask_print(asked, lines, by=actor(), verify_at=verify_address(""))
        answer = done(PrintJob().dump(job), 202, location=url_for("prints_api.job", job_id=job.id))
        job_id = job.id
    jobs.tell(job_id)
    return answer


@resources.get("/print-jobs/<int:job_id>", "看后台打印的进度；办完答 303")
@api_requires(_P.PRINT, scope=_S.PRINTS_WRITE)
@resources.response(200, PrintJob)
@resources.alt_response(303, description="已打印，见 Location", success=True)
def job(job_id: int) -> Response:
    """Show how far a large print is, and lead to it once it is made."""
    found = jobs.get_job(job_id, JobKind.PRINT, actor().id)
    if found.state == JobState.DONE:
        return Response(status=303, headers={"Location": _address(found.result)})
    return shown(PrintJob().dump(found))


@resources.get("/prints/<serial>", "读一份打印件")
@api_requires(_P.PRINT, scope=_S.PRINTS_READ)
@resources.response(200, PrintRow)
def one(serial: str) -> Response:
    """Show a print."""
    return shown(_row(get_print(serial, actor())))


@resources.post("/prints/<serial>/files", "补生成打印件的文件")
@api_requires(_P.PRINT, scope=_S.PRINTS_WRITE)
@resources.response(200, PrintRow)
def draw(serial: str) -> Response:
    """Draw the files of a print whose drawing was cut short."""
    get_print(serial, actor())
    draw_print(serial, by=actor())
    with deed():
        return done(_row(get_print(serial, actor())))


@resources.get("/prints/<serial>/files/<any(pdf, xlsx):file_format>", "下载打印件的文件")
@api_requires(_P.PRINT, scope=_S.PRINTS_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def file(serial: str, file_format: str) -> Response:
    """Give a file of a print: the same bytes for ever."""
    data = file_bytes(get_print(serial, actor()), file_format)
    return send_file(
        BytesIO(data), MEDIA_TYPES[file_format], as_attachment=True, download_name=f"{serial}.{file_format}"
    )
