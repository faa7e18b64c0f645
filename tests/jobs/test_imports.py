"""Imports by the worker: every row once, with the rights of the day, and pages that tell how far it is."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry import jobs
from registry.accounts.models import User, UserGrant
from registry.accounts.services import disable_user, end_grant
from registry.assets.register.sheets import running, services
from registry.assets.register.sheets.running import ask_import, import_job, work_at
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Forbidden
from registry.jobs import Job, JobState
from registry.operations.worker import Worker
from registry.permissions import system_actor
from tests.assets.sheets.importing import CLERK, GOOD, HEAD, assets, batch_of, begin, keep, many
from tests.factories import MUNICIPALITY, PASSWORD, TODAY, TOWNSHIP, VILLAGE, person
from tests.jobs.asking import asked_import, count, state


def test_an_import_stopped_between_two_chunks_goes_on_where_it_stood(app: Flask) -> None:
    upload_id, job_id = asked_import()
    import_job(job_id, by=person(CLERK), is_stopping=lambda: True)
    assert (assets(), state(job_id)[1:]) == (4, (4, 10))
    import_job(job_id, by=person(CLERK), is_stopping=lambda: False)
    assert (assets(), batch_of(upload_id).added) == (10, 10)
    assert state(job_id) == (JobState.DONE, 10, 10)


def test_a_chunk_that_somebody_else_wrote_meanwhile_is_left_alone(app: Flask) -> None:
    upload_id, _job = asked_import()
    for _time in range(2):
        with transaction(VILLAGE, TOWNSHIP):
            assert running._write(upload_id, 1, person(CLERK))
    assert assets() == 4
    with transaction(VILLAGE, TOWNSHIP):  # the control: without the number the next chunk would be written
        services.write_next(upload_id, by=person(CLERK), on=TODAY)
    assert assets() == 8


def test_a_small_import_needs_no_job(app: Flask) -> None:
    upload_id = keep(many(3))
    begin(upload_id)
    with transaction():
        ask_import(upload_id, by=person(CLERK))
    assert count(Job) == 0


def test_rights_are_those_of_the_person_when_the_work_is_done(worker: Worker) -> None:
    _upload, job_id = asked_import()
    user = db.session.scalars(select(User.id).where(User.username == CLERK)).one()
    with transaction(TOWNSHIP):
        grant = db.session.scalars(select(UserGrant).where(UserGrant.user_id == user)).one()
        end_grant(grant.id, on=date(2020, 6, 1), reason="离岗", by=person("security_administrator"))
    worker.run(job_id)
    assert (assets(), state(job_id)[0]) == (0, JobState.STOPPED)
    assert db.session.get_one(Job, job_id).message == Forbidden.message


def test_nothing_is_done_for_a_closed_account(worker: Worker) -> None:
    _upload, job_id = asked_import()
    with transaction(TOWNSHIP):
        user = db.session.scalars(select(User).where(User.username == CLERK)).one()
        disable_user(user, reason="离职", by=system_actor(MUNICIPALITY))
    worker.run(job_id)
    assert (assets(), state(job_id)[0]) == (0, JobState.STOPPED)


def test_a_job_that_fails_for_an_unknown_reason_waits_for_the_next_round(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _upload, job_id = asked_import()

    def failing(*_args: object) -> object:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(services, "write_rows", failing)
        worker.run(job_id)
    assert (assets(), state(job_id)[0]) == (0, JobState.RUNNING)
    worker.take_up()
    worker.queue.execute(worker.queue.dequeue())
    assert (assets(), state(job_id)[0]) == (10, JobState.DONE)


def test_the_events_of_a_job_carry_the_request_that_asked(worker: Worker) -> None:
    _upload, job_id = asked_import()
    with transaction():
        db.session.get_one(Job, job_id).request_id = "the request"
    worker.run(job_id)
    rows = select(TrailEvent.request_id).where(TrailEvent.action == "IMPORTED").order_by(TrailEvent.seq)
    assert list(db.session.scalars(rows))[1:] == ["the request"] * 3


def upload(clerk: FlaskClient, rows: int) -> str:
    """Confirm a pasted file; returns its address."""
    text = "\n".join([HEAD, *(GOOD.replace("蓄水池", f"蓄水池{i}") for i in range(rows))]).replace("|", "\t")
    address = clerk.post("/import", data={"pasted": text, "one_time_key": "up"}).headers["Location"]
    clerk.post(f"{address}/confirm", data={"mode": "CORRECT_ROWS", "one_time_key": "go"})
    return address


@pytest.fixture
def clerk(client: FlaskClient) -> FlaskClient:
    client.post("/login", data={"username": CLERK, "password": PASSWORD})
    return client


def test_a_large_import_is_left_to_a_living_worker(clerk: FlaskClient, living: None) -> None:
    address = upload(clerk, 9)
    assert assets() == 0
    text = clerk.get(address).text
    assert "正在导入：0 / 9 行" in text
    assert "可以离开本页" in text
    assert "接着导入" not in text


def test_without_a_worker_the_browser_brings_a_large_import_in(clerk: FlaskClient) -> None:
    address = upload(clerk, 9)
    assert assets() == 9
    assert "已导入 9 行" in clerk.get(address).text
    assert jobs.list_unfinished() == []


def test_a_small_import_is_done_at_once_although_a_worker_lives(clerk: FlaskClient, living: None) -> None:
    upload(clerk, 3)
    assert assets() == 3


def test_the_progress_page_leads_to_the_whole_result(clerk: FlaskClient, living: None, worker: Worker) -> None:
    address = upload(clerk, 9)
    assert "HX-Refresh" not in clerk.get(address, headers={"HX-Request": "true"}).headers
    worker.run(jobs.list_unfinished()[0].id)
    assert clerk.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "已导入 9 行" in clerk.get(address).text


def test_a_stopped_import_says_why_and_can_be_taken_up_again(clerk: FlaskClient, living: None, worker: Worker) -> None:
    address = upload(clerk, 9)
    (job,) = jobs.list_unfinished()
    with transaction():
        jobs.stop(db.session.get_one(Job, job.id), jobs.GIVEN_UP)
    text = clerk.get(address).text
    assert jobs.GIVEN_UP in text
    assert "接着导入" in text
    clerk.post(f"{address}/continue")
    assert work_at(int(address.rpartition("/")[2])) is not None
