"""Where papers are cut: no title and no sum stands alone, heads are repeated, and no row is lost."""

from hypothesis import given
from hypothesis import strategies as st

from registry.reports.paper.blocks import Block, BlockColumn, _cut, _Strip, _strips
from registry.reports.paper.lettering import Lettering
from registry.reports.paper.pen import Align
from registry.reports.paper.table import ROW_HEIGHT, Column, Kind, Line, Row, Subtotal, Table, cut_pages

RULER, WIDTH, ROOM = Lettering(), 700.0, 330.0
COLUMNS = (BlockColumn("单位", 3), BlockColumn("资产", 1))


def block(number: int, rows: int, *, total: bool, tall: bool = False) -> Block:
    words = "很长的话" * 120 if tall else ""
    lines = tuple((f"{number}-{row}{words}", str(row)) for row in range(rows))
    return Block(f"表{number}", COLUMNS, lines, ("合计", "9") if total else ())


def pages_of(*blocks: Block) -> list[list[_Strip]]:
    return list(_cut([strip for one in blocks for strip in _strips(one, WIDTH, RULER)], ROOM))


def words(strip: _Strip) -> str:
    return strip.title or "".join(strip.cells[0].lines)


def is_row(strip: _Strip) -> bool:
    return "-" in words(strip)


BLOCKS = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=6)


@given(BLOCKS)
def test_no_title_ends_a_sheet_and_no_sum_begins_one(told: list[tuple[int, bool]]) -> None:
    blocks = [block(number, rows, total=total) for number, (rows, total) in enumerate(told)]
    pages = pages_of(*blocks)
    for page in pages:
        assert sum(strip.height for strip in page) <= ROOM
        assert is_row(page[-1]) or words(page[-1]) == "合计"
        for before, strip in zip([None, *page], page, strict=False):
            if words(strip) == "合计":
                assert before is not None
                assert is_row(before)
    written = [words(strip) for page in pages for strip in page if is_row(strip)]
    assert written == [row[0] for one in blocks for row in one.rows]


@given(BLOCKS)
def test_no_row_of_several_stands_alone_at_either_end(told: list[tuple[int, bool]]) -> None:
    for number, (rows, total) in enumerate(told):
        for page in pages_of(block(9, 1 + number * 3, total=False), block(number, rows, total=total)):
            own = [strip for strip in page if words(strip).startswith(f"{number}-")]
            assert len(own) != 1 or rows == 1


def test_a_table_that_goes_on_repeats_its_head() -> None:
    first, second = pages_of(block(1, 25, total=True))
    assert words(second[0]) == "单位"
    assert [words(strip) for strip in second[-2:]] == ["1-24", "合计"]
    assert words(first[0]) == "表1"


def test_what_no_sheet_holds_together_is_cut_all_the_same() -> None:
    pages = pages_of(block(1, 4, total=True, tall=True))
    assert len([strip for page in pages for strip in page if is_row(strip)]) == 4
    assert all(sum(strip.height for strip in page) <= ROOM for page in pages)


TABLE = Table((Column("单位", 300), Column("金额", 100, Align.RIGHT, Kind.AMOUNT)), summed=(1,))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(1, 3))
def test_sums_stand_on_the_sheet_of_the_line_before_them(groups: list[int], sums: int) -> None:
    rows: list[Row] = []
    for number, lines in enumerate(groups):
        rows += [Line((f"{number}-{line}", 1)) for line in range(lines)]
        rows += [Subtotal("合计", (lines,))] * sums
    pages = list(cut_pages(TABLE, rows, ROOM, lambda _line, _columns: ROW_HEIGHT))
    assert [row for page in pages for row, _tall in page.rows] == rows
    for page in pages:
        assert isinstance(page.rows[0][0], Line)
        carried = (not page.first) + (not page.last)
        assert sum(tall for _row, tall in page.rows) + carried * ROW_HEIGHT <= ROOM
