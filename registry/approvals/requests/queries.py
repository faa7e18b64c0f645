"""Questions about one request, and about who stands in for whom; within the asker's reach."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute as Column

from registry.approvals.requests.models import (
    Appraisal,
    ApprovalDecision,
    ApprovalRequest,
    ApprovalStep,
    Delegation,
)
from registry.approvals.requests.states import RUNNING
from registry.database import db
from registry.errors import Missing
from registry.evidence.queries import list_attachments
from registry.evidence.rules import EvidenceKind
from registry.permissions import Actor, Grant, Permission
from registry.policy.procedures import DECIDED
from registry.scope import within

_DECIDED = tuple(kind.value for kind in DECIDED)
#: Under which name meetings, notices and files know a request.
CASE_TABLE = "approval_request"
_RUNNING = tuple(status.value for status in RUNNING)


def get_request(request_id: int, actor: Actor) -> ApprovalRequest:
    """Return a request of a unit the actor may look at, or that has a step at the actor's desk; raises Missing."""
    found = db.session.scalar(select(ApprovalRequest).where(ApprovalRequest.id == request_id, reached_by(actor)))
    if found is None:
        raise Missing
    return found


def region_of_request(request_id: int, actor: Actor) -> str:
    """Return the unit whose log a request's deeds go to, to open the transaction with; raises Missing."""
    return get_request(request_id, actor).region_code


def reached_by(actor: Actor) -> ColumnElement[bool]:
    """Say which requests an actor sees: those of the units they look after, and those with a step at their desk."""
    own = at_desk(ApprovalStep, actor.grants)
    steps = select(ApprovalStep.request_id).where(own)
    return or_(within(ApprovalRequest, actor, Permission.ASSET_READ), ApprovalRequest.id.in_(steps))


def at_desk(model: type[ApprovalRequest] | type[ApprovalStep], grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Say which rows lie at one of the desks that these grants are."""
    return desk_condition(model.desk_role, model.desk_code, model.sector, grants)


def desk_condition(
    role: Column[str], code: Column[str], sector: Column[str | None], grants: Sequence[Grant]
) -> ColumnElement[bool]:
    """Say which rows name, in these columns, one of the desks that the grants are."""
    parts = [
        and_(
            role == grant.role.value,
            code == grant.region_code,
            or_(sector.is_(None), sector == grant.sector.value) if grant.sector else true(),
        )
        for grant in grants
    ]
    return or_(*parts) if parts else false()


def find_running(case_table: str, case_id: str) -> ApprovalRequest | None:
    """Return the request of a case that is not over, or None."""
    rows = select(ApprovalRequest).where(
        ApprovalRequest.case_table == case_table,
        ApprovalRequest.case_id == case_id,
        ApprovalRequest.status.in_(_RUNNING),
    )
    return db.session.scalar(rows.order_by(ApprovalRequest.id.desc()).limit(1))


def find_request(case_table: str, case_id: str) -> ApprovalRequest | None:
    """Return the newest request of a case, running or over; None if it was never submitted."""
    rows = select(ApprovalRequest).where(ApprovalRequest.case_table == case_table, ApprovalRequest.case_id == case_id)
    return db.session.scalar(rows.order_by(ApprovalRequest.id.desc()).limit(1))


def list_decisions(request_id: int) -> list[ApprovalDecision]:
    """Return what was said of a request, oldest first."""
    rows = select(ApprovalDecision).where(ApprovalDecision.request_id == request_id)
    return list(db.session.scalars(rows.order_by(ApprovalDecision.id)))


def find_appraisal(request_id: int, content_digest: str) -> Appraisal | None:
    """Return the newest report brought for exactly this content."""
    rows = select(Appraisal).where(Appraisal.request_id == request_id, Appraisal.content_digest == content_digest)
    return db.session.scalar(rows.order_by(Appraisal.id.desc()).limit(1))


def list_delegations(actor: Actor, on: date) -> list[Delegation]:
    """Return the delegations from and to a person that are not over."""
    mine = or_(Delegation.principal_id == actor.id, Delegation.deputy_id == actor.id)
    rows = select(Delegation).where(mine, Delegation.valid_to >= on, Delegation.ended_at.is_(None))
    return list(db.session.scalars(rows.order_by(Delegation.valid_from, Delegation.id)))


def get_delegation(delegation_id: int, actor: Actor) -> Delegation:
    """Return a delegation that a person gave; raises Missing."""
    found = db.session.get(Delegation, delegation_id)
    if found is None or found.principal_id != actor.id:
        raise Missing
    return found


def papers_of(request: ApprovalRequest) -> set[EvidenceKind]:
    """Return which kinds of papers are attached to a request and to the case it is about."""
    return kinds_attached(CASE_TABLE, str(request.id)) | kinds_attached(request.case_table, request.case_id)


def kinds_attached(table: str, thing_id: str) -> set[EvidenceKind]:
    """Return which kinds of papers are attached to a thing."""
    return {EvidenceKind(one.kind) for one in list_attachments(table, thing_id)} if table else set()
