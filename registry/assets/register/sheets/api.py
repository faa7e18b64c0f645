"""JSON resources of imports (file, precheck, confirmation) and of exports."""

from io import BytesIO
from typing import Any

from flask import Response, send_file, url_for
from werkzeug.datastructures import FileStorage

from registry.assets.register.lookup.filters import filter_of
from registry.assets.register.sheets.checking import Upload, check_upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.exporting import MEDIA_TYPES, ExportForm, export_logs
from registry.assets.register.sheets.keeping import get_list, keep_list, write_list
from registry.assets.register.sheets.models import ImportUpload
from registry.assets.register.sheets.packing import unpack_report, unsealed
from registry.assets.register.sheets.queries import get_upload, written_of
from registry.assets.register.sheets.running import ask_import, start_import
from registry.assets.register.sheets.schemas import (
    ExportEntry,
    ImportConfirmation,
    ImportFile,
    ImportRow,
    ProblemPage,
    ProblemRow,
)
from registry.assets.register.sheets.services import ImportMode, batch_region, confirm_import, keep_upload
from registry.assets.register.sheets.showing import said
from registry.clock import now, today
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, deed, done, listed, shown
from registry.rest.fields import PageArguments
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("sheets", __name__, "批量导入和导出")
_P, _S = Permission, Scope
_PLAIN = (
    "id", "status", "kind", "file_name", "file_sha256", "rows", "added", "corrected", "invalid", "duplicate", "skipped",
)  # fmt: skip


def _row(upload: ImportUpload) -> Body:
    plain = {name: getattr(upload, name) for name in _PLAIN}
    row: Body = ImportRow().dump({**plain, "written": written_of(upload.id).written})
    return row


def _address(upload: ImportUpload) -> str:
    return url_for("sheets_api.one", upload_id=upload.id)


@resources.post("/imports", "上传台账文件，得到预检结果")
@api_requires(_P.ASSET_ENTER, scope=_S.IMPORTS_WRITE)
@resources.arguments(ImportFile, location="files")
@resources.response(201, ImportRow)
def upload(files: dict[str, FileStorage]) -> Response:
    """Take a file and precheck it; nothing of the register changes."""
    given = Upload(files["file"].stream.read(), files["file"].filename or "")
    started = now()
    checked = check_upload(given, Choices(), by=actor(), on=today())
    took_ms = int((now() - started).total_seconds() * 1000)
    with deed():
        row = keep_upload(given, checked, Choices(), by=actor(), took_ms=took_ms)
        return done(_row(row), 201, location=_address(row))


@resources.get("/imports/<int:upload_id>", "看预检结果和导入进度")
@api_requires(_P.ASSET_ENTER, scope=_S.IMPORTS_WRITE)
@resources.response(200, ImportRow)
def one(upload_id: int) -> Response:
    """Show what an import would do, and how far it has come."""
    return shown(_row(get_upload(upload_id, actor())))


@resources.get("/imports/<int:upload_id>/problems", "列需修改的单元格")
@api_requires(_P.ASSET_ENTER, scope=_S.IMPORTS_WRITE)
@resources.arguments(PageArguments, location="query")
@resources.response(200, ProblemPage)
def problems(args: dict[str, Any], upload_id: int) -> Response:
    """List the cells that must be put right, in the order of the file."""
    row, start = get_upload(upload_id, actor()), number_after(args)
    found = [*enumerate(unpack_report(unsealed(row.report, f"report-{row.id}")).problems, 1)]
    rows, after = cut(found[start : start + args["limit"] + 1], args["limit"], lambda pair: pair[0])
    told = [
        {"row": it.row, "column": it.column, "value": it.value, "kind": it.kind,
         "problem": said(it.problem), "remedy": said(it.remedy)}
        for _place, it in rows
    ]  # fmt: skip
    return listed(ProblemRow(many=True).dump(told), after)


@resources.post("/imports/<int:upload_id>/confirm", "确认导入；大批次交后台")
@api_requires(_P.ASSET_ENTER, scope=_S.IMPORTS_WRITE)
@resources.arguments(ImportConfirmation)
@resources.response(202, ImportRow)
def confirm(body: dict[str, Any], upload_id: int) -> Response:
    """Begin to write; a small batch is written whole before the answer, a large one is left to the worker."""
    get_upload(upload_id, actor())
    with deed(batch_region(upload_id)):
        confirm_import(upload_id, ImportMode(body["mode"]), by=actor())
        ask_import(upload_id, by=actor())
        row = get_upload(upload_id, actor())
        answer = done(_row(row), 202, location=_address(row))
    start_import(upload_id, by=actor())
    return answer


@resources.post("/imports/<int:upload_id>/continue", "接着办没有办完的批次")
@api_requires(_P.ASSET_ENTER, scope=_S.IMPORTS_WRITE)
@resources.response(202, ImportRow)
def carry_on(upload_id: int) -> Response:
    """Go on with a batch that is not finished."""
    with deed():
        ask_import(upload_id, by=actor())
        row = get_upload(upload_id, actor())
        answer = done(_row(row), 202, location=_address(row))
    start_import(upload_id, by=actor())
    return answer


@resources.post("/exports", "导出台账，文件保留一天")
@api_requires(_P.ASSET_EXPORT, scope=_S.EXPORTS_WRITE)
@resources.arguments(ExportEntry)
@resources.response(303, description="已生成，见 Location")
def export(body: dict[str, Any]) -> Response:
    """Write exactly what the conditions show of the units a person may export, and tell the trail."""
    form = ExportForm(body.pop("form"))
    chosen = filter_of(body)
    written = write_list(chosen, form, by=actor())
    with deed(*export_logs(chosen, actor())):
        row = keep_list(written, by=actor())
        return done(None, 303, location=url_for("sheets_api.exported", export_id=row.id))


@resources.get("/exports/<int:export_id>", "下载导出的文件")
@api_requires(_P.ASSET_EXPORT, scope=_S.EXPORTS_WRITE)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def exported(export_id: int) -> Response:
    """Give a list to who asked for it, within the day."""
    form, data = get_list(export_id, actor())
    return send_file(
        BytesIO(data), mimetype=MEDIA_TYPES[form], as_attachment=True, download_name=f"assets-{export_id}.{form}"
    )
