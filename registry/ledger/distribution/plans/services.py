"""Drafting a plan: what it is about, the official books, its uses; dropping a draft."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import AssetOwner
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Conflict, Invalid
from registry.kinds import OwnerKind
from registry.ledger.distribution.plans.gathering import instalments_of, list_entries, use_of
from registry.ledger.distribution.plans.models import Plan, PlanUse
from registry.ledger.distribution.plans.months import months_of
from registry.ledger.distribution.plans.pool import OfficialYear, check_official
from registry.ledger.distribution.plans.queries import get_use, next_number
from registry.ledger.distribution.plans.rules import (
    NotOpen,
    OthersPlan,
    PlanFacts,
    PlanStatus,
    ReasonMissing,
    check_facts,
    check_open,
    usual_title,
)
from registry.ledger.distribution.plans.shares import check_instalments
from registry.ledger.distribution.plans.uses import USES, AmountNotPositive
from registry.ledger.distribution.plans.writing import (
    UseFacts,
    check_use_facts,
    classes_text,
    factors_text,
    fixed_text,
    resolve,
)
from registry.ledger.operation.contracts.models import Contract, ContractShare
from registry.parties.models import Party
from registry.permissions import Actor, Permission, may
from registry.places.queries import names_of
from registry.text import N_

#: Public owners hand their income to the treasury or to named villages; only collectives hand it out by a plan.
COLLECTIVES = frozenset({OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.GROUP_COLLECTIVE})


class NotACollective(Invalid):
    """Only collectives hand out their income by a plan."""

    message = N_("只有村、组集体经济组织做收益分配方案；国有单位、乡镇的收益上缴财政或拨给指定的村。")


class ScopeOdd(Invalid):
    """The asset or contract of a plan is the owner's own."""

    message = N_("这项资产或合同不属于这个集体。")


class NotStopped(Conflict):
    """What was agreed to is stopped by a second person before another plan takes its place."""

    message = N_("请先由复核人停止原方案，收回未发的钱，再做调整方案。")


class WorkTwice(Invalid):
    """All work of a kind that is not paid yet stands under one use."""

    message = N_("“%(kind)s”已经有一项，同一方案里不能再列。")


class NoWork(Invalid):
    """Work records precede pay."""

    message = N_("还没有已核实、未发放的用工记录，先登记并核实用工。")


@dataclass(frozen=True)
class OfficialFacts:
    """What is told of the official books and the charter, and what is to be said of cautions."""

    official: OfficialYear
    charter_bp: int
    charter_basis: str = ""
    remarks: str = ""


def begin_amendment(old: Plan, title: str, reason: str, *, by: Actor, on: date) -> Plan:
    """Begin the plan that takes the place of one that was stopped, with its uses as they were, to be put right.

    Raises NotStopped, ReasonMissing, and what begin_plan raises.
    """
    if old.state is not PlanStatus.AMENDED:
        raise NotStopped
    if not reason.strip():
        raise ReasonMissing(field="reason")
    plan = begin_plan(facts_of(old, title), by=by, on=on)
    plan.amends_id, plan.amend_reason = old.id, reason.strip()
    plan.prior_loss_fen, plan.prior_surplus_fen, plan.result_fen = (
        old.prior_loss_fen, old.prior_surplus_fen, old.result_fen,
    )  # fmt: skip
    plan.official_fund_fen, plan.official_paper = old.official_fund_fen, old.official_paper
    plan.charter_bp, plan.charter_basis = old.charter_bp, old.charter_basis
    for use in old.uses:
        if not USES[use.about].is_work:
            plan.uses.append(copied(use))
    db.session.flush()
    record(Action.PLAN_CHANGED, plan, by=by, reason=plan.amend_reason)
    return plan


def copied(use: PlanUse) -> PlanUse:
    """Return a use as it stands, for another plan."""
    kept = {column.key for column in PlanUse.__mapper__.column_attrs} - {"id", "plan_id", "version_id"}
    return PlanUse(**{name: getattr(use, name) for name in kept})


