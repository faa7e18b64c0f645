"""What lies on whose desk: mine to do, sent on by me, filed with me, late below me, decided by me."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, or_, select

from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import NoticeState
from registry.approvals.requests.models import ApprovalDecision, ApprovalInterest, ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import CASE_TABLE, at_desk, desk_condition, reached_by
from registry.approvals.requests.states import Person, RequestStatus, StepStatus
from registry.counting import count_up_to
from registry.database import db
from registry.permissions import Actor
from registry.policy.procedures import DECIDED, StepKind

_RUNNING = (RequestStatus.OPEN, RequestStatus.CALLED_IN, RequestStatus.APPROVED)
_DECIDED = tuple(kind.value for kind in DECIDED)


@dataclass(frozen=True)
class OnDesk:
    """One request as the inbox shows it."""

    id: int
    title: str
    region_code: str
    subject: str
    amount_fen: int | None
    step_kind: str
    desk_role: str
    desk_code: str
    since: datetime
    due_on: date | None
    submitted_by_text: str
    status: str


_SHOWN = (
    ApprovalRequest.id, ApprovalRequest.title, ApprovalRequest.region_code, ApprovalRequest.subject,
    ApprovalRequest.amount_fen, ApprovalRequest.step_kind, ApprovalRequest.desk_role, ApprovalRequest.desk_code,
    ApprovalRequest.since, ApprovalRequest.due_on, ApprovalRequest.submitted_by_text, ApprovalRequest.status,
)  # fmt: skip


def _shown(rows: Select[*tuple[Any, ...]]) -> list[OnDesk]:
    return [OnDesk(*row) for row in db.session.execute(rows)]


def _mine(person: Person, on: date) -> tuple[ColumnElement[bool], ...]:
    """Say which requests wait for a person: at their desk or one they stand in for, and nothing bars them.

    A notice that hangs its days asks nothing of anybody until they are over.
    """
    grants = (*person.grants, *(grant for one in person.stands_for for grant in one.grants))
    here = at_desk(ApprovalRequest, grants)
    acted = exists().where(
        ApprovalDecision.request_id == ApprovalRequest.id,
        or_(ApprovalDecision.by_id == person.id, ApprovalDecision.for_id == person.id),
        ApprovalDecision.position.notin_(_current_position()),
    )
    barred = exists().where(ApprovalInterest.request_id == ApprovalRequest.id, ApprovalInterest.user_id == person.id)
    decided = ApprovalRequest.step_kind.in_((*_DECIDED, StepKind.FILING.value))
    own = ApprovalRequest.submitted_by_id.is_not_distinct_from(person.id)  # who submitted may be nobody: the system
    hanging = exists().where(
        Notice.case_table == CASE_TABLE,
        Notice.case_id == cast(ApprovalRequest.id, String),
        Notice.state == NoticeState.POSTED.value,
        Notice.ends_on > on,
    )
    waits = and_(ApprovalRequest.step_kind == StepKind.NOTICE.value, hanging)
    return here, ~and_(decided, or_(own, acted, barred)), ~waits


def _current_position() -> Select[*tuple[Any, ...]]:
    statuses = (StepStatus.CURRENT.value, StepStatus.CALLED_IN.value)
    return (
        select(ApprovalStep.position)
        .where(ApprovalStep.request_id == ApprovalRequest.id, ApprovalStep.status.in_(statuses))
        .correlate(ApprovalRequest)
    )


def list_on_desk(person: Person, on: date, limit: int = 50) -> list[OnDesk]:
    """Return what waits for a person, the longest first."""
    return _shown(
        select(*_SHOWN).where(*_mine(person, on)).order_by(ApprovalRequest.since, ApprovalRequest.id).limit(limit)
    )


def count_on_desk(person: Person, on: date, most: int) -> int:
    """Return how much waits for a person, counting up to a number."""
    return count_up_to(select(ApprovalRequest.id).where(*_mine(person, on)), most)


def _above(person: Person) -> ColumnElement[bool]:
    """Say which requests lie one level below a person's own desks."""
    columns = ApprovalRequest.above_role, ApprovalRequest.above_code, ApprovalRequest.sector
    return desk_condition(*columns, person.grants)


def list_late_below(person: Person, on: date, limit: int = 50) -> list[OnDesk]:
    """Return what is late at the desks one level below a person's own, the longest overdue first."""
    here = _above(person)
    rows = select(*_SHOWN).where(here, ApprovalRequest.due_on < on)
    return _shown(rows.order_by(ApprovalRequest.due_on, ApprovalRequest.id).limit(limit))


def count_late_below(person: Person, on: date, most: int) -> int:
    """Return how much is late one level below, counting up to a number."""
    here = _above(person)
    return count_up_to(select(ApprovalRequest.id).where(here, ApprovalRequest.due_on < on), most)


