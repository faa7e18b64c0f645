"""Reading the cells of one data row by the readers of their columns."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from registry.assets.register.reading.amounts import NOTHING, Amount, parse_amount
from registry.assets.register.reading.cells import Cell, CellKind, Row, cell_at
from registry.assets.register.reading.choices import parse_choice, told_about
from registry.assets.register.reading.dates import parse_date
from registry.assets.register.reading.lines import parse_lines
from registry.assets.register.reading.problems import CellProblem, Notice, Problem, ProblemKind, say
from registry.assets.register.reading.quantities import Quantity, parse_quantity
from registry.assets.register.reading.values import (
    LATITUDES,
    LONGITUDES,
    OwnerShare,
    find_sector,
    parse_category,
    parse_degrees,
    parse_months,
    parse_owner_code,
    parse_owner_kind,
    parse_percent,
    parse_shares,
)
from registry.assets.register.registration import FundingFact, PartialDate
from registry.assets.register.sheets.fields import Reader, TableKind, reader_of
from registry.assets.register.sheets.headings import Column
from registry.kinds import Category, OwnerKind, Sector
from registry.money import Unit
from registry.text import N_

Value = (
    str | int | Amount | PartialDate | Quantity | Decimal | Category | OwnerKind | Sector
    | tuple[OwnerShare, ...] | tuple[FundingFact, ...]
)  # fmt: skip
T = TypeVar("T")

MAX_TEXT = 2_000
#: How long a text may be, as the card and the project keep it.
_MOST: dict[str, int] = {
    "asset_number": 60, "short_name": 40, "gbt14885_code": 12, "location_detail": 200, "project_number": 40,
    "plan_document": 80, "unit": 10, "specification": 200, "scale": 500, "owner_name": 200, "certificate_kind": 40,
    "certificate_number": 60, "custodian": 80, "operator": 80, "supervisor": 80, "funding_document": 80,
    "investee": 80, "exit_terms": 1000, "archives": 500, "remarks": 800, "project_kind": 60, "content": 1000,
    "department": 100, "owner_unit": 100, "period_text": 60, "contract_term": 200,
}  # fmt: skip
_MOST_OF_A_KIND: dict[TableKind, dict[str, int]] = {
    TableKind.ASSETS: {"name": 100, "project_name": 100},
    TableKind.PROJECTS: {"name": 200, "project_name": 200},
    TableKind.UNKNOWN: {},
}
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


def column_readers(columns: Sequence[Column], unit: Unit | None, kind: TableKind) -> tuple[ColumnReader, ...]:
    """Prepare the columns that hold a field; ``unit`` is meant where a column's own heading states none."""
    return tuple(
        ColumnReader(column, column.field, reader_of(column.field), _reader(column, unit, kind))
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
        elif reader.reader is Reader.CHOICE and (told := told_about(reader.key, value, cell)):
            reading.notices.append(Notice(reading.row, reader.column.text, told))


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
    return date.day.year if isinstance(date, PartialDate) else date


def _sector(cell: Cell) -> Value | Problem | None:
    return find_sector(cell.text)


def _reader(column: Column, unit: Unit | None, table: TableKind) -> Callable[[Cell], Value | Problem | None]:
    key = column.field or ""
    kind = reader_of(key)
    if kind is Reader.MONEY:
        meant = column.unit or unit
        return _unless_nothing(lambda cell: parse_amount(cell, meant))
    if kind in {Reader.TEXT, Reader.REGION, Reader.NUMERAL}:
        return _text_reader(_MOST_OF_A_KIND[table].get(key) or _MOST.get(key, MAX_TEXT))
    if kind is Reader.CHOICE:
        return lambda cell: parse_choice(key, cell) if cell.text.strip() not in _DASHES else None
    return _unless_nothing(_READERS[kind])


def _unless_nothing(read: Callable[[Cell], Value | Problem | None]) -> Callable[[Cell], Value | Problem | None]:
    """Take a dash or 无 for what it says: nothing."""
    return lambda cell: None if cell.text.strip() in NOTHING else read(cell)


_READERS: dict[Reader, Callable[[Cell], Value | Problem | None]] = {
    Reader.DATE: parse_date,
    Reader.YEAR: _year,
    Reader.MONTHS: parse_months,
    Reader.PERCENT: parse_percent,
    Reader.LINES: parse_lines,
    Reader.QUANTITY: parse_quantity,
    Reader.CATEGORY: parse_category,
    Reader.OWNER_KIND: parse_owner_kind,
    Reader.SECTOR: _sector,
    Reader.SHARES: parse_shares,
    Reader.OWNER_CODE: parse_owner_code,
    Reader.LONGITUDE: lambda cell: parse_degrees(cell, LONGITUDES),
    Reader.LATITUDE: lambda cell: parse_degrees(cell, LATITUDES),
}
