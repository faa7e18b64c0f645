"""Reading the cells of one data row by the readers of their columns."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from registry.assets.register.sheets.amounts import NOTHING, Amount, parse_amount
from registry.assets.register.sheets.cells import Cell, CellKind, Row, cell_at
from registry.assets.register.sheets.dates import PartialDate, parse_date
from registry.assets.register.sheets.fields import Reader, reader_of
from registry.assets.register.sheets.headings import Column
from registry.assets.register.sheets.problems import CellProblem, Notice, Problem, ProblemKind, say
from registry.assets.register.sheets.quantities import Quantity, parse_quantity
from registry.assets.register.sheets.values import (
    LATITUDES,
    LONGITUDES,
    OwnerShare,
    find_sector,
    parse_category,
    parse_degrees,
    parse_owner_code,
    parse_owner_kind,
    parse_shares,
    parse_years,
    parse_yes_no,
)
from registry.kinds import Category, OwnerKind, Sector
from registry.money import Unit
from registry.text import N_

Value = str | int | Amount | PartialDate | Quantity | Decimal | Category | OwnerKind | Sector | tuple[OwnerShare, ...]
T = TypeVar("T")

MAX_TEXT = 2_000
MAX_NAME = 200
_NAMES = frozenset(
    {"name", "short_name", "project_name", "asset_number", "unit", "owner_name", "custodian", "operator"}
)
_DASHES = NOTHING - {"无", "没有", "暂无"}
_UNSEEN = {"Cc", "Cf"}
#: Readers whose value belongs to the row alone: a merged cell must not give it to several rows.
COUNTED = frozenset({Reader.MONEY, Reader.QUANTITY})


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """A column with how its cells are read; equal cells are read once."""

    column: Column
    key: str
    reader: Reader
    read: Callable[[Cell], Value | Problem | None]
    seen: dict[Cell, Value | Problem | None] = field(default_factory=dict)


@dataclass(slots=True)
class RowReading:
    """What has been read of a row so far."""

    row: int
    values: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    extras: list[tuple[str, str]] = field(default_factory=list)

    def get(self, key: str, kind: type[T]) -> T | None:
        """Return a value of the expected type, None when nothing was written."""
        value = self.values.get(key)
        return value if isinstance(value, kind) else None

    def fen(self, key: str) -> int | None:
        """Return an amount in fen, None when nothing was written."""
        amount = self.values.get(key)
        return amount.fen if isinstance(amount, Amount) else None

    def refuse(
        self, key: str, label: str, problem: Problem, value: str | None = None, column: Column | None = None
    ) -> None:
        """Add a problem beside the column of a field (or under the field's own name when it has none)."""
        column, cell = column or self.columns.get(key), self.cells.get(key)
        shown = value if value is not None else (cell.text if cell else "")
        heading, index = (column.text, column.index) if column else (label, None)
        self.failed.add(key)
        self.problems.append(CellProblem(self.row, heading, shown, problem.kind, problem.text, problem.remedy, index))


def column_readers(columns: Sequence[Column], unit: Unit | None) -> tuple[ColumnReader, ...]:
    """Prepare the columns that hold a field; ``unit`` is meant where a column's own heading states none."""
    return tuple(
        ColumnReader(column, column.field, reader_of(column.field), _reader(column, unit))
        for column in columns
        if column.field
    )


def read_row(
    number: int, row: Row, readers: Sequence[ColumnReader], columns: Mapping[str, Column], filled: Mapping[int, Cell]
) -> RowReading:
    """Read the cells of a row; ``filled`` gives the texts that merged areas lend to its empty cells."""
    reading = RowReading(number, columns=columns)
    for reader in readers:
        index = reader.column.index
        cell = row[index] if index < len(row) else cell_at(row, index)
        if cell.kind is CellKind.EMPTY:
            cell = cell if reader.reader in COUNTED else filled.get(index, cell)
            if cell.kind is CellKind.EMPTY:
                continue
        _take(reading, reader, cell)
    return reading


def _take(reading: RowReading, reader: ColumnReader, cell: Cell) -> None:
    reading.cells[reader.key] = cell
    seen = reader.seen
    if cell in seen:
        value = seen[cell]
    else:
        value = seen[cell] = reader.read(cell)
    if isinstance(value, Problem):
        reading.refuse(reader.key, reader.column.text, value, column=reader.column)
    elif value is not None:
        reading.values[reader.key] = _together(reading.values.get(reader.key), value)
        if isinstance(value, Amount) and value.note:
            text = say(N_("金额后面的话“%(note)s”移到备注"), note=value.note)
            reading.notices.append(Notice(reading.row, reader.column.text, text))


def _together(before: Value | None, value: Value) -> Value:
    """Add up amounts of one key: several columns may hold money of one source and level, year by year."""
    if not (isinstance(before, Amount) and isinstance(value, Amount)):
        return value
    return Amount(before.fen + value.fen, "；".join(note for note in (before.note, value.note) if note) or None)


def clean_text(text: str) -> str:
    """Leave out control and invisible characters and fold runs of blanks."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(text.split())


def _text_reader(limit: int) -> Callable[[Cell], Value | Problem | None]:
    def read(cell: Cell) -> Value | Problem | None:
        text = clean_text(cell.text)
        if len(text) > limit:
            return Problem(
                ProblemKind.OTHER,
                say(N_("有 %(length)d 个字，太长"), length=len(text)),
                say(N_("缩短到 %(limit)d 个字以内"), limit=limit),
            )
        return None if text in _DASHES or not text else text

    return read


def _year(cell: Cell) -> Value | Problem | None:
    date = parse_date(cell)
    return date.date.year if isinstance(date, PartialDate) else date


def _sector(cell: Cell) -> Value | Problem | None:
    return find_sector(cell.text)


def _reader(column: Column, unit: Unit | None) -> Callable[[Cell], Value | Problem | None]:
    key = column.field or ""
    kind = reader_of(key)
    if kind is Reader.MONEY:
        meant = column.unit or unit
        return _unless_nothing(lambda cell: parse_amount(cell, meant))
    if kind in {Reader.TEXT, Reader.REGION, Reader.NUMERAL}:
        return _text_reader(MAX_NAME if key in _NAMES else MAX_TEXT)
    return _unless_nothing(_READERS[kind])


def _unless_nothing(read: Callable[[Cell], Value | Problem | None]) -> Callable[[Cell], Value | Problem | None]:
    """Take a dash or 无 for what it says: nothing."""
    return lambda cell: None if cell.text.strip() in NOTHING else read(cell)


_READERS: dict[Reader, Callable[[Cell], Value | Problem | None]] = {
    Reader.DATE: parse_date,
    Reader.YEAR: _year,
    Reader.YEARS: parse_years,
    Reader.QUANTITY: parse_quantity,
    Reader.CATEGORY: parse_category,
    Reader.OWNER_KIND: parse_owner_kind,
    Reader.SECTOR: _sector,
    Reader.SHARES: parse_shares,
    Reader.OWNER_CODE: parse_owner_code,
    Reader.LONGITUDE: lambda cell: parse_degrees(cell, LONGITUDES),
    Reader.LATITUDE: lambda cell: parse_degrees(cell, LATITUDES),
    Reader.YES_NO: parse_yes_no,
}
