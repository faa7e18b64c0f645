"""Months, longer periods and how figures add up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.books.rules import month_of
from registry.supervision.periods.rules import (
    LENGTHS,
    NotAPeriod,
    Period,
    PeriodKind,
    added,
    added_by_sector,
    chosen,
    closes_on,
    last_due,
    less,
    months_to_close,
    period_of,
    read_period,
)
from registry.supervision.periods.tables import TABLES, happened_of, key_of, standing_of, stands

OCTOBER = month_of(date(2026, 10, 1))
KEYS = [
    key_of(block.code, part, row)
    for form in TABLES
    for block in form.blocks
    for column in block.columns
    for part in column.parts
    for row, _label in block.rows
]
figures = st.dictionaries(st.sampled_from(KEYS), st.integers(-(10**12), 10**12), max_size=6)
by_sector = st.dictionaries(st.sampled_from(["", "WATER", "AGRICULTURE"]), figures, max_size=3)


@pytest.mark.parametrize(
    ("kind", "name", "words", "months"),
    [
        (PeriodKind.MONTH, "2026-10", "2026 年 10 月", (10, 10)),
        (PeriodKind.QUARTER, "2026Q4", "2026 年第 4 季度", (10, 12)),
        (PeriodKind.HALF_YEAR, "2026H2", "2026 年下半年", (7, 12)),
        (PeriodKind.YEAR, "2026", "2026 年度", (1, 12)),
    ],
)
def test_october_lies_in_its_periods(kind: PeriodKind, name: str, words: str, months: tuple[int, int]) -> None:
    period = period_of(OCTOBER, kind)
    first, last = (month_of(date(2026, month, 1)) for month in months)
    assert (period.name, period.words, period.first, period.last) == (name, words, first, last)
    assert read_period(name) == period


@given(st.integers(2000 * 12, 2998 * 12), st.sampled_from(PeriodKind))
def test_every_period_reads_back_as_what_it_is_called(month: int, kind: PeriodKind) -> None:
    period = period_of(month, kind)
    assert read_period(period.name) == period
    assert month in period.months
    assert len(period.months) == LENGTHS[kind]


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026Q5", "2026H3", "26", "2026-1", "２０２６", "2026Q1 "])
def test_other_texts_are_no_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        read_period(text)


@pytest.mark.parametrize(
    ("on", "due"),
    [(date(2026, 11, 10), 9), (date(2026, 11, 11), 10), (date(2026, 12, 10), 10), (date(2027, 1, 11), 12)],
)
def test_a_month_is_due_from_the_eleventh_of_the_next(on: date, due: int) -> None:
    month = month_of(date(2026, due, 1))
    assert last_due(on, 10) == month
    assert closes_on(month, 10) <= on < closes_on(month + 1, 10)


def test_who_begins_closes_the_last_month_and_who_was_away_closes_all() -> None:
    on = date(2026, 11, 11)
    assert list(months_to_close(None, on, 10)) == [OCTOBER]
    assert list(months_to_close(OCTOBER - 3, on, 10)) == [OCTOBER - 2, OCTOBER - 1, OCTOBER]
    assert not months_to_close(OCTOBER, on, 10)


def test_no_two_figures_have_one_key_and_each_stands_or_happened() -> None:
    plain = [
        key_of(block.code, column.code, row)
        for form in TABLES
        for block in form.blocks
        for column in block.columns
        if not column.of
        for row, _label in block.rows
    ]
    assert len(plain) == len(set(plain))
    kept = set(KEYS)
    assert {key for key in kept if stands(key)} == set(standing_of(dict.fromkeys(kept, 1)))
    assert kept - set(happened_of(dict.fromkeys(kept, 1))) == {key for key in kept if stands(key)}
    assert stands("held.n_STATE.OPERATING")
    assert not stands("income.own.RENT")


@given(st.lists(by_sector, max_size=4))
def test_a_sum_over_units_then_sectors_is_the_sum_over_sectors_then_units(
    parts: list[dict[str, dict[str, int]]],
) -> None:
    assert chosen(added_by_sector(parts), None) == added(chosen(part, None) for part in parts)


@given(by_sector, by_sector)
def test_what_came_since_added_to_what_was_before_is_what_is_now(
    before: dict[str, dict[str, int]], now: dict[str, dict[str, int]]
) -> None:
    assert added_by_sector([before, less(now, before)]) == added_by_sector([now])


def test_a_reader_of_one_sector_sees_only_that() -> None:
    told = {"WATER": {"held.n_STATE.OPERATING": 1}, "": {"held.n_STATE.OPERATING": 2}}
    assert chosen(told, ["WATER"]) == {"held.n_STATE.OPERATING": 1}
    assert chosen(told, []) == {}
    assert Period(OCTOBER, PeriodKind.MONTH) < Period(OCTOBER + 1, PeriodKind.MONTH)
