"""Who stands on the roll of the demo county, and how its income is handed out."""

from collections import Counter

from flask import Flask
from sqlalchemy import func, select

from registry.approvals.requests.queries import find_request
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder, PayoutResult
from registry.ledger.distribution.payout.rules import LineStatus, OrderStatus, ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanIncome, PlanLine
from registry.ledger.distribution.plans.pool import OfficialYear, expected_fund
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.rolls.changes import ChangeStatus
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollChange
from registry.ledger.distribution.rolls.rules import ASSISTED, BeneficiaryClass
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.rules import WorkStatus
from registry.ledger.operation.receipts.models import IncomeRow
from registry.parties.households.models import Household, Stay
from registry.policy.procedures import StepKind
from tests.demo.conftest import values


def test_households_stand_in_every_class(county: Flask) -> None:
    assert values(BeneficiaryStatus.beneficiary_class) >= ASSISTED | {
        BeneficiaryClass.ORDINARY,
        BeneficiaryClass.MEMBER,
    }
    assert 12 <= (db.session.scalar(select(func.count()).select_from(Household)) or 0) <= 15


def test_changes_of_the_roll_are_asked_for_and_carried_out(county: Flask) -> None:
    statuses = Counter(db.session.scalars(select(RollChange.status)))
    assert statuses[ChangeStatus.ASKED] == 1
    assert statuses[ChangeStatus.DONE] == 3
    assert db.session.scalar(select(func.count()).select_from(Stay).where(Stay.parting == "DIED")) == 2


def plan_of(title: str) -> Plan:
    return db.session.scalars(select(Plan).where(Plan.title == title)).one()


def lines_of(plan: Plan) -> list[PayoutLine]:
    rows = select(PayoutLine).join(PlanLine, PlanLine.id == PayoutLine.plan_line_id)
    return list(db.session.scalars(rows.where(PlanLine.plan_id == plan.id)))


def test_the_plan_of_last_year_was_paid_and_what_failed_for_one_household_was_paid_again(county: Flask) -> None:
    plan = plan_of("华溪村2025年度扶贫项目资产收益分配方案")
    assert plan.state is PlanStatus.DONE
    lines = lines_of(plan)
    assert {line.state for line in lines} == {LineStatus.PAID}
    assert [line.attempts for line in lines if line.attempts > 1] == [2, 2]
    assert len({line.agreed.payee_name for line in lines if line.attempts > 1}) == 1
    assert values(PayoutResult.kind) == set(ResultKind)
    handed = db.session.scalar(select(func.sum(PlanLine.amount_fen)).where(PlanLine.plan_id == plan.id))
    assert handed == plan.handed_fen == sum(line.amount_fen for line in lines)
    assert handed <= plan.uses_fen <= plan.income_fen


def test_the_plan_of_half_a_year_is_being_paid_one_payment_came_back_and_one_order_waits(county: Flask) -> None:
    plan = plan_of("华溪村2026年上半年扶贫项目资产收益分配方案")
    assert plan.state is PlanStatus.PAYING
    lines = lines_of(plan)
    assert Counter(line.state for line in lines) == {LineStatus.PAID: 15, LineStatus.RETURNED: 1, LineStatus.WAITING: 1}
    assert [line.attempts for line in lines if line.state is LineStatus.PAID and line.attempts > 1] == [2]
    orders = db.session.scalars(select(PayoutOrder).where(PayoutOrder.plan_id == plan.id))
    assert {order.state for order in orders} == {OrderStatus.PAYING, OrderStatus.PREPARED}


def test_whose_risk_ended_in_march_is_paid_for_three_months_and_an_heir_gets_the_share(county: Flask) -> None:
    plan = plan_of("华溪村2026年上半年扶贫项目资产收益分配方案")
    lines = db.session.scalars(select(PlanLine).where(PlanLine.plan_id == plan.id)).all()
    helped = {line.head_name: line for line in lines if line.use.label == "监测对象帮扶分红（按月）"}
    assert [(line.months, line.of_months) for name, line in helped.items() if name == "刘益洪"] == [(3, 6)]
    assert {line.withheld_fen for name, line in helped.items() if name != "刘益洪"} == {0}
    shares = {line.head_name: line.weight for line in lines if line.use.label == "成员按份额分红"}
    assert "罗长明" not in shares
    assert shares["汤德华"] == 300
    assert shares["李国英"] == 300


def test_a_plan_that_was_wrong_was_stopped_and_another_took_its_place(county: Flask) -> None:
    plan = plan_of("光明村2025年度扶贫项目资产收益分配调整方案")
    assert plan.amends_id is not None
    assert db.session.get_one(Plan, plan.amends_id).state is PlanStatus.AMENDED
    assert plan.state is PlanStatus.DONE
    assert plan.fund_fen == 0


def test_every_plan_keeps_within_the_result_of_the_official_books(county: Flask) -> None:
    for plan in db.session.scalars(select(Plan)):
        assert plan.loss_fen == 0
        assert plan.income_fen - plan.costs_fen <= plan.result_fen + plan.prior_surplus_fen - plan.prior_loss_fen
        assert plan.official_fund_fen == expected_fund(OfficialYear(result_fen=plan.result_fen), plan.charter_bp)


def test_one_plan_hangs_out_to_be_read_before_the_meeting(county: Flask) -> None:
    waiting = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.SUBMITTED.value)).one()
    request = find_request("plan", str(waiting.id))
    assert request is not None
    assert request.step_kind == StepKind.NOTICE


def test_no_plan_takes_more_than_was_received(county: Flask) -> None:
    for row, taken in db.session.execute(
        select(IncomeRow, func.sum(PlanIncome.taken_fen - PlanIncome.returned_fen))
        .join(PlanIncome, PlanIncome.income_row_id == IncomeRow.id)
        .group_by(IncomeRow.id)
    ):
        assert taken <= row.amount_fen


def test_work_was_verified_before_it_was_paid_and_some_waits(county: Flask) -> None:
    works = db.session.scalars(select(WorkRecord)).all()
    assert {work.state for work in works} == {WorkStatus.ENTERED, WorkStatus.VERIFIED}
    assert all(work.state is WorkStatus.VERIFIED for work in works if work.plan_use_id is not None)
    assert all(work.checked_by_id != work.entered_by_id for work in works)
