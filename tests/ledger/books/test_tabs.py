"""The tabs of a book: each says what it is, months stand by year, what was opened again says so at its row."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed, Line, Source
from registry.ledger.books.exchange.queries import brought_until
from registry.ledger.books.exchange.rules import BroughtLine
from registry.ledger.books.exchange.services import bring_numbers
from registry.ledger.books.models import Book, BookPeriod, Voucher
from registry.ledger.books.periods.queries import by_year
from registry.ledger.books.queries import list_postings
from registry.ledger.books.rules import month_of
from registry.ledger.books.services import Head, open_book, post_lines
from registry.ledger.books.showing import MOST_LINES, totals_of
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import book_of, closed, closed_until, made_by, posted, reopened
from tests.ledger.books.screens import signed_in

JANUARY = month_of(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("tab", "heading"),
    [("", "余额表"), ("/vouchers", "凭证"), ("/drafts", "待复核"), ("/assets", "资产入账"), ("/periods", "结账"),
     ("/exchange", "导出对接")],
)  # fmt: skip
def test_every_tab_has_its_own_heading_and_names_the_owner(app: Flask, tab: str, heading: str) -> None:
    book = book_of()
    page = signed_in(app, "village_clerk").get(f"/books/{book.id}{tab}").text
    assert f"<h1>{heading}</h1>" in page
    assert book.party.name in page
    assert f"{heading} · {book.party.name}" in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]  # type: ignore[index]


def test_months_stand_by_year_the_latest_first() -> None:
    months = [BookPeriod(month=month_of(date(*day, 1))) for day in ((2026, 2), (2026, 1), (2025, 12), (2024, 12))]
    found = [(year, [one.month for one in rows]) for year, rows in by_year(months)]
    assert found == [(2026, [JANUARY + 1, JANUARY]), (2025, [JANUARY - 1]), (2024, [JANUARY - 13])]
    assert by_year([]) == []


def test_earlier_years_are_folded(app: Flask) -> None:
    with transaction(VILLAGE):
        party = add_party(PartyFacts(OwnerKind.VILLAGE_COLLECTIVE, "老账合作社", VILLAGE), by=person("village_clerk"))
        book_id = open_book(party, by=person("village_clerk"), on=date(2025, 6, 1)).id
    closed_until(book_id, JANUARY)
    page = signed_in(app, "village_clerk").get(f"/books/{book_id}/periods").text
    latest, folded = page.split("2025 年（12 个月）")
    assert ">2026-01<" in latest
    assert ">2025-12<" in folded
    assert ">2025-12<" not in latest


def test_a_month_opened_and_closed_again_says_so_at_its_row(app: Flask) -> None:
    book_id, client = book_of().id, signed_in(app, "village_clerk")
    closed(book_id, JANUARY)
    page = f"/books/{book_id}/periods"
    assert "反结账后重结" not in client.get(page).text
    reopened(book_id, JANUARY)
    assert "已反结账" in client.get(page).text
    closed(book_id, JANUARY)
    shown = client.get(page).text
    assert "反结账后重结" in shown
    assert 'class="btn btn-outline-danger">申请反结账：2026-01' in shown


def test_a_month_without_business_shows_dashes_and_its_state(app: Flask) -> None:
    book_id = book_of().id
    posted(book_id, booked_on=date(2026, 1, 5))
    client = signed_in(app, "village_clerk")
    quiet = client.get(f"/books/{book_id}?month={JANUARY + 1}").text
    assert quiet.count(">—</td>") == 4
    assert client.get(f"/books/{book_id}?month={JANUARY}").text.count(">—</td>") == 2
    assert re.search(r"<h2>2026-02</h2><span[^>]*>未结账", quiet)


def brought(*vouchers: Voucher) -> None:
    """Let the platform's numbers of these vouchers come back."""
    lines = [
        BroughtLine(2, one.uid, line.account, line.debit_fen, line.credit_fen, f"三资-{one.number}")
        for one in vouchers
        for line in list_postings(one)
    ]
    with transaction(VILLAGE):
        bring_numbers(db.session.get_one(Book, vouchers[0].book_id), lines, by=person("village_clerk"))


def test_what_has_not_come_back_is_shown_first_and_up_to_when_all_has(app: Flask) -> None:
    book_id = book_of().id
    for number, day in enumerate((5, 6, 7), 1):
        posted(book_id, number * 100, booked_on=date(2026, 1, day), source=number)
    assert brought_until(db.session.get_one(Book, book_id)) is None
    vouchers = list(db.session.scalars(select(Voucher).order_by(Voucher.id)))
    labels = [one.label for one in vouchers]
    brought(vouchers[0], vouchers[2])
    assert brought_until(db.session.get_one(Book, book_id)) == date(2026, 1, 5)
    page = f"/books/{book_id}/exchange?year=2026"
    client = signed_in(app, "village_clerk")
    first, everything = client.get(page).text, client.get(f"{page}&open=0").text
    assert "2026-01-05 和以前的凭证都已导回" in first
    assert [label in first for label in labels] == [False, True, False]
    assert all(label in everything for label in labels)
    brought(vouchers[1])
    assert "这一年的凭证都已导回" in client.get(page).text
    assert brought_until(db.session.get_one(Book, book_id)) == date(2026, 1, 7)


def long_voucher(book_id: int, lines: int) -> Voucher:
    """A voucher that takes on many things at once."""
    found = [Line("151", "", 100, 0) for _ in range(lines - 1)] + [Line("311", "", 0, 100 * (lines - 1))]
    head = Head(BookDeed.OPENING, TODAY, "期初余额", Source("opening", 1))
    with transaction(VILLAGE):
        book = db.session.get_one(Book, book_id)
        return post_lines(book, head, found, made_by=made_by(), by=person("village_head"), on=TODAY)


def test_a_long_voucher_shows_what_each_account_comes_to_before_its_lines(app: Flask) -> None:
    book_id, client = book_of().id, signed_in(app, "village_clerk")
    short, long = long_voucher(book_id, MOST_LINES), long_voucher(book_id, MOST_LINES + 1)
    assert totals_of(list_postings(short)) == []
    assert [(one.account, one.lines, one.debit_fen, one.credit_fen) for one in totals_of(list_postings(long))] == [
        ("151", MOST_LINES, 1_200, 0), ("311", 1, 0, 1_200),
    ]  # fmt: skip
    assert "按科目汇总" not in client.get(f"/vouchers/{short.id}").text
    page = client.get(f"/vouchers/{long.id}").text
    assert "按科目汇总" in page
    assert "看全部 13 条分录" in page
