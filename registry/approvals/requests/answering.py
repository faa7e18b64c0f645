"""Meetings, notices and reports of appraisal brought to the steps that wait for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from registry.approvals.meetings.queries import find_resolution
from registry.approvals.notices.queries import count_open_objections, find_notice
from registry.approvals.notices.rules import NoticeState
from registry.approvals.requests.cases import case_of, write_back
from registry.approvals.requests.machine import complete
from registry.approvals.requests.models import Appraisal, ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import CASE_TABLE, find_appraisal, kinds_attached, papers_of
from registry.approvals.requests.questions import Known, lacking
from registry.approvals.requests.refusals import NotDoneYet, NotThisStep
from registry.approvals.requests.rules import AppraisalFacts, check_appraisal, check_papers, valid_until
from registry.approvals.requests.states import OUTCOMES, Outcome, StepStatus
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Forbidden
from registry.permissions import Actor, Permission, may
from registry.policy.procedures import StepKind
from registry.policy.rules import Policy


@dataclass(frozen=True)
class Brought:
    """What was brought to a step: what is known of it, and the row that says so."""

    known: Known
    table: str = ""
    id: str = ""


def _resolution(request: ApprovalRequest, step: ApprovalStep, _on: date) -> Brought:
    found = find_resolution(CASE_TABLE, str(request.id), request.content_digest, step.seat_code)
    if found is None:
        return Brought(Known())
    return Brought(Known(carried=found.carried), "meeting", str(found.meeting_id))


def _notice(request: ApprovalRequest, step: ApprovalStep, on: date) -> Brought:
    found = find_notice(CASE_TABLE, str(request.id), request.content_digest, step.seat_code)
    if found is None or _answered_earlier(request, step, "notice", str(found.id)):
        return Brought(Known())
    hung = found.state == NoticeState.CLOSED
    return Brought(
        Known(posted=True, hung=hung, open_objections=count_open_objections(found.id, on)), "notice", str(found.id)
    )


def _answered_earlier(request: ApprovalRequest, step: ApprovalStep, table: str, thing_id: str) -> bool:
    """Say whether a notice answered another step already: a case read before its meeting is made public again after."""
    answers = ((row.answer_table, row.answer_id) for row in request.steps if row.position != step.position)
    return (table, thing_id) in answers


def _appraisal(request: ApprovalRequest, _step: ApprovalStep, _on: date) -> Brought:
    found = find_appraisal(request.id, request.content_digest)
    return Brought(Known(valid_until=found.valid_until), "appraisal", str(found.id)) if found else Brought(Known())


_SOURCES: dict[StepKind, Callable[[ApprovalRequest, ApprovalStep, date], Brought]] = {
    StepKind.MEETING: _resolution,
    StepKind.NOTICE: _notice,
    StepKind.APPRAISAL: _appraisal,
}


#: Who brings what a step waits for.
BRINGERS: dict[StepKind, Permission] = {
    StepKind.MEETING: Permission.MEETING_ENTER,
    StepKind.NOTICE: Permission.NOTICE_POST,
    StepKind.APPRAISAL: Permission.MEETING_ENTER,
}


def current_step(request: ApprovalRequest) -> ApprovalStep | None:
    """Return the step a request has reached; None if it lies on nobody's desk."""
    return next((row for row in request.steps if row.state is StepStatus.CURRENT), None)


def step_to_bring(request: ApprovalRequest, by: Actor, kind: StepKind | None = None) -> ApprovalStep:
    """Return the current step if it waits for something that this person may bring. Raises NotThisStep, Forbidden."""
    step = current_step(request)
    if step is None or step.step_kind not in _SOURCES or kind not in {None, step.step_kind}:
        raise NotThisStep
    if not may(by, BRINGERS[step.step_kind], step.seat_code):
        raise Forbidden
    return step


def brought_to(request: ApprovalRequest, step: ApprovalStep, on: date) -> Brought:
    """Return what was brought to a step for exactly the content as it stands."""
    source = _SOURCES.get(step.step_kind)
    return source(request, step, on) if source else Brought(Known())


def finish_step(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> Outcome:
    """Take the current step as done if what it waits for has come about, and move on.

    Raises NotDoneYet, PaperMissing, NotThisStep, Forbidden.
    """
    step = step_to_bring(request, by)
    brought = brought_to(request, step, on)
    what = lacking(step.step_kind, brought.known, on)
    if what:
        raise NotDoneYet(what=what)
    present = papers_of(request) | kinds_attached(brought.table, brought.id)
    check_papers(step.needed_papers, present)
    step.answer_table, step.answer_id = brought.table, brought.id
    after = complete(case_of(request), step.position)
    write_back(request, after, on=on, policy=policy)
    facts = {"step": step.label, "answer": f"{brought.table}/{brought.id}"}
    record(Action.STEP_DONE, request, by=by, content=request.content_digest, facts=facts)
    return OUTCOMES[after.status]


def appraise(request: ApprovalRequest, facts: AppraisalFacts, *, by: Actor, on: date, policy: Policy) -> Appraisal:
    """Enter a report of appraisal for the content as it stands.

    Raises AppraisalTooFew, AppraisalExpired, NotThisStep, Forbidden.
    """
    step_to_bring(request, by, StepKind.APPRAISAL)
    check_appraisal(facts, on, policy)
    row = Appraisal(
        request_id=request.id, region_code=request.region_code, content_digest=request.content_digest,
        agency=facts.agency, report_no=facts.report_no, appraisers="、".join(facts.appraisers),
        value_fen=facts.value_fen, appraised_on=facts.appraised_on,
        valid_until=valid_until(facts.appraised_on, policy), entered_by_id=by.id, entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    record(Action.APPRAISED, request, by=by, content=request.content_digest)
    return row
