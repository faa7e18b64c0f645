"""Custody on a phone: the custodian accepts, patrols by the label, finds a fault; it is repaired, another accepts."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.custody.faults.models import Fault
from registry.database import db
from tests.assets.custody.keeping import road
from tests.browser.acting import begin, choose, picture, press, says
from tests.browser.desk import Desk
from tests.factories import person

pytestmark = pytest.mark.browser
FOUND = "K0+300 处塌方，占半幅路面"


def draw_up(desk: Desk, asset_no: str) -> None:
    """Let the clerk offer the custodian a year of care for an asset, from its page."""
    desk.sign_in("village_clerk")
    desk.open(f"/assets/{asset_no}/custody")
    desk.click("main a:has-text('签新协议')")
    desk.page.select_option("[name=kind]", "VILLAGE")
    desk.page.select_option("[name=user_id]", str(person("custodian").id))
    press(desk, "提出协议，等管护人接受")
    assert "等管护人接受" in says(desk)


def stored_fault() -> Fault:
    db.session.rollback()
    return db.session.scalars(select(Fault)).one()


def test_a_custodian_accepts_finds_a_fault_by_the_label_and_another_accepts_its_repair(
    app: Flask, desk: Desk, phone: Desk
) -> None:
    asset_no = road().asset_no
    draw_up(desk, asset_no)

    phone.sign_in("custodian")
    begin(phone, "管护协议")
    assert phone.problems() == []
    press(phone, "接受管护")
    assert phone.clicks == 2, "accept: open, accept"
    assert "您已接受管护" in says(phone)

    phone.open(f"/q/{asset_no}")
    phone.clicks = 0
    press(phone, "正常")
    assert "已记下：正常" in says(phone)
    assert phone.clicks == 1, "all is well: one tap after the scan"

    phone.open(f"/q/{asset_no}")
    assert phone.problems() == []
    phone.clicks = 0
    press(phone, "有问题")
    phone.page.fill("[name=note]", FOUND)
    phone.page.select_option("[name=severity]", "A")
    phone.page.set_input_files("[name=file]", picture("brown"))
    press(phone, "记下")
    assert phone.clicks == 2, "a fault: 有问题, 记下"
    assert (stored_fault().severity, stored_fault().description) == ("A", FOUND)

    phone.click(f"main a:has-text('{FOUND}')")
    phone.page.fill("[name=work]", "清方、加挡墙")
    phone.page.fill("[name=cost]", "3,200.00")
    phone.page.select_option("[name=payer]", "WELFARE_FUND")
    press(phone, "报修好，等验收")
    assert "等另一个人验收" in says(phone)
    assert phone.page.locator("main [name=answer]").count() == 0, "nobody accepts the repair they reported"
    assert phone.problems() == []

    desk.sign_in_as_another("village_head")
    begin(desk, FOUND)
    choose(desk, "修好了，通过")
    press(desk, "核对并验收")
    assert desk.clicks == 3
    assert "已验收通过" in says(desk)
    assert stored_fault().status == "ACCEPTED"
    assert "3,200.00" in says(desk)
