"""The error workbook: the rows to be put right, as they were uploaded, wrong cells red, the reasons beside them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from registry.assets.register.reading.cells import Cell, CellKind, Sheet, cell_at
from registry.assets.register.reading.problems import CellProblem
from registry.assets.register.sheets.fields import OUR_REMARKS, Reader, label_of, reader_of
from registry.assets.register.sheets.heading_texts import unit_of
from registry.assets.register.sheets.headings import Column, Heading
from registry.money import Unit
from registry.text import N_

SHEET = N_("需修改的行")
_UNITS = {Unit.YUAN: N_("（元）"), Unit.WAN: N_("（万元）"), Unit.YI: N_("（亿元）")}
#: A double keeps fifteen digits; a longer number goes back as the text it was.
_EXACT_DIGITS = 15


def error_workbook(sheet: Sheet, heading: Heading, unit: Unit | None, problems: Sequence[CellProblem]) -> bytes:
    """Return the rows with problems under one heading row; uploading it again reads only those."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    plain, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bg_color": "#F2F2F2"})
    red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "num_format": "@"})
    page = book.add_worksheet(SHEET)
    for index, column in enumerate(heading.columns):
        page.write_string(0, index, heading_text(column, heading, unit), bold)
    last = len(heading.columns)
    for offset, label in enumerate(OUR_REMARKS):
        page.write_string(0, last + offset, label, bold)
    for line, (number, wrong) in enumerate(_by_row(problems).items(), 1):
        row = sheet.rows[number - 1]
        for index, column in enumerate(heading.columns):
            bad = any(problem.index == column.index for problem in wrong)
            _write(page, line, index, cell_at(row, column.index), red if bad else plain)
        page.write_string(line, last, str(number), plain)
        page.write_string(line, last + 1, _reasons(wrong), wrap)
    page.set_column(0, last, 16)
    page.set_column(last + 1, last + 1, 70)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _by_row(problems: Sequence[CellProblem]) -> Mapping[int, list[CellProblem]]:
    found: dict[int, list[CellProblem]] = {}
    for problem in problems:
        found.setdefault(problem.row, []).append(problem)
    return found


def heading_text(column: Column, heading: Heading, unit: Unit | None) -> str:
    """Return a heading that means the same when it stands alone: its own words, or the field's, with the unit."""
    joined = heading.tiers > 1 and column.field
    text = label_of(column.field) if joined and column.field else column.text
    meant = column.unit or heading.unit or unit
    if column.field and reader_of(column.field) is Reader.MONEY and meant and unit_of(text) is None:
        return text + _UNITS[meant]
    return text


def _reasons(problems: Sequence[CellProblem]) -> str:
    return "\n".join(f"{one.column}：{one.problem}。{one.remedy}" for one in problems)


def _write(page: Any, line: int, index: int, cell: Cell, style: Any) -> None:
    """Write a cell with the kind it had, so that it is read again as it was."""
    digits = cell.text.replace(".", "").replace("-", "")
    if cell.kind is CellKind.NUMBER and len(digits) <= _EXACT_DIGITS:
        page.write_number(line, index, Decimal(cell.text), style)
    elif cell.kind is not CellKind.EMPTY:
        page.write_string(line, index, cell.text, style)
    else:
        page.write_blank(line, index, None, style)
