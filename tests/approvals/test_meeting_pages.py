"""Pages of meetings, without scripts: a village clerk enters one with a photo and everybody within reach sees it."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry.approvals.meetings.facts import Attendance
from registry.approvals.meetings.models import Meeting, MeetingStage, Resolution
from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.clock import today
from registry.database import db
from registry.evidence.models import Attachment
from tests.approvals.gatherings import HELD_ON, K, about, held
from tests.factories import SIBLING_VILLAGE, TOWNSHIP, VILLAGE
from tests.journeys.browser import Visitor

MEMBERS = {
    "body_name": "华溪村股份经济合作社成员大会", "held_on": "2026-11-20", "notified_on": "2026-11-10",
    "place": "村委会会议室", "chair": "谭登周", "recorder": "马培清", "due": "312", "present": "190", "proxies": "20",
    "items__0__matter": "CUSTODY", "items__0__text": "由村保洁队管护冷链仓库", "items__0__agreed": "208",
    "items__0__opposed": "1", "items__0__abstained": "1",
}  # fmt: skip
DISCUSSIONS = {
    "body_name": "华溪村村民代表会议", "authority": "村民会议2026年1月授权，期限一年", "due": "40", "present": "30",
    "representatives": "33", "women": "14", "items__0__agreed": "30", "items__0__opposed": "0",
    "items__0__abstained": "0",
    **{f"{stage}__{name}": value for stage, held_on, due in (("proposed", "2026-10-08", "5"),
       ("discussed", "2026-10-12", "9"), ("reviewed", "2026-10-20", "30"))
       for name, value in (("held_on", held_on), ("due", due), ("present", due), ("agreed", due))},
}  # fmt: skip


def picture(name: str = "会议.png") -> tuple[BytesIO, str]:
    out = BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    out.seek(0)
    return out, name


def sent(visitor: Visitor, told: dict[str, str], *, files: tuple[str, ...] = ("file",)) -> TestResponse:
    """Fill in the page's form, attach a picture to each of these fields, and send it."""
    action, fields = visitor.fields()
    typed = {name.replace("__", "-"): value for name, value in told.items()}
    data: dict[str, object] = {**fields, **typed, **{name: picture() for name in files}}
    visitor.page = visitor.client.post(action or visitor.page.request.path, data=data, follow_redirects=True)
    return visitor.page


@pytest.fixture
def clerk(app: Flask) -> Visitor:
    """The clerk of the village."""
    return Visitor(app.test_client(), "village_clerk")


def count(model: type[Meeting | Resolution | MeetingStage]) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(model)).all())


def test_a_clerk_enters_a_meeting_with_its_photo_and_reads_the_verdict(clerk: Visitor) -> None:
    clerk.open("/meetings")
    clerk.open(clerk.link("/meetings/new"))
    assert clerk.page.request.path == f"/meetings/new/{VILLAGE}"
    assert "农村集体经济组织法第二十六条、第二十七条" in clerk.page.text
    clerk.open(clerk.link(r"kind=A1"))
    page = sent(clerk, MEMBERS, files=("file", "photos"))
    assert page.request.path.startswith("/meetings/")
    for text in (
        "会议和决议已登记",
        "通过",
        "同意 208 票，需要 208 票，已达到",
        "应到 312 人，到会 210 人，需要 208 人",
    ):
        assert text in page.text
    db.session.rollback()
    kinds = db.session.scalars(select(Attachment.kind).where(Attachment.thing_table == "meeting")).all()
    assert sorted(kinds) == ["MINUTES", "PHOTO"]
    picture_url = clerk.link("/evidence/")
    assert clerk.client.get(picture_url).content_type == "image/png"
    clerk.open("/meetings")
    assert "华溪村股份经济合作社成员大会" in clerk.page.text


