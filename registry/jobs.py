"""Jobs: work too long for a request, its progress for the pages, and the queue that wakes the worker.

The row is the truth: it is written in the transaction that asks for the work. The message in the queue only wakes the
worker, so a message that is lost costs a minute and nothing else. Every job may be begun again at any time.
"""

import contextlib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from registry import config
from registry.changes import Derived
from registry.clock import now
from registry.database import Model, db, request_id
from registry.errors import Missing, RegistryError
from registry.text import N_, Labelled

KEPT_DAYS = 30
#: How often a job is begun without getting on before it is given up: it may be what kills the worker.
MOST_TRIES = 5
GIVEN_UP = N_("后台试了几次都没有办成，已停下。请重新办理；再不成请联系系统管理员。")


class JobKind(Labelled):
    """What the worker does."""

    IMPORT = "IMPORT", N_("批量导入")
    PRINT = "PRINT", N_("打印报表")
    BUNDLE = "BUNDLE", N_("导出证据包")


class JobState(Labelled):
    """How far a job has come."""

    WAITING = "WAITING", N_("排队中")
    RUNNING = "RUNNING", N_("正在办理")
    DONE = "DONE", N_("已办完")
    STOPPED = "STOPPED", N_("没有办成")


UNFINISHED = (JobState.WAITING.value, JobState.RUNNING.value)


class Job(Derived, Model):
    """One piece of work: what, about what, for whom, how far it has come, where its result is."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "id"), Index("ix_job_subject", "kind", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(String(12))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    #: The request that asked; the events of the job carry it.
    request_id: Mapped[str] = mapped_column(String(40))
    #: What it is about: the number of an upload.
    subject: Mapped[str] = mapped_column(String(40), default="")
    #: JSON: what else the work must know.
    argument: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(20), default=JobState.WAITING.value)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    #: Why it was stopped, a text to translate.
    message: Mapped[str] = mapped_column(default="")
    #: What came of it: the serial of a print.
    result: Mapped[str] = mapped_column(String(200), default="")
    asked_at: Mapped[datetime] = mapped_column()
    started_at: Mapped[datetime | None] = mapped_column()
    finished_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state not in UNFINISHED


def ask(
    kind: JobKind,
    *,
    user_id: int,
    region_code: str,
    subject: str = "",
    argument: str = "",
    done: int = 0,
    total: int = 0,
) -> Job:
    """Write down a job in the running transaction; one about the same subject that stopped or stands is taken again."""
    job = find_job(kind, subject) if subject else None
    if job is None:
        job = Job(kind=kind.value, subject=subject, user_id=user_id, region_code=region_code, asked_at=now())
        db.session.add(job)
    job.state, job.tries, job.message, job.finished_at = JobState.WAITING.value, 0, "", None
    job.request_id, job.argument, job.done, job.total = request_id.get(), argument, done, total
    db.session.flush()
    return job


def get_job(job_id: int, kind: JobKind, user_id: int | None) -> Job:
    """Return a job of this kind that a person asked for; raises Missing."""
    job = db.session.scalar(select(Job).where(Job.id == job_id, Job.kind == kind, Job.user_id == user_id))
    if job is None:
        raise Missing
    return job


def find_job(kind: JobKind, subject: str) -> Job | None:
    """Return the last job about a subject; who may see the subject has been asked already."""
    rows = select(Job).where(Job.kind == kind, Job.subject == subject)
    return db.session.scalar(rows.order_by(Job.id.desc()).limit(1))


def list_unfinished(kind: JobKind | None = None, user_id: int | None = None) -> list[Job]:
    """Return the jobs that wait or run, the oldest first; of one kind or one person if asked."""
    rows = select(Job).where(Job.state.in_(UNFINISHED))
    rows = rows.where(Job.kind == kind) if kind else rows
    rows = rows.where(Job.user_id == user_id) if user_id is not None else rows
    return list(db.session.scalars(rows.order_by(Job.id)))


def begin(job_id: int) -> Job | None:
    """Take a job up, in a transaction of its own; None if it is finished, or has been begun too often for nothing."""
    job = db.session.get(Job, job_id)
    if job is None or job.is_finished:
        return None
    if job.tries >= MOST_TRIES:
        stop(job, GIVEN_UP)
        return None
    job.state, job.tries, job.started_at = JobState.RUNNING.value, job.tries + 1, job.started_at or now()
    return job


def advance(job: Job, rows: int) -> None:
    """Note that so many more rows are done, in the transaction that did them."""
    job.done, job.tries = job.done + rows, 0


def finish(job: Job) -> None:
    """Note that a job is done."""
    job.state, job.finished_at = JobState.DONE.value, now()


def stop(job: Job, message: str) -> None:
    """Note that a job will not go on by itself, and why."""
    job.state, job.message, job.finished_at = JobState.STOPPED.value, message, now()


def refuse(job_id: int, error: RegistryError) -> None:
    """Stop a job that a rule or a missing right forbids."""
    job = db.session.get(Job, job_id)
    if job is not None and not job.is_finished:
        stop(job, error.text % {name: str(value) for name, value in error.params.items()})


def forget_old(at: datetime) -> None:
    """Delete the rows of jobs finished long ago; what they did stands in the trail."""
    old = delete(Job).where(Job.finished_at < at - timedelta(days=KEPT_DAYS))
    db.session.execute(old, execution_options={"synchronize_session": False})


class PlainMessages(Serializer):  # type: ignore[misc]
    """Messages as JSON, the task and its numbers: huey's own pickles would run what somebody put into the file."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps([data.id, data.name, list(data.args)]).encode()

    def _deserialize(self, data: Any) -> Any:
        key, name, args = json.loads(bytes(data))
        return Message(id=key, name=name, retries=0, retry_delay=0, args=tuple(args), kwargs={})


