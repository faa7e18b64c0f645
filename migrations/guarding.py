"""A rule that the database itself keeps: one condition in SQL that both engines understand, made into triggers.

What the engines say differently stands in the condition as a word of its own: ``DAYS(a, b)`` is how many days lie
between two dates, ``TODAY()`` the day in China by the clock of the database, ``NUMBER(text)`` a text read as a number.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

_SQLITE_WORDS = (
    (r"DAYS\(([^,()]+), ([^,()]+)\)", r"CAST(julianday(\2) - julianday(\1) AS INTEGER)"),
    (r"TODAY\(\)", "date('now', '+8 hours')"),
    (r"NUMBER\(([^()]+)\)", r"CAST(\1 AS INTEGER)"),
)
_POSTGRES_WORDS = (
    (r"DAYS\(([^,()]+), ([^,()]+)\)", r"(\2 - \1)"),
    (r"TODAY\(\)", "((now() AT TIME ZONE 'UTC') + interval '8 hours')::date"),
    (r"NUMBER\(([^()]+)\)", r"CAST(\1 AS BIGINT)"),
)


@dataclass(frozen=True)
class Guard:
    """What is refused: a verb on a table (of these columns only) while the condition holds; and why, in words.

    ``needs`` are the other tables the condition asks; the guard is put up once all of them stand.
    """

    table: str
    verb: str
    name: str
    why: str
    condition: str = "1 = 1"
    needs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def trigger(self) -> str:
        return f"guard_{self.table}_{self.name}"

    @property
    def message(self) -> str:
        """What it says, as a text of SQL."""
        return "'" + self.why.replace("'", "''") + "'"

    @property
    def when(self) -> str:
        """On which statements it looks."""
        return f"BEFORE {self.verb}" + (f" OF {', '.join(self.columns)}" if self.columns else "")


def changed(columns: Iterable[str]) -> str:
    """Return the condition that one of these columns becomes another."""
    return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)


def fixed(table: str, name: str, columns: Sequence[str], why: str, unless: str = "") -> Guard:
    """Return the guard that lets nobody change these columns, or nobody unless a condition on the row holds."""
    condition = f"({changed(columns)})" + (f" AND NOT ({unless})" if unless else "")
    return Guard(table, "UPDATE", name, why, condition, columns=tuple(columns))


def kept(table: str, why: str) -> Guard:
    """Return the guard that lets nobody delete a row."""
    return Guard(table, "DELETE", "kept", why)


def said(condition: str, words: Sequence[tuple[str, str]]) -> str:
    """Return a condition as one engine says it."""
    for pattern, replacement in words:
        condition = re.sub(pattern, replacement, condition)
    return condition


def put_up(connection: Connection, guards: Iterable[Guard], standing: set[str]) -> None:
    """Put up every guard whose tables stand, whatever stood there before."""
    sqlite = connection.dialect.name == "sqlite"
    for guard in guards:
        if {guard.table, *guard.needs} <= standing:
            (_on_sqlite if sqlite else _on_postgres)(connection, guard)


def take_down(connection: Connection, guards: Iterable[Guard], standing: set[str]) -> None:
    """Take guards down: only who owns the tables can."""
    for guard in guards:
        if guard.table in standing:
            where = f' ON "{guard.table}"' if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.trigger}{where}")


def _on_sqlite(connection: Connection, guard: Guard) -> None:
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.trigger}")
    connection.exec_driver_sql(
        f'CREATE TRIGGER {guard.trigger} {guard.when} ON "{guard.table}" WHEN {said(guard.condition, _SQLITE_WORDS)} '
        f"BEGIN SELECT RAISE(ABORT, {guard.message}); END"
    )


def _on_postgres(connection: Connection, guard: Guard) -> None:
    name, table = guard.trigger, guard.table
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n  IF {said(guard.condition, _POSTGRES_WORDS)} THEN\n    RAISE EXCEPTION {guard.message};\n  END IF;\n"
        f"  RETURN {'OLD' if guard.verb == 'DELETE' else 'NEW'};\nEND $$"
    )
    connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
    connection.exec_driver_sql(
        f'CREATE TRIGGER {name} {guard.when} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
    )
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER {name}')
