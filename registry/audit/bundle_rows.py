"""The rows of a unit as they stood when its log had a certain size, read from one snapshot of the database."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from registry.audit.bundle import Scope, Standing, changes_of, is_within
from registry.audit.canonical import JsonValue
from registry.audit.reconcile import rows_between
from registry.audit.scoped import stream_scoped
from registry.changes import Stored
from registry.database import db
from registry.regions import code_range

#: How rows stood before they were changed, by table and key; None for no row.
Undone = dict[tuple[str, str], dict[str, Any] | None]
_END = 2**53


def snapshot() -> Connection:
    """Open a connection that sees one state of the database for all its questions."""
    connection = db.engine.connect()
    if db.engine.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def changed_later(scope: Scope, standing: Standing, connection: Connection) -> Undone:
    """Return how rows stood that were changed after the signed size: by the first change after it."""
    undone: Undone = {}
    for event in stream_scoped(standing.log_id, scope.region, _END, after=standing.size, asks=connection):
        for change in changes_of(event.payload):
            undone.setdefault((change["table"], change["id"]), change["before"])
    return undone


def rows_then(
    scope: Scope, model: type[Any], undone: Undone, connection: Connection
) -> Iterator[tuple[str, Mapping[str, Stored]]]:
    """Yield key and values of the rows of a table that the unit had then."""
    table = model.__tablename__
    for key, state in rows_between(inspect(model), *code_range(scope.region), connection):
        then = undone.pop((table, key), state)
        if is_within(then, scope.region):
            yield key, cast("Mapping[str, Stored]", then)
    for name, key in [one for one in undone if one[0] == table]:
        gone = undone.pop((name, key))
        if is_within(gone, scope.region):
            yield key, cast("Mapping[str, Stored]", gone)


def defaults_of(connection: Connection, table: str) -> dict[str, JsonValue]:
    """Return what columns hold in rows older than themselves, where the database itself fills them."""
    if db.engine.dialect.name == "sqlite":
        found = [(row[1], row[4]) for row in connection.execute(text(f"PRAGMA table_info({table})"))]
    else:
        asked = "SELECT column_name, column_default FROM information_schema.columns WHERE table_name = :name"
        found = [(row[0], row[1]) for row in connection.execute(text(asked), {"name": table})]
    literals = {name: _literal(str(default)) for name, default in found if default is not None}
    return {name: value for name, value in literals.items() if value is not None}


def _literal(told: str) -> JsonValue:
    match = re.match(r"'((?:[^']|'')*)'|(-?[0-9]+)\b", told)
    if not match:
        return None
    return int(match[2]) if match[2] else match[1].replace("''", "'")
