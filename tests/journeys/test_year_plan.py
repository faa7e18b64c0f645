"""The year plan as its people do it: drafted, studied, read, voted on with an objection in between, paid, published."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from registry.approvals.notices.answering import AnswerFacts, answer_objection, raise_objection
from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.objecting import Finding, ObjectionFacts
from registry.approvals.notices.rules import Case, NoticeFacts, NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE
from registry.clock import today
from registry.database import db, transaction
from registry.evidence.services import take_in
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.plans.models import Plan
from registry.policy.queries import policy_for
from tests.assets.title.making import picture
from tests.factories import VILLAGE, person
from tests.journeys.browser import Visitor
from tests.journeys.test_case_agreed import another_picture, decide, now_of, visitor, vote
from tests.ledger.plans.planning import collective, income, worked
from tests.ledger.rolls.people import on_roll
from tests.reports.printing import money  # noqa: F401 - the factories of cards read it

LONG_AGO = timedelta(days=15)


@pytest.fixture
def village(app: Flask) -> Flask:
    """A village with income, three households and verified work."""
    income()
    for serial in (1, 2, 3):
        on_roll(serial)
    worked(1, 20)
    return app


def draft(app: Flask) -> int:
    """The clerk writes the plan, page by page; the order of law stands beside the form."""
    clerk = visitor(app, "village_clerk")
    clerk.open("/distributions/new")
    clerk.send(
        "", party=collective().id, year=2026, title="2026年度收益分配方案", period_from="2026-01", period_to="2026-11"
    )
    assert "接着填正式账和章程" in clerk.page.text
    plan_id = int(clerk.page.request.path.split("/")[2])
    clerk.send("", prior_loss="0", prior_surplus="0", result="10000", fund="2000", paper="收益表", charter="20")
    assert "8,000.00" in clerk.page.text
    clerk.send("", kind="DAY_LABOUR", label="清淤用工", basis="WORK", entitlement="NONE")
    assert "还有 7,000.00 元没有安排" in clerk.page.text
    clerk.send(
        "", kind="PERFORMANCE_DIVIDEND", label="成员分红", amount="5000", basis="PER_SHARE", entitlement="MEMBER"
    )
    clerk.send(
        "", kind="CUSTODY", label="冷库管护", amount="2000.01", basis="LUMP", entitlement="NONE", payee="永盛制冷"
    )
    assert "各项合计超出 0.01 元" in clerk.page.text
    clerk.open(clerk.link(f"/distributions/{plan_id}/uses/3"))
    clerk.send("", amount="2000")
    assert "可安排的钱已全部列入用途" in clerk.page.text
    assert "1,666.67" in clerk.open(f"/distributions/{plan_id}/lines?use=1").text
    page = clerk.open(f"/distributions/{plan_id}/check").text
    assert "冻结并提交" in page
    return plan_id


def submit(app: Flask, plan_id: int) -> int:
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/distributions/{plan_id}/check")
    clerk.send("")
    assert "方案已冻结并提交" in clerk.page.text
    return int(clerk.page.request.path.split("/")[2])


def hang(request_id: int) -> int:
    """Hang the plan's notice fifteen days ago, with its first photograph."""
    on = today() - LONG_AGO
    photo = take_in(picture(), "张贴.png")
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        facts = NoticeFacts(
            NoticeKind.DISTRIBUTION_PLAN, VILLAGE, request.title, "公示正文", "村务公开栏", "谭小玲", "023-0000",
            case=Case(CASE_TABLE, str(request.id), request.content_digest),
        )  # fmt: skip
        notice = post_notice(facts, by=person("village_clerk"), on=on, policy=policy_for(VILLAGE, on))
        add_first_photo(notice, photo, by=person("village_clerk"), on=on)
        return notice.id


def take_in_notice(app: Flask, request_id: int) -> Visitor:
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/requests/{request_id}/notice/close")
    _action, fields = clerk.fields()
    data = {**fields, "file": (another_picture(), "收回.png")}
    clerk.page = clerk.client.post(
        f"/requests/{request_id}/notice/close", data=data, follow_redirects=True, content_type="multipart/form-data"
    )
    return clerk


