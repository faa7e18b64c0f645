"""Take the pictures of docs/manual from the demo county. A tool for developers, not shipped.

``python scripts/pictures.py`` loads the demo county into a temporary folder, serves it and takes every picture;
``python scripts/pictures.py public-notice county-policy`` takes these two. Look at each one afterwards.
"""

import io
import logging
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from registry.app import create_app
from registry.config import load_settings
from registry.demo.load import load_demo
from registry.demo.people import DEMO_PASSWORD
from registry.operations.console import initialise

OUT = Path(__file__).resolve().parents[1] / "docs" / "manual" / "pictures"
CHROMIUM = "/usr/bin/chromium"
MOST_BYTES = 118_000
COLOURS = (256, 128, 64, 32)
DESK, PHONE, RIM = 1280, 390, 16
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


@shot("village_clerk")
def village_home(camera: Camera) -> None:
    camera.save()


@shot("village_clerk")
def village_import(camera: Camera) -> None:
    owner = "华溪村股份经济合作社"
    rows = (
        "所在村|资产名称|类别|资产子类|原值（元）|购建时间|所有权人",
        "合计||||1,486,000||",
        f"华溪村|蜂蜜灌装线|经营性资产|加工设施|486000|2020-06|{owner}",
        f"华溪村|三组蓄水池|公益性资产|农田水利|96,000.00|2019|{owner}",
        f"华溪村|育苗棚设备|经营性资产|设施农业|128.64万|2021-03|{owner}",
        f"华溪村|村道护栏|经营/公益|农村公路|52000|2o19|{owner}",
        f"中坝村|水渠|公益性资产|农田水利|80000|2018-11|{owner}",
    )
    camera.open("/import")
    camera.page.click("summary:has-text('不传文件')")
    camera.fill(pasted="\n".join(row.replace("|", "\t") for row in rows))
    camera.click("button:has-text('上传并预检')")
    camera.save()


@shot("village_clerk")
def village_title(camera: Camera) -> None:
    camera.open_listed("/title?status=DRAFT", "首次确权")
    camera.save()


@shot("village_clerk_2")
def village_meeting(camera: Camera) -> None:
    camera.click("a:has-text('去登记会议') >> nth=0")
    camera.click("a:has-text('登记会议和表决')")
    camera.click("table a >> nth=0")
    on = date.today()  # noqa: DTZ011 - the day of the machine that takes the picture
    camera.fill(
        body_name="龙河村股份经济合作社成员大会", held_on=str(on - timedelta(1)), notified_on=str(on - timedelta(12)),
        place="村便民服务中心", chair="马庆元", recorder="马兴会", due="96", present="71", proxies="6",
        items__0__agreed="70", items__0__opposed="4", items__0__abstained="3",
    )  # fmt: skip
    camera.click("button[name=count]")
    camera.save(clip=camera.span("到会", "表决"))


@shot("village_clerk_2")
def village_publication(camera: Camera) -> None:
    camera.open_listed("/todo", "去公开")
    camera.save(height=1135)


@shot("village_head")
def heads_objection(camera: Camera) -> None:
    camera.open_listed("/todo", "去答复")
    camera.page.check("input[name=finding] >> nth=0")
    camera.fill(
        text="到展馆核对了台账和合作社的发票：蜂箱展架是合作社2022年自己买的，不在项目里。已从确权清单里剔除，"
        "退回修改后重新公示。"
    )
    camera.save()


@shot("custodian", PHONE)
def custodian_accept(camera: Camera) -> None:
    camera.open_listed("/todo", "接受或谢绝")
    camera.save()


@shot("custodian", PHONE)
def custodian_round(camera: Camera) -> None:
    camera.open("/patrols/round")
    camera.save()


@shot("custodian", PHONE)
def custodian_scan(camera: Camera) -> None:
    camera.open("/custody")
    number = (camera.page.locator("td.name a").first.get_attribute("href") or "").split("/")[2]
    camera.open(f"/q/{number}")
    camera.save()


@shot("township_supervisor")
def township_todo(camera: Camera) -> None:
    camera.open("/todo")
    camera.save(height=1000)


@shot("township_supervisor")
def township_decide(camera: Camera) -> None:
    camera.open("/todo")
    camera.click("tr:has(td:text-is('更正')) a.btn")
    camera.save()


@shot("county_agriculture")
def case_decide(camera: Camera) -> None:
    camera.open_listed("/requests?status=OPEN", "脆红李采摘园")
    camera.save()


@shot("county_agriculture")
def county_filed(camera: Camera) -> None:
    camera.open_listed("/requests?status=CALLED_IN", "移交")
    camera.save()


@shot("county_agriculture")
def county_summary(camera: Camera) -> None:
    camera.open("/reports/summary")
    camera.save()


@shot("county_clerk")
def county_policy(camera: Camera) -> None:
    camera.open("/policy")
    camera.page.evaluate(
        "document.querySelectorAll('section[aria-labelledby=procedures] details.panel')"
        ".forEach(one => { one.open = one.textContent.includes('集体所有的经营性资产确权') })"
    )
    camera.save(height=1560)


@shot("county_government")
def county_route(camera: Camera) -> None:
    camera.open_listed("/policy", "建成移交")
    camera.save()


@shot("auditor")
def auditor_print(camera: Camera) -> None:
    camera.open("/reports")
    camera.click("button:has-text('打印并登记')")
    camera.save()


@shot("", PHONE)
def public_notice(camera: Camera) -> None:
    camera.open_listed("/public/500240213203/notices", "蜜蜂主题研学馆")
    camera.save()


@shot("", PHONE)
def public_answer(camera: Camera) -> None:
    camera.open_listed("/public/500240213203/notices", "蜜蜂主题研学馆")
    camera.click("a:has-text('我有异议') >> visible=true")
    camera.fill(text="研学馆的门前地坪是我家承包地，还没有说好，不该算进去。")
    camera.page.check("input[name=ground] >> nth=0")
    camera.click("button:has-text('提交异议')")
    receipt = camera.page.locator("p.big").inner_text().strip()
    head = camera.another("village_head")
    head.open_listed("/notices", "蜜蜂主题研学馆")
    head.click("li:has-text('门前地坪') a:text-is('答复')")
    head.page.check("input[name=finding] >> nth=1")
    head.fill(
        text="查了2019年的土地流转合同和现场：地坪在流转范围以内，流转费已付到2029年，合同复印件在村便民服务中心。"
    )
    head.click("button:text-is('答复')")
    camera.open("/public/objections")
    camera.fill(receipt=receipt)
    camera.click("button:has-text('查询')")
    camera.save()


@contextmanager
def demo_county() -> Iterator[str]:
    """Serve a fresh demo county while the block runs; gives its address."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        app = create_app(load_settings({"FPA_DATA_DIR": folder}))
        with app.app_context():
            initialise()
            load_demo()
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def main() -> None:
    """Take the pictures that are named, or all."""
    wanted = sys.argv[1:] or list(SHOTS)
    with demo_county() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in wanted:
            username, width, take = SHOTS[name]
            camera = Camera(browser, base, name, width)
            if username:
                camera.sign_in(username)
            take(camera)
            camera.page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
