"""Show every part of the page on sample pages, photograph them, let axe look. A tool for developers, not shipped.

``python scripts/gallery.py`` writes pictures into a new temporary directory and prints what is wrong;
``python scripts/gallery.py serve`` only serves the pages on port 5099.
"""

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask import Flask, Response, render_template, request
from flask_babel import Babel
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server
from wtforms import BooleanField, DateField, FileField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

ROOT = Path(__file__).resolve().parents[1]
PORT = 5099
PAGES = ("workbench", "list", "asset", "import", "parts", "forms", "verify", "error")
PUBLIC = ("verify", "error")
SIZES = {
    "1280": (1280, ""),
    "390": (390, ""),
    "320": (320, ""),
    "large": (1280, "?large=1"),
    "large-390": (390, "?large=1"),
}
CSP = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
CHROMIUM = "/usr/bin/chromium"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu."""

    label: str
    url: str
    icon: str
    active: bool = False
    count: int = 0


@dataclass(frozen=True)
class MenuGroup:
    """Lines of the menu under one label."""

    label: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True)
class Shell:
    """What the page shell shows around every page."""

    product_name: str = "扶贫项目资产登记监管"
    lang: str = "zh-Hans"
    version: str = "1"
    large: bool = False
    demo: bool = True
    read_only: str = ""
    user_name: str = "秦某"
    user_post: str = "经办员"
    region_trail: tuple[tuple[str, str], ...] = (("重庆市", "#"), ("石柱县", "#"), ("中益乡", "#"))
    region_children: tuple[tuple[str, str], ...] = (("龙河村", "#"), ("华溪村", "#"), ("坪坝村", "#"))
    menu: tuple[MenuGroup, ...] = ()
    bottom: tuple[MenuItem, ...] = ()
    search_url: str = "/list"
    home_url: str = "/workbench"
    me_url: str = "#"
    sign_out_url: str = "#"
    sign_in_url: str = ""


class Assets(Form):  # type: ignore[misc]
    """One field of each kind."""

    name = StringField("资产名称", [InputRequired()])
    value = StringField("原值", [InputRequired()])
    total = StringField("资金合计", [InputRequired("比原值少 6,000.00 元，补一笔来源，或填“来源待核”")])
    number = StringField("资金文号", [InputRequired("填下达资金的文号，如 渝财农〔2019〕36 号")])
    year = SelectField("购建年度", [InputRequired()], choices=["2019", "2020", "2021"])
    category = RadioField("资产类别", [InputRequired("选一类")], choices=["经营性资产", "公益性资产", "到户类资产"])
    accepted = DateField("竣工验收日期", [Optional()])
    remark = TextAreaField("备注", [Optional()])
    photo = FileField("现场照片", [Optional()])
    history = BooleanField("这是历史补录")


MENU = (
    ("", (("工作台", "workbench", "house"), ("待办事项", "todo", "check2-square"))),
    (
        "资产",
        (("资产台账", "list", "archive"), ("批量导入", "import", "upload"), ("确权与管护", "title", "patch-check")),
    ),
    ("收益", (("经营合同", "a", "file-earmark-text"), ("收益登记", "b", "cash-coin"), ("收益分配", "c", "diagram-3"))),
    (
        "监督",
        (
            ("处置审批", "d", "box-arrow-right"),
            ("清查盘点", "e", "clipboard-check"),
            ("公示", "f", "megaphone"),
            ("预警", "g", "exclamation-triangle"),
        ),
    ),
    ("查证", (("统计报表", "h", "table"), ("操作日志", "i", "clock-history"))),
)


def fake_shell(page: str) -> Shell:
    """Build the shell of one sample page."""
    here = "list" if page in ("asset", "parts", "forms") else page
    groups = tuple(
        MenuGroup(label, tuple(MenuItem(n, f"/{u}", i, u == here, 6 if u == "todo" else 0) for n, u, i in items))
        for label, items in MENU
    )
    flat = [item for group in groups for item in group.items]
    bottom = tuple(
        replace(flat[i], label=label) for i, label in ((0, "工作台"), (1, "待办"), (2, "资产"), (6, "登记收益"))
    )
    shell = Shell(menu=groups, bottom=bottom, large="large" in request.args)
    return replace(shell, user_name="", sign_in_url="#") if page in PUBLIC else shell


def sample_form(*, checked: bool) -> Assets:
    """Build the form, empty or with mistakes in it."""
    data = MultiDict({"name": "中益冷链仓库", "value": "486,000.00", "total": "", "year": "2019", "number": ""})
    form = Assets(data)
    if checked:
        form.validate()
        form.total.data = "480,000.00"
    return form


def render_page(page: str) -> str:
    """Render one sample page."""
    name = "errors/error.html" if page == "error" else f"{page}.html"
    wrong = {
        "status": 404,
        "title": "没有找到这一页",
        "message": "可能已经删除，或者不在您管的范围里。",
        "request_id": "4f1c9a7e",
        "back_url": "/list",
    }
    return render_template(name, shell=fake_shell(page), form=sample_form(checked=page == "parts"), **wrong)


def build() -> Flask:
    """Build the little application that serves the sample pages."""
    app = Flask("gallery", static_folder=str(ROOT / "registry" / "static"), static_url_path="/static")
    app.secret_key = "gallery"
    folders = (ROOT / "templates", ROOT / "scripts" / "gallery_templates")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    Babel(app, default_locale="zh_Hans")
    app.add_url_rule("/favicon.ico", view_func=lambda: "", endpoint="favicon")
    app.add_url_rule("/large", view_func=lambda: "", endpoint="web.set_large", methods=["POST"])
    app.add_url_rule("/<page>", view_func=render_page, endpoint="page")
    app.after_request(with_policy)
    return app


def with_policy(response: Response) -> Response:
    """Send the same content policy as the product."""
    response.headers["Content-Security-Policy"] = CSP
    return response


@contextmanager
def serving(app: Flask) -> Iterator[None]:
    """Serve the application while the block runs."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", PORT, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()


def look_at(page: Page, name: str, size: str, out: Path) -> list[str]:
    """Open one page at one size, photograph it and list what is wrong."""
    width, query = SIZES[size]
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"http://127.0.0.1:{PORT}/{name}{query}")
    page.screenshot(path=out / f"{name}-{size}.png", full_page=True)
    over = page.evaluate(OVERFLOW)
    if over > 0:
        said.append(f"overflow: {over} px")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    said += [
        f"axe {v['id']}: {node['html'][:160]} {node['failureSummary'][:160]}" for v in found for node in v["nodes"][:4]
    ]
    return said


def check_all(browser: Browser, out: Path) -> int:
    """Look at every page at every size and print the findings."""
    count = 0
    for name in PAGES:
        for size in SIZES:
            page = browser.new_page()
            for line in look_at(page, name, size, out):
                count += 1
                print(f"{name} {size}: {line}")
            page.close()
    return count


def main() -> None:
    """Serve the gallery, or check it."""
    app = build()
    if sys.argv[1:] == ["serve"]:
        app.run(port=PORT)
        return
    out = Path(tempfile.mkdtemp(prefix="gallery-"))
    with serving(app), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        count = check_all(browser, out)
        browser.close()
    print(f"{count} findings, pictures in {out}")
    sys.exit(bool(count))


if __name__ == "__main__":
    main()