def facts_of(plan: Plan, title: str = "") -> PlanFacts:
    """Return what a plan is about, as it was typed."""
    return PlanFacts(
        plan.region_code, plan.party_id, plan.year, title.strip() or plan.title, plan.period_from, plan.period_to,
        plan.scope_kind, plan.asset_id, plan.contract_id, tuple(plan.instalments.split()),
    )  # fmt: skip


def begin_plan(facts: PlanFacts, *, by: Actor, on: date) -> Plan:
    """Begin a plan of a collective, under the usual title if it says none.

    Raises what check_facts raises, NotACollective, ScopeOdd, InstalmentsOdd.
    """
    unit_name = names_of([facts.region_code]).get(facts.region_code, "")
    facts = replace(facts, title=facts.title.strip() or usual_title(unit_name, facts.year))
    check_facts(facts, on)
    party = db.session.get(Party, facts.party_id)
    if party is None or party.owner_kind not in COLLECTIVES or party.region_code != facts.region_code:
        raise NotACollective(field="party_id")
    _check_scope(facts)
    plan = Plan(
        region_code=facts.region_code, number=next_number(facts.region_code, facts.year), party_id=party.id,
        status=PlanStatus.DRAFT.value, drafted_by_id=by.id, drafted_by_text=signature(by), drafted_at=now(),
        official_paper="", **_columns(facts),
    )  # fmt: skip
    check_instalments(instalments_of(plan), months_of(plan.period_from, plan.period_to))
    db.session.add(plan)
    db.session.flush()
    record(Action.PLAN_BEGUN, plan, by=by)
    return plan


def _columns(facts: PlanFacts) -> dict[str, object]:
    return {
        "year": facts.year,
        "title": facts.title.strip(),
        "period_from": facts.period_from,
        "period_to": facts.period_to,
        "instalments": " ".join(facts.instalment_months),
        "scope": facts.scope.value,
        "asset_id": facts.asset_id,
        "contract_id": facts.contract_id,
    }


def _check_scope(facts: PlanFacts) -> None:
    """Raise ScopeOdd unless the asset is the owner's, or the contract pays it."""
    if facts.asset_id is not None:
        owned = select(AssetOwner.id).where(
            AssetOwner.asset_id == facts.asset_id, AssetOwner.party_id == facts.party_id, AssetOwner.valid_to.is_(None)
        )
        if db.session.scalar(owned.limit(1)) is None:
            raise ScopeOdd(field="asset_no")
    if facts.contract_id is not None:
        contract = db.session.get(Contract, facts.contract_id)
        shares: list[ContractShare] = contract.shares if contract else []
        if not any(share.party_id == facts.party_id for share in shares):
            raise ScopeOdd(field="contract")


def change_plan(plan: Plan, facts: PlanFacts, *, by: Actor, on: date) -> None:
    """Change what an open plan is about; whose it is stays. Raises what begin_plan raises, NotOpen."""
    check_writable(plan, by)
    check_facts(facts, on)
    _check_scope(facts)
    for name, value in _columns(facts).items():
        setattr(plan, name, value)
    check_instalments(instalments_of(plan), months_of(plan.period_from, plan.period_to))
    _touched(plan, by)


def _touched(plan: Plan, by: Actor) -> None:
    """Note that an open plan was rewritten: what was frozen is not what it says any more."""
    plan.digest = ""
    db.session.flush()
    record(Action.PLAN_CHANGED, plan, by=by)


def check_writable(plan: Plan, by: Actor) -> None:
    """Raise unless this person may write this plan now."""
    check_open(plan.state)
    if not may(by, Permission.DISTRIBUTION_ENTER, plan.region_code):
        raise OthersPlan


