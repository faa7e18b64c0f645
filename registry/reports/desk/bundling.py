"""Evidence bundles as jobs: asked for in a request, made by the worker, kept for some days to be fetched."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from registry import config, jobs
from registry.audit.bundle import Scope, Standing, check_scope, record_evidence, record_sealed
from registry.audit.bundle_writing import write_bundle
from registry.audit.scoped import count_scoped
from registry.clock import now
from registry.database import transaction
from registry.errors import Conflict, Forbidden, Missing
from registry.evidence import store
from registry.jobs import Job, JobKind
from registry.permissions import Actor, Permission, may
from registry.regions import code_range, log_of
from registry.text import N_

#: How long a finished bundle may be fetched; whoever needs it keeps it elsewhere.
KEPT_DAYS = 7
_DAY_SECONDS = 86_400


class NotKept(Conflict):
    """A bundle was made and is not kept any more, or not made yet."""

    message = N_("证据包还没有做好，或已过保留期。请重新导出。")


class _StoppingError(Exception):
    """The worker shall stop; the job is begun again at its next start."""


@dataclass(frozen=True)
class BundleAsked:
    """What was asked for: scope, and whether attachments and prints go with it."""

    scope: Scope
    with_files: bool

    def encode(self) -> str:
        """Return the text kept with the job."""
        return json.dumps({**self.scope.told(), "files": self.with_files})

    @classmethod
    def decode(cls, text: str) -> "BundleAsked":
        """Read encode()'s text."""
        told = json.loads(text)
        first, last = (date.fromisoformat(told[name]) if told[name] else None for name in ("from", "to"))
        return cls(Scope(told["region"], first, last), told["files"])


def check_bundler(asked: BundleAsked, by: Actor) -> None:
    """Raise unless a person may take this out: Missing outside the reach, Forbidden for files one may not read.

    Raises NotAUnitBelow and PeriodBackwards for a scope that makes no bundle.
    """
    check_scope(asked.scope)
    if not may(by, Permission.TRAIL_EXPORT, asked.scope.region):
        raise Missing
    if asked.with_files and not may(by, Permission.PRINT, asked.scope.region):
        raise Forbidden


def ask_bundle(asked: BundleAsked, *, by: Actor) -> Job:
    """Write down the job of a bundle, in the running transaction."""
    check_bundler(asked, by)
    region = asked.scope.region
    total = count_scoped(log_of(region), code_range(region))
    return jobs.ask(JobKind.BUNDLE, user_id=by.id or 0, region_code=region, argument=asked.encode(), total=total)


def get_bundle(job_id: int, by: Actor) -> Job:
    """Return a bundle that a person asked for and may still take out. Raises Missing, Forbidden."""
    job = jobs.get_job(job_id, JobKind.BUNDLE, by.id)
    check_bundler(BundleAsked.decode(job.argument), by)
    return job


def bundle_job(job_id: int, *, by: Actor, is_stopping: Callable[[], bool]) -> None:
    """Make the bundle of a job; one whose event was recorded before is written as of that event. Raises Forbidden."""
    job = get_bundle(job_id, by)
    asked, result = BundleAsked.decode(job.argument), job.result
    standing = Standing.decode(result) if result else record_evidence(asked.scope, by=by)
    _note(job_id, by, standing)

    def step(done: int) -> None:
        if is_stopping():
            raise _StoppingError
        with transaction():
            row = jobs.get_job(job_id, JobKind.BUNDLE, by.id)
            jobs.advance(row, done)
            row.total = max(row.total, row.done)

    fresh = _folder() / f".{job_id}.part"
    try:
        sealed = write_bundle(
            fresh, asked.scope, standing, file_of=store.path_of if asked.with_files else None, step=step
        )
    except _StoppingError:
        fresh.unlink(missing_ok=True)
        return
    fresh.replace(path_of(job_id))
    with transaction(asked.scope.region):
        record_sealed(asked.scope, standing, sealed.sha256, by=by)
        job = jobs.get_job(job_id, JobKind.BUNDLE, by.id)
        job.result = f"{standing.encode()}:{sealed.sha256}:{sealed.missing}"
        jobs.finish(job)
        job.done = job.total = sealed.events + sealed.rows


def _note(job_id: int, by: Actor, standing: Standing) -> None:
    """Remember with the job that its event is recorded; it is recorded once however often the job is begun."""
    with transaction():
        job = jobs.get_job(job_id, JobKind.BUNDLE, by.id)
        job.result, job.done = standing.encode(), 0


def run_here(job_id: int, *, by: Actor) -> None:
    """Make a bundle at once, where no worker lives."""
    with transaction():
        if jobs.begin(job_id) is None:
            return
    bundle_job(job_id, by=by, is_stopping=lambda: False)


def sealed_digest(job: Job) -> tuple[str, int]:
    """Return the digest of a finished bundle and how many files the register did not have any more."""
    *_standing, digest, missing = job.result.split(":")
    return digest, int(missing)


def bundle_file(job: Job) -> Path:
    """Return the file of a finished bundle; raises NotKept."""
    path = path_of(job.id)
    if not job.is_finished or not path.is_file():
        raise NotKept
    return path


def path_of(job_id: int) -> Path:
    """Return where the bundle of a job lies."""
    return _folder() / f"{job_id}.zip"


def _folder() -> Path:
    folder = config.current().data_dir / "bundles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def forget_bundles() -> None:
    """Remove bundles that were not fetched in time, and halves of some that were never finished."""
    oldest = now().timestamp() - KEPT_DAYS * _DAY_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