def _file(name: str) -> Path:
    return config.current().data_dir / name


def forget_queue() -> None:
    """Remove the queue's file, whatever is in it; the worker makes it anew at every start and fills it from rows."""
    for name in ("jobs.db", "jobs.db-journal"):
        _file(name).unlink(missing_ok=True)


def open_queue(run: Callable[[int], None]) -> tuple[SqliteHuey, Callable[[int], None]]:
    """Open the queue; ``run`` does a job by its number. Returns the queue, and what puts a number into it."""

    def job(job_id: int) -> None:
        run(job_id)

    queue = SqliteHuey(
        "registry", filename=str(_file("jobs.db")), results=False, serializer=PlainMessages(), journal_mode="truncate"
    )
    return queue, cast("Callable[[int], None]", queue.task()(job))


def tell(job_id: int) -> None:
    """Wake the worker for a job that is committed; if that fails, it finds the job by itself within a minute."""

    def elsewhere(_job_id: int) -> None:
        """Stand for the work, which the worker alone knows."""

    with contextlib.suppress(sqlite3.Error):
        queue, put = open_queue(elsewhere)
        try:
            put(job_id)
        finally:
            queue.storage.close()


def worker_file() -> Path:
    """Return the file whose lock is the place of the one worker; while it works, it says who and since when."""
    return _file("worker.lock")


@contextlib.contextmanager
def sole_worker() -> Iterator[Callable[[str], None]]:
    """Hold the place of the one worker, after whoever holds it now; the kernel lets go of it however we end.

    Yields what writes into the file who holds it; a worker that ends properly leaves it empty.
    """
    with worker_file().open("a+b") as place:
        _lock(place, wait=True)
        yield partial(_say, place)
        _say(place, "")


def _say(place: BinaryIO, said: str) -> None:
    place.truncate(0)
    place.write(said.encode())
    place.flush()


def worker_lives() -> bool:
    """Say whether a worker holds its place at this moment (never on Windows, where requests do the work)."""
    try:
        with worker_file().open("rb") as place:
            return not _lock(place, wait=False)
    except FileNotFoundError:
        return False


def _lock(place: BinaryIO, *, wait: bool) -> bool:
    """Lock a file, shared if it is only to be seen whether that is possible; returns whether it was."""
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(place, fcntl.LOCK_EX if wait else fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
