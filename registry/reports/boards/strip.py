"""What a supervisor sees first thing in the morning: what is wrong in their unit, where, and whose move it is."""

from dataclasses import dataclass
from datetime import date

from registry.permissions import Actor, Permission, may
from registry.places.queries import names_of
from registry.regions import Level, level_of
from registry.reports.boards.alarms import alarms_of
from registry.reports.boards.links import Links
from registry.reports.boards.reach import view_of
from registry.reports.boards.rules import Alarm, Mover, mover_of

#: Where something is wrong is told of so many units, in the order of their codes.
PLACES = 4
_A = Alarm
#: What is told on the workbench, what lies on desks of the unit first; the rest stands on the board.
TOLD = (_A.ANSWERS, _A.DISPOSALS, _A.SERIOUS, _A.TITLE, _A.HAND_OVER, _A.ARREARS, _A.FINDINGS, _A.HAND_OFFS)


@dataclass(frozen=True)
class Place:
    """A unit in which something is wrong, how much, and where its rows are; what a unit has itself leads nowhere."""

    name: str
    number: int
    url: str


@dataclass(frozen=True)
class Told:
    """One thing that is wrong: how much, whose move it is, in which units, and in how many more."""

    alarm: Alarm
    mover: Mover
    number: int
    url: str
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True)
class Strip:
    """What is wrong in a unit, and the address of its board."""

    board_url: str
    rows: tuple[Told, ...]


def strip_of(actor: Actor, on: date) -> Strip | None:
    """Return what is wrong in an actor's unit; None for who supervises nobody."""
    unit = actor.unit_code
    if level_of(unit) is Level.VILLAGE or not may(actor, Permission.FINDING_ENTER, unit):
        return None
    view = view_of(unit, "", on.year, actor=actor, on=on)
    links, alarms, names = Links(view), alarms_of(view), names_of(view.parts)
    rows = []
    for alarm in TOLD:
        at = list(Alarm).index(alarm)
        found = [(code, alarms[code][at]) for code in view.codes if alarms[code][at]]
        if not found:
            continue
        places = tuple(
            Place(names.get(code, ""), number, links.alarm(code, alarm) if code in names else "")
            for code, number in found[:PLACES]
        )
        total = sum(number for _, number in found)
        rows.append(
            Told(alarm, mover_of(alarm), total, links.alarm(unit, alarm), places, max(len(found) - PLACES, 0))
        )  # fmt: skip
    return Strip(links.board(unit), tuple(rows))
