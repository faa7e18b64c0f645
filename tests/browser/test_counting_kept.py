"""What waits on a phone is dropped when it was taken in or plainly refused, and at no other answer."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from registry.accounts.models import UserSession
from registry.clock import now
from registry.database import db, transaction
from registry.supervision.stocktaking.counting import send_back
from registry.supervision.stocktaking.models import StockLine
from registry.supervision.stocktaking.queries import get_sheet
from tests.browser.acting import choose, picture, press
from tests.browser.counting_acts import NOTE, begun, damaged, kept_marks, kept_photos, line_id, marks, photos, said
from tests.browser.desk import Desk
from tests.factories import VILLAGE, person
from tests.supervision.stocktaking.taking import assets, counted, opened, sheet_of, submitted

pytestmark = pytest.mark.browser
ONLINE = "window.dispatchEvent(new Event('online'))"
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined });"


@pytest.fixture
def marked_forms(app: Flask) -> None:
    """Forms must bear their mark, as they do outside the tests."""
    app.config["WTF_CSRF_ENABLED"] = True


def end_sessions() -> None:
    with transaction(VILLAGE):
        db.session.execute(update(UserSession).values(ended_at=now()))


def sheet_id() -> int:
    db.session.rollback()
    return db.session.scalars(select(StockLine.sheet_id)).first() or 0


def waiting(phone: Desk) -> None:
    """One damaged thing with its photograph waits on the phone."""
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone)
    said(phone, "待发送 1")


def tap(desk: Desk, name: str) -> None:
    desk.click(f"main li:has-text('{name}') button:has-text('账实相符')")
    desk.page.locator(f"main li:has-text('{name}') [data-count-said]:not(:empty)").wait_for()


def all_sent(desk: Desk) -> None:
    desk.page.locator(f"{NOTE}[hidden]").wait_for(state="attached")
    assert (kept_marks(desk), kept_photos(desk)) == (0, 0)


def lies_untouched(desk: Desk, words: str) -> None:
    said(desk, words)
    assert (kept_marks(desk), kept_photos(desk), len(marks())) == (1, 1, 0)


@pytest.mark.usefixtures("marked_forms")
def test_a_session_that_ended_meanwhile_destroys_neither_mark_nor_photo(app: Flask, phone: Desk) -> None:
    waiting(phone)
    end_sessions()
    phone.page.context.set_offline(False)
    lies_untouched(phone, "请先登录")
    phone.sign_in("village_clerk")
    phone.open(f"/stocktaking/sheets/{sheet_id()}")
    phone.page.locator("main li:has-text('冷库') [data-count-said]:has-text('已记下')").wait_for()
    all_sent(phone)
    assert ([one.outcome for one in marks()], len(photos())) == (["DAMAGED"], 1)


@pytest.mark.usefixtures("marked_forms")
def test_a_session_that_ended_before_the_button_was_pressed_keeps_the_photo(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    end_sessions()
    damaged(phone)
    lies_untouched(phone, "请先登录")
    assert phone.page.url.endswith(f"/stocktaking/lines/{line_id('冷库')}")
    phone.sign_in("village_clerk")
    phone.open(f"/stocktaking/sheets/{sheet_id()}")
    all_sent(phone)
    assert (len(marks()), len(photos())) == (1, 1)


@pytest.mark.usefixtures("marked_forms")
def test_a_window_left_open_sends_for_its_own_person_once_they_signed_in_in_another(app: Flask, phone: Desk) -> None:
    waiting(phone)
    end_sessions()  # before the link is back: a phone that may send does so at once
    phone.page.context.set_offline(False)
    other = Desk.at(phone.page.context, phone.base)
    other.sign_in_as_another("village_head")
    phone.page.evaluate(ONLINE)
    lies_untouched(phone, "请先登录")
    phone.page.evaluate(COME_BACK)
    phone.page.wait_for_timeout(700)
    lies_untouched(phone, "请先登录")
    other.sign_in_as_another("village_clerk")
    phone.page.evaluate(COME_BACK)
    all_sent(phone)
    assert ([one.by_text.split()[-2] for one in marks()], len(photos())) == (["Village"], 1)


@pytest.mark.parametrize("status", [400, 401, 403, 409, 429, 500, 503])
def test_no_answer_but_a_plain_one_is_final(app: Flask, phone: Desk, status: int) -> None:
    waiting(phone)
    phone.page.route("**/stocktaking/lines/**", lambda route: route.fulfill(status=status, body="no"))
    phone.page.context.set_offline(False)
    lies_untouched(phone, "请先登录" if status < 404 else "系统正忙")
    phone.page.unroute("**/stocktaking/lines/**")
    phone.page.evaluate(ONLINE)
    all_sent(phone)
    assert (len(marks()), len(photos())) == (1, 1)


@pytest.mark.parametrize("status", [404, 413, 422])
def test_a_plain_refusal_is_final_and_told(app: Flask, phone: Desk, status: int) -> None:
    waiting(phone)
    phone.page.route("**/stocktaking/lines/**", lambda route: route.fulfill(status=status, body="no"))
    phone.page.context.set_offline(False)
    said(phone, "没有记上，请打开这一项重记 冷库")
    assert (kept_marks(phone), len(marks())) == (0, 0)


def test_another_page_than_one_of_the_count_is_no_receipt(app: Flask, phone: Desk) -> None:
    waiting(phone)
    phone.page.route("**/stocktaking/lines/**", lambda route: route.fulfill(status=303, headers={"Location": "/login"}))
    phone.page.context.set_offline(False)
    lies_untouched(phone, "请先登录")


def test_a_mark_that_its_sheet_does_not_take_now_holds_up_no_other(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/sheets/{sheet_id()}")
    phone.page.context.set_offline(True)
    tap(phone, "冷库")
    tap(phone, "产业路")
    first = f"**/stocktaking/lines/{line_id('冷库')}/found"
    phone.page.route(first, lambda route: route.fulfill(status=409, body="no"))
    phone.page.context.set_offline(False)
    phone.page.locator("main li:has-text('产业路') [data-count-said]:has-text('已记下')").wait_for()
    said(phone, "系统正忙")
    assert (kept_marks(phone), [one.line_id for one in marks()]) == (1, [line_id("产业路")])


def test_a_sheet_that_was_submitted_meanwhile_takes_the_mark_when_it_is_sent_back(app: Flask, phone: Desk) -> None:
    waiting(phone)
    sheet = sheet_of(db.session.scalars(select(StockLine.campaign_id)).first() or 0)
    number = sheet.id
    counted(sheet)
    submitted(number)
    before = len(marks())
    phone.page.context.set_offline(False)
    said(phone, "盘点表不在盘点中")
    assert (kept_marks(phone), kept_photos(phone), len(marks())) == (1, 1, before)
    with transaction(VILLAGE):
        head = person("village_head")
        send_back(get_sheet(number, head), "冷库重盘", by=head)
    phone.page.evaluate(ONLINE)
    all_sent(phone)
    assert (len(marks()), len(photos())) == (before + 1, 1)


@pytest.mark.parametrize("script", ["", NO_LOCKS])
def test_two_windows_lose_nothing_and_double_nothing(app: Flask, phone: Desk, script: str) -> None:
    names = ("冷库", "产业路", "提灌站", "水池", "烤房")
    assets(*names)
    opened()
    phone.sign_in("village_clerk")
    phone.page.context.add_init_script(script)
    other = Desk.at(phone.page.context, phone.base)
    sent: list[str] = []
    phone.page.context.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    for desk in (phone, other):
        desk.open(f"/stocktaking/sheets/{sheet_id()}")
    phone.page.context.set_offline(True)
    for position, name in enumerate(names):
        tap((phone, other)[position % 2], name)
    sent.clear()
    phone.page.context.set_offline(False)
    for desk in (phone, other):
        all_sent(desk)
        assert "待发送" not in desk.page.inner_text("main")
    assert sorted(one.line_id for one in marks()) == sorted(map(line_id, names))
    assert script or len(sent) == len(names), "one window sends, the other looks on"


def test_a_phone_that_is_full_gives_the_form_back_and_keeps_no_orphan(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('QuotaExceededError'); };")
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    damaged(phone)
    said(phone, "这台手机存不下")
    assert (kept_marks(phone), kept_photos(phone), phone.page.input_value("[name=note]")) == (0, 0, "屋顶塌了一半")
    assert not phone.page.locator("main button:has-text('记下')").is_disabled()


def test_photos_that_cannot_be_read_again_are_told_as_lost_and_hold_up_nothing(app: Flask, phone: Desk) -> None:
    begun(phone)
    phone.open(f"/stocktaking/lines/{line_id('冷库')}")
    phone.page.context.set_offline(True)
    choose(phone, "闲置")
    phone.page.fill("[name=note]", "停用一年")
    phone.page.set_input_files("[name=file]", [picture("red")])
    phone.page.wait_for_timeout(500)
    press(phone, "记下")
    said(phone, "待发送 1")
    phone.page.evaluate("void (IDBFactory.prototype.open = () => { throw new Error('none'); })")
    phone.page.context.set_offline(False)
    said(phone, "照片已不在这台手机上")
    assert ([one.outcome for one in marks()], photos(), kept_marks(phone)) == (["IDLE"], [], 0)
