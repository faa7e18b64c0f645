"""The row of a job is the truth, and the queue only wakes the worker."""

import json
import sqlite3

import pytest
from flask import Flask

from registry import jobs
from registry.assets.register.sheets.models import BatchStatus
from registry.audit.models import TrailEvent
from registry.config import current
from registry.database import db, transaction
from registry.errors import Forbidden, Missing
from registry.jobs import Job, JobKind, JobState
from registry.operations.worker import WORK, Worker
from tests.assets.sheets.importing import CLERK, assets, batch_of
from tests.factories import VILLAGE, person
from tests.jobs.asking import asked_import, asked_print, count, state


def test_a_job_lives_and_dies_with_the_deed_that_asks_for_it(app: Flask) -> None:
    with pytest.raises(Forbidden), transaction():
        jobs.ask(JobKind.PRINT, user_id=person(CLERK).id or 0, region_code=VILLAGE)
        raise Forbidden
    assert jobs.list_unfinished() == []


def test_work_about_the_same_thing_is_one_job(app: Flask) -> None:
    _upload, job_id = asked_import()
    with transaction():
        again = jobs.ask(JobKind.IMPORT, user_id=person(CLERK).id or 0, region_code=VILLAGE, subject="1")
        assert again.id == job_id
    assert count(Job) == 1


def test_a_finished_job_is_not_begun_again(app: Flask) -> None:
    _upload, job_id = asked_import()
    with transaction():
        jobs.finish(db.session.get_one(Job, job_id))
    with transaction():
        assert jobs.begin(job_id) is None


def test_a_job_that_gets_nowhere_is_given_up(app: Flask) -> None:
    _upload, job_id = asked_import()
    for _number in range(jobs.MOST_TRIES):
        with transaction():
            assert jobs.begin(job_id) is not None
    with transaction():
        assert jobs.begin(job_id) is None
    job = db.session.get_one(Job, job_id)
    assert (job.state, job.message) == (JobState.STOPPED, jobs.GIVEN_UP)


def test_progress_makes_the_tries_count_anew(app: Flask) -> None:
    _upload, job_id = asked_import()
    for _number in range(jobs.MOST_TRIES + 3):
        with transaction():
            job = jobs.begin(job_id)
            assert job is not None
            jobs.advance(job, 1)


def test_a_job_of_somebody_else_does_not_exist(app: Flask) -> None:
    job_id = asked_print()
    with pytest.raises(Missing):
        jobs.get_job(job_id, JobKind.PRINT, person("county_clerk").id)


def test_every_kind_of_job_has_its_work() -> None:
    assert set(WORK) == set(JobKind)


def test_what_is_told_reaches_the_worker(worker: Worker) -> None:
    upload_id, job_id = asked_import()
    jobs.tell(job_id)
    task = worker.queue.dequeue()
    worker.queue.execute(task)
    assert state(job_id) == (JobState.DONE, 10, 10)
    assert (assets(), batch_of(upload_id).status) == (10, BatchStatus.DONE)


def test_a_message_is_plain_text_and_never_a_pickle(app: Flask) -> None:
    jobs.tell(7)
    with sqlite3.connect(current().data_dir / "jobs.db") as file:
        ((message,),) = file.execute("SELECT data FROM task").fetchall()
    assert json.loads(message)[1:] == ["registry.jobs.job", [7]]


def test_a_lost_message_is_made_up_for_and_a_double_one_does_nothing(worker: Worker) -> None:
    _upload, job_id = asked_import()
    jobs.tell(job_id)
    jobs.tell(job_id)
    worker.queue.storage.flush_queue()
    worker.take_up()
    assert [task.args for task in worker.queue.pending()] == [(job_id,)]
    worker.run(job_id)
    events = count(TrailEvent)
    worker.run(job_id)
    assert (assets(), count(TrailEvent)) == (10, events)


def test_a_queue_that_cannot_be_written_loses_no_job(worker: Worker) -> None:
    _upload, job_id = asked_import()
    (current().data_dir / "jobs.db").unlink()
    (current().data_dir / "jobs.db").mkdir()
    jobs.tell(job_id)
    assert [job.id for job in jobs.list_unfinished()] == [job_id]


def test_the_place_of_the_worker_is_free_once_it_is_left(app: Flask) -> None:
    assert not jobs.worker_lives()
    with jobs.sole_worker():
        assert jobs.worker_lives()
    assert not jobs.worker_lives()
