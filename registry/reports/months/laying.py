"""The figures of a period laid out in the forms of its tables: what page, paper and spreadsheet show alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.reports.months.reading import Reading
from registry.supervision.periods.rules import Figures
from registry.supervision.periods.tables import Block, TableForm


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its code, the words above it and above its neighbours, and whether it is money."""

    code: str
    group: str
    label: str
    is_money: bool

    @property
    def words(self) -> str:
        return self.group + self.label


@dataclass(frozen=True, slots=True)
class RowFigures:
    """One row: what it is about, and a figure for each column."""

    key: str
    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """One block: by kind with its sum, then by unit."""

    code: str
    title: str
    row_head: str
    heads: tuple[Head, ...]
    rows: tuple[RowFigures, ...]
    total: tuple[int, ...]
    units: tuple[RowFigures, ...]


@dataclass(frozen=True, slots=True)
class TableFigures:
    """One table: its number, title and blocks."""

    name: str
    number: str
    title: str
    blocks: tuple[BlockFigures, ...]


def laid_out(reading: Reading, forms: Iterable[TableForm]) -> tuple[TableFigures, ...]:
    """Lay the figures of a unit and period out in these forms."""
    return tuple(
        TableFigures(
            form.name.value, form.number, form.title, tuple(_block(block, reading) for block in form.blocks)
        )
        for form in forms
    )  # fmt: skip


def _block(block: Block, reading: Reading) -> BlockFigures:
    rows = tuple(
        RowFigures(key, label, tuple(block.value(column, key, reading.whole) for column in block.columns))
        for key, label in block.rows
    )
    units = tuple(
        RowFigures(part.region_code, part.name, values)
        for part in reading.parts
        if any(values := _totals(block, part.figures))
    )
    return BlockFigures(
        block.code, block.title, block.row_head, _heads(block), rows, _totals(block, reading.whole), units
    )


def _heads(block: Block) -> tuple[Head, ...]:
    return tuple(
        Head(column.code, column.group, column.label, column.is_money) for column in block.columns
    )  # fmt: skip


def _totals(block: Block, figures: Figures) -> tuple[int, ...]:
    return tuple(block.total(column, figures) for column in block.columns)
