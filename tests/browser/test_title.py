"""Pages of title on desk and phone: no axe violation, no message in the console, no overflow."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser

from registry.assets.register.rights.rules import Part
from registry.assets.title.cases.services import decide_lines, set_parts
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance
from registry.assets.title.execution.services import Registration, register_title
from registry.database import db, transaction
from registry.kinds import TitleDeed
from tests.assets.title.making import (
    MATCHES,
    agreed,
    asset_of,
    case_of,
    fill_in,
    lines_of,
    opened,
    policy,
    storehouse,
    submitted,
    titled,
)
from tests.browser.desk import Desk, serving
from tests.factories import TODAY, VILLAGE, person

pytestmark = pytest.mark.browser
CASE_PAGES = ("", "/edit", "/lines", "/owners", "/papers", "/files", "/submit", "/withdraw")


def populate() -> dict[str, list[str]]:
    """Cases and assets at every place of the way; the pages of each role."""
    numbers = [storehouse(f"中益乡华溪村{n}号冷链仓库及附属制冷设施", 128_640_000) for n in range(1, 5)]
    draft, done, waiting = opened(*numbers[:2]), titled(numbers[2]), titled(storehouse("待发证的仓"))
    with transaction(VILLAGE):
        decide_lines(case_of(draft), lines_of(draft)[:1], MATCHES, by=person("village_clerk"))
    with transaction(VILLAGE):
        who = person("township_clerk")
        register_title(case_of(done), Registration(TODAY), by=who, on=TODAY, policy=policy())
        weight = EncumbranceFacts(EncumbranceKind.PLEDGE, "重庆农村商业银行石柱支行", "抵字12号", date(2026, 3, 1))
        row = add_encumbrance(asset_of(numbers[2]), weight, by=who, on=TODAY)
        db.session.flush()
        lift = f"/encumbrances/{row.id}/lift"
    split = opened(numbers[3], deed=TitleDeed.SPLIT)
    parts_page = f"/title/{split}/parts"
    with transaction(VILLAGE):
        parts = [Part("东仓", 64_320_000, 500), Part("西仓", 64_320_000, 500)]
        set_parts(case_of(split), parts, by=person("village_clerk"))
    running, ready = opened(storehouse("办理中的仓")), opened(storehouse("可提交的仓"))
    for case_id in (running, ready):
        fill_in(case_id)
    submitted(running)
    over = opened(storehouse("移交的仓"), deed=TitleDeed.HAND_OVER, giver="石柱土家族自治县农业农村委员会")
    fill_in(over)
    submitted(over)
    agreed(over)
    asset = f"/assets/{numbers[2]}"
    return {
        "village_clerk": [
            "/title", f"/title/new?deed=FIRST_TITLE&region={VILLAGE}&category=OPERATING", f"/title/{running}",
            f"/title/{ready}/submit", *(f"/title/{draft}{page}" for page in CASE_PAGES), parts_page,
            f"/title/{over}", f"/title/{over}/hand-over", f"{asset}/title", f"/assets/{numbers[0]}/title",
        ],
        "township_clerk": [
            f"/title/{waiting}/certificates", f"{asset}/encumbrances", lift, f"{asset}/real-estate", f"{asset}/books",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_title_is_clean(app: Flask, browser: Browser, width: int) -> None:
    pages, found = populate(), []
    db.session.remove()
    with serving(app) as base:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
        desk = Desk.at(context, base)
        for role, paths in pages.items():
            context.clear_cookies()
            desk.sign_in(role)
            found += [problem for path in paths for problem in desk.problems(path)]
        context.close()
    assert found == []
