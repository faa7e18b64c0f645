"""A request as its page shows it: every step with its desk, its time and what was said there."""

from dataclasses import dataclass
from datetime import date, datetime

from registry.approvals.requests.models import ApprovalDecision, ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import list_decisions
from registry.approvals.requests.states import Desk, RequestStatus, StepStatus, Verdict
from registry.clock import local
from registry.policy.procedures import StepKind

_DOTS = {
    StepStatus.WAITING: "future",
    StepStatus.CURRENT: "now",
    StepStatus.DONE: "decided",
    StepStatus.RECEIVED: "fact",
    StepStatus.CALLED_IN: "corrected",
    StepStatus.RELEASED: "decided",
}
#: What a request has come to when the desk it last lay on no longer has it.
_OFF_DESK = frozenset({RequestStatus.SENT_BACK, RequestStatus.REJECTED, RequestStatus.WITHDRAWN})


@dataclass(frozen=True)
class Said:
    """What one person said at a step; void if the content has changed since."""

    who: str
    for_whom: str
    at: datetime
    verdict: Verdict
    opinion: str
    defect: str
    void: bool


@dataclass(frozen=True)
class StepShown:
    """One step on the page. ``moved``: the desk is not the one the policy names, because everybody there is barred.

    ``state`` is the request's own where the case has left the desk undecided: sent back, rejected, withdrawn.
    """

    position: int
    kind: StepKind
    label: str
    state: StepStatus | RequestStatus
    dot: str
    desk: Desk
    moved: bool
    started_at: datetime | None
    done_at: datetime | None
    due_on: date | None
    limit_days: int | None
    hang_days: int | None
    days: int
    late: bool
    said: tuple[Said, ...]
    answer_table: str
    answer_id: str


def steps_of(request: ApprovalRequest, on: date) -> list[StepShown]:
    """Return the steps of a request in their order."""
    decisions = list_decisions(request.id)
    return [
        _shown(row, request, [one for one in decisions if one.position == row.position], on) for row in request.steps
    ]


def _shown(row: ApprovalStep, request: ApprovalRequest, decisions: list[ApprovalDecision], on: date) -> StepShown:
    end = local(row.done_at).date() if row.done_at else on
    days = (end - local(row.started_at).date()).days if row.started_at else 0
    said = tuple(
        Said(
            one.by_text, one.for_text, one.at, Verdict(one.verdict), one.opinion, one.defect,
            void=one.content_digest != request.content_digest,
        )
        for one in decisions
    )  # fmt: skip
    is_current, is_off = row.state is StepStatus.CURRENT, request.state in _OFF_DESK
    state, dot = (request.state, "corrected") if is_current and is_off else (row.state, _DOTS[row.state])
    due_on = None if is_current and is_off else row.due_on
    late = is_current and due_on is not None and due_on < on
    return StepShown(
        row.position, row.step_kind, row.label, state, dot, row.desk, row.desk != row.seat,
        row.started_at, row.done_at, due_on, row.limit_days, row.hang_days, max(days, 0), late, said,
        row.answer_table, row.answer_id,
    )  # fmt: skip
