"""Check 10: if the trail cannot be written the business change is taken back; no path writes past it (trust.md §7)."""

from collections.abc import Callable
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from registry.assets.register.cards.drafts import save_draft
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.retyping import typed_from
from registry.audit.models import TrailEvent
from registry.audit.reconcile import DIFFERS, reconcile
from registry.database import db, transaction
from registry.engines import sqlite_module
from registry.onetime import OneTimeKey
from tests.conftest import opened
from tests.factories import PASSWORD, entered, person, registration
from tests.postgres import OWNER
from tests.trust.lived import COUNTY_LOG, database_file


@pytest.fixture
def submit(any_app):
    """Submit a prepared card over HTTP on either database; returns the status of the answer."""
    return prepared(any_app)


def prepared(app: Flask) -> Callable[[], int]:
    """Sign in, type a card that takes some room, and return what submits it."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    client.post("/login", data={"username": "village_clerk", "password": PASSWORD})
    with transaction():
        typed = typed_from(registration(name="中益加工车间", remarks="长" * 1000, archives="长" * 500))
        draft_id = save_draft(person("village_clerk").id, "k", typed, asset_id=None).id

    def send() -> int:
        with capture_logs():
            return client.post(f"/assets/drafts/{draft_id}/submit", data={"one_time_key": "k1"}).status_code

    return send


def written() -> tuple[int, ...]:
    """How many cards, events and used keys there are."""
    db.session.rollback()
    found = tuple(db.session.scalar(select(func.count()).select_from(one)) for one in (Asset, TrailEvent, OneTimeKey))
    db.session.rollback()
    return found


def as_owner(pg_server, *statements: str) -> None:
    """Change a PostgreSQL database as its owner may."""
    engine = create_engine(pg_server.uri(OWNER, str(db.engine.url.database)))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def at_file(*statements: str) -> None:
    """Change a SQLite file as somebody with the disk can."""
    with closing(sqlite_module().connect(database_file(), isolation_level=None)) as forger:
        for statement in statements:
            forger.execute(statement)


BROKEN_SQLITE = "CREATE TRIGGER broken BEFORE INSERT ON trail_event BEGIN SELECT RAISE(ABORT, 'no'); END"
BROKEN_POSTGRES = (
    "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
    "CREATE TRIGGER broken BEFORE INSERT ON trail_event FOR EACH ROW EXECUTE FUNCTION broken()",
)


def test_where_the_trail_refuses_the_card_is_not_written(submit, request):
    before = written()
    if db.engine.dialect.name == "sqlite":
        at_file(BROKEN_SQLITE)
    else:
        as_owner(request.getfixturevalue("pg_server"), *BROKEN_POSTGRES)
    assert submit() >= 500
    assert written() == before
    if db.engine.dialect.name == "sqlite":
        at_file("DROP TRIGGER broken")
    else:
        as_owner(request.getfixturevalue("pg_server"), "DROP TRIGGER broken ON trail_event")
    assert submit() == 303
    assert written() == tuple(count + 1 for count in before)


def test_on_a_full_disk_nothing_is_written_and_the_next_try_succeeds(app):
    submit = prepared(app)
    before = written()
    db.session.remove()
    with closing(sqlite_module().connect(database_file())) as file:
        (pages,) = file.execute("PRAGMA page_count").fetchone()

    def tighten(connection, _record) -> None:
        connection.set_authorizer(None)
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(db.engine, "connect", tighten)
    statuses = [submit() for _ in range(2)]
    event.remove(db.engine, "connect", tighten)
    db.session.remove()
    db.engine.dispose()
    assert all(status >= 500 for status in statuses)
    assert written() == before
    assert submit() == 303
    assert written() == tuple(count + 1 for count in before)


def test_while_another_program_holds_the_log_nothing_is_written(submit, request):
    before = written()
    sqlite = db.engine.dialect.name == "sqlite"
    uri = None if sqlite else request.getfixturevalue("pg_server").uri(OWNER, str(db.engine.url.database))

    def impatient(connection, _record) -> None:
        if sqlite:
            connection.set_authorizer(None)
            connection.execute("PRAGMA busy_timeout = 100")
        else:
            connection.cursor().execute("SET lock_timeout = '100ms'")
            connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", impatient)
    if sqlite:
        with closing(sqlite_module().connect(str(db.engine.url.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert submit() >= 500
            other.execute("ROLLBACK")
    else:
        engine = create_engine(uri)
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(1, :log)"), {"log": COUNTY_LOG})
            assert submit() >= 500
        engine.dispose()
    assert written() == before
    assert submit() == 303
    event.remove(db.engine, "connect", impatient)
    assert written() == tuple(count + 1 for count in before)


@pytest.mark.postgres
def test_without_the_right_to_add_events_nothing_is_written(pg_settings, pg_server):
    for _app in opened(pg_settings):
        as_owner(pg_server, "REVOKE INSERT ON trail_event FROM fpa_app")
        before = written()
        with pytest.raises(DBAPIError):
            entered()
        assert written() == before


def test_a_path_around_the_session_would_change_rows_that_no_event_carries(app):
    """The control: an engine that nobody watches writes, and reconciliation is what finds it."""
    entered()
    assert reconcile(COUNTY_LOG) == []
    db.session.rollback()
    engine = create_engine(db.engine.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE asset SET name = 'x'"))
    engine.dispose()
    assert {one.problem for one in reconcile(COUNTY_LOG)} == {DIFFERS}
