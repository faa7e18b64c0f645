"""A database older than its checkpoints starts read-only at once and says why (trust.md §7, check 16)."""

import shutil

import pytest

from registry.app import create_app
from registry.audit.services import make_checkpoint
from registry.config import current
from registry.database import ReadOnly, db, refuse_writes, transaction, why_read_only
from registry.operations.readonly import FORKED, OLDER, UNREADABLE, guard_against_old_database
from registry.operations.serve import prepare
from registry.regions import log_of
from tests.factories import PASSWORD, VILLAGE, confirmed, entered

LOG = log_of(VILLAGE)


@pytest.fixture(autouse=True)
def writing_allowed_again():
    yield
    refuse_writes("")


def guard() -> str:
    return guard_against_old_database(current().checkpoints)


def sign() -> None:
    assert make_checkpoint(LOG, "test")


def test_a_database_with_its_own_checkpoint_may_be_written(any_app):
    confirmed()
    sign()
    confirmed()
    assert guard() == ""
    assert why_read_only() == ""


def test_an_older_database_beside_a_newer_checkpoint_is_read_only(settings):
    older = settings.data_dir.parent / "older.db"
    with create_app(settings).app_context():
        entered()
        db.session.remove()
        db.engine.dispose()
        shutil.copy(settings.data_dir / "app.db", older)
        confirmed()
        sign()
        db.engine.dispose()
    shutil.copy(older, settings.data_dir / "app.db")
    with create_app(settings).app_context():
        assert guard() == OLDER
        with pytest.raises(ReadOnly), transaction(VILLAGE):
            pass


def test_a_trail_that_took_another_course_is_read_only(any_app):
    confirmed()
    sign()
    file = current().checkpoints / str(LOG)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    lines[2] = "A" * 43 + "=\n"
    file.write_text("".join(lines), "utf-8")
    assert guard() == FORKED


def test_a_broken_checkpoint_file_is_read_only(app):
    current().checkpoints.mkdir()
    (current().checkpoints / str(LOG)).write_text("?", "utf-8")
    assert guard() == UNREADABLE


def test_every_page_says_why_and_a_form_answers_503(app):
    current().checkpoints.mkdir()
    (current().checkpoints / str(LOG)).write_text("?", "utf-8")
    assert prepare(app)[0] == UNREADABLE
    client = app.test_client()
    assert UNREADABLE in client.get("/login").text
    answer = client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    assert answer.status_code == 503
    assert UNREADABLE in answer.text
