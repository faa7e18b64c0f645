"""The worker: one process beside the server that does the jobs, signs what is due and tidies up.

It may be killed at any moment: a job goes on from its last transaction, a checkpoint is due until it is signed.
"""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from flask import Flask
from huey import SqliteHuey
from sqlalchemy.exc import SQLAlchemyError

from registry import jobs
from registry.accounts.queries import find_actor
from registry.accounts.sessions import forget_sessions
from registry.assets.register.sheets.running import import_job
from registry.audit.witness import sit
from registry.clock import now, today
from registry.database import db, request_id, transaction, why_read_only
from registry.errors import Forbidden, RegistryError
from registry.jobs import JobKind
from registry.operations.serve import prepare
from registry.permissions import Actor
from registry.reports.desk.bundling import bundle_job, forget_bundles
from registry.reports.prints.large import print_job
from registry.supervision.periods.closing import keep_closing
from registry.supervision.warnings.evaluating import keep_watch

#: Every so often the logs are looked at, and jobs whose message was lost are taken up.
ROUND_SECONDS = 60
#: How long a job may still run when the worker shall stop; it goes on from its last transaction at the next start.
GRACE_SECONDS = 10
#: How often the queue is looked into.
POLL_SECONDS = 1
#: How long a round may ask for warnings: deeds wait for a single question only, but so do the checkpoints of the next.
WATCH_FOR = timedelta(seconds=30)
#: How long a round may close months: a month that is begun is carried to its end.
CLOSE_FOR = timedelta(seconds=30)
TIDY_EVERY = timedelta(hours=24)
#: A job of more rows leaves memory behind that the process does not give back; a supervised worker starts anew.
LARGE_JOB_ROWS = 20_000

Stop = queue.SimpleQueue[str]


class Work(Protocol):
    """Does a job in the name of who asked, from wherever it stands; gives up early when the worker shall stop."""

    def __call__(self, job_id: int, *, by: Actor, is_stopping: Callable[[], bool]) -> None: ...


WORK: dict[JobKind, Work] = {JobKind.IMPORT: import_job, JobKind.PRINT: print_job, JobKind.BUNDLE: bundle_job}


class Worker:
    """The one worker of an installation: a thread does the jobs one after the other, this one keeps the rounds."""

    def __init__(self, app: Flask, stopped: Stop | None = None, *, supervised: bool = False) -> None:
        self.app, self.supervised = app, supervised
        self.stopped: Stop = stopped or queue.SimpleQueue()
        self.busy_with = 0
        self.tidied_at: datetime | None = None
        self.queue: SqliteHuey
        self.queue, self.put = jobs.open_queue(self.run)
        self.consumer = self.queue.create_consumer(
            workers=1, periodic=False, initial_delay=POLL_SECONDS, max_delay=POLL_SECONDS, backoff=1.0,
            scheduler_interval=ROUND_SECONDS, check_worker_health=True, shutdown_timeout=GRACE_SECONDS,
        )  # fmt: skip

    def run(self, job_id: int) -> None:
        """Do a job, whatever becomes of it: one that failed for no reason we know is begun again by a later round."""
        self.busy_with = job_id
        try:
            with self.app.app_context():
                self._do(job_id)
        except Exception as error:  # the worker outlives every job
            structlog.get_logger().exception("job failed", job=job_id, error=type(error).__name__)
        finally:
            self.busy_with = 0

    def _do(self, job_id: int) -> None:
        with transaction():
            job = jobs.begin(job_id)
            if job is None:
                return
            kind, user_id, rows = JobKind(job.kind), job.user_id, job.total
            request_id.set(job.request_id)
        started = now()
        try:
            WORK[kind](job_id, by=person_of(user_id), is_stopping=self.consumer.stop_flag.is_set)
        except RegistryError as error:
            db.session.remove()
            with transaction():
                jobs.refuse(job_id, error)
        took = int((now() - started).total_seconds() * 1000)
        structlog.get_logger().info("job", job=job_id, kind=kind.value, rows=rows, ms=took)
        if self.supervised and rows > LARGE_JOB_ROWS:
            self.stopped.put("a large job is done")

    def round(self) -> None:
        """Look whether a log, a job or a month is due, what events mean for warnings, and daily what is old."""
        if why_read_only():
            return
        try:
            with self.app.app_context():
                self.take_up()
                sitting = sit()
                self.tidy()
                self.watch()
                self.close()
            for log_id in sitting.refused:
                structlog.get_logger().error("another history", log=log_id)
        except (SQLAlchemyError, OSError, RegistryError) as error:
            structlog.get_logger().exception("round failed", error=type(error).__name__)

    def take_up(self) -> None:
        """Fill the queue from the rows: messages may be lost or double, rows are neither."""
        self.queue.storage.flush_queue()
        for job in jobs.list_unfinished():
            if job.id != self.busy_with:
                self.put(job.id)
        db.session.remove()

    def tidy(self) -> None:
        """Forget finished jobs and ended sessions of long ago; the trail keeps what they did."""
        moment = now()
        if self.tidied_at is not None and moment - self.tidied_at < TIDY_EVERY:
            return
        with transaction():
            jobs.forget_old(moment)
            forget_sessions(moment)
        forget_bundles()
        self.tidied_at = moment

    def watch(self) -> None:
        """Bring the warnings up to the last events; after midnight ask everything anew, some counties in each round."""
        tally = keep_watch(today(), WATCH_FOR)
        if tally.opened or tally.closed:
            structlog.get_logger().info("warnings", opened=tally.opened, closed=tally.closed)

    def close(self) -> None:
        """Close the months that are due, after their warnings were asked; some counties in each round."""
        closed = keep_closing(today(), CLOSE_FOR)
        if closed:
            structlog.get_logger().info("months closed", months=closed)

    def keep_rounds(self, ready: Callable[[], None]) -> None:
        """Keep the rounds until somebody says why to stop; then let the job in hand come to its next commit."""
        request_id.set("worker")
        self.consumer.start()
        for number in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)):
            signal.signal(number, lambda _number, _frame: self.stopped.put("signal"))
        ready()
        while True:
            self.round()
            try:
                self.stopped.get(timeout=ROUND_SECONDS)
            except queue.Empty:
                self.consumer.check_worker_health()
            else:
                break
        self.consumer.stop(graceful=True)


def person_of(user_id: int) -> Actor:
    """Return who asked, with the rights of today; raises Forbidden if the account is closed."""
    actor = find_actor(user_id, today())
    if actor is None:
        raise Forbidden
    return actor


def work(app: Flask, *, supervised: bool) -> None:
    """Be the worker until told to stop; a supervised one also stops when its parent is gone."""
    stopped: Stop = queue.SimpleQueue()
    if supervised:
        threading.Thread(target=partial(_watch_parent, stopped), daemon=True).start()
    with jobs.sole_worker() as say:
        for warning in prepare(app):
            structlog.get_logger().warning("worker", told=warning)
        jobs.forget_queue()
        who = f"{os.getpid()} {now().isoformat(timespec='seconds')}"
        Worker(app, stopped, supervised=supervised).keep_rounds(partial(say, who))
    sys.stderr.flush()
    os._exit(0)  # a job that is still running is not waited for: it goes on at the next start


def _watch_parent(stopped: Stop) -> None:
    """Wait until the pipe from the parent ends, which it does however the parent ends."""
    while os.read(0, 1):
        pass
    stopped.put("parent gone")
    threading.Event().wait(2 * GRACE_SECONDS)
    os._exit(1)  # the worker did not come to an end by itself, or never got its place
