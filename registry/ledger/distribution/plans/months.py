"""Months of a plan, written ``2025-03``: texts that sort, and are the same in every frozen input. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from registry.errors import Invalid
from registry.text import N_

_MONTHS = 12
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII)


class NotAMonth(Invalid):
    """The text is no month."""

    message = N_("“%(text)s”不是月份，请填如 2025-03。")


class MonthsBackwards(Invalid):
    """A period ends before it begins."""

    message = N_("收益期间的起止月份颠倒了。")


def month_of(day: date) -> str:
    """Return the month a day lies in."""
    return f"{day.year:04d}-{day.month:02d}"


def month_number(month: str) -> int:
    """Return how many months have gone since year 0; raises NotAMonth."""
    match = _MONTH.fullmatch(month)
    if match is None:
        raise NotAMonth(text=month)
    return int(match["year"]) * _MONTHS + int(match["month"]) - 1


def months_of(first: str, last: str) -> tuple[str, ...]:
    """Return the months from one to another, both included; raises NotAMonth, MonthsBackwards."""
    start, end = month_number(first), month_number(last)
    if end < start:
        raise MonthsBackwards(field="period_to")
    return tuple(f"{n // _MONTHS:04d}-{n % _MONTHS + 1:02d}" for n in range(start, end + 1))


def entitled_months(months: Iterable[str], spells: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return which of the months lie in a spell of entitlement; a spell whose last month is empty goes on."""
    kept = tuple(spells)
    return tuple(
        month for month in months if any(first <= month and (not last or month <= last) for first, last in kept)
    )
