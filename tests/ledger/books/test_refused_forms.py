"""A form of the books that somebody else overtook is shown again: 409, the message at its place, nothing typed lost."""

from datetime import date

from flask import Flask
from sqlalchemy import func, select

from registry.database import db, transaction
from registry.ledger.books.drafts.services import change_draft, make_reversal
from registry.ledger.books.models import Book, BookPeriod, Reopening, Voucher, VoucherDraft
from registry.ledger.books.periods.services import ask_reopening, begin_close, close_period
from registry.ledger.books.rules import month_of
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, checked, closed_until, drafted, facts, posted
from tests.ledger.books.screens import FILLED, beside, send, signed_in

JANUARY = month_of(date(2026, 1, 1))
LATE = {**FILLED, "booked_on": "2026-01-31"}
CLOSED = "2026-01 已经结账，不能再记这一天的账；请记在当月，或先办反结账。"


def rows_of(model: type) -> int:
    """How many rows a table holds."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def changed(draft_id: int, fen: int) -> None:
    """Another window saves the draft first."""
    with transaction(VILLAGE):
        draft = db.session.get_one(VoucherDraft, draft_id)
        change_draft(draft, facts(amount_fen=fen), by=person("village_clerk"), on=TODAY)


def test_a_voucher_for_a_closed_month_is_refused_beside_its_day(app: Flask) -> None:
    book_id = book_of().id
    closed_until(book_id, JANUARY)
    status, text = send(signed_in(app, "village_clerk"), f"/books/{book_id}/drafts/new", **LATE)
    assert (status, beside(text, "booked_on")) == (409, CLOSED)
    assert [part for part in ('value="126.50"', 'value="付电费"', 'value="2026-01-31"') if part not in text] == []
    assert rows_of(VoucherDraft) == 0


def test_a_draft_that_somebody_saved_first_shows_both_and_is_sent_again_on_purpose(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    changed(draft_id, 90_00)
    client, url = signed_in(app, "village_clerk"), f"/books/drafts/{draft_id}/edit"
    status, text = send(client, url, **{**FILLED, "version": "1"})
    assert status == 409
    assert "这张凭证草稿刚刚改过" in text
    kept = ("90.00", 'value="126.50"', 'value="付电费"', 'name="version" type="hidden" value="2"')
    assert [part for part in kept if part not in text] == []
    assert db.session.get_one(VoucherDraft, draft_id).total_fen == 90_00
    db.session.rollback()
    assert send(client, url, **{**FILLED, "version": "2"})[0] == 303
    assert db.session.get_one(VoucherDraft, draft_id).total_fen == 126_50


def test_a_stale_draft_with_another_fault_keeps_its_old_version(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    changed(draft_id, 90_00)
    client, url = signed_in(app, "village_clerk"), f"/books/drafts/{draft_id}/edit"
    status, text = send(client, url, **{**FILLED, "version": "1", "summary": ""})
    assert (status, 'name="version" type="hidden" value="1"' in text) == (422, True)


def test_a_checker_whose_draft_changed_meanwhile_keeps_what_was_said(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    changed(draft_id, 90_00)
    client, url = signed_in(app, "village_head"), f"/books/drafts/{draft_id}"
    status, text = send(client, f"{url}/check", url, answer="post", reason="看过了", version="1")
    assert (status, "这张凭证草稿刚刚改过" in text, "看过了" in text) == (409, True, True)
    assert rows_of(Voucher) == 0
    assert send(client, f"{url}/check", url, answer="post")[0] == 303


def test_a_checker_is_told_on_the_draft_that_it_was_posted_already(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    client, url = signed_in(app, "village_head"), f"/books/drafts/{draft_id}"
    page = f"/books/{db.session.get_one(VoucherDraft, draft_id).book_id}/periods"
    db.session.rollback()
    checked(draft_id)
    status, text = send(client, f"{url}/check", page, answer="back", reason="没有发票", version="2")
    assert (status, "已经记账，不能再办" in text) == (409, True)


def test_a_voucher_that_waits_to_be_undone_is_not_undone_twice_and_the_reason_stays(app: Flask) -> None:
    voucher = posted(book_of().id)
    with transaction(VILLAGE):
        make_reversal(db.session.get_one(Voucher, voucher.id), "记错村", by=person("village_clerk"), on=TODAY)
    status, text = send(signed_in(app, "village_clerk"), f"/vouchers/{voucher.id}/reverse", reason="金额也不对")
    assert (status, "已在等待复核" in text, "金额也不对" in text) == (409, True, True)


def test_closing_that_was_overtaken_keeps_its_page(app: Flask) -> None:
    book_id = book_of().id
    drafted(book_id, facts(booked_on=date(2026, 1, 20)))
    clerk, url = signed_in(app, "village_clerk"), f"/books/{book_id}/periods/{JANUARY}/begin"
    status, text = send(clerk, url)
    assert (status, "还有 1 张待复核的凭证" in text, "确认，申请结账" in text) == (409, True, True)
    assert rows_of(BookPeriod) == 0


def test_who_closes_what_changed_is_told_on_the_page_of_closing(app: Flask) -> None:
    book_id = book_of().id
    with transaction(VILLAGE):
        begin_close(db.session.get_one(Book, book_id), JANUARY, by=person("village_clerk"), on=TODAY)
    head, page = signed_in(app, "village_head"), f"/books/{book_id}/periods"
    status, text = send(head, f"{page}/{JANUARY}/close", page, version="7")
    assert (status, "请制单人核对后重新申请" in text, "核对无误，结账" in text) == (409, True, True)
    with transaction(VILLAGE):
        close_period(db.session.get_one(Book, book_id), JANUARY, by=person("village_head"), on=TODAY)
    status, text = send(head, f"{page}/{JANUARY}/close", page)
    assert (status, "请先结 2026-02 的账" in text) == (409, True)


def test_a_second_wish_to_open_a_month_again_keeps_its_reason(app: Flask) -> None:
    book_id = book_of().id
    closed_until(book_id, JANUARY)
    clerk, page = signed_in(app, "village_clerk"), f"/books/{book_id}/periods"
    with transaction(VILLAGE):
        ask_reopening(db.session.get_one(Book, book_id), JANUARY, "漏记电费", by=person("village_clerk"))
    asked = f"/books/{book_id}/drafts/new"
    status, text = send(clerk, f"{page}/{JANUARY}/reopen", asked, reason="也漏记了水费")
    assert (status, "正在等上级答复" in text, "也漏记了水费" in text) == (409, True, True)
    assert rows_of(Reopening) == 1


def test_opening_balances_entered_twice_are_not_lost(app: Flask) -> None:
    book_id = book_of().id
    client, url = signed_in(app, "village_clerk"), f"/books/{book_id}/opening"
    lines = {"lines-0-place": "102", "lines-0-debit": "5000", "lines-1-place": "322-UNDISTRIBUTED"}
    first = {**lines, "lines-1-credit": "5000"}
    assert send(client, url, **first)[0] == 303
    status, text = send(client, url, f"/books/{book_id}/drafts/new", **first)
    assert (status, "的草稿在等复核" in text, 'value="5000"' in text) == (409, True, True)


def test_assets_are_not_taken_on_in_a_closed_month_and_the_message_stands_beside_the_day(app: Flask) -> None:
    confirmed()
    book_id = book_of().id
    closed_until(book_id, JANUARY)
    url = f"/books/{book_id}/assets"
    status, text = send(signed_in(app, "village_clerk"), url, difference="NEW", booked_on="2026-01-31")
    assert (status, beside(text, "booked_on")) == (409, CLOSED)
    assert 'value="2026-01-31"' in text
    assert 'href="#booked_on"' in text
