"""From terms to dues: no gap, no overlap, exact to the fen."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.operation.dues.plan import (
    Price,
    Rhythm,
    months_between,
    periods_of,
    plan_dues,
    plan_unstated,
    total_fen,
)
from registry.ledger.operation.kinds import Frequency

DAYS = st.dates(date(2013, 1, 1), date(2035, 12, 31))
RHYTHMS = st.builds(
    lambda first, days, frequency, advance, calendar, wait, prepaid: Rhythm(
        first, first + timedelta(days=days), frequency, advance, calendar, wait, prepaid
    ),
    DAYS,
    st.integers(0, 365 * 20),
    st.sampled_from(Frequency),
    st.booleans(),
    st.booleans(),
    st.integers(0, 60),
    st.integers(0, 48),
)
PRICES = st.builds(Price, st.integers(0, 10**11), st.integers(0, 2000), st.integers(1, 5))


@given(RHYTHMS, PRICES)
def test_periods_follow_each_other_without_gap_and_what_is_due_is_what_the_term_costs(
    rhythm: Rhythm, price: Price
) -> None:
    dues = plan_dues(rhythm, price)
    days = [(one.period.first, one.period.last) for one in dues]
    assert (days[0][0], days[-1][1]) == (rhythm.starts_on, rhythm.ends_on)
    assert all(last + timedelta(days=1) == first for (_, last), (first, _) in pairwise(days))
    assert all(first <= last for first, last in days)
    assert sum(one.amount_fen or 0 for one in dues) == total_fen(rhythm, price)
    assert all((one.amount_fen or 0) >= 0 for one in dues)


@given(RHYTHMS)
def test_everything_is_due_in_the_order_of_its_periods(rhythm: Rhythm) -> None:
    due = [one.due_on for one in periods_of(rhythm)]
    assert due == sorted(due)
    assert [one.period for one in plan_unstated(rhythm)] == periods_of(rhythm)


@given(DAYS, st.integers(1, 20), st.integers(0, 10**10), st.sampled_from(Frequency), st.booleans())
def test_whole_years_cost_whole_years_however_they_are_cut(
    first: date, years: int, yearly: int, frequency: Frequency, calendar: bool
) -> None:
    after = date(first.year + years, first.month, min(first.day, 28))
    rhythm = Rhythm(first.replace(day=min(first.day, 28)), after - timedelta(days=1), frequency, by_calendar=calendar)
    assert total_fen(rhythm, Price(yearly)) == yearly * years


def _plan(rhythm: Rhythm, price: Price) -> list[tuple[str, str, int | None]]:
    return [(str(one.period.first), str(one.period.due_on), one.amount_fen) for one in plan_dues(rhythm, price)]


def test_a_quarterly_rent_in_advance_is_due_on_the_first_day_of_each_quarter_of_the_contract() -> None:
    rhythm = Rhythm(date(2026, 3, 15), date(2027, 3, 14), Frequency.QUARTERLY, days_to_pay=10)
    assert _plan(rhythm, Price(1_000_000)) == [
        ("2026-03-15", "2026-03-25", 250_000), ("2026-06-15", "2026-06-25", 250_000),
        ("2026-09-15", "2026-09-25", 250_000), ("2026-12-15", "2026-12-25", 250_000),
    ]  # fmt: skip


def test_in_arrears_it_is_due_on_the_last_day() -> None:
    rhythm = Rhythm(date(2026, 1, 1), date(2026, 12, 31), Frequency.HALF_YEARLY, in_advance=False)
    assert _plan(rhythm, Price(100_001)) == [("2026-01-01", "2026-06-30", 50_001), ("2026-07-01", "2026-12-31", 50_000)]


def test_rent_rises_by_the_contract_year() -> None:
    rhythm = Rhythm(date(2025, 7, 1), date(2028, 6, 30), Frequency.YEARLY)
    assert [fen for _, _, fen in _plan(rhythm, Price(1_200_000, 500))] == [1_200_000, 1_260_000, 1_323_000]


def test_a_rise_within_a_calendar_year_splits_that_year_by_its_months() -> None:
    rhythm = Rhythm(date(2025, 7, 1), date(2027, 6, 30), Frequency.YEARLY, by_calendar=True)
    # July to December 2025; six months at the old price and six at the new; January to June 2027.
    assert [fen for _, _, fen in _plan(rhythm, Price(1_200_000, 1000))] == [600_000, 1_260_000, 660_000]


def test_a_month_begun_by_the_calendar_counts_by_its_days() -> None:
    rhythm = Rhythm(date(2026, 3, 15), date(2027, 3, 14), Frequency.MONTHLY, by_calendar=True)
    plan = _plan(rhythm, Price(1_200_000))
    assert [plan[0][2], plan[1][2], plan[-1][2]] == [54_839, 100_000, 45_161]


def test_a_last_year_broken_off_costs_its_months() -> None:
    rhythm = Rhythm(date(2026, 1, 1), date(2027, 3, 31), Frequency.YEARLY)
    assert [fen for _, _, fen in _plan(rhythm, Price(1_200_000))] == [1_200_000, 300_000]


def test_what_is_prepaid_is_due_at_the_start_whatever_comes_after() -> None:
    rhythm = Rhythm(date(2026, 1, 1), date(2029, 12, 31), Frequency.YEARLY, prepaid_months=24)
    assert [day for _, day, _ in _plan(rhythm, Price(100))] == ["2026-01-01", "2026-01-01", "2028-01-01", "2029-01-01"]


def test_paid_once_is_the_whole_term() -> None:
    rhythm = Rhythm(date(2026, 1, 1), date(2028, 12, 31), Frequency.ONCE)
    assert _plan(rhythm, Price(1_000_000, 1000)) == [("2026-01-01", "2026-01-01", 3_310_000)]


def test_a_month_begun_counts_whole_in_the_length_of_a_term() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 27)) == 1
    assert months_between(date(2026, 1, 1), date(2045, 12, 31)) == 240
    assert months_between(date(2026, 1, 1), date(2046, 1, 1)) == 241
