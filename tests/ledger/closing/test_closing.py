"""What a month has earned and not yet received: suggested by the dues, confirmed by one person, posted by another."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset
from registry.clock import today
from registry.database import db, transaction
from registry.ledger.books.entries import Source
from registry.ledger.books.models import Accrual, Book, BookPeriod, Posting, Voucher
from registry.ledger.books.periods.rules import ChangedSinceBegun
from registry.ledger.books.periods.services import close_period
from registry.ledger.books.queries import balance, vouchers_of
from registry.ledger.books.rules import PeriodState, month_of
from registry.ledger.books.services import open_book
from registry.ledger.books.soundness import unsound
from registry.ledger.operation.closing.queries import list_offers
from registry.ledger.operation.closing.rules import EarnedShare, MoreThanLeft, NotThisMonth
from registry.ledger.operation.closing.services import ask_to_close
from registry.ledger.operation.dues.plan import earned_by
from registry.ledger.operation.dues.services import void_dues
from registry.ledger.operation.receipts.at_hand import AtHand
from registry.ledger.operation.receipts.posting import accrue
from registry.parties.models import Party
from registry.places.services import set_go_live
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import made_by
from tests.ledger.books.screens import send, signed_in
from tests.ledger.receipts.receiving import RENT_FEN, due, let, posted, rent
from tests.rest.program import Program

JANUARY = month_of(date(2026, 1, 1))
MARCH = JANUARY + 2
A_MONTH = RENT_FEN // 3


@pytest.mark.parametrize(
    ("until", "fen"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 31), 100_00),
        (date(2026, 2, 28), 200_00),
        (date(2026, 6, 30), 600_00),
        (date(2026, 12, 31), 1200_00),
        (date(2027, 3, 1), 1200_00),
    ],
)
def test_a_years_rent_is_earned_month_by_month(until: date, fen: int) -> None:
    assert earned_by(1200_00, date(2026, 1, 1), date(2026, 12, 31), until) == fen


def test_a_month_begun_is_earned_by_its_days_and_the_last_month_takes_the_odd_fen() -> None:
    first, last = date(2026, 1, 16), date(2026, 4, 15)
    assert earned_by(100, first, last, date(2026, 1, 31)) == 100 * 16 // (3 * 31)
    assert [earned_by(100, first, last, date(2026, 2 + n, 15)) for n in range(3)] == [33, 66, 100]


@pytest.mark.parametrize(
    ("accrued", "still_open", "suggested"),
    [(0, 900, 300), (100, 900, 200), (300, 900, 0), (900, 900, 0), (0, 50, 50), (0, 0, 0)],
)
def test_no_more_is_suggested_than_is_earned_open_and_not_accrued(
    accrued: int, still_open: int, suggested: int
) -> None:
    share = EarnedShare(1, "x", date(2026, 1, 1), date(2026, 3, 31), 900, still_open, accrued)
    assert share.suggested_fen(date(2026, 1, 31)) == suggested


def let_store() -> tuple[int, int, list[int]]:
    """The book of a collective whose store is let by the quarter, the contract, and what is due under it."""
    contract_id, due_ids = let(confirmed())
    party = db.session.scalars(select(Party).where(Party.name == "华溪村股份经济合作社")).one()
    with transaction(VILLAGE):
        return open_book(party, by=person("village_clerk"), on=TODAY).id, contract_id, due_ids


def asked(book_id: int, month: int, accruals: dict[int, int] | None = None) -> None:
    with transaction(VILLAGE):
        ask_to_close(db.session.get_one(Book, book_id), month, accruals, by=person("village_clerk"), on=TODAY)


def closed(book_id: int, month: int, by: str = "village_head", seen: int | None = None) -> BookPeriod:
    with transaction(VILLAGE):
        return close_period(db.session.get_one(Book, book_id), month, by=person(by), on=TODAY, seen=seen)


def share_of(due_id: int) -> int:
    return due(due_id).shares[0].id


def receivable(book_id: int, on: date = TODAY) -> int:
    db.session.rollback()  # what was read before is old
    return balance(book_id, "112", None, on)


def test_a_month_is_closed_with_what_it_earned_and_the_receipt_accrues_only_the_rest(any_app: Flask) -> None:
    book_id, contract_id, due_ids = let_store()
    asked(book_id, JANUARY)
    assert db.session.scalar(select(func.count()).select_from(Voucher)) == 0
    assert closed(book_id, JANUARY).stage is PeriodState.CLOSED
    (voucher,) = vouchers_of(Source("due_share", share_of(due_ids[0])))
    assert (voucher.deed, voucher.debit_fen, voucher.booked_on) == ("INCOME_DUE", A_MONTH, date(2026, 1, 31))
    assert voucher.summary == "计提 2026-01 应收租金：中益冷链仓库2026年1月至3月，石柱冷链有限公司"
    assert (voucher.made_by_id, voucher.checked_by_id) == (person("village_clerk").id, person("village_head").id)
    assert db.session.scalar(select(Posting.contract_id).where(Posting.voucher_uid == voucher.uid)) == contract_id
    assert db.session.scalar(select(Accrual.id)) is None
    asked(book_id, JANUARY + 1)
    closed(book_id, JANUARY + 1)
    assert receivable(book_id) == 2 * A_MONTH
    posted(confirmed_store(), rent(contract_id=contract_id))
    amounts = [one.debit_fen for one in vouchers_of(Source("due_share", share_of(due_ids[0])))]
    assert amounts == [A_MONTH, A_MONTH, RENT_FEN - 2 * A_MONTH]
    assert receivable(book_id) == 0
    assert -balance(book_id, "501", None, TODAY) == RENT_FEN
    assert unsound() == []


def confirmed_store() -> Asset:
    """The store that is let."""
    return db.session.scalars(select(Asset)).one()


def test_what_was_received_is_not_accrued_again(app: Flask) -> None:
    book_id, contract_id, due_ids = let_store()
    posted(confirmed_store(), rent(contract_id=contract_id))
    assert share_of(due_ids[0]) not in {
        one.share.share_id for one in list_offers(db.session.get_one(Book, book_id), MARCH)
    }


def test_another_amount_is_confirmed_and_what_is_left_comes_later(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    share_id = share_of(due_ids[0])
    with pytest.raises(MoreThanLeft):
        asked(book_id, JANUARY, {share_id: RENT_FEN + 1})
    with pytest.raises(NotThisMonth):
        asked(book_id, JANUARY, {share_of(due_ids[1]): 1})
    asked(book_id, JANUARY, {share_id: 7_00})
    closed(book_id, JANUARY)
    (offer,) = list_offers(db.session.get_one(Book, book_id), JANUARY + 1)
    assert (offer.share.accrued_fen, offer.suggested_fen) == (7_00, 2 * A_MONTH - 7_00)
    asked(book_id, JANUARY + 1, {})
    closed(book_id, JANUARY + 1)
    assert receivable(book_id) == 7_00


def test_closing_is_asked_for_anew_if_something_was_posted_for_the_due_meanwhile(app: Flask) -> None:
    book_id, contract_id, _dues = let_store()
    asked(book_id, JANUARY)
    posted(confirmed_store(), rent(contract_id=contract_id))  # in November, so January's balances stay as they were
    with pytest.raises(ChangedSinceBegun):
        closed(book_id, JANUARY)
    asked(book_id, JANUARY)
    closed(book_id, JANUARY)
    assert receivable(book_id) == 0


def test_nobody_closes_what_they_have_not_looked_at(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    asked(book_id, JANUARY)
    seen = db.session.scalars(select(BookPeriod.version_id)).one()
    asked(book_id, JANUARY, {share_of(due_ids[0]): 1})
    with pytest.raises(ChangedSinceBegun):
        closed(book_id, JANUARY, seen=seen)
    closed(book_id, JANUARY, seen=seen + 1)


def test_a_due_that_falls_takes_its_accrual_back(any_app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    asked(book_id, JANUARY)
    closed(book_id, JANUARY)
    by = person("village_clerk")
    with transaction(VILLAGE):
        void_dues([due(due_ids[0]), due(due_ids[1])], "经营方退租", by=by, on=TODAY)
    assert receivable(book_id, date(2026, 1, 31)) == A_MONTH
    assert receivable(book_id) == 0
    accrual, red = vouchers_of(Source("due_share", share_of(due_ids[0])))
    assert (red.reverses_id, red.booked_on, red.made_by_id) == (accrual.id, TODAY, None)
    assert unsound() == []


def test_what_fell_due_before_the_books_began_is_not_accrued(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    by = person("county_clerk")
    with transaction(COUNTY):
        set_go_live(COUNTY, date(2026, 4, 1), basis="test", by=by)
    offers = list_offers(db.session.get_one(Book, book_id), JANUARY + 3)
    assert [one.due_id for one in offers] == [due_ids[1]]


def test_an_accrual_once_made_is_not_made_again_by_the_receipts(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    asked(book_id, JANUARY, {share_of(due_ids[0]): RENT_FEN})
    closed(book_id, JANUARY)
    with transaction(VILLAGE):
        accrue(due(due_ids[0]).shares[0], AtHand(), made_by=made_by(), by=person("village_head"), on=TODAY)
    assert receivable(book_id) == RENT_FEN


def test_the_accountant_confirms_on_a_page_and_the_head_closes(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    page, field = f"/books/{book_id}/periods", f"amount-{share_of(due_ids[0])}"
    begin = f"{page}/{JANUARY}/begin"
    assert begin in clerk.get(page).text
    assert 'value="10000.00"' in clerk.get(begin).text
    status, text = send(clerk, begin, **{field: "30000.01"})
    assert (status, "最多还能计提 30,000.00 元" in text, 'value="30000.01"' in text) == (422, True, True)
    assert send(clerk, begin, **{field: "12,000.50"})[0] == 303
    shown = head.get(page).text
    assert "计提 2026-01 应收租金：中益冷链仓库2026年1月至3月，石柱冷链有限公司" in shown
    assert "12,000.50" in shown
    assert send(head, f"{page}/{JANUARY}/close", page)[0] == 303
    assert receivable(book_id) == 1_200_050


def test_a_field_that_holds_no_amount_is_said_and_nothing_is_asked_for(app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    clerk = signed_in(app, "village_clerk")
    status, text = send(
        clerk, f"/books/{book_id}/periods/{JANUARY}/begin", **{f"amount-{share_of(due_ids[0])}": "一万"}
    )
    assert (status, 'value="一万"' in text, 'aria-invalid="true"' in text) == (422, True, True)
    assert db.session.scalar(select(BookPeriod.id)) is None


def test_a_month_of_no_book_has_no_page(app: Flask) -> None:
    book_id, _contract, _dues = let_store()
    clerk = signed_in(app, "village_clerk")
    for month in (JANUARY - 1, month_of(today()) + 1, 10**12):
        assert clerk.get(f"/books/{book_id}/periods/{month}/begin").status_code == 404


def test_programs_read_what_is_earned_and_say_what_is_accrued(any_app: Flask) -> None:
    book_id, _contract, due_ids = let_store()
    clerk, head = Program(any_app.test_client(), "village_clerk"), Program(any_app.test_client(), "village_head")
    address = f"/books/{book_id}/periods/202601"
    (row,) = clerk.get(f"{address}/accruals").json["items"]
    share_id = share_of(due_ids[0])
    assert (row["due_share_id"], row["suggested"], row["accrued"]) == (str(share_id), "10000.00", "0.00")
    wrong = clerk.post(f"{address}/begin", {"accruals": [{"due_share_id": share_id, "amount": "30000.01"}]})
    assert (wrong.status_code, wrong.json["type"]) == (422, "urn:fpa:problem:more-than-left"), wrong.text
    told = clerk.post(f"{address}/begin", {"accruals": [{"due_share_id": share_id, "amount": "9000.00"}]})
    assert told.status_code == 200, told.text
    assert head.post(f"{address}/close").json["state"] == "CLOSED"
    assert receivable(book_id) == 900_000
    assert clerk.post(f"/books/{book_id}/periods/202602/begin").json["state"] == "CLOSING"
    db.session.rollback()
    assert db.session.scalars(select(Accrual.amount_fen)).one() == 2 * A_MONTH - 900_000
