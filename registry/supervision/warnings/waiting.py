"""What waits of warnings: handed to my unit, answered for my desk to judge, overdue below."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from registry.counting import count_up_to
from registry.database import db
from registry.permissions import Actor, Permission
from registry.scope import within
from registry.supervision.warnings.models import WarningHandOff, WarningWord
from registry.supervision.warnings.rules import HandOffState, Word, seats_of

_P = Permission
Conditions = tuple[ColumnElement[bool], ...]


def _handed_to(actor: Actor) -> Conditions:
    return (
        WarningHandOff.region_code.in_(seats_of(actor, _P.WARNING_ANSWER)),
        WarningHandOff.state == HandOffState.OPEN.value,
        within(WarningHandOff, actor, _P.WARNING_ANSWER),
    )


def list_handed_to(actor: Actor, limit: int) -> Sequence[WarningHandOff]:
    """Return what the actor's own unit was handed and has not answered, the earliest handed first."""
    return _first(_handed_to(actor), limit)


def count_handed_to(actor: Actor, most: int) -> int:
    """Return how much of that there is, counting up to a number."""
    return count_up_to(select(WarningHandOff.id).where(*_handed_to(actor)), most)


def _to_judge(actor: Actor) -> Conditions:
    """What others answered: nobody judges their own answer."""
    mine = (
        WarningWord.hand_off_id == WarningHandOff.id, WarningWord.word == Word.ANSWER.value,
        WarningWord.by_id == actor.id,
    )  # fmt: skip
    return (
        WarningHandOff.from_code.in_(seats_of(actor, _P.WARNING_HAND_OFF)),
        WarningHandOff.state == HandOffState.ANSWERED.value,
        ~select(WarningWord.id).where(*mine).exists(),
        within(WarningHandOff, actor, _P.WARNING_HAND_OFF),
    )


def list_to_judge(actor: Actor, limit: int) -> Sequence[WarningHandOff]:
    """Return the answers to what the actor's desk handed on, the earliest answer first."""
    rows = select(WarningHandOff).where(*_to_judge(actor))
    return list(db.session.scalars(rows.order_by(WarningHandOff.answered_at, WarningHandOff.id).limit(limit)))


def count_to_judge(actor: Actor, most: int) -> int:
    """Return how many answers wait, counting up to a number."""
    return count_up_to(select(WarningHandOff.id).where(*_to_judge(actor)), most)


def _late_below(actor: Actor, on: date) -> Conditions:
    """What units below did not answer in time: the desk that handed it on sees it, and the one above that desk."""
    seats = seats_of(actor, _P.WARNING_HAND_OFF)
    return (
        WarningHandOff.state == HandOffState.OPEN.value,
        WarningHandOff.due_on < on,
        or_(WarningHandOff.from_code.in_(seats), WarningHandOff.above_code.in_(seats)),
        within(WarningHandOff, actor, _P.WARNING_HAND_OFF),
    )


def list_late_below(actor: Actor, on: date, limit: int) -> Sequence[WarningHandOff]:
    """Return what units below should have answered by now, the longest overdue first."""
    rows = select(WarningHandOff).where(*_late_below(actor, on))
    return list(db.session.scalars(rows.order_by(WarningHandOff.due_on, WarningHandOff.id).limit(limit)))


def count_late_below(actor: Actor, on: date, most: int) -> int:
    """Return how much of that there is, counting up to a number."""
    return count_up_to(select(WarningHandOff.id).where(*_late_below(actor, on)), most)


def _first(conditions: Conditions, limit: int) -> Sequence[WarningHandOff]:
    rows = select(WarningHandOff).where(*conditions)
    return list(db.session.scalars(rows.order_by(WarningHandOff.handed_at, WarningHandOff.id).limit(limit)))
