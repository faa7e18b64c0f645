"""Whom a clerk is asked to demand money of, and what a list of debts says of money on its way."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.evidence.queries import list_attachments
from registry.ledger.operation.arrears.demanding import count_to_demand, list_to_demand
from registry.ledger.operation.arrears.models import DemandLetter
from registry.ledger.operation.arrears.queries import list_demands
from registry.ledger.operation.arrears.rules import (
    Demand,
    DemandedAtOddDay,
    DemandWay,
    GivingUp,
    NothingChosen,
    NotOneMatter,
)
from registry.ledger.operation.arrears.services import note_demand, note_demands, propose_write_off
from registry.ledger.operation.receipts.entered import entered_for
from registry.policy.queries import policy_for
from tests.assets.title.making import picture
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.ledger.receipts.receiving import QUARTERS, RENT_FEN, due, entered_receipt, let, rent
from tests.rest.program import Program

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


# ---- One letter over several dues

LETTER = Demand(DemandWay.LETTER, TODAY, TODAY + timedelta(days=15), "挂号信")


def letters() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(DemandLetter)) or 0


def demand_all(*due_ids: int, letter: Demand = LETTER) -> None:
    with transaction(VILLAGE):
        note_demands([due(key) for key in due_ids], letter, [], by=person("village_clerk"), on=TODAY)


def test_one_letter_demands_all_that_is_overdue_under_a_contract_and_each_shows_it(any_app: Flask) -> None:
    _contract_id, dues = let(confirmed(), quarters=LATE)
    let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/income/arrears/{dues[1]}")
    assert sorted(map(int, clerk.fields("/demand")[1]["due_ids"])) == dues, "all ticked at first"
    clerk.send_file(picture(), "催缴函.png", "/demand", way="LETTER", note="挂号信")
    assert "已登记催缴，共 2 笔。" in clerk.page.text
    for key in dues:
        text = clerk.open(f"/income/arrears/{key}").text
        assert ("挂号信" in text, "催缴函.png" in text) == (True, True)
        (letter,) = list_demands([key])[key]
        assert len(list_attachments("demand_letter", str(letter.id))) == 1
        assert clerk.open(clerk.link(f"/demands/{letter.id}/files/")).status_code == 200
    assert [name for name, _n, _fen in asked()] == ["石柱电商有限公司"], "the task is gone for both dues"
    events = select(func.count()).where(TrailEvent.action == "DUE_DEMANDED")
    assert db.session.scalar(events) == 1


def test_a_due_that_is_not_ticked_stays_to_be_demanded(client: FlaskClient) -> None:
    _contract_id, (first, second) = let(confirmed(), quarters=LATE)
    clerk = Visitor(client, "village_clerk")
    clerk.open(f"/income/arrears/{first}")
    clerk.send("/demand", way="LETTER", due_ids=second)
    assert "已登记催缴。" in clerk.page.text
    assert list_demands([first, second]).keys() == {second}
    assert asked() == [("石柱冷链有限公司", 1, RENT_FEN)]
    action, fields = clerk.fields("/demand")
    refused = client.post(action, data={**fields, "way": "LETTER", "due_ids": [], "note": "没勾"})
    assert (refused.status_code, "没勾" in refused.text, letters()) == (422, True, 1)


@pytest.mark.usefixtures("app")
def test_a_letter_is_about_one_debtor_and_contract_and_is_noted_of_all_its_dues_or_of_none() -> None:
    _contract_id, (first, second) = let(confirmed(), quarters=LATE)
    _other, (foreign,) = let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    with pytest.raises(NotOneMatter):
        demand_all(first, foreign)
    with pytest.raises(NothingChosen):
        demand_all()
    early = Demand(DemandWay.LETTER, date(2026, 3, 1), date(2026, 3, 16))
    with pytest.raises(DemandedAtOddDay):
        demand_all(first, second, letter=early)
    assert letters() == 0
    demand_all(first, second)
    assert letters() == 2


def test_what_is_about_to_be_given_up_or_owed_under_another_contract_is_not_offered(client: FlaskClient) -> None:
    _contract_id, (first, second) = let(confirmed(), quarters=LATE)
    let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    demanded_in_vain(first)
    propose(first)
    clerk = Visitor(client, "village_clerk")
    clerk.open(f"/income/arrears/{second}")
    assert clerk.fields("/demand")[1]["due_ids"] == [str(second)]


def test_a_program_records_one_letter_over_several_dues(any_app: Flask) -> None:
    _contract_id, (first, second) = let(confirmed(), quarters=LATE)
    _other, (foreign,) = let(confirmed(name="直销门店"), quarters=LATE[:1], operator="石柱电商有限公司")
    clerk = Program(any_app.test_client(), "village_clerk")
    sent_on, pay_by = (day.isoformat() for day in (LETTER.sent_on, LETTER.pay_by))
    body = {"way": "LETTER", "sent_on": sent_on, "pay_by": pay_by, "due_ids": [first, second]}
    mixed = clerk.post("/arrears/demands", {**body, "due_ids": [first, foreign]})
    assert (mixed.status_code, mixed.json["errors"][0]["pointer"]) == (422, "#/due_ids")
    assert clerk.post("/arrears/demands", {**body, "due_ids": [first, 10**9]}).status_code == 404
    assert clerk.post("/arrears/demands", {**body, "due_ids": []}).status_code == 422
    assert letters() == 0
    key = {"headers": {"Idempotency-Key": "letter-0001"}}
    made, again = (clerk.post("/arrears/demands", body, **key) for _time in range(2))
    assert (made.status_code, made.json) == (201, again.json), made.text
    assert [one["due_id"] for one in made.json["items"]] == [first, second]
    assert clerk.get(f"/dues/{second}/demands").json["items"] == made.json["items"][1:]
    assert letters() == 2
    assert Program(any_app.test_client(), "sibling_clerk").post("/arrears/demands", body).status_code == 404


def test_a_program_reads_what_of_a_debt_waits_as_the_page_shows_it(any_app: Flask) -> None:
    store = confirmed()
    contract_id, (first, second) = let(store, quarters=LATE)
    clerk = Program(any_app.test_client(), "village_clerk")

    def waits() -> list[tuple[str, str, bool]]:
        items = clerk.get("/arrears").json["items"]
        return [(one["id"], one["entered"], one["write_off_waits"]) for one in items]

    assert waits() == [(str(first), "0.00", False), (str(second), "0.00", False)]
    entered_receipt(store, rent(RENT_FEN + 1_980_000, contract_id))
    demanded_in_vain(first)
    propose(first)
    assert waits() == [(str(first), "30000.00", True), (str(second), "19800.00", False)]
