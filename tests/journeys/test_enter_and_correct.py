"""A village enters an asset, the township confirms, the village corrects, the township agrees."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset, Draft
from registry.audit.models import TrailEvent
from registry.database import db
from tests.factories import confirmed, entered
from tests.journeys.browser import Visitor

CARD = {
    "name": "莼菜加工车间",
    "subtype": "WORKSHOP",
    "original_value": "96.8万",
    "acquired": "2020-05",
    "owners__0__name": "华溪村股份经济合作社",
    "funding__0__amount": "968,000",
    "funding__0__document_no": "渝财农〔2020〕12号",
}


@pytest.fixture
def clerk(app: Flask) -> Visitor:
    return Visitor(app.test_client(), "village_clerk")


@pytest.fixture
def township(app: Flask) -> Visitor:
    return Visitor(app.test_client(), "township_clerk")


def the_asset() -> Asset:
    db.session.rollback()
    return db.session.scalars(select(Asset)).one()


def enter(clerk: Visitor) -> None:
    clerk.open("/assets/new")
    clerk.send("/assets/new", **CARD)
    assert clerk.page.request.path.endswith("/check"), clerk.page.text
    assert "968,000.00" in clerk.page.text
    clerk.send("/submit")


def test_a_card_is_typed_checked_and_submitted_in_three_clicks(clerk: Visitor) -> None:
    enter(clerk)
    asset = the_asset()
    assert (asset.name, asset.stage, asset.original_value_fen) == ("莼菜加工车间", "SUBMITTED", 96_800_000)
    assert asset.acquired.text() == "2020-05"
    assert clerk.page.request.path == f"/assets/{asset.asset_no}"
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_card_is_entered_while_forms_are_checked_for_their_token_as_in_service(app: Flask, clerk: Visitor) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    clerk.open("/assets/new")
    _action, fields = clerk.fields("/assets/new")
    assert clerk.client.post("/assets/new", data={**fields, "csrf_token": "forged"}).status_code == 400
    enter(clerk)
    assert the_asset().name == "莼菜加工车间"


def test_what_was_typed_is_kept_when_it_cannot_be_accepted(clerk: Visitor) -> None:
    clerk.open("/assets/new")
    answer = clerk.send("/assets/new", **{**CARD, "funding__0__amount": "900000"})
    assert answer.status_code == 422
    assert "相差 68,000.00 元" in answer.text
    assert "莼菜加工车间" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 0
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 1


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("name", "", "这一项必填"),
        ("original_value", "很多钱", "不是金额"),
        ("acquired", "2o19", "不是数字"),
        ("owners__0__name", "", "份额加起来是 0.00%"),
        ("funding__0__amount", "1,2,3", "不是金额"),
        ("quantity", "3.2公里", "数量只填数字"),
    ],
)
def test_each_field_says_what_to_do(clerk: Visitor, field: str, text: str, message: str) -> None:
    clerk.open("/assets/new")
    answer = clerk.send("/assets/new", **{**CARD, field: text})
    assert answer.status_code == 422
    assert message in answer.text


def test_a_double_tap_makes_one_asset(clerk: Visitor) -> None:
    clerk.open("/assets/new")
    clerk.send("/assets/new", **CARD)
    action, fields = clerk.fields("/submit")
    first = clerk.client.post(action, data=fields)
    again = clerk.client.post(action, data=fields)
    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    the_asset()


def test_drafts_save_themselves_and_belong_to_one_person(clerk: Visitor, township: Visitor) -> None:
    clerk.open("/assets/new")
    _, fields = clerk.fields("/assets/new")
    saved = clerk.client.post("/assets/drafts", data={**fields, "name": "半截子"})
    assert "已自动保存" in saved.text
    draft = db.session.scalars(select(Draft)).one()
    assert "半截子" not in draft.content, "a draft may hold identity numbers and is kept sealed"
    assert "半截子" in clerk.open(f"/assets/new?draft={draft.id}").text
    assert township.open(f"/assets/new?draft={draft.id}").status_code == 404


def test_the_second_person_confirms(clerk: Visitor, township: Visitor) -> None:
    enter(clerk)
    number = the_asset().asset_no
    township.open("/todo")
    township.open(township.link(f"/assets/{number}/confirm"))
    township.send("", answer="confirm")
    assert the_asset().stage == "CONFIRMED"


def test_a_card_sent_back_comes_back_mended(clerk: Visitor, township: Visitor) -> None:
    enter(clerk)
    number = the_asset().asset_no
    township.open(f"/assets/{number}/confirm")
    assert township.send("", answer="send_back", reason="").status_code == 422
    township.send("", answer="send_back", reason="年份不对")
    clerk.open("/todo")
    clerk.open(clerk.link(f"/assets/{number}/edit"))
    assert "年份不对" in clerk.page.text
    clerk.send("/assets/new", acquired="2021")
    clerk.send("/submit")
    asset = the_asset()
    assert (asset.stage, asset.acquired.text(), asset.asset_no) == ("SUBMITTED", "2021", number)


def test_a_correction_of_value_waits_for_the_level_above(app: Flask, clerk: Visitor) -> None:
    number = confirmed().asset_no
    clerk.open(f"/assets/{number}/correct")
    clerk.send("/correct", original_value="130万", funding__2__amount="1000000", funding__1__amount="200000",
               funding__0__amount="100000", reason="决算审计后调整")  # fmt: skip
    assert "等上一级确认" in clerk.page.text, clerk.page.text
    assert the_asset().original_value_fen == 128_640_000
    supervisor = Visitor(app.test_client(), "township_supervisor")
    supervisor.open("/todo")
    supervisor.open(supervisor.link("/corrections/"))
    supervisor.send("", answer="agree", opinion="同意")
    assert the_asset().original_value_fen == 130_000_000


def test_the_second_of_two_editors_sees_the_difference_and_overwrites_nothing(
    clerk: Visitor, township: Visitor
) -> None:
    number = confirmed().asset_no
    clerk.open(f"/assets/{number}/correct")
    township.open(f"/assets/{number}/correct")
    township.send("/correct", remarks="乡里改的备注", reason="补备注")
    answer = clerk.send("/correct", remarks="村里改的备注", reason="补备注")
    assert answer.status_code == 409
    assert "乡里改的备注" in answer.text
    assert "村里改的备注" in answer.text
    assert the_asset().remarks == "乡里改的备注"
    clerk.send("/correct")
    assert the_asset().remarks == "村里改的备注"


def test_a_foreign_county_does_not_find_the_asset(app: Flask) -> None:
    number = entered().asset_no
    events = db.session.scalar(select(func.count()).select_from(TrailEvent))
    stranger = Visitor(app.test_client(), "other_clerk")
    for page in ("", "/edit", "/confirm", "/correct", "/evidence", "/history", "/withdraw", "/value"):
        assert stranger.open(f"/assets/{number}{page}").status_code == 404
    assert the_asset().version_id == 1
    assert db.session.scalar(select(func.count()).select_from(TrailEvent)) == (events or 0) + 1  # the sign-in
