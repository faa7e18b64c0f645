"""The months, quarters and years for which income is entered and listed, and where a list by days goes on. Pure."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.errors import Invalid, Missing
from registry.text import N_

_YEAR, _QUARTER = 12, 3
_PERIOD = re.compile(r"(?P<year>20[0-9]{2})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class NotAPeriod(Invalid):
    """The text names neither a month nor a quarter nor a year."""

    message = N_("“%(text)s”不是月份、季度或年份，请填如 2026-11、2026-Q4 或 2026。")


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a year, from its first day to its last."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last.month - self.first.month + 1

    @property
    def key(self) -> str:
        """How an address names it."""
        if self.months == _YEAR:
            return f"{self.first.year}"
        part = f"Q{self.first.month // _QUARTER + 1}" if self.months == _QUARTER else f"{self.first.month:02d}"
        return f"{self.first.year}-{part}"

    @property
    def before(self) -> "Period":
        """The period before this one, of the same length."""
        return _span(self.first, -self.months, self.months)

    @property
    def after(self) -> "Period":
        """The period after this one, of the same length."""
        return _span(self.first, self.months, self.months)


def _span(first: date, shift: int, months: int) -> Period:
    """Return the period of so many months that begins so many months after another."""
    start = first.year * _YEAR + first.month - 1 + shift
    (from_year, from_month), (to_year, to_month) = divmod(start, _YEAR), divmod(start + months - 1, _YEAR)
    last = calendar.monthrange(to_year, to_month + 1)[1]
    return Period(date(from_year, from_month + 1, 1), date(to_year, to_month + 1, last))


def quarter_of(day: date) -> Period:
    """Return the quarter a day lies in."""
    return _span(date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1), 0, _QUARTER)


def year_of(day: date) -> Period:
    """Return the year a day lies in."""
    return _span(date(day.year, 1, 1), 0, _YEAR)


def parse_period(text: str) -> Period:
    """Read 2026-11, 2026-Q4 or 2026. Raises NotAPeriod."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise NotAPeriod(field="period", text=text)
    january = date(int(match["year"]), 1, 1)
    if match["month"]:
        return _span(january, int(match["month"]) - 1, 1)
    return _span(january, (int(match["quarter"]) - 1) * _QUARTER, _QUARTER) if match["quarter"] else year_of(january)


_MONTH = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])")
_MONTHS = 100
_USUAL = (("from", "01"), ("until", "12"))


def month_of(day: date) -> int:
    """Write the year and month of a day as one number: 202611."""
    return day.year * _MONTHS + day.month


def parse_month(text: str) -> int:
    """Read 2026-11 as 202611. Raises NotAPeriod."""
    match = _MONTH.fullmatch(text)
    if match is None:
        raise NotAPeriod(field="month", text=text)
    return int(match["year"]) * _MONTHS + int(match["month"])


def write_month(month: int) -> str:
    """Write 202611 as an address names it: 2026-11."""
    return f"{month // _MONTHS}-{month % _MONTHS:02d}"


def months_asked(args: Mapping[str, str], on: date) -> tuple[int, int]:
    """Return the first and last month that an address names, those of this year where it names none; raises Missing."""
    try:
        first, last = (parse_month(args.get(name) or f"{on.year}-{usual}") for name, usual in _USUAL)
    except NotAPeriod as error:
        raise Missing from error
    return first, last


def months_between(from_month: int, until_month: int) -> Period:
    """Return the days from the beginning of one month to the end of another (202611)."""
    (first_year, first), (last_year, last) = divmod(from_month, _MONTHS), divmod(until_month, _MONTHS)
    return Period(date(first_year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1]))


#: A row of a list that stands in the order of days: its day and number.
Place = tuple[date, int]


class NotAPlace(Missing):
    """The address names no place of the list."""


def write_place(day: date, number: int) -> str:
    """Write where a list goes on: 2026-11-23.12."""
    return f"{day.isoformat()}.{number}"


def parse_place(text: str) -> Place | None:
    """Read where a list goes on; None from its beginning. Raises NotAPlace."""
    if not text:
        return None
    day, _dot, number = text.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise NotAPlace from error


#: A row of a list that stands in the order of units: its unit and number.
UnitPlace = tuple[str, int]
_UNIT_PLACE = re.compile(r"(?P<unit>[0-9]{12})\.(?P<number>[0-9]{1,15})")


def write_unit_place(region_code: str, number: int) -> str:
    """Write where a list by units goes on: 500240213203.12."""
    return f"{region_code}.{number}"


def parse_unit_place(text: str) -> UnitPlace | None:
    """Read where a list by units goes on; None from its beginning. Raises NotAPlace."""
    if not text:
        return None
    match = _UNIT_PLACE.fullmatch(text)
    if match is None:
        raise NotAPlace
    return match["unit"], int(match["number"])
