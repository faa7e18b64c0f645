"""Check 3: through the application's own connection and role nobody changes a posted row or a guard (trust.md §7)."""

import contextlib
import runpy
import sqlite3

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from registry.assets.register.amendments.models import Comment
from registry.audit.actions import Action
from registry.audit.services import make_checkpoint, record
from registry.clock import now
from registry.config import current, resource
from registry.database import db, marked_tables, transaction
from registry.evidence.models import Attachment
from registry.operations.schema import upgrade
from registry.places.services import rename_region
from tests.conftest import opened
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.postgres import OWNER
from tests.trust.lived import COUNTY_LOG, database_file

GUARDS = runpy.run_path(str(resource("migrations") / "guards.py"))
APPEND_ONLY = GUARDS["APPEND_ONLY"]
_COLUMNS = (
    "leaf_hash, payload, region_code, region_seq, at, actor_id, action, thing_table, thing_id, deed_id, "
    "request_id, outcome"
)
_EVENT = f"log_id, seq, prev, {_COLUMNS}"
_COPY = (
    f"SELECT log_id, {{seq}}, {{prev}}, {_COLUMNS.replace('region_seq', 'region_seq + 100000')} FROM trail_event "
    "WHERE log_id = 500240 AND seq = 3"
)


def _insert(seq: str, prev: str = "prev") -> str:
    return f"INSERT INTO trail_event({_EVENT}) {_COPY.format(seq=seq, prev=prev)}"


