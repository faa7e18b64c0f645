"""A household that its checker sent back opens as it was typed; only what is wrong is typed again."""

import pytest
from flask import Flask

from registry.database import db, transaction
from registry.ledger.distribution.rolls.again import earlier_of, enrol_again
from registry.ledger.distribution.rolls.refusals import EnteredAgain
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.parties.households.models import Household
from registry.parties.households.queries import number_of, unsealed
from registry.parties.households.refusals import WhyRefused
from registry.parties.households.services import send_back_household
from registry.policy.queries import policy_for
from registry.workbench.tasks import rolls
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.rolls.people import enrolled, enrolment, household, number, on_roll

SECRETS = (number(1), number(301), household(1).bank_account, household(1).phone)


def sent_back(serial: int = 1) -> int:
    one = enrolled(serial, relief=frozenset({C.LOW_INCOME}))
    with transaction(VILLAGE):
        send_back_household(db.session.get_one(Household, one), "组别不对", by=person("village_head"))
    return one


def test_what_was_entered_is_read_back_whole(any_app: Flask) -> None:
    one = sent_back()
    earlier = earlier_of(db.session.get_one(Household, one))
    assert earlier.enrolment == enrolment(1, relief=frozenset({C.LOW_INCOME}))


def test_a_household_sent_back_opens_pre_filled_and_masked_and_is_mended_by_one_field(any_app: Flask) -> None:
    one = sent_back()
    clerk = Visitor(any_app.test_client(), "village_clerk")
    assert "修改退回的农户" in clerk.open("/todo").text
    assert "修改后重新登记" in clerk.open(f"/beneficiaries/{one}").text
    text = clerk.open(f"/beneficiaries/{one}/again").text
    assert not [secret for secret in SECRETS if secret in text]
    assert ("退回原因：组别不对" in text, "谭小军" in text, number(301)[-4:] in text) == (True, True, True)
    clerk.send("", group_name="5组")
    assert "谭正国 户，请核对" in clerk.page.text
    clerk.send("/again")
    assert "已重新登记，等第二人确认。" in clerk.page.text
    db.session.rollback()
    new = db.session.get_one(Household, db.session.get_one(Household, one).successor_id)
    assert (new.group_name, new.status, unsealed(new).bank_account) == ("5组", "SUBMITTED", household(1).bank_account)
    assert [number_of(stay.person) for stay in new.stays] == [one.resident_id for one in household(1).persons]
    assert earlier_of(new).enrolment.relief == {C.LOW_INCOME}
    assert "已重新登记，看新的登记" in clerk.open(f"/beneficiaries/{one}").text
    assert rolls.count_sent_back(person("village_clerk")) == 0
    assert clerk.open(f"/beneficiaries/{one}/again").status_code == 409


def test_a_number_of_another_household_is_not_taken_by_its_key(app: Flask) -> None:
    stranger = db.session.get_one(Household, on_roll(2)).stays[0].person_id
    one = sent_back()
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/again")
    clerk.send("", persons__0__person_id=stranger)
    assert clerk.page.status_code == 422
    assert "请填写户主的身份证号" in clerk.page.text


def test_only_what_was_sent_back_is_entered_again(app: Flask) -> None:
    one = on_roll(1)
    with pytest.raises(EnteredAgain), transaction(VILLAGE):
        enrol_again(one, enrolment(2), by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_who_sends_back_says_why(app: Flask) -> None:
    one = enrolled(1)
    with pytest.raises(WhyRefused), transaction(VILLAGE):
        send_back_household(db.session.get_one(Household, one), " ", by=person("village_head"))
