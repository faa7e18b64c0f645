"""A payer says which due a payment is for: it is met first, and older ones stay open."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db, transaction
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.rules import DueNotTheirs
from registry.ledger.operation.receipts.services import correct_receipt
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import checked, due, entered_receipt, let, posted, rent


def test_a_receipt_settles_the_due_it_names_and_leaves_the_older_one_open(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    posted(store, rent(contract_id=contract_id, due_id=due_ids[1]))
    assert [due(one).state for one in due_ids[:2]] == [DueStatus.OPEN, DueStatus.SETTLED]
    right = replace(rent(contract_id=contract_id, due_id=due_ids[1]), note="写错备注")
    with transaction(VILLAGE):
        wrong = db.session.scalars(select(Receipt)).one()
        correction = correct_receipt(wrong, store, right, "补备注", by=person("village_clerk"), on=TODAY, twice=True)
    checked(correction)
    assert [due(one).state for one in due_ids[:2]] == [DueStatus.OPEN, DueStatus.SETTLED]


def test_a_due_of_another_contract_or_one_that_is_met_is_not_named(app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    posted(store, rent(contract_id=contract_id, due_id=due_ids[0]))
    with pytest.raises(DueNotTheirs):
        entered_receipt(store, rent(1, contract_id=contract_id, due_id=due_ids[0]))
    with pytest.raises(DueNotTheirs):
        entered_receipt(store, rent(1, due_id=due_ids[1]))
    with pytest.raises(DueNotTheirs):
        entered_receipt(store, rent(1, contract_id=contract_id, due_id=due_ids[1], kind=IncomeKind.DEPOSIT_TAKEN))
    entered_receipt(store, rent(1, contract_id=contract_id, due_id=due_ids[1]))


def test_a_form_that_comes_from_a_due_names_it_and_one_without_does_not(app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    clerk, address = Visitor(app.test_client(), "village_clerk"), f"/assets/{store.asset_no}/income/new"
    assert f'<option selected value="{due_ids[1]}">' in clerk.open(f"{address}?due={due_ids[1]}").text
    plain = clerk.open(address).text
    assert "没有说，先抵最早的" in plain
    assert f'<option selected value="{due_ids[0]}">' not in plain
    clerk.send(amount="100", received_on=TODAY.isoformat(), kind="RENT", contract_id=f"c{contract_id}",
               due_id=str(due_ids[1]), earned_from="2026-04-01", earned_to="2026-06-30")  # fmt: skip
    db.session.rollback()
    assert db.session.scalars(select(Receipt.due_id)).one() == due_ids[1]
