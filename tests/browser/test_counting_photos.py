"""Photographs of a count that were taken without a link: kept on the phone beside the mark, sent with it afterwards."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db
from registry.supervision.stocktaking.models import StockLine
from tests.browser.acting import choose, picture, press, says
from tests.browser.counting_acts import NOTE, begun, damaged, kept_photos, line_id, marks, photos, said
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def test_a_photo_taken_without_a_link_is_sent_with_its_mark_when_the_link_is_back(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone, ("red", "green"))
    said(phone, "待发送 1")
    assert list(marks()) == []
    assert phone.page.locator("main button:has-text('记下')").is_disabled()
    phone.page.context.set_offline(False)
    phone.page.locator(f"{NOTE}[hidden]").wait_for(state="attached")
    assert [(one.outcome, one.note) for one in marks()] == [("DAMAGED", "屋顶塌了一半")]
    assert len(photos()) == 2
    assert {one.kind for one in photos()} == {"PHOTO"}
    assert kept_photos(phone) == 0, "what is sent does not stay on the phone"
    assert phone.problems() == []


def test_photos_outlive_a_window_that_was_closed_before_the_link_came_back(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone)
    said(phone, "待发送 1")
    phone.page.close()
    phone.page.context.set_offline(False)
    again = Desk.at(phone.page.context, phone.base)
    db.session.rollback()
    sheet_id = db.session.scalars(select(StockLine.sheet_id)).first()
    again.open(f"/stocktaking/sheets/{sheet_id}")
    again.page.locator("main li:has-text('冷库') [data-count-said]:has-text('已记下')").wait_for()
    assert [one.outcome for one in marks()] == ["DAMAGED"]
    assert len(photos()) == 1
    assert again.problems() == []


def test_a_photo_with_a_link_goes_at_once(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    damaged(phone)
    phone.page.wait_for_url("**/stocktaking/sheets/**")
    said(phone, "已记下 冷库")
    assert "毁损" in says(phone) or "账实不符" in says(phone)
    assert len(photos()) == 1


def test_what_a_page_refuses_is_told_on_it_and_nothing_waits(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    choose(phone, "毁损")
    phone.page.fill("[name=note]", "没有拍照")
    press(phone, "记下")
    phone.page.locator("[role=alert]").wait_for()
    assert list(marks()) == []
    assert phone.page.evaluate("Object.keys(localStorage).every((key) => localStorage[key] === '[]')")


def test_more_photos_than_a_phone_keeps_are_refused_in_words_and_stay_in_the_form(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone, ["red"] * 31)
    said(phone, "最多留 30 张")
    assert not phone.page.locator("main button:has-text('记下')").is_disabled()
    phone.page.set_input_files("[name=file]", [picture("red")])
    phone.page.wait_for_timeout(500)
    press(phone, "记下")
    said(phone, "待发送 1")
    phone.page.context.set_offline(False)
    phone.page.locator(f"{NOTE}[hidden]").wait_for(state="attached")
    assert len(photos()) == 1


def test_a_phone_that_keeps_no_photos_says_so_and_loses_nothing(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('none'); };")
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone)
    said(phone, "这台手机存不下照片")
    assert phone.page.input_value("[name=note]") == "屋顶塌了一半"
    assert not phone.page.locator("main button:has-text('记下')").is_disabled()
