"""Spreadsheets: text stays text, money reads back to the fen, the same rows give the same bytes."""

import csv
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from registry.spreadsheet import (
    MOST_CHARACTERS,
    Cell,
    CellKind,
    CellTooLong,
    SheetColumn,
    WorkSheet,
    write_csv,
    write_xlsx,
)

COLUMNS = (
    SheetColumn("编号", hidden=True),
    SheetColumn("名称", width=30),
    SheetColumn("原值", CellKind.AMOUNT),
    SheetColumn("数量", CellKind.COUNT),
    SheetColumn("类别", choices=("经营性资产", "公益性资产", "到户类资产")),
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}", "http://example.org")


def xlsx(rows: Sequence[Sequence[Cell]], *, locked: bool = False) -> bytes:
    out = BytesIO()
    write_xlsx([WorkSheet("台账", COLUMNS, rows, ("扶贫项目资产台账", "填报单位：中益乡"), locked)], out)
    return out.getvalue()


def inside(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def rows_of(data: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()]


def csv_rows(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    out = BytesIO()
    write_csv(COLUMNS, rows, out)
    assert not out.closed
    return list(csv.reader(out.getvalue().decode("utf-8-sig").splitlines()))


def test_a_sheet_has_its_heading_and_the_unit_in_the_head() -> None:
    rows = rows_of(xlsx([]))
    assert rows[0][0] == "扶贫项目资产台账"
    assert rows[2] == ["编号", "名称", "原值（元）", "数量", "类别"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula_or_a_link(text: str) -> None:
    data = xlsx([["1", text, 100, 1, ""]])
    assert "<f>" not in inside(data)
    assert "<hyperlink" not in inside(data)
    assert rows_of(data)[3][1] == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
@settings(max_examples=200, deadline=None)
def test_an_amount_reads_back_to_the_fen(fen: int) -> None:
    read = rows_of(xlsx([["1", "a", fen, 1, ""]]))[3][2]
    assert isinstance(read, int | float)
    assert round(read * 100) == fen


def test_an_amount_beyond_fifteen_digits_is_written_as_text() -> None:
    assert rows_of(xlsx([["1", "a", 10**15, 1, ""]]))[3][2] == "10000000000000.00"


def test_an_absent_amount_is_empty_and_not_nought() -> None:
    assert rows_of(xlsx([["1", "a", None, 0, ""]]))[3][2:4] == ["", 0]


def test_leading_noughts_of_a_number_stay() -> None:
    assert rows_of(xlsx([["00012", "a", 1, 1, ""]]))[3][0] == "00012"


def test_the_same_rows_give_the_same_bytes() -> None:
    rows: list[list[Cell]] = [["1", "黄精种植基地", 100, 1, "经营性资产"]]
    assert xlsx(rows) == xlsx(rows)
    assert xlsx(rows) != xlsx([])


def test_the_id_column_is_hidden_and_the_head_stays_in_sight() -> None:
    sheet = inside(xlsx([]))
    assert re.search(r'<col min="1" max="1"[^>]*hidden="1"', sheet)
    assert 'ySplit="3"' in sheet
    assert 'state="frozen"' in sheet


def test_choices_become_a_drop_down() -> None:
    data = xlsx([])
    assert "'选项'!$A$1:$A$3" in inside(data)
    options = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("选项").to_python()
    assert [row[0] for row in options] == ["经营性资产", "公益性资产", "到户类资产"]


def test_a_locked_sheet_protects_its_head_only() -> None:
    assert "<sheetProtection" in inside(xlsx([], locked=True))
    assert "<sheetProtection" not in inside(xlsx([]))
    assert 'locked="0"' in inside(xlsx([]), "xl/styles.xml")


def test_a_text_too_long_for_a_cell_is_refused_not_dropped() -> None:
    with pytest.raises(CellTooLong):
        xlsx([["1", "长" * (MOST_CHARACTERS + 1), 1, 1, ""]])


@pytest.mark.parametrize("text", FORMULAS[:6])
def test_csv_text_that_looks_like_a_formula_gets_a_quote(text: str) -> None:
    assert csv_rows([["1", text, 1, 1, ""]])[1][1] == "'" + text


def test_csv_amounts_are_plain_numbers() -> None:
    assert csv_rows([["1", "a", -128_640_050, None, ""]])[1] == ["1", "a", "-1286400.50", "", ""]


def test_csv_begins_with_a_byte_order_mark() -> None:
    out = BytesIO()
    write_csv(COLUMNS, [], out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
