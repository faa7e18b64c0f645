"""Opening files: the same table in every format, and the files that are refused."""

import io
import resource
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.assets.register.reading.cells import CellKind, Sheet, SheetRefused
from registry.assets.register.sheets import limits
from registry.assets.register.sheets.limits import check_archive
from registry.assets.register.sheets.parsing import number_text
from registry.assets.register.sheets.tables import read_table
from registry.assets.register.sheets.workbooks import (
    MarkupInDisguise,
    NotAWorkbook,
    NothingThere,
    NotText,
    ParserDied,
    QuotesBroken,
    decode,
    read_pasted,
    read_text,
    read_workbook,
)
from tests.assets.sheets.sheet_samples import archive, ledger, ods, xls, xlsx, zhongyi

TABLE = [["资产名称", "所在村"], ["蓄水池", "华溪村"]]
CSV = "资产名称,所在村\n蓄水池,华溪村\n"


def texts(sheet: Sheet) -> list[list[str]]:
    """Return the texts of a sheet."""
    return [[cell.text for cell in row] for row in sheet.rows]


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("gb18030"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace("\n", "\r\n").encode("gb18030"),
        xlsx(TABLE),
        xls(TABLE),
        ods(TABLE),
    ],
    ids=["utf-8", "bom", "utf-16", "gb18030", "semicolon", "tab", "crlf", "xlsx", "xls", "ods"],
)
def test_the_same_table_is_read_from_every_format_whatever_its_name(data: bytes) -> None:
    assert texts(read_workbook(data, "台账.pdf")[0]) == TABLE


def test_pasted_cells_are_a_table_and_line_breaks_in_quotes_stay_in_the_cell() -> None:
    assert texts(read_pasted('名称\t备注\n水池\t"一\n二"')) == [["名称", "备注"], ["水池", "一\n二"]]


def test_rare_characters_of_gb18030_survive() -> None:
    assert "𠮷" in decode("名称,𠮷家村".encode("gb18030"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.1 + 0.2, "0.3"),
        (1569.7, "1569.7"),
        (100.0, "100"),
        (1e-7, "0.0000001"),
        (5.0023519900101e17, "500235199001010000"),
    ],
)
def test_numbers_become_exact_text_to_the_digits_a_spreadsheet_keeps(value: float, written: str) -> None:
    assert number_text(value) == written


@given(st.decimals(0, 10**9, places=2))
def test_a_typed_amount_comes_out_as_it_was_typed(value: object) -> None:
    assert float(number_text(float(str(value)))) == float(str(value))


def test_row_numbers_are_those_of_the_file() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B5"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    read = read_workbook(stream.getvalue(), "a.xlsx")[0]
    assert len(read.rows) == 5
    assert read.rows[4][1].text == "x"
    assert read.rows[0][0].kind is CellKind.EMPTY


def test_merged_areas_are_known_in_rows_of_the_file() -> None:
    read = read_workbook(xlsx([["a", None], ["b", "c"]], ["A1:B1"]), "a.xlsx")[0]
    assert read.merged == ((1, 1, 0, 1),)


def bomb(size: int) -> bytes:
    """Return a workbook whose sheet inflates a thousandfold."""
    return archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(size)})


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (bomb(300 * 2**20), limits.ArchiveTooLarge),
        (bomb(40 * 2**20), limits.ArchiveTooDense),
        (archive({f"xl/{n}.xml": b"" for n in range(limits.MAX_ENTRIES + 1)}), limits.ArchiveTooMany),
        (archive({"xl/workbook.xml": b"<x/>", "xl/a.bin": archive({"a": b"b"})}), limits.ArchiveNested),
        (b"PK\x03\x04 and nothing else", limits.ArchiveBroken),
        (archive({"word/document.xml": b"<x/>"}), NotAWorkbook),
        (archive({"xl/workbook.xml": b"<x/>"}), limits.ArchiveBroken),
        (bytes(limits.MAX_FILE_BYTES + 1), limits.FileTooLarge),
        (b"%PDF-1.7\n\x00\x01", NotText),
        (b"", NothingThere),
        (b"<html><table><tr><td>1", MarkupInDisguise),
        (xlsx([["x"] * (limits.MAX_COLUMNS + 1)]), limits.TooManyColumns),
        (("a\n" * (limits.MAX_ROWS + 1)).encode(), limits.TooManyRows),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), limits.ArchiveBroken),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_file_that_is_no_honest_table_is_refused_within_two_seconds(data: bytes, refusal: type[SheetRefused]) -> None:
    started = time.process_time() + children()
    with pytest.raises(refusal):
        read_workbook(data, "台账.xlsx")
    assert time.process_time() + children() - started <= 2


def children() -> float:
    """Return the processor time that ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_an_honest_workbook_is_not_refused() -> None:
    assert read_table(read_workbook(xlsx(ledger(300)), "a.xlsx")[0], zhongyi()).row_count == 301


def test_a_cell_at_the_far_corner_kills_only_the_child() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    sheet.cell(1_048_576, 16_384, "x")
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(ParserDied, match="超过上限"):
        read_workbook(stream.getvalue(), "a.xlsx")


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    data = bytearray(archive({"xl/workbook.xml": bytes(5000)}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 50)
    with pytest.raises(limits.ArchiveBroken):
        check_archive(bytes(data))


def test_the_same_directory_telling_the_truth_is_believed() -> None:
    assert check_archive(archive({"xl/workbook.xml": bytes(5000)})) == {"xl/workbook.xml"}


def test_an_unclosed_quote_names_its_row() -> None:
    with pytest.raises(QuotesBroken, match="第 2 行"):
        read_text('a,b\n"' + "x" * 200_000, "a")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_workbook_or_refused(data: bytes) -> None:
    with suppress(SheetRefused):
        assert read_workbook(data, "a")


@settings(max_examples=40)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_damaged_container_is_refused_or_counted(noise: bytes, place: int) -> None:
    whole = archive({"xl/workbook.xml": zlib.compress(b"x" * 100), "a": b"b" * 300})
    with suppress(SheetRefused):
        assert check_archive(whole[:place] + noise + whole[place + len(noise) :])


def test_a_container_encrypted_part_by_part_is_refused() -> None:
    data = bytearray(archive({"xl/workbook.xml": b"<x/>"}))
    place = data.rindex(b"PK\x01\x02") + 8
    data[place] |= 1
    with pytest.raises(limits.ArchiveLocked):
        check_archive(bytes(data))
    assert zipfile.is_zipfile(io.BytesIO(bytes(data)))
