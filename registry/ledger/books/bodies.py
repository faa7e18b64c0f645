"""Books and vouchers as the JSON resources answer with them."""

from typing import Any

from registry.ledger.books.models import Book, Voucher
from registry.ledger.books.queries import find_reversal, list_postings
from registry.ledger.books.rules import say_month
from registry.ledger.books.schemas import BookRow, PostingRow, VoucherRow

_PLAIN = ("id", "version_id", "region_code", "party_id", "kind", "chart", "opened_on")


def book_body(book: Book) -> dict[str, Any]:
    """Write a book."""
    plain = {name: getattr(book, name) for name in _PLAIN}
    closed = None if book.closed_month is None else say_month(book.closed_month)
    body: dict[str, Any] = BookRow().dump({**plain, "owner": book.party.name, "closed_month": closed})
    return body


def voucher_body(voucher: Voucher) -> dict[str, Any]:
    """Write a voucher with its lines and what undid it."""
    reversal = find_reversal(voucher)
    lines = PostingRow(many=True).dump(list_postings(voucher))
    return {**VoucherRow().dump(voucher), "lines": lines, "reversed_by_id": str(reversal.id) if reversal else None}
