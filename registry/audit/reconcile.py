"""Does every business row equal the last state the trail recorded for it? Asked of the running database, log by log."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, inspect, literal_column, select
from sqlalchemy.orm import Mapper

from registry.audit.canonical import JsonValue, encode
from registry.audit.events import Thing, mentions, naming
from registry.audit.labels import table_label
from registry.audit.queries import BATCH, find_telling, last_seq, list_mentions, stream_payloads
from registry.audit.scoped import Asks
from registry.changes import Audited, Change, stored
from registry.changes import Stored as StoredValue
from registry.database import db, marked_tables
from registry.engines import sqlite_module
from registry.regions import log_of
from registry.text import N_

#: More than these are only counted.
MAX_FOUND = 50
DIFFERS = N_("现状与轨迹最后一次记录不同")
GONE = N_("轨迹有记录，库里没有这一行")
UNTOLD = N_("在库里，轨迹从未记录")
UNLISTED = N_("按对象查询的目录与事件不符")


@dataclass(frozen=True)
class Mismatch:
    """One row that the trail does not bear out."""

    table: str
    id: str
    seq: int | None
    problem: str

    def line(self) -> str:
        """Return the sentence for the report."""
        place = f"（第 {self.seq} 条）" if self.seq else ""
        return f"{table_label(self.table)} {self.id}{place}：{self.problem}"


def reconcile(log_id: int) -> list[Mismatch]:
    """Compare the rows that units of one log manage with the log's last word on each; returns what differs."""
    with closing(Said()) as said:
        found = said.read(log_id)
        for table, model in sorted(marked_tables(Audited).items()):
            found += _compare(log_id, table, model, said)
        return found[: MAX_FOUND + 1]


