"""Questions about the exchange: what goes out, what has come back."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from registry.database import db
from registry.ledger.books.accounts import CHARTS, Detail
from registry.ledger.books.exchange.rules import OwnVoucher
from registry.ledger.books.models import Book, PlatformNumber, Posting, Voucher
from registry.ledger.books.queries import list_journal
from registry.spreadsheet import Cell


def numbers_of(voucher_ids: list[int]) -> dict[int, str]:
    """Return the platform's numbers of these vouchers."""
    rows = select(PlatformNumber.voucher_id, PlatformNumber.number).where(PlatformNumber.voucher_id.in_(voucher_ids))
    return {row.voucher_id: row.number for row in db.session.execute(rows)}


def export_rows(book: Book, first: date, last: date) -> Iterator[tuple[Cell, ...]]:
    """Return the lines of all vouchers between two days as the file has them, one after the other."""
    lines = list_journal(book, first, last)
    numbers = numbers_of(sorted({voucher.id for voucher, _ in lines}))
    accounts = CHARTS[book.version]
    for voucher, posting in lines:
        yield (
            voucher.label, voucher.booked_on.isoformat(), voucher.summary, posting.account,
            accounts[posting.account].name, Detail(posting.detail).label if posting.detail else "",
            posting.debit_fen or None, posting.credit_fen or None, voucher.made_by_text, voucher.checked_by_text,
            numbers.get(voucher.id, ""), voucher.uid,
        )  # fmt: skip


def own_vouchers(book: Book, uids: list[str]) -> dict[str, OwnVoucher]:
    """Return the vouchers of a book that a file names, by their mark."""
    known = {one.uid: one for one in _named(book, uids)}
    lines: dict[str, list[tuple[str, int, int]]] = {uid: [] for uid in known}
    for start in range(0, len(uids), _AT_ONCE):
        rows = select(Posting).where(
            Posting.voucher_uid.in_(uids[start : start + _AT_ONCE]), Posting.book_id == book.id
        )
        for posting in db.session.scalars(rows):
            lines[posting.voucher_uid].append((posting.account, posting.debit_fen, posting.credit_fen))
    numbers = numbers_of([one.id for one in known.values()])
    return {
        uid: OwnVoucher(one.id, one.label, tuple(lines[uid]), numbers.get(one.id, "")) for uid, one in known.items()
    }  # fmt: skip


_AT_ONCE = 500


def _named(book: Book, uids: list[str]) -> list[Voucher]:
    found: list[Voucher] = []
    for start in range(0, len(uids), _AT_ONCE):
        rows = select(Voucher).where(Voucher.book_id == book.id, Voucher.uid.in_(uids[start : start + _AT_ONCE]))
        found += db.session.scalars(rows)
    return found


def count_exchanged(book: Book, first: date, last: date) -> tuple[int, int]:
    """Return how many vouchers stand between two days, and for how many the platform's number has come back."""
    rows = select(func.count(Voucher.id), func.count(PlatformNumber.id)).outerjoin(
        PlatformNumber, PlatformNumber.voucher_id == Voucher.id
    )
    all_of, back = db.session.execute(
        rows.where(Voucher.book_id == book.id, Voucher.booked_on.between(first, last))
    ).one()
    return all_of, back


def list_exchanged(
    book: Book, first: date, last: date, *, open_only: bool, after: int = 0, limit: int = 50
) -> list[tuple[Voucher, str]]:
    """Return vouchers between two days with the platform's number, in order; only those without one if asked."""
    rows = select(Voucher, PlatformNumber.number).outerjoin(PlatformNumber, PlatformNumber.voucher_id == Voucher.id)
    rows = rows.where(Voucher.book_id == book.id, Voucher.booked_on.between(first, last), Voucher.id > after)
    rows = rows.where(PlatformNumber.id.is_(None)) if open_only else rows
    found = db.session.execute(rows.order_by(Voucher.id).limit(limit))
    return [(voucher, number or "") for voucher, number in found]


def brought_until(book: Book) -> date | None:
    """Return the last day up to which every voucher has come back; None if the first has not."""
    rows = select(Voucher.booked_on).outerjoin(PlatformNumber, PlatformNumber.voucher_id == Voucher.id)
    rows = rows.where(Voucher.book_id == book.id)
    first_open = db.session.scalar(rows.where(PlatformNumber.id.is_(None)).order_by(Voucher.booked_on).limit(1))
    back = rows.where(PlatformNumber.id.is_not(None))
    back = back.where(Voucher.booked_on < first_open) if first_open is not None else back
    return db.session.scalar(back.order_by(Voucher.booked_on.desc()).limit(1))
