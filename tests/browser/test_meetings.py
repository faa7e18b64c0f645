"""Pages of meetings on desk and phone and in 大字版: no axe violation, no message, no overflow."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from registry.database import db
from tests.approvals.gatherings import K, held, item
from tests.browser.desk import Desk, serving
from tests.browser.test_every_page import LOOKS
from tests.factories import VILLAGE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_meetings_is_clean(app: Flask, browser: Browser, look: str) -> None:
    members = held(items=(item(K.MEMBERS), item(K.MEMBERS, text="改由村集体自管"))).id
    four = held(K.FOUR_DISCUSSIONS).id
    new = f"/meetings/new/{VILLAGE}"
    db.session.remove()
    width, large = LOOKS[look]
    with serving(app) as base:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        desk = Desk.at(context, base)
        desk.sign_in("village_clerk")
        if large:
            context.add_cookies([{"name": "large", "value": "1", "url": base}])
        paths = (
            "/meetings", new, f"{new}?kind=A1", f"{new}?kind=B1", f"{new}?kind=FOUR-B2", f"/meetings/{members}",
            f"/meetings/{four}", f"/meetings/{four}/publication",
        )  # fmt: skip
        found = [problem for path in paths for problem in desk.problems(path)]
        desk.sign_in_as_another("township_clerk")
        found += desk.problems("/meetings/new")
        context.close()
    assert found == []
