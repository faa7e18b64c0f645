"""Queries (质询): the level a case was filed with asks its sender, and the sender answers with papers.

A query does not stop what was agreed to, calling it in does; one without an answer stands as a warning.
"""

from datetime import date

from registry.approvals.requests.cases import case_of, reseated
from registry.approvals.requests.machine import principal_at
from registry.approvals.requests.models import ApprovalQuery, ApprovalRequest
from registry.approvals.requests.people import person_of
from registry.approvals.requests.refusals import (
    AnswerMissing,
    NotToBeQueried,
    NotYours,
    QueryAnswered,
    QuestionMissing,
)
from registry.approvals.requests.rules import MAX_ANSWER, MAX_QUESTION
from registry.approvals.requests.services import is_sender, signature
from registry.approvals.requests.states import RequestStatus, StepStatus
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record, thing_of
from registry.clock import local, now
from registry.database import db
from registry.errors import RegistryError
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import NoticeDays
from registry.permissions import Actor
from registry.policy.calendar import end_of_term
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy

#: A case that came to nothing or lies with its sender is asked about no more.
_ASKED_OF = frozenset({
    RequestStatus.OPEN, RequestStatus.CALLED_IN, RequestStatus.APPROVED, RequestStatus.EXECUTED,
})  # fmt: skip


def query_position(request: ApprovalRequest, by: Actor, on: date) -> int | None:
    """Return the filing at which a person may put a query: within its days, or while they have it called in."""
    if request.state not in _ASKED_OF:
        return None
    case, person = reseated(case_of(request), request, on), person_of(by, on)
    for row, step in zip(request.steps, case.steps, strict=True):
        in_time = step.status is StepStatus.RECEIVED and (row.due_on is None or on <= row.due_on)
        if not in_time and step.status is not StepStatus.CALLED_IN:
            continue
        try:
            principal_at(case, row.position, person)
        except RegistryError:
            continue
        return row.position
    return None


def put_query(request: ApprovalRequest, question: str, *, by: Actor, on: date, policy: Policy) -> ApprovalQuery:
    """Ask the sender of a filed case something, to be answered within the days of the policy.

    Raises NotToBeQueried, QuestionMissing.
    """
    position, text = query_position(request, by, on), question.strip()
    if position is None:
        raise NotToBeQueried
    if not 0 < len(text) <= MAX_QUESTION:
        raise QuestionMissing(field="question", most=MAX_QUESTION)
    days = policy.number(Parameter.QUERY_DAYS)
    row = ApprovalQuery(
        request_id=request.id, region_code=request.region_code, position=position, question=text,
        content_digest=request.content_digest,
        answer_by=end_of_term(on, days, NoticeDays.CALENDAR, policy.calendar), asked_by_id=by.id,
        asked_by_text=signature(by), asked_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    facts: dict[str, JsonValue] = {"request": request.id, "step": request.steps[position].label}
    record(Action.QUERY_PUT, row, by=by, reason=text, content=row.content_digest, facts=facts)
    return row


def may_answer(request: ApprovalRequest, by: Actor) -> bool:
    """Say whether a person answers queries about a request: who submitted it, or a clerk of the owner's unit."""
    return is_sender(request, by)


def answer_query(
    query: ApprovalQuery, request: ApprovalRequest, answer: str, files: list[KeptFile], *, by: Actor, on: date
) -> None:
    """Answer a query once, with papers. Raises QueryAnswered, NotYours, AnswerMissing."""
    if query.is_answered:
        raise QueryAnswered
    if not may_answer(request, by):
        raise NotYours
    text = answer.strip()
    if not 0 < len(text) <= MAX_ANSWER:
        raise AnswerMissing(field="answer", most=MAX_ANSWER)
    query.answer, query.answered_at = text, now()
    query.answered_by_id, query.answered_by_text = by.id, signature(by)
    waited = max((on - local(query.asked_at).date()).days, 0)
    facts: dict[str, JsonValue] = {"request": request.id, "waited_days": waited}
    record(Action.QUERY_ANSWERED, query, by=by, reason=text, content=query.content_digest, facts=facts)
    if files:
        attach(files, Caption(EvidenceKind.OTHER, request.title[:200], on), to=thing_of(query), by=by)
