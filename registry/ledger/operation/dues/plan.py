"""From the terms of a contract to what is due when: no gap, no overlap, exact to the fen. Pure.

A contract year runs from anniversary to anniversary and costs what the terms say for that year. It is laid over the
periods by whole months; a month begun or broken off counts by its days. A last year broken off costs its months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from registry.ledger.operation.kinds import PERIOD_MONTHS, Frequency
from registry.money import allocate
from registry.policy.calendar import add_months

MONTHS = 12
WHOLE_BP = 10_000
_ONE = timedelta(days=1)
#: Months have 28 to 31 days: this many parts of a month divide by every one of them.
_PARTS = 28 * 29 * 15 * 31


@dataclass(frozen=True)
class Rhythm:
    """When is paid: how often, in advance or after the period, from the start or by the calendar, after how many days.

    ``by_calendar``: periods are calendar months, quarters, half-years and years, so that the first may be odd too.
    ``prepaid_months``: what begins within so many months is paid with the first period.
    """

    starts_on: date
    ends_on: date
    frequency: Frequency
    in_advance: bool = True
    by_calendar: bool = False
    days_to_pay: int = 0
    prepaid_months: int = 0


@dataclass(frozen=True)
class Price:
    """What a contract year costs, and by how much it rises every so many years."""

    yearly_fen: int
    rise_bp: int = 0
    rise_years: int = 1

    def of_year(self, number: int) -> int:
        """Return what a contract year costs, the first being 0; half a fen is rounded up."""
        rises = number // max(self.rise_years, 1)
        whole: int = WHOLE_BP**rises
        risen: int = (WHOLE_BP + self.rise_bp) ** rises
        return (self.yearly_fen * risen * 2 + whole) // (whole * 2)


@dataclass(frozen=True)
class Period:
    """A period from its first to its last day, and when it is to be paid."""

    first: date
    last: date
    due_on: date


@dataclass(frozen=True)
class PlannedDue:
    """What is due for a period; None until a result has been stated."""

    period: Period
    amount_fen: int | None


def periods_of(rhythm: Rhythm) -> list[Period]:
    """Cut a term into its periods, each with the day on which it is due."""
    marks = _marks(rhythm)
    return [_period(rhythm, first, after - _ONE) for first, after in pairwise(marks)]


def _period(rhythm: Rhythm, first: date, last: date) -> Period:
    begun = first if rhythm.in_advance else last
    if first < add_months(rhythm.starts_on, rhythm.prepaid_months):
        begun = rhythm.starts_on
    return Period(first, last, begun + timedelta(days=rhythm.days_to_pay))


def _marks(rhythm: Rhythm) -> list[date]:
    """Return the first day of every period, and the day after the last."""
    end = rhythm.ends_on + _ONE
    if rhythm.frequency is Frequency.ONCE:
        return [rhythm.starts_on, end]
    months = PERIOD_MONTHS[rhythm.frequency]
    anchor = _begin_of_period(rhythm.starts_on, months) if rhythm.by_calendar else rhythm.starts_on
    inner = [day for day in _grid(anchor, months, end) if day > rhythm.starts_on]
    return [rhythm.starts_on, *inner, end]


def _begin_of_period(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _grid(anchor: date, months: int, end: date) -> Iterator[date]:
    """Yield the days so many months apart, counted from the anchor, before an end."""
    number = 0
    while (day := add_months(anchor, number * months)) < end:
        yield day
        number += 1


def plan_dues(rhythm: Rhythm, price: Price) -> list[PlannedDue]:
    """Return what is due for each period; the amounts sum to total_fen()."""
    periods = periods_of(rhythm)
    owed = [0] * len(periods)
    anchor = rhythm.starts_on.replace(day=1) if rhythm.by_calendar else rhythm.starts_on
    for number, (first, after) in enumerate(_years(rhythm)):
        cuts = [_overlap(period, first, after) for period in periods]
        weights = [_month_parts(anchor, *cut) if cut else 0 for cut in cuts]
        for place, share in enumerate(allocate(_of_year(rhythm, price, number, first, after), weights)):
            owed[place] += share
    return [PlannedDue(period, amount) for period, amount in zip(periods, owed, strict=True)]


def plan_unstated(rhythm: Rhythm) -> list[PlannedDue]:
    """Return the periods for which a result has to be stated."""
    return [PlannedDue(period, None) for period in periods_of(rhythm)]


def total_fen(rhythm: Rhythm, price: Price) -> int:
    """Return what the whole term costs: every contract year, the last one by its months if it is broken off."""
    return sum(_of_year(rhythm, price, number, first, after) for number, (first, after) in enumerate(_years(rhythm)))


def _years(rhythm: Rhythm) -> list[tuple[date, date]]:
    """Return the contract years: first day, and the day after the last."""
    end = rhythm.ends_on + _ONE
    starts = list(_grid(rhythm.starts_on, MONTHS, end))
    return list(zip(starts, [*starts[1:], end], strict=True))


def _of_year(rhythm: Rhythm, price: Price, number: int, first: date, after: date) -> int:
    yearly = price.of_year(number)
    if add_months(rhythm.starts_on, (number + 1) * MONTHS) == after:
        return yearly
    parts = _month_parts(rhythm.starts_on, first, after)
    return (yearly * parts * 2 + MONTHS * _PARTS) // (MONTHS * _PARTS * 2)


def _overlap(period: Period, first: date, after: date) -> tuple[date, date] | None:
    begin, end = max(period.first, first), min(period.last + _ONE, after)
    return (begin, end) if begin < end else None


def _month_parts(anchor: date, first: date, after: date) -> int:
    """Measure days in parts of a month, by the months that begin at the anchor's day."""
    parts, number = 0, (first.year - anchor.year) * MONTHS + first.month - anchor.month - 1
    while (begin := add_months(anchor, number)) < after:
        end = add_months(anchor, number + 1)
        days = (min(end, after) - max(begin, first)).days
        if days > 0:
            parts += days * (_PARTS // (end - begin).days)
        number += 1
    return parts


def earned_by(amount_fen: int, first: date, last: date, until: date) -> int:
    """Return what of an amount for a period is earned by the end of a day, evenly month by month; fen rounded down."""
    if until >= last:
        return amount_fen
    if until < first:
        return 0
    return amount_fen * _month_parts(first, first, until + _ONE) // _month_parts(first, first, last + _ONE)


def months_between(first: date, last: date) -> int:
    """Return how many months a term takes, a month begun counting whole."""
    number = 0
    while add_months(first, number) <= last:
        number += 1
    return number
