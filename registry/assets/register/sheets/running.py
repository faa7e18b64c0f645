"""Bringing a batch in, or taking it back, in transactions of 500 rows: each commits by itself and can be resumed."""

import contextlib
import gc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from registry.assets.register.sheets.queries import get_batch, get_upload, next_chunk
from registry.assets.register.sheets.services import undo_next, write_next
from registry.clock import now, today
from registry.database import db, transaction
from registry.permissions import Actor

#: How long one request works on a large batch before it answers with the progress; a worker is never held longer.
REQUEST_SECONDS = 8


def run_import(upload_id: int, *, by: Actor, seconds: int | None = REQUEST_SECONDS) -> bool:
    """Write chunk after chunk until none waits or the time is over; returns whether the batch is complete."""
    deadline = _deadline(seconds)
    while True:
        chunk = next_chunk(upload_id)
        if chunk is None:
            return True
        regions = [*chunk.regions.split(), _batch_region(upload_id, by)]
        if not _step(regions, lambda: write_next(upload_id, by=by, on=today())) or _over(deadline):
            return next_chunk(upload_id) is None


def run_undo(upload_id: int, *, by: Actor, seconds: int | None = REQUEST_SECONDS) -> bool:
    """Take back row after row of a batch until none is left or the time is over; returns whether all are."""
    deadline, region = _deadline(seconds), _batch_region(upload_id, by)
    while _step([region], lambda: undo_next(upload_id, by=by)):
        if _over(deadline):
            return False
    return True


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let no search for reference cycles run meanwhile: it would find none and take a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _step(regions: list[str], deed: Callable[[], bool]) -> bool:
    """Do one deed in its own transaction and let go of what it loaded, so that memory stays flat."""
    with uncollected(), transaction(*regions):
        more = deed()
    db.session.expunge_all()
    return more


def _batch_region(upload_id: int, by: Actor) -> str:
    return get_batch(get_upload(upload_id, by).batch_id or 0).region_code


def _deadline(seconds: int | None) -> datetime | None:
    return now() + timedelta(seconds=seconds) if seconds is not None else None


def _over(deadline: datetime | None) -> bool:
    return deadline is not None and now() > deadline
