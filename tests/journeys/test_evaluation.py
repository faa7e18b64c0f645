"""From opening an evaluation to its support list, on the pages of those who do it; and what the pages refuse."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.services import awards_of
from tests.approvals.notices.boards import answered, objected
from tests.assets.title.making import picture
from tests.factories import confirmed, person
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import visitor
from tests.supervision.evaluation.scoring import public

GROUND = {"reason": "补交巡查本，属实", "paper": "异议答复 1 号"}


def latest() -> Evaluation:
    """The evaluation that was opened last, read anew."""
    db.session.rollback()
    return db.session.scalars(select(Evaluation).order_by(Evaluation.id.desc())).all()[0]


def line_of(name: str) -> EvaluationLine:
    db.session.rollback()
    return db.session.scalars(select(EvaluationLine).where(EvaluationLine.name == name)).all()[-1]


def opened(app: Flask) -> str:
    """Open an evaluation of last year; returns the address of its page."""
    clerk = visitor(app, "county_clerk")
    clerk.open("/evaluations")
    clerk.open(clerk.link(r"/evaluations/new"))
    clerk.send(year="2001")
    assert "评价年度不能晚于今年" in clerk.page.text
    clerk.send(year=str(today().year - 1))
    assert "项资产的依据已固定" in clerk.page.text
    return f"/evaluations/{latest().id}"


def test_from_evaluation_to_subsidy_list(app: Flask, calendar: Calendar) -> None:
    confirmed()
    public()
    at = opened(app)
    clerk, expert = visitor(app, "county_clerk"), visitor(app, "township_supervisor")
    assert "绩效评价评分中" in clerk.open("/todo").text
    road = f"/evaluations/lines/{line_of('产业路').id}"
    expert.open(f"{at}/lines?waiting=1")
    expert.open(expert.link(road))
    assert "待专家评" in expert.page.text
    expert.open(expert.link(rf"{road}/score"))
    expert.send(criterion="SATISFACTION", points="11", reason="入户测评 40 户", paper="测评表", scorer="县调查队")
    assert (expert.page.status_code, "得分要在 0 到 10 分之间" in expert.page.text) == (422, True)
    expert.send(criterion="SATISFACTION", points="", reason="入户测评 40 户", paper="测评表", scorer="县调查队")
    assert "得分写成 12 或 12.5 这样的数" in expert.page.text
    expert.send_file(picture(), "测评表.png", criterion="SATISFACTION", points="9.5", reason="入户测评 40 户",
                     paper="测评表", scorer="县调查队")  # fmt: skip
    for words in ("评分已登记", "人工评分", "9.50", "测评表.png", "不适用原因 年内没有收益"):
        assert words in expert.page.text, words
    clerk.open(at)
    clerk.send(f"{at}/submit")
    assert "已提交，等另一个人复核" in clerk.page.text
    assert clerk.client.get(f"{at}/confirm").status_code == 403
    second = visitor(app, "county_agriculture")
    assert "绩效评价待复核" in second.open("/todo").text
    second.open(second.link(rf"{at}/confirm"))
    second.send(answer="back", opinion="")
    assert "退回要写明哪里要改" in second.page.text
    second.send(answer="agree")
    assert "已复核" in second.page.text
    clerk.open(at)
    clerk.open(clerk.link(rf"{at}/notice"))
    assert "产业路" in clerk.page.text
    clerk.send(place="县政府门户网站、政务公开栏", contact_name="秦科长", contact_phone="023-73300000")
    assert "公示已张贴" in clerk.page.text
    _appeal(app, at)
    calendar.wait(30)
    second.open(at)
    second.send(f"{at}/conclude")
    assert "支持名单和整改清单已生成" in second.page.text, second.page.text[:3000]
    assert "中益冷链仓库" in second.page.text
    assert "待整改" in second.page.text
    _support(app, at)


def _appeal(app: Flask, at: str) -> None:
    """Somebody objects; the road is scored anew, with reasons, and a second person confirms."""
    clerk, second = visitor(app, "county_clerk"), visitor(app, "county_agriculture")
    notice_id = int(re.search(r"/notices/(\d+)", clerk.open(at).text)[1])  # type: ignore[index]
    road = f"/evaluations/lines/{line_of('产业路').id}"
    assert "没有可以复议的异议" in clerk.open(f"{road}/appeal").text
    objection_id = objected(notice_id, today() + timedelta(days=1), text="巡查本上有记录").objection.id
    for award in awards_of(line_of("产业路")):
        if award.cents is None or award.mark.criterion is Criterion.SATISFACTION:
            continue
        if award.cents < award.mark.points:
            clerk.open(f"{road}/appeal")
            what, points = award.mark.criterion.value, str(award.mark.points // 100)
            clerk.send(objection=str(objection_id), criterion=what, points=points, **GROUND)
            assert "复议得分已登记" in clerk.page.text, clerk.page.text[:3000]
    assert "有复议调整的得分" in clerk.open(at).text
    assert "补交巡查本，属实" in clerk.open(road).text
    answered(objection_id, "county_agriculture", today() + timedelta(days=2))
    second.open(f"{at}/confirm")
    second.send(answer="agree")
    assert latest().final_digest != latest().digest


def _support(app: Flask, at: str) -> None:
    """The total that the county says is split; both papers are printed."""
    clerk = visitor(app, "county_clerk")
    clerk.open(f"{at}/outcome")
    assert "产业路" in clerk.page.text
    clerk.open(clerk.link(rf"{at}/subsidy"))
    clerk.send(total="-1", basis="")
    assert clerk.page.status_code == 422
    clerk.send(total="5万", basis="县府会纪〔2026〕8号")
    assert "50,000.00" in clerk.page.text
    clerk.open(f"{at}/outcome")
    for action in (r"/print-subsidy", r"/print$"):
        clerk.open(f"{at}/outcome" if "subsidy" in action else at)
        clerk.send(action.rstrip("$"))
        assert re.search(r"/prints/[A-Z0-9-]+\.pdf", clerk.page.text), clerk.page.text[:2000]
        assert re.search(r"/prints/[A-Z0-9-]+\.xlsx", clerk.page.text)
    line = visitor(app, "village_clerk").open(f"/evaluations/lines/{line_of('产业路').id}").text
    assert "列入补贴支持名单第 1 位" in line
    assert person("village_clerk").unit_code == line_of("产业路").region_code


def test_an_evaluation_is_given_up_with_a_reason_and_done_anew(app: Flask) -> None:
    confirmed()
    at = opened(app)
    clerk = visitor(app, "county_clerk")
    clerk.open(f"{at}/void")
    clerk.send(reason="")
    assert clerk.page.status_code == 422
    clerk.send(reason="单位选错了")
    assert "已作废：单位选错了" in clerk.page.text
    assert opened(app) != at


def test_a_foreign_county_sees_nothing_and_a_village_its_own(app: Flask) -> None:
    asset = confirmed()
    at = opened(app)
    line = f"/evaluations/lines/{line_of(asset.name).id}"
    for url in (at, f"{at}/lines", f"{at}/outcome", line):
        assert visitor(app, "other_supervisor").client.get(url).status_code == 404
        assert visitor(app, "village_clerk").client.get(url).status_code == 200
    assert visitor(app, "village_clerk").client.get(f"{line}/score").status_code == 403
    assert asset.name in visitor(app, "village_clerk").open(f"/assets/{asset.asset_no}/evaluations").text
