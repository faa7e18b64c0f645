"""Bringing a database to the present schema, as its owner, and telling the trail."""

import hashlib
import runpy

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import Connection

from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.changes import Audited
from registry.config import Settings, resource
from registry.database import Base, db, marked_tables, transaction
from registry.engines import engine_options, prepare
from registry.permissions import system_actor


def owner_engine(settings: Settings) -> Engine:
    """Return an engine that may change tables; SQLite's foreign keys are off so that tables can be rebuilt."""
    engine = create_engine(settings.owner_database, **engine_options(settings.owner_database))
    prepare(engine)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _off(connection: object, _record: object) -> None:
            connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]

    return engine


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings, for one open connection if something is to be done."""
    folder = str(resource("migrations")).replace("%", "%%")
    config = Config()
    config.set_main_option("script_location", folder)
    config.set_main_option("prepend_sys_path", folder)  # migrations import their guards by bare name
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=Base.metadata)
    return config


def upgrade(settings: Settings) -> bool:
    """Bring the database to the newest schema; returns whether anything changed."""
    engine = owner_engine(settings)
    try:
        with engine.begin() as connection:
            before = current_revision(connection)
            command.upgrade(alembic_config(connection), "head")
            changed = before != current_revision(connection)
            if connection.dialect.name == "postgresql" and settings.owner_database != settings.database:
                _grant(connection, make_url(settings.database).username or "")
    finally:
        engine.dispose()
    return changed


def _grant(connection: Connection, role: str) -> None:
    guards = runpy.run_path(str(resource("migrations") / "guards.py"))
    guards["grant_to"](connection, role)


def current_revision(connection: Connection) -> str | None:
    """Return the schema revision a database stands at, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the revision this program expects."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def is_current() -> bool:
    """Say whether the application's database stands at the revision this program expects."""
    with db.engine.connect() as connection:
        return current_revision(connection) == newest_revision()


def record_schema(municipality: str) -> None:
    """Tell the trail that the schema changed, and which tables it carries from now on."""
    revision = newest_revision() or ""
    with transaction(municipality):
        thing = Thing("schema", revision, municipality)
        facts = {"revision": revision, "audited": sorted(marked_tables(Audited)), "guards": standing_guards()}
        record(Action.SCHEMA, thing, by=system_actor(municipality), facts=facts)  # type: ignore[arg-type]


def standing_guards() -> dict[str, str]:
    """Return SQLite's triggers with the digests of their texts, by which the verifier notices one that is gone."""
    if db.engine.dialect.name != "sqlite":
        return {}
    rows = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: hashlib.sha256(sql.encode()).hexdigest() for name, sql in rows}
