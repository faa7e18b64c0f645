"""Bringing in a ledger, taking out a list."""

import json
import tempfile
from io import BytesIO
from typing import IO, cast

from flask import Blueprint, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.lookup.filters import parse_filter
from registry.assets.register.reading.cells import Sheet
from registry.assets.register.reading.problems import ProblemKind
from registry.assets.register.sheets.checking import Checked, Upload, check_upload, chosen_sheet, open_upload
from registry.assets.register.sheets.choosing import Choices, choices_from
from registry.assets.register.sheets.exporting import (
    MEDIA_TYPES,
    ExportForm,
    export_logs,
    record_export,
    write_export,
)
from registry.assets.register.sheets.forms import ColumnsForm, ConfirmImportForm, UploadForm
from registry.assets.register.sheets.headings import Heading, find_heading
from registry.assets.register.sheets.models import BatchStatus, ImportUpload, UploadStatus
from registry.assets.register.sheets.packing import Report, unpack_report, unsealed
from registry.assets.register.sheets.queries import (
    find_same_file,
    get_batch,
    get_upload,
    list_uploads,
    refusals_of,
    remembered_headings,
    written_of,
)
from registry.assets.register.sheets.returning import error_workbook
from registry.assets.register.sheets.running import ask_import, run_undo, start_import, why_stopped, work_at
from registry.assets.register.sheets.services import (
    ImportMode,
    batch_region,
    check_undo,
    confirm_import,
    keep_upload,
    kept_file,
    planned_rows,
    recheck_upload,
)
from registry.assets.register.sheets.showing import (
    View,
    column_lines,
    counter_items,
    file_sentence,
    kind_links,
    missing_labels,
    page_of,
    problem_rows,
    said,
    skipped_sentence,
)
from registry.assets.register.sheets.template import FILE_NAME, template
from registry.clock import now, today
from registry.database import transaction
from registry.errors import Conflict, Invalid
from registry.permissions import Permission
from registry.places.queries import list_units_to_enter
from registry.text import N_
from registry.web import actor, finish, page, requires, whole_number

blueprint = Blueprint("sheets", __name__)
XLSX = MEDIA_TYPES[ExportForm.XLSX]
_MOST = 1_000_000


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.ASSET_ENTER)
def upload() -> ResponseReturnValue:
    """Take a file or pasted cells, and precheck them."""
    form = UploadForm()
    if form.validate_on_submit():
        with form.guard():
            given = form.to_upload()
            if given is None:
                raise Invalid(N_("请选一个文件，或把单元格粘贴到下面的框里。"), field="file")
            checked, took_ms = _timed(given, Choices())
            with transaction():
                row = keep_upload(given, checked, Choices(), by=actor(), took_ms=took_ms)
                return finish(_page_of(row))
    return page("sheets/upload.html", form, uploads=list_uploads(actor()), labels=UploadStatus)


def _timed(given: Upload, choices: Choices) -> tuple[Checked, int]:
    """Precheck and measure how long it took."""
    started = now()
    checked = check_upload(given, choices, by=actor(), on=today())
    return checked, int((now() - started).total_seconds() * 1000)


def _page_of(row: ImportUpload) -> str:
    endpoint = "sheets.columns" if row.status == UploadStatus.MAPPING else "sheets.precheck"
    return url_for(endpoint, upload_id=row.id)


@blueprint.get("/import/template.xlsx")
@requires(Permission.ASSET_ENTER)
def blank() -> ResponseReturnValue:
    """Hand out the empty workbook."""
    return send_file(BytesIO(template()), mimetype=XLSX, as_attachment=True, download_name=_(FILE_NAME))


@blueprint.route("/import/<int:upload_id>/columns", methods=["GET", "POST"])
@requires(Permission.ASSET_ENTER)
def columns(upload_id: int) -> ResponseReturnValue:
    """Let a person say what the columns are, and what stands where the table says nothing."""
    row = get_upload(upload_id, actor())
    given, form = kept_file(row), ColumnsForm()
    sheets, sheet, heading = _looked_at(given, choices_from(row.choices))
    if request.method == "GET":
        form.show(choices_from(row.choices), sheet, heading)
    form.offer(sheets, list_units_to_enter(actor(), Permission.ASSET_ENTER), heading)
    if form.validate_on_submit():
        with form.guard():
            choices = form.to_choices()
            checked, took_ms = _timed(given, choices)
            with transaction():
                row = get_upload(upload_id, actor())
                recheck_upload(row, checked, choices, by=actor(), took_ms=took_ms)
                return finish(_page_of(row))
    missing = missing_labels(heading, choices_from(row.choices))
    lines = [*column_lines(sheet, heading)]
    return page("sheets/columns.html", form, upload=row, heading=heading, lines=lines, missing=missing)


def _looked_at(given: Upload, choices: Choices) -> tuple[tuple[Sheet, ...], Sheet, Heading | None]:
    """Return the sheets of a file, the one that is read, and its heading."""
    sheets = open_upload(given)
    remembered = {**remembered_headings(actor().unit_code), **dict(choices.mapping)}
    sheet = chosen_sheet(sheets, choices, remembered)
    return sheets, sheet, find_heading(sheet.rows, remembered, sheet.merged, choices.kind)


