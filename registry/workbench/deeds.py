"""What people do to a request, from a page or by a program: each deed is followed up by the feature of the case."""

from dataclasses import replace
from datetime import date
from typing import Any

from registry.approvals.notices.queries import find_taken_down
from registry.approvals.notices.rules import Case as NoticeCase
from registry.approvals.requests.answering import brought_to, current_step, finish_step, step_to_bring
from registry.approvals.requests.cases import case_of, reseated
from registry.approvals.requests.machine import principal_at
from registry.approvals.requests.models import ApprovalRequest, ApprovalStep
from registry.approvals.requests.people import person_of
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.questions import lacking
from registry.approvals.requests.services import (
    Decision,
    answer_call_in,
    call_in,
    resubmit_unchanged,
    withdraw_request,
)
from registry.approvals.requests.services import decide as decide_step
from registry.approvals.requests.states import Outcome, RequestStatus, StepStatus, Verdict
from registry.errors import RegistryError
from registry.kinds import Sector
from registry.permissions import Actor, Permission, may
from registry.policy.parameters import Parameter
from registry.policy.procedures import DECIDED, StepKind
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.workbench.showing.trial import Posting
from registry.workbench.subjects import DECIDE, settle


def take(found: ApprovalRequest, decision: Decision, *, by: Actor, on: date) -> Outcome:
    """Agree, send back, reject, call in or release, whatever the state of the request asks for."""
    policy = policy_for(found.region_code, on)
    if decision.verdict is Verdict.CALL_IN:
        position = _filed_at(found, by, on)
        outcome = call_in(found, position if position is not None else 0, decision, by=by, on=on, policy=policy)
        settle(found, by=by, on=on, policy=policy)
        return outcome
    called_in = found.state is RequestStatus.CALLED_IN or decision.verdict is Verdict.RELEASE
    deed = answer_call_in if called_in else decide_step
    if decision.verdict is Verdict.AGREE:
        DECIDE[found.about].before_agreeing(found, by=by, on=on, policy=policy)
    outcome = deed(found, decision, by=by, on=on, policy=policy)
    settle(found, by=by, on=on, policy=policy)
    return outcome


def offered(found: ApprovalRequest, by: Actor, on: date) -> tuple[Verdict, ...]:
    """Return what this person may say of a request now; nothing if they only look."""
    if not may(by, Permission.CASE_DECIDE):
        return ()
    if _sits_at(found, {StepStatus.CURRENT}, by, on, decided=True):
        return (Verdict.AGREE, Verdict.SEND_BACK, Verdict.REJECT)
    if _sits_at(found, {StepStatus.CALLED_IN}, by, on, decided=False):
        return (Verdict.RELEASE, Verdict.SEND_BACK)
    return (Verdict.CALL_IN,) if _filed_at(found, by, on) is not None else ()


def _filed_at(found: ApprovalRequest, by: Actor, on: date) -> int | None:
    if found.state not in {RequestStatus.OPEN, RequestStatus.APPROVED}:
        return None
    in_time = [row.position for row in found.steps if row.due_on is None or on <= row.due_on]
    places = _places(found, {StepStatus.RECEIVED}, by, on)
    return next((position for position in places if position in in_time), None)


def _sits_at(found: ApprovalRequest, states: set[StepStatus], by: Actor, on: date, *, decided: bool) -> bool:
    places = _places(found, states, by, on)
    return any(not decided or found.steps[position].step_kind in DECIDED for position in places)


def _places(found: ApprovalRequest, states: set[StepStatus], by: Actor, on: date) -> list[int]:
    """Return the steps in these states at which a person may act."""
    case, person = reseated(case_of(found), found, on), person_of(by, on)
    places = []
    for position, step in enumerate(case.steps):
        if step.status in states:
            try:
                principal_at(case, position, person)
            except RegistryError:
                continue
            places.append(position)
    return places


def step_waiting(request_id: int, kind: StepKind, by: Actor) -> tuple[ApprovalRequest, ApprovalStep]:
    """Return a request that has reached a step of this kind, for who may bring it what it waits for.

    Raises Missing, NotThisStep, Forbidden.
    """
    found = get_request(request_id, by)
    return found, step_to_bring(found, by, kind)


def lacks(found: ApprovalRequest, on: date) -> str:
    """Return what the current step still lacks, a text to translate; empty if nothing, or if it lies on no desk."""
    step = current_step(found)
    return lacking(step.step_kind, brought_to(found, step, on).known, on) if step is not None else ""


def finish(found: ApprovalRequest, *, by: Actor, on: date) -> Outcome:
    """Take a meeting's, notice's or appraisal's step as done once it is, and move on."""
    policy = policy_for(found.region_code, on)
    outcome = finish_step(found, by=by, on=on, policy=policy)
    settle(found, by=by, on=on, policy=policy)
    return outcome


def go_on(found: ApprovalRequest, *, by: Actor, on: date) -> bool:
    """Move a case on if what its step waits for has come about; says whether it moved."""
    if current_step(found) is None or lacks(found, on):
        return False
    finish(found, by=by, on=on)
    return True


def submit_again(found: ApprovalRequest, *, by: Actor, on: date) -> None:
    """Submit a request again as it is, once the papers are there."""
    policy = policy_for(found.region_code, on)
    resubmit_unchanged(found, by=by, on=on, policy=policy)
    settle(found, by=by, on=on, policy=policy)


def withdraw(found: ApprovalRequest, reason: str, *, by: Actor, on: date) -> None:
    """Take a request back before it is carried out."""
    policy = policy_for(found.region_code, on)
    withdraw_request(found, reason, by=by, on=on, policy=policy)
    settle(found, by=by, on=on, policy=policy)


def posting_at(found: ApprovalRequest, step: ApprovalStep) -> Posting:
    """Return how the notice of a step begins; where a case is made public more than once, its title says which it is.

    The board is read by people who cannot know whether the meeting has already voted.
    """
    posting = DECIDE[found.about].posting(found)
    kinds = {one.label for one in found.steps if one.step_kind is StepKind.NOTICE}
    return replace(posting, title=f"{posting.title}（{step.label}）") if len(kinds) > 1 else posting


def about_notice(found: ApprovalRequest, step: ApprovalStep) -> dict[str, Any]:
    """Return what a notice of a request's step says besides its words: kind, unit, case, who proposed it."""
    case = NoticeCase(CASE_TABLE, str(found.id), found.content_digest)
    earlier = find_taken_down(case, step.seat_code)
    return {
        "kind": DECIDE[found.about].posting(found).kind, "region_code": step.seat_code, "case": case,
        "sector": Sector(found.sector) if found.sector else None,
        "proposer": (found.submitted_by_id, found.submitted_by_text), "replaces_id": earlier.id if earlier else None,
    }  # fmt: skip


def as_copied(policy: Policy, step: ApprovalStep, parameter: Parameter) -> Policy:
    """Let a notice of a running request hang the days that were copied when it was opened."""
    return policy if step.hang_days is None else policy.holding(parameter, step.hang_days)
