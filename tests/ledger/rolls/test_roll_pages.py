"""Stories of the roll over HTTP: registered, looked over, confirmed by another, changed by request, reviewed."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.clock import today
from registry.database import db
from registry.ledger.distribution.rolls.models import RollChange, RollReview
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.parties.households.models import Household, Person
from registry.workbench.tasks import rolls
from tests.factories import OTHER_COUNTY, SIBLING_VILLAGE, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.rolls.people import enrolled, household, number, on_roll


def stored(query):
    db.session.rollback()
    return list(db.session.scalars(query))


HEAD = {
    "group_name": "3组", "standing": "UNSTABLE", "recognised_on": "2026-03-05", "basis": "石农领办〔2026〕8号",
    "persons__0__name": "谭正国", "persons__0__resident_id": number(1), "persons__0__relation": "HEAD",
    "persons__0__is_member": "y", "persons__0__shares": "1.5", "unnamed": "2",
    "bank_name": "重庆农村商业银行", "bank_account": "6217 0037 0000 0001", "phone": "13996057184",
}  # fmt: skip


def test_a_household_is_typed_looked_over_masked_and_confirmed_by_another_person(any_app: Flask) -> None:
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/beneficiaries/new")
    clerk.send("", **HEAD)
    assert "谭正国 户，请核对" in clerk.page.text
    assert f"{'*' * 14}{number(1)[-4:]}" in clerk.page.text
    assert stored(select(Household)) == []
    clerk.send("/beneficiaries/new")
    assert "已登记，等第二人确认。" in clerk.page.text
    found = stored(select(Household))[0]
    assert (found.status, found.unnamed, found.region_code) == ("SUBMITTED", 2, VILLAGE)
    assert clerk.client.post(f"/beneficiaries/{found.id}/answer", data={"answer": "confirm"}).status_code == 403

    head = Visitor(any_app.test_client(), "village_head")
    assert "受益农户确认" in head.open("/todo").text
    head.open("/beneficiaries/waiting")
    head.send("", households=found.id)
    assert "已确认 1 户。" in head.page.text
    assert "谭正国" in clerk.open("/beneficiaries?class=UNSTABLE").text
    assert "谭正国" not in clerk.open("/beneficiaries?class=LIFTED").text


def test_going_back_from_the_check_keeps_what_was_typed(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/beneficiaries/new")
    clerk.send("", **HEAD)
    clerk.send("/beneficiaries/new", again="1")
    assert "谭正国" in clerk.page.text
    assert "下一步：核对" in clerk.page.text
    assert stored(select(Household)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"persons__0__resident_id": number(1)[:-1] + "Z"}, "身份证号不对"),
        ({"persons__0__resident_id": ""}, "请填写户主的身份证号"),
        ({"persons__0__relation": "CHILD"}, "一户要有且只有一个户主"),
        ({"persons__0__shares": "一股半"}, "股份数应不小于 0"),
        ({"bank_account": "卡号"}, "银行账号应为"),
        ({"recognised_on": "2999-01-01"}, "认定日期不能晚于今天"),
        ({"basis": ""}, "这一项必填"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(app: Flask, changes: dict[str, str], told: str) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/beneficiaries/new")
    clerk.send("", **{**HEAD, **changes})
    assert clerk.page.status_code == 422
    assert told in clerk.page.text
    assert stored(select(Household)) == []


def test_a_household_that_is_sent_back_can_be_entered_anew(app: Flask) -> None:
    first = enrolled(1)
    head = Visitor(app.test_client(), "village_head")
    head.open(f"/beneficiaries/{first}")
    head.send("/answer", answer="back", reason="户口本上是五人")
    assert "户口本上是五人" in head.page.text
    again = enrolled(1)
    assert [one.status for one in stored(select(Household).order_by(Household.id))] == ["SENT_BACK", "SUBMITTED"]
    assert again != first


def test_a_change_is_asked_for_looked_over_and_goes_to_the_meeting(any_app: Flask) -> None:
    one = on_roll(1)
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/change")
    clerk.open(clerk.link("RISK_REMOVED"))
    clerk.send("", event_on="2026-03-17", new_class="LIFTED", basis="3月17日评议会")
    assert "脱贫户（稳定），4 人" in clerk.page.text
    assert "2026-04-01" in clerk.page.text
    assert stored(select(RollChange)) == []
    clerk.send()
    assert "已提交" in clerk.page.text
    request = stored(select(ApprovalRequest))[0]
    page = clerk.open(f"/requests/{request.id}")
    assert "入户核查、民主评议" in page.text
    assert "监测对象：脱贫不稳定户，4 人" in page.text
    assert "谭正国" in clerk.open(f"/requests/{request.id}/meeting").text
    assert stored(select(RollReview.verdict)) == ["CHANGE_ASKED"]


def test_a_village_is_adjusted_on_one_sheet(any_app: Flask) -> None:
    on_roll(1)
    on_roll(2, standing=C.ORDINARY)
    on_roll(3)
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/beneficiaries/adjust")
    clerk.send(
        "", basis="2026年第二次动态调整", event_on="2026-05-10", lines__0__reason="RISK_REMOVED",
        lines__0__new_class="LIFTED", lines__1__reason="NEWLY_MONITORED", lines__1__new_class="EDGE",
    )  # fmt: skip
    assert "请核对：2 户调整" in clerk.page.text
    clerk.send()
    change = stored(select(RollChange))[0]
    assert change.title.endswith("受益对象动态调整（2 户）")
    assert [line.effective_on.isoformat() for line in change.lines] == ["2026-06-01"] * 2


def test_a_sheet_without_a_reason_or_with_a_misfit_is_refused_with_the_household_named(app: Flask) -> None:
    on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/beneficiaries/adjust")
    clerk.send("", basis="x", event_on="2026-05-10")
    assert "请至少填一户" in clerk.page.text
    clerk.open("/beneficiaries/adjust")
    clerk.send("", basis="x", event_on="2026-05-10", lines__0__reason="LOW_INCOME_ENDED")
    assert clerk.page.status_code == 422
    assert "谭正国 户：“退出低保”与这一户现在的情况不符" in clerk.page.text


def test_a_household_already_in_a_request_is_named_on_the_sheet_and_nothing_typed_is_lost(app: Flask) -> None:
    on_roll(1)
    on_roll(2, standing=C.ORDINARY)
    clerk = Visitor(app.test_client(), "village_clerk")
    about = {"basis": "2026年第二次动态调整", "event_on": "2026-05-10"}
    clerk.open("/beneficiaries/adjust")
    clerk.send("", **about, lines__0__reason="RISK_REMOVED", lines__0__new_class="LIFTED")
    clerk.send()
    clerk.open("/beneficiaries/adjust")
    clerk.send("", **about, lines__0__reason="WAIVED", lines__1__reason="NEWLY_MONITORED", lines__1__new_class="EDGE")
    assert clerk.page.status_code == 422
    assert "谭正国 户已有一项调整在审批中" in clerk.page.text
    kept = clerk.fields()[1]
    assert (kept["basis"], kept["lines-1-reason"]) == (["2026年第二次动态调整"], ["NEWLY_MONITORED"])


def test_the_yearly_review_lists_assisted_households_until_each_is_looked_at(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolls, "today", lambda: date(today().year, 12, 1))
    one = on_roll(1)
    on_roll(2, standing=C.ORDINARY)
    clerk = Visitor(any_app.test_client(), "village_clerk")
    with any_app.test_request_context():
        assert [task.subject for task in rolls.list_reviews(person("village_clerk"), 9)] == ["华溪村"]
    clerk.open("/beneficiaries/review")
    assert clerk.page.text.count('name="households"') == 1
    clerk.send("", note="11月入户核查")
    assert "请至少勾选一户" in clerk.page.text
    clerk.send("", note="11月入户核查", households=one)
    assert "已复核 1 户。" in clerk.page.text
    assert stored(select(RollReview.year)) == [today().year]
    assert rolls.count_reviews(person("village_clerk")) == 0
    monkeypatch.setattr(rolls, "today", lambda: date(today().year + 1, 3, 1))
    assert rolls.count_reviews(person("village_clerk")) == 0
    monkeypatch.setattr(rolls, "today", lambda: date(today().year + 1, 12, 1))
    assert rolls.count_reviews(person("village_clerk")) == 1


def test_the_telephone_is_changed_with_a_reason_and_shown_masked(app: Flask) -> None:
    one = on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/contact")
    assert household(1).phone not in clerk.page.text
    clerk.send("", phone="138 9605 0001", reason="换号")
    assert "138****0001" in clerk.page.text
    clerk.open(f"/beneficiaries/{one}/contact")
    clerk.send("", phone="12", reason="换号")
    assert clerk.page.status_code == 422


def test_sealed_data_is_shown_once_for_a_reason(app: Flask) -> None:
    one = on_roll(1)
    someone = stored(select(Person).where(Person.name == "向素珍"))[0].id
    supervisor = Visitor(app.test_client(), "township_supervisor")
    supervisor.open(f"/households/{one}/reveal")
    assert household(1).bank_account not in supervisor.page.text
    supervisor.send("", reason="核对发放表")
    assert household(1).bank_account in supervisor.page.text
    assert number(1) in supervisor.page.text
    supervisor.open(f"/persons/{someone}/reveal")
    supervisor.send("", reason="核对证件")
    assert number(301) in supervisor.page.text


def test_foreign_units_see_neither_person_nor_change(app: Flask) -> None:
    one = on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/change/WAIVED")
    clerk.send("", event_on="2026-03-17", basis="本人申请")
    clerk.send()
    change, someone = stored(select(RollChange.id))[0], stored(select(Person.id))[0]
    other = Visitor(app.test_client(), "sibling_clerk")
    assert other.open(f"/beneficiaries/changes/{change}").status_code == 404
    assert other.open(f"/beneficiaries?region={VILLAGE}").status_code == 404
    assert other.open(f"/beneficiaries?region={SIBLING_VILLAGE}").status_code == 200
    county = Visitor(app.test_client(), "other_supervisor")
    assert county.open(f"/persons/{someone}/reveal").status_code == 404
    assert "谭正国" not in county.open(f"/beneficiaries?region={OTHER_COUNTY}").text


def test_pages_of_the_roll_follow_one_another(app: Flask) -> None:
    for serial in range(1, 53):
        on_roll(serial)
    clerk = Visitor(app.test_client(), "village_clerk")
    first = clerk.open("/beneficiaries")
    assert "共 52 户" in first.text
    assert len(re.findall(r"/beneficiaries/\d+\"", first.text)) == 50
    second = clerk.open(clerk.link("after="))
    assert len(re.findall(r"/beneficiaries/\d+\"", second.text)) == 2
    assert clerk.open("/beneficiaries?after=x").status_code == 404
