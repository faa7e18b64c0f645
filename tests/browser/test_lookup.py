"""The list and the page of an asset in a real browser: no axe violation, no console message, nothing wider than it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from registry.database import db
from tests.browser.desk import serving
from tests.factories import PASSWORD, confirmed, entered

pytestmark = pytest.mark.browser
LONG = "石柱土家族自治县中益乡坪坝村人饮工程及配套管网（水厂至一组、二组、三组，含蓄水池两座）"
VIEWS = [(1280, False), (390, False), (1280, True), (390, True)]
LISTS = (
    "/assets",
    "/assets?category=OPERATING&year=2017-2022&value_from=1&owner=%E7%A4%BE",
    "/assets?q=%E5%86%B7%E9%93%BE&use_status=DAMAGED",
    "/assets?cols=category.quantity.fund.owner.source.title.use.value.net.state",
    "/assets?category=GIFT",
    "/assets/views?category=OPERATING",
    "/labels",
)
TABS = ("overview", "money", "rights", "changes", "files", "trail")


@dataclass
class Desk:
    """A server with a few assets, and a page whose console is listened to."""

    base: str
    page: Page
    number: str
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        assert self.page.goto(self.base + path), path
        # A refused form answers 422 on purpose, which the browser itself reports.
        self.said = [text for text in self.said if "422" not in text]

    def problems(self, path: str) -> list[str]:
        """Open a page and list what is wrong with it."""
        self.open(path)
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = [f"{path}: wider than the window"] if wide else []
        found += [
            f"{path}: {one['id']} {one['nodes'][0]['html'][:120]}"
            for one in Axe().run(self.page).response["violations"]
        ]
        return found + [f"{path}: {text}" for text in self.said]


@pytest.fixture
def desk_of(app: Flask, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    width, large = getattr(request, "param", (1280, False))
    confirmed(name=LONG, original_value_fen=128_640_000)
    number = confirmed(custodian="村集体管护员（公益岗）", remarks="第一批").asset_no
    entered(name="盐井村冷水鱼养殖池")
    db.session.remove()
    with serving(app) as base:
        context = browser.new_context(viewport={"width": width, "height": 900})
        if large:
            context.add_cookies([{"name": "large", "value": "1", "url": base}])
        desk = Desk(base, context.new_page(), number)
        desk.page.on("console", lambda message: desk.said.append(message.text))
        desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
        desk.open("/login")
        desk.page.fill("[name=username]", "township_clerk")
        desk.page.fill("[name=password]", PASSWORD)
        desk.page.press("[name=password]", "Enter")
        desk.page.wait_for_load_state()
        desk.said.clear()
        yield desk
        context.close()


@pytest.mark.parametrize("desk_of", VIEWS, indirect=True)
def test_lists_and_labels_are_clean(desk_of: Desk) -> None:
    assert [problem for path in LISTS for problem in desk_of.problems(path)] == []


@pytest.mark.parametrize("desk_of", VIEWS, indirect=True)
def test_every_tab_of_an_asset_is_clean(desk_of: Desk) -> None:
    paths = [f"/assets/{desk_of.number}?tab={tab}" for tab in TABS] + [f"/q/{desk_of.number}"]
    assert [problem for path in paths for problem in desk_of.problems(path)] == []


@pytest.mark.parametrize("desk_of", [(390, False)], indirect=True)
def test_a_row_is_a_card_on_the_phone(desk_of: Desk) -> None:
    desk_of.open("/assets")
    row = desk_of.page.locator("table.data tbody tr").first
    box = row.bounding_box()
    assert box
    assert box["height"] > 120
    first, second = (row.locator("td.num").nth(n).bounding_box() for n in range(2))
    assert first
    assert second
    assert first["x"] < second["x"] + second["width"] <= 390
    assert row.locator("td[data-label]").count() >= 7


def test_a_filter_is_set_and_taken_off_by_its_chip(desk_of: Desk) -> None:
    page = desk_of.page
    desk_of.open("/assets")
    page.fill("#filter-q", "冷链")
    page.get_by_role("button", name="查询").click()
    page.wait_for_load_state()
    assert page.locator("table.data tbody tr").count() == 1
    page.locator(".chips a").first.click()
    page.wait_for_load_state()
    assert page.locator("table.data tbody tr").count() == 3
