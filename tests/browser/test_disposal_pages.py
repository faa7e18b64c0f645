"""Every page of disposals as the role it is made for, on desk and phone; and what may take only so many clicks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from registry.app import create_app
from registry.config import Settings
from registry.database import db
from registry.disposal.kinds import DisposalKind, DisposalStatus
from tests.browser.acting import CLICKS_TO_SIGN, press, says, sign
from tests.browser.desk import Desk, serving
from tests.browser.disposal_scenery import disposals
from tests.disposal.scenery import case_of, lead, machine, submitted_case

pytestmark = pytest.mark.browser
LOOKS = {"desk": (1280, False), "phone": (390, False), "large": (1280, True)}
CLICKS_TO_APPLY = 3
#: What stands in braces has the name it has in tests.browser.disposal_scenery.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": (
        "/todo", "/disposals", "/disposals?status=SUBMITTED&kind=SALE", "/disposals/new", "/disposals/new?asset={free}",
        "/disposals/{draft_case}", "/disposals/{draft_case}/submit", "/disposals/{draft_case}/edit",
        "/disposals/{draft_case}/files", "/disposals/{draft_case}/report", "/disposals/{draft_case}/withdraw",
        "/disposals/{bulk_case}", "/disposals/{bulk_case}/submit", "/disposals/{bulk_case}/lines",
        "/disposals/{bulk_case}/lines/{line}", "/disposals/{loss_case}/submit", "/disposals/{back_case}",
        "/requests/{back_request}", "/disposals/{called_case}", "/disposals/{to_sell}", "/disposals/{to_sell}/price",
        "/disposals/{waiting_case}", "/requests/{price_request}", "/disposals/{done_case}",
        "/disposals/{done_case}/result", "/assets/{free}", "/assets/{gone}",
        "/disposals/loss", "/disposals/loss?asset={free}", "/disposals/past", "/disposals/past?asset={free}",
        "/assets/{pig}/household-disposal",
    ),
    "village_head": (
        "/todo", "/disposals/{done_case}", "/disposals/{ready_case}/execute", "/disposals/{swap_case}/execute",
        "/disposals/{shares_case}/execute", "/disposals/{used_case}/execute", "/household-disposals/{note}",
    ),
    "township_supervisor": ("/disposals/{past_case}", "/disposals/{past_case}/past"),
    "county_finance": ("/", "/requests/{asked_request}", "/disposals/{asked_case}"),
    "municipal_supervisor": ("/disposals", "/requests/{asked_request}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def town(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A server with disposals in every state; its address and their names."""
    folder = tmp_path_factory.mktemp("disposals") / "instance"
    shutil.copytree(template, folder)
    app = create_app(Settings(data_dir=folder, require_second_factor=False))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        names = disposals()
        with serving(app) as base:
            yield base, names
        db.engine.dispose()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_disposals_is_clean(town: tuple[str, dict[str, str]], browser: Browser, look: str) -> None:
    (base, names), (width, large) = town, LOOKS[look]
    context, found = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN"), []
    desk = Desk.at(context, base)
    for role, pages in PAGES.items():
        context.clear_cookies()
        desk.sign_in(role)
        if large:
            context.add_cookies([{"name": "large", "value": "1", "url": base}])
        found += [problem for page in pages for problem in desk.problems(page.format(**names))]
    context.close()
    assert found == []


def test_from_the_asset_page_it_takes_three_clicks_to_ask_for_a_disposal(app: Flask, desk: Desk) -> None:
    number = machine("待售机")
    desk.sign_in("village_clerk")
    desk.open(f"/assets/{number}")
    desk.click("main a:has-text('申请处置')")
    desk.page.select_option("[name=kind]", "SALE")
    desk.page.select_option("[name=ground]", "IDLE")
    desk.page.fill("[name=reason]", "闲置两年，无人承租。")
    desk.page.fill("[name=effective_on]", "2026-12-31")
    press(desk, "核对")
    desk.click("main form button:has-text('提交')")
    assert desk.clicks == CLICKS_TO_APPLY
    assert "按流程逐级办理" in says(desk)


def test_from_the_workbench_it_takes_three_clicks_to_approve(app: Flask, desk: Desk) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine("待售机"), title="出售待售机")
    lead(case_id, until="TOWNSHIP_SUPERVISOR")
    desk.sign_in("township_supervisor")
    sign(desk, "township_supervisor", "出售待售机", opinion="")
    assert desk.clicks == CLICKS_TO_SIGN
    db.session.rollback()
    assert case_of(case_id).state is DisposalStatus.APPROVED


def test_on_a_phone_the_decision_comes_last_and_on_a_desk_first(app: Flask, desk: Desk, phone: Desk) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine("待售机"))
    request_id = lead(case_id, until="TOWNSHIP_SUPERVISOR").id
    for window, comes_last in ((desk, False), (phone, True)):
        window.sign_in("township_supervisor")
        window.open(f"/requests/{request_id}")
        decision, levels = (window.page.locator(one).first.bounding_box() for one in (".decision", "ol.life"))
        assert decision is not None
        assert levels is not None
        assert (decision["y"] > levels["y"]) is comes_last
