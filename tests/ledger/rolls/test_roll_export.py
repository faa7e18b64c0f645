"""The roll taken out: masked as a rule; whole for one village, to who may see it, with a reason that stands."""

import csv
import io
import re

import pytest
from flask import Flask
from python_calamine import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry import sealing
from registry.assets.register.sheets.workbooks import read_workbook
from registry.audit.actions import Action
from registry.audit.canonical import decode
from registry.audit.models import TrailEvent
from registry.database import db
from registry.ledger.distribution.rolls.exporting import VILLAGE as UNIT
from registry.ledger.distribution.rolls.sheets import read_sheet
from tests.factories import SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE
from tests.journeys.browser import Visitor
from tests.ledger.payout.paying import order_of, paid
from tests.ledger.rolls.people import household, number, on_roll

SECRETS = (number(1), household(1).bank_account, household(1).phone)


def taken(app: Flask, who: str, kind: str, region: str = VILLAGE, **data: str):  # type: ignore[no-untyped-def]
    visitor = Visitor(app.test_client(), who)
    visitor.open(f"/beneficiaries/export?region={region}")
    return visitor.send(kind, **data)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def told() -> list[dict[str, object]]:
    db.session.rollback()
    actions = (Action.ROLL_EXPORTED.value, Action.ROLL_REVEALED.value)
    found = select(TrailEvent.payload).where(TrailEvent.action.in_(actions))
    return [decode(one) for one in db.session.scalars(found)]  # type: ignore[misc]


def test_the_roll_goes_out_masked_a_line_for_each_person_and_the_trail_says_so(any_app: Flask) -> None:
    on_roll(1)
    answer = taken(any_app, "village_clerk", "/masked", file_format="csv")
    assert answer.status_code == 200
    assert not [secret for secret in SECRETS if secret in answer.text]
    found = rows(answer.text)
    assert [row["姓名"] for row in found] == ["谭正国", "向素珍", "谭小军", "马国芝"]
    assert found[0]["户主身份证号"] == "*" * 14 + number(1)[-4:]
    assert (found[0]["类别"], found[0]["家庭人口"], found[0]["成员股"]) == ("监测对象：脱贫不稳定户", "4", "1")
    assert (found[1]["类别"], found[1]["与户主关系"], found[1][UNIT] != "") == ("", "配偶", True)
    facts = told()[0]["facts"]
    assert (facts["households"], facts["whole"], facts["form"]) == (1, False, "csv")  # type: ignore[index]


def test_a_workbook_with_whole_numbers_is_read_by_the_import_again(app: Flask) -> None:
    on_roll(1)
    answer = taken(app, "township_supervisor", "/whole", file_format="xlsx", reason="核对银行账号")
    assert answer.status_code == 200
    assert load_workbook(io.BytesIO(answer.data)).sheet_names == ["农户名册"]
    reading = read_sheet(read_workbook(answer.data, "a.xlsx")[0], VILLAGE, TODAY, "导出")
    assert reading.problems == []
    facts = reading.households[0][1].household
    assert (facts.persons, facts.bank_account, facts.phone) == (
        household(1).persons, household(1).bank_account, household(1).phone,
    )  # fmt: skip
    event = told()[0]
    assert (event["reason"], event["facts"]["whole"]) == ("核对银行账号", True)  # type: ignore[index]
    assert event["action"] == "ROLL_REVEALED"


def test_whole_numbers_need_a_reason_a_village_and_the_right_to_see_them(app: Flask) -> None:
    on_roll(1)
    assert taken(app, "township_supervisor", "/whole", file_format="csv", reason="").status_code == 422
    supervisor = Visitor(app.test_client(), "township_supervisor")
    assert "完整号码一次只能导出一个村" in supervisor.open(f"/beneficiaries/export?region={TOWNSHIP}").text
    _, fields = supervisor.fields("/masked")
    sent = {**fields, "file_format": "csv", "reason": "抄一份"}
    answer = supervisor.client.post(f"/beneficiaries/export/whole?region={TOWNSHIP}", data=sent)
    assert answer.status_code == 422
    clerk = Visitor(app.test_client(), "village_clerk")
    assert "导出完整号码" not in clerk.open(f"/beneficiaries/export?region={VILLAGE}").text
    _, fields = clerk.fields("/masked")
    sent = {**fields, "file_format": "csv", "reason": "抄一份"}
    assert clerk.client.post(f"/beneficiaries/export/whole?region={VILLAGE}", data=sent).status_code == 403
    other = clerk.client.post(f"/beneficiaries/export/masked?region={SIBLING_VILLAGE}", data=sent)
    assert other.status_code == 404
    assert told() == []


def test_whole_numbers_of_a_roll_count_as_one_reveal_and_reveals_count_against_them(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "REVEALS_A_DAY", 2)
    one = on_roll(1)
    supervisor = Visitor(any_app.test_client(), "township_supervisor")

    def whole() -> TestResponse:
        supervisor.open(f"/beneficiaries/export?region={VILLAGE}")
        return supervisor.send("/whole", file_format="csv", reason="核对银行账号")

    def reveal() -> TestResponse:
        supervisor.open(f"/households/{one}/reveal")
        return supervisor.send("", reason="核对银行账号")

    assert household(1).bank_account in whole().text
    assert household(1).bank_account in reveal().text
    for refused in (whole(), reveal()):
        assert refused.status_code == 403
        assert "今天查看未遮盖的个人信息已满 2 次，请明天再办。" in refused.text
        assert household(1).bank_account not in refused.text
    assert [event["action"] for event in told()] == ["ROLL_REVEALED"]
    denied = select(TrailEvent).where(TrailEvent.action == Action.REVEAL_DENIED.value)
    assert len(list(db.session.scalars(denied))) == 2
    supervisor.open(f"/beneficiaries/export?region={VILLAGE}")


def test_a_masked_roll_is_no_reveal(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "REVEALS_A_DAY", 1)
    on_roll(1)
    for _again in range(2):
        assert taken(app, "village_clerk", "/masked", file_format="csv").status_code == 200


def test_an_export_holds_what_the_list_shows(app: Flask) -> None:
    on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/export?region={VILLAGE}&class=LIFTED")
    assert rows(clerk.send("/masked", file_format="csv").text) == []
    clerk.open(f"/beneficiaries/export?region={VILLAGE}&class=UNSTABLE")
    assert len(rows(clerk.send("/masked", file_format="csv").text)) == 4


def test_a_household_page_shows_what_was_paid_and_from_which_plan(any_app: Flask) -> None:
    order_id = paid()
    plan = order_of(order_id).plan
    title, plan_id = plan.title, plan.id
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/beneficiaries")
    one = re.findall(r'href="/beneficiaries/(\d+)"', clerk.page.text)[0]
    text = clerk.open(f"/beneficiaries/{one}").text
    assert "分到的收益" in text
    assert (title in text, f"/distributions/{plan_id}" in text, "/payouts/lines/" in text) == (True, True, True)
    assert "已发放" in text