def objected_to(app: Flask, request_id: int, notice_id: int) -> None:
    """A villager objects; until that is answered and the days to go on with it are over, the notice stays up."""
    raised_on, answered_on = today() - timedelta(days=12), today() - timedelta(days=10)
    with transaction(VILLAGE):
        notice = db.session.get_one(Notice, notice_id)
        words, policy = ObjectionFacts("分红份额算错了", "k"), policy_for(VILLAGE, raised_on)
        objection_id = raise_objection(
            notice, words, by=person("village_supervisory_committee"), on=raised_on, policy=policy
        ).objection.id
    assert "还有 1 件异议没有办结" in take_in_notice(app, request_id).page.text
    with transaction(VILLAGE):
        objection, policy = db.session.get_one(Objection, objection_id), policy_for(VILLAGE, answered_on)
        told = AnswerFacts(Finding.EXPLAINED, "已同名册核对，份额无误。")
        answer_objection(objection, told, by=person("village_head"), on=answered_on, policy=policy)


def test_a_year_plan_goes_over_every_desk_and_is_paid_under_three_persons(village: Flask) -> None:
    app, plan_id = village, draft(village)
    request_id = submit(app, plan_id)
    decide(app, "village_head", request_id)
    assert now_of(request_id).step_kind == "NOTICE"
    board = visitor(app, "village_clerk").open(f"/requests/{request_id}/notice").text
    assert ("（会前公开方案）" in board, "（会后公示方案）" in board) == (True, False)
    assert "谭**" in board
    assert "谭正国" not in board
    hang(request_id)
    assert "转到下一环节" in take_in_notice(app, request_id).page.text
    assert "转到下一环节" in vote(app, request_id, 21).page.text
    # The notice that hung before the meeting does not count as the one after it.
    assert now_of(request_id).step_kind == "NOTICE"
    assert "还没有张贴公示" in visitor(app, "village_clerk").open(f"/requests/{request_id}").text
    board = visitor(app, "village_clerk").open(f"/requests/{request_id}/notice").text
    assert ("（会前公开方案）" in board, "（会后公示方案）" in board) == (False, True)
    objected_to(app, request_id, hang(request_id))
    assert "转到下一环节" in take_in_notice(app, request_id).page.text
    decide(app, "village_supervisory_committee", request_id)
    last = decide(app, "township_supervisor", request_id)
    assert "全部环节都已同意" in last.page.text
    db.session.rollback()
    assert db.session.get_one(Plan, plan_id).status == "AGREED"
    pay(app, plan_id)


def pay(app: Flask, plan_id: int) -> None:
    clerk = visitor(app, "village_clerk")
    assert "去做发放单" in clerk.open("/todo").text
    clerk.open(clerk.link(f"/distributions/{plan_id}/payout"))
    _action, fields = clerk.fields()
    uses = [use.id for use in db.session.get_one(Plan, plan_id).uses]
    data = {**fields, "uses": [str(one) for one in uses]}
    clerk.page = clerk.client.post(f"/distributions/{plan_id}/payout", data=data, follow_redirects=True)
    assert "发放单已做好，等第二个人复核。" in clerk.page.text
    order_id = int(clerk.page.request.path.split("/")[2])
    head = visitor(app, "village_head")
    assert f"/payouts/{order_id}" in head.open("/todo").text
    head.open(f"/payouts/{order_id}")
    head.send("/release", answer="release")
    assert "已复核，可以发放。" in head.page.text
    cashier = visitor(app, "cashier")
    assert f"/payouts/{order_id}" in cashier.open("/todo").text
    cashier.open(f"/payouts/{order_id}/results")
    cashier.send("/hand", source="发放表 1 号", serials="2", reason="外出务工")
    assert "已登记 5 行结果。" in cashier.page.text
    answers_from_the_bank(cashier, order_id)
    close(app, plan_id, order_id)


def answers_from_the_bank(cashier: Visitor, order_id: int) -> None:
    """The line that failed is paid by the bank; its file comes back as it went out."""
    cashier.open(f"/payouts/{order_id}")
    _action, fields = cashier.fields("/file")
    sent = cashier.client.post(f"/payouts/{order_id}/file", data={**fields, "file_format": "csv", "reason": "代发"})
    assert sent.mimetype == "text/csv"
    lines = sent.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    answer = "\n".join([lines[0], lines[1].removesuffix(",,,") + ",成功,流水9,"]).encode()
    cashier.open(f"/payouts/{order_id}/results")
    _action, fields = cashier.fields("/results/file")
    data = {**fields, "source": "批次 9", "file": (BytesIO(answer), "结果.csv")}
    cashier.page = cashier.client.post(
        f"/payouts/{order_id}/results/file", data=data, follow_redirects=True, content_type="multipart/form-data"
    )
    assert "已登记 1 行结果。" in cashier.page.text


