"""The core tasks in a real browser, clicks counted: import, find, correct, print, verify; first run; no mouse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from registry.accounts.installation import new_setup_code
from registry.app import create_app
from registry.assets.register.cards.models import Asset
from registry.config import Settings
from registry.database import db, transaction
from registry.operations.schema import upgrade
from registry.permissions import system_actor
from registry.places.services import import_divisions, logs_of, read_divisions
from tests.browser.desk import Desk, serving
from tests.conftest import opened
from tests.factories import MUNICIPALITY, confirmed, divisions

pytestmark = pytest.mark.browser
LEDGER = """资产名称,类别,子类,所在村,原值（元）,购建时间,产权所有人
莼菜种植基地,经营性,种植基地,华溪村,"418,600.00",2018年5月,华溪村股份经济合作社
华溪村卫生室,公益性,卫生设施,华溪村,264000,201911,华溪村股份经济合作社
坏行,经营性,种植基地,华溪村,很多钱,2019,华溪村股份经济合作社
"""


def assets() -> list[Asset]:
    db.session.rollback()
    return list(db.session.scalars(select(Asset).order_by(Asset.id)))


def test_a_ledger_is_imported_found_corrected_printed_and_verified(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_text(LEDGER, "utf-8-sig")
    desk.sign_in("village_clerk")
    desk.click("nav.side a[href='/import']")
    desk.page.set_input_files("input[type=file]", str(file))
    desk.click("main button.btn-primary")
    assert "现在还没有写入任何数据" in desk.page.inner_text("main")
    assert assets() == []
    desk.click("main form[action$='/confirm'] button.btn-primary")
    assert desk.clicks == 3, "import: open, send, confirm"
    assert [asset.name for asset in assets()] == ["莼菜种植基地", "华溪村卫生室"]
    assert [asset.original_value_fen for asset in assets()] == [41_860_000, 26_400_000]

    desk.sign_in_as_another("township_clerk")
    for asset in assets():
        desk.open(f"/assets/{asset.asset_no}/confirm")
        desk.page.check("input[value=confirm]")
        desk.click("main button.btn-primary")

    desk.sign_in_as_another("village_clerk")
    desk.page.fill("header input[name=q]", "莼菜")
    desk.page.press("header input[name=q]", "Enter")
    desk.click("main a:has-text('莼菜种植基地')")
    desk.click("main a:has-text('申请更正')")
    desk.page.fill("[name=reason]", "与竣工决算核对")
    desk.page.fill("[name=name]", "华溪村莼菜种植基地")
    desk.click("main button:has-text('提交更正')")
    assert assets()[0].name == "华溪村莼菜种植基地"

    desk.sign_in_as_another("auditor")
    desk.click("nav.side a[href='/reports']")
    desk.click("main form button.btn-primary")
    desk.page.wait_for_url("**/prints/P*")
    assert desk.clicks == 2, "print: open, print"
    serial = desk.page.url.rsplit("/", 1)[1]
    paper = desk.page.request.get(f"{desk.base}/prints/{serial}.pdf").body()
    assert paper.startswith(b"%PDF")
    assert "查到了" in public(desk, f"/verify/{serial}")


def public(desk: Desk, path: str) -> str:
    """Read a page as somebody who is not signed in."""
    desk.page.context.clear_cookies()
    desk.open(path)
    return desk.page.inner_text("main")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """An installation with places and nobody in it, and its one-time code."""
    settings = Settings(data_dir=tmp_path / "instance", require_second_factor=False)
    settings.data_dir.mkdir()
    app = create_app(settings)
    upgrade(settings)
    with app.app_context():
        rows = read_divisions(divisions())
        with transaction(*logs_of(rows)):
            import_divisions(rows, by=system_actor(MUNICIPALITY))
        with transaction():
            code = new_setup_code()
        db.engine.dispose()
    for application in opened(settings):
        yield application, code


def test_the_first_run_makes_two_administrators_and_then_closes(empty: tuple[Flask, str], browser: Browser) -> None:
    app, code = empty
    db.session.remove()
    with serving(app) as base:
        context = browser.new_context(locale="zh-CN")
        desk = Desk.at(context, base)
        assert desk.open("/setup") == 200
        fill_all(desk.page, code)
        assert desk.problems() == []
        desk.click("main button.btn-primary")
        assert "设置完成" in desk.page.inner_text("main")
        assert desk.problems() == []
        assert desk.open("/setup") in {403, 404}
        context.close()


def fill_all(page: Page, code: str) -> None:
    """Fill in every field of the first-run page by what its name asks for."""
    known = {
        "setup_code": code,
        "unit_code": MUNICIPALITY,
        "username": "first_admin",
        "security_name": "second_admin",
        "name": "蒋立",
        "security_person": "周敏",
        "post": "系统管理员",
    }
    for field in page.locator("main input:not([type=hidden])").all():
        name = field.get_attribute("name") or ""
        field.fill("Mountain-Honey-2026" if "password" in name else known.get(name, "安全管理员"))


def test_an_asset_is_entered_and_submitted_without_a_mouse(desk: Desk) -> None:
    desk.sign_in("village_clerk")
    desk.open("/assets/new")
    for name, text in {"name": "黄连烘干房", "original_value": "19.58万", "acquired": "2019-06"}.items():
        desk.page.focus(f"[name={name}]")
        desk.page.keyboard.type(text)
    desk.page.focus("[name=subtype]")
    desk.page.keyboard.press("ArrowDown")
    desk.page.focus("[name='owners-0-name']")
    desk.page.keyboard.type("华溪村股份经济合作社")
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_url("**/check")
    desk.page.focus("main form button.btn-primary")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile(r"/assets/\d"))
    assert assets()[0].name == "黄连烘干房"


def test_a_foreign_county_gets_404(desk: Desk) -> None:
    number = confirmed().asset_no
    db.session.remove()
    desk.sign_in("other_clerk")
    assert desk.open(f"/assets/{number}") == 404
    assert desk.open(f"/assets?q={number}") in {200, 404}
    assert "中益冷链仓库" not in desk.page.inner_text("main")
