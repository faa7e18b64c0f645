"""The deeds of an import: keep an upload with its precheck, confirm it, write it piece by piece, undo it."""

import hashlib
import json
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from registry.assets.register.amendments.models import Correction
from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.registration import Stage
from registry.assets.register.sheets.checking import Checked, Upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.heading_texts import fold
from registry.assets.register.sheets.models import (
    BatchStatus,
    HeadingMemory,
    ImportBatch,
    ImportChunk,
    ImportUpload,
    UploadStatus,
)
from registry.assets.register.sheets.packing import (
    pack_planned,
    pack_report,
    sealed,
    sealed_bytes,
    unpack_planned,
    unsealed,
    unsealed_bytes,
)
from registry.assets.register.sheets.planning import Planned
from registry.assets.register.sheets.queries import (
    get_batch,
    get_upload,
    list_chunks,
    next_chunk,
    portions,
    regions_of,
)
from registry.assets.register.sheets.writing import Deed, Written, write_rows
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Conflict, Forbidden
from registry.evidence.store import keep, load
from registry.permissions import Actor, Permission, may
from registry.regions import common_ancestor
from registry.text import N_, Labelled

CHUNK_ROWS = 500
UNDO_HOURS = 24
_MAX_HEADING = 80


class ImportMode(Labelled):
    """Whether correct rows are brought in although others must be put right."""

    CORRECT_ROWS = "CORRECT_ROWS", N_("只导入正确的行")
    ALL_OR_NOTHING = "ALL_OR_NOTHING", N_("全部正确后再导入")


class NotChecked(Conflict):
    """The upload was confirmed already, or its columns are not mapped yet."""

    message = N_("这份文件不在待确认状态，请刷新页面。")


class NothingToWrite(Conflict):
    """No row of the file can be brought in."""

    message = N_("没有可导入的行。")


class RowsToMend(Conflict):
    """All or nothing was asked for, and rows must be put right first."""

    message = N_("还有 %(rows)d 行需要修改，按“全部正确后再导入”一行也没有写入。")


class UndoTooLate(Conflict):
    """A batch can be taken back for a day."""

    message = N_("导入已超过 24 小时，不能整批撤销；请逐项更正或撤销登记。")


class BatchTouched(Conflict):
    """Something of the batch was confirmed, mended or corrected already."""

    message = N_("这一批里有 %(rows)d 项已经确认、修改过，或更正了原有资产，不能整批撤销。")


