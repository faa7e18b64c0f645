"""Everything that is counted of an area's units: how things stood at the end of a day, what had happened by then.

What happened is counted from the first day on, so that whatever is entered late or taken back falls into the next
month that is closed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from registry.places.queries import list_successions
from registry.places.rules import Successions, unit_on
from registry.supervision.periods import assets, leaving, money, watching
from registry.supervision.periods.counted import Area, Count
from registry.supervision.periods.rules import BySector
from registry.supervision.periods.tables import stands

Question = Callable[[Area, date], Iterator[Count]]
#: How things stood, and what happened; some questions answer both.
STANDING: tuple[Question, ...] = (
    assets.stood, assets.low_yielding, money.owed, money.undistributed, leaving.left,
)  # fmt: skip
HAPPENED: tuple[Question, ...] = (
    assets.confirmed, assets.handed_over, money.earned, money.due, money.settled, money.given_up, money.planned,
    money.funded, money.paid, leaving.carried_out, leaving.proceeds, leaving.received, leaving.used, watching.posted,
    watching.objected, watching.answered, watching.warned, watching.found,
)  # fmt: skip
#: Figures by unit.
ByUnit = dict[str, BySector]


@dataclass(frozen=True)
class Counted:
    """What was counted by unit: how things stood, and what had happened from the first day on."""

    standing: ByUnit = field(default_factory=dict)
    so_far: ByUnit = field(default_factory=dict)


def count_everything(area: Area, on: date) -> Counted:
    """Count an area at the end of a day."""
    counted, heirs = Counted(), list_successions()
    for question in (*STANDING, *HAPPENED):
        for one in question(area, on):
            if stands(one.key):
                _put(counted.standing, one.region_code, one)
            else:
                _put(counted.so_far, heir(one.region_code, heirs), one)
    return counted


def count_so_far(area: Area, on: date) -> ByUnit:
    """Count only what had happened by the end of a day."""
    found: ByUnit = {}
    heirs = list_successions()
    for question in HAPPENED:
        for one in question(area, on):
            if not stands(one.key):
                _put(found, heir(one.region_code, heirs), one)
    return found


def heir(region_code: str, successions: Successions) -> str:
    """Return the unit whose affair it is today what happened in a unit: rows that never change keep the old code."""
    return unit_on(region_code, date.max, successions)


def _put(found: ByUnit, region_code: str, one: Count) -> None:
    figures = found.setdefault(region_code, {}).setdefault(one.sector, {})
    figures[one.key] = figures.get(one.key, 0) + one.value
