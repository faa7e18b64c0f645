"""A title case over all its desks, as the people do it: signed, posted, voted, reviewed, approved, certified."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from registry.approvals.notices.models import Notice
from registry.approvals.notices.rules import Case, NoticeFacts, NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE
from registry.assets.title.rules import CaseStatus
from registry.clock import today
from registry.database import db, transaction
from registry.evidence.services import take_in
from registry.policy.queries import policy_for
from tests.assets.title.making import case_of, fill_in, opened, picture, storehouse, submitted
from tests.factories import VILLAGE, person
from tests.journeys.browser import Visitor
from tests.reports.printing import money  # noqa: F401 - the factories of cards read it

LONG_AGO = timedelta(days=15)


def visitor(app: Flask, username: str) -> Visitor:
    return Visitor(app.test_client(), username)


def decide(app: Flask, username: str, request_id: int, verdict: str = "AGREE", **said: str) -> Visitor:
    """Open the inbox, follow the link to the case, decide."""
    who = visitor(app, username)
    assert f"/requests/{request_id}" in who.open("/todo").text
    who.open(f"/requests/{request_id}")
    who.send("/decide", verdict=verdict, **said)
    return who


@pytest.fixture
def case(app: Flask) -> tuple[int, int]:
    """A case of two storehouses, submitted; its id and that of its request."""
    case_id = opened(storehouse(), storehouse("二号仓"))
    fill_in(case_id)
    return case_id, submitted(case_id).id


def hang(request_id: int) -> None:
    """Hang the notice of the case fifteen days ago, with its first photograph."""
    on = today() - LONG_AGO
    photo = take_in(picture(), "张贴.png")
    with transaction(VILLAGE):
        request = db.session.get_one(ApprovalRequest, request_id)
        facts = NoticeFacts(
            NoticeKind.TITLE, VILLAGE, request.title, "公示正文", "村务公开栏", "谭小玲", "023-0000",
            case=Case(CASE_TABLE, str(request.id), request.content_digest),
        )  # fmt: skip
        notice = post_notice(facts, by=person("village_clerk"), on=on, policy=policy_for(VILLAGE, on))
        add_first_photo(notice, photo, by=person("village_clerk"), on=on)


def another_picture() -> BytesIO:
    """A photograph that is not the first one."""
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (41, 31), "grey").save(out, "PNG")
    out.seek(0)
    return out


def take_down(app: Flask, request_id: int) -> Visitor:
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/requests/{request_id}/notice/close")
    action, fields = clerk.fields()
    data = {**fields, "file": (another_picture(), "收回.png")}
    clerk.page = clerk.client.post(
        action or f"/requests/{request_id}/notice/close", data=data, follow_redirects=True,
        content_type="multipart/form-data",
    )  # fmt: skip
    return clerk


def vote(app: Flask, request_id: int, agreed: int) -> Visitor:
    """Enter a meeting of 30 representatives of whom 24 came."""
    clerk = visitor(app, "village_clerk")
    page = clerk.open(f"/requests/{request_id}/meeting")
    assert "成员代表大会" in page.text
    url = clerk.link(r"/meeting\?kind=A2")
    clerk.open(url)
    _action, fields = clerk.fields("/meeting")
    held = today() - timedelta(days=1)
    said = {
        "body_name": "华溪村股份经济合作社成员代表大会", "held_on": held.isoformat(),
        "notified_on": (held - timedelta(days=12)).isoformat(), "readable_on": (held - timedelta(days=12)).isoformat(),
        "party_studied_on": (held - timedelta(days=13)).isoformat(), "chair": "王兴安", "recorder": "谭小玲",
        "due": "30", "present": "24", "proxies": "0", "women": "8", "items-0-agreed": str(agreed),
        "items-0-opposed": str(24 - agreed), "items-0-abstained": "0", "place": "村委会", "authority": "章程第十二条",
    }  # fmt: skip
    data = {**fields, **{k: v for k, v in said.items() if k in fields}, "file": (BytesIO(picture()), "记录.png")}
    clerk.page = clerk.client.post(url, data=data, follow_redirects=True, content_type="multipart/form-data")
    return clerk


def now_of(request_id: int) -> ApprovalRequest:
    db.session.rollback()
    return db.session.get_one(ApprovalRequest, request_id)


def test_a_case_goes_over_every_desk_to_its_certificate(app: Flask, case: tuple[int, int]) -> None:
    case_id, request_id = case
    decide(app, "village_supervisory_committee", request_id)
    assert now_of(request_id).step_kind == "NOTICE"
    hang(request_id)
    assert "转到下一环节" in take_down(app, request_id).page.text
    assert now_of(request_id).step_kind == "MEETING"
    assert "转到下一环节" in vote(app, request_id, 21).page.text
    decide(app, "township_supervisor", request_id)
    last = decide(app, "county_agriculture", request_id)
    assert "全部环节都已同意" in last.page.text
    db.session.rollback()
    assert case_of(case_id).state is CaseStatus.APPROVED
    clerk = visitor(app, "county_clerk")
    assert f"/title/{case_id}" in clerk.open("/todo").text


def test_a_vote_that_fails_leaves_the_case_where_it_lies(app: Flask, case: tuple[int, int]) -> None:
    _case_id, request_id = case
    decide(app, "village_supervisory_committee", request_id)
    hang(request_id)
    take_down(app, request_id)
    vote(app, request_id, 19)
    assert now_of(request_id).step_kind == "MEETING"
    assert "没有通过" in visitor(app, "village_clerk").open(f"/requests/{request_id}").text


def test_a_notice_is_not_taken_down_before_its_days(app: Flask, case: tuple[int, int]) -> None:
    _case_id, request_id = case
    decide(app, "village_supervisory_committee", request_id)
    clerk = visitor(app, "village_clerk")
    page = clerk.open(f"/requests/{request_id}/notice")
    assert "一号仓" in page.text
    clerk.send(place="村务公开栏", contact_name="谭", contact_phone="023")
    assert clerk.page.status_code == 200
    db.session.rollback()
    assert db.session.query(Notice).count() == 1
    early = take_down(app, request_id)
    assert early.page.status_code == 422
    assert now_of(request_id).step_kind == "NOTICE"


def test_sent_back_is_mended_and_approved(app: Flask, case: tuple[int, int]) -> None:
    case_id, request_id = case
    decide(app, "village_supervisory_committee", request_id, "SEND_BACK", defect="二号仓的验收表", opinion="缺一页")
    clerk = visitor(app, "village_clerk")
    assert "二号仓的验收表" in clerk.open("/todo").text
    assert f"/title/{case_id}" in clerk.open(f"/requests/{request_id}").text
    submitted(case_id)
    decide(app, "village_supervisory_committee", request_id)
    assert now_of(request_id).step_kind == "NOTICE"


def test_without_a_choice_nothing_is_decided(app: Flask, case: tuple[int, int]) -> None:
    _case_id, request_id = case
    member = visitor(app, "village_supervisory_committee")
    member.open(f"/requests/{request_id}")
    assert "checked" not in member.page.text
    answer = member.client.post(f"/requests/{request_id}/decide", data=dict(member.fields("/decide")[1]))
    assert answer.status_code == 422
    assert now_of(request_id).step_kind == "COUNTERSIGN"


def test_of_two_at_one_desk_the_second_keeps_what_was_typed(app: Flask, case: tuple[int, int]) -> None:
    _case_id, request_id = case
    late = visitor(app, "village_supervisory_committee")
    late.open(f"/requests/{request_id}")
    stale = {**late.fields("/decide")[1], "verdict": ["REJECT"], "opinion": ["与台账不符的理由"]}
    decide(app, "village_supervisory_committee", request_id)
    answer = late.client.post(f"/requests/{request_id}/decide", data=stale)
    assert answer.status_code == 409
    assert now_of(request_id).status == "OPEN"
