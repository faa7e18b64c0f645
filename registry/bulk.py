"""Many rows at once: written in one statement, asked for in lists that every database takes."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, select

from registry.database import Base, db

T = TypeVar("T")
#: How many values are bound in one question.
AT_ONCE = 500


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut ids or other values into lists that every database takes."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def add_many(rows: Sequence[Any]) -> None:
    """Add new rows of one table and write them in one statement: a key known beforehand need not be read back."""
    if rows:
        for key, row in zip(_new_keys(rows[0].__tablename__, len(rows)), rows, strict=True):
            row.id = key
        db.session.add_all(rows)
        db.session.flush()


def _new_keys(table: str, number: int) -> Sequence[int]:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        last = connection.scalar(select(func.max(Base.metadata.tables[table].c.id))) or 0
        return range(last + 1, last + 1 + number)
    next_key = select(func.nextval(func.pg_get_serial_sequence(table, "id")))
    return connection.scalars(next_key.select_from(func.generate_series(1, number))).all()
