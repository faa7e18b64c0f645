"""The board without sign-in: read masked, objected to by a stranger without scripts, throttled."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from registry.approvals.notices.door import pass_door
from registry.approvals.notices.models import Objection, ObjectionDoor
from registry.approvals.notices.objecting import (
    OBJECTIONS_AN_HOUR_FROM_ADDRESS,
    OBJECTIONS_AN_HOUR_TO_NOTICE,
    TooManyObjections,
)
from registry.approvals.notices.queries import count_running_below
from registry.audit.models import TrailEvent
from registry.clock import now, today
from registry.database import db, transaction
from registry.places.services import merge_region
from tests.approvals.notices.boards import (
    LIST,
    answered,
    notice_of,
    objected,
    objection_of,
    photographed,
    posted,
    taken_down,
)
from tests.factories import COUNTY, MUNICIPALITY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person
from tests.journeys.browser import Visitor

NAME, PHONE, RESIDENT = "谭正国", "13996057184", "500240196604157736"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class Stranger(Visitor):
    """Somebody at a browser without scripts who has no account."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse = client.get("/login")

    def objects(self, notice_id: int, text: str = "三组面积不对", **more: str) -> str:
        """Object to a notice; returns the code on the receipt."""
        self.open(f"/public/notices/{notice_id}/objections")
        self.send("", text=text, **more)
        assert self.page.status_code == 200, self.page.text
        return CODE.findall(self.page.text)[0]

    def looks_up(self, code: str) -> str:
        self.open("/public/objections")
        return self.send("", receipt=code).text


