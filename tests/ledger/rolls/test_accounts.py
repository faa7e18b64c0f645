"""Another account of a household: one person asks, a second one confirms, and only then does money go there."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.assets.register.sheets.exporting import ExportForm
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.ledger.distribution.payout.accounts import accounts_waiting
from registry.ledger.distribution.payout.files import bank_file
from registry.parties.households.account_queries import find_waiting_account, households_waiting, list_account_changes
from registry.parties.households.accounts import ask_account, confirm_account, refuse_account, withdraw_account
from registry.parties.households.models import AccountChange, Household
from registry.parties.households.queries import unsealed
from registry.parties.households.refusals import (
    AccountAnswered,
    AccountWaits,
    BadAccount,
    NotRegistered,
    OthersAccountChange,
    OwnAccountChange,
    SameAccount,
    WhyRefused,
)
from registry.parties.households.rules import AccountFacts, AccountStatus
from registry.parties.households.services import send_back_household
from registry.workbench.tasks import rolls
from tests.factories import VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import order_of, ordered, released
from tests.ledger.plans.planning import agreed, prepared
from tests.ledger.rolls.people import enrolled, household, on_roll

NEW = "6228480012345678"
FACTS = AccountFacts("农业银行石柱支行", NEW, "存折换卡")
OLD = household(1).bank_account


def asked(household_id: int, facts: AccountFacts = FACTS, *, by: str = "village_clerk") -> int:
    with transaction(VILLAGE):
        return ask_account(db.session.get_one(Household, household_id), facts, by=person(by)).id


def change_of(change_id: int) -> AccountChange:
    return db.session.get_one(AccountChange, change_id)


def account_of(household_id: int) -> tuple[str, str]:
    db.session.rollback()
    found = db.session.get_one(Household, household_id)
    return found.bank_name, unsealed(found).bank_account


def confirmed(change_id: int, *, by: str = "village_head") -> None:
    with transaction(VILLAGE):
        confirm_account(change_of(change_id), by=person(by))


def test_the_known_account_stays_in_force_until_a_second_person_confirms_the_new_one(any_app: Flask) -> None:
    one = on_roll(1)
    change = asked(one)
    assert account_of(one) == (household(1).bank_name, OLD)
    confirmed(change)
    assert account_of(one) == ("农业银行石柱支行", NEW)
    row = change_of(change)
    assert (row.state, row.waiting_for, row.decided_at is not None) == (AccountStatus.CONFIRMED, None, True)
    assert row.asked_by_text != row.decided_by_text


def test_nobody_confirms_or_refuses_an_account_they_asked_for(any_app: Flask) -> None:
    one = on_roll(1)
    change = asked(one, by="township_clerk")
    with pytest.raises(OwnAccountChange), transaction(VILLAGE):
        confirm_account(change_of(change), by=person("township_clerk"))
    with pytest.raises(OwnAccountChange), transaction(VILLAGE):
        refuse_account(change_of(change), "不对", by=person("township_clerk"))
    assert account_of(one)[1] == OLD


def test_the_database_itself_refuses_an_account_that_one_person_changed_alone(any_app: Flask) -> None:
    change = asked(on_roll(1))
    with pytest.raises(IntegrityError), transaction(VILLAGE):
        row = change_of(change)
        row.status, row.decided_by_id, row.decided_by_text = "CONFIRMED", row.asked_by_id, row.asked_by_text
        db.session.flush()


def test_a_change_before_the_household_is_confirmed_waits_too(app: Flask) -> None:
    one = enrolled(1)
    change = asked(one, by="township_clerk")
    assert account_of(one)[1] == OLD
    confirmed(change)
    assert account_of(one)[1] == NEW


def test_one_change_waits_at_a_time_and_is_answered_once(app: Flask) -> None:
    one = on_roll(1)
    change = asked(one)
    with pytest.raises(AccountWaits):
        asked(one, AccountFacts("农商行", "6217003799999999", "又换"))
    confirmed(change)
    with pytest.raises(AccountAnswered):
        confirmed(change)
    again = asked(one, AccountFacts("农商行", "6217003799999999", "又换"))
    assert [one.id for one in list_account_changes(one)] == [again, change]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (AccountFacts("农商行", "", "换卡"), BadAccount),
        (AccountFacts("农商行", "12", "换卡"), BadAccount),
        (AccountFacts(household(1).bank_name, OLD, "换卡"), SameAccount),
    ],
)
def test_what_is_no_other_account_is_refused(app: Flask, facts: AccountFacts, refusal: type[Exception]) -> None:
    one = on_roll(1)
    with pytest.raises(refusal):
        asked(one, facts)
    assert find_waiting_account(one) is None


def test_a_registration_that_was_sent_back_takes_no_account(app: Flask) -> None:
    one = enrolled(1)
    with transaction(VILLAGE):
        send_back_household(db.session.get_one(Household, one), "缺身份证", by=person("village_head"))
    with pytest.raises(NotRegistered):
        asked(one)


def test_a_refusal_says_why_and_the_one_who_asked_may_take_it_back(app: Flask) -> None:
    one = on_roll(1)
    change = asked(one)
    with pytest.raises(WhyRefused), transaction(VILLAGE):
        refuse_account(change_of(change), " ", by=person("village_head"))
    with pytest.raises(OthersAccountChange), transaction(VILLAGE):
        withdraw_account(change_of(change), by=person("village_head"))
    with transaction(VILLAGE):
        refuse_account(change_of(change), "卡不是本人的", by=person("village_head"))
    second = asked(one)
    with transaction(VILLAGE):
        withdraw_account(change_of(second), by=person("village_clerk"))
    assert [change_of(key).state for key in (change, second)] == [AccountStatus.REFUSED, AccountStatus.WITHDRAWN]
    assert account_of(one)[1] == OLD
    assert households_waiting([one]) == set()


def test_the_trail_tells_who_asked_and_who_confirmed_and_never_the_account(app: Flask) -> None:
    one = on_roll(1)
    confirmed(asked(one))
    rows = select(TrailEvent.action, TrailEvent.payload).where(TrailEvent.action.startswith("ACCOUNT_"))
    told = list(db.session.execute(rows.order_by(TrailEvent.seq)))
    assert [action for action, _ in told] == ["ACCOUNT_CHANGE_ASKED", "ACCOUNT_CHANGED"]
    assert not [1 for _, payload in told if NEW in payload or OLD in payload]


def test_the_bank_is_told_the_confirmed_account_and_the_order_says_that_a_change_waits(any_app: Flask) -> None:
    order_id = released(ordered(agreed(prepared())))
    one = db.session.scalars(select(Household).order_by(Household.id)).first().id
    change = asked(one)
    order = order_of(order_id)
    assert accounts_waiting(order) == {one}
    with transaction(VILLAGE):
        before = bank_file(order_of(order_id), ExportForm.CSV, "交农商行代发", by=person("cashier")).decode("utf-8-sig")
    assert (OLD in before, NEW in before) == (True, False)
    head = Visitor(any_app.test_client(), "village_head")
    assert "有 1 户换账号还在等第二人确认" in head.open(f"/payouts/{order_id}").text
    assert "换账号待确认，发原账号" in head.page.text
    confirmed(change)
    with transaction(VILLAGE):
        after = bank_file(order_of(order_id), ExportForm.CSV, "交农商行代发", by=person("cashier")).decode("utf-8-sig")
    assert (OLD in after, NEW in after) == (False, True)
    assert accounts_waiting(order_of(order_id)) == set()
    assert "等第二人确认" not in head.open(f"/payouts/{order_id}").text


def test_an_account_is_changed_over_two_desks_and_shown_masked_throughout(any_app: Flask) -> None:
    one = on_roll(1)
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/account")
    assert OLD not in clerk.page.text
    clerk.send("", bank_name="农业银行", bank_account="6228 4800 1234 5678", reason="换卡")
    assert "已申请，等第二人确认" in clerk.page.text
    assert NEW not in clerk.page.text
    assert f"{'*' * 12}5678" in clerk.page.text
    assert "有一项换账号在等第二人确认" in clerk.open(f"/beneficiaries/{one}").text
    assert "看这项申请" in clerk.open(f"/beneficiaries/{one}/account").text

    head = Visitor(any_app.test_client(), "village_head")
    assert "农户账号确认" in head.open("/todo").text
    assert rolls.count_accounts(person("village_head")) == 1
    assert rolls.count_accounts(person("village_clerk")) == 0
    head.open(f"/account-changes?region={VILLAGE}")
    assert (NEW in head.page.text, "5678" in head.page.text) == (False, True)
    assert head.send("").status_code == 422
    change = list_account_changes(one)[0].id
    head.send("", changes=change)
    assert "已启用 1 户的新账号。" in head.page.text
    assert "已确认，启用" in clerk.open(f"/beneficiaries/{one}").text
    assert account_of(one) == ("农业银行", NEW)


def test_a_refusal_on_the_page_needs_its_reason(app: Flask) -> None:
    one = on_roll(1)
    change = asked(one)
    head = Visitor(app.test_client(), "village_head")
    head.open(f"/account-changes/{change}")
    assert head.send("/answer", answer="refuse").status_code == 422
    assert "请写明原因。" in head.page.text
    head.send("/answer", answer="refuse", reason="卡不是本人的")
    assert "卡不是本人的" in head.page.text
    clerk = Visitor(app.test_client(), "village_clerk")
    second = asked(one)
    clerk.open(f"/account-changes/{second}")
    clerk.send("/withdraw")
    assert "已撤回，仍用原账号。" in clerk.page.text
    assert clerk.client.post(f"/account-changes/{second}/answer", data={"answer": "confirm"}).status_code == 403


def test_an_account_that_waits_is_revealed_with_the_others_for_a_reason(app: Flask) -> None:
    one = on_roll(1)
    asked(one)
    supervisor = Visitor(app.test_client(), "township_supervisor")
    supervisor.open(f"/households/{one}/reveal")
    supervisor.send("", reason="核对新卡")
    assert (OLD in supervisor.page.text, NEW in supervisor.page.text) == (True, True)
