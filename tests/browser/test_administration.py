"""The administrators' pages and the projects' in a real browser, at desk and phone width."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import ProjectFacts
from registry.assets.register.projects.services import add_project
from registry.assets.register.registration import FundingFact
from registry.database import db, transaction
from tests.browser.desk import serving
from tests.factories import PASSWORD, TOWNSHIP, VILLAGE, entered, person

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
SYSTEM_PAGES = (
    f"/admin/regions?region={TOWNSHIP}",
    f"/admin/regions/{VILLAGE}",
    f"/admin/regions/{VILLAGE}/rename",
    f"/admin/regions/{VILLAGE}/merge",
    f"/admin/regions/{VILLAGE}/abolish",
    f"/admin/regions/{VILLAGE}/people",
    f"/admin/regions/{TOWNSHIP}/add",
    "/admin/users",
    "/admin/users?q=nobody",
    "/admin/users/new",
    "/admin/users/import",
    "/admin/users/1",
    "/admin/users/1/edit",
    "/admin/users/1/disable",
)
SECURITY_PAGES = (
    "/admin/grants",
    "/admin/grants/1",
    "/admin/grants/entries/1/end",
    "/admin/grants/import",
    f"/admin/able?region={VILLAGE}",
)
CLERK_PAGES = (
    "/projects",
    "/projects?q=none",
    "/projects/1",
    "/projects/new",
    "/projects/1/edit",
    "/projects/1/no-asset",
    "/funding?document=1号",
    "/funding/documents",
    "/admin/go-live",
)
PAGES = [
    *(("system_administrator", page) for page in SYSTEM_PAGES),
    *(("security_administrator", page) for page in SECURITY_PAGES),
    *(("county_clerk", page) for page in CLERK_PAGES),
]


@dataclass
class Visitor:
    """A browser window at our server, and what its console said."""

    page: Page
    base: str
    said: list[str] = field(default_factory=list)

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.base}/login")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.base}/")

    def open(self, path: str) -> int:
        answer = self.page.goto(self.base + path)
        return answer.status if answer else 0


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    """Serve the application with a project and an asset on a port of its own."""
    money = (FundingFact(FundingSource.DONATION, 123_456_789_012, document_no="1号"),)
    with transaction(VILLAGE):
        long_name = "石柱土家族自治县中益乡坪坝村人饮工程及配套管网（水厂至一组、二组、三组，含蓄水池两座）"
        add_project(ProjectFacts(VILLAGE, long_name, 2019, money), by=person("village_clerk"))
    entered(project_name=long_name)
    db.session.remove()
    with serving(app) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, base: str) -> Iterator[Visitor]:
    context = browser.new_context(locale="zh-CN")
    one = Visitor(context.new_page(), base)
    one.page.on("console", lambda message: one.said.append(message.text))
    one.page.on("pageerror", lambda error: one.said.append(str(error)))
    yield one
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_overflows_or_says_anything_on_the_console(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for username in dict.fromkeys(name for name, _ in PAGES):
        visitor.page.context.clear_cookies()
        visitor.sign_in(username)
        for path in (path for name, path in PAGES if name == username):
            status = visitor.open(path)
            over = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
            if status != 200 or over or visitor.said:
                wrong.append((path, status, over, list(visitor.said)))
            visitor.said.clear()
    assert wrong == []


def test_the_name_of_a_unit_is_echoed_while_the_code_is_typed(visitor: Visitor) -> None:
    visitor.sign_in("security_administrator")
    visitor.open("/admin/grants/1")
    visitor.page.fill("#region_code", VILLAGE)
    visitor.page.press("#region_code", "Tab")
    visitor.page.locator("#region_code-use", has_text="华溪村").wait_for()


def test_a_forgotten_password_is_reset_in_two_clicks_and_shown_once(visitor: Visitor) -> None:
    visitor.sign_in("system_administrator")
    visitor.open("/admin/users?q=cashier")
    visitor.page.click("text=办理")
    visitor.page.click("text=重置密码")
    code = visitor.page.inner_text("#first-password")
    assert len(code) == 19
    assert code not in visitor.page.url
    visitor.page.reload()
    assert visitor.page.query_selector("#first-password") is None


def test_a_project_with_two_sources_is_entered_and_finds_its_asset(visitor: Visitor) -> None:
    visitor.sign_in("village_clerk")
    visitor.open("/projects/new")
    visitor.page.fill("#name", "华溪村人饮工程")
    visitor.page.fill("#lines-0-amount", "48.6万")
    visitor.page.click("text=再加一笔资金")
    visitor.page.locator("tr[data-row] input[name$=amount]").nth(1).fill("1,000.50")
    visitor.page.click("button:has-text('登记项目')")
    visitor.page.wait_for_url("**/projects/2")
    assert "487,000.50" in visitor.page.inner_text("main")
    visitor.open("/projects/1")
    visitor.page.click("td.act button:has-text('挂上')")
    visitor.page.wait_for_selector("h1 + .badge-tag:has-text('已形成资产')")
