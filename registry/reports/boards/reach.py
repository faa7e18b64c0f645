"""Whose board it is, and for whom: the unit and its parts, the sectors that are summed, the year and its months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from registry.errors import Missing
from registry.kinds import Sector
from registry.ledger.operation.periods import Period
from registry.permissions import Actor, Permission, reaches
from registry.places.queries import list_children
from registry.regions import Level, level_of

#: So many years are offered, this one among them; and so many months stand beside those of the year before.
YEARS, TREND = 5, 13
_MONTHS, _HUNDRED = 12, 100


@dataclass(frozen=True)
class View:
    """A unit seen by a reader in a year; every question of a board is limited to one. ``view_of`` makes it."""

    region_code: str
    #: The units right below that stand, in the order of their codes.
    parts: tuple[str, ...]
    #: Whose things are summed; empty for everybody's.
    sectors: tuple[Sector, ...]
    #: What the reader may choose from, and what is chosen.
    offered: tuple[Sector, ...]
    chosen: Sector | None
    year: int
    on: date

    @property
    def level(self) -> Level:
        return level_of(self.region_code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The unit, then its parts."""
        return (self.region_code, *self.parts)

    @property
    def whole(self) -> tuple[str, ...]:
        """The units whose kept sums make up the unit's: the municipality's are those of its counties and its own."""
        return self.codes if self.level is Level.MUNICIPALITY else (self.region_code,)

    @property
    def part_width(self) -> int:
        """How many digits of a code tell a part from its neighbours."""
        return list(Level)[min(self.level.depth + 1, Level.VILLAGE.depth)].width

    @property
    def each_sector(self) -> tuple[Sector | None, ...]:
        """The sectors to sum one after another; one question for everybody's."""
        return self.sectors or (None,)

    @property
    def months(self) -> tuple[int, int]:
        """The first month of the year (202601), and this one or the last of the year."""
        return month_number(self.year, 1), month_number(self.year, self._last_month)

    @property
    def months_before(self) -> tuple[int, int]:
        """The same months of the year before."""
        return month_number(self.year - 1, 1), month_number(self.year - 1, self._last_month)

    @property
    def fallen_due(self) -> tuple[int, int]:
        """The first and the last month of the year that are over (202601, 202610); in January there is none yet."""
        last = self._last_month if self.year < self.on.year else self._last_month - 1
        return month_number(self.year, 1), month_number(self.year, last)

    @property
    def last_over(self) -> int:
        """The last month that is over today: what fell due in it or before and is open is overdue."""
        end = self.on.replace(day=1) - timedelta(days=1)
        return month_number(end.year, end.month)

    @property
    def _last_month(self) -> int:
        return self.on.month if self.year == self.on.year else _MONTHS

    def trend(self) -> Iterator[tuple[int, int]]:
        """Yield months up to the last of the year so far, each with the same one of the year before."""
        last = self.year * _MONTHS + self._last_month - 1
        for at in range(last - TREND + 1, last + 1):
            year, month = divmod(at, _MONTHS)
            yield month_number(year, month + 1), month_number(year - 1, month + 1)


def month_number(year: int, month: int) -> int:
    """Write a month as the kept sums do: 202611."""
    return year * _HUNDRED + month


def period_of(first: int, last: int) -> Period:
    """Return the period from one month (202601) to another."""
    ends = [date(*divmod(month, _HUNDRED), 1) for month in (first, last)]
    return Period(*ends)


def view_of(region_code: str, sector: str, year: int, *, actor: Actor, on: date) -> View:
    """Return how a reader sees a unit. Raises Missing for a unit, a sector or a year out of reach."""
    held = [
        reach
        for reach in reaches(actor, Permission.LEDGER_READ)
        if not reach.own_only and reach.codes.low <= region_code <= reach.codes.high
    ]
    if not held or year not in range(on.year - YEARS + 1, on.year + 1):
        raise Missing
    mine = tuple(one for one in Sector if any(reach.sector in {None, one} for reach in held))
    limited = all(reach.sector is not None for reach in held)
    if sector and sector not in mine:
        raise Missing
    chosen = Sector(sector) if sector else None
    parts = tuple(unit.region_code for unit in list_children(region_code))
    return View(region_code, parts, (chosen,) if chosen else mine if limited else (), mine, chosen, year, on)
