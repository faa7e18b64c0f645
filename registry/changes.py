"""Which rows a deed changed, from what to what: read from the session at every flush, told to the trail by record().

Every table bears one of three marks: Audited (the trail carries every change), Derived (can be rebuilt, or holds only
technical state), Trail (the trail itself).
"""

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ClauseElement, Column, ColumnElement, String, inspect, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstanceState, Mapped, Mapper, Session, UOWTransaction, declared_attr, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from registry.errors import RegistryError
from registry.text import N_

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
        def region_code(cls) -> Mapped[str]:  # noqa: N805 - SQLAlchemy passes the class
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


class UnknownEarlier(RegistryError):
    """A row's key changed, or a flush changed a row of which nobody knows how it was."""

    status = 500
    message = N_("%(table)s 的改动说不清改前是什么样，已全部撤回。")


#: What the session did not know of its rows before a flush, read from the database, by row.
Earlier = dict[InstanceState[Any], dict[str, Stored]]


def remember(session: Session) -> Earlier:
    """Read, before a flush, those rows about to change whose earlier state the session does not know by itself."""
    states: list[InstanceState[Any]] = [
        inspect(row) for row in (*session.dirty, *session.deleted) if isinstance(row, Audited)
    ]
    return {state: _read(session, state) for state in states if not _is_known(state)}


def collect(session: Session, context: UOWTransaction, earlier: Earlier) -> list[Change]:
    """Read from a session in mid-flush every audited row that it writes, deletions first.

    The flush itself is asked, not the session: cascades delete rows and empty keys that nobody marked.
    """
    written = [(state, gone) for state, (gone, listed) in context.states.items() if not listed]
    # A row deleted and added again within one flush becomes an UPDATE, and its deletion is only listed.
    deleted: list[InstanceState[Any]] = [state for state, gone in written if gone]
    deleted += [state for state in map(inspect, session.deleted) if state not in deleted]
    saved = [state for state, gone in written if not gone]
    changes = [_deleted(state, earlier) for state in deleted if _is_audited(state)]
    changes += [
        _saved(session, state, earlier) for state in saved if _is_audited(state) and _is_changed(state, earlier)
    ]
    return [change for change in changes if change.before != change.after]


def merge(earlier: Change, later: Change) -> Change | None:
    """Join two changes of one row within one deed: the first state before, the last after; None if none is left."""
    if earlier.before is None and later.after is None:
        return None
    return Change(later.table, later.id, later.region_code, later.version, earlier.before, later.after)


def _is_audited(state: InstanceState[Any]) -> bool:
    return issubclass(state.mapper.class_, Audited)


def _is_changed(state: InstanceState[Any], earlier: Earlier) -> bool:
    histories = (state.attrs[key].history for key in _touched(state))
    return state.key is None or state in earlier or any(history.has_changes() for history in histories)


def _touched(state: InstanceState[Any]) -> list[str]:
    """Return the columns that somebody set since the last flush; the others have no history to ask for."""
    return [key for key in _column_keys(state.mapper) if key in state.committed_state]


@cache
def _column_keys(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(prop.key for prop in mapper.column_attrs)


def _is_known(state: InstanceState[Any]) -> bool:
    """Say whether every column is loaded, was loaded when it changed, and changes by nobody else's hand."""
    keys = _column_keys(state.mapper)
    whole = not _is_computed(state.mapper) and all(key in state.dict for key in keys)
    return whole and all(_was_loaded(state, key) for key in _touched(state))


@cache
def _is_computed(mapper: Mapper[Any]) -> bool:
    columns = [prop.columns[0] for prop in mapper.column_attrs]
    return any(column.computed or column.onupdate or column.server_onupdate for column in columns)


def _was_loaded(state: InstanceState[Any], key: str) -> bool:
    history = state.attrs[key].history
    computed = any(isinstance(value, ClauseElement) for value in history.added or ())
    return not computed and bool(history.deleted or not history.added)


def _read(session: Session, state: InstanceState[Any]) -> dict[str, Stored]:
    """Return a row as the database holds it at this moment."""
    mapper = state.mapper
    columns = [prop.columns[0].label(prop.key) for prop in mapper.column_attrs]
    identity = (
        state.key[1] if state.key else [state.dict[mapper.get_property_by_column(c).key] for c in mapper.primary_key]
    )
    own = [column == value for column, value in zip(mapper.primary_key, identity, strict=True)]
    row = session.connection().execute(select(*columns).where(*own)).mappings().one()
    return stored_row(mapper, dict(row), mapper.class_.__sealed__)


def _saved(session: Session, state: InstanceState[Any], earlier: Earlier) -> Change:
    mapper, sealed = state.mapper, state.mapper.class_.__sealed__
    missing = {prop.key for prop in mapper.column_attrs if prop.key not in state.dict}
    whole = not missing or (state.key is None and missing <= _left_empty(mapper))
    after = stored_row(mapper, state.dict, sealed) if whole else _read(session, state)
    if state.key is None:
        _know_empty(state, missing & _left_empty(mapper))
        return _change(state, None, after)
    before = earlier[state] if state in earlier else {**after, **_replaced(state)}
    if mapper.version_id_col is not None and state not in earlier:
        # The mapper writes the new version past the attribute's history.
        before["version_id"] = int(str(after["version_id"])) - 1
    return _change(state, before, after)


def _know_empty(state: InstanceState[Any], keys: Set[str]) -> None:
    """Let the session know what the flush has just written where nobody set anything; else it would be read again."""
    row = state.obj()
    for key in keys if row is not None else ():
        set_committed_value(row, key, None)


@cache
def _left_empty(mapper: Mapper[Any]) -> frozenset[str]:
    """Return the attributes whose columns hold NULL in a new row of which nobody set them."""
    return frozenset(prop.key for prop in mapper.column_attrs if _is_bare(prop.columns[0]))


def _is_bare(column: ColumnElement[Any]) -> bool:
    """Say whether nothing but the program fills a column: no default, on either side, and no expression."""
    return (
        isinstance(column, Column)
        and bool(column.nullable)
        and (column.default, column.server_default, column.computed) == (None, None, None)
    )


def _deleted(state: InstanceState[Any], earlier: Earlier) -> Change:
    present = stored_row(state.mapper, state.dict, state.mapper.class_.__sealed__)
    return _change(state, earlier[state] if state in earlier else {**present, **_replaced(state)}, None)


def _replaced(state: InstanceState[Any]) -> dict[str, Stored]:
    """Return the stored values of the columns this flush changes, as they were."""
    changed: dict[str, Stored] = {}
    mapper = state.mapper
    for key in _touched(state):
        history = state.attrs[key].history
        if history.deleted:
            name = mapper.column_attrs[key].columns[0].name
            changed[name] = stored(mapper, key, history.deleted[0], mapper.class_.__sealed__)
        elif history.added:
            raise UnknownEarlier(table=mapper.class_.__tablename__)
    return changed


def _change(state: InstanceState[Any], before: dict[str, Stored] | None, after: dict[str, Stored] | None) -> Change:
    mapper = state.mapper
    row = after or before or {}
    key = "/".join(str(row[column.name]) for column in mapper.primary_key)
    if before and key != "/".join(str(before[column.name]) for column in mapper.primary_key):
        raise UnknownEarlier(table=mapper.class_.__tablename__)
    version = row.get("version_id")
    return Change(
        table=mapper.class_.__tablename__,
        id=key,
        region_code=str(row["region_code"]),
        version=version if isinstance(version, int) else None,
        before=before,
        after=after,
    )


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
