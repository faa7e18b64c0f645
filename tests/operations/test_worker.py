"""The worker as a real process: killed, started anew, stopped with the server, and what it does unasked."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry import jobs
from registry.accounts.models import UserSession
from registry.assets.register.cards.models import Asset
from registry.assets.register.sheets import services
from registry.assets.register.sheets.models import BatchStatus
from registry.assets.register.sheets.queries import written_of
from registry.assets.register.sheets.running import ask_import, run_import
from registry.audit.models import TrailEvent
from registry.audit.verification import verify_logs
from registry.clock import now
from registry.config import Settings, current
from registry.database import db, refuse_writes, transaction
from registry.jobs import Job, JobKind
from registry.operations import health, keeper
from registry.operations.keeper import Keeper
from registry.operations.worker import Worker
from tests.assets.sheets.importing import CLERK, assets, batch_of, begin, keep, many
from tests.factories import confirmed, person
from tests.operations.test_serve import fetch, free_port

ENOUGH = 40


def environment(settings: Settings) -> dict[str, str]:
    """Return the surroundings in which a process finds this installation."""
    told = {"FPA_DATA_DIR": str(settings.data_dir), "FPA_REQUIRE_SECOND_FACTOR": "0"}
    if settings.database_uri:
        told |= {"FPA_DATABASE_URI": settings.database_uri, "FPA_OWNER_DATABASE_URI": settings.owner_database_uri}
    return {**os.environ, **told}


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from registry.cli import main; main()", *words]


@contextmanager
def process(settings: Settings, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the console; whatever happens, it is gone afterwards."""
    started = subprocess.Popen(
        command(*words), env=environment(settings), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert started.stdin is not None
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.stdin.close()
        started.wait()


def until(happened: Callable[[], object], seconds: int = ENOUGH) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
        db.session.rollback()


def place_holder() -> int:
    """Return the process that says it is the worker, 0 if there is none."""
    said = jobs.worker_file().read_text("utf-8") if jobs.worker_file().exists() else ""
    return int(said.split()[0]) if said else 0


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, whoever may have to bury it."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def asked_import(count: int) -> tuple[int, int]:
    """Confirm an upload and leave it to the worker; returns the upload and its job."""
    upload_id = keep(many(count))
    begin(upload_id)
    with transaction():
        ask_import(upload_id, by=person(CLERK))
    job = jobs.find_job(JobKind.IMPORT, str(upload_id))
    assert job is not None
    return upload_id, job.id


def written(upload_id: int) -> int:
    db.session.rollback()
    return written_of(upload_id).written


# ---- Killed


def test_an_import_survives_the_death_of_its_workers_without_a_lost_or_double_row(
    any_app: Flask, any_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 8)
    rows = 240
    upload_id, job_id = asked_import(rows)
    for share in (1, 3, 5):
        with process(any_settings, "worker") as worker:
            until(lambda share=share: written(upload_id) >= rows * share // 8)  # type: ignore[misc]
            worker.kill()
        assert written(upload_id) < rows, "the worker was too fast to be killed"
        assert assets() == written(upload_id)
    with process(any_settings, "worker"):
        until(lambda: db.session.get_one(Job, job_id).is_finished)
    assert (assets(), batch_of(upload_id).added, batch_of(upload_id).status) == (rows, rows, BatchStatus.DONE)
    names = list(db.session.scalars(select(Asset.name)))
    assert len(set(names)) == rows
    told = select(TrailEvent.payload).where(TrailEvent.action == "IMPORTED")
    assert len(list(db.session.scalars(told))) == 1 + rows // 8
    assert verify_logs([500240], (), by=person("auditor")).code == 0


def test_a_browser_and_a_worker_may_bring_the_same_batch_in(
    any_app: Flask, any_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 8)
    upload_id, job_id = asked_import(160)
    with process(any_settings, "worker"):
        until(lambda: written(upload_id))
        assert run_import(upload_id, by=person(CLERK), seconds=None)
        until(lambda: db.session.get_one(Job, job_id).is_finished)
    assert (assets(), batch_of(upload_id).added) == (160, 160)


def test_a_broken_queue_costs_no_job(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    _upload, job_id = asked_import(9)
    (settings.data_dir / "jobs.db").write_bytes(b"no database" * 1000)
    with process(settings, "worker"):
        until(lambda: db.session.get_one(Job, job_id).is_finished)
    assert assets() == 9


@pytest.mark.parametrize(("rows", "starts_anew"), [(20_001, True), (20_000, False)])
def test_a_supervised_worker_starts_anew_after_a_very_large_job(
    app: Flask, monkeypatch: pytest.MonkeyPatch, rows: int, starts_anew: bool
) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    _upload, job_id = asked_import(9)
    with transaction():
        db.session.get_one(Job, job_id).total = rows
    worker = Worker(app, supervised=True)
    worker.run(job_id)
    assert worker.stopped.empty() is not starts_anew


# ---- Unasked


def test_a_log_that_is_due_is_signed_and_witnessed_by_itself(any_app: Flask, any_settings: Settings) -> None:
    confirmed()
    db.session.rollback()
    assert not (current().checkpoints / "500240").exists()
    with process(any_settings, "worker"):
        until((current().checkpoints / "500240").exists)
        until(lambda: db.session.scalar(select(TrailEvent.seq).where(TrailEvent.action == "WITNESSED")))


def test_a_round_of_a_read_only_installation_writes_nothing(app: Flask) -> None:
    confirmed()
    refuse_writes("x")
    Worker(app).round()
    assert not (current().checkpoints / "500240").exists()


def test_old_sessions_are_forgotten_once_a_day(app: Flask) -> None:
    worker, moment = Worker(app), now()
    with transaction():
        for days in (1, 40):
            seen = moment - timedelta(days=days)
            row = UserSession(token_hash=str(days), user_id=person(CLERK).id, started_at=seen, seen_at=seen)
            row.address = row.agent = ""
            db.session.add(row)
    worker.tidy()
    assert list(db.session.scalars(select(UserSession.token_hash))) == ["1"]
    assert worker.tidied_at is not None


# ---- One worker, looked after


def test_a_second_worker_waits_for_the_place_of_the_first(app: Flask, settings: Settings) -> None:
    with process(settings, "worker") as first:
        until(lambda: place_holder() == first.pid)
        with process(settings, "worker") as second:
            time.sleep(3)
            assert place_holder() == first.pid
            first.kill()
            until(lambda: place_holder() == second.pid)


def test_a_worker_that_is_told_to_stop_says_so(app: Flask, settings: Settings) -> None:
    with process(settings, "worker") as worker:
        until(place_holder)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    assert (place_holder(), jobs.worker_lives()) == (0, False)


def test_a_supervised_worker_ends_with_its_parent(app: Flask, settings: Settings) -> None:
    with process(settings, "worker", "--supervised") as worker:
        until(place_holder)
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(15) == 0


def test_the_server_keeps_a_worker_starts_it_anew_and_takes_it_along(app: Flask, settings: Settings) -> None:
    port = free_port()
    with process(settings, "serve", "--port", str(port)) as server:
        until(place_holder)
        first = place_holder()
        os.kill(first, signal.SIGKILL)
        until(lambda: place_holder() not in {0, first})
        second = place_holder()
        assert fetch(port, "/healthz") == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
        assert is_gone(second)


def test_a_server_that_is_killed_leaves_no_worker_behind(app: Flask, settings: Settings) -> None:
    with process(settings, "serve", "--port", str(free_port())) as server:
        until(place_holder)
        worker = place_holder()
        server.kill()
        until(lambda: is_gone(worker), 15)


def test_a_worker_that_ends_at_once_is_started_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "COMMAND", (sys.executable, "-c", ""))
    looked_at = now()
    monkeypatch.setattr(keeper, "now", lambda: looked_at)
    one, waits = Keeper(), []
    for _time in range(8):
        one.tend()
        assert one.process is not None
        one.process.wait()
        one.tend()
        waits.append((one.start_at - looked_at).total_seconds())
        looked_at = one.start_at
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


# ---- What the doctor says


def test_the_doctor_finds_a_worker_that_died(app: Flask) -> None:
    jobs.worker_file().write_text("1 now", "utf-8")
    assert not health.worker().passed


def test_the_doctor_is_content_with_a_worker_that_lives(app: Flask) -> None:
    with jobs.sole_worker() as say:
        say("17 now")
        assert (health.worker().passed, health.worker().finding) == (True, "17 now")


def test_the_doctor_finds_work_that_nobody_does(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    assert health.worker().passed
    asked_import(9)
    assert not health.worker().passed


def test_the_doctor_finds_events_that_wait_too_long_for_a_checkpoint(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed()
    assert health.signing().passed
    later = now() + health.LATEST + timedelta(minutes=1)
    monkeypatch.setattr(health, "now", lambda: later)
    assert not health.signing().passed
    assert "石柱土家族自治县" in health.signing().finding
    db.session.rollback()
    Worker(any_app).round()
    assert health.signing().passed
