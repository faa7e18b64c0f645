"""Between rows and rules: a request as the machine knows it, and what the machine made of it written back."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from registry.approvals.requests.machine import seated
from registry.approvals.requests.models import ApprovalDecision, ApprovalInterest, ApprovalRequest, ApprovalStep
from registry.approvals.requests.people import holders_of
from registry.approvals.requests.rules import Capacity, due_on
from registry.approvals.requests.states import RUNNING, Act, Case, Desk, RequestStatus, Step, StepStatus, Verdict
from registry.clock import now
from registry.database import db
from registry.policy.procedures import DECIDED, StepKind
from registry.policy.rules import Policy

#: Where a step that is over cannot be any more.
_OVER = frozenset({StepStatus.DONE, StepStatus.RELEASED})


def case_of(request: ApprovalRequest) -> Case:
    """Return a request as the rules see it."""
    acts = db.session.scalars(
        select(ApprovalDecision).where(ApprovalDecision.request_id == request.id).order_by(ApprovalDecision.id)
    )
    interests = list_interests(request)
    return Case(
        submitter_id=request.submitted_by_id,
        digest=request.content_digest,
        steps=tuple(Step(row.step_kind, row.desk, row.state) for row in request.steps),
        status=request.state,
        acts=tuple(
            Act(one.by_id or 0, one.position, Verdict(one.verdict), one.content_digest, one.for_id) for one in acts
        ),
        bars={one.user_id: Capacity(one.capacity).label for one in interests if one.user_id},
        barred_names={one.name: Capacity(one.capacity).label for one in interests if not one.user_id},
    )


def list_interests(request: ApprovalRequest) -> list[ApprovalInterest]:
    """Return who is interested in the content as it stands, and who recused themselves at any time."""
    rows = select(ApprovalInterest).where(ApprovalInterest.request_id == request.id).order_by(ApprovalInterest.id)
    current = {None, request.content_version}
    return [one for one in db.session.scalars(rows) if one.content_version in current]


def reseated(case: Case, request: ApprovalRequest, on: date) -> Case:
    """Let every step that is on a desk lie where somebody may decide it; where all are barred the level above acts."""
    steps = list(case.steps)
    for n, (step, row) in enumerate(zip(case.steps, request.steps, strict=True)):
        if step.status in {StepStatus.CURRENT, StepStatus.RECEIVED, StepStatus.CALLED_IN}:
            here = replace(case, steps=(*steps[:n], replace(step, desk=row.seat), *steps[n + 1 :]))
            steps[n] = replace(step, desk=_desk(here, n, on))
    return replace(case, steps=tuple(steps))


def _desk(case: Case, position: int, on: date) -> Desk:
    step = case.steps[position]
    if step.kind in DECIDED or step.kind is StepKind.FILING:
        return seated(case, position, lambda desk: holders_of(desk, on))
    # A meeting, a notice or an appraisal is brought, not decided: it only needs somebody who can enter it.
    desk: Desk | None = step.desk
    while desk is not None and not holders_of(desk, on):
        desk = desk.above()
    return desk or step.desk


def write_back(request: ApprovalRequest, case: Case, *, on: date, policy: Policy) -> None:
    """Write what the machine made of a case onto its rows: steps first, then desk, time limits, state."""
    case = reseated(case, request, on)
    for row, step in zip(request.steps, case.steps, strict=True):
        _write_step(row, step, on=on, policy=policy)
    db.session.flush()  # the database takes a case as agreed to only once its steps are
    if case.status not in RUNNING or case.status is RequestStatus.APPROVED:
        request.ended_at = request.ended_at or now()
    else:
        request.ended_at = None
    moved = request.status != case.status.value
    request.status, request.content_digest = case.status.value, case.digest
    _write_desk(request, case, moved=moved)


def _write_step(row: ApprovalStep, step: Step, *, on: date, policy: Policy) -> None:
    row.desk_role, row.desk_code = step.desk.role.value, step.desk.unit_code
    if row.state is step.status:
        return
    row.status = step.status.value
    row.done_at = now() if step.status in _OVER else None
    if step.status in {StepStatus.CURRENT, StepStatus.RECEIVED}:
        row.started_at, row.due_on = now(), due_on(row.step_kind, row.limit_days, row.hang_days, on, policy)
    elif step.status is StepStatus.WAITING:
        row.started_at, row.due_on, row.answer_table, row.answer_id = None, None, "", ""


def _write_desk(request: ApprovalRequest, case: Case, *, moved: bool) -> None:
    row = _on_desk(request, case)
    desk = row.desk if row is not None else None
    above = desk.above() if desk is not None else None
    before = (request.desk_role, request.desk_code, request.step_kind)
    request.step_kind = row.kind if row is not None else ""
    request.desk_role, request.desk_code = (desk.role.value, desk.unit_code) if desk is not None else ("", "")
    request.above_role, request.above_code = (above.role.value, above.unit_code) if above is not None else ("", "")
    request.due_on = row.due_on if row is not None and row.state is StepStatus.CURRENT else None
    if moved or before != (request.desk_role, request.desk_code, request.step_kind):
        request.since = now()


def _on_desk(request: ApprovalRequest, case: Case) -> ApprovalStep | None:
    """Return the step that somebody must deal with now: the current one, or the filing that called the case in."""
    wanted = {RequestStatus.OPEN: StepStatus.CURRENT, RequestStatus.CALLED_IN: StepStatus.CALLED_IN}.get(case.status)
    return next((row for row in request.steps if wanted is not None and row.state is wanted), None)
