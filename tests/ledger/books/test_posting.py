"""Posting is one door: two persons, in order, balanced, final; the database itself forbids the rest."""

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed, Source
from registry.ledger.books.ledgers import LedgerPage, Spot, Stretch, ledger_page, parse_spot
from registry.ledger.books.models import AccountSum, Book, Posting, Voucher
from registry.ledger.books.queries import (
    balance,
    find_book,
    find_voucher,
    list_journal,
    list_postings,
    trial_balance,
    vouchers_of,
)
from registry.ledger.books.rules import (
    AheadOfTime,
    AlreadyReversed,
    BeforeOpening,
    NotReversible,
    SamePerson,
    month_of,
)
from registry.ledger.books.services import KeepsNoBook, maker, reverse
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.books.keeping import book_of, made_by, posted


def reversed_of(voucher: Voucher, by: str = "village_head", made: str = "village_clerk") -> Voucher:
    with transaction(VILLAGE):
        found = db.session.get_one(Voucher, voucher.id)
        return reverse(found, "记错金额", made_by=maker(person(made)), by=person(by), on=TODAY)


def test_vouchers_are_numbered_without_gaps_per_book_and_year(any_app: Flask) -> None:
    one, other = book_of(), book_of("坪坝村股份经济合作社")
    numbers = [posted(one.id).number, posted(one.id).number, posted(other.id).number, posted(one.id).number]
    assert numbers == [1, 2, 1, 3]
    assert posted(one.id).label == "记-2026-0004"


def test_the_sums_are_those_of_the_postings(any_app: Flask) -> None:
    book = book_of()
    posted(book.id, 300_00)
    reversed_of(posted(book.id, 120_50))
    posted(book.id, 80_00, BookDeed.INCOME_DUE)
    kept = db.session.execute(
        select(AccountSum.account, AccountSum.debit_fen, AccountSum.credit_fen).order_by(AccountSum.account)
    )
    added = db.session.execute(
        select(Posting.account, func.sum(Posting.debit_fen), func.sum(Posting.credit_fen))
        .group_by(Posting.account)
        .order_by(Posting.account)
    )
    assert [tuple(map(str, row)) for row in kept] == [tuple(map(str, row)) for row in added]
    assert balance(book.id, "102", None, TODAY) == 300_00
    rows = {row.account.code: row.closing_fen for row in trial_balance(book, month_of(TODAY))}
    assert rows == {"102": 300_00, "112": 80_00, "501": -380_00}


def test_a_ledger_carries_its_balance_and_the_journal_every_line(any_app: Flask) -> None:
    book = book_of()
    posted(book.id, 300_00, booked_on=date(2026, 3, 5))
    posted(book.id, 50_00, BookDeed.ADMIN_COST)
    ledger = ledger_page(book, Stretch("102", date(2026, 11, 1), TODAY))
    assert (ledger.opening_fen, [line.balance_fen for line in ledger.lines]) == (300_00, [250_00])
    assert ledger_page(book, Stretch("501", date(2026, 1, 1), TODAY)).lines[0].balance_fen == 300_00
    assert len(list_journal(book, date(2026, 1, 1), TODAY)) == 4


def test_a_ledger_is_walked_page_by_page_in_both_directions(any_app: Flask) -> None:
    book = book_of()
    for day in (3, 1, 2, 2, 2, 3, 1):
        posted(book.id, day * 100, booked_on=date(2026, 3, day))
    posted(book.id, 50_00, booked_on=date(2026, 2, 1))
    wanted = Stretch("102", date(2026, 3, 1), TODAY)
    (whole,) = walk(book, wanted, 50)
    assert [one.debit_fen for one in whole.lines] == [100, 100, 200, 200, 200, 300, 300]
    assert (whole.opening_fen, whole.lines[-1].balance_fen) == (50_00, 64_00)
    for limit in (1, 2, 3, 7):
        pages = walk(book, wanted, limit)
        assert tuple(line for page in pages for line in page.lines) == whole.lines
        assert [page.opening_fen for page in pages[1:]] == [page.lines[-1].balance_fen for page in pages[:-1]]
        back = ledger_page(book, wanted, before=pages[-1].lines[0].spot, limit=limit)
        assert back.lines == (pages[-2].lines if len(pages) > 1 else ())
        last = ledger_page(book, wanted, before=Spot(TODAY, 10**15), limit=limit)
        assert (last.lines, last.has_after) == (whole.lines[-limit:], False)


def walk(book: Book, wanted: Stretch, limit: int) -> list[LedgerPage]:
    """Every page of a ledger from its beginning."""
    pages = [ledger_page(book, wanted, limit=limit)]
    while pages[-1].has_after:
        pages.append(ledger_page(book, wanted, after=pages[-1].lines[-1].spot, limit=limit))
    return pages


@pytest.mark.parametrize("text", ["", "2026-03-01", "2026-13-01.5", "2026-03-01.x", "2026-03-01.-1", "2026-03-01.٣"])
def test_what_names_no_line_is_no_place(text: str) -> None:
    assert parse_spot(text) is None
    assert parse_spot("2026-03-01.5") == Spot(date(2026, 3, 1), 5)


