"""Payout on both databases: three persons, each line once, results, what the books say, stopping and amending."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.ledger.books.models import Voucher
from registry.ledger.distribution.payout import rules
from registry.ledger.distribution.payout.models import PayoutLine, PayoutResult
from registry.ledger.distribution.payout.queries import (
    all_order_lines,
    find_standing_line,
    list_checks,
    list_results,
    paid_by_use,
)
from registry.ledger.distribution.payout.rules import (
    CheckFacts,
    LineStatus,
    Method,
    OrderStatus,
    Received,
    ResultFacts,
    ResultKind,
)
from registry.ledger.distribution.payout.services import cancel_order, release_order, send_back_order
from registry.ledger.distribution.payout.showing import paid_lines
from registry.ledger.distribution.payout.telling import note_receipt, tell_results
from registry.ledger.distribution.plans.chain import chain_of
from registry.ledger.distribution.plans.models import PlanLine
from registry.ledger.distribution.plans.queries import list_income, list_lines
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.plans.uses import UseKind
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdStatus, Parting
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.payout.paying import balance, deeds, order_of, ordered, paid, released, told
from tests.ledger.plans.planning import (
    CUSTODY,
    DIVIDEND,
    RELIEF,
    agreed,
    drafted,
    end_entitlement,
    income,
    plan_of,
)
from tests.ledger.rolls.people import on_roll

PAID, FAILED, RETURNED = ResultKind.PAID, ResultKind.FAILED, ResultKind.RETURNED


def test_three_persons_bring_money_to_households_and_the_books_say_so(any_app: Flask) -> None:
    order_id = paid()
    order = order_of(order_id)
    assert (order.state, order.plan.state) == (OrderStatus.DONE, PlanStatus.DONE)
    assert order.prepared_by_text != order.released_by_text
    before = deeds()[:-7]
    assert deeds()[-7:] == [
        ("FUND_EXTRACTED", 200_000),
        ("DISTRIBUTION_DUE", 500_000),
        ("DISTRIBUTION_DUE", 120_000),
        ("LABOUR_DUE", 180_000),
        ("DISTRIBUTION_PAID", 500_000),
        ("DISTRIBUTION_PAID", 120_000),
        ("LABOUR_PAID", 180_000),
    ]
    assert all(deed.startswith(("INCOME", "ASSET", "DUE")) for deed, _ in before)
    assert (balance("113"), balance("213"), balance("311")) == (0, 0, balance("311"))
    assert sum(paid_by_use(order.plan_id).values()) == 800_000
    said = list(db.session.scalars(select(Voucher.summary).order_by(Voucher.id)))[-7:]
    assert said[0] == f"提取公积公益金：{order.plan.title}"
    first = order.plan.uses[0]
    assert said[1] == f"应付收益分配：{first.label}，{order.number}，{order.plan.title}"
    assert said[4] == f"支付收益分配：{first.label}，{order.number}，{order.plan.title}"


def test_whoever_prepared_does_not_release_and_whoever_released_does_not_pay(any_app: Flask) -> None:
    order_id = ordered()
    with pytest.raises(rules.OwnOrder), transaction(VILLAGE):
        release_order(order_of(order_id), by=person("village_clerk"), on=TODAY)
    released(order_id)
    for who in ("village_clerk", "village_head"):
        with pytest.raises(rules.OwnOrder):
            told(order_id, ResultFacts(1, PAID), by=who)
    with pytest.raises(rules.NotPrepared), transaction(VILLAGE):
        release_order(order_of(order_id), by=person("township_supervisor"), on=TODAY)


def test_no_line_stands_in_two_orders_and_the_database_holds_it(any_app: Flask) -> None:
    order_id = ordered()
    with pytest.raises(rules.NothingToPay):
        ordered(order_of(order_id).plan_id)
    line = all_order_lines(order_id)[0][0]
    with pytest.raises(IntegrityError), transaction(VILLAGE):
        db.session.add(
            PayoutLine(
                region_code=VILLAGE, order_id=order_id, plan_line_id=line.plan_line_id,
                standing_line=line.standing_line, serial=999, amount_fen=1, status=LineStatus.WAITING.value,
            )
        )  # fmt: skip
        db.session.flush()


def test_one_payment_per_household_use_and_instalment_is_held_by_the_database(any_app: Flask) -> None:
    ordered()
    line = db.session.scalars(select(PlanLine).where(PlanLine.household_id.is_not(None))).first()
    assert line is not None
    copy = {column.key: getattr(line, column.key) for column in PlanLine.__mapper__.column_attrs if column.key != "id"}
    with pytest.raises(IntegrityError), transaction(VILLAGE):
        db.session.add(PlanLine(**copy))
        db.session.flush()


def test_an_order_sent_back_or_taken_back_frees_its_lines(app: Flask) -> None:
    order_id = ordered()
    plan_id = order_of(order_id).plan_id
    with transaction(VILLAGE):
        send_back_order(order_of(order_id), "金额不对", by=person("village_head"))
    second = ordered(plan_id)
    with pytest.raises(rules.ReasonMissing), transaction(VILLAGE):
        cancel_order(order_of(second), " ", by=person("village_clerk"))
    with transaction(VILLAGE):
        cancel_order(order_of(second), "做错了", by=person("village_clerk"))
    assert len(all_order_lines(ordered(plan_id))) == len(all_order_lines(order_id))
    assert not [deed for deed, _ in deeds() if deed.startswith(("FUND", "DISTRIBUTION", "LABOUR"))]


def test_what_failed_is_tried_again_and_what_came_back_is_owed_again(any_app: Flask) -> None:
    order_id = released()
    told(order_id, ResultFacts(1, FAILED, reason="账号不符"), *(ResultFacts(n, PAID) for n in range(2, 8)))
    assert order_of(order_id).state is OrderStatus.PAYING
    told(order_id, ResultFacts(1, PAID, reference="流水2"))
    assert order_of(order_id).state is OrderStatus.DONE
    told(order_id, ResultFacts(1, RETURNED, reason="退票"))
    order = order_of(order_id)
    assert (order.state, order.plan.state) == (OrderStatus.PAYING, PlanStatus.PAYING)
    assert balance("113") == -166_667
    told(order_id, ResultFacts(1, PAID))
    assert (order_of(order_id).plan.state, balance("113")) == (PlanStatus.DONE, 0)
    line = all_order_lines(order_id)[0][0]
    assert [result.told for result, _ in list_results(line.id)] == [FAILED, PAID, RETURNED, PAID]
    assert [result.number for result, _ in list_results(line.id)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ((ResultFacts(1, RETURNED, reason="x"),), rules.ResultOdd),
        ((ResultFacts(99, PAID),), rules.LineUnknown),
        ((ResultFacts(1, PAID), ResultFacts(1, PAID)), rules.LineTwice),
        ((ResultFacts(1, FAILED),), rules.WhyFailed),
        ((ResultFacts(1, PAID, amount_fen=1),), rules.AmountOdd),
        ((), rules.NothingTold),
    ],
)
def test_results_that_do_not_fit_are_refused_whole(
    app: Flask, results: tuple[ResultFacts, ...], refusal: type[Exception]
) -> None:
    order_id = released()
    posted = deeds()
    with pytest.raises(refusal):
        told(order_id, ResultFacts(2, PAID), *results) if results else told(order_id)
    assert deeds() == posted
    assert db.session.query(PayoutResult).count() == 0


def test_nobody_is_paid_twice(app: Flask) -> None:
    order_id = paid()
    with pytest.raises(rules.ResultOdd):
        told(order_id, ResultFacts(1, PAID))


def test_entitlement_lost_after_agreement_is_withheld_at_payout_and_comes_back(any_app: Flask) -> None:
    income()
    on_roll(1)
    leaver = on_roll(2)
    plan_id = agreed(drafted(replace(RELIEF, amount_fen=220_000), replace(CUSTODY, amount_fen=580_000)))
    end_entitlement(leaver, date(2026, 4, 1))
    order_id = released(ordered(plan_id))
    order = order_of(order_id)
    assert (order.total_fen, order.withheld_fen) == (720_000, 80_000)
    assert [(line.amount_fen, line.withheld_fen) for line, agreed_line in all_order_lines(order_id)][:2] == [
        (110_000, 0),
        (30_000, 80_000),
    ]
    assert [row.returned_fen for row in list_income(plan_id)] == [80_000]
    assert plan_of(plan_id).handed_fen == 720_000
    assert ("DISTRIBUTION_DUE", 140_000) in deeds()


def test_instalments_are_paid_one_after_the_other(app: Flask) -> None:
    income()
    on_roll(1)
    plan_id = agreed(drafted(replace(DIVIDEND, amount_fen=800_000), instalment_months=("2026-06", "2026-11")))
    first = paid(released(ordered(plan_id)))
    assert plan_of(plan_id).state is PlanStatus.PAYING
    second = paid(released(ordered(plan_id, instalment=2)))
    assert plan_of(plan_id).state is PlanStatus.DONE
    assert order_of(first).total_fen + order_of(second).total_fen == 800_000
    assert [deed for deed, _ in deeds()].count("FUND_EXTRACTED") == 1


def test_goods_leave_the_store_and_not_the_bank(app: Flask) -> None:
    income()
    on_roll(1)
    rice = replace(DIVIDEND, kind=UseKind.IN_KIND_DIVIDEND, amount_fen=800_000, goods="大米 2000 斤，每斤 4 元")
    bank = balance("102")
    paid(released(ordered(agreed(drafted(rice)), method=Method.GOODS)))
    assert balance("102") == bank
    assert deeds()[-1] == ("GOODS_HANDED_OUT", 800_000)


def test_households_say_what_they_received_to_somebody_who_had_no_hand_in_it(any_app: Flask) -> None:
    order_id = paid()
    line = all_order_lines(order_id)[0][0]
    line_id, right = line.id, CheckFacts(Received.RECEIVED, line.amount_fen, TODAY)
    with pytest.raises(rules.OwnCheck), transaction(VILLAGE):
        note_receipt(db.session.get_one(PayoutLine, line_id), right, by=person("village_clerk"), on=TODAY)
    with pytest.raises(rules.AnswerOdd), transaction(VILLAGE):
        less = CheckFacts(Received.RECEIVED, 1, TODAY)
        note_receipt(db.session.get_one(PayoutLine, line_id), less, by=person("resident_work_team"), on=TODAY)
    with transaction(VILLAGE):
        note_receipt(db.session.get_one(PayoutLine, line_id), right, by=person("resident_work_team"), on=TODAY)
    assert [(one.said, one.said_fen) for one in list_checks(order_id)] == [(Received.RECEIVED, 166_667)]


def test_a_line_leads_back_to_receipt_contract_and_asset(app: Flask) -> None:
    order_id = paid()
    line = list_lines(order_of(order_id).plan_id)[0]
    (link,) = chain_of(line)
    assert (link.asset.name, link.taken_fen) == ("中益冷链仓库", 1_000_000)
    assert find_standing_line(line.id) is not None


def test_the_result_on_the_board_is_masked_and_adds_up(app: Flask) -> None:
    order_id = paid()
    lines = paid_lines(order_of(order_id).plan)
    assert sum(line.amount_fen for line in lines) == 800_000
    assert not [line for line in lines if "正国" in line.name]


def test_results_of_tomorrow_are_not_told_today(app: Flask) -> None:
    order_id = released()
    with pytest.raises(rules.PaidInFuture), transaction(VILLAGE):
        tomorrow = TODAY + timedelta(days=1)
        tell_results(order_of(order_id), [ResultFacts(1, PAID)], tomorrow, "x", by=person("cashier"), on=TODAY)


def test_months_a_household_earned_before_it_died_out_are_paid_to_the_heir(app: Flask) -> None:
    income()
    household_id, heir_household = on_roll(1), on_roll(2)
    die_out(household_id, heir_household, date(2026, 4, 20))
    end_entitlement(household_id, date(2026, 5, 1))
    plan_id = agreed(drafted(replace(RELIEF, amount_fen=220_000), replace(CUSTODY, amount_fen=580_000)))
    order_id = ordered(plan_id)
    first, second = (line for line, _ in all_order_lines(order_id)[:2])
    assert (first.agreed.head_name, first.agreed.payee_name, first.amount_fen) == ("谭正国", "向素珍", 40_000)
    assert first.agreed.payee.startswith("person/")
    assert (second.agreed.payee_name, second.amount_fen) == ("谭正国", 110_000)


def die_out(household_id: int, heir_household: int, day: date) -> None:
    """Let everybody of a household die on a day; the wife of another household inherits."""
    with transaction(VILLAGE):
        gone = db.session.get_one(Household, household_id)
        others = db.session.get_one(Household, heir_household).stays
        heir = next(stay.person for stay in others if stay.person.name == "向素珍")
        for stay in gone.stays:
            stay.valid_to, stay.parting, stay.person.died_on = day, Parting.DIED.value, day
            stay.person.heir_id = heir.id
        gone.status, gone.ended_on, gone.parting = HouseholdStatus.ENDED.value, day, Parting.DIED.value
        record(Action.HOUSEHOLD_CHANGED, gone, by=person("township_clerk"))