def close(app: Flask, plan_id: int, order_id: int) -> None:
    db.session.rollback()
    assert db.session.get_one(Plan, plan_id).status == "DONE"
    assert db.session.get_one(PayoutOrder, order_id).status == "DONE"
    line = db.session.query(PayoutLine).filter_by(order_id=order_id).order_by(PayoutLine.serial).first()
    assert line is not None
    reader = visitor(app, "auditor")
    page = reader.open(f"/payouts/lines/{line.id}").text
    # Three clicks from a payout line: receipt, contract, asset stand on its own page.
    assert "中益冷链仓库" in page
    assert "/income/" in page
    assert "/assets/" in page
    reader.open(reader.link("/income/"))
    assert reader.page.status_code == 200
    team = visitor(app, "resident_work_team")
    team.open(f"/payouts/{order_id}/receipts")
    team.send("", serial=1, answer="RECEIVED")
    assert "已记下。" in team.page.text
    clerk = visitor(app, "village_clerk")
    page = clerk.open(f"/distributions/{plan_id}/result").text
    assert "谭正国" not in page
    clerk.send("", place="村务公开栏", contact_name="谭小玲", contact_phone="023-0000")
    assert "公示已张贴" in clerk.page.text
    db.session.rollback()
    kinds = [notice.kind for notice in db.session.query(Notice).order_by(Notice.id)]
    assert kinds[-1] == "DISTRIBUTION_RESULT"


def test_a_plan_sent_back_is_mended_on_its_own_page_and_submitted_anew(village: Flask) -> None:
    app, plan_id = village, draft(village)
    request_id = submit(app, plan_id)
    decide(app, "village_head", request_id, verdict="SEND_BACK", opinion="标题不对", defect="标题")
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/distributions/{plan_id}/basics")
    clerk.send("", title="华溪村2026年度收益分配方案")
    assert submit(app, plan_id) == request_id
    assert "华溪村2026年度" in now_of(request_id).title


def test_what_is_typed_wrong_is_said_beside_its_field_and_nothing_is_lost(village: Flask) -> None:
    plan_id = draft(village)
    clerk = visitor(village, "village_clerk")
    clerk.open(f"/distributions/{plan_id}/uses")
    clerk.send("", kind="AWARD", label="产业奖补", amount="1千", basis="NAMED", entitlement="NONE", named="无此人 100")
    assert clerk.page.status_code == 422
    assert "不是金额" in clerk.page.text
    clerk.send("", amount="100")
    assert clerk.page.status_code == 422
    assert "名册里没有“无此人”" in clerk.page.text
    assert "产业奖补" in clerk.page.text


def test_a_draft_is_given_up_with_a_reason(village: Flask) -> None:
    plan_id = draft(village)
    clerk = visitor(village, "village_clerk")
    clerk.open(f"/distributions/{plan_id}/drop")
    clerk.send("", reason="重做")
    assert "已放弃这份草稿。" in clerk.page.text


def test_plans_orders_and_work_of_another_village_do_not_exist(village: Flask) -> None:
    plan_id = draft(village)
    stranger = visitor(village, "sibling_clerk")
    for address in (f"/distributions/{plan_id}", f"/distributions/{plan_id}/lines", "/distributions/work/1"):
        assert stranger.open(address).status_code == 404
    assert "2026年度收益分配方案" not in stranger.open("/distributions").text


def test_a_wrong_plan_is_stopped_and_amended_on_its_pages(village: Flask) -> None:
    from tests.ledger.payout.paying import ordered, released
    from tests.ledger.plans.planning import agreed

    plan_id = agreed(draft(village))
    released(ordered(plan_id))
    head = visitor(village, "village_head")
    head.open(f"/distributions/{plan_id}/stop")
    head.send("", reason="份额算错")
    assert "方案已停止" in head.page.text
    clerk = visitor(village, "village_clerk")
    clerk.open(f"/distributions/{plan_id}/amend")
    clerk.send("", reason="改正份额")
    assert "已起草调整方案" in clerk.page.text
