"""A token is made on the page, copied once, and taken back; the description of the API is readable without a menu."""

import re

import pytest

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_a_token_is_made_in_a_browser_and_the_pages_are_clean(desk: Desk, width: int) -> None:
    desk.sign_in("county_clerk")
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.open("/me")
    desk.click("a:has-text('接口令牌')")
    assert desk.problems() == []
    desk.page.fill("[name=name]", "财务系统每日取数")
    desk.page.check("[value='assets:read']")
    desk.page.check("[value='changes:read']")
    desk.click("button:has-text('创建令牌')")
    assert re.search(r"fpa_[0-9a-f]{8}_", desk.page.content())
    assert desk.problems() == []
    desk.click("a:has-text('抄好了')")
    assert "财务系统每日取数" in desk.page.content()
    assert desk.problems() == []
    desk.click("button:has-text('撤销')")
    assert "已撤销" in desk.page.content()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_description_is_readable_and_clean_opened_out(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    assert desk.problems("/api") == []
    desk.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert desk.problems() == []
