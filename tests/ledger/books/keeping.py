"""A collective with a book, and entries to post."""

from datetime import date

from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.entries import BookDeed, Entry, Source
from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import maker, open_book, post
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from tests.factories import TODAY, VILLAGE, person

CLERK, HEAD = "village_clerk", "village_head"


def book_of(name: str = "华溪村股份经济合作社", kind: OwnerKind = OwnerKind.VILLAGE_COLLECTIVE) -> Book:
    """The book of an owner in the village, opened."""
    with transaction(VILLAGE):
        party = add_party(PartyFacts(kind, name, VILLAGE), by=person(CLERK))
        return open_book(party, by=person(CLERK), on=TODAY)


def made_by(username: str = CLERK) -> Maker:
    return maker(person(username))


def posted(
    book_id: int, amount_fen: int = 100_00, deed: BookDeed = BookDeed.INCOME_RECEIVED, *, booked_on: date | None = None,
    source: int = 1, by: str = HEAD,
) -> Voucher:  # fmt: skip
    """A voucher made by the clerk and checked by the head."""
    entry = Entry(deed, amount_fen, Source("receipt", source), booked_on=booked_on)
    with transaction(VILLAGE):
        return post(db.session.get_one(Book, book_id), entry, made_by=made_by(), by=person(by), on=TODAY)
