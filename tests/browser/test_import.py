"""An import in a real browser: no axe violation, no console message, nothing too wide; progress goes on by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from registry.assets.register.sheets import running, services
from registry.database import db
from tests.assets.sheets.importing import GOOD, HEAD
from tests.assets.sheets.sheet_samples import ledger, xlsx
from tests.browser.desk import serving
from tests.factories import PASSWORD, confirmed

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
BAD = GOOD.replace("486000", "128.64万").replace("蓄水池", "水渠")


@dataclass
class Desk:
    """A server, a clerk who is signed in, and a page whose console is listened to."""

    base: str
    page: Page
    said: list[str] = field(default_factory=list)

    def sign_in(self) -> None:
        self.page.goto(self.base + "/login")
        self.page.fill("[name=username]", "township_clerk")
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_load_state()
        self.said.clear()

    def paste(self, *rows: str) -> None:
        """Paste rows whose cells are separated by | and precheck them."""
        self.page.goto(self.base + "/import")
        self.page.click("summary:has-text('不传文件')")
        self.page.fill("[name=pasted]", "\n".join(row.replace("|", "\t") for row in rows))
        self.press("上传并预检")

    def press(self, text: str) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.click(f"button:has-text('{text}')")

    def faults(self) -> list[str]:
        """Return what is wrong with the page that is shown."""
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = ["wider than the window"] if wide else []
        found += [str(one["id"]) for one in Axe().run(self.page).response["violations"]]
        return [f"{self.page.url}: {text}" for text in [*found, *self.said]]


@pytest.fixture(params=WIDTHS)
def desk(app: Flask, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Desk]:
    confirmed()
    db.session.rollback()
    with serving(app) as base:
        context = browser.new_context(viewport={"width": request.param, "height": 900}, accept_downloads=True)
        desk = Desk(base, context.new_page())
        desk.page.on("console", lambda message: desk.said.append(message.text))
        desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
        desk.sign_in()
        yield desk
        context.close()


def test_the_pages_of_an_import_are_sound_at_both_widths(desk: Desk) -> None:
    desk.page.goto(desk.base + "/import")
    faults = desk.faults()
    desk.paste(HEAD, GOOD, GOOD, BAD)
    faults += desk.faults()
    address = desk.page.url
    for view in ("duplicate", "skipped", "new"):
        desk.page.goto(f"{address}?view={view}")
        faults += desk.faults()
    desk.page.goto(f"{address}/columns")
    faults += desk.faults()
    desk.page.goto(address)
    desk.press("导入正确的 1 行")
    assert "已导入 1 行" in desk.page.content()
    faults += desk.faults()
    assert faults == []


def test_a_file_of_three_clicks_is_in_the_list(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(xlsx(ledger(5)))
    desk.page.goto(desk.base + "/import")
    desk.page.set_input_files("[name=file]", str(file))
    desk.press("上传并预检")
    desk.press("全部导入，共 5 行")
    desk.page.click("text=看这一批资产")
    desk.page.wait_for_load_state()
    assert desk.page.locator("text=华溪村第5号蓄水池").count() >= 1
    assert desk.said == []


def test_a_large_import_goes_on_by_itself_and_can_be_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 2)
    monkeypatch.setattr(running.run_import, "__kwdefaults__", {"seconds": 0})
    desk.paste(HEAD, *(GOOD.replace("蓄水池", f"蓄水池{number}") for number in range(7)))
    desk.press("全部导入")
    desk.page.wait_for_selector("text=已导入 7 行", timeout=20_000)
    desk.page.reload()
    desk.page.click("summary:has-text('撤销本批')")
    desk.press("确认撤销")
    assert "这一批已撤销" in desk.page.content()
    assert desk.said == []


def test_the_workbook_of_errors_is_downloaded(desk: Desk) -> None:
    desk.paste(HEAD, GOOD, BAD)
    with desk.page.expect_download() as download:
        desk.page.click("text=下载错误工作簿")
    assert download.value.suggested_filename.endswith(".xlsx")
