"""What a sheet consists of: cells with their exact text, rows numbered as in the file, merged areas."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from registry.errors import Invalid
from registry.text import N_


class CellKind(StrEnum):
    """What the file says a cell is; a bare number in a text file counts as a number."""

    TEXT = "T"
    NUMBER = "N"
    DATE = "D"
    EMPTY = "E"


class Cell(NamedTuple):
    """One cell: its exact text (a number without exponent, a date as 2018-05-01) and its kind."""

    text: str
    kind: CellKind


EMPTY = Cell("", CellKind.EMPTY)

Row = tuple[Cell, ...]


class Merged(NamedTuple):
    """A merged area: 1-based rows, 0-based columns, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; ``rows[n]`` is row n + 1 of the file, and empty rows at the end are left out."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Merged, ...] = ()
    hidden: bool = False


class SheetRefused(Invalid):
    """The file cannot be read as a table."""

    message = N_("这个文件读不了，请另存为 .xlsx 再上传。")


def cell_at(row: Row, index: int) -> Cell:
    """Return the cell of a column, empty when the row is shorter."""
    return row[index] if index < len(row) else EMPTY


def is_empty(row: Row) -> bool:
    """Say whether nothing stands in the row."""
    return all(cell.kind is CellKind.EMPTY for cell in row)


def trimmed(rows: list[Row]) -> tuple[Row, ...]:
    """Return the rows without the empty ones at the end."""
    end = len(rows)
    while end and is_empty(rows[end - 1]):
        end -= 1
    return tuple(rows[:end])
