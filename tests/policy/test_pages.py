"""Pages of policy: everybody reads, two people change, strangers see nothing that is not in force."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.clock import today
from registry.database import db
from registry.permissions import Role
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.policy.setting import DOCUMENT, FINANCE, NOTICE, ROUTE, agreed, proposed, route_proposal, value_proposal

PUBLIC = f"/public/{VILLAGE}/policy"
GROUNDS = {"document": DOCUMENT, "reason": "多数村民外出"}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"


def now_agreed(days: int = 15, wait: int = 0) -> int:
    """A value confirmed today, as pages read the clock."""
    return agreed(value_proposal(days, effective_on=today() + timedelta(wait)), on=today())


def now_proposed(**changes: object) -> int:
    return proposed(value_proposal(**{"effective_on": today(), **changes}), on=today())


def plain(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def test_a_villager_reads_without_signing_in_what_holds_who_set_it_and_why(client: FlaskClient) -> None:
    now_agreed()
    now_agreed(20, wait=30)
    text = plain(client.get(PUBLIC).text)
    assert "石柱土家族自治县中益乡华溪村" in text
    assert f"15天{today() + timedelta(30)}起改为20天" in text
    assert f"石柱土家族自治县定，{today()}起执行" in text
    assert DOCUMENT in text
    assert "历次规定（2次）" in text
    assert "还没到执行日" in text
    assert "多数村民外出，十天看不到公示" in text


def test_a_villager_reads_the_steps_of_a_procedure_with_who_and_how_many_days(client: FlaskClient) -> None:
    agreed(route_proposal(effective_on=today()), on=today())
    text = plain(client.get(PUBLIC).text)
    assert "第2步逐项公示权利人单位经办员张贴公示，挂满10天；有异议先答复，没有异议才往下办" in text
    assert "第5步区县财政会审区县财政部门审核，10天内办完" in text
    assert "要有：会议记录。几个单位共有的，每个单位各办一次。" in text


def test_what_nobody_settled_is_marked_as_an_example(client: FlaskClient) -> None:
    assert "示例，须由区县核定" in client.get(PUBLIC).text


def test_the_open_page_names_no_person_and_shows_no_proposal(client: FlaskClient) -> None:
    now_agreed()
    now_proposed(value=45, parameter=Parameter.TRANSFER_DAYS, reason="还没有定")
    text = client.get(PUBLIC).text
    for username in ("county_clerk", "county_agriculture"):
        assert person(username).name not in text
    assert "还没有定" not in text
    assert "45 天" not in text
    assert "提出修改" not in text


@pytest.mark.parametrize("code", ["500240213999", "nonsense", "599999000000"])
def test_a_unit_that_does_not_exist_has_no_page(client: FlaskClient, code: str) -> None:
    assert client.get(f"/public/{code}/policy").status_code == 404


def test_a_county_proposes_and_another_confirms_and_it_holds(any_app: Flask) -> None:
    clerk = Visitor(any_app.test_client(), "county_clerk")
    clerk.open("/policy/values/notice_days_village/propose")
    clerk.send("propose", value="15", effective_on=today(), **GROUNDS)
    assert "等第二个人确认" in clerk.page.text
    assert "撤回提议" in clerk.page.text
    assert policy_for(VILLAGE, today()).number(NOTICE) == 10
    head = Visitor(any_app.test_client(), "county_agriculture")
    assert "村级公示天数" in plain(head.open("/policy").text)
    head.open(head.link("/policy/proposals/value/"))
    assert "10天15天" in plain(head.page.text)
    head.send("answer", answer="agree")
    assert "起执行" in head.page.text
    db.session.rollback()
    assert policy_for(VILLAGE, today()).number(NOTICE) == 15


def test_a_refused_value_is_shown_again_as_it_was_typed(client: FlaskClient) -> None:
    clerk = Visitor(client, "county_clerk")
    clerk.open("/policy/values/notice_days_village/propose")
    page = clerk.send("propose", value="7", effective_on=today(), **GROUNDS)
    assert page.status_code == 422
    assert "不能低于 10 天" in page.text
    assert 'value="7"' in page.text
    page = clerk.send("propose", value="十五", effective_on=today())
    assert page.status_code == 422
    page = clerk.send("propose", value="15", effective_on=today() - timedelta(1))
    assert "不能早于今天" in page.text


def test_a_document_is_attached_and_given_to_those_in_reach_only(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    clerk.open("/policy/values/notice_days_village/propose")
    _action, fields = clerk.fields("propose")
    data = {**fields, **{k: [v] for k, v in GROUNDS.items()}, "value": ["15"], "effective_on": [str(today())]}
    clerk.client.post(
        "/policy/values/notice_days_village/propose",
        data={**data, "file": (BytesIO(PDF), "细则.pdf")},
        content_type="multipart/form-data",
    )
    number = db.session.scalars(db.select(PolicyValue.id)).one()
    clerk.open(f"/policy/proposals/value/{number}")
    address = clerk.link("/files/")
    assert clerk.client.get(address).data == PDF
    assert Visitor(app.test_client(), "other_clerk").client.get(address).status_code == 404


def test_steps_are_added_compared_and_sent_without_scripts(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    clerk.open("/policy/routes/TITLE.OTHER/propose")
    new = {
        "steps__2__label": "区县财政会审",
        "steps__2__kind": "REVIEW",
        "steps__2__seat": "COUNTY_FINANCE",
        "steps__2__term": "step_days_review",
        "steps__2__place": "15",
    }
    page = clerk.send("propose", effective_on=today(), check="1", **new, **GROUNDS)
    assert page.status_code == 200
    assert "第2步区县财政会审区县财政部门审核" in plain(page.text)
    assert db.session.scalar(db.select(PolicyRoute.id)) is None
    db.session.rollback()
    clerk.send("propose", send="1")
    row = db.session.scalars(db.select(PolicyRoute)).one()
    assert [step.label for step in row.procedure] == ["单位集体研究决定", "区县财政会审", "区县审核登记"]
    assert [step.fixed for step in row.procedure] == [True, False, True]


def test_a_row_is_added_and_a_step_taken_out_is_named_in_the_refusal(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    clerk.open("/policy/routes/TITLE.OTHER/propose")
    clerk.send("propose", add="1")
    assert clerk.page.text.count("新增环节") == 2
    page = clerk.send("propose", effective_on=today(), steps__0__remove="y", check="1", **GROUNDS)
    assert page.status_code == 422
    assert "必经环节“单位集体研究决定”不能取消" in page.text


def test_a_step_that_is_not_fixed_is_taken_out_by_a_tick(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    clerk.open("/policy/routes/TITLE.HAND_OVER/propose")
    clerk.send("propose", effective_on=today(), steps__2__remove="y", send="1", **GROUNDS)
    row = db.session.scalars(db.select(PolicyRoute)).one()
    assert [step.label for step in row.procedure] == ["接收单位签收", "乡镇审核"]


def test_a_proposal_already_waiting_is_shown_instead_of_a_second_form(client: FlaskClient) -> None:
    number = now_proposed()
    clerk = Visitor(client, "county_clerk")
    assert f"/policy/proposals/value/{number}" in clerk.open("/policy/values/notice_days_village/propose").request.path


def test_the_proposer_takes_a_proposal_back_and_cannot_answer_it(app: Flask) -> None:
    number = proposed(value_proposal(effective_on=today()), by="county_agriculture", on=today())
    visitor = Visitor(app.test_client(), "county_agriculture")
    assert "answer" not in visitor.open(f"/policy/proposals/value/{number}").text
    answer = visitor.client.post(f"/policy/proposals/value/{number}/answer", data={"answer": "agree"})
    assert answer.status_code == 403
    visitor.send("withdraw")
    assert db.session.get_one(PolicyValue, number).status == "WITHDRAWN"


def test_a_refusal_without_a_reason_is_not_taken(client: FlaskClient) -> None:
    number = now_proposed()
    head = Visitor(client, "county_government")
    head.open(f"/policy/proposals/value/{number}")
    assert head.send("answer", answer="refuse").status_code == 422
    head.send("answer", answer="refuse", opinion="文件还没有印发")
    assert "文件还没有印发" in head.page.text


def test_answering_asks_who_one_is_when_that_was_long_ago(app: Flask) -> None:
    assert app.view_functions["policy.answer"].proof is True


def test_another_county_sees_neither_page_nor_proposal(app: Flask) -> None:
    number, route = now_proposed(), proposed(route_proposal(effective_on=today()), on=today())
    foreign = Visitor(app.test_client(), "other_supervisor").client
    for path in (
        f"/policy?region={COUNTY}",
        f"/policy?region={MUNICIPALITY}",
        f"/policy/proposals/value/{number}",
        f"/policy/proposals/route/{route}",
        f"/policy/proposals/other/{route}",
        f"/policy/values/notice_days_village/propose?region={COUNTY}",
        f"/policy/routes/{ROUTE.key}/propose?region={COUNTY}",
        "/policy/values/no_such_thing/propose",
        "/policy/routes/NONE/propose",
    ):
        assert foreign.get(path).status_code == 404, path
    assert foreign.post(f"/policy/proposals/value/{number}/answer", data={"answer": "agree"}).status_code == 404
    assert foreign.get(f"/policy?region={OTHER_COUNTY}").status_code == 200
    assert db.session.get_one(PolicyValue, number).is_waiting


def test_a_village_reads_its_own_policy_and_changes_nothing(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "village_clerk")
    page = clerk.open("/policy")
    assert "石柱土家族自治县中益乡华溪村" in page.text
    assert "提出修改" not in page.text
    assert clerk.client.get(f"/policy?region={SIBLING_VILLAGE}").status_code == 404
    assert clerk.client.get("/policy/values/notice_days_village/propose").status_code == 403


def test_only_the_municipality_is_offered_bounds_and_marks(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    assert 'name="bound"' not in clerk.open("/policy/values/notice_days_village/propose").text
    assert "区县不得取消" not in clerk.open("/policy/routes/TITLE.OTHER/propose").text
    above = Visitor(app.test_client(), "municipal_supervisor")
    assert 'name="bound"' in above.open("/policy/values/notice_days_village/propose").text
    assert 'name="bound"' not in above.open("/policy/values/vote_rule/propose").text
    assert "区县不得取消" in above.open("/policy/routes/TITLE.OTHER/propose").text
    above.open("/policy/values/notice_days_village/propose")
    above.send("propose", bound="FLOOR", value="12", effective_on=today(), **GROUNDS)
    assert "各区县不能低于" in above.page.text


def test_every_parameter_has_a_form(client: FlaskClient) -> None:
    clerk = Visitor(client, "county_clerk")
    pages = {one: clerk.open(f"/policy/values/{one.value}/propose") for one in Parameter}
    assert {page.status_code for page in pages.values()} == {200}
    assert [one for one, page in pages.items() if one.label not in page.text] == []


def test_the_menu_leads_to_the_page(client: FlaskClient) -> None:
    assert 'href="/policy"' in Visitor(client, "village_clerk").open("/").text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECTOR_OFFICER, Role.CUSTODIAN], ids=str)
def test_every_reader_of_the_register_reads_the_policy(app: Flask, role: Role) -> None:
    assert Visitor(app.test_client(), role.value.lower()).open("/policy").status_code == 200


def test_a_form_tampered_with_fixes_nothing(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "county_clerk")
    clerk.open("/policy/routes/TITLE.HAND_OVER/propose")
    clerk.send("propose", effective_on=today(), steps__2__fixed="y", steps__0__fixed="", send="1", **GROUNDS)
    row = db.session.scalars(db.select(PolicyRoute)).one()
    assert [step.fixed for step in row.procedure] == [True, True, False]
    assert FINANCE.label not in row.steps
