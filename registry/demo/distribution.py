"""How the income of the demo county is handed out: work records, a year's plan, and how its payout went."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from registry.demo.equity import holder_of
from registry.demo.places import CLERKS, UnitRow, units
from registry.demo.tables import labelled, read, split
from registry.demo.telling import Telling
from registry.ledger.distribution.payout.queries import lines_by_serial
from registry.ledger.distribution.payout.rules import (
    UNPAID,
    CheckFacts,
    LineStatus,
    Method,
    Received,
    ResultFacts,
    ResultKind,
)
from registry.ledger.distribution.payout.services import prepare_order, release_order
from registry.ledger.distribution.payout.telling import note_receipt, stop_plan, tell_results
from registry.ledger.distribution.plans.gathering import gather
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.pool import OfficialYear
from registry.ledger.distribution.plans.rules import PlanFacts
from registry.ledger.distribution.plans.services import (
    OfficialFacts,
    add_use,
    begin_amendment,
    begin_plan,
    remove_use,
    set_official,
)
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.submitting import submit_plan
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.distribution.plans.writing import UseFacts, parse_named
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.work.rules import HALF_DAYS, WorkFacts, WorkKind
from registry.ledger.distribution.work.services import check_record, enter_work
from registry.money import parse_fen
from registry.permissions import Actor

_PERCENT_BP = 100


class WorkRow(NamedTuple):
    """Somebody's work, who entered it and who verified it."""

    key: str
    unit_name: str
    household: str
    name: str
    kind: str
    project: str
    starts_on: str
    ends_on: str
    days: str
    rate: str
    asset: str
    entered_by: str
    verified_by: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


class UseRow(NamedTuple):
    """One use of a plan; one without an amount takes what the others leave."""

    plan: str
    kind: str
    label: str
    amount: str
    basis: str
    entitlement: str
    classes: str
    named: str
    payee: str


class PlanRow(NamedTuple):
    """A year's plan; once it was agreed to, on which days its payout was prepared, released and told."""

    key: str
    unit_name: str
    year: str
    title: str
    period_from: str
    period_to: str
    loss: str
    surplus: str
    result: str
    fund: str
    paper: str
    charter: str
    charter_basis: str
    remarks: str
    begun_on: str
    submitted_on: str
    amends: str
    amend_reason: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def uses(self) -> tuple[UseRow, ...]:
        return tuple(use for use in read("uses", UseRow) if use.plan == self.key)


class PayoutRow(NamedTuple):
    """A deed on the payout of a plan's first instalment; a result names the payee whose payment it is about.

    An order names in its place the uses it is for; none means all.
    """

    plan: str
    day: str
    deed: str
    username: str
    payee: str
    reason: str


def tell_work(row: WorkRow, told: Telling) -> None:
    """Enter somebody's work on its last day, and let a second person verify it where the table names one."""
    facts = WorkFacts(
        row.unit.code, told.households[row.household].id, row.name, labelled(WorkKind, row.kind), row.project,
        told.day(row.starts_on), told.day(row.ends_on), int(Fraction(row.days) * HALF_DAYS), parse_fen(row.rate),
        told.assets[row.unit_name, row.asset].asset_no,
    )  # fmt: skip
    work = enter_work(facts, by=told.staff.named(row.entered_by), on=facts.ends_on)
    if row.verified_by:
        check_record(work, "", agrees=True, by=told.staff.named(row.verified_by))


def tell_plan(row: PlanRow, told: Telling) -> None:
    """Draft a plan, and submit it where the table says when; its way from desk to desk is told move by move."""
    unit, on = row.unit, told.day(row.begun_on)
    by = told.staff.holding(CLERKS[unit.level], unit)
    plan = _amended(row, told, by, on) if row.amends else begin_plan(_facts(row), by=by, on=on)
    set_official(plan, _official(row), by=by)
    for use in row.uses:
        add_use(plan, _use(use, plan, by), by=by)
    told.plans[row.key] = plan
    if row.submitted_on:
        asked_on = told.day(row.submitted_on)
        request = submit_plan(plan, by=by, on=asked_on, policy=told.policy(unit.code, asked_on))
        told.requests[row.key] = request


def _facts(row: PlanRow) -> PlanFacts:
    holder = holder_of(row.unit.code, row.unit.owner)
    return PlanFacts(row.unit.code, holder.id, int(row.year), row.title, row.period_from, row.period_to)


