"""What can be wrong in a unit, in the order in which a board names it, and whose move it is. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from registry.text import N_, Labelled

PER_MILLE = 1000
_TEN = 10
#: Where the year stands in the number of a month.
_YEAR = 100


class Alarm(Labelled):
    """What can be wrong; each is counted in rows that one list shows."""

    SERIOUS = "SERIOUS", N_("严重预警")
    OTHER = "OTHER", N_("其他预警")
    TITLE = "TITLE", N_("确权逾期")
    HAND_OVER = "HAND_OVER", N_("移交逾期")
    IDLE = "IDLE", N_("闲置")
    ARREARS = "ARREARS", N_("逾期欠款")
    FINDINGS = "FINDINGS", N_("整改逾期")
    HAND_OFFS = "HAND_OFFS", N_("交办逾期")
    ANSWERS = "ANSWERS", N_("交办待核实")
    DISPOSALS = "DISPOSALS", N_("处置待审批")


class Mover(Labelled):
    """Whose move it is, seen from the unit whose board it is."""

    BELOW = "BELOW", N_("下级办")
    HERE = "HERE", N_("本级办")


#: What lies on a desk of the unit itself; with everything else the units concerned are to get on.
OURS = frozenset({Alarm.ANSWERS, Alarm.DISPOSALS})
#: Numbers by unit and name.
Tallies = Mapping[str, Counter[str]]


def mover_of(alarm: Alarm, *, has_parts: bool = True) -> Mover:
    """Say whose move something is; below a village is nobody."""
    return Mover.HERE if alarm in OURS or not has_parts else Mover.BELOW


def own_part(tallies: Tallies, whole: str, parts: Iterable[str], *, holds_parts: bool) -> Counter[str]:
    """Return what a unit has itself; its numbers hold those of its parts unless they were counted apart."""
    own = Counter(tallies.get(whole, Counter()))
    if holds_parts:
        for part in parts:
            own.subtract(tallies.get(part, Counter()))
    return own


def month_text(month: int) -> str:
    """Write a month of the kept sums (202611) as people do: 2026-11."""
    return f"{month // _YEAR}-{month % _YEAR:02d}"


def per_mille(part: int, whole: int) -> int | None:
    """Return a share in thousandths, rounded down so that what is not whole never looks so; None of nothing."""
    return part * PER_MILLE // whole if whole else None


def percent_text(part: int, whole: int) -> str:
    """Write a share as a percentage with one decimal; a dash of nothing."""
    found = per_mille(part, whole)
    return "—" if found is None else f"{found // _TEN}.{found % _TEN}%"
