"""What the cashier is shown to do: what is still to be paid, and no form for whoever had a hand in the order."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.ledger.distribution.payout.models import PayoutLine
from registry.ledger.distribution.payout.queries import lines_by_serial
from registry.ledger.distribution.payout.rules import Method, ResultFacts, ResultKind
from registry.ledger.distribution.payout.services import prepare_order
from registry.ledger.distribution.payout.waiting import count_to_pay, list_to_pay
from registry.policy.queries import policy_for
from registry.workbench.tasks.distribution import list_payments
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import order_of, paid, released, told
from tests.ledger.plans.planning import agreed, plan_of, prepared

FORM = "登记这一笔的结果"


def prepared_by(username: str) -> int:
    """A released order that a certain person had prepared."""
    plan_id = agreed(prepared())
    with transaction(VILLAGE):
        plan, policy = plan_of(plan_id), policy_for(VILLAGE, TODAY)
        uses = [use.id for use in plan.uses]
        order = prepare_order(plan, 1, uses, Method.BANK, by=person(username), on=TODAY, policy=policy)
    return released(order.id)


def line_of(order_id: int) -> PayoutLine:
    return lines_by_serial(order_id)[1]


def test_the_cashiers_task_says_what_is_still_to_be_paid(any_app: Flask) -> None:
    order_id = released()
    with any_app.test_request_context():
        assert [one.amount_fen for one in list_payments(person("cashier"), 9)] == [order_of(order_id).total_fen]
    first = line_of(order_id).amount_fen
    told(order_id, ResultFacts(1, ResultKind.PAID), ResultFacts(2, ResultKind.FAILED, reason="户名不符"))
    with any_app.test_request_context():
        (task,) = list_payments(person("cashier"), 9)
    assert task.amount_fen == order_of(order_id).total_fen - first


@pytest.mark.parametrize(("prepared_it", "offered"), [("village_clerk", True), ("cashier", False)])
def test_who_prepared_an_order_is_offered_no_form_to_tell_its_results(
    any_app: Flask, prepared_it: str, offered: bool
) -> None:
    order_id = prepared_by(prepared_it)
    assert count_to_pay(person("cashier"), 9) == len(list_to_pay(person("cashier"), 9)) == int(offered)
    cashier, line_id = Visitor(any_app.test_client(), "cashier"), line_of(order_id).id
    assert (FORM in cashier.open(f"/payouts/lines/{line_id}").text) is offered
    assert (f"/payouts/{order_id}/results" in cashier.open(f"/payouts/{order_id}").text) is offered


@pytest.mark.parametrize(("prepared_it", "status"), [("village_clerk", 200), ("cashier", 403)])
def test_who_prepared_an_order_does_not_take_the_banks_file_out(any_app: Flask, prepared_it: str, status: int) -> None:
    order_id = prepared_by(prepared_it)
    cashier = Visitor(any_app.test_client(), "cashier")
    answer = cashier.client.post(f"/payouts/{order_id}/file", data={"file_format": "csv", "reason": "交农商行代发"})
    assert answer.status_code == status
    assert ("6217003700000000001" in answer.text) is (status == 200)
    taken_out = db.session.scalars(select(TrailEvent).where(TrailEvent.action == "PAYOUT_EXPORTED")).all()
    assert len(taken_out) == int(status == 200)


def test_a_line_that_was_paid_may_still_come_back(app: Flask) -> None:
    order_id = paid()
    cashier = Visitor(app.test_client(), "cashier")
    assert FORM in cashier.open(f"/payouts/lines/{line_of(order_id).id}").text
