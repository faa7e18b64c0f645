"""Every page of the ledger as the role it is made for, on desk and phone; and what may take only so many clicks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from registry.app import create_app
from registry.config import Settings
from registry.database import db
from registry.onetime import new_key
from tests.browser.desk import Desk, serving
from tests.browser.ledger_scenery import ledger
from tests.factories import TOWNSHIP, VILLAGE
from tests.journeys.browser import Visitor

pytestmark = pytest.mark.browser
Names = dict[str, str]
MOST_CLICKS = 3
WIDTHS = (1280, 390)
#: What stands in braces has the name it has in tests.browser.ledger_scenery.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": (
        "/", "/todo",
        "/contracts", "/contracts?status=VOID", f"/contracts/new?region={VILLAGE}",
        f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={{free}}",
        f"/contracts/terms?region={VILLAGE}&mode=SELF_RUN&no={{free}}&legacy=1",
        "/contracts/{draft}", "/contracts/{draft}/edit", "/contracts/{deciding}", "/contracts/{agreed}/sign",
        "/contracts/{runs}", "/contracts/{runs}/end", "/contracts/{runs}/follow/RENEWAL", "/contracts/{runs}/late-fee",
        "/contracts/{runs}/years", "/contracts/{own}", "/dues/{due}", "/dues/{unstated}/result",
        "/assets/{store}/operation", "/assets/{store}/review", "/reviews",
        "/equity", "/equity/new", "/equity/{equity}", "/equity/{equity}/rights/{right}/move",
        "/equity/{equity}/dividend/{dividend}", "/equity/{equity}/exit",
        "/income", "/income?period=2025", "/assets/{store}/income", "/assets/{store}/income/new?due={due}",
        "/income/{part}", "/income/{part}/correct", "/income/{back}/change", "/income/sheet", "/income/sheet/unchanged",
        "/income/arrears", "/income/arrears/{arrears}", "/income/rows", "/income/rows?kind=RENT&sector=AGRICULTURE",
        "/dues", "/dues?from=2020-01&state=OPEN",
        "/beneficiaries", "/beneficiaries?class=LIFTED&q=x", "/beneficiaries/export", "/beneficiaries/new",
        "/beneficiaries/{household}", "/beneficiaries/{household}/account", "/beneficiaries/{refused}/again",
        "/beneficiaries/{household}/contact", "/beneficiaries/{household}/change",
        "/beneficiaries/{household}/change/DIED",
        "/beneficiaries/{household}/change/DIED?person_id={head_of_household}",
        "/beneficiaries/{household}/change/SPLIT",
        "/beneficiaries/{household}/change/NEWLY_LOW_INCOME", "/beneficiaries/review", "/beneficiaries/import",
        "/beneficiaries/adjust", "/beneficiaries/changes", "/beneficiaries/changes/{change}",
        "/distributions", "/distributions/households", "/distributions/new",
        "/distributions/{draft_plan}", "/distributions/{draft_plan}/basics",
        "/distributions/{draft_plan}/official", "/distributions/{draft_plan}/uses",
        "/distributions/{draft_plan}/uses/{draft_use}",
        "/distributions/{draft_plan}/lines?use=1", "/distributions/{draft_plan}/check",
        "/distributions/{draft_plan}/drop", "/distributions/{plan}", "/distributions/{plan}/income",
        "/distributions/{plan}/payout", "/distributions/{plan}/payouts", "/distributions/{plan}/result",
        "/distributions/{plan}/amend", "/distributions/lines/{agreed_line}", "/distributions/work",
        "/distributions/work/new", "/distributions/work/{work}", "/payouts", "/payouts/{prepared}",
        "/books", "/books/new", "/books/{book}", "/books/{book}?month={reopened}", "/books/{book}/vouchers",
        "/books/{book}/ledger?account=102", "/books/{book}/drafts", "/books/{book}/drafts/new", "/books/{book}/periods",
        "/books/{book}/periods/{reopened}/begin",
        "/books/{book}/assets", "/books/{book}/opening", "/books/{book}/exchange", "/books/drafts/{mend}",
        "/books/drafts/{mend}/edit", "/vouchers/{voucher}", "/vouchers/{voucher}/reverse", "/vouchers/{voucher}/source",
        "/books/reopenings/{agreed_wish}",
    ),
    "village_head": (
        "/todo", "/account-changes", "/contracts/{past}", "/income/review", "/income/prepaid", "/income/{waits}",
        "/payouts/{prepared}",
        "/distributions/{plan}/stop", "/distributions/work/{to_verify}", "/beneficiaries/{unconfirmed}",
        "/beneficiaries/waiting", "/books/drafts/{voucher_draft}", "/books/drafts/{red}", "/books/{book}/periods",
        "/requests/{plan_request}",
    ),
    "village_supervisory_committee": ("/requests/{contract_request}", "/requests/{write_off_request}"),
    "cashier": ("/todo", "/payouts/{paying}", "/payouts/{paying}/results", "/payouts/lines/{failed_line}"),
    "resident_work_team": ("/payouts/{done}/receipts",),
    "township_supervisor": (
        "/todo", f"/income/review?region={TOWNSHIP}", "/books/reopenings/{wish}", "/households/{household}/reveal",
        "/requests/{change_request}",
    ),
    "auditor": (
        "/prints/{balances}", "/prints/{plan_sheet}", "/prints/{payout_sheet}", "/prints/{statement}",
        "/reports?report=income", "/reports?report=arrears", "/payouts/lines/{paid_line}", "/income/{advance}",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def village(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Names, Flask]]:
    """A server with the ledger of a village; its address, the names in it, and the application."""
    folder = tmp_path_factory.mktemp("ledger") / "instance"
    shutil.copytree(template, folder)
    app = create_app(Settings(data_dir=folder, require_second_factor=False))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        names = ledger()
        names |= printed(Visitor(app.test_client(), "village_head"), names)
        db.session.remove()
        with serving(app) as base:
            yield base, names, app
        db.engine.dispose()


def printed(head: Visitor, names: Names) -> Names:
    """Papers of the ledger as the head prints them; the serial of each by what it is."""
    papers = {
        "balances": ("/books/{book}/print", {"report": "trial-balance"}),
        "plan_sheet": ("/distributions/{plan}/print", {"report": "distribution-plan"}),
        "payout_sheet": ("/payouts/{done}/print", {}),
        "statement": ("/beneficiaries/{household}/print", {}),
    }
    found = {}
    for name, (address, asked) in papers.items():
        answer = head.client.post(address.format(**names), data={**asked, "one_time_key": new_key()})
        assert answer.status_code == 303, name
        found[name] = answer.location.rpartition("/")[2]
    return found


def test_every_page_of_the_ledger_is_clean(village: tuple[str, Names, Flask], browser: Browser) -> None:
    base, names, _app = village
    context = browser.new_context(locale="zh-CN")
    desk, found = Desk.at(context, base), []
    for role, pages in PAGES.items():
        context.clear_cookies()
        desk.sign_in(role)
        found += [problem for page in pages for problem in problems(desk, page.format(**names))]
    context.close()
    assert found == [], "\n".join(found)


def problems(desk: Desk, address: str) -> Iterator[str]:
    """What is wrong with a page on a desk, and, without opening it anew, on a phone."""
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{width}: {one}" for one in desk.problems(address if width == WIDTHS[0] else ""))


def test_no_page_of_the_ledger_is_left_out(village: tuple[str, Names, Flask]) -> None:
    _base, names, app = village
    asked = {address.format(**names).partition("?")[0] for pages in PAGES.values() for address in pages}
    adapter = app.url_map.bind("localhost")
    looked_at = {adapter.match(address)[0] for address in asked}
    pages = {
        rule.endpoint for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and app.view_functions[rule.endpoint].__module__.startswith("registry.ledger.")
    }  # fmt: skip
    files = {one for one in pages if one.endswith((".file", ".proof", ".blank"))}
    assert sorted(one for one in pages - files - looked_at if "_api." not in one) == []


@pytest.fixture
def phone(village: tuple[str, Names, Flask], browser: Browser) -> Iterator[Desk]:
    """Somebody with a phone, before the ledger of the village."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    yield Desk.at(context, village[0])
    context.close()


def test_rent_as_agreed_is_two_clicks_on_a_phone(phone: Desk) -> None:
    phone.sign_in("village_clerk")
    phone.click("main tr:has-text('收益登记') td.act a[href*='/income/new']")
    phone.click("main form button[type=submit]:visible")
    assert "已登记，等另一个人审核。" in phone.page.inner_text("body")
    assert phone.clicks == 2


@pytest.mark.parametrize("address", ["/income/", "/contracts/", "/assets/"])
def test_from_a_payment_back_to_where_its_money_came_from_is_three_clicks(
    phone: Desk, village: tuple[str, Names, Flask], address: str
) -> None:
    phone.sign_in("auditor")
    phone.open(f"/payouts/{village[1]['done']}")
    phone.click("main td.name a")
    phone.click(f"main section:has-text('这笔钱从哪里来') a[href*='{address}']")
    assert address in phone.page.url
    assert phone.clicks <= MOST_CLICKS