def _amended(row: PlanRow, told: Telling, by: Actor, on: date) -> Plan:
    """Begin the plan that takes the place of a stopped one; its uses are written anew."""
    plan = begin_amendment(told.plans[row.amends], row.title, row.amend_reason, by=by, on=on)
    for use in list(plan.uses):
        remove_use(plan, use.id, by=by)
    return plan


def _official(row: PlanRow) -> OfficialFacts:
    year = OfficialYear(
        parse_fen(row.loss), parse_fen(row.result), parse_fen(row.fund), row.paper, parse_fen(row.surplus)
    )
    return OfficialFacts(year, int(row.charter) * _PERCENT_BP, row.charter_basis, row.remarks)


def _use(row: UseRow, plan: Plan, by: Actor) -> UseFacts:
    kind = labelled(UseKind, row.kind)
    amount_fen = parse_fen(row.amount) if row.amount else 0
    if kind is UseKind.CARRIED:
        amount_fen = gather(plan, by).inputs.order.uses_fen - sum(use.amount_fen for use in plan.uses)
    return UseFacts(
        kind, row.label, amount_fen, labelled(Basis, row.basis), labelled(Entitlement, row.entitlement),
        frozenset(labelled(BeneficiaryClass, label) for label in split(row.classes)),
        parse_named("\n".join(split(row.named))), payee=row.payee,
    )  # fmt: skip


def tell_payout(row: PayoutRow, told: Telling) -> None:
    """Bring the payout of a plan a step further."""
    _DEEDS[row.deed](row, told)


def _prepare(row: PayoutRow, told: Telling) -> None:
    plan, on = told.plans[row.plan], told.day(row.day)
    named, policy = split(row.payee), told.policy(plan.region_code, on)
    uses = [use.id for use in plan.uses if not named or use.label in named]
    by = told.staff.named(row.username)
    told.orders[row.plan] = prepare_order(plan, 1, uses, Method.BANK, by=by, on=on, policy=policy)


def _release(row: PayoutRow, told: Telling) -> None:
    release_order(told.orders[row.plan], by=told.staff.named(row.username), on=told.day(row.day))


def _pay(row: PayoutRow, told: Telling) -> None:
    """Tell that everybody was paid but the head that is named, whose account did not fit."""
    order = told.orders[row.plan]
    results = []
    for serial, line in lines_by_serial(order.id).items():
        if line.state is LineStatus.WAITING:
            failed = line.agreed.payee_name == row.payee
            kind = ResultKind.FAILED if failed else ResultKind.PAID
            results.append(ResultFacts(serial, kind, reason=row.reason if failed else ""))
    _tell(row, told, results)


def _again(row: PayoutRow, told: Telling) -> None:
    failed = [serial for serial, line in lines_by_serial(told.orders[row.plan].id).items() if line.state in UNPAID]
    _tell(row, told, [ResultFacts(serial, ResultKind.PAID) for serial in failed])


def _tell(row: PayoutRow, told: Telling, results: list[ResultFacts]) -> None:
    on, source = told.day(row.day), f"农商行代发批次 {told.day(row.day):%Y%m%d}"
    tell_results(told.orders[row.plan], results, on, source, by=told.staff.named(row.username), on=on)


def _return(row: PayoutRow, told: Telling) -> None:
    """Tell that the bank sent back what the payee that is named had been paid."""
    lines = lines_by_serial(told.orders[row.plan].id).items()
    back = [serial for serial, line in lines if line.agreed.payee_name == row.payee and line.state is LineStatus.PAID]
    _tell(row, told, [ResultFacts(serial, ResultKind.RETURNED, reason=row.reason) for serial in back])


def _check(row: PayoutRow, told: Telling) -> None:
    """Note that the payee that is named has received all of it."""
    for line in lines_by_serial(told.orders[row.plan].id).values():
        if line.agreed.payee_name == row.payee and line.state is LineStatus.PAID:
            on = told.day(row.day)
            facts = CheckFacts(Received.RECEIVED, line.amount_fen, on, row.reason)
            note_receipt(line, facts, by=told.staff.named(row.username), on=on)


def _stop(row: PayoutRow, told: Telling) -> None:
    stop_plan(told.plans[row.plan], row.reason, by=told.staff.named(row.username), on=told.day(row.day))


_DEEDS: dict[str, Callable[[PayoutRow, Telling], None]] = {
    "制单": _prepare,
    "复核": _release,
    "发放": _pay,
    "补发": _again,
    "退票": _return,
    "抽查": _check,
    "停止": _stop,
}