@blueprint.get("/import/<int:upload_id>")
@requires(Permission.ASSET_ENTER)
def precheck(upload_id: int) -> ResponseReturnValue:
    """Show what an import would do; once it is confirmed, what it has done."""
    row = get_upload(upload_id, actor())
    if row.status == UploadStatus.MAPPING:
        return redirect(url_for("sheets.columns", upload_id=upload_id))
    if row.status == UploadStatus.CONFIRMED:
        return _result(row)
    report, view = _report(row), _view(row)
    kind = ProblemKind(request.args["kind"]) if request.args.get("kind") in {*ProblemKind} else None
    shown = page_of(
        _items(row, report, view, kind), whole_number("start", 0, _MOST), "sheets.precheck",
        upload_id=upload_id, view=view.value, **({"kind": kind.value} if kind else {}),
    )  # fmt: skip
    unknown = sum(1 for told in report.notices if not told.count)
    return page(
        "sheets/precheck.html", ConfirmImportForm(), upload=row, report=report, view=view, shown=shown, said=said,
        counters_of=counter_items(row, report, view), kinds=kind_links(row, report, kind), modes=ImportMode,
        sentence=file_sentence(row, report, unknown), skipped=skipped_sentence(row, report),
        same=find_same_file(row.file_sha256, actor()),
    )  # fmt: skip


def _report(row: ImportUpload) -> Report:
    return unpack_report(unsealed(row.report, f"report-{row.id}"))


def _view(row: ImportUpload) -> View:
    asked = request.args.get("view", "")
    usual = View.INVALID if row.invalid else View.DUPLICATE if row.duplicate else View.NEW
    return View(asked) if asked in {*View} else usual


def _items(row: ImportUpload, report: Report, view: View, kind: ProblemKind | None) -> list[object]:
    if view is View.INVALID:
        return [*problem_rows(report.problems, kind)]
    if view is View.DUPLICATE:
        return [*report.duplicates]
    return [*report.skipped] if view is View.SKIPPED else [*planned_rows(row.id, projects=row.kind == "PROJECTS")]


def _result(row: ImportUpload) -> ResponseReturnValue:
    """Show how far a batch has come, what was refused, and whether it can be taken back."""
    batch, progress = get_batch(row.batch_id or 0), written_of(row.id)
    if batch.status == BatchStatus.DONE and "HX-Request" in request.headers:
        return "", 200, {"HX-Refresh": "true"}
    refused = [(number, _(text, **params)) for one in refusals_of(row.id) for number, text, params in json.loads(one)]
    why_not = ""
    try:
        check_undo(batch)
    except Conflict as error:
        why_not = _(error.text, **error.params)
    return page(
        "sheets/result.html", ActForm(), upload=row, batch=batch, refused=refused, done=progress.written,
        total=progress.rows, states=BatchStatus, why_not=why_not, at_work=work_at(row.id) is not None,
        stopped=why_stopped(row),
    )  # fmt: skip


@blueprint.get("/import/<int:upload_id>/errors.xlsx")
@requires(Permission.ASSET_ENTER)
def errors(upload_id: int) -> ResponseReturnValue:
    """Hand out the rows that must be put right, wrong cells red, with the reasons."""
    row = get_upload(upload_id, actor())
    choices = choices_from(row.choices)
    _sheets, sheet, heading = _looked_at(kept_file(row), choices)
    if heading is None or not row.invalid:
        abort(404)
    data = error_workbook(sheet, heading, choices.unit, _report(row).problems)
    name = _("%(file)s 需修改的行.xlsx", file=row.file_name.rpartition(".")[0] or row.file_name)
    return send_file(BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


@blueprint.post("/import/<int:upload_id>/confirm")
@requires(Permission.ASSET_ENTER)
def confirm(upload_id: int) -> ResponseReturnValue:
    """Begin to write; a small batch is written whole before the answer, a large one is left to the worker."""
    row, form = get_upload(upload_id, actor()), ConfirmImportForm()
    if form.validate_on_submit() and form.mode.data in {*ImportMode} and row.status == UploadStatus.CHECKED:
        with transaction(batch_region(upload_id)):
            confirm_import(upload_id, ImportMode(form.mode.data), by=actor())
            ask_import(upload_id, by=actor())
            answer = finish(url_for("sheets.precheck", upload_id=upload_id))
        start_import(upload_id, by=actor())
        return answer
    return redirect(url_for("sheets.precheck", upload_id=upload_id), 303)


@blueprint.post("/import/<int:upload_id>/continue")
@requires(Permission.ASSET_ENTER)
def carry_on(upload_id: int) -> ResponseReturnValue:
    """Go on with a batch that is not finished: a large one, or one that was interrupted."""
    get_upload(upload_id, actor())
    if ActForm().validate_on_submit():
        with transaction():
            ask_import(upload_id, by=actor())
        start_import(upload_id, by=actor())
    return redirect(url_for("sheets.precheck", upload_id=upload_id), 303)


@blueprint.post("/import/<int:upload_id>/undo")
@requires(Permission.ASSET_ENTER)
def undo(upload_id: int) -> ResponseReturnValue:
    """Take back a whole batch while nobody has touched it."""
    get_upload(upload_id, actor())
    if ActForm().validate_on_submit():
        run_undo(upload_id, by=actor())
    return redirect(url_for("sheets.precheck", upload_id=upload_id), 303)


@blueprint.post("/assets/export")
@requires(Permission.ASSET_EXPORT, proof=True)
def export() -> ResponseReturnValue:
    """Hand out exactly what the filter in the address shows, and tell the trail."""
    parsed = parse_filter(request.args)
    if parsed.problems or not ActForm().validate_on_submit():
        abort(400)
    form = ExportForm.CSV if request.form.get("form") == ExportForm.CSV else ExportForm.XLSX
    out = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - the answer closes it
    count = write_export(parsed.filter, form, out, by=actor())  # type: ignore[arg-type]
    with transaction(*export_logs(parsed.filter, actor())):
        record_export(parsed.filter, form, count, by=actor())
    out.seek(0)
    name = _("扶贫项目资产台账 %(day)s.%(form)s", day=today().isoformat(), form=form.value)
    return send_file(out, mimetype=MEDIA_TYPES[form], as_attachment=True, download_name=name)
