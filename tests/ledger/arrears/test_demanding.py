"""Whom a clerk is asked to demand money of, and what a list of debts says of money on its way."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.database import transaction
from registry.ledger.operation.arrears.demanding import count_to_demand, list_to_demand
from registry.ledger.operation.arrears.rules import Demand, DemandWay, GivingUp
from registry.ledger.operation.arrears.services import note_demand, propose_write_off
from registry.ledger.operation.receipts.entered import entered_for
from registry.policy.queries import policy_for
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import QUARTERS, RENT_FEN, due, entered_receipt, let, rent

#: Two quarters that are over.
LATE = QUARTERS[:2]
MOST = 100


def asked() -> list[tuple[str, int, int]]:
    """Debtor, dues and fen of everybody the village's clerk is asked to see to; they are counted as they are listed."""
    clerk = person("village_clerk")
    found = list_to_demand(clerk, TODAY)
    assert count_to_demand(clerk, TODAY, MOST) == len(found)
    return [(one.dues[0].debtor_name, len(one.dues), one.owed_fen) for one in found]


def demanded_in_vain(due_id: int) -> None:
    letter = Demand(DemandWay.LETTER, date(2026, 2, 1), date(2026, 2, 16))
    with transaction(VILLAGE):
        note_demand(due(due_id), letter, [], by=person("village_clerk"), on=TODAY)


def propose(due_id: int) -> None:
    by, policy = person("village_clerk"), policy_for(VILLAGE, TODAY)
    with transaction(VILLAGE):
        propose_write_off(due(due_id), GivingUp(1_000_000, "公司已注销"), [], by=by, on=TODAY, policy=policy)


def test_several_dues_of_one_debtor_and_contract_are_one_matter(any_app: Flask) -> None:
    assert any_app
    let(confirmed(), quarters=LATE)
    let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    assert asked() == [("石柱冷链有限公司", 2, 2 * RENT_FEN), ("石柱电商有限公司", 1, RENT_FEN)]


def test_money_that_waits_to_be_checked_is_not_demanded_meanwhile(any_app: Flask) -> None:
    assert any_app
    store = confirmed()
    contract_id, dues = let(store, quarters=LATE)
    entered_receipt(store, rent(RENT_FEN, contract_id))
    assert asked() == [("石柱冷链有限公司", 1, RENT_FEN)], "the oldest due is paid first"
    assert entered_for([due(key) for key in dues]) == {dues[0]: RENT_FEN}
    entered_receipt(store, rent(RENT_FEN - 1, contract_id, bank_reference="乙"), twice=True)
    assert asked() == [("石柱冷链有限公司", 1, 1)]
    entered_receipt(store, rent(1, contract_id, bank_reference="丙"), twice=True)
    assert asked() == []


@pytest.mark.usefixtures("app")
def test_a_debt_about_to_be_given_up_is_not_demanded_again_when_the_period_has_run_out() -> None:
    _contract_id, (due_id,) = let(confirmed(), quarters=LATE[:1])
    demanded_in_vain(due_id)
    assert len(asked()) == 1, "what was demanded in vain is demanded again"
    propose(due_id)
    assert asked() == []


def test_the_list_of_debts_says_what_is_on_its_way_and_what_is_about_to_be_given_up(client: FlaskClient) -> None:
    store = confirmed()
    contract_id, (due_id,) = let(store, quarters=LATE[:1])
    clerk = Visitor(client, "village_clerk")
    text = clerk.open("/income/arrears").text
    assert ("待审核" in text, "核销办理中" in text, "看 0 笔" in text) == (False, False, False)
    entered_receipt(store, rent(1_980_000, contract_id))
    assert "已登记 19,800.00，待审核" in clerk.open("/income/arrears").text
    assert "19,800.00" in clerk.open(f"/income/arrears/{due_id}").text
    demanded_in_vain(due_id)
    propose(due_id)
    assert "核销办理中" in clerk.open("/income/arrears").text


def test_one_debt_shows_what_else_is_owed_under_its_contract(client: FlaskClient) -> None:
    _contract_id, (first, second) = let(confirmed(), quarters=LATE)
    let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    text = Visitor(client, "village_clerk").open(f"/income/arrears/{first}").text
    assert "同一份合同或股权还欠的" in text
    assert f'href="/income/arrears/{second}"' in text
    assert "石柱电商有限公司" not in text