class Said:
    """The last recorded state of every row: digests in a temporary file, so that a million rows stay small."""

    def __init__(self) -> None:
        self.db = sqlite_module().connect("", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("CREATE TABLE said(tbl, id, seq, digest, seen DEFAULT 0, PRIMARY KEY(tbl, id)) WITHOUT ROWID")
        self.db.execute("BEGIN")

    def read(self, log_id: int) -> list[Mismatch]:
        """Take in every change of a log; returns the events that are not listed under what they speak of."""
        found, seq, spoken = [], 0, set[tuple[int, str, str]]()
        size = last_seq(log_id)
        for payload in stream_payloads(log_id, size):
            event, seq = cast("dict[str, Any]", json.loads(payload)), seq + 1
            changes = [Change(region_code="", **change) for change in event["changes"]]
            thing = Thing(event["thing"]["table"], event["thing"]["id"], "")
            spoken |= {(seq, *one) for one in mentions(thing, changes)}
            rows = [(change.table, change.id, seq, digest(change.after)) for change in changes]
            self.db.executemany("INSERT OR REPLACE INTO said(tbl, id, seq, digest) VALUES(?, ?, ?, ?)", rows)
            if seq % BATCH == 0 or seq == size:
                listed = list_mentions(log_id, seq - 1 - (seq - 1) % BATCH, seq)
                found += [Mismatch(table, key, number, UNLISTED) for number, table, key in sorted(spoken ^ listed)]
                spoken = set()
        return found

    def last(self, table: str, key: str) -> tuple[int, str | None] | None:
        """Return where a row was last told of, and what as; marks it as seen."""
        self.db.execute("UPDATE said SET seen = 1 WHERE tbl = ? AND id = ?", (table, key))
        row = self.db.execute("SELECT seq, digest FROM said WHERE tbl = ? AND id = ?", (table, key)).fetchone()
        return (row[0], row[1]) if row else None

    def unseen(self, table: str) -> list[tuple[str, int]]:
        """Return the rows that should be there and were not met."""
        sql = "SELECT id, seq FROM said WHERE tbl = ? AND digest IS NOT NULL AND NOT seen ORDER BY seq"
        return list(self.db.execute(sql, (table,)))

    def close(self) -> None:
        """Drop everything."""
        self.db.close()


def digest(state: Mapping[str, StoredValue] | None) -> str | None:
    """Return the digest of a recorded state, without nulls, so that a column added later changes nothing."""
    if state is None:
        return None
    kept = {name: cast("JsonValue", value) for name, value in state.items() if value is not None}
    return hashlib.sha256(encode(kept).encode()).hexdigest()[:32]


def _compare(log_id: int, table: str, model: type[Any], said: Said) -> Iterator[Mismatch]:
    mapper: Mapper[Any] = inspect(model)
    for key, state in rows_between(mapper, f"{log_id}000000", f"{log_id}999999"):
        last = said.last(table, key)
        if last is None:
            yield Mismatch(table, key, None, UNTOLD)
        elif last[1] != digest(state):
            yield Mismatch(table, key, last[0], DIFFERS)
    elsewhere = Elsewhere(log_id)
    for key, seq in said.unseen(table):
        if not elsewhere.has(table, key):
            yield Mismatch(table, key, seq, GONE)


class Elsewhere:
    """Rows that a log told of and that lie with a unit of another log now, which tells of them."""

    def __init__(self, log_id: int) -> None:
        self.log_id = log_id
        #: One event tells of all that moved with a unit: it is asked before the log is searched.
        self.last: dict[int, str] = {}

    def has(self, table: str, key: str) -> bool:
        """Say whether a row has moved."""
        region = _region_of(inspect(marked_tables(Audited)[table]), key.split("/"))
        if region is None or log_of(region) == self.log_id:
            return False
        if naming(table, key) not in self.last.get(log_of(region), ""):
            self.last[log_of(region)] = find_telling(log_of(region), table, key) or ""
        return naming(table, key) in self.last[log_of(region)]


def rows_between(
    mapper: Mapper[Any], low: str, high: str, asks: Asks | None = None
) -> Iterator[tuple[str, dict[str, StoredValue]]]:
    """Yield key and stored values of the rows of some units; SQLite is asked for the very values it stores."""
    model: Any = mapper.class_
    yield from _rows(mapper, [model.region_code.between(low, high)], asks)


def row_now(mapper: Mapper[Any], key: str) -> dict[str, StoredValue] | None:
    """Return the stored values of one row by its key, the parts of a longer key joined by a slash."""
    parts = zip(mapper.primary_key, key.split("/"), strict=True)
    own = [column == column.type.python_type(part) for column, part in parts]
    return next((state for _key, state in _rows(mapper, own)), None)


def _rows(
    mapper: Mapper[Any], where: Sequence[ColumnElement[bool]], asks: Asks | None = None
) -> Iterator[tuple[str, dict[str, StoredValue]]]:
    columns = [prop.columns[0] for prop in mapper.column_attrs]
    raw = db.engine.dialect.name == "sqlite"
    table = mapper.class_.__tablename__
    chosen = [literal_column(f'"{table}"."{column.name}"').label(column.name) if raw else column for column in columns]
    rows = select(*chosen).select_from(mapper.local_table).where(*where).order_by(*mapper.primary_key)
    for values in (asks or db.session).execute(rows.execution_options(yield_per=BATCH)):
        found = zip(mapper.column_attrs, values, strict=True)
        state = {prop.columns[0].name: _stored(mapper, prop.key, value, raw=raw) for prop, value in found}
        yield "/".join(str(state[column.name]) for column in mapper.primary_key), state


def _stored(mapper: Mapper[Any], key: str, value: Any, *, raw: bool) -> StoredValue:
    if not raw:
        return stored(mapper, key, value, mapper.class_.__sealed__)
    if value is None:
        return None
    if isinstance(value, bytes) or key in mapper.class_.__sealed__:
        return {"sha256": hashlib.sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()}
    return cast("StoredValue", value if isinstance(value, int) else str(value))


def _region_of(mapper: Mapper[Any], key: Sequence[str]) -> str | None:
    model: Any = mapper.class_
    own = [column == column.type.python_type(part) for column, part in zip(mapper.primary_key, key, strict=True)]
    return db.session.scalar(select(model.region_code).where(*own))
