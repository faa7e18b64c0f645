"""What waits for a person in the matter of notices; each question is answered from an index of what is unfinished."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select

from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.objecting import ObjectionState, seats_of
from registry.approvals.notices.queries import list_posted_periods, still_open
from registry.approvals.notices.recurring import BY_KIND, Due, due_publications
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.counting import count_up_to
from registry.database import db
from registry.permissions import GRANTS, Actor, Permission
from registry.places.queries import get_region
from registry.policy.queries import policy_for
from registry.regions import Level, code_range, level_of

_WAITING = (ObjectionState.OPEN.value, ObjectionState.PASSED_ON.value)


def _at_seats(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an objection lies at a unit for which the actor answers."""
    parts = [
        and_(Objection.level == level_of(code).value, Objection.region_code.between(*code_range(code)))
        for code in seats_of(actor)
    ]
    return or_(*parts) if parts else false()


def _to_answer(actor: Actor) -> Select[Any]:
    """Return the objections it is the actor's turn to answer: neither their own proposal nor their own answer below."""
    answered = select(ObjectionAnswer.id).where(
        ObjectionAnswer.objection_id == Objection.id, ObjectionAnswer.answered_by_id == actor.id
    )
    return (
        select(Objection)
        .join(Notice, Notice.id == Objection.notice_id)
        .where(
            Objection.state.in_(_WAITING),
            _at_seats(actor),
            Notice.posted_by_id.is_distinct_from(actor.id),
            Notice.proposer_id.is_distinct_from(actor.id),
            ~answered.exists(),
        )
    )


def list_objections_to_answer(actor: Actor, on: date, limit: int = 50) -> list[Objection]:
    """Return the objections the actor must answer, the one due first first; ``due_on`` before ``on`` is late."""
    rows = _to_answer(actor).order_by(Objection.due_on, Objection.id).limit(limit)
    return list(db.session.scalars(rows))


def count_objections_to_answer(actor: Actor, on: date, most: int) -> int:
    """Return how many objections the actor must answer, counting up to a number."""
    return _count(_to_answer(actor), most)


def _late_below(actor: Actor, on: date) -> Select[Any]:
    """Return the objections that a unit below the actor's should have answered by now."""
    parts = [
        and_(Objection.region_code.between(*code_range(code)), Objection.level == _below(level_of(code)))
        for code in seats_of(actor)
    ]
    return select(Objection).where(
        Objection.state.in_(_WAITING), Objection.due_on < on, or_(*parts) if parts else false()
    )


def _below(level: Level) -> str:
    levels = list(Level)
    return levels[level.depth + 1].value if level is not levels[-1] else ""


def list_late_objections(actor: Actor, on: date, limit: int = 50) -> list[Objection]:
    """Return objections that the units right below have not answered in time, the latest first."""
    return list(db.session.scalars(_late_below(actor, on).order_by(Objection.due_on, Objection.id).limit(limit)))


def count_late_objections(actor: Actor, on: date, most: int) -> int:
    """Return how many of those there are, counting up to a number."""
    return _count(_late_below(actor, on), most)


def _own_boards(actor: Actor) -> tuple[str, ...]:
    """Return the very units on whose boards the actor posts."""
    return tuple(sorted({g.region_code for g in actor.grants if Permission.NOTICE_POST in GRANTS[g.role]}))


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a notice hangs on the actor's own board, or was posted by the actor elsewhere."""
    return or_(Notice.region_code.in_(_own_boards(actor)), Notice.posted_by_id == actor.id)


def _to_close(actor: Actor, on: date, without: str) -> Select[Any]:
    objected = select(Objection.id).where(Objection.notice_id == Notice.id, still_open(on))
    rows = select(Notice).where(
        Notice.state == NoticeState.POSTED.value, Notice.ends_on <= on, _mine(actor), ~objected.exists()
    )
    return rows.where(Notice.case_table != without) if without else rows


def list_notices_to_close(actor: Actor, on: date, limit: int = 50, *, without: str = "") -> list[Notice]:
    """Return notices of the actor whose days are over without an open objection, the longest waiting first.

    ``without`` leaves out the notices of cases of one table, whose own inbox tells of them.
    """
    if not _own_boards(actor):
        return []
    return list(db.session.scalars(_to_close(actor, on, without).order_by(Notice.ends_on, Notice.id).limit(limit)))


def count_notices_to_close(actor: Actor, on: date, most: int, *, without: str = "") -> int:
    """Return how many notices wait for the actor to close them, counting up to a number."""
    return _count(_to_close(actor, on, without), most) if _own_boards(actor) else 0


def _passed_on(actor: Actor) -> Select[Any]:
    return (
        select(Objection)
        .join(Notice, Notice.id == Objection.notice_id)
        .where(Objection.state == ObjectionState.PASSED_ON.value, _mine(actor))
    )


def list_objections_passed_on(actor: Actor, on: date, limit: int = 50) -> list[Objection]:
    """Return objections to the actor's own notices that the level above now has, the one due first first."""
    return list(db.session.scalars(_passed_on(actor).order_by(Objection.due_on, Objection.id).limit(limit)))


def count_objections_passed_on(actor: Actor, on: date, most: int) -> int:
    """Return how many of those there are, counting up to a number."""
    return _count(_passed_on(actor), most)


def _count(rows: Select[Any], most: int) -> int:
    return count_up_to(rows.with_only_columns(literal(1)), most)


def list_due_publications(actor: Actor, on: date, limit: int = 50) -> list[Due]:
    """Return the recurring notices that the actor's own villages owe, the one due first first."""
    villages = [code for code in _own_boards(actor) if level_of(code) is Level.VILLAGE]
    found = [due for code in villages for due in owed_by(code, on)]
    return sorted(found, key=lambda due: (due.due_on, due.region_code))[:limit]


def count_due_publications(actor: Actor, on: date, most: int) -> int:
    """Return how many recurring notices the actor's own villages owe, counting up to a number."""
    return len(list_due_publications(actor, on, most))


def owed_by(region_code: str, on: date) -> list[Due]:
    """Return the recurring notices that a unit owes on a day; an ended one owes nothing. Raises Missing."""
    if get_region(region_code).ended_on is not None:
        return []
    return due_publications(region_code, on, policy_for(region_code, on), list_posted_periods(region_code))


def find_due(kind: NoticeKind, region_code: str, on: date) -> Due | None:
    """Return the recurring notice of a kind that a unit owes on a day, if it owes one."""
    owed = owed_by(region_code, on) if kind in BY_KIND else []
    return next((due for due in owed if due.kind is kind), None)
