"""How far a period of a unit has come: closed, still running, or waiting for units below."""

from dataclasses import dataclass
from datetime import date

from registry import config
from registry.errors import Missing
from registry.ledger.books.rules import month_of
from registry.places.queries import list_children, names_of
from registry.regions import Level, level_of
from registry.supervision.periods.queries import Kept, area_of, close_days, kept_of, list_areas_in_use
from registry.supervision.periods.rules import Period, PeriodKind, closes_on, last_due, month_text, period_of
from registry.text import N_, Labelled

#: How many periods a list shows.
MOST = 24


class PeriodState(Labelled):
    """How far a period has come."""

    CLOSED = "CLOSED", N_("已封存")
    RUNNING = "RUNNING", N_("未封存")
    WAITING = "WAITING", N_("等待下级封存")


@dataclass(frozen=True)
class Standing:
    """How far a period has come; ``since`` is its first month that counts.

    ``closes_on`` is the day on which its last month is closed; ``missing`` are the units that have not closed it.
    """

    state: PeriodState
    since: int
    closes_on: date
    missing: tuple[str, ...] = ()

    @property
    def since_text(self) -> str:
        return month_text(self.since)


def standing_of_period(region_code: str, period: Period, on: date) -> Standing:
    """Return how far a period of a unit has come; raises Missing for one that was never kept or has not begun."""
    return _Closings(region_code, on).standing(period)


def list_standings(region_code: str, kind: PeriodKind, on: date) -> list[tuple[Period, Standing]]:
    """Return the periods of a kind that can be read of a unit with their standing, the newest first."""
    known = _Closings(region_code, on)
    newest, oldest = period_of(month_of(on), kind), period_of(known.first, kind)
    firsts = range(newest.first, oldest.first - 1, newest.first - 1 - newest.last)
    return [(period, known.standing(period)) for period in (Period(first, kind) for first in firsts[:MOST])]


class _Closings:
    """How far the areas that a unit's figures are made of have come on a day, read once."""

    def __init__(self, region_code: str, on: date) -> None:
        self.on, self.is_city = on, level_of(region_code) is Level.MUNICIPALITY
        self.areas = _city_areas() if self.is_city else kept_of([area_of(region_code, on).code])
        self.days = {code: close_days(code, on) for code in self.areas}

    @property
    def first(self) -> int:
        """The first month that can be read: the first that was kept anywhere, else the running one."""
        kept = [area.first for area in self.areas.values() if area.first is not None]
        return min([*kept, month_of(self.on)])

    def standing(self, period: Period) -> Standing:
        """Return how far a period has come; raises Missing."""
        if period.last < self.first or period.first > month_of(self.on):
            raise Missing
        days = max(self.days.values(), default=0)
        closes, since = closes_on(period.last, days), max(period.first, self.first)
        if self.is_city:
            missing = [code for code, kept in self.areas.items() if self._lacks(code, kept, period)]
            state = PeriodState.WAITING if missing or period.last >= month_of(self.on) else PeriodState.CLOSED
            names = names_of(missing)
            return Standing(state, since, closes, tuple(names.get(code, code) for code in missing))
        closed = all(kept.last is not None and kept.last >= period.last for kept in self.areas.values())
        return Standing(PeriodState.CLOSED if closed else PeriodState.RUNNING, since, closes)

    def _lacks(self, code: str, kept: Kept, period: Period) -> bool:
        """Say whether an area should have closed a period and has not; one that began later has no part in it."""
        if kept.last is None or kept.first is None:
            return period.last >= last_due(self.on, self.days[code])
        return kept.first <= period.last and kept.last < period.last


def _city_areas() -> dict[str, Kept]:
    """Return how far the areas of the municipality that are in use have come; others have nothing to close."""
    city = config.current().municipality
    codes = [city, *(one.region_code for one in list_children(city, ended=True))]
    used = set(list_areas_in_use())
    found = kept_of(codes)
    return {code: kept for code, kept in found.items() if code in used or kept.last is not None}
