"""How a book begins and follows the cards: drafts that another person checks."""

from collections.abc import Sequence
from datetime import date

from registry.ledger.books.accounts import CHARTS
from registry.ledger.books.drafts.queries import waits_for
from registry.ledger.books.drafts.rules import AccountUnknown
from registry.ledger.books.drafts.services import propose
from registry.ledger.books.entries import BookDeed, Line, Source
from registry.ledger.books.models import Book, VoucherDraft
from registry.ledger.books.opening.queries import find_opening, list_differences, opening_cards
from registry.ledger.books.opening.rules import (
    Difference,
    DraftWaits,
    NothingDiffers,
    OpeningDone,
    OpeningTooLate,
    deed_of,
    lines_to_follow,
    opening_lines,
)
from registry.ledger.books.rules import BookKind
from registry.ledger.books.services import Head
from registry.permissions import Actor


def propose_opening(book: Book, typed: Sequence[Line], *, by: Actor, on: date) -> VoucherDraft:
    """Put opening balances before a checker: original value and depreciation from the cards, the rest as typed.

    Raises OpeningDone, OpeningTooLate, DraftWaits, AccountUnknown, NotBalanced, LineIncomplete.
    """
    _check_waiting(book, BookDeed.OPENING)
    if find_opening(book) is not None:
        raise OpeningDone
    if book.closed_month is not None:
        raise OpeningTooLate
    for line in typed:
        if line.account not in CHARTS[book.version]:
            raise AccountUnknown(field="lines", account=line.account)
    cards = opening_cards(book) if book.book_kind is BookKind.SUBSIDIARY else []
    head = Head(BookDeed.OPENING, book.opened_on, BookDeed.OPENING.label, Source("", 0))
    return propose(book, head, opening_lines(cards, typed, book.version), by=by, on=on)


def propose_assets(book: Book, difference: Difference, booked_on: date, *, by: Actor, on: date) -> VoucherDraft:
    """Put before a checker what brings the books in line with the cards that differ in one way.

    Raises DraftWaits, NothingDiffers and what propose() raises.
    """
    deed = deed_of(difference)
    _check_waiting(book, deed)
    lines = lines_to_follow(list_differences(book, booked_on), difference, book.version)
    if not lines or book.book_kind is BookKind.MEMORANDUM:
        raise NothingDiffers
    return propose(book, Head(deed, booked_on, deed.label, Source("", 0)), lines, by=by, on=on)


def _check_waiting(book: Book, deed: BookDeed) -> None:
    if waits_for(book, deed.value):
        raise DraftWaits(deed=deed.label)
