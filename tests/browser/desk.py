"""A page whose console is listened to, and what is wrong with it."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import make_server

from tests.factories import PASSWORD


@contextlib.contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class Desk:
    """One window: its page, how often it was clicked, and what its console said."""

    base: str
    page: Page
    clicks: int = 0
    said: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, context: BrowserContext, base: str) -> "Desk":
        """Open a window and listen to its console."""
        desk = cls(base, context.new_page())
        desk.page.on("console", lambda message: desk.said.append(message.text))
        desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
        return desk

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.base}/login")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.base}/")
        self.clicks = 0

    def sign_in_as_another(self, username: str) -> None:
        """Hand the window over to somebody else."""
        self.page.context.clear_cookies()
        self.sign_in(username)

    def open(self, path: str) -> int:
        """Open a page; returns its status."""
        answer = self.page.goto(self.base + path)
        return answer.status if answer else 0

    def click(self, selector: str) -> None:
        """Click once, and count it."""
        self.clicks += 1
        self.page.click(selector)
        self.page.wait_for_load_state()

    def problems(self, path: str = "") -> list[str]:
        """Say what is wrong with a page (the present one unless told otherwise): axe, console, width."""
        self.said.clear()
        if path:
            status = self.open(path)
            if status != 200:
                return [f"{path}: {status}"]
        where = path or self.page.url.removeprefix(self.base)
        found = [f"{where}: {text}" for text in self.said if " 422 " not in text]
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{where}: wider than the window")
        for one in Axe().run(self.page).response["violations"]:
            found.append(f"{where}: {one['id']} {one['nodes'][0]['html'][:120]}")
        return found