@pytest.fixture
def stranger(client: FlaskClient) -> Stranger:
    return Stranger(client)


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_stranger_objects_the_head_answers_the_township_answers_and_the_notice_is_free(
    app: Flask, stranger: Stranger
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    notice_id = posted(on=today())
    stranger.open(f"/public/{COUNTY}/notices")
    stranger.open(stranger.link(f"/public/{TOWNSHIP}"))
    stranger.open(stranger.link(f"/public/{VILLAGE}"))
    stranger.open(stranger.link(f"/public/notices/{notice_id}"))
    assert "公示还剩" in stranger.page.text
    stranger.open(stranger.link(f"/public/notices/{notice_id}/objections"))
    stranger.send("", text="三组面积不对", name=NAME, contact=PHONE)
    code = CODE.findall(stranger.page.text)[0]
    assert "已收异议" in stranger.open(f"/public/notices/{notice_id}").text
    assert "还没有答复" in stranger.looks_up(code.lower().replace("-", " "))
    objection_id = db.session.scalars(select(Objection.id)).one()
    answered(objection_id, "village_head", today())
    assert "面积无误" in stranger.looks_up(code)
    stranger.send("pass-on", reason="没有到现场量")
    assert objection_of(objection_id).state == "PASSED_ON"
    assert "乡镇（街道）答复" in stranger.page.text
    answered(objection_id, "township_supervisor", today())
    assert "已办结" in stranger.looks_up(code)
    db.session.rollback()
    actors = {event.action: event.actor_id for event in db.session.scalars(select(TrailEvent))}
    assert actors["OBJECTION_RAISED"] is actors["OBJECTION_PASSED_ON"] is None


def test_the_receipt_shown_again_is_the_same_and_nothing_is_added(stranger: Stranger) -> None:
    notice_id = posted(on=today())
    stranger.open(f"/public/notices/{notice_id}/objections")
    _action, fields = stranger.fields("")
    data = {**{name: values[-1] for name, values in fields.items()}, "text": "面积不对", "ground": "CONTENT"}
    url = f"/public/notices/{notice_id}/objections"
    pages = [stranger.client.post(url, data=data) for _ in range(OBJECTIONS_AN_HOUR_FROM_ADDRESS + 3)]
    assert {page.status_code for page in pages} == {200}
    assert len({CODE.findall(page.text)[0] for page in pages}) == 1
    assert count(Objection) == 1


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(stranger: Stranger) -> None:
    notice_id = posted(on=today())
    stranger.open(f"/public/notices/{notice_id}/objections")
    stranger.send("", text=" ", contact="023-1234")
    assert stranger.page.status_code == 422
    assert "023-1234" in stranger.page.text
    assert 'href="#text"' in stranger.page.text
    assert count(Objection) == 0


def test_a_forged_form_and_one_from_another_site_are_refused(app: Flask, stranger: Stranger) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    url = f"/public/notices/{posted(on=today())}/objections"
    data = {"text": "x", "ground": "CONTENT", "one_time_key": "k"}
    assert stranger.client.post(url, data=data).status_code == 400
    app.config["WTF_CSRF_ENABLED"] = False
    assert stranger.client.post(url, data=data, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert count(Objection) == 0


def test_one_address_cannot_drown_a_board_and_is_told_so(stranger: Stranger) -> None:
    notice_id = posted(on=today())
    for number in range(OBJECTIONS_AN_HOUR_FROM_ADDRESS):
        stranger.objects(notice_id, f"第 {number} 件")
    stranger.open(f"/public/notices/{notice_id}/objections")
    stranger.send("", text="又一件")
    assert stranger.page.status_code == 429
    assert "太频繁" in stranger.page.text
    assert count(Objection) == OBJECTIONS_AN_HOUR_FROM_ADDRESS
    assert "127.0.0.1" not in "".join(db.session.scalars(select(ObjectionDoor.subject)))


def test_many_addresses_cannot_drown_one_notice_and_after_an_hour_the_door_is_open_again(any_app: Flask) -> None:
    moment = now()
    with transaction(VILLAGE):
        for number in range(OBJECTIONS_AN_HOUR_TO_NOTICE):
            pass_door(f"10.0.0.{number}", 7, VILLAGE, moment)
            db.session.flush()
    with pytest.raises(TooManyObjections), transaction(VILLAGE):
        pass_door("10.0.1.1", 7, VILLAGE, moment)
    with transaction(VILLAGE):
        pass_door("10.0.1.1", 8, VILLAGE, moment)
    with transaction(VILLAGE):
        pass_door("10.0.1.1", 7, VILLAGE, moment + timedelta(hours=1))
    assert count(ObjectionDoor) == OBJECTIONS_AN_HOUR_TO_NOTICE + 3
    with transaction(VILLAGE):
        pass_door("10.0.1.1", 7, VILLAGE, moment + timedelta(days=2))
    assert count(ObjectionDoor) == 2


def test_no_name_number_or_telephone_of_a_person_leaves_by_the_board(stranger: Stranger) -> None:
    table_names = [line.split("\t")[0] for line in LIST.splitlines()[1:]]
    notice_id, gone = posted(on=today()), posted(on=today(), title="收回的一份", body=f"{NAME}的内容")
    taken_down(gone, today(), "内容有误")
    code = stranger.objects(notice_id, f"我是{NAME}，电话{PHONE}，身份证{RESIDENT}", name=NAME, contact=PHONE)
    objection_id = db.session.scalars(select(Objection.id)).one()
    pages = [stranger.page.text, stranger.looks_up(code)]
    answered(objection_id, "village_head", today())
    pages.append(stranger.looks_up(code))
    addresses = [f"/public/{unit}/notices" for unit in (VILLAGE, TOWNSHIP, COUNTY, MUNICIPALITY)]
    for url in (*addresses, f"/public/notices/{notice_id}", f"/public/notices/{gone}", "/public/objections"):
        pages.append(stranger.open(url).text)
    shown = "".join(pages)
    assert [secret for secret in (NAME, PHONE, RESIDENT, *table_names) if secret in shown] == []
    assert "谭**" in shown
    assert "秦**" in shown
    assert "Village Head" not in shown


def test_the_search_for_names_would_find_them_where_they_may_stand(app: Flask) -> None:
    notice_id = posted(on=today())
    clerk = Visitor(app.test_client(), "village_clerk")
    assert NAME in clerk.open(f"/notices/{notice_id}").text


def test_a_notice_taken_down_shows_only_that_it_was_and_leads_to_the_one_that_repeats_it(stranger: Stranger) -> None:
    first = posted(on=today(), body="写错的正文")
    taken_down(first, today(), "面积写错")
    again = posted(on=today(), replaces_id=first)
    page = stranger.open(f"/public/notices/{first}").text
    assert "面积写错" in page
    assert "写错的正文" not in page
    assert f'href="/public/notices/{again}"' in page
    assert "我有异议" not in page
    assert stranger.client.get(f"/public/notices/{first}/objections").status_code == 409
    data = {"text": "x", "ground": "CONTENT", "one_time_key": "k"}
    assert stranger.client.post(f"/public/notices/{first}/objections", data=data).status_code == 409


def test_a_board_shows_what_hangs_then_what_hung_and_only_its_own(stranger: Stranger) -> None:
    posted(on=today(), title="邻村的公示", region_code=SIBLING_VILLAGE)
    running = posted(on=today(), title="正在挂的")
    photographed(running, today())
    page = stranger.open(f"/public/{VILLAGE}/notices").text
    assert "正在挂的" in page
    assert "邻村的公示" not in page
    assert count_running_below(TOWNSHIP) == {VILLAGE: 1, SIBLING_VILLAGE: 1}
    assert count_running_below(MUNICIPALITY) == {COUNTY: 2}
    assert stranger.open("/public/500240213999/notices").status_code == 404
    assert stranger.open("/public/nowhere/notices").status_code == 404


def test_the_board_of_a_merged_unit_leads_to_its_heirs(stranger: Stranger) -> None:
    with transaction(VILLAGE, SIBLING_VILLAGE):
        merge_region(VILLAGE, SIBLING_VILLAGE, on=today(), basis="test", by=person("system_administrator"))
    assert stranger.open(f"/public/{VILLAGE}/notices").request.path == f"/public/{SIBLING_VILLAGE}/notices"


def test_a_code_that_nobody_was_given_finds_nothing_and_passes_nothing_on(stranger: Stranger) -> None:
    objected(posted(on=today()), on=today())
    stranger.open("/public/objections")
    assert stranger.send("", receipt="ABCD-EFGH-JKMN").status_code == 422
    data = {"receipt": "ABCD-EFGH-JKMN", "reason": "x", "one_time_key": "k"}
    assert stranger.client.post("/public/objections/pass-on", data=data).status_code == 404


def test_an_answer_is_passed_on_once(stranger: Stranger) -> None:
    raised = objected(posted(on=today()), on=today())
    data = {"receipt": raised.receipt, "reason": "不服", "one_time_key": "k"}
    assert stranger.client.post("/public/objections/pass-on", data=data).status_code == 409
    answered(raised.objection.id, "village_head", today())
    assert stranger.client.post("/public/objections/pass-on", data=data).status_code == 200
    assert stranger.client.post("/public/objections/pass-on", data=data).status_code == 409
    assert notice_of(raised.objection.notice_id).state == "POSTED"
