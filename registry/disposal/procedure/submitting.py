"""Submitting a case, taking it back, and following what became of its request."""

from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.rules import Capacity, InterestedPerson
from registry.approvals.requests.services import (
    Application,
    digest_of,
    resubmit_request,
    submit_request,
    withdraw_request,
)
from registry.approvals.requests.states import RequestStatus
from registry.audit.actions import Action
from registry.audit.canonical import encode
from registry.audit.services import record, thing_of
from registry.database import db
from registry.disposal.cases.content import content_of
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE, check_editable, check_free, worth_of
from registry.disposal.cases.queries import find_report, list_lines, subjects_of
from registry.disposal.gates.gathering import Gathered, gather, weights_text
from registry.disposal.gates.kinds import Asked, Moment
from registry.disposal.gates.questions import ask
from registry.disposal.gates.services import check_gates, keep_answers
from registry.disposal.kinds import DisposalStatus
from registry.disposal.procedure.losses import undo_loss
from registry.disposal.refusals import ContentChanged, NotGivenUp, ReasonMissing, WrongStarter
from registry.disposal.rules import check_takes
from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Actor, Permission, may
from registry.policy.rules import Policy


def submit_case(case: DisposalCase, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest:
    """Submit a case, or submit it anew after it was sent back, once every gate lets it pass.

    Raises NotEditable, WrongStarter, GateClosed and what check_takes and check_free raise.
    """
    check_editable(case)
    check_starter(case, by)
    lines = list_lines(case.id, taken=True)
    check_takes(case.about, subjects_of([line.asset for line in lines]))
    check_free([line.asset for line in lines], besides=case.id)
    case.submitted_on = on
    found = gather(case, on=on, policy=policy)
    asked = ask(found.facts, Moment.SUBMIT, on)
    check_gates(asked)
    _fix_worth(found, on=on)
    db.session.flush()  # the database sums what the owner disposes of before it lets the request in
    request = _submit(found, by=by, on=on, policy=policy)
    case.status, case.submitted_by_id, case.end_reason = DisposalStatus.SUBMITTED.value, by.id, ""
    keep_answers(case, asked, Moment.SUBMIT, by=by, digest=request.content_digest)
    record(Action.DISPOSAL_SUBMITTED, case, by=by, content=request.content_digest)
    return request


def check_starter(case: DisposalCase, by: Actor) -> None:
    """Raise WrongStarter unless a clerk of the owner's own unit brings the case in."""
    if by.unit_code != case.region_code or not may(by, Permission.DISPOSAL_ENTER, case.region_code):
        raise WrongStarter


def _fix_worth(found: Gathered, *, on: date) -> None:
    """Write down what is worth what as it is submitted: nothing of it moves while the case is decided on."""
    case, facts = found.case, found.facts
    for line in found.lines:
        line.original_fen, line.net_fen = worth_of(line, on)
    case.original_fen, case.net_fen = facts.worth.original_fen, facts.worth.net_fen
    case.appraised_fen, case.own_fen = facts.worth.appraised_fen, facts.worth.highest_fen
    case.basis_fen, case.window_from = facts.basis_fen, found.since
    case.weights, case.route_key = weights_text(found.circumstances.weights), facts.route_key


def _submit(found: Gathered, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest:
    application, request = _application(found), found.request
    if request is not None and request.state is RequestStatus.SENT_BACK and request.route_key == found.facts.route_key:
        resubmit_request(request, application, by=by, on=on, policy=policy)
        return request
    if request is not None and request.state is RequestStatus.SENT_BACK:
        # Another value leads another way: the old request ends, a new one takes the steps of the new route.
        withdraw_request(request, found.facts.route_label, by=by, on=on, policy=policy)
    return submit_request(application, by=by, on=on, policy=policy)


def _application(found: Gathered) -> Application:
    case = found.case
    content = content_of(case, list_lines(case.id), found.report)
    to = case.recipient_name
    interested = (InterestedPerson(to, Capacity.BUYER),) if to else ()
    return Application(
        found.circumstances, case.region_code, thing_of(case), f"{case.title}（{case.number}）", content, found.units,
        Sector(case.sector) if case.sector else None, interested=interested, amount_fen=case.basis_fen,
    )  # fmt: skip


def asked_now(
    case: DisposalCase, moment: Moment, *, on: date, policy: Policy, effective_on: date | None = None
) -> tuple[Gathered, tuple[Asked, ...]]:
    """Return a case as it stands with every gate's answer, asked anew; nothing is kept."""
    found = gather(case, on=on, policy=policy, effective_on=effective_on)
    return found, ask(found.facts, moment, on)


def check_decision(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy, position: int | None) -> None:
    """Ask the gates anew for whoever agrees at a step, keep the answers, and stop what one of them stops."""
    case = case_of_request(request)
    _found, asked = asked_now(case, Moment.DECIDE, on=on, policy=policy)
    check_gates(asked)
    keep_answers(case, asked, Moment.DECIDE, by=by, digest=request.content_digest, position=position)
    record(Action.DISPOSAL_ASKED, case, by=by, content=request.content_digest)


def withdraw_case(case: DisposalCase, reason: str, *, by: Actor, on: date, policy: Policy) -> None:
    """Take a case back before it is carried out; a draft is simply given up. Raises NotGivenUp, ReasonMissing."""
    over = {DisposalStatus.DONE, DisposalStatus.REJECTED, DisposalStatus.WITHDRAWN, DisposalStatus.CALLED_IN}
    if case.state in over:
        raise NotGivenUp(status=case.state.label)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    request = find_request(TABLE, str(case.id))
    if request is not None:
        withdraw_request(request, reason, by=by, on=on, policy=policy)
    _end(case, DisposalStatus.WITHDRAWN, reason)
    undo_loss(case, reason.strip(), by=by, on=on)
    record(Action.DISPOSAL_WITHDRAWN, case, by=by, reason=reason.strip())


def _end(case: DisposalCase, status: DisposalStatus, reason: str) -> None:
    case.status, case.end_reason = status.value, reason.strip()[:500]


_FOLLOWS = {
    RequestStatus.OPEN: DisposalStatus.SUBMITTED,
    RequestStatus.APPROVED: DisposalStatus.APPROVED,
    RequestStatus.CALLED_IN: DisposalStatus.CALLED_IN,
    RequestStatus.SENT_BACK: DisposalStatus.SENT_BACK,
    RequestStatus.REJECTED: DisposalStatus.REJECTED,
    RequestStatus.WITHDRAWN: DisposalStatus.WITHDRAWN,
}


#: A loss that was booked at once is taken back with the case.
_GIVEN_UP = frozenset({DisposalStatus.REJECTED, DisposalStatus.WITHDRAWN})


def follow_disposal(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Bring the case in line with its request: agreed to by all it is cleared for execution; nothing is done yet."""
    case = case_of_request(request)
    wanted = _FOLLOWS.get(request.state)
    if wanted is None or case.state in {wanted, DisposalStatus.DONE}:
        return
    if wanted is DisposalStatus.APPROVED:
        clear_for_execution(case, request, by=by, on=on)
        return
    _end(case, wanted, request.end_reason)
    if wanted in _GIVEN_UP:
        undo_loss(case, wanted.label, by=by, on=on)
    record(Action.DISPOSAL_FOLLOWED, case, by=by, content=request.content_digest)


def clear_for_execution(case: DisposalCase, request: ApprovalRequest, *, by: Actor, on: date) -> None:
    """Note that every level has agreed to exactly this content. Raises ContentChanged."""
    check_content(case, request)
    case.status, case.approved_on = DisposalStatus.APPROVED.value, case.approved_on or on
    record(Action.DISPOSAL_CLEARED, case, by=by, content=request.content_digest)


def check_content(case: DisposalCase, request: ApprovalRequest) -> None:
    """Raise ContentChanged unless what stands there is what was decided on."""
    content = encode(content_of(case, list_lines(case.id), find_report(case.id)))
    if digest_of(content) != request.content_digest:
        raise ContentChanged


def case_of_request(request: ApprovalRequest) -> DisposalCase:
    """Return the case that a request is about, whoever asks: who sees the request sees its case. Raises Missing."""
    case = db.session.get(DisposalCase, int(request.case_id)) if request.case_table == TABLE else None
    if case is None:
        raise Missing
    return case
