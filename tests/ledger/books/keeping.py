"""A collective with a book, and entries to post."""

from datetime import date

from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.books.drafts.rules import DraftFacts
from registry.ledger.books.drafts.services import check_draft, make_draft
from registry.ledger.books.entries import BookDeed, Entry, Source
from registry.ledger.books.models import Book, BookPeriod, Reopening, Voucher, VoucherDraft
from registry.ledger.books.periods.queries import next_to_close
from registry.ledger.books.periods.services import answer_reopening, ask_reopening, begin_close, close_period
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


def facts(deed: BookDeed = BookDeed.ADMIN_COST, amount_fen: int = 80_00, **more: object) -> DraftFacts:
    """A voucher filled in by hand."""
    known: dict[str, object] = {"summary": "办公用品", "booked_on": TODAY, **more}
    return DraftFacts(deed, amount_fen=amount_fen, **known)  # type: ignore[arg-type]


def drafted(book_id: int, filled: DraftFacts | None = None, by: str = CLERK, on: date = TODAY) -> VoucherDraft:
    """A draft of the clerk's."""
    with transaction(VILLAGE):
        book = db.session.get_one(Book, book_id)
        return make_draft(book, filled or facts(), (), by=person(by), on=on)


def checked(draft_id: int, by: str = HEAD, on: date = TODAY) -> Voucher:
    """A draft posted by another person."""
    with transaction(VILLAGE):
        return check_draft(db.session.get_one(VoucherDraft, draft_id), by=person(by), on=on)


def closed(book_id: int, month: int, *, begun_by: str = CLERK, by: str = HEAD, on: date = TODAY) -> BookPeriod:
    """A month closed by two persons."""
    with transaction(VILLAGE):
        begin_close(db.session.get_one(Book, book_id), month, by=person(begun_by), on=on)
    with transaction(VILLAGE):
        return close_period(db.session.get_one(Book, book_id), month, by=person(by), on=on)


def closed_until(book_id: int, month: int, on: date = TODAY) -> None:
    """All months from the first open one up to this."""
    book = db.session.get_one(Book, book_id)
    for one in range(next_to_close(book), month + 1):
        closed(book_id, one, on=on)


def reopened(book_id: int, month: int, by: str = "township_supervisor") -> Reopening:
    """The last closed month, opened again."""
    with transaction(VILLAGE):
        asked = ask_reopening(db.session.get_one(Book, book_id), month, "漏记电费", by=person(CLERK))
    with transaction(VILLAGE):
        found = db.session.get_one(Reopening, asked.id)
        answer_reopening(found, "同意", agreed=True, by=person(by))
        return found
