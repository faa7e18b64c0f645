"""From the sale of one machine to the next: carried out, paid later, used again, and the books close over it."""

from flask import Flask
from sqlalchemy import select

from registry.database import db
from registry.disposal.proceeds.kinds import Purpose
from registry.disposal.proceeds.models import Proceeds
from registry.disposal.proceeds.queries import origins_of
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.books.soundness import unsound
from tests.disposal.execution.doing import balance, book_opened, carried_out
from tests.disposal.proceeds.making import CLERK, met, read, received, used
from tests.disposal.scenery import asset_of, machine
from tests.disposal.selling import sold_case
from tests.factories import TODAY, person

#: What a machine of 40,000 yuan sold for 42,000 gains above its net value and a cost of 300.
GAIN = 2_936_666


def sold(number: str, *, is_paid: bool) -> int:
    """Sell a machine for 42,000 yuan; the account of what it fetched."""
    case_id = sold_case(number, fen=4_200_000)
    carried_out(case_id, cost_fen=30_000, is_paid=is_paid)
    return db.session.scalars(select(Proceeds.id).where(Proceeds.case_id == case_id)).one()


def test_a_price_paid_later_becomes_the_next_machine_and_every_sum_holds(any_app: Flask) -> None:
    assert any_app
    old, new = machine(), machine("新烘干机", 3_000_000)
    book_id = book_opened().id
    key = sold(old, is_paid=False)
    book = db.session.get_one(Book, book_id)
    bank = balance(book, "102")
    assert (read(key).balance_fen, read(key).open_fen, balance(book, "112")) == (0, 4_200_000, 4_200_000)
    received(key, 2_000_000)
    received(key, 2_200_000)
    assert (balance(book, "112"), balance(book, "154"), balance(book, "102")) == (0, 0, bank + 4_200_000)
    assert read(key).balance_fen == 4_170_000
    used(key, purpose=Purpose.NEW_ASSET, asset_no=new, amount_fen=3_000_000, meeting_id=met(), note="购置烘干机")
    used(key, amount_fen=1_170_000, note="维修产业路")
    assert (read(key).balance_fen, balance(book, "102")) == (0, bank + 30_000), "the cost was paid when it was sold"
    assert spent(book, "DISPOSAL_FUND") == GAIN, "of the gain all is used and no more"
    assert spent(book, "FUND") == 4_170_000 - GAIN
    origin = origins_of(asset_of(new), person(CLERK))[0]
    assert origin.sold == ((old, "烘干机"),)
    assert unsound() == []


def spent(book: Book, detail: str) -> int:
    """What uses took out of a detail of 311."""
    rows = (
        select(Posting.debit_fen)
        .join(Voucher, Voucher.uid == Posting.voucher_uid)
        .where(Posting.book_id == book.id, Posting.detail == detail, Voucher.source_table == "proceeds_use")
    )
    return sum(db.session.scalars(rows))


def test_a_price_paid_at_once_is_posted_once(app: Flask) -> None:
    assert app
    old = machine()
    book_id = book_opened().id
    before = balance(db.session.get_one(Book, book_id), "102")
    key = sold(old, is_paid=True)
    book = db.session.get_one(Book, book_id)
    assert balance(book, "102") == before + 4_200_000 - 30_000
    assert (read(key).received_fen, read(key).balance_fen, read(key).opened_on) == (4_200_000, 4_170_000, TODAY)
