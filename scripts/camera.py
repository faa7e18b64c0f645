"""The camera of the manual's pictures: a window, signed in as one person, and the table of what it takes."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from registry.demo.people import DEMO_PASSWORD

OUT = Path(__file__).resolve().parents[1] / "docs" / "manual" / "pictures"
MOST_BYTES = 118_000
COLOURS = (256, 128, 64, 32)
DESK, PHONE, RIM = 1280, 390, 16
MOST_PAGES = 4
Shot = Callable[["Camera"], None]
SHOTS: dict[str, tuple[str, int, Shot]] = {}


def shot(username: str, width: int = DESK) -> Callable[[Shot], Shot]:
    """Name a picture after its function, taken by a person of the demo county (nobody: the public)."""

    def add(function: Shot) -> Shot:
        SHOTS[function.__name__.replace("_", "-")] = (username, width, function)
        return function

    return add


class Camera:
    """One window, signed in as one person, and what is written of it."""

    def __init__(self, browser: Browser, base: str, name: str, width: int) -> None:
        self.browser, self.base, self.name, self.width = browser, base, name, width
        phone = width == PHONE
        context = browser.new_context(
            viewport={"width": width, "height": 844 if phone else 900}, locale="zh-CN", has_touch=phone, is_mobile=phone
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(8000)

    def sign_in(self, username: str) -> None:
        """Sign in to the demo."""
        self.open("/login")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", DEMO_PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.base}/")

    def another(self, username: str) -> "Camera":
        """Open a window for somebody else."""
        other = Camera(self.browser, self.base, self.name, DESK)
        other.sign_in(username)
        return other

    def open(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.base + path)

    def click(self, selector: str) -> None:
        """Click and wait for the page that follows."""
        self.page.click(selector)
        self.page.wait_for_load_state()

    def fill(self, **values: str) -> None:
        """Fill in fields by their names; two underscores stand for a dash."""
        for name, value in values.items():
            self.page.fill(f"[name='{name.replace('__', '-')}']", value)

    def save(self, height: int | None = None, clip: dict[str, float] | None = None) -> None:
        """Write the whole page, its upper part or a piece of it, in as few colours as its size demands."""
        if self.width == PHONE:  # so that what sticks to the window lies at the end of the page
            high = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": PHONE, "height": high})
            self.page.wait_for_timeout(300)
        taken = self.page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(taken)).convert("RGB")
        if height:
            picture = picture.crop((0, 0, picture.width, min(height, picture.height)))
        for colours in COLOURS:
            data = io.BytesIO()
            fewer = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            fewer.save(data, "PNG", optimize=True)
            if data.tell() <= MOST_BYTES:
                break
        (OUT / f"{self.name}.png").write_bytes(data.getvalue())
        print(f"{self.name}: {picture.width} × {picture.height}, {data.tell() // 1000} kB, {colours} colours")

    def span(self, first: str, last: str) -> dict[str, float]:
        """Return the piece of the page from the panel with one heading to that with another, with a rim."""
        panels = [self.page.locator(f"section.panel:has(h2:text-is('{text}'))") for text in (first, last)]
        boxes = [panel.bounding_box() or {} for panel in panels]
        top, end = boxes[0]["y"], boxes[1]["y"] + boxes[1]["height"]
        down = self.page.evaluate("scrollY")
        return {
            "x": boxes[0]["x"] - RIM, "y": top + down - RIM,
            "width": boxes[0]["width"] + 2 * RIM, "height": end - top + 2 * RIM,
        }  # fmt: skip

    def open_listed(self, path: str, text: str) -> None:
        """Open what a list calls by a text."""
        self.open(path)
        self.click(f"main a:has-text('{text}') >> nth=0")

    def open_task(self, deed: str) -> None:
        """Open the oldest task in the inbox with this deed, on whatever page of it that stands."""
        for number in range(1, MOST_PAGES + 1):
            self.open(f"/todo?group=mine&page={number}")
            if self.page.locator(f"main a:has-text('{deed}')").count():
                break
        self.click(f"main a:has-text('{deed}') >> nth=0")
