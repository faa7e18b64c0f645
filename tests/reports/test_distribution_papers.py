"""Papers of who gets what: the roll, plan and result, the payout sheet; what they show of persons is masked."""

import pytest
from flask import Flask

from registry.approvals.requests.states import RequestStatus
from registry.database import db, transaction
from registry.errors import Missing
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.ledger.distribution.payout.rules import Method, ResultFacts, ResultKind
from registry.ledger.distribution.payout.services import send_back_order
from registry.reports import (
    beneficiary_roll,
    distribution_figures,
    payout_sheet,
)
from registry.reports.distribution_figures import NotSubmittedYet
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.payout_sheet import NotStanding
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import CLERK, HEAD
from tests.ledger.payout.paying import ordered, released, told
from tests.ledger.plans.planning import become, plan_of, prepared, submitted
from tests.ledger.rolls.people import number, on_roll
from tests.reports.test_ledger_papers import SECRET, YESTERDAY


def test_a_roll_names_heads_and_shows_four_characters_of_their_numbers(any_app: Flask) -> None:
    on_roll(1)
    on_roll(2)
    figures = beneficiary_roll.collect(VILLAGE, NOTHING, actor=person(CLERK), on=TODAY)
    assert [(row.head, row.masked_id, row.size, row.members, row.labour, row.months) for row in figures.rows] == [
        ("谭正国", number(serial)[-4:], 4, 2, 2, 12) for serial in (1, 2)
    ]
    assert {row.since for row in figures.rows} == {"2024-03-05"}
    assert number(1) not in figures_text(figures)
    assert "62170037" not in figures_text(figures)


def test_a_plan_is_posted_with_masked_names_and_adds_up(any_app: Flask) -> None:
    plan_id = prepared()
    with pytest.raises(NotSubmittedYet):
        distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=TODAY)
    submitted(plan_id)
    figures = distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=TODAY)
    assert sum(step.amount_fen for step in figures.steps) == plan_of(plan_id).uses_fen
    assert sum(use.amount_fen for use in figures.uses) == plan_of(plan_id).uses_fen
    assert {(row.head, row.payee, row.state) for row in figures.shares} == {("谭**", "谭**", "未制发放单")}
    text = figures_text(figures)
    assert [secret for secret in SECRET if secret in text] == []


def test_a_plan_that_was_agreed_to_says_the_same_as_when_it_was_decided(any_app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    before = distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=TODAY)
    become(plan_id, RequestStatus.APPROVED)
    assert ordered(plan_id)
    after = distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=TODAY)
    assert [(row.use, row.head, row.amount_fen, row.months) for row in before.shares] == [
        (row.use, row.head, row.amount_fen, row.months) for row in after.shares
    ]
    assert before.steps == after.steps


def test_a_result_counts_what_stayed_paid_by_the_day(any_app: Flask) -> None:
    order_id = released()
    told(order_id, ResultFacts(1, ResultKind.PAID), ResultFacts(2, ResultKind.FAILED, reason="账号不符"))
    plan_id = db.session.execute(db.text("SELECT plan_id FROM payout_order")).scalar_one()
    figures = distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=TODAY)
    states = [row.state for row in figures.shares]
    assert (states.count("已发放"), states.count("发放失败")) == (1, 1)
    assert sum(use.paid_fen for use in figures.uses) == sum(row.paid_fen for row in figures.shares) > 0
    earlier = distribution_figures.collect(VILLAGE, Parameters(plan_id=plan_id), actor=person(CLERK), on=YESTERDAY)
    assert sum(use.paid_fen for use in earlier.uses) == 0


def test_a_payout_sheet_names_who_signs_and_four_characters_of_the_number(any_app: Flask) -> None:
    order_id = released()
    sheet = payout_sheet.collect(VILLAGE, Parameters(order_id=order_id), actor=person(CLERK), on=TODAY)
    households = [row for row in sheet.rows if row.masked_id]
    assert {row.payee for row in households} == {"谭正国"}
    assert {row.masked_id for row in households} == {number(serial)[-4:] for serial in (1, 2, 3)}
    assert sheet.released_by == person(HEAD).name
    assert [row.serial for row in sheet.rows] == sorted(row.serial for row in sheet.rows)
    text = figures_text(sheet)
    assert [secret for secret in (number(1), "62170037", "13996057184") if secret in text] == []
    with pytest.raises(Missing):
        payout_sheet.collect(VILLAGE, Parameters(order_id=order_id), actor=person("sibling_clerk"), on=TODAY)


def test_nobody_signs_for_an_order_that_was_sent_back(any_app: Flask) -> None:
    order_id = ordered(method=Method.CASH)
    with transaction(VILLAGE):
        send_back_order(db.session.get_one(PayoutOrder, order_id), "人数不对", by=person(HEAD))
    with pytest.raises(NotStanding):
        payout_sheet.collect(VILLAGE, Parameters(order_id=order_id), actor=person(CLERK), on=TODAY)