def set_official(plan: Plan, facts: OfficialFacts, *, by: Actor) -> None:
    """Write what the official books and the charter say. Raises what check_official raises, NotOpen."""
    check_writable(plan, by)
    check_official(facts.official, facts.charter_bp)
    plan.prior_loss_fen, plan.prior_surplus_fen = facts.official.prior_loss_fen, facts.official.prior_surplus_fen
    plan.result_fen, plan.official_fund_fen = facts.official.result_fen, facts.official.fund_fen
    plan.official_paper = facts.official.paper.strip()
    plan.charter_bp, plan.charter_basis = facts.charter_bp, facts.charter_basis.strip()
    plan.remarks = facts.remarks.strip()
    _touched(plan, by)


def add_use(plan: Plan, facts: UseFacts, *, by: Actor) -> PlanUse:
    """Write a use into an open plan. Raises what check_use_facts raises, NotOpen, WorkTwice, NoWork."""
    check_writable(plan, by)
    check_use_facts(facts)
    if USES[facts.kind].is_work and any(use.kind == facts.kind.value for use in plan.uses):
        raise WorkTwice(field="kind", kind=facts.kind.label)
    position = max((use.position for use in plan.uses), default=0) + 1
    use = PlanUse(region_code=plan.region_code, position=position, **_use_columns(facts, plan, by))
    _settle_work(use, plan, facts)
    plan.uses.append(use)
    _touched(plan, by)
    return use


def change_use(plan: Plan, use_id: int, facts: UseFacts, *, by: Actor) -> None:
    """Rewrite a use of an open plan. Raises what add_use raises, Missing."""
    check_writable(plan, by)
    check_use_facts(facts)
    use = get_use(plan, use_id)
    for name, value in _use_columns(facts, plan, by).items():
        setattr(use, name, value)
    _settle_work(use, plan, facts)
    _touched(plan, by)


def _use_columns(facts: UseFacts, plan: Plan, by: Actor) -> dict[str, object]:
    terms, cost = facts.terms, facts.cost or ("", "")
    entries = list_entries(plan, by) if facts.named else []
    return {
        "kind": facts.kind.value,
        "label": facts.label.strip(),
        "amount_fen": facts.amount_fen,
        "basis": facts.basis.value,
        "entitlement": facts.entitlement.value,
        "classes": classes_text(facts.classes),
        "fixed": fixed_text(resolve(facts.named, entries)),
        "factors": factors_text(facts.factors),
        "principal_fen": terms.principal_fen if terms else None,
        "rate_bp": terms.rate_bp if terms else None,
        "term_months": terms.months if terms else None,
        "contract_id": facts.contract_id,
        "asset_id": facts.asset_id,
        "goods": facts.goods.strip(),
        "payee": facts.payee.strip(),
        "cost_table": cost[0],
        "cost_id": cost[1],
    }


def _settle_work(use: PlanUse, plan: Plan, facts: UseFacts) -> None:
    """Let pay for work be what the records say; anything else is as typed, and more than nothing."""
    if USES[facts.kind].is_work:
        use.amount_fen = sum(work.amount_fen for work in use_of(use, plan).work)
        if not use.amount_fen:
            raise NoWork(field="kind")
    elif facts.amount_fen <= 0:
        raise AmountNotPositive(field="amount", use=facts.label)


def remove_use(plan: Plan, use_id: int, *, by: Actor) -> None:
    """Take a use out of an open plan. Raises NotOpen, Missing."""
    check_writable(plan, by)
    use = get_use(plan, use_id)
    plan.uses.remove(use)
    db.session.delete(use)
    _touched(plan, by)


def drop_plan(plan: Plan, reason: str, *, by: Actor) -> None:
    """Give up a draft that was never submitted; one that was is taken back on its request. Raises NotOpen."""
    check_writable(plan, by)
    if plan.state is not PlanStatus.DRAFT:
        raise NotOpen
    plan.status, plan.end_reason = PlanStatus.WITHDRAWN.value, reason.strip()
    record(Action.PLAN_DROPPED, plan, by=by, reason=plan.end_reason)