#: On either engine: rows changed, removed, put in out of turn.
ROWS = [
    *(f'UPDATE "{table}" SET {column} = {column}' for table, column in (
        ("attachment", "caption"), ("comment", "body"), ("funding_line", "amount_fen"), ("platform_number", "number"),
        ("posting", "debit_fen"), ("voucher", "summary"), ("print", "title"),
        ("print_file", "sha256"), ("region_name", "name"), ("trail_checkpoint", "root"), ("trail_event", "payload"),
        ("trail_mention", "thing_id"), ("trail_tile", "hashes"), ("value_change", "amount_fen"))),
    *(f'DELETE FROM "{table}"' for table in APPEND_ONLY),
    "WITH one AS (SELECT 1) UPDATE trail_event SET outcome = 'x'",
    "WITH one AS (SELECT 1) DELETE FROM trail_event",
    "UPDATE trail_event SET leaf_hash = (SELECT max(leaf_hash) FROM trail_event) WHERE seq = 1",
    "DELETE FROM trail_event WHERE seq = (SELECT max(seq) FROM trail_event WHERE log_id = 500240) AND log_id = 500240",
    _insert("seq"),
    _insert("seq + 100000"),
    _insert("-1"),
    _insert("0"),
    _insert("(SELECT max(seq) + 1 FROM trail_event WHERE log_id = 500240)"),
    _insert("(SELECT max(seq) + 2 FROM trail_event WHERE log_id = 500240)",
            "(SELECT leaf_hash FROM trail_event WHERE log_id = 500240 ORDER BY seq DESC LIMIT 1)"),
    f"{_insert('seq')} ON CONFLICT (log_id, seq) DO UPDATE SET payload = 'x'",
    "INSERT INTO comment SELECT * FROM comment ON CONFLICT (id) DO UPDATE SET body = 'x'",
    "DROP TABLE trail_event",
    "DROP TABLE trail_mention",
    "ALTER TABLE trail_event RENAME TO elsewhere",
    "ALTER TABLE trail_event ADD COLUMN extra text",
    "ALTER TABLE trail_event DROP COLUMN outcome",
    "CREATE TEMP TABLE trail_event (log_id integer, seq integer)",
    "CREATE TEMP VIEW trail_event AS SELECT 1 AS seq",
]  # fmt: skip
SQLITE = [
    *ROWS,
    f"REPLACE INTO trail_event({_EVENT}) {_COPY.format(seq='seq', prev='prev')}",
    f"INSERT OR REPLACE INTO trail_event({_EVENT}) {_COPY.format(seq='seq', prev='prev')}",
    "INSERT OR REPLACE INTO comment SELECT * FROM comment",
    "REPLACE INTO trail_checkpoint SELECT * FROM trail_checkpoint",
    "UPDATE OR REPLACE trail_event SET seq = 2 WHERE seq = 1",
    "UPDATE OR IGNORE trail_event SET payload = 'x'",
    *(f"DROP TRIGGER {name}" for name in sorted(GUARDS["trigger_names"]())),
    "CREATE TRIGGER undo AFTER INSERT ON trail_event BEGIN DELETE FROM trail_event WHERE seq = NEW.seq; END",
    "CREATE TEMP TRIGGER undo BEFORE UPDATE ON asset BEGIN DELETE FROM trail_event; END",
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH DATABASE main",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA main.writable_schema = 1",
    "PRAGMA schema_version = 1",
    "PRAGMA user_version = 9",
    "UPDATE sqlite_master SET sql = '' WHERE type = 'trigger'",
    "DELETE FROM sqlite_master WHERE type = 'trigger'",
    "DELETE FROM sqlite_schema",
    "INSERT INTO sqlite_master VALUES('trigger', 'x', 'trail_event', 0, 'x')",
    "DROP INDEX uq_trail_event_region_seq",
    "SELECT load_extension('x')",
]
POSTGRES = [
    *ROWS,
    "TRUNCATE trail_event",
    "TRUNCATE trail_event, trail_mention CASCADE",
    "TRUNCATE region CASCADE",
    "DROP TRIGGER guard_row ON trail_event",
    "DROP TRIGGER guard_order ON trail_event",
    "DROP TRIGGER guard_truncate ON trail_event",
    "ALTER TABLE trail_event DISABLE TRIGGER ALL",
    "ALTER TABLE trail_event DISABLE TRIGGER guard_row",
    "ALTER TABLE trail_event ENABLE REPLICA TRIGGER guard_row",
    "ALTER TABLE trail_event OWNER TO CURRENT_USER",
    "ALTER TABLE trail_event SET UNLOGGED",
    "SET session_replication_role = replica",
    "SET session_replication_role = replica; UPDATE trail_event SET payload = 'x'",
    f"SET ROLE {OWNER}",
    f"SET SESSION AUTHORIZATION {OWNER}",
    "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE OR REPLACE FUNCTION guard_trail_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "DROP FUNCTION guard_append_only() CASCADE",
    "ALTER FUNCTION guard_append_only() RENAME TO other",
    "CREATE TRIGGER undo BEFORE INSERT ON trail_event FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
    "CREATE RULE undo AS ON INSERT TO trail_event DO INSTEAD NOTHING",
    "GRANT UPDATE ON trail_event TO CURRENT_USER",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "DELETE FROM pg_trigger",
    "ALTER SYSTEM SET session_replication_role = 'replica'",
    "MERGE INTO trail_event USING (SELECT 1 AS one) AS s ON true WHEN MATCHED THEN DELETE",
    "MERGE INTO trail_event USING (SELECT 1 AS one) AS s ON true WHEN MATCHED THEN UPDATE SET payload = 'x'",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ DELETE FROM trail_event $$",
    "CREATE TABLE trail_copy AS SELECT * FROM trail_event",
    "CREATE SCHEMA other",
    "DO $$ BEGIN DELETE FROM trail_event; END $$",
    "DO $$ BEGIN EXECUTE 'UPDATE trail_event SET payload = NULL'; END $$",
    "SELECT lo_import('/etc/hostname')",
    "ALTER INDEX uq_trail_event_region_seq RENAME TO other",
    "ALTER TABLE trail_event DROP CONSTRAINT pk_trail_event",
]


def attack(statements: list[str]) -> tuple[list[str], list[str]]:
    """Run each as the application does, on a connection and in a writing transaction of its own.

    Returns what the database carried out, and all of it as the rows stood and stand.
    """
    done = []
    for statement in statements:
        with db.engine.connect().execution_options(fpa_writing=True) as connection:
            try:
                connection.connection.cursor().execute(statement)
                connection.commit()
            except _errors():
                connection.rollback()
            else:
                done.append(statement)
    return done, standing()


def _errors() -> tuple[type[Exception], ...]:
    """What a driver raises when the database says no."""
    module = db.engine.dialect.loaded_dbapi
    return (module.Error, SQLAlchemyError)