def test_one_vote_short_is_entered_and_said_to_have_failed(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    page = sent(clerk, {**MEMBERS, "items__0__agreed": "207", "items__0__opposed": "2"})
    assert "未通过" in page.text
    assert "还差 1 票" in page.text
    db.session.rollback()
    assert db.session.scalars(select(Resolution)).one().carried is False


def test_the_form_counts_before_anything_is_sent_off(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    page = sent(clerk, {**MEMBERS, "items__0__agreed": "207", "count": "1"}, files=())
    assert page.status_code == 200
    assert "至少 208 人到会；至少 208 票同意才通过" in page.text
    assert "还差 1 票" in page.text
    assert 'value="312"' in page.text
    assert count(Meeting) == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"notified_on": "2026-11-11"}, "最早 2026-11-21 才能开会"),
        ({"proxies": "200"}, "到会（含委托）390 人，多于应到 312 人"),
        ({"items__0__abstained": "0"}, "第 1 项：同意、反对、弃权共 209 票"),
        ({"items__0__text": ""}, "填了票数，请写明决议内容"),
        ({"items__0__matter": "INVESTMENT"}, "是重要事项"),
        ({"due": "三百"}, "不是人数或票数"),
        ({"chair": ""}, "这一项必填"),
        ({"is_history": "y"}, "历史会议只补录"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_lost(
    clerk: Visitor, wrong: dict[str, str], message: str
) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    page = sent(clerk, {**MEMBERS, **wrong})
    assert page.status_code == 422
    assert message in page.text
    assert "村委会会议室" in page.text
    assert count(Meeting) == 0


def test_without_minutes_or_photo_nothing_is_entered(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    page = sent(clerk, MEMBERS, files=())
    assert page.status_code == 422
    assert "请附上会议记录或现场照片" in page.text
    assert count(Meeting) == 0


def test_a_form_sent_twice_enters_one_meeting(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    form = clerk.page
    first = sent(clerk, MEMBERS).request.path
    clerk.page = form
    assert sent(clerk, MEMBERS).request.path == first
    assert count(Meeting) == 1


def test_the_form_asks_only_for_what_this_kind_of_meeting_counts(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    _action, members = clerk.fields()
    clerk.open(f"/meetings/new/{VILLAGE}?kind=B2")
    _action, representatives = clerk.fields()
    assert "proxies" in members
    assert "women" not in members
    assert {"representatives", "women", "authority"} <= set(representatives)
    assert "proxies" not in representatives
    assert "SHARE_QUANTIFICATION" not in clerk.page.text


def test_the_next_meeting_of_a_body_begins_with_what_the_last_one_said(clerk: Visitor) -> None:
    held()
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    _action, fields = clerk.fields()
    assert (fields["due"], fields["chair"], fields["present"]) == (["312"], ["谭登周"], [""])


def test_four_discussions_are_entered_and_published_twice(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=FOUR-B2")
    page = sent(clerk, {**{name: MEMBERS[name] for name in MEMBERS if name != "proxies"}, **DISCUSSIONS})
    assert "党员大会审议" in page.text
    for stage in ("决议公开", "实施结果公开"):
        clerk.open(clerk.link("/publication"))
        page = sent(clerk, {"published_on": today().isoformat()})
        assert stage in page.text
    assert "/publication" not in page.text
    assert count(MeetingStage) == 6
    db.session.rollback()
    deeds = set(db.session.scalars(select(TrailEvent.action).where(TrailEvent.thing_table == "meeting")))
    assert deeds == {Action.MEETING_RECORDED, Action.MEETING_PUBLISHED, Action.EVIDENCE_ADDED}


def test_the_result_is_not_published_before_the_meeting(clerk: Visitor) -> None:
    meeting_id = held(K.FOUR_DISCUSSIONS).id
    clerk.open(f"/meetings/{meeting_id}/publication")
    page = sent(clerk, {"published_on": "2026-11-19"})
    assert page.status_code == 409
    assert count(MeetingStage) == 4


def test_a_party_meeting_that_did_not_agree_is_said_at_its_stage(clerk: Visitor) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=FOUR-B2")
    told = {**{name: MEMBERS[name] for name in MEMBERS if name != "proxies"}, **DISCUSSIONS, "reviewed__agreed": "14"}
    page = sent(clerk, told)
    assert page.status_code == 422
    assert "到会至少 20 人、同意至少 15 人" in page.text


def test_a_later_meeting_alters_a_resolution_by_choosing_it(clerk: Visitor) -> None:
    first = held(held_on=HELD_ON - timedelta(3), notified_on=HELD_ON - timedelta(30))
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    db.session.rollback()
    earlier = db.session.scalars(select(Resolution.id)).one()
    page = sent(clerk, {**MEMBERS, "items__0__text": "改由村集体自管", "items__0__alters": str(earlier)})
    assert "变更了以前的决议" in page.text
    clerk.open(f"/meetings/{first.id}")
    assert "已由以后的会议变更" in clerk.page.text
    assert "由村保洁队管护冷链仓库" in clerk.page.text


@pytest.mark.parametrize("username", ["sibling_clerk", "other_clerk", "other_supervisor", "custodian"])
def test_a_foreign_meeting_does_not_exist(app: Flask, clerk: Visitor, username: str) -> None:
    clerk.open(f"/meetings/new/{VILLAGE}?kind=A1")
    meeting = sent(clerk, MEMBERS).request.path
    picture_url = clerk.link("/evidence/")
    stranger = Visitor(app.test_client(), username)
    assert {stranger.client.get(url).status_code for url in (meeting, picture_url)} == {404}
    assert "华溪村股份经济合作社" not in stranger.open("/meetings").text
    assert stranger.client.get(f"{meeting}/publication").status_code in {403, 404}


def test_nobody_enters_a_meeting_of_a_foreign_unit(clerk: Visitor) -> None:
    for method in (clerk.client.get, clerk.client.post):
        assert method(f"/meetings/new/{SIBLING_VILLAGE}?kind=A1").status_code == 404
    assert count(Meeting) == 0


def test_a_township_chooses_whose_meeting_it_enters(app: Flask) -> None:
    clerk = Visitor(app.test_client(), "township_clerk")
    clerk.open("/meetings/new")
    clerk.page = clerk.client.get(f"/meetings/new?region={TOWNSHIP}", follow_redirects=True)
    assert "单位集体研究" in clerk.page.text
    assert "村民小组会议" not in clerk.page.text


@pytest.mark.parametrize(
    "query", ["?region=x", "?kind=Z9", "?after=x", "?after=2026-11-20~x", "?after=2026-13-01~1", "?before=~1"]
)
def test_an_address_that_cannot_be_is_no_page(clerk: Visitor, query: str) -> None:
    assert clerk.open(f"/meetings{query}").status_code == 404


def test_the_list_turns_its_pages(clerk: Visitor) -> None:
    for _number in range(21):
        held(K.BOARD)
    clerk.open("/meetings?kind=A3")
    assert "第 1–20 条 / 共 21 条" in clerk.page.text
    clerk.open(clerk.link("after="))
    assert "第 21–21 条 / 共 21 条" in clerk.page.text
    clerk.open(clerk.link("before="))
    assert "第 1–20 条 / 共 21 条" in clerk.page.text


def test_a_meeting_about_a_case_shows_it_was_not_carried_without_a_quorum(app: Flask) -> None:
    meeting = held(attendance=Attendance(312, 100), items=(about(agreed=100),))
    reader = Visitor(app.test_client(), "auditor")
    assert "没有达到法定人数" in reader.open(f"/meetings/{meeting.id}").text
