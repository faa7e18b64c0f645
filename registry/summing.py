"""Sums kept beside the rows they count, in the same transaction: figures are added by key, one statement for many."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    except_,
    func,
    select,
    true,
    union_all,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from registry.database import db
from registry.regions import Level, ancestor, level_of

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
#: One value for each column of the primary key, in its order.
Key = tuple[str | int | bool, ...]


#: A row's unit, the rest of its key, and what it comes to: the count of rows first.
Counted = tuple[str, Key, Sequence[int]]


def summing_units(region_code: str) -> list[str]:
    """Return the units whose sums a unit's rows enter: village, township, county, in this order.

    The municipality is the sum of its counties; its own row holds only what it manages itself.
    """
    depth = level_of(region_code).depth
    levels = [level for level in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY) if level.depth <= depth]
    return list(dict.fromkeys(ancestor(region_code, level) for level in levels)) or [region_code]


def add_rows(model: type[DeclarativeBase], counted: Iterable[Counted]) -> None:
    """Add rows to the kept sums of their units and of every unit above; what is taken out counts negative."""
    found: dict[Key, list[int]] = {}
    for region_code, cell, figures in counted:
        for unit in summing_units(region_code):
            kept = found.setdefault((unit, *cell), [0] * len(figures))
            kept[:] = [had + figure for had, figure in zip(kept, figures, strict=True)]
    _add_to_kept(model, found)


def _add_to_kept(model: type[DeclarativeBase], added: Mapping[Key, Sequence[int]]) -> None:
    """Add figures to kept sums, key by key in ascending order; a sum that is missing begins at 0.

    The first figure is the count of rows; a sum that counts none any more goes.
    """
    table = cast("Table", model.__table__)
    keys, figures = _columns(table)
    changed = [(key, added[key]) for key in sorted(added) if any(added[key])]
    if not changed:
        return
    rows = [dict(zip((*keys, *figures), (*key, *by), strict=True)) for key, by in changed]
    db.session.execute(_add(table, db.engine.dialect.name), rows)
    fewer = [dict(zip(_bound(keys), key, strict=True)) for key, by in changed if by[0] < 0]
    if fewer:
        db.session.execute(_drop_empty(table), fewer)


def _columns(table: Table) -> tuple[list[str], list[str]]:
    """Return the names of the columns of the key, and of the figures."""
    keys = [column.name for column in table.primary_key]
    return keys, [column.name for column in table.columns if not column.primary_key]


def _bound(keys: Sequence[str]) -> list[str]:
    return [f"of_{name}" for name in keys]


@cache
def _add(table: Table, engine: str) -> Any:
    keys, figures = _columns(table)
    row = _INSERT[engine](table)
    return row.on_conflict_do_update(
        index_elements=keys, set_={name: table.c[name] + row.excluded[name] for name in figures}
    )


@cache
def _drop_empty(table: Table) -> Delete:
    keys, figures = _columns(table)
    own = [table.c[name] == bindparam(bound) for name, bound in zip(keys, _bound(keys), strict=True)]
    return delete(table).where(*own, table.c[figures[0]] == 0)


def differing(model: type[DeclarativeBase], counted: Select[Any], most: int = 20) -> list[tuple[Any, ...]]:
    """Return sums that the rows give and that are not kept so, then those kept that they do not give: ``most`` of each.

    ``counted`` sums the rows themselves by unit: the columns of the kept table, in their order.
    """
    table = cast("Table", model.__table__)
    keys, figures = _columns(table)
    own = counted.cte("counted").c
    below = union_all(
        *(select(*_at(unit, own, keys, figures)).where(level) for unit, level in _levels(own.region_code))
    )
    every = below.subquery()
    grouped = [every.c[name] for name in keys]
    due = select(*grouped, *(cast_to(func.sum(every.c[name]), BigInteger) for name in figures)).group_by(*grouped)
    kept = select(*(table.c[name] for name in (*keys, *figures)))
    return [tuple(row) for pair in ((due, kept), (kept, due)) for row in db.session.execute(except_(*pair).limit(most))]


def _levels(code: ColumnElement[str]) -> list[tuple[ColumnElement[str], ColumnElement[bool]]]:
    """Return each unit whose sums a row enters, and for which rows it is another than those before."""
    has_township, is_village = func.substr(code, 7, 3) != "000", func.substr(code, 10) != "000"
    return [
        (code, true()),
        (func.substr(code, 1, 9).concat("000"), and_(has_township, is_village)),
        (func.substr(code, 1, 6).concat("000000"), func.substr(code, 7) != "000000"),
    ]


def _at(unit: ColumnElement[str], own: Any, keys: Sequence[str], figures: Sequence[str]) -> list[ColumnElement[Any]]:
    return [unit.label("region_code"), *(own[name] for name in (*keys[1:], *figures))]
