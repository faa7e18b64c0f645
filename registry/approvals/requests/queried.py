"""Questions about queries: those of one request, those a sender owes an answer, those that an asker had answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select

from registry.approvals.requests.models import ApprovalQuery, ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import at_desk
from registry.approvals.requests.querying import may_answer, query_position
from registry.clock import local, start_of
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.permissions import Actor, Permission, may

TABLE = ApprovalQuery.__tablename__
#: How long an answer stands among what waits for whoever asked.
FRESH_DAYS = 10


@dataclass(frozen=True)
class QueryShown:
    """One query as a page or an answer shows it, with how long it waited or has waited."""

    row: ApprovalQuery
    waited_days: int
    is_late: bool
    may_answer: bool
    files: Sequence[Attachment]


@dataclass(frozen=True)
class Queried:
    """What was asked about a request, and whether the reader may ask."""

    rows: list[QueryShown]
    may_put: bool

    @property
    def open(self) -> int:
        """How many wait for an answer: a warning to whoever carries the case out."""
        return sum(not one.row.is_answered for one in self.rows)


def list_queries(request_id: int) -> list[ApprovalQuery]:
    """Return what was asked about a request, the oldest first."""
    rows = select(ApprovalQuery).where(ApprovalQuery.request_id == request_id)
    return list(db.session.scalars(rows.order_by(ApprovalQuery.id)))


def get_query(query_id: int, request: ApprovalRequest) -> ApprovalQuery:
    """Return a query about a request; raises Missing."""
    rows = select(ApprovalQuery).where(ApprovalQuery.id == query_id, ApprovalQuery.request_id == request.id)
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def queried(request: ApprovalRequest, by: Actor, on: date) -> Queried:
    """Return what was asked about a request as a person sees it."""
    answers = may_answer(request, by) and may(by, Permission.MEETING_ENTER, request.region_code)
    asks = may(by, Permission.CASE_DECIDE) and query_position(request, by, on) is not None
    return Queried([_shown(row, on, answers=answers) for row in list_queries(request.id)], asks)


def _shown(row: ApprovalQuery, on: date, *, answers: bool) -> QueryShown:
    end = local(row.answered_at).date() if row.answered_at else on
    waited = max((end - local(row.asked_at).date()).days, 0)
    files = list_attachments(TABLE, str(row.id))
    return QueryShown(row, waited, end > row.answer_by, answers and not row.is_answered, files)


Asked = tuple[ApprovalQuery, ApprovalRequest]


def _rows(*conditions: ColumnElement[bool]) -> Select[ApprovalQuery, ApprovalRequest]:
    rows = select(ApprovalQuery, ApprovalRequest).join(ApprovalRequest, ApprovalRequest.id == ApprovalQuery.request_id)
    return rows.where(*conditions).order_by(ApprovalQuery.asked_at, ApprovalQuery.id)


def _listed(rows: Select[ApprovalQuery, ApprovalRequest], most: int) -> list[Asked]:
    return [(query, request) for query, request in db.session.execute(rows.limit(most))]


def _to_answer(actor: Actor) -> ColumnElement[bool]:
    """Say which queries wait for a person: about what they submitted, or as the clerk of the owner's unit."""
    mine = ApprovalRequest.submitted_by_id == actor.id
    if may(actor, Permission.MEETING_ENTER, actor.unit_code):
        mine = or_(mine, ApprovalQuery.region_code == actor.unit_code)
    return and_(ApprovalQuery.answered_at.is_(None), mine)


def list_to_answer(actor: Actor, most: int) -> list[Asked]:
    """Return queries that wait for a person's answer, the oldest first."""
    return _listed(_rows(_to_answer(actor)), most)


def count_to_answer(actor: Actor, most: int) -> int:
    """Return how many queries wait for a person's answer, counting up to a number."""
    return count_up_to(_ids(_to_answer(actor)), most)


def _asked_by(actor: Actor) -> ColumnElement[bool]:
    """Say which queries a person put, or somebody at the same desk."""
    here = select(ApprovalStep.id).where(
        ApprovalStep.request_id == ApprovalQuery.request_id, ApprovalStep.position == ApprovalQuery.position,
        at_desk(ApprovalStep, actor.grants),
    )  # fmt: skip
    return or_(ApprovalQuery.asked_by_id == actor.id, here.exists())


def _answered(actor: Actor, on: date) -> ColumnElement[bool]:
    return and_(_asked_by(actor), ApprovalQuery.answered_at >= start_of(on - timedelta(days=FRESH_DAYS)))


def list_answered(actor: Actor, on: date, most: int) -> list[Asked]:
    """Return queries of a person's desk that were answered of late."""
    return _listed(_rows(_answered(actor, on)), most)


def count_answered(actor: Actor, on: date, most: int) -> int:
    """Return how many queries of a person's desk were answered of late, counting up to a number."""
    return count_up_to(_ids(_answered(actor, on)), most)


def _late(actor: Actor, on: date) -> ColumnElement[bool]:
    return and_(ApprovalQuery.answered_at.is_(None), ApprovalQuery.answer_by < on, _asked_by(actor))


def list_late(actor: Actor, on: date, most: int) -> list[Asked]:
    """Return queries of a person's desk whose answer is overdue, the longest first."""
    rows = _rows(_late(actor, on)).order_by(None).order_by(ApprovalQuery.answer_by, ApprovalQuery.id)
    return _listed(rows, most)


def count_late(actor: Actor, on: date, most: int) -> int:
    """Return how many answers to a person's desk are overdue, counting up to a number."""
    return count_up_to(_ids(_late(actor, on)), most)


def _ids(condition: ColumnElement[bool]) -> Select[int]:
    rows = select(ApprovalQuery.id).join(ApprovalRequest, ApprovalRequest.id == ApprovalQuery.request_id)
    return rows.where(condition)
