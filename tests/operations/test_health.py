"""Probes answer, the status page says what helps, and each check can fail."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from registry.config import current
from registry.operations import health
from registry.operations import views as operations_views
from registry.operations.schema import owner_engine
from tests.factories import PASSWORD, entered


def owner_runs(statement: str) -> None:
    engine = owner_engine(current())
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def sign_in(client, username):
    assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303


def test_the_process_says_that_it_answers(client):
    assert client.get("/healthz").text == "ok\n"


def test_a_sound_installation_is_ready(any_app):
    answer = any_app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True})


def test_everything_is_in_order_on_either_database(any_app):
    assert [one.name for one in health.checks() if not one.passed] == []


def test_a_database_at_another_revision_is_not_ready(any_app):
    owner_runs("UPDATE alembic_version SET version_num = '0000'")
    answer = any_app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False})


def test_a_missing_upload_folder_is_not_ready(client):
    current().uploads.rename(current().uploads.with_name("elsewhere"))
    assert client.get("/readyz").status_code == 503


def test_a_full_disk_is_noticed(app, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_MIB", 10**9)
    assert not health.disk().passed


def test_a_key_that_others_can_read_is_noticed(app):
    (current().data_dir / "keys" / "session.key").chmod(0o644)
    assert health.keys().finding == "session.key"


def test_an_old_sqlite_is_noticed(app, monkeypatch):
    monkeypatch.setattr(health, "SAFE_SQLITE", (99, 0, 0))
    assert not health.sqlite().passed


def test_a_broken_checkpoint_file_is_noticed(app):
    current().checkpoints.mkdir()
    (current().checkpoints / "500240").write_text("?", "utf-8")
    assert not health.trail().passed


def test_the_status_page_shows_what_helps(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_MIB", 10**9)
    sign_in(client, "system_administrator")
    assert "请清理磁盘或扩容后再使用。" in client.get("/admin/status").text


@pytest.mark.parametrize("username", ["village_clerk", "auditor"])
def test_the_status_page_is_for_administrators(client, username):
    sign_in(client, username)
    assert client.get("/admin/status").status_code == 403


def test_the_status_page_names_units_and_writes_times_as_people_do(app):
    current().checkpoints.mkdir(exist_ok=True)
    (current().checkpoints / "500240").write_text("?", "utf-8")
    found = health.trail()
    assert (found.finding, found.listed) == ("石柱土家族自治县", ("石柱土家族自治县",))
    assert health._since("7 2026-11-23T16:30:00+00:00") == "7 · 2026-11-24 00:30:00"
    assert health._since("7 now") == "7 now"


def test_a_late_log_is_told_by_its_unit_in_chinas_time(app, monkeypatch):
    monkeypatch.setattr(health, "LATEST", timedelta(days=-1))
    entered()
    found = health.signing()
    assert not found.passed
    units = [one.split(" ")[0] for one in found.listed]
    assert {"重庆市", "石柱土家族自治县"} <= set(units)
    assert all(re.fullmatch(r"\S+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", one) for one in found.listed)


def test_many_units_are_folded_and_few_are_not(client, monkeypatch):
    sign_in(client, "system_administrator")
    for number, folded in ((5, False), (6, True)):
        names = tuple(f"{n}号县" for n in range(number))
        one = health.Check("操作日志与检查点", True, "、".join(names), "", listed=names)
        monkeypatch.setattr(operations_views, "checks", lambda one=one: [one])
        page = client.get("/admin/status").text
        assert names[-1] in page
        assert (f"{number} 个单位</summary>" in page) is folded
