"""Days and terms: calendar days, working days by the published table of holidays, whole months. Pure.

The table is one line a year, as the State Council's office publishes it: ``2026: 0101-0103 0501-0505; 班 0104 0509``
(days off, then the weekend days that are worked).
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from registry.errors import Invalid
from registry.kinds import NoticeDays
from registry.text import N_

_LINE = re.compile(r"(?P<year>\d{4}): (?P<off>[\d\- ]*)(?:; 班 (?P<worked>[\d ]*))?", re.ASCII)
_SATURDAY = 5
_ONE = timedelta(days=1)


class NotACalendar(Invalid):
    """A line of the table of holidays cannot be read."""

    message = N_("节假日表第 %(line)s 行看不懂，请照“2026: 0101-0103 0501-0505; 班 0104 0509”的样子填写。")


@dataclass(frozen=True)
class Calendar:
    """Which weekdays are off and which weekend days are worked."""

    off: frozenset[date] = field(default=frozenset())
    worked: frozenset[date] = field(default=frozenset())

    def is_working(self, day: date) -> bool:
        """Say whether offices are open on a day."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)


@lru_cache(maxsize=64)
def parse_calendar(text: str) -> Calendar:
    """Read the table of holidays; raises NotACalendar naming the line."""
    off: set[date] = set()
    worked: set[date] = set()
    for number, line in enumerate(filter(None, (one.strip() for one in text.splitlines())), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotACalendar(line=number)
        try:
            year = int(match["year"])
            for part in match["off"].split():
                off.update(_span(year, part))
            worked.update(_day(year, part) for part in (match["worked"] or "").split())
        except ValueError as error:
            raise NotACalendar(line=number) from error
    return Calendar(frozenset(off), frozenset(worked))


def _span(year: int, part: str) -> list[date]:
    first, _, last = part.partition("-")
    start, end = _day(year, first), _day(year, last or first)
    if end < start:
        raise ValueError(part)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _day(year: int, part: str) -> date:
    if len(part) != len("MMDD"):
        raise ValueError(part)
    return date(year, int(part[:2]), int(part[2:]))


def end_of_term(start: date, days: int, kind: NoticeDays, known: Calendar) -> date:
    """Return the first day on which ``days`` whole days have passed; the day of the beginning is not counted."""
    if kind is NoticeDays.CALENDAR:
        return start + timedelta(days=days)
    day, left = start, days
    while left > 0:
        day += _ONE
        left -= known.is_working(day)
    return day


def add_months(start: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
