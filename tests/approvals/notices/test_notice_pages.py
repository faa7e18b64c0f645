"""Notices over HTTP, each as the right person: post, photograph, object, answer, close; take down and start again."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.approvals.notices.answering import pass_on
from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.rules import NoticeKind
from registry.clock import today
from registry.database import db, transaction
from registry.kinds import Sector
from registry.permissions import Role, system_actor
from registry.policy.queries import policy_for
from tests.approvals.notices.boards import LIST, notice_of, objected, photograph, photographed, posted, taken_down
from tests.factories import MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, VILLAGE, add_person, person
from tests.journeys.browser import Visitor

FIELDS = {
    "region_code": VILLAGE, "kind": "TITLE", "title": "中益冷链仓库等 3 项资产确权", "body": "拟确权给村集体。",
    "table": LIST, "place": "村务公开栏", "contact_name": "陈书记", "contact_phone": "023-73301234",
}  # fmt: skip


@pytest.fixture
def clerk(app: Flask) -> Visitor:
    return Visitor(app.test_client(), "village_clerk")


def the_notice() -> Notice:
    db.session.rollback()
    return db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()  # type: ignore[return-value]


def send_photo(visitor: Visitor, url: str, colour: str) -> int:
    """Send the form of a page with a picture; returns the status."""
    visitor.open(url)
    fields = {name: values[0] for name, values in visitor.fields()[1].items()}
    picture = (io.BytesIO(photograph(colour)), f"{colour}.jpg")
    visitor.page = visitor.client.post(url, data={**fields, "file": picture}, follow_redirects=True)
    return visitor.page.status_code


def test_a_notice_is_posted_with_its_photograph_hangs_and_is_closed(clerk: Visitor) -> None:
    clerk.open("/notices/new")
    fields = {name: values[0] for name, values in clerk.fields("")[1].items()}
    picture = (io.BytesIO(photograph()), "board.jpg")
    answer = clerk.client.post("/notices/new", data={**fields, **FIELDS, "file": picture}, follow_redirects=True)
    notice = the_notice()
    assert answer.request.path == f"/notices/{notice.id}"
    assert "还剩 10 天" in answer.text
    assert notice.first_photo
    assert clerk.client.get(re.findall(r'src="(/notices/\d+/photos/\d+)"', answer.text)[0]).mimetype == "image/jpeg"
    over = posted(on=today() - timedelta(10), title="天数满了的公示")
    photographed(over, on=today() - timedelta(10))
    assert "待收回" in clerk.open("/notices?tab=over").text
    assert send_photo(clerk, f"/notices/{over}/close", "grey") == 200
    notice = the_notice()
    assert (notice.id, notice.state) == (over, "CLOSED")
    assert notice.title in clerk.open("/notices?tab=ended").text
    assert notice.title not in clerk.open("/notices").text


def test_before_its_days_are_over_it_is_not_closed_and_the_page_says_until_when(clerk: Visitor) -> None:
    notice_id = posted(on=today())
    assert send_photo(clerk, f"/notices/{notice_id}/photo", "white") == 200
    assert send_photo(clerk, f"/notices/{notice_id}/close", "grey") == 422
    assert notice_of(notice_id).last_day.isoformat() in clerk.page.text
    assert the_notice().state == "POSTED"


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_where(clerk: Visitor) -> None:
    clerk.open("/notices/new")
    clerk.send("", **{**FIELDS, "table": "姓名\t身份证号\n谭正国\tx"})
    assert clerk.page.status_code == 422
    assert "身份证号" in clerk.page.text
    assert "拟确权给村集体" in clerk.page.text
    assert db.session.scalar(select(db.func.count()).select_from(Notice)) == 0


def test_a_double_tap_posts_once(clerk: Visitor) -> None:
    clerk.open("/notices/new")
    fields = {name: values[0] for name, values in clerk.fields("")[1].items()}
    answers = [clerk.client.post("/notices/new", data={**fields, **FIELDS}) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert db.session.scalar(select(db.func.count()).select_from(Notice)) == 1


def test_taken_down_it_is_posted_again_from_where_it_was_and_counts_from_the_first_day(clerk: Visitor) -> None:
    first = posted(on=today())
    clerk.open(f"/notices/{first}/take-down")
    clerk.send("", reason="名单漏了两户")
    assert "名单漏了两户" in clerk.page.text
    clerk.open(clerk.link(r"/notices/new\?again"))
    clerk.send("", title="改正后的公示")
    again = the_notice()
    assert (again.title, again.replaces_id, again.starts_on) == ("改正后的公示", first, today())
    assert again.table == notice_of(first).table
    assert clerk.open(f"/notices/{first}/close").status_code == 409


def test_a_recurring_notice_that_is_due_begins_filled_in_and_is_then_no_longer_due(clerk: Visitor) -> None:
    clerk.open("/notices")
    clerk.open(clerk.link("kind=VILLAGE_MATTERS"))
    assert "村务公开（" in clerk.page.text
    clerk.send("", place="村务公开栏", contact_name="陈书记", contact_phone="023-73301234")
    notice = the_notice()
    assert (notice.notice_kind, notice.period is not None) == (NoticeKind.VILLAGE_MATTERS, True)
    assert "kind=VILLAGE_MATTERS" not in clerk.open("/notices").text


def test_an_objection_by_telephone_is_entered_answered_and_passed_on_by_staff(app: Flask, clerk: Visitor) -> None:
    notice_id = posted(on=today())
    clerk.open(f"/notices/{notice_id}/objections/new")
    clerk.send("", channel="TELEPHONE", ground="CONTENT", text="三组面积不对", name="谭正国", contact="13996057184")
    assert re.search(r"回执码 [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", clerk.page.text)
    assert "谭**" in clerk.page.text
    assert "谭正国" not in clerk.page.text.split("objections")[-1]
    objection_id = db.session.scalars(select(Objection.id)).one()
    head = Visitor(app.test_client(), "village_head")
    head.open(f"/notices/{notice_id}")
    head.open(head.link(r"/objections/\d"))
    head.send("", finding="EXPLAINED", text="已量过，面积无误。")
    assert "已量过" in head.page.text
    clerk.open(f"/objections/{objection_id}/pass-on")
    clerk.send("", reason="没有到现场")
    assert "乡镇（街道）答复" in clerk.page.text
    township = Visitor(app.test_client(), "township_supervisor")
    township.open(f"/objections/{objection_id}")
    township.send("", finding="UPHELD", text="重新测量后更正。")
    assert "已办结" in township.page.text


def test_the_inbox_leads_to_each_thing_that_waits(app: Flask, clerk: Visitor) -> None:
    over = posted(on=today() - timedelta(10), title="天数满了的")
    hanging = posted(on=today(), title="有异议的")
    objection_id = objected(hanging, on=today()).objection.id
    clerk.open("/todo")
    assert f"/notices/{over}/close" in clerk.page.text
    assert f"/publications/{VILLAGE}/COLLECTIVE_ACCOUNTS" in clerk.page.text
    head = Visitor(app.test_client(), "village_head")
    head.open("/todo")
    head.open(head.link(f"/objections/{objection_id}"))
    head.send("", finding="UPHELD", text="更正。")
    assert f"/objections/{objection_id}" not in head.open("/todo").text
    with transaction(VILLAGE):
        row = db.session.get_one(Objection, objection_id)
        pass_on(row, "不服", by=person("village_clerk"), on=today(), policy=policy_for(VILLAGE, today()))
    assert "有异议的" in clerk.open("/todo").text
    township = Visitor(app.test_client(), "township_supervisor")
    assert f"/objections/{objection_id}" in township.open("/todo").text


def test_whose_turn_it_is_not_sees_no_form_and_an_answer_sent_all_the_same_is_refused(app: Flask) -> None:
    objection_id = objected(posted(on=today()), on=today()).objection.id
    township = Visitor(app.test_client(), "township_supervisor")
    assert "轮不到您答复" in township.open(f"/objections/{objection_id}").text
    data = {"finding": "UPHELD", "text": "x", "one_time_key": "k"}
    assert township.client.post(f"/objections/{objection_id}", data=data).status_code == 403


def test_who_objected_is_shown_to_the_one_who_answers_once_with_a_reason(app: Flask) -> None:
    objection_id = objected(posted(on=today()), on=today(), name="谭正国", contact="13996057184").objection.id
    head = Visitor(app.test_client(), "village_head")
    head.open(f"/objections/{objection_id}")
    assert "谭**" in head.page.text
    assert "13996057184" not in head.page.text
    head.open(head.link("/reveal"))
    head.send("", reason="上门核实")
    assert "谭正国" in head.page.text
    assert "13996057184" in head.page.text
    assert "13996057184" not in head.open(f"/objections/{objection_id}").text
    township = Visitor(app.test_client(), "township_supervisor")
    answer = township.client.post(f"/objections/{objection_id}/reveal", data={"reason": "x", "one_time_key": "k"})
    assert answer.status_code == 403


def test_a_foreign_notice_does_not_exist(app: Flask, client: FlaskClient) -> None:
    notice_id, other = posted(on=today(), region_code=SIBLING_VILLAGE), posted(on=today(), region_code=OTHER_COUNTY)
    objection_id = objected(notice_id, on=today()).objection.id
    clerk = Visitor(client, "village_clerk")
    for number in (notice_id, other):
        for page in ("", "/close", "/take-down", "/photo", "/objections/new"):
            assert clerk.client.get(f"/notices/{number}{page}").status_code == 404
        assert clerk.client.post(f"/notices/{number}/print").status_code == 404
    assert clerk.client.get(f"/notices/new?again={other}").status_code == 404
    head = Visitor(app.test_client(), "village_head")
    assert head.client.get(f"/objections/{objection_id}").status_code == 404
    data = {**FIELDS, "region_code": SIBLING_VILLAGE, "one_time_key": "k"}
    assert clerk.client.post("/notices/new", data=data).status_code == 422


def test_the_list_filters_and_pages(app: Flask, clerk: Visitor) -> None:
    for number in range(23):
        posted(on=today(), title=f"第{number}份公示", kind=NoticeKind.TITLE if number % 2 else NoticeKind.LEDGER)
    first = clerk.open("/notices").text
    assert "第22份公示" in first
    assert "第2份公示" not in first
    clerk.open(clerk.link("after="))
    assert "第2份公示" in clerk.page.text
    clerk.open(clerk.link("before="))
    assert "第22份公示" in clerk.page.text
    assert "第21份公示" not in clerk.open("/notices?kind=LEDGER").text
    assert "第7份公示" in clerk.open("/notices?q=第7份").text
    assert clerk.open("/notices?tab=nonsense").status_code == 404
    taken_down(posted(on=today(), title="收回的"))
    assert "收回的" in clerk.open(f"/notices?tab=ended&region={VILLAGE}").text


def test_a_sector_officer_sees_the_notices_of_the_sector(app: Flask) -> None:
    own, other = posted(on=today(), sector=Sector.AGRICULTURE), posted(on=today(), sector=Sector.WATER)
    officer = Visitor(app.test_client(), "sector_officer")
    assert officer.open(f"/notices/{own}").status_code == 200
    assert officer.open(f"/notices/{other}").status_code == 404


def test_a_second_head_answers_where_the_first_proposed(app: Flask) -> None:
    objection_id = objected(posted(on=today(), proposer_id=person("village_head").id), on=today()).objection.id
    with transaction(VILLAGE, MUNICIPALITY):
        add_person("second_head", Role.VILLAGE_HEAD, VILLAGE, system_actor(MUNICIPALITY))
    first, second = (Visitor(app.test_client(), name) for name in ("village_head", "second_head"))
    data = {"finding": "UPHELD", "text": "更正名单。", "one_time_key": "k"}
    assert first.client.post(f"/objections/{objection_id}", data=data).status_code == 403
    assert second.client.post(f"/objections/{objection_id}", data=data).status_code == 303
