"""A wrong plan is stopped, what was not paid comes back, and another plan takes its place."""

from dataclasses import replace

import pytest
from flask import Flask

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import transaction
from registry.ledger.distribution.payout import rules
from registry.ledger.distribution.payout.rules import (
    OrderStatus,
    ResultFacts,
)
from registry.ledger.distribution.payout.telling import stop_plan
from registry.ledger.distribution.plans.queries import list_income
from registry.ledger.distribution.plans.rules import NotAgreed, PlanStatus
from registry.ledger.distribution.plans.services import NotStopped, add_use, begin_amendment, remove_use
from registry.ledger.distribution.plans.shares import Basis
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.distribution.plans.writing import UseFacts
from registry.operations.health import THOROUGH, stopped_plans
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.payout.paying import balance, order_of, ordered, released, told
from tests.ledger.payout.test_payout_services import PAID
from tests.ledger.plans.planning import (
    DIVIDEND,
    agreed,
    drafted,
    income,
    plan_of,
    prepared,
    submitted,
    worked,
)
from tests.ledger.rolls.people import on_roll


def test_a_wrong_plan_is_stopped_and_another_takes_its_place(any_app: Flask) -> None:
    order_id = released()
    plan_id = order_of(order_id).plan_id
    told(order_id, ResultFacts(1, PAID), ResultFacts(2, PAID))
    with pytest.raises(rules.OwnOrder), transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "份额算错", by=person("village_clerk"), on=TODAY)
    with transaction(VILLAGE):
        given_up = stop_plan(plan_of(plan_id), "份额算错", by=person("village_head"), on=TODAY)
    assert given_up == 800_000 - 2 * 166_667
    old = plan_of(plan_id)
    assert (old.state, old.handed_fen) == (PlanStatus.AMENDED, 2 * 166_667)
    assert [row.returned_fen for row in list_income(plan_id)] == [given_up]
    assert balance("113") == balance("213") == 0
    with pytest.raises(rules.ResultOdd):
        told(order_id, ResultFacts(3, PAID))
    with transaction(VILLAGE):
        new = begin_amendment(plan_of(plan_id), "2026年度调整方案", "份额改正", by=person("village_clerk"), on=TODAY).id
    assert [use.label for use in plan_of(new).uses] == ["成员分红", "帮扶分红", "冷库管护"]
    whole = UseFacts(UseKind.CARRIED, "结转", given_up, Basis.LUMP)
    only(new, whole)
    submitted(new)
    assert (plan_of(new).income_fen, plan_of(new).fund_fen, plan_of(new).amends_id) == (given_up, 0, plan_id)


def test_the_doctor_names_a_stopped_plan_that_stands_again(any_app: Flask) -> None:
    order_id = released()
    plan_id = order_of(order_id).plan_id
    told(order_id, ResultFacts(1, PAID))
    assert stopped_plans().passed
    with transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "份额算错", by=person("village_head"), on=TODAY)
    assert stopped_plans().passed
    with transaction(VILLAGE):
        plan_of(plan_id).status = PlanStatus.PAYING.value
        record(Action.PAYOUT_TOLD, plan_of(plan_id), by=person("village_head"))
    looked = stopped_plans()
    assert (looked.passed, looked.finding) == (False, f"{VILLAGE}: {plan_of(plan_id).title}")
    assert stopped_plans in THOROUGH


def only(plan_id: int, use: UseFacts) -> None:
    with transaction(VILLAGE):
        plan, by = plan_of(plan_id), person("village_clerk")
        for row in list(plan.uses):
            remove_use(plan, row.id, by=by)
        add_use(plan, use, by=by)


def test_a_plan_that_stands_is_not_amended_and_one_not_begun_is_not_stopped(app: Flask) -> None:
    plan_id = agreed(prepared(1))
    with pytest.raises(NotAgreed), transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "错了", by=person("village_head"), on=TODAY)
    with pytest.raises(NotStopped), transaction(VILLAGE):
        begin_amendment(plan_of(plan_id), "", "错了", by=person("village_clerk"), on=TODAY)


def test_a_plan_stopped_before_anything_was_released_gives_all_of_its_income_back(app: Flask) -> None:
    order_id = ordered()
    plan_id = order_of(order_id).plan_id
    with transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "错了", by=person("village_head"), on=TODAY)
    assert plan_of(plan_id).state is PlanStatus.WITHDRAWN
    again = drafted()
    submitted(again)
    assert plan_of(again).fund_fen == 200_000


def test_work_of_a_stopped_plan_may_be_paid_by_another(app: Flask) -> None:
    income()
    worked(on_roll(1))
    labour = UseFacts(UseKind.DAY_LABOUR, "清淤用工", 0, Basis.WORK)
    plan_id = agreed(drafted(labour, replace(DIVIDEND, amount_fen=700_000)))
    order_id = released(ordered(plan_id))
    with transaction(VILLAGE):
        stop_plan(plan_of(plan_id), "错了", by=person("village_head"), on=TODAY)
    assert balance("213") == 0
    assert plan_of(drafted(labour)).uses[0].amount_fen == 100_000
    assert order_of(order_id).state is OrderStatus.DONE
