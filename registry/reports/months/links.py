"""A table as a page shows it: figures that say how things stand now lead to the list of their rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from flask import url_for

from registry.assets.register.categories import TitleStatus, UseStatus
from registry.reports.months.laying import BlockFigures, Head, RowFigures, TableFigures
from registry.reports.months.reading import Reading
from registry.reports.months.standing import PeriodState
from registry.supervision.periods.tables import OWNERS


@dataclass(frozen=True)
class ShownFigure:
    """One figure, with the value of what it counts if that stands beside it (fen).

    ``url`` leads to its rows, empty where no list holds exactly them.
    """

    head: Head
    value: int
    worth_fen: int | None = None
    url: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One row; ``url`` opens the same table of the unit it is about."""

    label: str
    figures: tuple[ShownFigure, ...]
    url: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(one.value for one in self.figures)


@dataclass(frozen=True)
class ShownBlock:
    """One block as the page shows it."""

    code: str
    title: str
    row_head: str
    heads: tuple[Head, ...]
    rows: tuple[ShownRow, ...]
    total: ShownRow
    units: tuple[ShownRow, ...]


@dataclass(frozen=True)
class ShownTable:
    """One table as the page shows it."""

    name: str
    number: str
    title: str
    blocks: tuple[ShownBlock, ...]


#: A kind of owner that stands alone at its level.
_ALONE = {code: kinds[0].value for code, _label, kinds in OWNERS if len(kinds) == 1}
_TITLES, _USES = frozenset(TitleStatus), frozenset(UseStatus)


def _held(region: str, column: str, row: str) -> str:
    owner = _ALONE.get(column[2:])
    if owner or column[2:] == "all":
        return url_for("lookup.assets", region=region, category=row, owner_kind=owner)
    return ""


def _titled(region: str, column: str, row: str) -> str:
    status = column[2:]
    return url_for("lookup.assets", region=region, category=row, title_status=status) if status in _TITLES else ""


def _idle(region: str, column: str, row: str) -> str:
    use = column[2:]
    return url_for("lookup.assets", region=region, category=row, use_status=use) if use in _USES else ""


def _warned(region: str, column: str, row: str) -> str:
    return url_for("warnings.index", region=region, severity=row) if column == "open" else ""


def _found(region: str, column: str, row: str) -> str:
    return url_for("findings.index", region=region, source=row, overdue="1") if column == "late" else ""


_LISTS: dict[str, Callable[[str, str, str], str]] = {
    "held": _held, "title": _titled, "idle": _idle, "warning": _warned, "finding": _found,
}  # fmt: skip


def linked(table: TableFigures, reading: Reading) -> ShownTable:
    """Return a table with the addresses of rows and units."""
    runs = reading.standing.state is PeriodState.RUNNING
    blocks = tuple(_block(block, table.name, reading, runs=runs) for block in table.blocks)
    return ShownTable(table.name, table.number, table.title, blocks)


def _block(block: BlockFigures, table: str, reading: Reading, *, runs: bool) -> ShownBlock:
    find = _LISTS.get(block.code) if runs else None
    return ShownBlock(
        block.code, block.title, block.row_head, tuple(head for head, _place, _worth in _columns(block)),
        tuple(_row(row, block, reading.region_code, find) for row in block.rows),
        _row(RowFigures("", "", block.total), block, reading.region_code, None),
        tuple(_unit(row, block, table, reading) for row in block.units),
    )  # fmt: skip


def _columns(block: BlockFigures) -> Iterator[tuple[Head, int, int | None]]:
    """Yield each column with its place, a count together with the place of its value."""
    places = {head.code: place for place, head in enumerate(block.heads)}
    for place, head in enumerate(block.heads):
        worth = places.get(f"v_{head.code.removeprefix('n_')}") if head.code.startswith("n_") else None
        if worth is not None:
            yield replace(head, label=head.group, group=""), place, worth
        elif not head.code.startswith("v_"):
            yield head, place, None


def _row(row: RowFigures, block: BlockFigures, region: str, find: Callable[[str, str, str], str] | None) -> ShownRow:
    figures = tuple(
        ShownFigure(
            head, row.values[place], None if worth is None else row.values[worth],
            find(region, head.code, row.key) if find and row.values[place] and row.key else "",
        )
        for head, place, worth in _columns(block)
    )  # fmt: skip
    return ShownRow(row.label, figures)


def _unit(row: RowFigures, block: BlockFigures, table: str, reading: Reading) -> ShownRow:
    address = ""
    if row.key != reading.region_code:
        address = url_for("months.show", region_code=row.key, period=reading.period.name, table=table)
    shown = _row(RowFigures("", row.label, row.values), block, reading.region_code, None)
    return ShownRow(row.label, shown.figures, address)
