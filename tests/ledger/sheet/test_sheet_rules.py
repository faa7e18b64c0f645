"""A village's income on one sheet: periods, what a row says, and what was pasted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import Invalid
from registry.ledger.operation.periods import (
    NotAPeriod,
    NotAPlace,
    parse_period,
    parse_place,
    quarter_of,
    write_place,
)
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.sheet.forms import unchanged_rows
from registry.ledger.operation.sheet.pasting import (
    AmbiguousName,
    Known,
    NoAmountColumn,
    TooManyLines,
    UnknownAsset,
    parse_paste,
)
from registry.ledger.operation.sheet.rules import (
    NegativeAmount,
    NotADay,
    Offer,
    Typed,
    Unchanged,
    read_row,
)
from registry.money import FinerThanFen, NotAnAmount, format_yuan

DAY = date(2026, 11, 23)
SHEET = [
    Known("500240213203J201900001", "冷链仓库"),
    Known("500240213203J201900002", "屋顶光伏"),
    Known("3", "莼菜车间"),
]
STORE = Offer(1, "500240213203J201900001", "冷链仓库", IncomeKind.RENT, 5, None, 1_200_000, 1_100_000, "某某公司")


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_a_quarter_holds_its_day_is_named_by_its_key_and_follows_the_one_before(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert parse_period(quarter.key) == quarter
    assert quarter.before.last + timedelta(days=1) == quarter.first == quarter.before.after.first


def test_months_and_years_are_periods_too() -> None:
    year = parse_period("2026")
    assert (year.first, year.last, year.key, year.after.key) == (date(2026, 1, 1), date(2026, 12, 31), "2026", "2027")
    february = parse_period("2028-02")
    assert (february.first, february.last, february.before.key) == (date(2028, 2, 1), date(2028, 2, 29), "2028-01")


@pytest.mark.parametrize("text", ["", "2026-", "2026-13", "2026-Q5", "26-Q1", "2026-Q1 "])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        parse_period(text)


def test_an_empty_row_says_nothing_and_a_zero_says_that_nothing_was_earned() -> None:
    quarter = quarter_of(DAY)
    assert read_row(Typed(), STORE, quarter, DAY) is None
    nothing = read_row(Typed("0"), STORE, quarter, DAY)
    assert nothing is not None
    assert nothing.amount_fen == 0


@pytest.mark.parametrize(
    ("typed", "fen", "day"),
    [
        (Typed("12000"), 1_200_000, DAY),
        (Typed("１２，０００．００元", "2026.10.8"), 1_200_000, date(2026, 10, 8)),
        (Typed("1.2万", "2026年10月8日"), 1_200_000, date(2026, 10, 8)),
        (Typed(" ¥12,000.50 ", "20261008"), 1_200_050, date(2026, 10, 8)),
    ],
)
def test_a_row_is_read_as_people_type(typed: Typed, fen: int, day: date) -> None:
    facts = read_row(typed, STORE, quarter_of(DAY), DAY)
    assert facts is not None
    assert (facts.amount_fen, facts.received_on, facts.contract_id, facts.payer) == (fen, day, 5, "某某公司")
    assert (facts.earned_from, facts.earned_to) == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("typed", "refusal", "field"),
    [
        (Typed("一点点"), NotAnAmount, "amount"),
        (Typed("1.234"), FinerThanFen, "amount"),
        (Typed("-5"), NegativeAmount, "amount"),
        (Typed("5", "2026-11"), NotADay, "received_on"),
        (Typed("5", "昨天"), NotADay, "received_on"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_cell(typed: Typed, refusal: type[Invalid], field: str) -> None:
    with pytest.raises(refusal) as refused:
        read_row(typed, STORE, quarter_of(DAY), DAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("offer", "suggested"),
    [
        (STORE, 1_200_000),
        (Offer(1, "x", "x", IncomeKind.OTHER, last_fen=7), None),
        (Offer(1, "x", "x", IncomeKind.OTHER), None),
        (Offer(1, "x", "x", IncomeKind.RENT, 5, None, 7, entered_fen=3), 7),
        (Offer(1, "x", "x", IncomeKind.RENT, 5, None, 0, 9), None),
        (Offer(1, "x", "x", IncomeKind.OTHER, last_fen=7, entered_fen=7), None),
        (Offer(1, "x", "x", IncomeKind.OTHER, last_fen=7, is_quiet=True), None),
    ],
)
def test_a_row_begins_with_what_is_due_and_never_with_what_came_last_time(offer: Offer, suggested: int | None) -> None:
    assert offer.suggested_fen == suggested


@pytest.mark.parametrize(
    ("offer", "fate"),
    [
        (STORE, Unchanged.AS_DUE),
        (Offer(1, "x", "x", IncomeKind.SELF_RUN), Unchanged.NOTHING),
        (Offer(1, "x", "x", IncomeKind.SELF_RUN, last_fen=0), Unchanged.NOTHING),
        (Offer(1, "x", "x", IncomeKind.SELF_RUN, last_fen=7), Unchanged.OPEN),
        (Offer(1, "x", "x", IncomeKind.PV_SETTLEMENT), Unchanged.OPEN),
        (Offer(1, "x", "x", IncomeKind.RENT, 5, last_fen=7), Unchanged.NOT_DUE),
        (Offer(1, "x", "x", IncomeKind.RENT, 5, None, 0, arrears_fen=9), Unchanged.NOT_DUE),
        (Offer(1, "x", "x", IncomeKind.DIVIDEND, equity_id=5), Unchanged.NOT_DUE),
        (Offer(1, "x", "x", IncomeKind.OTHER, last_fen=7, entered_fen=7), None),
        (Offer(1, "x", "x", IncomeKind.OTHER, is_quiet=True), None),
    ],
)
def test_saying_that_nothing_changed_records_what_is_due_and_what_earned_nothing_and_leaves_the_rest_open(
    offer: Offer, fate: Unchanged | None
) -> None:
    assert offer.unchanged is fate
    assert [typed.amount for _, typed in unchanged_rows([offer])] == {
        Unchanged.AS_DUE: ["12000.00"], Unchanged.NOTHING: ["0.00"],
    }.get(fate, [])  # fmt: skip


@given(st.lists(st.integers(1, 10**10), min_size=1, max_size=3))
def test_a_bare_column_fills_the_rows_in_their_order(sums: list[int]) -> None:
    pasted = parse_paste("\n".join(map(format_yuan, sums)) + "\n", SHEET)
    assert {place: line.amount for place, line in pasted.lines.items()} == dict(enumerate(map(format_yuan, sums)))


def test_a_gap_in_a_bare_column_leaves_its_row_alone() -> None:
    pasted = parse_paste("100\n\n300\n合计\n", SHEET)
    assert {place: line.amount for place, line in pasted.lines.items()} == {0: "100", 2: "300"}


def test_a_bare_column_longer_than_the_sheet_is_refused_whole() -> None:
    pasted = parse_paste("1\n2\n3\n4", SHEET)
    assert not pasted.lines
    assert [type(one) for one in pasted.problems] == [TooManyLines]


def test_a_block_with_title_headings_and_a_total_finds_its_rows_by_name_in_any_order() -> None:
    text = (
        "2026年四季度资产收益表\t\t\t\n资产名称\t实收金额（万元）\t到账日期\t凭证号\n"
        "屋顶光伏\t0.35\t2026.10.8\t银-12\n冷链仓库\t1.2\t2026-10-09\t银-13\n合计\t1.55\t\t"
    )
    pasted = parse_paste(text, SHEET)
    assert not pasted.problems
    assert pasted.lines == {
        1: Typed("3500.00", "2026.10.8", "银-12"), 0: Typed("12000.00", "2026-10-09", "银-13"),
    }  # fmt: skip


def test_a_block_without_headings_is_known_by_what_stands_in_it() -> None:
    pasted = parse_paste("500240213203J201900002\t2026-10-08\t3,500.00\n3\t2026-10-09\t80", SHEET)
    assert {place: (line.amount, line.received_on) for place, line in pasted.lines.items()} == {
        1: ("3,500.00", "2026-10-08"), 2: ("80", "2026-10-09"),
    }  # fmt: skip


def test_a_name_with_full_width_brackets_is_found_however_they_are_typed() -> None:
    sheet = [*SHEET, Known("4", "光伏电站（80千瓦）")]
    for name in ("光伏电站（80千瓦）", "光伏电站(80千瓦)"):
        assert parse_paste(f"名称\t金额\n{name}\t310", sheet).lines[3].amount == "310"


def test_a_line_of_an_unknown_asset_and_of_a_name_borne_twice_is_named() -> None:
    twice = [*SHEET, Known("4", "冷链仓库")]
    pasted = parse_paste("名称\t金额\n冷链仓库\t5\n看不懂\t6\n屋顶光伏\t7", twice)
    assert [type(one) for one in pasted.problems] == [AmbiguousName, UnknownAsset]
    assert [one.params["row"] for one in pasted.problems] == [2, 3]
    assert {place: line.amount for place, line in pasted.lines.items()} == {1: "7"}


def test_words_without_an_amount_are_refused_and_nothing_pasted_is_nothing() -> None:
    assert [type(one) for one in parse_paste("名称\n冷链仓库", SHEET).problems] == [NoAmountColumn]
    assert parse_paste(" \n\t\n", SHEET) == parse_paste("", SHEET)
    assert not parse_paste("", SHEET).lines


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    pasted = parse_paste(text, SHEET)
    assert set(pasted.lines) <= {0, 1, 2}


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.integers(1, 10**12))
def test_a_place_of_a_list_is_read_as_it_was_written(day: date, number: int) -> None:
    assert parse_place(write_place(day, number)) == (day, number)


@pytest.mark.parametrize("text", ["x", "2026-11-23", "2026-13-01.5", "2026-11-23.x", ".5"])
def test_anything_else_is_no_place_of_a_list(text: str) -> None:
    with pytest.raises(NotAPlace):
        parse_place(text)