def list_sent_back_to(actor: Actor, limit: int = 50) -> list[OnDesk]:
    """Return what this person submitted and must mend."""
    return _shown(_own(actor, (RequestStatus.SENT_BACK,)).limit(limit))


def list_own_running(actor: Actor, limit: int = 50) -> list[OnDesk]:
    """Return what this person submitted and others have not finished, the oldest first."""
    return _shown(_own(actor, _RUNNING).limit(limit))


def list_own_elsewhere(actor: Actor, limit: int = 50) -> list[OnDesk]:
    """Return what this person submitted and others have on their desks, the oldest first."""
    return _shown(_own_elsewhere(actor).limit(limit))


def count_own_elsewhere(actor: Actor, most: int) -> int:
    """Return how much of what this person submitted lies on others' desks, counting up to a number."""
    return count_up_to(_own_elsewhere(actor), most)


def _own_elsewhere(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _own(actor, _RUNNING).where(~at_desk(ApprovalRequest, actor.grants))


def _own(actor: Actor, statuses: Sequence[RequestStatus]) -> Select[*tuple[Any, ...]]:
    chosen = [status.value for status in statuses]
    rows = select(*_SHOWN).where(ApprovalRequest.submitted_by_id == actor.id, ApprovalRequest.status.in_(chosen))
    return rows.order_by(ApprovalRequest.since, ApprovalRequest.id)


def count_sent_back_to(actor: Actor, most: int) -> int:
    """Return how many requests this person must mend, counting up to a number."""
    return count_up_to(_own(actor, (RequestStatus.SENT_BACK,)), most)


@dataclass(frozen=True)
class Filed:
    """A request that was filed with a desk, and until when it may be called in."""

    id: int
    title: str
    region_code: str
    amount_fen: int | None
    position: int
    due_on: date | None
    started_at: datetime | None


def list_filed_with(person: Person, on: date, limit: int = 50) -> list[Filed]:
    """Return what was filed with a person's desk and can still be called in, the one whose days end first in front."""
    rows = _filed(person, on).order_by(ApprovalStep.due_on, ApprovalStep.id).limit(limit)
    return [Filed(*row) for row in db.session.execute(rows)]


def count_filed_with(person: Person, on: date, most: int) -> int:
    """Return how much was filed with a person's desk and can still be called in, counting up to a number."""
    return count_up_to(_filed(person, on), most)


def _filed(person: Person, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ApprovalRequest.id, ApprovalRequest.title, ApprovalRequest.region_code, ApprovalRequest.amount_fen,
            ApprovalStep.position, ApprovalStep.due_on, ApprovalStep.started_at,
        )
        .join(ApprovalRequest, ApprovalRequest.id == ApprovalStep.request_id)
        .where(
            at_desk(ApprovalStep, person.grants),
            ApprovalStep.status == StepStatus.RECEIVED.value,
            or_(ApprovalStep.due_on.is_(None), ApprovalStep.due_on >= on),
            ApprovalRequest.status.in_((RequestStatus.OPEN.value, RequestStatus.APPROVED.value)),
        )
    )  # fmt: skip


def list_decided_by(actor: Actor, limit: int = 30) -> list[tuple[ApprovalDecision, ApprovalRequest]]:
    """Return what this person decided, newest first, with the requests as they stand now."""
    rows = (
        select(ApprovalDecision, ApprovalRequest)
        .join(ApprovalRequest, ApprovalRequest.id == ApprovalDecision.request_id)
        .where(ApprovalDecision.by_id == actor.id)
    )
    found = db.session.execute(rows.order_by(ApprovalDecision.at.desc(), ApprovalDecision.id.desc()).limit(limit))
    return [(decision, request) for decision, request in found]


@dataclass(frozen=True)
class RequestPage:
    """One page of requests, and whether more stand before and after it."""

    rows: list[OnDesk]
    newer: bool
    older: bool


def list_requests(
    actor: Actor, status: RequestStatus | None, *, before: int = 0, after: int = 0, limit: int = 20
) -> RequestPage:
    """Return the requests an actor sees, newest first, a page at a time."""
    rows = select(*_SHOWN).where(reached_by(actor))
    if status is not None:
        rows = rows.where(ApprovalRequest.status == status.value)
    if after:
        found = _shown(rows.where(ApprovalRequest.id > after).order_by(ApprovalRequest.id).limit(limit + 1))
        return RequestPage(found[:limit][::-1], newer=len(found) > limit, older=True)
    if before:
        rows = rows.where(ApprovalRequest.id < before)
    found = _shown(rows.order_by(ApprovalRequest.id.desc()).limit(limit + 1))
    return RequestPage(found[:limit], newer=bool(before), older=len(found) > limit)
