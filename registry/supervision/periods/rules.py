"""Months and the longer periods over them: when one is closed, what figures are and how they add up. Pure.

A month is counted as the books count it: year times twelve plus month. Figures are whole numbers by key; some say how
things stand at the end of a month, the others what happened in it.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from registry.audit.canonical import JsonValue, encode
from registry.errors import Conflict, Invalid
from registry.ledger.books.rules import first_day, last_day, month_of
from registry.regions import Level
from registry.text import N_, Labelled

MONTHS = 12
#: Figures of one unit or of several, by key.
Figures = dict[str, int]
#: Figures by sector; what belongs to none stands under an empty word.
BySector = dict[str, Figures]


class Extent(Labelled):
    """What a row of figures speaks of."""

    OWN = "OWN", N_("本级")
    WHOLE = "WHOLE", N_("本级和以下")


class PeriodKind(Labelled):
    """How long a period is."""

    MONTH = "MONTH", N_("月报")
    QUARTER = "QUARTER", N_("季报")
    HALF_YEAR = "HALF_YEAR", N_("半年报")
    YEAR = "YEAR", N_("年报")


#: Months of a period.
LENGTHS: dict[PeriodKind, int] = {
    PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: MONTHS,
}  # fmt: skip
#: What a unit of a level draws up by the customs of reporting; any other period may be read as well.
USUAL: dict[Level, PeriodKind] = {
    Level.VILLAGE: PeriodKind.MONTH,
    Level.TOWNSHIP: PeriodKind.MONTH,
    Level.COUNTY: PeriodKind.QUARTER,
    Level.MUNICIPALITY: PeriodKind.HALF_YEAR,
}
_LETTERS = {PeriodKind.QUARTER: "Q", PeriodKind.HALF_YEAR: "H"}
_NAMED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12]))?", re.ASCII)
_HALVES = (N_("%(year)s 年上半年"), N_("%(year)s 年下半年"))


class NotAPeriod(Invalid):
    """The text names no period."""

    message = N_("“%(text)s”不是报表期间：月写 2026-10，季写 2026Q3，半年写 2026H1，年写 2026。")


class NotOver(Conflict):
    """A month is closed when its closing day has come."""

    message = N_("%(month)s 要到 %(day)s 才能封存。")


class AlreadyClosed(Conflict):
    """A closed month stays as it is."""

    message = N_("%(month)s 已经封存，封存的数字不再改变。")


class MonthMissing(Conflict):
    """Months are closed one after the other."""

    message = N_("请先封存 %(month)s。")


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half-year or year, by its first month."""

    first: int
    kind: PeriodKind

    @property
    def last(self) -> int:
        """Its last month."""
        return self.first + LENGTHS[self.kind] - 1

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def name(self) -> str:
        """How addresses and the API call it: 2026-10, 2026Q4, 2026H2, 2026."""
        year, month = divmod(self.first, MONTHS)
        if self.kind is PeriodKind.MONTH:
            return month_text(self.first)
        letter = _LETTERS.get(self.kind, "")
        return f"{year}{letter}{month // LENGTHS[self.kind] + 1}" if letter else str(year)

    @property
    def phrase(self) -> tuple[str, dict[str, int]]:
        """What papers call it: a message and its values."""
        year, month = divmod(self.first, MONTHS)
        part = month // LENGTHS[self.kind]
        said = {
            PeriodKind.MONTH: N_("%(year)s 年 %(part)s 月"),
            PeriodKind.QUARTER: N_("%(year)s 年第 %(part)s 季度"),
            PeriodKind.HALF_YEAR: _HALVES[min(part, 1)],
            PeriodKind.YEAR: N_("%(year)s 年度"),
        }[self.kind]
        return said, {"year": year, "part": part + 1}

    @property
    def words(self) -> str:
        """How papers call it."""
        said, values = self.phrase
        return said % values


def period_of(month: int, kind: PeriodKind) -> Period:
    """Return the period of a kind in which a month lies."""
    return Period(month - month % LENGTHS[kind], kind)


def read_period(text: str) -> Period:
    """Read the name of a period; raises NotAPeriod."""
    match = _NAMED.fullmatch(text)
    if match is None:
        raise NotAPeriod(text=text[:20])
    january = int(match["year"]) * MONTHS
    if match["month"]:
        if not 1 <= int(match["month"]) <= MONTHS:
            raise NotAPeriod(text=text)
        return Period(january + int(match["month"]) - 1, PeriodKind.MONTH)
    for group, kind in (("quarter", PeriodKind.QUARTER), ("half", PeriodKind.HALF_YEAR)):
        if match[group]:
            return Period(january + (int(match[group]) - 1) * LENGTHS[kind], kind)
    return Period(january, PeriodKind.YEAR)


def month_text(month: int) -> str:
    """Write a month: 2026-10."""
    return first_day(month).isoformat()[:7]


# ---- When a month is closed


def closes_on(month: int, days: int) -> date:
    """Return the day on which a month is closed: so many days of the next month are left for entering."""
    return last_day(month) + timedelta(days=days + 1)


def last_due(on: date, days: int) -> int:
    """Return the last month whose closing day has come."""
    return month_of(on - timedelta(days=days)) - 1


def months_to_close(closed: int | None, on: date, days: int) -> range:
    """Return the months that wait to be closed; whoever begins begins with the last one that is due."""
    due = last_due(on, days)
    return range(due if closed is None else closed + 1, due + 1)


def check_order(month: int, closed: int | None, on: date, days: int) -> None:
    """Raise NotOver, AlreadyClosed or MonthMissing unless a month may be closed now."""
    day = closes_on(month, days)
    if on < day:
        raise NotOver(month=month_text(month), day=day.isoformat())
    if closed is not None and month <= closed:
        raise AlreadyClosed(month=month_text(month))
    if closed is not None and month > closed + 1:
        raise MonthMissing(month=month_text(closed + 1))


# ---- Figures


def added(parts: Iterable[Mapping[str, int]]) -> Figures:
    """Add figures key by key; what comes to nothing is left out."""
    found: Figures = {}
    for part in parts:
        for key, value in part.items():
            found[key] = found.get(key, 0) + value
    return {key: value for key, value in found.items() if value}


def added_by_sector(parts: Iterable[Mapping[str, Mapping[str, int]]]) -> BySector:
    """Add figures sector by sector."""
    held: dict[str, list[Mapping[str, int]]] = {}
    for part in parts:
        for sector, figures in part.items():
            held.setdefault(sector, []).append(figures)
    sums = {sector: added(figures) for sector, figures in held.items()}
    return {sector: figures for sector, figures in sums.items() if figures}


def less(later: Mapping[str, Mapping[str, int]], before: Mapping[str, Mapping[str, int]]) -> BySector:
    """Return what came to before's figures to make the later ones, sector by sector."""
    taken = {sector: {key: -value for key, value in figures.items()} for sector, figures in before.items()}
    return added_by_sector([later, taken])


def chosen(by_sector: Mapping[str, Mapping[str, int]], sectors: Collection[str] | None) -> Figures:
    """Sum figures over sectors; None means all of them."""
    return added(part for sector, part in by_sector.items() if sectors is None or sector in sectors)


def text_of(figures: Figures | BySector) -> str:
    """Write figures as canonical JSON."""
    return encode(cast("JsonValue", figures))


def digest_of(*parts: str) -> str:
    """Digest texts one after the other."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