def standing() -> list[str]:
    """Every row of the append-only tables, and every guard, as text."""
    sqlite = db.engine.dialect.name == "sqlite"
    guards = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        if sqlite
        else "SELECT pg_get_triggerdef(oid) || tgenabled::text || pg_get_functiondef(tgfoid) FROM pg_trigger "
        "WHERE NOT tgisinternal ORDER BY 1"
    )
    found = []
    with db.engine.connect() as connection:
        for table in APPEND_ONLY:
            rows = connection.execute(text(f'SELECT * FROM {"main" if sqlite else "public"}."{table}"'))
            found += sorted(f"{table}{tuple(row)}" for row in rows)
        found += [row[0] for row in connection.execute(text(guards))]
        if not sqlite:
            rights = "SELECT table_name, privilege_type FROM information_schema.role_table_grants ORDER BY 1, 2"
            found += [f"{table} {right}" for table, right in connection.execute(text(rights))]
    return found


@pytest.fixture
def posted(any_app):
    """A database with rows in its append-only tables, and how they stand."""
    upgrade(current())  # a copied database has not inherited the rights that its owner took away
    asset_id = confirmed().id
    by = person("village_head")
    with transaction(VILLAGE):
        rename_region(VILLAGE, "华溪新村", on=TODAY, basis="批复", by=by)
        said = Comment(asset_id=asset_id, region_code=VILLAGE, body="看过", by_id=by.id, by_text="某人", at=now())
        file = Attachment(
            thing_table="asset", thing_id=str(asset_id), region_code=VILLAGE, kind="PHOTO", media_type="image/jpeg",
            sha256="0" * 64, size_bytes=1, file_name="a.jpg", added_by_id=by.id, added_at=now(),
        )  # fmt: skip
        db.session.add_all([said, file])
        db.session.flush()
        record(Action.COMMENTED, said, by=by)
    make_checkpoint(COUNTY_LOG, "test")
    db.session.rollback()
    return standing()


#: What the database carries out and what changes nothing: tables that hold no row yet, a right that is not given.
_EMPTY = ('"print"', '"print_file"', '"trail_tile"', "GRANT UPDATE")


def test_no_attack_through_the_applications_connection_changes_anything(posted):
    done, after = attack(SQLITE if db.engine.dialect.name == "sqlite" else POSTGRES)
    assert after == posted
    assert [statement for statement in done if not any(part in statement for part in _EMPTY)] == []
    assert make_checkpoint(COUNTY_LOG, "still writing") is not None


def test_without_guards_the_same_attacks_succeed(app):
    """The control: an ordinary connection to the same file, triggers dropped."""
    confirmed()
    make_checkpoint(COUNTY_LOG, "test")
    done = 0
    with sqlite3.connect(database_file(), isolation_level=None) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for name in GUARDS["trigger_names"]():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in SQLITE:
            connection.execute("SAVEPOINT one")
            with contextlib.suppress(sqlite3.Error):
                done += connection.execute(statement).rowcount > 0
            connection.execute("ROLLBACK TO one")
    connection.close()
    assert done >= 15


@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_triggers_alone_refuse_who_comes_without_the_authorizer(verb, app):
    confirmed()
    statement = "UPDATE trail_event SET payload = 'x'" if verb == "UPDATE" else "DELETE FROM trail_event"
    with sqlite3.connect(database_file()) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)


@pytest.mark.postgres
def test_without_guards_the_owner_changes_rows_on_postgresql(pg_settings, pg_server):
    """The control: the owner, triggers disabled."""
    for _app in opened(pg_settings):
        confirmed()
        name = str(db.engine.url.database)
        engine = create_engine(pg_server.uri(OWNER, name))
        with engine.begin() as connection:
            with pytest.raises(SQLAlchemyError, match="append-only"), connection.begin_nested():
                connection.execute(text("UPDATE trail_event SET payload = 'x'"))
            connection.execute(text("ALTER TABLE trail_event DISABLE TRIGGER USER"))
            assert connection.execute(text("UPDATE trail_event SET payload = 'x'")).rowcount > 0
            connection.rollback()
        engine.dispose()


def test_every_append_only_model_is_guarded_and_nothing_else():
    models = {name for name, model in marked_tables(object).items() if getattr(model, "__append_only__", False)}
    assert models == set(APPEND_ONLY)


def test_the_guards_of_a_migrated_database_are_those_listed(app):
    with db.engine.connect() as connection:
        present = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        assert set(present) == GUARDS["trigger_names"]()
