"""An application typed half in a browser outlives a lost link and a closed window, as drafts of cards do."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.cards.models import Draft
from registry.clock import today
from registry.database import db
from registry.disposal.kinds import DisposalKind
from tests.browser.acting import press, says
from tests.browser.desk import Desk
from tests.disposal.scenery import machine

pytestmark = pytest.mark.browser
SAVED = "#autosave-note:has-text('已自动保存')"
REASON = "设备闲置两年，无人承租。"


def kept() -> int:
    db.session.rollback()
    return len(list(db.session.scalars(select(Draft))))


def test_what_was_typed_before_the_link_was_lost_is_there_in_another_window(app: Flask, phone: Desk) -> None:
    number = machine()
    phone.sign_in("village_clerk")
    phone.open(f"/disposals/new?asset={number}")
    phone.page.select_option("[name=kind]", DisposalKind.SALE.value)
    phone.page.fill("[name=reason]", REASON)
    phone.page.locator(SAVED).wait_for()
    assert kept() == 1
    assert phone.problems() == []

    phone.page.context.set_offline(True)
    phone.page.fill("[name=use_of_proceeds]", "没有信号时写的")
    phone.page.wait_for_timeout(2500)
    phone.page.close(run_before_unload=False)
    phone.page.context.set_offline(False)

    again = Desk.at(phone.page.context, phone.base)
    again.open(f"/disposals/new?asset={number}")
    assert again.page.input_value("[name=reason]") == ""
    again.click("summary:has-text('有 1 份没写完的申请')")
    again.click(f"main a:has-text('{REASON}')")
    assert again.page.input_value("[name=reason]") == REASON
    assert again.page.input_value("[name=kind]") == DisposalKind.SALE.value
    assert again.page.input_value("[name=use_of_proceeds]") == "", "what was typed without a link was never saved"
    assert again.problems() == []

    again.page.select_option("[name=ground]", "IDLE")
    again.page.fill("[name=effective_on]", today().isoformat())
    press(again, "核对")
    assert "已存为草稿" in says(again)
    assert kept() == 0, "what is a case is no draft any more"


def test_what_is_typed_without_a_link_is_saved_once_the_link_is_back(app: Flask, desk: Desk) -> None:
    number = machine()
    desk.sign_in("village_clerk")
    desk.open(f"/disposals/new?asset={number}")
    desk.page.context.set_offline(True)
    desk.page.fill("[name=reason]", REASON)
    desk.page.wait_for_timeout(2500)
    assert kept() == 0
    desk.page.context.set_offline(False)
    desk.page.fill("[name=use_of_proceeds]", "维修产业路")
    desk.page.locator(SAVED).wait_for()
    assert kept() == 1
