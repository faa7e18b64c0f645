"""Reports, prints and verification in a real browser: no axe violation, no console message, nothing wider than it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from registry.database import db
from registry.reports.prints.rules import print_serial
from tests.browser.desk import serving
from tests.factories import PASSWORD
from tests.reports.printing import printed, township

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
#: {old} was printed again as {new}; nobody ever printed {none}.
SIGNED_IN = ("/reports", "/reports/summary", "/prints/{old}")
OPEN = ("/verify", "/verify/{old}", "/verify/{new}", "/verify/{none}")


@dataclass
class Desk:
    """A server with prints, and a page whose console is listened to."""

    base: str
    page: Page
    serials: dict[str, str]
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.base + path.format(**self.serials))
        assert answer
        assert answer.ok, path

    def sign_in(self) -> None:
        self.open("/login")
        self.page.fill("[name=username]", "township_clerk")
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_load_state()
        self.said.clear()


@pytest.fixture(params=WIDTHS)
def desk(app: Flask, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    township()
    serials = {"old": printed().serial, "new": printed().serial, "none": print_serial(500240, 2026, 999)}
    db.session.rollback()
    with serving(app) as base:
        context = browser.new_context(viewport={"width": request.param, "height": 900}, accept_downloads=True)
        desk = Desk(base, context.new_page(), serials)
        desk.page.on("console", lambda message: desk.said.append(message.text))
        desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
        yield desk
        context.close()


def problems(desk: Desk, path: str) -> list[str]:
    """Open a page and list what is wrong with it."""
    desk.open(path)
    wide = desk.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    found = [f"{path}: wider than the window"] if wide else []
    found += [f"{path}: {one['id']}" for one in Axe().run(desk.page).response["violations"]]
    return found + [f"{path}: {text}" for text in desk.said]


def test_pages_of_verification_are_clean(desk: Desk) -> None:
    assert [problem for path in OPEN for problem in problems(desk, path)] == []


def test_pages_of_reports_are_clean(desk: Desk) -> None:
    desk.sign_in()
    assert [problem for path in SIGNED_IN for problem in problems(desk, path)] == []


def test_the_check_finds_a_control_without_a_label(desk: Desk) -> None:
    desk.open("/verify")
    desk.page.evaluate("document.querySelector('label[for=serial]').remove()")
    desk.page.evaluate("document.getElementById('serial').removeAttribute('placeholder')")
    assert "label" in {one["id"] for one in Axe().run(desk.page).response["violations"]}


def test_a_clerk_prints_the_township_and_gets_the_paper(desk: Desk) -> None:
    desk.sign_in()
    desk.open("/reports")
    desk.page.click("main form .btn-primary")
    desk.page.wait_for_url("**/prints/P*")
    with desk.page.expect_download() as sheet:
        desk.page.click("a[href$='.xlsx']")
    assert sheet.value.suggested_filename.endswith(".xlsx")
    paper = desk.page.request.get(desk.page.url + ".pdf")
    assert paper.body().startswith(b"%PDF-1.7")
