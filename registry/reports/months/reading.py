"""The figures of a unit and period: sums of closed months, which never change, or counted at this moment.

Nothing else is ever shown of a closed month than what was kept; the municipality shows closed months only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from registry.ledger.books.rules import last_day
from registry.places.queries import list_children, names_of
from registry.regions import Level, code_range, covers, level_of
from registry.reports.months.standing import PeriodState, Standing, standing_of_period
from registry.supervision.periods.counting import count_everything, count_so_far
from registry.supervision.periods.queries import (
    KeptRow,
    area_of,
    area_within,
    digest_of_kept,
    kept_of,
    list_digests,
    list_kept,
)
from registry.supervision.periods.rules import Extent, Figures, Period, added, added_by_sector, chosen, less
from registry.supervision.periods.services import kept_so_far
from registry.supervision.periods.tables import happened_of, standing_of
from registry.text import N_

Place = tuple[str, Extent]


@dataclass(frozen=True)
class Part:
    """What one unit contributes; ``since`` is the first month that was kept of it."""

    region_code: str
    name: str
    figures: Figures
    since: int


@dataclass(frozen=True)
class Reading:
    """The figures of a unit and period, as a whole and by the units right below it."""

    region_code: str
    period: Period
    standing: Standing
    whole: Figures
    parts: tuple[Part, ...] = ()
    digest: str = ""


def read_figures(region_code: str, period: Period, sectors: Collection[str] | None, on: date) -> Reading:
    """Return the figures of a unit and period, of the sectors named or of everything. Raises Missing."""
    standing = standing_of_period(region_code, period, on)
    if standing.state is PeriodState.CLOSED:
        return _kept(region_code, period, standing, sectors)
    if standing.state is PeriodState.RUNNING:
        return _counted(region_code, period, standing, sectors, on)
    return Reading(region_code, period, standing, {})


def main_place(region_code: str) -> Place:
    """Return which row stands for a unit: a village has only its own."""
    return region_code, Extent.OWN if level_of(region_code) is Level.VILLAGE else Extent.WHOLE


def _places_below(region_code: str) -> list[Place]:
    """Return the rows that a unit's figures are made of: its own, and those of the units right below."""
    if level_of(region_code) is Level.VILLAGE:
        return []
    below = [one.region_code for one in list_children(region_code, ended=True)]
    return [(region_code, Extent.OWN), *map(main_place, below)]


def _named(places: Collection[Place], region_code: str) -> dict[Place, str]:
    names = names_of([code for code, _extent in places])
    return {
        place: N_("%(unit)s本级") % {"unit": names[place[0]]} if place[0] == region_code else names.get(place[0], "")
        for place in places
    }


# ---- Closed


def _kept(region_code: str, period: Period, standing: Standing, sectors: Collection[str] | None) -> Reading:
    below, city = _places_below(region_code), level_of(region_code) is Level.MUNICIPALITY
    main = () if city else (main_place(region_code),)
    found = list_kept([*below, *main], period.months, sectors)
    names = _named(below, region_code)
    parts = tuple(
        Part(place[0], names[place], _over(found[place], period), found[place][0].month)
        for place in below
        if found[place]
    )
    rows = [row for place in (below if city else main) for row in found[place]]
    whole = added(part.figures for part in parts) if city else _over(rows, period)
    return Reading(region_code, period, standing, whole, tuple(_telling(parts)), digest_of_kept(rows))


def digests_of(region_code: str, periods: Collection[Period]) -> dict[Period, str]:
    """Return the digest of closed periods of a unit, as their tables say it."""
    if not periods:
        return {}
    city = level_of(region_code) is Level.MUNICIPALITY
    places = _places_below(region_code) if city else [main_place(region_code)]
    rows = list_digests(places, range(min(one.first for one in periods), max(one.last for one in periods) + 1))
    return {period: digest_of_kept(row for row in rows if row.month in period.months) for period in periods}


def _over(rows: list[KeptRow], period: Period) -> Figures:
    """Add what happened month by month; how things stood is said by the last month alone."""
    last = [standing_of(row.figures) for row in rows if row.month == period.last]
    return added([*last, *(happened_of(row.figures) for row in rows)])


def _telling(parts: Collection[Part]) -> list[Part]:
    """Leave out units of which there is nothing to say."""
    return [part for part in parts if part.figures]


# ---- Counted at this moment


def _counted(
    region_code: str, period: Period, standing: Standing, sectors: Collection[str] | None, on: date
) -> Reading:
    by_unit = _running_units(region_code, period, sectors, on)
    places = _places_below(region_code)
    kept = list_kept([main_place(region_code), *places], period.months, sectors)
    names, parts = _named(places, region_code), []
    for place in places:
        running = _sum_of(place, by_unit)
        earlier = added(happened_of(row.figures) for row in kept[place])
        parts.append(Part(place[0], names[place], added([earlier, running]), standing.since))
    before = added(happened_of(row.figures) for row in kept[main_place(region_code)])
    whole = added([before, *by_unit.values()])
    return Reading(region_code, period, standing, whole, tuple(_telling(parts)))


def _sum_of(place: Place, by_unit: Mapping[str, Figures]) -> Figures:
    code, extent = place
    low, high = (code, code) if extent is Extent.OWN else code_range(code)
    return added(figures for unit, figures in by_unit.items() if low <= unit <= high)


def _running_units(region_code: str, period: Period, sectors: Collection[str] | None, on: date) -> dict[str, Figures]:
    """Count, unit by unit, what stands now and what has happened since the last closing or the period's beginning."""
    scope, area = area_within(region_code, on), area_of(region_code, on)
    counted = count_everything(scope, min(on, last_day(period.last)))
    closed = kept_of([area.code])[area.code].last
    begun = period.first - 1
    before = (
        kept_so_far(scope, closed) if closed is not None and closed >= begun else count_so_far(scope, last_day(begun))
    )
    units = {*counted.standing, *counted.so_far, *before}
    figures = {
        unit: chosen(
            added_by_sector([
                counted.standing.get(unit, {}), less(counted.so_far.get(unit, {}), before.get(unit, {}))
            ]), sectors
        )
        for unit in units
        if covers(region_code, unit)
    }  # fmt: skip
    return {unit: told for unit, told in figures.items() if told}
