"""Counting rows: no further than anybody reads, many counts in one statement; counting numbers on."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

from sqlalchemy import CompoundSelect, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from registry.database import db

Rows = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
_gathered: ContextVar[list[ScalarSelect[int]] | None] = ContextVar("gathered", default=None)


def count_up_to(rows: Rows, most: int) -> int:
    """Return how many rows a query finds, counting no further than ``most``: a count of everything reads everything.

    A count needs no order, so none is asked for. Within ``count_together()`` the query is noted, to be asked with
    the others, and the answer is 0.
    """
    counted = select(func.count()).select_from(rows.order_by(None).limit(most).subquery())
    gathered = _gathered.get()
    if gathered is None:
        return db.session.scalar(counted) or 0
    gathered.append(counted.scalar_subquery())
    return 0


def last_number(column: InstrumentedAttribute[str], start: str) -> int:
    """Return the running number of the last of the numbers that begin so, 0 for none: read from the column's index.

    Numbers need not be of one width: a longer one comes later. Call it under the lock of the log that numbers.
    """
    inside = column.between(start, start + "~")
    last = db.session.scalar(
        select(column).where(inside).order_by(func.length(column).desc(), column.desc()).limit(1)
    )  # fmt: skip
    return int(last.removeprefix(start)) if last else 0


def count_together(counts: Sequence[Callable[[], int]]) -> list[int]:
    """Return what each of many functions counts, asking the database once for all that they count by count_up_to().

    Each must return a plain sum of such counts and numbers: a statement costs ten times the counting in it.
    """
    plain, queries = [], []
    for count in counts:
        own: list[ScalarSelect[int]] = []
        token = _gathered.set(own)
        try:
            plain.append(count())
        finally:
            _gathered.reset(token)
        queries.append(own)
    asked = [query for own in queries for query in own]
    found = iter(db.session.execute(select(*asked)).one() if asked else ())
    return [number + sum(next(found) for _query in own) for number, own in zip(plain, queries, strict=True)]
