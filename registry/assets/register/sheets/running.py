"""Bringing a batch in, or taking it back, in transactions of 500 rows: each commits by itself and can be resumed.

A large batch is the worker's; where no worker lives, the requests of the browser that shows the progress bring it in.
"""

import contextlib
import gc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from registry import jobs
from registry.assets.register.sheets.models import ImportUpload
from registry.assets.register.sheets.queries import get_batch, get_upload, next_chunk, written_of
from registry.assets.register.sheets.services import check_enterer, undo_next, write_next
from registry.clock import now, today
from registry.database import db, transaction
from registry.jobs import Job, JobKind
from registry.permissions import Actor

#: How long one request works on a large batch before it answers with the progress; a worker is never held longer.
REQUEST_SECONDS = 8


def ask_import(upload_id: int, *, by: Actor) -> None:
    """Write down the job of bringing a confirmed upload in, in the running transaction; one chunk needs no job.

    Raises Forbidden when the person has lost the right meanwhile.
    """
    check_enterer(upload_id, by)
    row, progress = get_upload(upload_id, by), written_of(upload_id)
    if progress.chunks > 1 and progress.written < progress.rows:
        jobs.ask(
            JobKind.IMPORT, user_id=row.user_id, region_code=get_batch(row.batch_id or 0).region_code,
            subject=str(upload_id), done=progress.written, total=progress.rows,
        )  # fmt: skip


def start_import(upload_id: int, *, by: Actor) -> None:
    """Leave an upload that was asked for to the worker, or bring it in as far as one request goes."""
    job = work_at(upload_id)
    if job is not None:
        jobs.tell(job.id)
    else:
        run_import(upload_id, by=by)


def work_at(upload_id: int) -> Job | None:
    """Return the job that the worker has or will have in hand; None if nothing goes on without the browser."""
    job = jobs.find_job(JobKind.IMPORT, str(upload_id))
    return job if job is not None and not job.is_finished and jobs.worker_lives() else None


def why_stopped(row: ImportUpload) -> str:
    """Return why the worker does not go on with an upload, empty if it has not stopped."""
    job = jobs.find_job(JobKind.IMPORT, str(row.id))
    return job.message if job is not None else ""


def import_job(job_id: int, *, by: Actor, is_stopping: Callable[[], bool]) -> None:
    """Bring an upload in from where it stands until its end, or until the worker shall stop. Raises Forbidden."""
    upload_id = int(jobs.get_job(job_id, JobKind.IMPORT, by.id).subject)
    check_enterer(upload_id, by)
    if run_until(upload_id, by=by, is_over=is_stopping):
        with transaction():
            jobs.finish(jobs.get_job(job_id, JobKind.IMPORT, by.id))


def run_import(upload_id: int, *, by: Actor, seconds: int | None = REQUEST_SECONDS) -> bool:
    """Write chunk after chunk until none waits or the time is over; returns whether the batch is complete."""
    deadline = _deadline(seconds)
    return run_until(upload_id, by=by, is_over=lambda: _over(deadline))


def run_until(upload_id: int, *, by: Actor, is_over: Callable[[], bool]) -> bool:
    """Write chunk after chunk until none waits or it is over; returns whether the batch is complete."""
    while True:
        chunk = next_chunk(upload_id)
        if chunk is None:
            return True
        regions = [*chunk.regions.split(), _batch_region(upload_id, by)]
        if not _step(regions, partial(_write, upload_id, chunk.number, by)) or is_over():
            return next_chunk(upload_id) is None


def _write(upload_id: int, number: int, by: Actor) -> bool:
    """Write this very chunk and note the progress; one that somebody else wrote meanwhile is left alone."""
    chunk = next_chunk(upload_id)
    if chunk is None or chunk.number != number:
        return chunk is not None
    more = write_next(upload_id, by=by, on=today())
    job = jobs.find_job(JobKind.IMPORT, str(upload_id))
    if job is not None:
        jobs.advance(job, chunk.rows)
        if not more:
            jobs.finish(job)
        db.session.flush()
    return more


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
