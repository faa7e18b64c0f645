"""Submitting a case for agreement and deciding on it: one function per deed."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from registry.approvals.requests.cases import case_of, reseated, write_back
from registry.approvals.requests.machine import answer_call, executed, opened, resubmitted, withdrawn
from registry.approvals.requests.machine import call_in as called_in
from registry.approvals.requests.machine import decide as decided
from registry.approvals.requests.models import ApprovalDecision, ApprovalInterest, ApprovalRequest, ApprovalStep
from registry.approvals.requests.people import person_of
from registry.approvals.requests.queries import find_running, papers_of
from registry.approvals.requests.refusals import (
    AlreadyOpen,
    DefectMissing,
    NotYours,
    OpinionMissing,
    SeenOldContent,
)
from registry.approvals.requests.rules import (
    MAX_OPINION,
    Capacity,
    InterestedPerson,
    PlannedStep,
    check_papers,
    plan_steps,
)
from registry.approvals.requests.states import OUTCOMES, Case, Outcome, RequestStatus, StepStatus, Verdict
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue, encode
from registry.audit.events import Thing
from registry.audit.services import record
from registry.clock import local, now
from registry.database import db
from registry.errors import Invalid
from registry.kinds import Sector
from registry.permissions import Actor, Permission, may
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.text import N_


@dataclass(frozen=True)
class Application:
    """What a feature submits: the case, what is decided on, whose it is, and who is interested.

    ``content`` is exactly what is decided on; ``owner_units`` are the units of all co-owners, the case's own first.
    """

    circumstances: Circumstances
    region_code: str
    case: Thing
    title: str
    content: JsonValue
    owner_units: tuple[str, ...]
    sector: Sector | None = None
    interested: tuple[InterestedPerson, ...] = ()
    amount_fen: int | None = None


@dataclass(frozen=True)
class Decision:
    """What a person says of a request, and which content and state of it they saw."""

    verdict: Verdict
    opinion: str
    content_digest: str
    version: int
    #: What is to be mended, for sending back: a field or a paper by its name.
    defect: str = ""


def submit_request(application: Application, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest:
    """Open a request with the steps that the policy of the day demands. Raises AlreadyOpen."""
    if find_running(application.case.table, application.case.id) is not None:
        raise AlreadyOpen
    route, procedure = policy.procedure(application.circumstances)
    content = encode(application.content)
    moment = now()
    request = ApprovalRequest(
        region_code=application.region_code, subject=application.circumstances.subject.value,
        deed=application.circumstances.deed, route_key=route.key, case_table=application.case.table,
        case_id=application.case.id, title=application.title, amount_fen=application.amount_fen,
        sector=application.sector.value if application.sector else None, status=RequestStatus.OPEN.value,
        content=content, content_digest=digest_of(content), since=moment, submitted_by_id=by.id,
        submitted_by_text=signature(by), submitted_at=moment,
    )  # fmt: skip
    planned = plan_steps(procedure, application.owner_units, application.sector, policy)
    request.steps = [_step(n, step, application.region_code) for n, step in enumerate(planned)]
    db.session.add(request)
    db.session.flush()
    _note_interested(request, application.interested)
    write_back(request, opened(case_of(request)), on=on, policy=policy)
    record(Action.REQUEST_SUBMITTED, request, by=by, content=request.content_digest)
    return request


def _step(position: int, planned: PlannedStep, region_code: str) -> ApprovalStep:
    desk = planned.desk
    return ApprovalStep(
        region_code=region_code, position=position, kind=planned.kind.value, label=planned.label,
        seat_role=desk.role.value, seat_code=desk.unit_code, desk_role=desk.role.value, desk_code=desk.unit_code,
        sector=desk.sector.value if desk.sector else None, limit_days=planned.limit_days,
        hang_days=planned.hang_days, papers=" ".join(kind.value for kind in planned.papers),
        status=StepStatus.WAITING.value,
    )  # fmt: skip


def _note_interested(request: ApprovalRequest, people: tuple[InterestedPerson, ...]) -> None:
    for one in people:
        _note(request, one.name, one.capacity, one.user_id, version=request.content_version)


def _note(
    request: ApprovalRequest,
    name: str,
    capacity: Capacity,
    user_id: int | None,
    note: str = "",
    version: int | None = None,
) -> None:
    """Note who is interested, in one version of the content or whatever it becomes."""
    db.session.add(
        ApprovalInterest(
            request_id=request.id, region_code=request.region_code, content_version=version, name=name,
            capacity=capacity.value, user_id=user_id, note=note,
        )
    )  # fmt: skip
    db.session.flush()


def resubmit_request(
    request: ApprovalRequest, application: Application, *, by: Actor, on: date, policy: Policy
) -> None:
    """Submit a request again after it was sent back; changed content voids every decision and starts anew."""
    _check_sender(request, by)
    content = encode(application.content)
    case = resubmitted(case_of(request), digest_of(content))
    if case.digest != request.content_digest:
        request.content, request.content_digest = content, case.digest
        request.content_version += 1
        request.title, request.amount_fen = application.title, application.amount_fen
        _note_interested(request, application.interested)
    if by.id != request.submitted_by_id:
        # Whoever submitted it before is as little a decider as who submits it now.
        _note(request, request.submitted_by_text, Capacity.SUBMITTER, request.submitted_by_id)
        request.submitted_by_id, request.submitted_by_text = by.id, signature(by)
    write_back(request, replace(case, submitter_id=by.id, bars=case_of(request).bars), on=on, policy=policy)
    record(Action.REQUEST_RESUBMITTED, request, by=by, content=request.content_digest)


def resubmit_unchanged(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> None:
    """Submit a request again as it is, after papers were added; it goes on at the desk that sent it back."""
    _check_sender(request, by)
    write_back(request, resubmitted(case_of(request), request.content_digest), on=on, policy=policy)
    record(Action.REQUEST_RESUBMITTED, request, by=by, content=request.content_digest)


def _check_sender(request: ApprovalRequest, by: Actor) -> None:
    if not is_sender(request, by):
        raise NotYours


def is_sender(request: ApprovalRequest, by: Actor) -> bool:
    """Say whether the person submitted the request, or is a clerk of the very unit it was submitted for."""
    is_clerk = by.unit_code == request.region_code and may(by, Permission.MEETING_ENTER, request.region_code)
    return by.id == request.submitted_by_id or is_clerk


def withdraw_request(request: ApprovalRequest, reason: str, *, by: Actor, on: date, policy: Policy) -> Outcome:
    """Take a request back before it is carried out."""
    _check_sender(request, by)
    if not reason.strip():
        raise Invalid(N_("撤回要写明理由。"), field="reason")
    write_back(request, withdrawn(case_of(request)), on=on, policy=policy)
    request.end_reason = reason.strip()
    record(Action.REQUEST_WITHDRAWN, request, by=by, reason=reason.strip(), content=request.content_digest)
    return Outcome.WITHDRAWN


def decide(request: ApprovalRequest, decision: Decision, *, by: Actor, on: date, policy: Policy) -> Outcome:
    """Record one decision at the step the request has reached; the feature acts when the outcome is APPROVED."""
    _check_decision(request, decision)
    before = reseated(case_of(request), request, on)
    if decision.verdict is Verdict.AGREE and before.position is not None:
        check_papers(request.steps[before.position].needed_papers, papers_of(request))
    after = decided(before, person_of(by, on), decision.verdict, decision.content_digest)
    return _take(request, decision, after, _DEEDS[decision.verdict], by=by, on=on, policy=policy)


def call_in(
    request: ApprovalRequest, position: int, decision: Decision, *, by: Actor, on: date, policy: Policy
) -> Outcome:
    """Call in a filed request within its days and before it is carried out (提级调阅)."""
    _check_decision(request, decision)
    due = request.steps[position].due_on
    before = reseated(case_of(request), request, on)
    after = called_in(before, person_of(by, on), position, decision.content_digest, in_time=due is None or on <= due)
    return _take(request, decision, after, Action.REQUEST_CALLED_IN, by=by, on=on, policy=policy)


def answer_call_in(request: ApprovalRequest, decision: Decision, *, by: Actor, on: date, policy: Policy) -> Outcome:
    """Release a request that was called in, or send it back to its sender."""
    _check_decision(request, decision)
    before = reseated(case_of(request), request, on)
    after = answer_call(before, person_of(by, on), decision.verdict, decision.content_digest)
    return _take(request, decision, after, _DEEDS[decision.verdict], by=by, on=on, policy=policy)


_DEEDS = {
    Verdict.AGREE: Action.STEP_AGREED,
    Verdict.SEND_BACK: Action.REQUEST_SENT_BACK,
    Verdict.REJECT: Action.REQUEST_REJECTED,
    Verdict.RELEASE: Action.REQUEST_RELEASED,
}


def _check_decision(request: ApprovalRequest, decision: Decision) -> None:
    if decision.version != request.version_id:
        raise SeenOldContent
    explains = decision.verdict in {Verdict.SEND_BACK, Verdict.REJECT, Verdict.CALL_IN}
    if explains and not decision.opinion.strip():
        raise OpinionMissing(field="opinion")
    if len(decision.opinion) > MAX_OPINION:
        raise Invalid(N_("意见最多 500 个字。"), field="opinion")
    if decision.verdict is Verdict.SEND_BACK and not decision.defect.strip():
        raise DefectMissing(field="defect")


def _take(
    request: ApprovalRequest, decision: Decision, after: Case, action: Action, *, by: Actor, on: date, policy: Policy
) -> Outcome:
    act = after.acts[-1]
    waited = (on - local(request.steps[act.position].started_at or request.since).date()).days
    db.session.add(
        ApprovalDecision(
            request_id=request.id, region_code=request.region_code, position=act.position,
            verdict=act.verdict.value, opinion=decision.opinion.strip(), defect=decision.defect.strip(),
            by_id=by.id, by_text=signature(by), for_id=act.for_id, for_text=_name_of(act.for_id, by, on),
            content_digest=act.digest, content_version=request.content_version, at=now(), waited_days=max(waited, 0),
        )
    )  # fmt: skip
    db.session.flush()  # the database looks at a decision while its step still stands where it is taken
    write_back(request, after, on=on, policy=policy)
    if after.status is RequestStatus.REJECTED:
        request.end_reason = decision.opinion.strip()
    record(action, request, by=by, reason=decision.opinion.strip(), content=act.digest)
    return OUTCOMES[after.status]


def _name_of(person_id: int | None, by: Actor, on: date) -> str:
    names = {one.id: one.name for one in person_of(by, on).stands_for} if person_id is not None else {}
    return names.get(person_id or 0, "")


def mark_executed(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> None:
    """Note that what was agreed to has been carried out."""
    write_back(request, executed(case_of(request)), on=on, policy=policy)
    record(Action.REQUEST_EXECUTED, request, by=by, content=request.content_digest)


def recuse(request: ApprovalRequest, reason: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Step aside from a case in which one is interested; if nobody is left at the desk, the level above acts."""
    if not reason.strip():
        raise Invalid(N_("请写明与这件事的利害关系。"), field="reason")
    _note(request, by.name, Capacity.RECUSED, by.id, note=reason.strip())
    write_back(request, case_of(request), on=on, policy=policy)
    record(Action.RECUSED, request, by=by, reason=reason.strip())


def digest_of(content: str) -> str:
    """Return the digest that decisions bind: of the canonical text of what is decided on."""
    return sha256(content.encode()).hexdigest()


def signature(by: Actor) -> str:
    """Write who acted as papers do: unit, post, name."""
    return f"{by.unit_name} {by.post} {by.name}".strip()
