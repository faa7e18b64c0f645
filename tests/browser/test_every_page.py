"""Every page as the role it is made for, on desk and phone and in 大字版: no axe violation, no message, no overflow."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from registry.app import create_app
from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import send_back
from registry.clock import today
from registry.config import Settings
from registry.database import db, transaction
from registry.policy.parameters import Parameter
from tests.approvals.notices.boards import answered, objected, posted
from tests.browser.counting_scenery import of_counts
from tests.browser.desk import Desk, serving
from tests.browser.findings_scenery import PAGES as OF_FINDINGS
from tests.browser.findings_scenery import of_findings
from tests.browser.months_scenery import PAGES as OF_MONTHS
from tests.browser.months_scenery import of_months
from tests.browser.proceeds_scenery import PAGES as OF_PROCEEDS
from tests.browser.proceeds_scenery import of_proceeds
from tests.browser.scenery import of_cases, of_custody, of_queries
from tests.browser.test_administration import PAGES as ADMINISTRATIVE
from tests.factories import TODAY, TOWNSHIP, VILLAGE, confirmed, entered, person, registration
from tests.policy.setting import agreed, proposed, route_proposal, value_proposal

pytestmark = pytest.mark.browser
LOOKS = {"desk": (1280, False), "phone": (390, False), "large": (1280, True), "large-phone": (390, True)}
#: {notice} hangs, {objection} waits for an answer, {answered} has one.
#: {confirmed}, {submitted} and {back} are asset numbers of that stage; {waiting} is a correction; {policy} and {route}
#: are proposals that wait. What stands in tests.browser.scenery has the name it has there.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": (
        "/", "/todo", "/me", "/me/password", "/me/second-factor", "/me/tokens", "/assets", "/assets/new",
        "/assets/{back}/edit",
        "/assets/{other}/correct", "/assets/{other}/value", "/assets/{confirmed}/history",
        "/assets/{confirmed}/evidence", "/assets/{submitted}/withdraw", "/import", "/notices", "/notices?tab=over",
        "/notices/new", f"/notices/new?kind=VILLAGE_MATTERS&region={VILLAGE}", "/notices/{notice}",
        "/notices/{notice}/photo", "/notices/{notice}/close", "/notices/{notice}/take-down",
        "/notices/{notice}/objections/new", "/objections/{answered}/pass-on",
        f"/publications/{VILLAGE}/VILLAGE_MATTERS",
        "/requests", "/requests?status=SENT_BACK", "/requests/{post}", "/requests/{post}/notice", "/requests/{hung}",
        "/requests/{hung}/notice/close", "/requests/{meet}", "/requests/{meet}/meeting",
        "/requests/{meet}/meeting?kind=A2", "/requests/{post}/withdraw", "/requests/{post}/papers",
        "/requests/{sent_back}", "/requests/{queried}", "/requests/{queried}/queries/{query}/answer",
        "/title", "/title?status=SUBMITTED", "/title/new",
        f"/title/new?deed=FIRST_TITLE&region={VILLAGE}&category=OPERATING",
        "/title/{draft}", "/title/{draft}/edit", "/title/{draft}/lines", "/title/{draft}/owners",
        "/title/{draft}/papers", "/title/{draft}/files", "/title/{draft}/submit", "/title/{draft}/withdraw",
        "/title/{signing_case}", "/assets/{other}/title",
        "/custody", "/custody/agreements", "/custody/agreements/new?q={kept}", "/custody/agreements/{offer}",
        "/custody/agreements/{offer}/paper", "/custody/agreements/{agreement}",
        "/custody/agreements/{agreement}/hand-back", "/assets/{kept}/custody", "/assets/{confirmed}/custody",
        "/custody/faults", "/custody/faults/{fault}", "/custody/posts", "/custody/posts/new",
        "/custody/posts/{post_held}",
        "/stocktaking", "/stocktaking/{campaign}", "/stocktaking/{campaign}/lines", "/stocktaking/sheets/{sheet}",
        "/stocktaking/sheets/{sheet}?show=all", "/stocktaking/sheets/{sheet}/surplus",
        "/stocktaking/lines/{counted_line}", "/stocktaking/lines/{open_line}", "/assets/{listed}/counts",
        "/meetings", f"/meetings/new/{VILLAGE}", f"/meetings/new/{VILLAGE}?kind=A1", "/meetings/{meeting}",
    ),
    "custodian": (
        "/", "/todo", "/custody", "/custody/agreements/{offer}", "/patrols/round", "/q/{kept}",
        "/assets/{kept}/patrol", "/assets/{kept}/patrol?seen=FAULT", "/custody/faults/{fault}",
    ),
    "village_head": ("/objections/{objection}", "/objections/{objection}/reveal", "/custody/faults/{mended}"),
    "village_supervisory_committee": (
        "/", "/todo", "/requests/{signing}", "/requests/{signing}/recuse", "/me/delegations",
    ),
    "township_clerk": (
        "/", "/assets/{submitted}/confirm", "/assets/{confirmed}", "/assets/{confirmed}?tab=changes",
        "/stocktaking/sheets/{confirmed_sheet}", "/stocktaking/sheets/{confirmed_sheet}/notice",
        "/stocktaking/sheets/{confirmed_sheet}/meeting", "/stocktaking/sheets/{confirmed_sheet}/meeting?kind=A1",
        "/stocktaking/differences/{missing}", "/stocktaking/differences/{unclear}",
        "/title/{certify}/certificates", "/assets/{confirmed}/encumbrances", "/assets/{confirmed}/books",
        "/meetings/new",
    ),
    "township_supervisor": (
        "/", "/todo", "/stocktaking/sheets/{confirmed_sheet}/confirm",
        "/corrections/{waiting}", "/assets/{confirmed}/comments", "/reports", "/assets/{kept}/check",
    ),
    "county_clerk": (
        "/stocktaking", "/stocktaking/new", "/stocktaking/{campaign}", "/stocktaking/{campaign}?region={village}",
        "/stocktaking/{campaign}/lines?outcome=DIFFERENT", "/stocktaking/{campaign}/differences",
        "/stocktaking/{campaign}/close",
        "/policy", "/policy/values/transfer_days/propose", "/policy/values/vote_rule/propose",
        "/policy/routes/TITLE.COLLECTIVE/propose", "/policy/proposals/value/{policy}",
    ),
    "county_agriculture": ("/policy/proposals/value/{policy}", "/policy/proposals/route/{route}"),
    "municipal_supervisor": (
        "/requests/{queried}", "/requests/{queried}/query",
        "/policy/values/notice_days_village/propose", "/policy/routes/TITLE.OTHER/propose",
    ),
    "auditor": (
        "/", "/trail", "/trail/500240/1", "/trail/checkpoint", "/reports", "/reports/summary", "/audit-desk",
        "/audit-desk/compare", "/audit-desk/verify", "/audit-desk/bundles", "/audit-desk/edits", "/audit-desk/leaving",
        "/audit-desk/reveals", "/audit-desk/then",
    ),
    "system_administrator": ("/", "/admin/status"),
    "security_administrator": ("/",),
    "audit_administrator": ("/", "/trail", "/audit-desk", "/audit-desk/bundles"),
}  # fmt: skip
OPEN = (
    "/login", "/verify", "/api", "/q/{confirmed}", f"/public/{VILLAGE}/policy", f"/public/{VILLAGE}/notices",
    f"/public/{TOWNSHIP}/notices", "/public/notices/{notice}", "/public/notices/{notice}/objections",
    "/public/objections",
)  # fmt: skip


@pytest.fixture(scope="module")
def county(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A server with an asset of every stage and a correction that waits; its address and their names."""
    folder = tmp_path_factory.mktemp("county") / "instance"
    shutil.copytree(template, folder)
    app = create_app(Settings(data_dir=folder, require_second_factor=False))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        names = populate()
        db.session.remove()
        with serving(app) as base:
            yield base, names
        db.engine.dispose()


