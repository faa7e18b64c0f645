"""Merged cells below the heading: a text counts for every row it spans, an amount cannot."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.assets.register.sheets.cells import Cell, CellKind, Merged, Row, cell_at
from registry.assets.register.sheets.limits import MAX_COLUMNS, MAX_ROWS
from registry.assets.register.sheets.rows import RowKind

_NONE: dict[int, Cell] = {}


@dataclass(frozen=True, slots=True)
class Lent:
    """What merged areas lend to the data rows they span: row → column → cell, and where the area begins."""

    cells: dict[int, dict[int, Cell]]
    first_rows: dict[tuple[int, int], int]

    def to(self, row: int) -> dict[int, Cell]:
        """Return the cells lent to a row."""
        return self.cells.get(row, _NONE)


def lend(merged: Sequence[Merged], rows: Sequence[Row], kinds: Sequence[RowKind]) -> Lent:
    """Spread the areas that span two or more data rows; overlapping areas of a damaged file are cut off."""
    lent = Lent({}, {})
    budget = MAX_ROWS * MAX_COLUMNS
    for area in merged:
        spanned = range(area.first_row, min(area.last_row, len(rows)) + 1)
        budget -= len(spanned)
        if budget < 0:
            break
        data = [row for row in spanned if kinds[row - 1] is RowKind.DATA]
        if len(data) > 1:
            _spread(lent, area, data, cell_at(rows[area.first_row - 1], area.first_column))
    return lent


def _spread(lent: Lent, area: Merged, data: Sequence[int], cell: Cell) -> None:
    if cell.kind is CellKind.EMPTY:
        return
    for row in data:
        lent.first_rows[row, area.first_column] = area.first_row
        if row != area.first_row:
            lent.cells.setdefault(row, {})[area.first_column] = cell
