"""Which rows a deed changed, from what to what: read from the session at every flush, told to the trail by record().

Every table bears one of three marks: Audited (the trail carries every change), Derived (can be rebuilt, or holds only
technical state), Trail (the trail itself).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import String, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstanceState, Mapped, Mapper, Session, declared_attr, mapped_column

#: A stored column as a trail event shows it: exactly what SQLite stores, blobs and sealed columns as digests.
Stored = int | str | dict[str, str] | None


class Derived:
    """A table that can be rebuilt, or that remembers only technical state; the trail does not carry it."""


class Trail:
    """A table of the trail itself."""


class Audited:
    """A table whose every change stands in the trail. Each row carries the code of the unit that manages it."""

    #: Columns kept sealed: the trail carries a digest of what is stored.
    __sealed__: ClassVar[frozenset[str]] = frozenset()
    #: Rows are inserted and never changed (guarded in the database too).
    __append_only__: ClassVar[bool] = False

    if TYPE_CHECKING:
        region_code: Mapped[str]
    else:

        @declared_attr
        def region_code(cls) -> Mapped[str]:
            return mapped_column(String(12), index=True)


class Versioned:
    """A row that a form can edit: a stale form finds another version and is refused."""

    version_id: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        return {"version_id_col": cls.version_id}


@dataclass(frozen=True)
class Change:
    """One changed row: its table, key, unit, version, and all stored columns before and after (None: no row)."""

    table: str
    id: str
    region_code: str
    version: int | None
    before: dict[str, Stored] | None
    after: dict[str, Stored] | None


def collect(session: Session) -> list[Change]:
    """Read from a session in mid-flush every audited row it writes."""
    changes = [_change(row, "insert") for row in session.new if isinstance(row, Audited)]
    changes += [
        _change(row, "update") for row in session.dirty if isinstance(row, Audited) and session.is_modified(row)
    ]
    changes += [_change(row, "delete") for row in session.deleted if isinstance(row, Audited)]
    return changes


def merge(earlier: Change, later: Change) -> Change:
    """Join two changes of one row within one deed: the first state before, the last state after."""
    return Change(later.table, later.id, later.region_code, later.version, earlier.before, later.after)


def _change(row: Audited, kind: str) -> Change:
    state: InstanceState[Any] = inspect(row)
    mapper = state.mapper
    after = stored_row(mapper, state.dict, row.__sealed__)
    before = {**after, **_earlier(state, row.__sealed__)} if kind == "update" else after
    version = state.dict.get("version_id")
    return Change(
        table=mapper.class_.__tablename__,
        id="/".join(str(state.dict[mapper.get_property_by_column(key).key]) for key in mapper.primary_key),
        region_code=row.region_code,
        version=version if isinstance(version, int) else None,
        before=None if kind == "insert" else before,
        after=None if kind == "delete" else after,
    )


def _earlier(state: InstanceState[Any], sealed: frozenset[str]) -> dict[str, Stored]:
    """Return the stored values of the columns this flush changes, as they were."""
    changed: dict[str, Stored] = {}
    for prop in state.mapper.column_attrs:
        history = state.attrs[prop.key].history
        if history.has_changes() and history.deleted:
            changed[prop.columns[0].name] = stored(state.mapper, prop.key, history.deleted[0], sealed)
    return changed


def stored_row(mapper: Mapper[Any], values: Mapping[str, object], sealed: frozenset[str]) -> dict[str, Stored]:
    """Return all stored columns of a row as the trail writes them."""
    return {
        prop.columns[0].name: stored(mapper, prop.key, values.get(prop.key), sealed) for prop in mapper.column_attrs
    }


def stored(mapper: Mapper[Any], key: str, value: object, sealed: frozenset[str]) -> Stored:
    """Return one value as SQLite stores it: whole numbers, text, None; bytes and sealed columns by digest."""
    process = _processor(mapper, key)
    kept = process(value) if process else value
    if kept is None:
        return None
    if isinstance(kept, bytes) or key in sealed:
        return {"sha256": hashlib.sha256(kept if isinstance(kept, bytes) else str(kept).encode()).hexdigest()}
    return int(kept) if isinstance(kept, int) else str(kept)


@cache
def _processor(mapper: Mapper[Any], key: str) -> Any:
    dialect = _sqlite()
    kind = mapper.column_attrs[key].columns[0].type
    return kind.dialect_impl(dialect).bind_processor(dialect)


@cache
def _sqlite() -> Dialect:
    return sqlite.dialect()
