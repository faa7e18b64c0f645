"""Title cases as people do them in a browser: a project's assets to their certificates; objected to; sent back."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.approvals.notices.models import Objection
from registry.approvals.requests.states import Verdict
from registry.assets.register.cards.linking import link_asset
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.rules import CaseStatus
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import today
from registry.database import db, transaction
from tests.assets.projects.test_projects import added
from tests.assets.title.making import asset_of, bring, case_of, fill_in, opened, request_of, say, storehouse, submitted
from tests.browser.acting import (
    CLICKS_TO_SIGN,
    begin,
    choose,
    enter_meeting,
    now_at,
    press,
    says,
    sign,
    take_in_notice,
    text_of,
)
from tests.browser.desk import Desk
from tests.factories import VILLAGE, person
from tests.journeys.test_case_agreed import LONG_AGO, hang

pytestmark = pytest.mark.browser
COMMITTEE, TOWNSHIP, COUNTY = "village_supervisory_committee", "township_supervisor", "county_agriculture"
NAMES = ("一号仓", "二号仓", "三号仓")


def project_of(*numbers: str) -> int:
    """A project of which these assets came; its number."""
    project_id = added()
    with transaction(VILLAGE):
        project, by = db.session.get_one(Project, project_id), person("village_clerk")
        for asset in db.session.scalars(select(Asset).where(Asset.asset_no.in_(numbers))):
            link_asset(asset, project, by=by)
    return project_id


def latest_case() -> TitleCase:
    db.session.rollback()
    return db.session.scalars(select(TitleCase).order_by(TitleCase.id.desc())).first()  # type: ignore[return-value]


def draw_up(desk: Desk, project_id: int) -> int:
    """Open a case of all assets of a project, verify every line, tick the papers, submit; its request."""
    desk.sign_in("village_clerk")
    desk.open(f"/projects/{project_id}")
    press(desk, "办确权")
    desk.page.check("[name=whole]")
    press(desk, "起草")
    desk.click("main a:has-text('核实')")
    choose(desk, "账实相符")
    choose(desk, "纳入")
    desk.page.check("[name=whole]")
    press(desk, "记下")
    press(desk, "返回")
    desk.click("main a:has-text('填写')")
    for one in desk.page.locator("main select[name$='-state']").all():
        one.select_option("PRESENT")
    press(desk, "保存")
    press(desk, "核对并提交")
    desk.click("main form button:has-text('提交')")
    return request_of(latest_case().id).id


def test_all_assets_of_a_project_go_from_draft_to_printed_certificates(app: Flask, desk: Desk) -> None:
    numbers = [storehouse(name) for name in NAMES]
    another = storehouse("别的项目的仓")
    request_id = draw_up(desk, project_of(*numbers))
    case_id, title = latest_case().id, latest_case().title
    assert case_of(case_id).state is CaseStatus.SUBMITTED

    sign(desk, COMMITTEE, title, opinion="到现场看过，三座仓都在用")
    assert (desk.clicks, now_at(request_id).step_kind) == (CLICKS_TO_SIGN, "NOTICE")

    desk.sign_in_as_another("village_clerk")
    desk.open(f"/requests/{request_id}/notice")
    assert all(name in desk.page.input_value("[name=table]") for name in NAMES)
    hang(request_id)
    assert "转到下一环节" in take_in_notice(desk, request_id)
    assert "转到下一环节" in enter_meeting(desk, request_id, agreed=21)

    for username in (TOWNSHIP, COUNTY):
        sign(desk, username, title, opinion="同意")
        assert desk.clicks == CLICKS_TO_SIGN, f"{username}: open, agree, sign"
    assert "全部环节都已同意" in says(desk)

    desk.sign_in_as_another("township_clerk")
    begin(desk, title)
    desk.page.select_option("[name=system]", "COLLECTIVE")
    press(desk, "登记并发证 3 份")
    assert "发证 3 份" in says(desk)
    db.session.rollback()
    given = [asset_of(number).certificate_number for number in numbers]
    assert (len(set(given)), asset_of(another).certificate_number) == (3, "")
    assert given[2] in printed_certificate(desk, numbers[2])


def printed_certificate(desk: Desk, asset_no: str) -> str:
    """Print the certificate of an asset on its page; the text of the paper."""
    desk.open(f"/assets/{asset_no}/title")
    press(desk, "打印确权登记表")
    desk.page.wait_for_url("**/prints/P*")
    serial = desk.page.url.rsplit("/", 1)[1]
    return text_of(desk.page.request.get(f"{desk.base}/prints/{serial}.pdf").body())


def object_to(phone: Desk, title: str, words: str) -> str:
    """Object on the board of the village as somebody who is not signed in; the receipt."""
    phone.open(f"/public/{VILLAGE}/notices")
    phone.click(f"main a:has-text('{title}')")
    press(phone, "我有异议")
    phone.page.fill("[name=text]", words)
    press(phone, "提交异议")
    return phone.page.inner_text("main .big")


def let_days_pass() -> None:
    """Date the last day on which the answer could be passed on to the level above back by two weeks."""
    db.session.rollback()
    with transaction(VILLAGE):
        objection = db.session.scalars(select(Objection)).one()
        objection.pass_on_until = today() - LONG_AGO
        record(Action.OBJECTION_ANSWERED, objection, by=person("village_head"))


def test_an_objection_stops_a_case_and_its_answer_frees_it(app: Flask, desk: Desk, phone: Desk) -> None:
    case_id = opened(storehouse("一号仓"))
    fill_in(case_id)
    title, request_id = case_of(case_id).title, submitted(case_id).id
    say(case_id, Verdict.AGREE, COMMITTEE)
    hang(request_id)
    receipt = object_to(phone, title, "一号仓是三组出工出料建的，不该只记给村集体")
    assert phone.problems() == []

    desk.sign_in("village_clerk")
    assert "还有 1 件异议没有办结" in take_in_notice(desk, request_id)
    assert now_at(request_id).step_kind == "NOTICE"
    desk.open(f"/requests/{request_id}")
    assert "异议" in says(desk)

    desk.sign_in_as_another("village_head")
    begin(desk, title)
    choose(desk, "异议不成立")
    desk.page.fill("[name=text]", "查了竣工决算：工料款已由项目资金付清，三组另有收据。")
    press(desk, "答复")
    assert desk.clicks == CLICKS_TO_SIGN
    phone.open("/public/objections")
    phone.page.fill("[name=receipt]", receipt)
    press(phone, "查")
    assert "工料款已由项目资金付清" in says(phone)

    desk.sign_in_as_another("village_clerk")
    assert "没有办结" in take_in_notice(desk, request_id), "the objector may still pass it on"
    let_days_pass()
    assert "转到下一环节" in take_in_notice(desk, request_id)
    assert now_at(request_id).step_kind == "MEETING"


def test_a_case_sent_back_with_a_named_defect_is_mended_and_agreed_to(app: Flask, desk: Desk) -> None:
    case_id = opened(storehouse("一号仓"), storehouse("二号仓"))
    fill_in(case_id)
    title, request_id = case_of(case_id).title, submitted(case_id).id
    sign(desk, COMMITTEE, title, opinion="两座仓都看过")
    bring(case_id)
    bring(case_id)
    sign(desk, TOWNSHIP, title, "退回", "验收表少一页，看不出二号仓", "二号仓的验收表")
    assert "已退回提交人修改" in says(desk)

    desk.sign_in_as_another("village_clerk")
    begin(desk, title)
    assert "要补正：二号仓的验收表" in says(desk)
    assert "已退回" in desk.page.inner_text("main .life li:has-text('乡镇审核')")
    assert "正在办" not in says(desk), "the township no longer has it"
    press(desk, "去修改")
    desk.click("main a:has-text('修改')")
    desk.page.fill("[name=reason]", "二号仓的验收表已由县农业农村委补盖章。")
    press(desk, "保存")
    press(desk, "核对并提交")
    desk.click("main form button:has-text('提交')")

    desk.open(f"/requests/{request_id}")
    signatures = desk.page.locator("main blockquote").all_inner_texts()
    assert [("内容后来改过，这次签署已失效" in one) for one in signatures] == [True, True]
    assert desk.page.inner_text("main del").startswith("同意")
    assert now_at(request_id).content_version == 2
    assert desk.problems() == []

    sign(desk, COMMITTEE, title)
    bring(case_id)
    bring(case_id)
    for username in (TOWNSHIP, COUNTY):
        sign(desk, username, title)
        assert desk.clicks == CLICKS_TO_SIGN
    db.session.rollback()
    assert case_of(case_id).state is CaseStatus.APPROVED
