"""Jobs: the row is the truth, the queue only wakes the worker, and doing a job twice has one effect."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry import jobs
from registry.accounts.models import User, UserGrant
from registry.accounts.services import disable_user, end_grant
from registry.assets.register.sheets import running, services
from registry.assets.register.sheets.models import BatchStatus
from registry.assets.register.sheets.running import ask_import, import_job, work_at
from registry.audit.models import TrailEvent
from registry.config import current
from registry.database import db, transaction
from registry.errors import Forbidden, Missing
from registry.jobs import Job, JobKind, JobState
from registry.operations.worker import WORK, Worker
from registry.permissions import system_actor
from registry.reports.prints import large
from registry.reports.prints.models import Print, PrintFile
from registry.reports.prints.queries import find_print
from registry.reports.prints.services import file_bytes
from tests.assets.sheets.importing import CLERK, GOOD, HEAD, assets, batch_of, begin, keep, many
from tests.factories import COUNTY, MUNICIPALITY, PASSWORD, TODAY, TOWNSHIP, VILLAGE, person
from tests.reports.printing import asked, print_by_page, printed, signed_in, township


@pytest.fixture
def worker(app: Flask) -> Iterator[Worker]:
    """A worker that does what the test tells it to, in this process."""
    one = Worker(app)
    yield one
    one.queue.storage.close()


@pytest.fixture
def living(app: Flask) -> Iterator[None]:
    """A worker that lives and does nothing."""
    with jobs.sole_worker():
        yield


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


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)


# ---- The rows


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


# ---- The queue


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


# ---- Imports


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


# ---- The pages of an import


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


# ---- Large prints


def test_a_print_by_the_worker_has_the_figures_and_the_event_of_any_print(worker: Worker) -> None:
    township()
    worker.run(asked_print())
    direct = printed()
    made = db.session.scalars(select(Print).order_by(Print.id)).first()
    assert made is not None
    assert made.figures_digest == direct.figures_digest
    assert made.verify_url == f"http://localhost/verify/{made.serial}"
    assert (made.printed_by_id, made.parameters, made.glance) == (
        direct.printed_by_id,
        direct.parameters,
        direct.glance,
    )
    told = [json.loads(one)["facts"] for one in db.session.scalars(
        select(TrailEvent.payload).where(TrailEvent.action == "PRINTED").order_by(TrailEvent.seq)
    )]  # fmt: skip
    assert told[0].keys() == told[1].keys()
    assert file_bytes(made, "pdf").startswith(b"%PDF")


def test_a_print_stopped_after_it_was_recorded_is_only_drawn(app: Flask, worker: Worker) -> None:
    township()
    job_id = asked_print()
    large.print_job(job_id, by=person("township_clerk"), is_stopping=lambda: True)
    assert (count(Print), count(PrintFile)) == (1, 0)
    worker.run(job_id)
    worker.run(job_id)
    assert (count(Print), count(PrintFile)) == (1, 2)
    assert state(job_id) == (JobState.DONE, 6, 6)


def test_a_print_whose_serial_the_job_did_not_note_would_be_made_twice(worker: Worker) -> None:
    """The control of the test above."""
    township()
    job_id = asked_print()
    large.print_job(job_id, by=person("township_clerk"), is_stopping=lambda: True)
    with transaction():
        db.session.get_one(Job, job_id).result = ""
    worker.run(job_id)
    assert count(Print) == 2


def test_a_large_print_is_left_to_the_worker_and_its_page_leads_to_it(
    client: FlaskClient, living: None, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    township()
    monkeypatch.setattr(large, "LARGE_PRINT_ASSETS", 0)
    monkeypatch.setattr("registry.reports.views.LARGE_PRINT_ASSETS", 0)
    with signed_in(client, "village_clerk"):
        address = print_by_page(client).headers["Location"]
        assert address.startswith("/prints/jobs/")
        assert print_by_page(client).headers["Location"] == address
        assert "排队中" in client.get(address).text
        assert address in client.get("/reports").text
        worker.run(int(address.rpartition("/")[2]))
        target = client.get(address).headers["Location"]
        assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == target
        assert client.get(target).status_code == 200
    row = find_print(target.rpartition("/")[2])
    assert row is not None
    assert row.verify_url == f"http://localhost/verify/{row.serial}"
    assert count(Print) == 1


@pytest.mark.parametrize(("limit", "report"), [(5_000, "ledger"), (0, "summary")])
def test_a_short_print_is_made_at_once(
    client: FlaskClient, living: None, monkeypatch: pytest.MonkeyPatch, limit: int, report: str
) -> None:
    township()
    monkeypatch.setattr("registry.reports.views.LARGE_PRINT_ASSETS", limit)
    with signed_in(client, "village_clerk"):
        assert print_by_page(client, report=report).headers["Location"].startswith("/prints/P500240-")
    assert count(Job) == 0


def test_without_a_worker_a_large_print_is_made_at_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    township()
    monkeypatch.setattr("registry.reports.views.LARGE_PRINT_ASSETS", 0)
    with signed_in(client, "village_clerk"):
        assert print_by_page(client).headers["Location"].startswith("/prints/P500240-")


def test_a_unit_out_of_reach_is_not_printed_by_the_worker_either(app: Flask) -> None:
    with pytest.raises(Missing), transaction():
        large.ask_print(asked(region_code=COUNTY), 6, by=person("township_clerk"), verify_at="")


def test_the_page_of_a_stopped_print_says_why(client: FlaskClient) -> None:
    job_id = asked_print()
    with transaction():
        jobs.refuse(job_id, Forbidden())
    with signed_in(client, "township_clerk"):
        text = client.get(f"/prints/jobs/{job_id}").text
    assert Forbidden.message in text
    assert "重新打印" in text


def test_the_page_of_somebody_elses_print_does_not_exist(client: FlaskClient) -> None:
    job_id = asked_print()
    with signed_in(client, "county_clerk"):
        assert client.get(f"/prints/jobs/{job_id}").status_code == 404
