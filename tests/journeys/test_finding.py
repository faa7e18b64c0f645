"""An audit finding from entry to check-off by another person above, on their pages; and the shortcuts they refuse."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from registry.approvals.notices.answering import raise_objection
from registry.approvals.notices.objecting import ObjectionFacts
from registry.approvals.notices.services import post_notice
from registry.clock import today
from registry.database import db, transaction
from registry.policy.queries import policy_for
from registry.supervision.findings.models import Finding
from registry.supervision.stocktaking.rules import Outcome
from tests.approvals.notices.boards import notice_facts
from tests.assets.title.making import picture
from tests.factories import COUNTY, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import visitor
from tests.supervision.stocktaking.taking import confirmed_sheet, differences

WORDS = {
    "problem": "2026 年冷库租金 76,000 元没有入账", "basis": "《农村集体经济组织会计制度》第六条",
    "demand": "补记收入，租金缴入集体账户", "person": "谭小玲",
}  # fmt: skip


def latest() -> Finding:
    """The finding that was entered last, read anew."""
    db.session.rollback()
    return db.session.scalars(select(Finding).order_by(Finding.id.desc())).all()[0]


def entered(app: Flask, number: str, username: str = "auditor", **changes: str) -> str:
    """Enter a finding from the page of the asset; returns the address of its page."""
    auditor = visitor(app, username)
    auditor.open(f"/assets/{number}")
    auditor.open(auditor.link(r"/findings/new\?"))
    assert number in auditor.page.text
    auditor.send_file(picture(), "银行流水.png", "/findings/new", **{**WORDS, **changes})
    assert "问题已登记，已转整改责任单位" in auditor.page.text
    return f"/findings/{latest().id}"


def test_an_audit_finding_is_mended_and_checked_off_by_another_person_above(app: Flask, calendar: Calendar) -> None:
    at = entered(app, confirmed().asset_no)
    clerk = visitor(app, "village_clerk")
    assert "问题待整改" in clerk.open("/todo").text
    clerk.open(clerk.link(rf"{at}/report"))
    clerk.send(words=" ")
    assert (clerk.page.status_code, latest().status) == (422, "OPEN")
    clerk.send_file(picture(), "收款回单.png", words="11 月 25 日补记收入，租金 76,000 元已缴入集体账户。")
    assert "整改情况已上报" in clerk.page.text
    assert clerk.open(f"{at}/check").status_code == 403
    calendar.wait(2)
    above = visitor(app, "township_supervisor")
    assert "整改待销号" in above.open("/todo").text
    above.open(above.link(rf"{at}/check"))
    above.send(answer="back", words="差凭证号，请补。")
    assert (latest().status, latest().checked_on) == ("SENT_BACK", today())
    assert "差凭证号，请补。" in clerk.open(f"{at}/report").text
    clerk.send(words="凭证 2026-118 已附。")
    above.open(f"{at}/check")
    above.send(answer="agree", words="已查看凭证 2026-118，属实。")
    assert "已销号" in above.page.text
    assert "记下核查结果" not in above.open(f"{at}/check").text
    life = visitor(app, "auditor").open(at).text
    for words in ("登记问题", "上报整改", "退回", "销号", "银行流水.png", "收款回单.png", "又出现了，重新登记"):
        assert words in life


def agreed() -> dict[str, str]:
    """What the page of the finding as it stands sends to check it off."""
    return {"answer": "agree", "words": "好", "version": str(latest().version_id)}


def test_the_shortcuts_are_refused_on_the_pages(app: Flask) -> None:
    at = entered(app, confirmed().asset_no)
    for username in ("village_clerk", "village_head", "resident_work_team"):
        assert visitor(app, username).client.post(f"{at}/check", data={}).status_code == 403
    early = visitor(app, "township_supervisor").client.post(f"{at}/check", data=agreed())
    assert early.status_code == 409
    head = visitor(app, "village_head")
    head.open(f"{at}/report")
    head.send(words="已整改。")
    foreign = visitor(app, "discipline_inspector")
    assert foreign.client.post(f"{at}/check", data=agreed()).status_code == 403
    assert visitor(app, "other_supervisor").client.get(at).status_code == 404
    assert latest().status == "REPORTED"


def test_what_comes_back_is_entered_again_and_what_is_late_is_urged(app: Flask, calendar: Calendar) -> None:
    at = entered(app, confirmed().asset_no)
    clerk, above = visitor(app, "village_clerk"), visitor(app, "township_supervisor")
    clerk.open(f"{at}/report")
    clerk.send(words="已整改。")
    above.open(f"{at}/check")
    above.send(answer="agree", words="属实。")
    calendar.wait(60)
    auditor = visitor(app, "auditor")
    auditor.open(at)
    auditor.open(auditor.link(r"/findings/new\?recurs="))
    assert "问题复发，重新登记" in auditor.page.text
    auditor.send("/findings/new", due_on=(today() + timedelta(days=5)).isoformat())
    assert (latest().recurrences, f"/findings/{latest().recurs_id}") == (1, at)
    calendar.wait(6)
    assert "整改逾期" in visitor(app, "township_supervisor").open("/todo?group=below").text
    assert "整改逾期" not in visitor(app, "county_agriculture").open("/todo?group=below").text
    listed = visitor(app, "county_agriculture").open(f"/findings?region={COUNTY}&overdue=1").text
    assert latest().number in listed
    assert "已逾期" in listed
    assert "没有这样的问题" in visitor(app, "county_agriculture").open("/findings?state=REPORTED").text


def test_a_sample_is_drawn_printed_and_its_problem_followed_up(app: Flask) -> None:
    for name in ("冷库", "车间", "门店"):
        confirmed(name=name)
    auditor = visitor(app, "auditor")
    auditor.open("/samples/new")
    auditor.send("/samples/new", purpose="", size="0")
    assert auditor.page.status_code == 422
    auditor.send("/samples/new", purpose="年度审计抽查", size="2", seed="2026-11-29")
    assert "已抽出 2 项，名单已固定" in auditor.page.text
    auditor.open(auditor.link(r"/samples/items/\d+"))
    auditor.send(result="UNSOUND", note="")
    assert "有问题的要写明发现了什么问题" in auditor.page.text
    auditor.send(result="UNSOUND", note="现场没有铭牌", basis="登记办法第八条", demand="补挂铭牌")
    assert "问题已交办" in auditor.page.text
    assert latest().problem == "现场没有铭牌"
    auditor.send("/print")
    assert re.search(r"/prints/[A-Z0-9-]+\.pdf", auditor.page.text), auditor.page.text[:2000]
    assert re.search(r"/prints/[A-Z0-9-]+\.xlsx", auditor.page.text)


def test_an_agency_is_engaged_reports_and_a_finding_follows(app: Flask) -> None:
    county = visitor(app, "county_agriculture")
    county.open("/engagements/new")
    county.send(kind="AUDIT", agency="天健会计师事务所", task="收益专项审计", fee="3.6万", units=COUNTY,
                report_by=(today() + timedelta(days=30)).isoformat())  # fmt: skip
    assert "委托已登记" in county.page.text
    county.open(county.link(r"/engagements/\d+/report"))
    county.send(conclusions="租金未入账")
    assert "请选择要上传的文件" in county.page.text
    county.send_file(picture(), "审计报告.png", report_no="渝审118号", conclusions="租金未入账")
    assert "报告已登记" in county.page.text
    county.open(county.link(r"/engagements/\d+/findings"))
    county.send(region_code=VILLAGE, problem="租金未入账", demand="补记")
    assert "问题已登记" in county.page.text
    assert (latest().source, latest().basis) == ("AGENCY", "天健会计师事务所 渝审118号")


def test_an_objection_and_a_difference_of_a_count_lead_to_findings(app: Flask) -> None:
    sheet_id = confirmed_sheet(Outcome.MISSING)
    (difference,) = differences(sheet_id)
    key = difference.id
    above = visitor(app, "township_supervisor")
    above.open(f"/stocktaking/differences/{key}")
    above.open(above.link(r"/findings/new\?difference="))
    assert "盘亏" in above.page.text
    above.send("/findings/new", basis="清查办法第九条", demand="查明去向")
    assert (latest().source, latest().origin_table, latest().origin_id) == ("STOCKTAKING", "stock_difference", key)
    assert "看清查差异" in above.page.text
    assert above.open("/findings/new?difference=999999").status_code == 404
    on, by = today(), person("village_clerk")
    with transaction(VILLAGE):
        notice = post_notice(notice_facts(), by=by, on=on, policy=policy_for(VILLAGE, on))
        objection_id = raise_objection(
            notice, ObjectionFacts("面积不对", "k"), by=by, on=on, policy=policy_for(VILLAGE, on)
        ).objection.id
        notice_id = notice.id
    above.open(f"/notices/{notice_id}")
    above.open(above.link(r"/findings/new\?objection="))
    above.send("/findings/new", basis="公示办法", demand="复核面积")
    assert (latest().source, latest().origin_id, latest().problem) == ("OBJECTION", objection_id, "面积不对")
    forged = above.client.post("/findings/new", data={
        **{name: value[0] for name, value in above_fields(app).items()}, "origin_table": "user", "origin_id": "1",
    })  # fmt: skip
    assert forged.status_code == 404


def above_fields(app: Flask) -> dict[str, list[str]]:
    """A filled-in form of the township's supervisor."""
    who = visitor(app, "township_supervisor")
    who.open("/findings/new")
    _action, fields = who.fields("/findings/new")
    return {**fields, "region_code": [TOWNSHIP], "problem": ["x"], "basis": ["x"], "demand": ["x"]}
