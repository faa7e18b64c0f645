"""A real Chromium, and a server on a port of its own."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from registry.database import db
from tests.browser.desk import Desk, serving
from tests.conftest import BROWSERS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, started once."""
    program = next(path for path in map(shutil.which, BROWSERS) if path)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """A server with the test county; its address."""
    db.session.remove()
    with serving(app) as base:
        yield base


@pytest.fixture
def desk(server: str, browser: Browser) -> Iterator[Desk]:
    """A person at a desk, 1280 pixels wide."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", accept_downloads=True)
    yield Desk.at(context, server)
    context.close()


@pytest.fixture
def phone(server: str, browser: Browser) -> Iterator[Desk]:
    """Somebody with a phone, 390 pixels wide."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    yield Desk.at(context, server)
    context.close()
