"""What a report covers, in the words that stand above its table: unit, period, range."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Invalid, Missing
from registry.kinds import Sector
from registry.permissions import Actor, Permission, may, reaches
from registry.places.queries import name_of_on, path_of
from registry.places.rules import short_name
from registry.regions import Level, code_range, is_code, level_of
from registry.reports.holdings import count_villages
from registry.text import N_


class NotYet(Invalid):
    """A report speaks of a day that has come."""

    message = N_("截止日期不能晚于今天。")


@dataclass(frozen=True, slots=True)
class Covered:
    """The unit a report is about, and the words for its period and range."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str


def check_region(region_code: str, actor: Actor) -> None:
    """Raise Missing unless the unit exists in form and the actor may print its papers."""
    if not is_code(region_code) or not may(actor, Permission.PRINT, region_code):
        raise Missing


def check_day(on: date, today: date) -> None:
    """Raise NotYet for a day to come."""
    if on > today:
        raise NotYet(field="on")


def covered(region_code: str, actor: Actor, on: date, what: str = N_("在册")) -> Covered:
    """Say what a report of a unit covers for this reader; names are those of the day. Raises Missing.

    ``what`` says of which things the range speaks.
    """
    check_region(region_code, actor)
    names = names_on(region_code, on)
    return Covered(
        unit_name="　".join(names[1:] or names),
        region_code=region_code,
        region_name=names[-1],
        period_text=N_("%(year)s 年度，截至 %(day)s") % {"year": on.year, "day": on.isoformat()},
        range_text=_range_text(region_code, actor, on, what),
    )


def names_on(region_code: str, on: date) -> list[str]:
    """Return the short names of a unit and those above it on a day, from the municipality down. Raises Missing."""
    path = path_of(region_code)
    if not path or path[-1].region_code != region_code:
        raise Missing
    return [short_name(name_of_on(unit.region_code, on)) for unit in path]


def _range_text(region_code: str, actor: Actor, on: date, what: str) -> str:
    words = [what]
    if level_of(region_code) is not Level.VILLAGE:
        words.append(N_("全部 %(count)s 个村") % {"count": f"{count_villages(region_code, on):,}"})
    sectors = sectors_in(region_code, actor)
    if sectors:
        words.append(N_("仅%(sectors)s行业") % {"sectors": "、".join(sector.label for sector in sectors)})
    return "，".join(words)


def sectors_in(region_code: str, actor: Actor) -> list[Sector] | None:
    """Return the sectors a reader is limited to in a unit; None means everything."""
    low, high = code_range(region_code)
    held = [
        reach.sector
        for reach in reaches(actor, Permission.PRINT)
        if reach.codes.low <= low and high <= reach.codes.high
    ]
    return None if None in held else sorted(sector for sector in held if sector is not None)
