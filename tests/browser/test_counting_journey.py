"""A count on two phones: by list, one of them without a link; a second person confirms; a difference is settled."""

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from registry.database import db
from registry.supervision.stocktaking.models import StockLine, StockMark
from tests.browser.acting import begin, choose, press, says
from tests.browser.desk import Desk
from tests.supervision.stocktaking.taking import assets, opened

pytestmark = pytest.mark.browser


def lines() -> list[StockLine]:
    db.session.rollback()
    return list(db.session.scalars(select(StockLine).order_by(StockLine.id)))


def tap(desk: Desk, name: str) -> None:
    """Say of one asset of the list that it is there."""
    desk.click(f"main li:has-text('{name}') button:has-text('账实相符')")
    desk.page.locator(f"main li:has-text('{name}') [data-count-said]:not(:empty)").wait_for()


def test_two_count_one_loses_the_link_another_confirms_and_the_difference_is_settled(
    app: Flask, phone: Desk, browser: Browser
) -> None:
    assets("冷库", "产业路", "提灌站")
    opened()

    phone.sign_in("village_clerk")
    begin(phone, "还有 3 项没有盘")
    assert phone.problems() == []
    phone.clicks = 1
    tap(phone, "冷库")
    assert phone.clicks == 2, "one asset: open the sheet, one tap"
    assert "已记下" in phone.page.inner_text("main li:has-text('冷库')")

    phone.page.context.set_offline(True)
    tap(phone, "产业路")
    assert "待发送" in phone.page.inner_text("main li:has-text('产业路')")
    assert [one.outcome for one in lines()] == ["FOUND", "", ""]

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    other = Desk.at(context, phone.base)
    other.sign_in("township_clerk")
    other.open(f"/stocktaking/lines/{lines()[2].id}")
    choose(other, "闲置")
    other.page.fill("[name=note]", "机组停用一年")
    press(other, "记下")
    other.page.wait_for_url("**/stocktaking/sheets/**")

    phone.page.context.set_offline(False)
    phone.page.locator("main li:has-text('产业路') [data-count-said]:has-text('已记下')").wait_for()
    assert [one.outcome for one in lines()] == ["FOUND", "FOUND", "IDLE"]
    marks = db.session.scalars(select(StockMark).order_by(StockMark.id)).all()
    assert {one.by_text.split()[-2] for one in marks} == {"Village", "Township"}

    phone.open(f"/stocktaking/sheets/{lines()[0].sheet_id}")
    press(phone, "提交复核")
    other.sign_in_as_another("village_head")
    begin(other, "盘点表")
    press(other, "复核")
    choose(other, "通过")
    press(other, "记下意见")
    assert "已复核通过" in says(other)

    phone.open(f"/stocktaking/sheets/{lines()[0].sheet_id}")
    phone.click("main a:has-text('去处理差异')")
    phone.click("main a:has-text('提灌站')")
    choose(phone, "查明原因")
    phone.page.fill("[name=reason]", "旱季启用，平时停机")
    press(phone, "按此处理")
    assert "差异已处理" in says(phone)
    assert phone.problems() == []
    context.close()