def keep_upload(upload: Upload, checked: Checked, choices: Choices, *, by: Actor, took_ms: int) -> ImportUpload:
    """Keep a file with what its precheck found; nothing of the register changes."""
    digest = hashlib.sha256(upload.data).hexdigest()
    row = ImportUpload(
        user_id=by.id, file_name=upload.name[:120], file_sha256=digest, is_pasted=upload.is_pasted, uploaded_at=now(),
        stored_sha256=keep(sealed_bytes(upload.data, digest)), status=UploadStatus.MAPPING.value,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _show(row, checked, choices, took_ms)
    return row


def kept_file(row: ImportUpload) -> Upload:
    """Return the file of an upload."""
    data = unsealed_bytes(load(row.stored_sha256), row.file_sha256)
    return Upload(data, row.file_name, row.is_pasted)


def recheck_upload(row: ImportUpload, checked: Checked, choices: Choices, *, by: Actor, took_ms: int) -> None:
    """Put what was found by new choices in place of the old, and remember the headings for the unit's next file."""
    if row.status == UploadStatus.CONFIRMED:
        raise NotChecked
    _show(row, checked, choices, took_ms)
    for heading, field in choices.mapping:
        key = fold(heading)[:_MAX_HEADING]
        memory = db.session.get(HeadingMemory, (by.unit_code, key))
        if memory is None:
            db.session.add(HeadingMemory(region_code=by.unit_code, heading=key, field=field))
        else:
            memory.field = field


def _show(row: ImportUpload, checked: Checked, choices: Choices, took_ms: int) -> None:
    row.status = (UploadStatus.MAPPING if checked.to_map else UploadStatus.CHECKED).value
    row.kind, row.choices, row.checked_ms = checked.kind.value, choices.to_json(), took_ms
    row.rows, row.added, row.corrected = checked.rows, checked.added, checked.corrected
    row.invalid, row.duplicate, row.skipped = checked.invalid, checked.duplicate, checked.skipped
    row.report = sealed(pack_report(checked.report), f"report-{row.id}")
    db.session.execute(delete(ImportChunk).where(ImportChunk.upload_id == row.id))
    # Rows of one unit are written together: what is asked per unit (its holders, serials, sums) is asked once.
    by_unit = sorted(checked.planned, key=lambda one: (one.facts.region_code, one.row))
    for number, planned in enumerate(portions(by_unit, CHUNK_ROWS), 1):
        regions = sorted({one.facts.region_code for one in planned})
        content = sealed(pack_planned(planned), f"chunk-{row.id}-{number}")
        chunk = ImportChunk(upload_id=row.id, number=number, rows=len(planned), content=content)
        chunk.regions = " ".join(regions)
        db.session.add(chunk)
    db.session.flush()


def batch_region(upload_id: int) -> str:
    """Return the lowest unit that covers everything an upload would write to."""
    codes = sorted({code for regions in regions_of(upload_id) for code in regions.split()})
    if not codes:
        raise NothingToWrite
    return common_ancestor(codes)


def confirm_import(upload_id: int, mode: ImportMode, *, by: Actor) -> ImportBatch:
    """Begin to bring an upload in: from now on it is a batch of the register. Its rows follow chunk by chunk.

    Raises NotChecked, NothingToWrite, RowsToMend, Forbidden.
    """
    row = get_upload(upload_id, by)
    if row.status != UploadStatus.CHECKED:
        raise NotChecked
    if mode is ImportMode.ALL_OR_NOTHING and row.invalid:
        raise RowsToMend(rows=row.invalid)
    region_code = batch_region(upload_id)
    check_enterer(upload_id, by)
    batch = ImportBatch(
        region_code=region_code, kind=row.kind, status=BatchStatus.RUNNING.value, file_name=row.file_name,
        file_sha256=row.file_sha256, rows=row.rows, importable=row.importable, invalid=row.invalid,
        duplicate=row.duplicate, skipped=row.skipped, choices=row.choices, confirmed_by_id=by.id, confirmed_at=now(),
        added=0, corrected=0, refused=0,
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    row.status, row.batch_id = UploadStatus.CONFIRMED.value, batch.id
    record(Action.IMPORTED, batch, by=by, facts={"mode": mode.value, "rows": row.importable})
    return batch


def check_enterer(upload_id: int, by: Actor) -> None:
    """Raise Forbidden unless a person may enter what an upload holds in every unit that it would write to."""
    row = get_upload(upload_id, by)
    permission = Permission.PROJECT_ENTER if row.kind == TableKind.PROJECTS else Permission.ASSET_ENTER
    codes = {code for regions in regions_of(upload_id) for code in regions.split()}
    if not all(may(by, permission, code) for code in codes):
        raise Forbidden


def write_next(upload_id: int, *, by: Actor, on: date) -> bool:
    """Write the next chunk and record it as one event; returns whether more wait. Safe to call again after a crash."""
    row = get_upload(upload_id, by)
    chunk, batch = next_chunk(upload_id), get_batch(row.batch_id or 0)
    if chunk is None or batch.status != BatchStatus.RUNNING:
        return False
    planned = unpack_planned(
        unsealed(chunk.content, f"chunk-{upload_id}-{chunk.number}"), projects=row.kind == TableKind.PROJECTS
    )
    written = write_rows(planned, Deed(by, on, batch.id, row.file_name))
    _count(batch, chunk, written)
    more = next_chunk(upload_id) is not None
    if not more:
        batch.status = BatchStatus.DONE.value
    facts: dict[str, JsonValue] = {"chunk": chunk.number, "rows": [one.row for one in planned]}
    record(Action.IMPORTED, batch, by=by, facts={**facts, "refused": len(written.refused)})
    return more


def _count(batch: ImportBatch, chunk: ImportChunk, written: Written) -> None:
    batch.added += written.added
    batch.corrected += written.corrected
    batch.refused += len(written.refused)
    told = [[row, error.text, {k: str(v) for k, v in error.params.items()}] for row, error in written.refused]
    chunk.refused, chunk.content, chunk.written_at = json.dumps(told, ensure_ascii=False), "", now()
    db.session.flush()


def check_undo(batch: ImportBatch) -> None:
    """Raise unless a batch may still be taken back whole."""
    if batch.status not in {BatchStatus.DONE, BatchStatus.UNDOING}:
        raise NotChecked
    if now() - batch.confirmed_at > timedelta(hours=UNDO_HOURS):
        raise UndoTooLate
    touched = batch.corrected + _touched(batch)
    if touched:
        raise BatchTouched(rows=touched)


def _touched(batch: ImportBatch) -> int:
    """Count what somebody has confirmed, mended or hung assets on since it was brought in."""
    asked = db.session.scalar(select(func.count()).select_from(Correction).where(Correction.batch_id == batch.id)) or 0
    if batch.kind == TableKind.PROJECTS:
        condition = (Project.status != ProjectStatus.OPEN) | (Project.version_id != 1)
        rows = select(func.count()).select_from(Project).where(Project.batch_id == batch.id, condition)
        return asked + (db.session.scalar(rows) or 0)
    untouched = (Asset.stage == Stage.SUBMITTED) & (Asset.version_id == 1)
    undone = Asset.stage == Stage.WITHDRAWN
    rows = select(func.count()).select_from(Asset).where(Asset.batch_id == batch.id, ~(untouched | undone))
    return asked + (db.session.scalar(rows) or 0)


def undo_next(upload_id: int, *, by: Actor) -> bool:
    """Take back the next rows of a batch in one event; returns whether more wait. Raises as check_undo does."""
    batch = get_batch(get_upload(upload_id, by).batch_id or 0)
    if batch.status == BatchStatus.DONE:
        check_undo(batch)
        batch.status = BatchStatus.UNDOING.value
    gone = _take_back_projects(batch) if batch.kind == TableKind.PROJECTS else _take_back_assets(batch)
    if gone < CHUNK_ROWS:
        batch.status, batch.undone_at = BatchStatus.UNDONE.value, now()
    record(Action.IMPORT_UNDONE, batch, by=by, facts={"rows": gone})
    return batch.status == BatchStatus.UNDOING


def _take_back_assets(batch: ImportBatch) -> int:
    rows = select(Asset).where(Asset.batch_id == batch.id, Asset.stage == Stage.SUBMITTED)
    assets = list(db.session.scalars(rows.order_by(Asset.id).limit(CHUNK_ROWS)))
    with moving(assets):
        for asset in assets:
            asset.stage = Stage.WITHDRAWN.value
    db.session.flush()
    return len(assets)


def _take_back_projects(batch: ImportBatch) -> int:
    """Take out projects that nothing came of; the trail keeps what they said."""
    rows = select(Project).where(Project.batch_id == batch.id)
    projects = list(db.session.scalars(rows.order_by(Project.id).limit(CHUNK_ROWS)))
    for project in projects:
        for line in list(project.lines):
            db.session.delete(line)
        db.session.delete(project)
    db.session.flush()
    return len(projects)


def planned_rows(upload_id: int, *, projects: bool) -> list[Planned]:
    """Return the rows that wait to be written, for the page that lists them."""
    found: list[Planned] = []
    for chunk in list_chunks(upload_id):
        if chunk.content:
            found += unpack_planned(unsealed(chunk.content, f"chunk-{upload_id}-{chunk.number}"), projects=projects)
    return sorted(found, key=lambda one: one.row)