def populate() -> dict[str, str]:
    names = {
        "confirmed": confirmed().asset_no,
        "other": confirmed(name="石柱土家族自治县中益乡坪坝村人饮工程及配套管网（水厂至三组，含蓄水池两座）").asset_no,
        "submitted": entered(name="盐井村冷水鱼养殖池").asset_no,
        "back": entered(name="脆红李采摘园").asset_no,
    }
    names["notice"] = str(notice := posted(on=today()))
    names["objection"] = str(objected(notice, on=today()).objection.id)
    names["answered"] = str(said := objected(notice, on=today(), key="2", name="谭正国").objection.id)
    answered(said, "village_head", today())
    with transaction(VILLAGE):
        back = db.session.scalars(select(Asset).where(Asset.asset_no == names["back"])).one()
        send_back(back, "原值与竣工决算不符", by=person("township_clerk"))
    with transaction(VILLAGE):
        asset = db.session.scalars(select(Asset).where(Asset.asset_no == names["confirmed"])).one()
        more = replace(registration().funding[0], amount_fen=81_000_000)
        facts = registration(original_value_fen=129_640_000, funding=(more, *registration().funding[1:]))
        correction = ask_correction(asset, facts, reason="决算调整", by=person("village_clerk"), on=TODAY)
        db.session.flush()
        names["waiting"] = str(correction.id)
    agreed()
    names["policy"] = str(proposed(value_proposal(45, parameter=Parameter.TRANSFER_DAYS)))
    names["route"] = str(proposed(route_proposal()))
    return names | of_cases() | of_custody() | of_queries() | of_counts() | of_proceeds() | of_findings() | of_months()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_clean(county: tuple[str, dict[str, str]], browser: Browser, look: str) -> None:
    base, names = county
    width, large = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    desk = Desk.at(context, base)
    found = look_at(desk, OPEN, names, large=large)
    for role, pages in [*PAGES.items(), *OF_PROCEEDS.items(), *OF_FINDINGS.items(), *OF_MONTHS.items()]:
        context.clear_cookies()
        desk.sign_in(role)
        found += look_at(desk, pages, names, large=large)
    context.close()
    assert found == []


@pytest.mark.parametrize("look", ["desk", "phone"])
def test_the_administrators_pages_are_clean(county: tuple[str, dict[str, str]], browser: Browser, look: str) -> None:
    base, names = county
    width, large = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    desk, found = Desk.at(context, base), []
    for role in ("system_administrator", "security_administrator"):
        context.clear_cookies()
        desk.sign_in(role)
        found += look_at(desk, tuple(page for who, page in ADMINISTRATIVE if who == role), names, large=large)
    context.close()
    assert found == []


def look_at(desk: Desk, pages: tuple[str, ...], names: dict[str, str], *, large: bool) -> list[str]:
    if large:
        desk.page.context.add_cookies([{"name": "large", "value": "1", "url": desk.base}])
    return [problem for page in pages for problem in desk.problems(page.format(**names))]


def test_the_gate_sees_a_page_that_is_too_wide_and_a_field_without_a_label(desk: Desk) -> None:
    desk.open("/login")
    desk.page.evaluate("document.querySelector('label').remove()")
    desk.page.evaluate("document.body.style.minWidth = '3000px'")
    found = desk.problems()
    assert any("wider" in one for one in found)
    assert any("label" in one for one in found)
