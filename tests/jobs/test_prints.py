"""Large prints by the worker: the same figures, events and bytes as any other."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry import jobs
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Forbidden, Missing
from registry.jobs import Job, JobState
from registry.operations.worker import Worker
from registry.reports.prints import large
from registry.reports.prints.models import Print, PrintFile
from registry.reports.prints.queries import find_print
from registry.reports.prints.services import file_bytes
from tests.factories import COUNTY, TODAY, confirmed, person
from tests.jobs.asking import asked_print, count, state
from tests.reports.printing import asked, print_by_page, printed, signed_in, township
from tests.supervision.evaluation.scoring import done_one


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
    monkeypatch.setattr(large, "LARGE_PRINT_LINES", 0)
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


def test_long_results_are_left_to_the_worker(
    client: FlaskClient, living: None, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed()
    evaluation_id = done_one(TODAY.year)
    monkeypatch.setattr(large, "LARGE_PRINT_LINES", 0)
    with signed_in(client, "county_clerk"):
        answer = client.post(f"/evaluations/{evaluation_id}/print", data={"one_time_key": "a"})
        address = answer.headers["Location"]
        assert address.startswith("/prints/jobs/")
        worker.run(int(address.rpartition("/")[2]))
        assert "/prints/P" in client.get(address).headers["Location"]
        # Nothing poor is supported, so that list stays short.
        short = client.post(f"/evaluations/{evaluation_id}/print-subsidy", data={"one_time_key": "b"})
        assert "/prints/P" in short.headers["Location"]


@pytest.mark.parametrize(("limit", "report"), [(5_000, "ledger"), (0, "summary")])
def test_a_short_print_is_made_at_once(
    client: FlaskClient, living: None, monkeypatch: pytest.MonkeyPatch, limit: int, report: str
) -> None:
    township()
    monkeypatch.setattr(large, "LARGE_PRINT_LINES", limit)
    with signed_in(client, "village_clerk"):
        assert print_by_page(client, report=report).headers["Location"].startswith("/prints/P500240-")
    assert count(Job) == 0


def test_without_a_worker_a_large_print_is_made_at_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    township()
    monkeypatch.setattr(large, "LARGE_PRINT_LINES", 0)
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
