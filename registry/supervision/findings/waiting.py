"""What waits for whom of the findings: to be mended, to be checked, overdue below."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from registry.counting import count_up_to
from registry.database import db
from registry.permissions import GRANTS, Actor, Grant, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import CODE_LENGTH, Level, code_range, level_of
from registry.scope import within
from registry.supervision.findings.models import Finding, FindingStep
from registry.supervision.findings.queries import WAITING_STATES
from registry.supervision.findings.rules import OUTSIDE, FindingStatus, Step, late_before

_P = Permission


def _to_mend(actor: Actor) -> Select[Finding]:
    """Findings that the actor's own unit has to mend."""
    own = Finding.mender_code == actor.unit_code
    return select(Finding).where(Finding.status.in_(WAITING_STATES), own, within(Finding, actor, _P.FINDING_MEND))


def list_to_mend(actor: Actor, limit: int) -> Sequence[Finding]:
    """Return what the actor's unit has to mend, in the order in which it was entered."""
    return list(db.session.scalars(_to_mend(actor).order_by(Finding.entered_at, Finding.id).limit(limit)))


def count_to_mend(actor: Actor, most: int) -> int:
    """Return how much the actor's unit has to mend."""
    return count_up_to(_to_mend(actor).with_only_columns(Finding.id), most)


def _seats(actor: Actor) -> list[Grant]:
    return [grant for grant in actor.grants if _P.FINDING_CHECK in GRANTS[grant.role]]


def _watched(grant: Grant) -> ColumnElement[bool]:
    """Say which findings are checked off from a seat: those mended below it; from outside, those of one's source."""
    here = Finding.mender_code.between(*code_range(grant.region_code))
    if grant.role in OUTSIDE:
        return and_(here, Finding.source == OUTSIDE[grant.role].value)
    return and_(here, Finding.mender_code != grant.region_code)


def _to_check(actor: Actor, on: date, policy: Policy) -> Select[Finding]:
    """Reported findings on the actor's desk: of the level right below, of a lower one once they have lain there long.

    Whoever may check from outside has those of their own source at once; nobody has what they reported themselves.
    """
    parts: list[ColumnElement[bool]] = []
    for grant, level, before in _steps_below(actor, on, policy):
        right_below = level_of(grant.region_code).depth + 1 == level.depth
        here = and_(_watched(grant), _at_level(level))
        parts.append(here if right_below else and_(here, Finding.reported_on < before))
    parts += [_watched(grant) for grant in _seats(actor) if grant.role in OUTSIDE]
    reported = select(FindingStep.finding_id).where(
        FindingStep.by_id == actor.id, FindingStep.kind == Step.REPORTED.value
    )
    return select(Finding).where(
        Finding.status == FindingStatus.REPORTED.value, or_(false(), *parts), Finding.id.not_in(reported)
    )


def _steps_below(actor: Actor, on: date, policy: Policy) -> Iterator[tuple[Grant, Level, date]]:
    """Yield for every seat inside the units each level below it, and before which day a thing there must be due."""
    days = policy.number(Parameter.FINDING_ESCALATE_DAYS)
    for grant in _seats(actor):
        for level in list(Level)[1:]:
            before = late_before(level, level_of(grant.region_code), on, days)
            if before is not None and grant.role not in OUTSIDE:
                yield grant, level, before


def list_to_check(actor: Actor, on: date, policy: Policy, limit: int) -> Sequence[Finding]:
    """Return reported findings that wait for the actor, in the order in which they were reported."""
    rows = _to_check(actor, on, policy).order_by(Finding.reported_on, Finding.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_to_check(actor: Actor, on: date, policy: Policy, most: int) -> int:
    """Return how many reported findings wait for the actor."""
    return count_up_to(_to_check(actor, on, policy).with_only_columns(Finding.id), most)


def _at_level(level: Level) -> ColumnElement[bool]:
    """Say whether a unit that mends is one of a level, told by the noughts at the end of its code."""
    own = func.substr(Finding.mender_code, level.width + 1) == "0" * (CODE_LENGTH - level.width)
    above = list(Level)[level.depth - 1]
    return and_(own, func.substr(Finding.mender_code, above.width + 1) != "0" * (CODE_LENGTH - above.width))


def _late(actor: Actor, on: date, policy: Policy) -> Select[Finding]:
    """Findings that lie on the actor's desk because a unit below is late: one level up, then the next."""
    parts = [
        and_(_watched(grant), _at_level(level), Finding.due_on < before)
        for grant, level, before in _steps_below(actor, on, policy)
    ]
    return select(Finding).where(Finding.status.in_(WAITING_STATES), or_(false(), *parts))


def list_late(actor: Actor, on: date, policy: Policy, limit: int) -> Sequence[Finding]:
    """Return what units below are late with, the longest first."""
    return list(db.session.scalars(_late(actor, on, policy).order_by(Finding.due_on, Finding.id).limit(limit)))


def count_late(actor: Actor, on: date, policy: Policy, most: int) -> int:
    """Return with how much units below are late."""
    return count_up_to(_late(actor, on, policy).with_only_columns(Finding.id), most)
