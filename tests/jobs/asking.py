"""Leaving work to the worker in tests, and looking how far it has come."""

from sqlalchemy import func, select

from registry import jobs
from registry.assets.register.sheets.running import ask_import
from registry.database import db, transaction
from registry.jobs import Job, JobKind
from registry.reports.prints import large
from tests.assets.sheets.importing import CLERK, begin, keep, many
from tests.factories import person
from tests.reports.printing import asked


def asked_import(count: int = 10) -> tuple[int, int]:
    """Confirm an upload of several chunks and leave it to the worker; returns the upload and its job."""
    upload_id = keep(many(count))
    begin(upload_id)
    with transaction():
        ask_import(upload_id, by=person(CLERK))
    job = jobs.find_job(JobKind.IMPORT, str(upload_id))
    assert job is not None
    return upload_id, job.id


def asked_print() -> int:
    """Leave the ledger of the township to the worker; returns the job."""
    with transaction():
        return large.ask_print(asked(), 6, by=person("township_clerk"), verify_at="http://localhost/verify/").id


def state(job_id: int) -> tuple[str, int, int]:
    """Return state and progress of a job."""
    db.session.rollback()
    job = db.session.get_one(Job, job_id)
    return job.state, job.done, job.total


def count(model: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0