def test_a_mistake_is_reversed_once_in_red(any_app: Flask) -> None:
    book = book_of()
    wrong = posted(book.id, 300_00, source=7)
    red = reversed_of(wrong)
    assert [(one.debit_fen, one.credit_fen) for one in list_postings(red)] == [(-300_00, 0), (0, -300_00)]
    assert balance(book.id, "102", None, TODAY) == 0
    with pytest.raises(AlreadyReversed):
        reversed_of(wrong)
    with pytest.raises(NotReversible):
        reversed_of(red)
    again = posted(book.id, 30_00, source=7)
    assert [one.id for one in vouchers_of(Source("receipt", 7))] == [wrong.id, red.id, again.id]
    assert find_voucher(Source("receipt", 7)) == again


def test_nobody_checks_what_they_made(any_app: Flask) -> None:
    book = book_of()
    with pytest.raises(SamePerson):
        posted(book.id, by="village_clerk")
    wrong = posted(book.id)
    with pytest.raises(SamePerson):
        reversed_of(wrong, by="village_clerk")
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 2


@pytest.mark.parametrize(
    ("booked_on", "error"), [(date(2025, 12, 31), BeforeOpening), (date(2026, 11, 24), AheadOfTime)]
)
def test_a_day_outside_the_book_is_refused(any_app: Flask, booked_on: date, error: type[Exception]) -> None:
    book = book_of()
    with pytest.raises(error):
        posted(book.id, booked_on=booked_on)


def test_only_whose_money_is_kept_here_has_a_book(any_app: Flask) -> None:
    with pytest.raises(KeepsNoBook):
        book_of("石柱县鲜达公司", OwnerKind.ENTERPRISE)
    book = book_of("中益乡人民政府", OwnerKind.TOWNSHIP)
    voucher = posted(book.id, 10_00)
    assert [one.account for one in list_postings(voucher)] == ["B01", "B11"]
    assert find_book(book.party_id) == book


LINE = (
    "INSERT INTO posting (voucher_uid, position, region_code, book_id, month, booked_on, account, detail, debit_fen, "
    "credit_fen, use) VALUES ('{uid}', {position}, '{region}', {book}, {month}, '{day}', '102', '', {debit}, {credit}, "
    "'')"
)
HEAD = (
    "INSERT INTO voucher (uid, region_code, book_id, year, month, number, booked_on, deed, summary, debit_fen, "
    "credit_fen, source_table, source_id, made_by_text, checked_by_text, posted_at{more}) VALUES ('{uid}', '{region}', "
    "{book}, {year}, {month}, {number}, '{day}', 'TYPED', 'x', {debit}, {credit}, 'x', 1, 'x', 'x', "
    "'2026-11-23T00:00:00.000000Z'{value})"
)
GOOD: dict[str, Any] = {
    "uid": "f" * 32, "region": VILLAGE, "year": 2026, "month": month_of(TODAY), "day": TODAY.isoformat(), "number": 2,
    "debit": 5, "credit": 5, "more": "", "value": "", "line_debit": 5, "line_credit": 5, "line_month": month_of(TODAY),
}  # fmt: skip
ATTACKS: dict[str, dict[str, Any]] = {
    "a number left out": {"number": 3},
    "a number taken twice": {"number": 1},
    "sides that differ": {"debit": 6},
    "more than its lines": {"debit": 6, "credit": 6},
    "lines that do not balance": {"line_debit": 4},
    "another year": {"year": 2025, "number": 1},
    "lines of another month": {"line_month": month_of(TODAY) - 1},
    "no lines": {"line_debit": 0, "line_credit": 0},
}


@contextlib.contextmanager
def burgled() -> Iterator[Connection]:
    """A connection past the application, which lets nothing through that the trail does not carry."""
    engine = create_engine(db.engine.url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA foreign_keys = ON"))
        yield connection
    engine.dispose()


def smuggle(book_id: int, **changes: Any) -> None:
    """Insert a voucher past the application, through its own connection."""
    facts = {**GOOD, "book": book_id, **changes}
    with burgled() as connection:
        lines = [(facts["line_debit"], 0), (0, facts["line_credit"])]
        for position, (debit, credit) in enumerate(lines):
            if debit or credit:
                line = {**facts, "position": position, "debit": debit, "credit": credit, "month": facts["line_month"]}
                connection.execute(text(LINE.format(**line)))
        connection.execute(text(HEAD.format(**facts)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses_a_voucher_with(any_app: Flask, attack: str) -> None:
    book_id = book_of().id
    posted(book_id)
    db.session.rollback()
    with pytest.raises(DBAPIError):
        smuggle(book_id, **ATTACKS[attack])
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 1


def test_the_attack_itself_would_work_with_nothing_wrong_in_it(any_app: Flask) -> None:
    book_id = book_of().id
    posted(book_id)
    db.session.rollback()
    smuggle(book_id)
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 2


def test_the_database_refuses_a_line_after_its_voucher_and_a_line_without_one(any_app: Flask) -> None:
    voucher = posted(book_of().id)
    facts = {**GOOD, "book": voucher.book_id, "position": 9, "debit": 5, "credit": 0}
    db.session.rollback()
    for uid in (voucher.uid, "e" * 32):
        with pytest.raises(DBAPIError), burgled() as connection:
            connection.execute(text(LINE.format(**{**facts, "uid": uid})))
    assert made_by().user_id == person("village_clerk").id
