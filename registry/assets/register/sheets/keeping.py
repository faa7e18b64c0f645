"""Lists that programs asked for: written and sealed before the transaction, kept for a day, fetched by who asked."""

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from sqlalchemy import select

from registry.assets.register.lookup.filters import Filter
from registry.assets.register.sheets.exporting import ExportForm, record_export, write_export
from registry.assets.register.sheets.models import ExportFile
from registry.assets.register.sheets.packing import sealed_bytes, unsealed_bytes
from registry.clock import now
from registry.database import db
from registry.errors import Missing
from registry.evidence.store import keep, load, path_of
from registry.permissions import Actor

KEPT_HOURS = 24


@dataclass(frozen=True)
class Written:
    """A list as it was written: of what, how many assets, and where its sealed bytes lie."""

    chosen: Filter
    form: ExportForm
    assets: int
    sha256: str
    stored_sha256: str


def write_list(chosen: Filter, form: ExportForm, *, by: Actor) -> Written:
    """Write exactly what a filter shows, and seal it; outside a transaction, because a large list takes its time."""
    with tempfile.TemporaryFile() as out:
        assets = write_export(chosen, form, cast("BinaryIO", out), by=by)
        out.seek(0)
        data = out.read()
    digest = hashlib.sha256(data).hexdigest()
    return Written(chosen, form, assets, digest, keep(sealed_bytes(data, digest)))


def keep_list(written: Written, *, by: Actor) -> ExportFile:
    """Keep a list for who asked for it and tell the trail that it went out; lists of yesterday go."""
    _forget(now() - timedelta(hours=KEPT_HOURS))
    row = ExportFile(user_id=by.id, form=written.form.value, sha256=written.sha256, made_at=now())
    row.stored_sha256 = written.stored_sha256
    db.session.add(row)
    db.session.flush()
    record_export(written.chosen, written.form, written.assets, by=by)
    return row


def _forget(before: datetime) -> None:
    for row in db.session.scalars(select(ExportFile).where(ExportFile.made_at < before)):
        path_of(row.stored_sha256).unlink(missing_ok=True)
        db.session.delete(row)


def get_list(export_id: int, by: Actor) -> tuple[ExportForm, bytes]:
    """Return a list that a person asked for within the day, as its bytes; raises Missing."""
    row = db.session.scalar(select(ExportFile).where(ExportFile.id == export_id, ExportFile.user_id == by.id))
    if row is None or row.made_at < now() - timedelta(hours=KEPT_HOURS):
        raise Missing
    return ExportForm(row.form), unsealed_bytes(load(row.stored_sha256), row.sha256)
