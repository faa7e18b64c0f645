"""Carrying out an agreed plan: its lines are written once, from the frozen inputs, with the names of the day."""

from datetime import date

from registry.approvals.requests.queries import find_request
from registry.approvals.requests.services import mark_executed
from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.errors import Conflict
from registry.ledger.distribution.plans.benefits import begin_benefits
from registry.ledger.distribution.plans.computing import Inputs, compute
from registry.ledger.distribution.plans.freezing import digest_of, freeze
from registry.ledger.distribution.plans.gathering import frozen_inputs
from registry.ledger.distribution.plans.models import Plan, PlanLine, PlanUse
from registry.ledger.distribution.plans.naming import Named, names_by_key
from registry.ledger.distribution.plans.queries import TABLE
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.plans.shares import Share
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_


class InputsChanged(Conflict):
    """What was agreed to is not what is stored."""

    message = N_("方案的存档与所同意的不一致，不能执行。请用校验操作日志核对。")


class NotAgreedYet(Conflict):
    """No line is written before its plan is agreed to."""

    message = N_("方案还没有通过，不能执行。")


def carry_out(plan: Plan, *, by: Actor, on: date, policy: Policy) -> Inputs:
    """Write the lines of an agreed plan and return what they follow from; its request is carried out with it.

    Raises NotAgreedYet, InputsChanged, and NotOpen while the request is called in.
    """
    request = find_request(TABLE, str(plan.id))
    if plan.state is not PlanStatus.AGREED or request is None:
        raise NotAgreedYet
    inputs = frozen_inputs(plan)
    if digest_of(freeze(inputs)) != plan.digest:
        raise InputsChanged
    mark_executed(request, by=by, on=on, policy=policy)
    shares = compute(inputs).shares
    names = names_by_key({key for lines in shares for share in lines for key in _keys(share)})
    plan.status = PlanStatus.PAYING.value
    by_use = zip(plan.uses, shares, strict=True)
    add_many([_line(plan, use, share, names) for use, lines in by_use for share in lines])
    begin_benefits(plan)
    record(Action.PLAN_CARRIED_OUT, plan, by=by, content=plan.digest)
    return inputs


def _keys(share: Share) -> tuple[str, ...]:
    own = f"household/{share.beneficiary_id}" if share.beneficiary_id else ""
    return tuple(key for key in (own, share.payee) if key)


def _line(plan: Plan, use: PlanUse, share: Share, names: dict[str, Named]) -> PlanLine:
    own = names.get(f"household/{share.beneficiary_id}", Named(""))
    paid_to = names[share.payee].name if share.payee in names else own.name
    return PlanLine(
        region_code=plan.region_code, plan_id=plan.id, use_id=use.id, instalment=share.instalment,
        beneficiary=share.beneficiary_id, household_id=share.beneficiary_id or None, head_name=own.name,
        group_name=own.group, payee=share.payee, payee_name=paid_to or use.payee or plan.party.name,
        weight=share.weight, amount_fen=share.amount_fen, withheld_fen=share.withheld_fen, months=share.months,
        of_months=share.of_months, odd_fen=int(share.odd_fen),
    )  # fmt: skip
