"""Checking a plan, freezing it, submitting it, and following what is decided on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.rules import InterestedPerson
from registry.approvals.requests.services import Application, resubmit_request, submit_request
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.canonical import JsonValue
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Conflict
from registry.kinds import Subject
from registry.ledger.distribution.plans.cautions import Caution, Draft, Standards, cautions_of, cautions_text
from registry.ledger.distribution.plans.computing import Computed, compute
from registry.ledger.distribution.plans.costs import posted_among
from registry.ledger.distribution.plans.freezing import digest_of, freeze
from registry.ledger.distribution.plans.gathering import Gathered, gather, pool_rows
from registry.ledger.distribution.plans.models import Plan, PlanCost, PlanIncome, PlanInput
from registry.ledger.distribution.plans.pool import check_official, check_taken
from registry.ledger.distribution.plans.queries import TABLE, find_input, list_costs, list_income, plan_of_request
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.plans.services import check_writable
from registry.ledger.distribution.plans.use_sums import counting_uses
from registry.ledger.distribution.plans.uses import Use, check_uses
from registry.ledger.distribution.rolls.rules import RollEntry
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.queries import list_work_of_uses
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances
from registry.policy.rules import Policy
from registry.text import N_

DEED = "YEAR"
AMENDING = "AMEND"


class ContentChanged(Conflict):
    """A plan that was rewritten is submitted anew on its own page."""

    message = N_("方案退回以后又改过，请在方案页面重新提交。")


@dataclass(frozen=True)
class Checked:
    """A plan that keeps every rule: its inputs, what follows from them, and what should be said of it."""

    gathered: Gathered
    computed: Computed
    cautions: tuple[Caution, ...]


def check_plan(plan: Plan, *, by: Actor, on: date, policy: Policy) -> Checked:
    """Check a plan whole, as it is submitted. Raises the first rule that it breaks."""
    gathered = gather(plan, by)
    inputs = gathered.inputs
    check_official(inputs.official, inputs.charter_bp)
    check_taken(pool_rows(plan), inputs.pool.income)
    posted = posted_among(use.cost for use in inputs.uses if use.cost)
    cap = policy.number(Parameter.INCENTIVE_PERCENT)
    check_uses(inputs.uses, inputs.order, posted=posted, incentive_bp=cap)
    computed = compute(inputs)
    return Checked(gathered, computed, cautions_for(plan, gathered, computed, on=on, policy=policy))


def cautions_for(
    plan: Plan, gathered: Gathered, computed: Computed, *, on: date, policy: Policy
) -> tuple[Caution, ...]:
    """Return what should be said of a plan before it goes on."""
    inputs = gathered.inputs
    draft = Draft(inputs.uses, computed.shares, inputs.official, inputs.charter_bp, gathered.cadres, on)
    return tuple(cautions_of(draft, standards_of(plan, policy)))


def standards_of(plan: Plan, policy: Policy) -> Standards:
    """Return what the region's policy asks of a plan; a year is distributed early in the next."""
    month, _, day = policy.text(Parameter.DISTRIBUTION_DEADLINE).partition("-")
    deadline = date(plan.year + 1, int(month), int(day))
    equal, fund = policy.number(Parameter.EQUAL_SPLIT_PERCENT), policy.number(Parameter.FUND_MIN_PERCENT)
    return Standards(equal, fund, deadline)


def submit_plan(plan: Plan, *, by: Actor, on: date, policy: Policy) -> ApprovalRequest:
    """Freeze a plan and submit it, or submit it anew after it was sent back. Raises what check_plan raises, NotOpen."""
    check_writable(plan, by)
    checked = check_plan(plan, by=by, on=on, policy=policy)
    _freeze(plan, checked)
    _take(plan, checked)
    plan.submitted_by_id, plan.submitted_by_text = by.id, signature(by)
    plan.status = PlanStatus.SUBMITTED.value
    db.session.flush()
    record(Action.PLAN_SUBMITTED, plan, by=by, content=plan.digest, facts={"cautions": _told(checked.cautions)})
    application = _application(plan, checked)
    request = find_request(TABLE, str(plan.id))
    if request is not None and request.state is RequestStatus.SENT_BACK:
        resubmit_request(request, application, by=by, on=on, policy=policy)
        return request
    return submit_request(application, by=by, on=on, policy=policy)


def _freeze(plan: Plan, checked: Checked) -> None:
    """Write the inputs down as they are; the same inputs are not written twice."""
    inputs, order = checked.gathered.inputs, checked.computed.order
    plan.income_fen, plan.costs_fen = inputs.pool.income_fen, inputs.pool.costs_fen
    plan.loss_fen, plan.fund_fen, plan.uses_fen = order.loss_fen, order.fund_fen, order.uses_fen
    plan.handed_fen = checked.computed.handed_fen
    text = freeze(inputs)
    plan.digest = digest_of(text)
    last = find_input(plan.id)
    if last is None or last.digest != plan.digest:
        db.session.add(
            PlanInput(
                region_code=plan.region_code, plan_id=plan.id, version=last.version + 1 if last else 1, content=text,
                digest=plan.digest, roll_digest=checked.gathered.roll_digest, frozen_at=now(),
                cautions=cautions_text(checked.cautions),
            )
        )  # fmt: skip


