"""A request as its page shows it: every step with its desk, its time and what was said there."""

from dataclasses import dataclass
from datetime import date, datetime

from registry.approvals.requests.models import ApprovalDecision, ApprovalRequest, ApprovalStep
from registry.approvals.requests.queries import list_decisions
from registry.approvals.requests.states import Desk, StepStatus, Verdict
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
    """One step on the page. ``moved``: the desk is not the one the policy names, because everybody there is barred."""

    position: int
    kind: StepKind
    label: str
    state: StepStatus
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
    late = row.state is StepStatus.CURRENT and row.due_on is not None and row.due_on < on
    return StepShown(
        row.position, row.step_kind, row.label, row.state, _DOTS[row.state], row.desk, row.desk != row.seat,
        row.started_at, row.done_at, row.due_on, row.limit_days, row.hang_days, max(days, 0), late, said,
        row.answer_table, row.answer_id,
    )  # fmt: skip
