"""Spreadsheets out: XLSX row by row in constant memory, and CSV. Text is never a formula."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from io import TextIOWrapper
from itertools import zip_longest
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.errors import Invalid
from registry.money import FEN_PER_YUAN, plain_yuan
from registry.text import N_

Cell = str | int | None

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
#: A double keeps fifteen decimal digits, and spreadsheets show no more.
_EXACT_FEN = 10**15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 -- a constant of the file, not a moment; it keeps the bytes the same
_CHOICES_SHEET = N_("选项")
_YUAN = N_("（元）")


class CellKind(Enum):
    """How a cell is written: AMOUNT is int fen shown as 元, COUNT a whole number, TEXT anything else."""

    TEXT = auto()
    COUNT = auto()
    AMOUNT = auto()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column. ``choices`` become a drop-down; a hidden column carries ids that come back on import."""

    label: str
    kind: CellKind = CellKind.TEXT
    width: int = 14
    choices: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def head(self) -> str:
        """The label with its unit."""
        return self.label + _YUAN if self.kind is CellKind.AMOUNT else self.label


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """One sheet: lines above the table, columns, rows. ``locked`` lets people change anything but the head."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Cell]]
    heading: tuple[str, ...] = ()
    locked: bool = False


class CellTooLong(Invalid):
    """A text is longer than a spreadsheet cell holds."""

    message = N_("有一格超过 32767 个字，电子表格放不下，请改用 CSV 导出。")


class TooManyRows(Invalid):
    """There are more rows than a sheet holds."""

    message = N_("超过 1048576 行，电子表格放不下，请缩小范围或改用 CSV 导出。")


@dataclass(slots=True)
class _Choices:
    """The drop-down lists of all sheets, which stand on one hidden sheet."""

    lists: list[tuple[str, ...]] = field(default_factory=list)

    def source(self, choices: tuple[str, ...]) -> str:
        """Keep a list and return the range it will stand in."""
        if choices not in self.lists:
            self.lists.append(choices)
        index = self.lists.index(choices)
        column = xlsxwriter.utility.xl_col_to_name(index, col_abs=True)
        return f"='{_CHOICES_SHEET}'!{column}$1:{column}${len(choices)}"


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    head: Format
    text: Format
    count: Format
    amount: Format


def write_xlsx(sheets: Sequence[WorkSheet], out: BinaryIO) -> None:
    """Write a workbook. Rows are taken one by one. Raises CellTooLong, TooManyRows."""
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    formats = _Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        head=book.add_format(
            {"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
        ),
        text=book.add_format({"num_format": "@", "locked": False}),
        count=book.add_format({"num_format": "0", "locked": False}),
        amount=book.add_format({"num_format": "#,##0.00", "locked": False}),
    )
    choices = _Choices()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats, choices)
    if choices.lists:
        page = book.add_worksheet(_CHOICES_SHEET)
        page.hide()
        for row, values in enumerate(zip_longest(*choices.lists, fillvalue="")):
            for column, value in enumerate(values):
                page.write_string(row, column, value)
    book.close()


def _write_sheet(page: Worksheet, sheet: WorkSheet, formats: _Formats, choices: _Choices) -> None:
    first = len(sheet.heading) + 1
    _shape(page, sheet, formats, choices, first)
    for row, text in enumerate(sheet.heading):
        page.write_string(row, 0, text, formats.title if row == 0 else None)
    for index, column in enumerate(sheet.columns):
        page.write_string(first - 1, index, column.head, formats.head)
    writers = [_writer(page, column, formats) for column in sheet.columns]
    row = first
    for cells in sheet.rows:
        if row >= MOST_ROWS:
            raise TooManyRows
        for index, (cell, write) in enumerate(zip(cells, writers, strict=True)):
            if cell is not None:
                write(row, index, cell)
        row += 1


def _shape(page: Worksheet, sheet: WorkSheet, formats: _Formats, choices: _Choices, first: int) -> None:
    """Set widths, formats of empty cells, drop-downs, frozen head and protection, before any row is written."""
    empty = {CellKind.TEXT: formats.text, CellKind.COUNT: formats.count, CellKind.AMOUNT: formats.amount}
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, empty[column.kind], {"hidden": column.hidden})
        if column.choices:
            source = choices.source(column.choices)
            page.data_validation(first, index, MOST_ROWS - 1, index, {"validate": "list", "source": source})
    page.freeze_panes(first, 0)
    if sheet.locked:
        page.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True})


def _writer(page: Worksheet, column: SheetColumn, formats: _Formats) -> Callable[[int, int, Cell], None]:
    """Return the function that writes this column's cells."""
    write_string, write_number = page.write_string, page.write_number

    def text(row: int, index: int, cell: Cell) -> None:
        value = str(cell)
        if len(value) > MOST_CHARACTERS:
            raise CellTooLong
        write_string(row, index, value, formats.text)

    def count(row: int, index: int, cell: Cell) -> None:
        if isinstance(cell, int):
            write_number(row, index, cell, formats.count)
        else:
            text(row, index, cell)

    def amount(row: int, index: int, cell: Cell) -> None:
        if isinstance(cell, int) and -_EXACT_FEN < cell < _EXACT_FEN:
            write_number(row, index, _yuan(cell), formats.amount)
        else:
            text(row, index, plain_yuan(cell) if isinstance(cell, int) else cell)

    return {CellKind.TEXT: text, CellKind.COUNT: count, CellKind.AMOUNT: amount}[column.kind]


def _yuan(fen: int) -> float:
    """Give a spreadsheet its number of 元: the one place where money is a float.

    Below 10^13 元 the nearest double, written with sixteen digits, rounds back to exactly these fen; larger amounts are
    written as text.
    """
    return fen / FEN_PER_YUAN


def write_csv(columns: Sequence[SheetColumn], rows: Iterable[Sequence[Cell]], out: BinaryIO) -> None:
    """Write UTF-8 CSV with a byte order mark; text that looks like a formula gets a quote before it."""
    stream = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([guarded(column.head) for column in columns])
    amounts = [column.kind is CellKind.AMOUNT for column in columns]
    for cells in rows:
        writer.writerow([_csv_cell(cell, amount) for cell, amount in zip(cells, amounts, strict=True)])
    stream.flush()
    stream.detach()


def _csv_cell(cell: Cell, amount: bool) -> str:  # noqa: FBT001 -- a column's nature, taken from its table
    if cell is None:
        return ""
    if isinstance(cell, int):
        return plain_yuan(cell) if amount else str(cell)
    return guarded(cell)


def guarded(text: str) -> str:
    """Put a quote before text that begins like a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