def _take(plan: Plan, checked: Checked) -> None:
    """Take the income, costs and work of a plan from every other plan; what it took before is let go first."""
    for earlier in (*list_income(plan.id), *list_costs(plan.id)):
        db.session.delete(earlier)
    _let_work_go(plan)
    db.session.flush()
    pool, returned = checked.gathered.inputs.pool, checked.computed.returned
    for one in pool.income:
        db.session.add(
            PlanIncome(
                region_code=plan.region_code, plan_id=plan.id, income_row_id=one.row_id, taken_fen=one.amount_fen,
                fresh_fen=one.fresh_fen, returned_fen=returned.get(one.row_id, 0),
            )
        )  # fmt: skip
    for cost in pool.costs:
        db.session.add(
            PlanCost(region_code=plan.region_code, plan_id=plan.id, voucher_id=int(cost.id), amount_fen=cost.amount_fen)
        )
    for row, use in zip(plan.uses, checked.gathered.inputs.uses, strict=True):
        for work in use.work:
            db.session.get_one(WorkRecord, work.record_id).plan_use_id = row.id


def _let_work_go(plan: Plan) -> None:
    for work in list_work_of_uses([use.id for use in plan.uses]):
        work.plan_use_id = None


def _told(cautions: Sequence[Caution]) -> list[JsonValue]:
    return [str(one) for one in cautions]


def content_of(plan: Plan, uses: Sequence[Use]) -> JsonValue:
    """Return exactly what a request decides on; lines follow from the digest of the inputs."""
    return {
        "plan": plan.number,
        "title": plan.title,
        "year": plan.year,
        "period": [plan.period_from, plan.period_to],
        "inputs": plan.digest,
        "income_fen": plan.income_fen,
        "costs_fen": plan.costs_fen,
        "loss_fen": plan.loss_fen,
        "fund_fen": plan.fund_fen,
        "charter_bp": plan.charter_bp,
        "uses": [[use.kind.value, use.label, use.basis.value, use.amount_fen] for use in uses],
        "remarks": plan.remarks,
        "amends": plan.amends_id,
    }


def _application(plan: Plan, checked: Checked) -> Application:
    inputs = checked.gathered.inputs
    circumstances = Circumstances(
        Subject.DISTRIBUTION, AMENDING if plan.amends_id else DEED, owner_kind=plan.party.owner_kind,
        value_fen=plan.uses_fen,
    )  # fmt: skip
    return Application(
        circumstances, plan.region_code, thing_of(plan), N_("收益分配方案：%(title)s") % {"title": plan.title},
        content_of(plan, inputs.uses), (plan.region_code,), interested=_interested(checked), amount_fen=plan.uses_fen,
    )  # fmt: skip


def _interested(checked: Checked) -> tuple[InterestedPerson, ...]:
    """Return who stands on an individual line: an equal or a member's entitlement makes nobody a party."""
    names = names_of(checked.gathered)
    found: dict[InterestedPerson, None] = {}
    for use, lines in zip(checked.gathered.inputs.uses, checked.computed.shares, strict=True):
        capacity = use.rule.capacity
        if capacity is None:
            continue
        people = [name for line in lines for name in names.get(line.beneficiary_id, ())[:1]]
        people += [work.name for work in use.work]
        found |= dict.fromkeys(InterestedPerson(name, capacity) for name in people)
    return tuple(found)


def names_of(gathered: Gathered) -> dict[int, tuple[str, ...]]:
    """Return the names of a household, its head's first, as the newest roll of the period has them."""
    newest: dict[int, RollEntry] = {}
    for year in sorted(gathered.rolls):
        newest.update({entry.household_id: entry for entry in gathered.rolls[year]})
    return {key: (one.head_name, *(person.name for person in one.persons)) for key, one in newest.items()}


#: What a plan may come from, by what it becomes.
_FROM = frozenset({PlanStatus.SUBMITTED, PlanStatus.AGREED, PlanStatus.SENT_BACK})
_FOLLOWS = {
    RequestStatus.OPEN: PlanStatus.SUBMITTED,
    RequestStatus.APPROVED: PlanStatus.AGREED,
    RequestStatus.SENT_BACK: PlanStatus.SENT_BACK,
    RequestStatus.REJECTED: PlanStatus.REFUSED,
    RequestStatus.WITHDRAWN: PlanStatus.WITHDRAWN,
}


def follow_plan_request(request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Bring a plan in line with its request: after a decision, a meeting, a notice or a call-in alike."""
    del policy  # what was agreed to was checked when it was submitted
    plan = plan_of_request(request)
    wanted = _FOLLOWS.get(request.state)
    if wanted is None or plan.state not in _FROM - {wanted}:
        return
    if wanted is PlanStatus.SUBMITTED and not plan.digest:
        raise ContentChanged
    with counting_uses([plan]):
        plan.status = wanted.value
    if wanted is PlanStatus.AGREED:
        plan.agreed_on = on
        record(Action.PLAN_AGREED, plan, by=by, content=plan.digest)
        return
    plan.agreed_on = None
    if wanted in {PlanStatus.REFUSED, PlanStatus.WITHDRAWN}:
        plan.end_reason = request.end_reason
        _let_work_go(plan)
    record(Action.PLAN_FOLLOWED, plan, by=by, content=plan.digest)
