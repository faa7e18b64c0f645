"""What each database needs to be told: SQLite's settings, types, turns and authorizer; PostgreSQL's role check."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Engine, LargeBinary, String, Text, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

#: How long a writer waits for another program that holds the file (ours take turns through writer_turn).
BUSY_SECONDS = 30
#: The oldest SQLite without the WAL-reset corruption (trust.md §3).
SAFE_SQLITE = (3, 51, 3)
_STRICT_NAMES: dict[type[TypeEngine[Any]], str] = {
    BigInteger: "INTEGER", Boolean: "INTEGER", Date: "TEXT", LargeBinary: "BLOB", String: "TEXT", Text: "TEXT",
}  # fmt: skip


def _strict_name(name: str) -> Any:
    return lambda _type, _compiler, **_options: name


for _type, _name in _STRICT_NAMES.items():
    compiles(_type, "sqlite")(_strict_name(_name))  # STRICT tables know five names only


def sqlite_module() -> ModuleType:
    """Return the safest SQLite at hand: the pysqlite3 wheel where there is one, else Python's own."""
    try:
        import pysqlite3.dbapi2 as module  # noqa: PLC0415 - a wheel that not every platform has
    except ImportError:
        import sqlite3 as module  # noqa: PLC0415
    return module  # type: ignore[no-any-return]


def engine_options(uri: str) -> dict[str, Any]:
    """Return the options with which an engine for this URI is made."""
    # What was typed must not reach a log through the text of a database error.
    quiet: dict[str, Any] = {"hide_parameters": True}
    if uri.startswith("sqlite"):
        once = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        return {**quiet, "module": sqlite_module(), "connect_args": once}
    # A temporary table is looked for last, so that none can stand before a table of ours.
    options = "-c timezone=UTC -c search_path=public,pg_temp"
    return {**quiet, "pool_pre_ping": True, "connect_args": {"options": options}}


def prepare(engine: Engine, append_only: frozenset[str] | None = None) -> None:
    """Attach what every connection of this engine needs; ``append_only`` None means the owner who migrates."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # this module says BEGIN, not the driver
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if append_only is not None:
            connection.set_authorizer(_authorizer(append_only))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("fpa_writing", append_only is None)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "cache_size=-65536",
    "mmap_size=1073741824",
    "temp_store=MEMORY",
)
_HARMLESS_PRAGMAS = frozenset({"data_version", "table_info"})


def _authorizer(append_only: frozenset[str]) -> Any:
    sqlite = sqlite_module()
    refused = {
        getattr(sqlite, name)
        for name in dir(sqlite)
        if name.startswith(("SQLITE_DROP_", "SQLITE_CREATE_TEMP_"))
        or name in {"SQLITE_ALTER_TABLE", "SQLITE_ATTACH", "SQLITE_DETACH", "SQLITE_CREATE_TRIGGER"}
    }
    guarded = {sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE}

    def allow(action: int, first: str | None, _second: str | None, _database: str | None, _trigger: str | None) -> int:
        denied = (
            action in refused
            or (action in guarded and first in append_only)
            or (action == sqlite.SQLITE_PRAGMA and first not in _HARMLESS_PRAGMAS)
            or (action in guarded and str(first).startswith("sqlite_"))
        )
        return int(sqlite.SQLITE_DENY if denied else sqlite.SQLITE_OK)

    return allow


@contextlib.contextmanager
def writer_turn(engine: Engine) -> Iterator[None]:
    """Queue the writers of a SQLite file behind a lock the kernel hands on fairly; other databases queue by log."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    with Path(f"{path}.turn").open("w", encoding="ascii") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def owns_tables(connection: Connection) -> bool:
    """Say whether the role we run as owns a table, and so could drop the guards (PostgreSQL)."""
    found = connection.execute(text("SELECT 1 FROM pg_tables WHERE tableowner = current_user LIMIT 1"))
    return found.first() is not None


def engine_version(connection: Connection) -> str:
    """Name the database engine and its version, for the status page."""
    info = connection.dialect.server_version_info or ()
    return f"{connection.dialect.name} {'.'.join(map(str, info))}"


def sync_file(path: Path) -> None:
    """Make sure a file's bytes and its name are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
