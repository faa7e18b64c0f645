"""The ledger of one account (明细账), page by page: every line with the balance after it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from registry.database import db
from registry.ledger.books.accounts import CHARTS, Account, Side
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.books.queries import balance

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Which lines are wanted: of an account, of one detail or of all, between two days."""

    code: str
    first: date
    last: date
    detail: str | None = None


@dataclass(frozen=True)
class Spot:
    """Where a page begins or ends: the day and number of a line."""

    day: date
    posting_id: int

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.day.isoformat()}.{self.posting_id}"


@dataclass(frozen=True)
class LedgerLine:
    """One line of an account's ledger, with the balance after it; positive is on the account's own side."""

    spot: Spot
    voucher_id: int
    label: str
    summary: str
    debit_fen: int
    credit_fen: int
    balance_fen: int

    @property
    def booked_on(self) -> date:
        return self.spot.day


@dataclass(frozen=True)
class LedgerPage:
    """Lines of an account in order; ``opening_fen`` is what it held before the first of them."""

    account: Account
    opening_fen: int
    lines: tuple[LedgerLine, ...]
    has_before: bool
    has_after: bool


def parse_spot(text: str) -> Spot | None:
    """Return the place that an address names; None if it names none."""
    day, _, number = text.partition(".")
    try:
        return Spot(date.fromisoformat(day), int(number)) if number.isascii() and number.isdigit() else None
    except ValueError:
        return None


def ledger_page(
    book: Book, wanted: Stretch, *, after: Spot | None = None, before: Spot | None = None, limit: int = 50
) -> LedgerPage:
    """Return a page of an account's ledger: from its beginning, after a line, or the last lines before one."""
    account = CHARTS[book.version][wanted.code]
    rows = select(Posting, Voucher).join(Voucher, Voucher.uid == Posting.voucher_uid).where(*_of(book, wanted))
    if before is not None:
        found = _read(rows.where(_earlier(before)).order_by(Posting.booked_on.desc(), Posting.id.desc()), limit)
        kept, has_before, has_after = found[:limit][::-1], len(found) > limit, _reaches_on(rows, before)
    else:
        rows = rows.where(_later(after)) if after is not None else rows
        found = _read(rows.order_by(Posting.booked_on, Posting.id), limit)
        kept, has_before, has_after = found[:limit], after is not None, len(found) > limit
    sign = 1 if account.side is Side.DEBIT else -1
    opening = _held_before(book, wanted, kept[0][0] if kept else None) * sign
    return LedgerPage(account, opening, _lines(kept, opening, sign), has_before, has_after)


def _read(rows: Select[Posting, Voucher], limit: int) -> list[tuple[Posting, Voucher]]:
    return [(posting, voucher) for posting, voucher in db.session.execute(rows.limit(limit + 1))]


def _reaches_on(rows: Select[Posting, Voucher], spot: Spot) -> bool:
    """Say whether there is a line at a place or after it; beyond the last one is the way to the last page."""
    at = and_(Posting.booked_on == spot.day, Posting.id == spot.posting_id)
    return db.session.execute(rows.where(or_(at, _later(spot))).limit(1)).first() is not None


def _of(book: Book, wanted: Stretch) -> list[ColumnElement[bool]]:
    found = [Posting.book_id == book.id, Posting.account == wanted.code]
    found += [Posting.detail == wanted.detail] if wanted.detail is not None else []
    return [*found, Posting.booked_on.between(wanted.first, wanted.last)]


def _later(spot: Spot) -> ColumnElement[bool]:
    return or_(Posting.booked_on > spot.day, and_(Posting.booked_on == spot.day, Posting.id > spot.posting_id))


def _earlier(spot: Spot) -> ColumnElement[bool]:
    return or_(Posting.booked_on < spot.day, and_(Posting.booked_on == spot.day, Posting.id < spot.posting_id))


def _held_before(book: Book, wanted: Stretch, posting: Posting | None) -> int:
    """Return debits less credits before a line, or before the first day where there is none."""
    if posting is None:
        return balance(book.id, wanted.code, wanted.detail, wanted.first - _ONE)
    day = posting.booked_on
    total: Any = func.coalesce(func.sum(Posting.debit_fen - Posting.credit_fen), 0)
    same_day = Stretch(wanted.code, day, day, wanted.detail)
    of_the_day = db.session.scalar(select(total).where(*_of(book, same_day), Posting.id < posting.id))
    return balance(book.id, wanted.code, wanted.detail, day - _ONE) + int(of_the_day or 0)


def _lines(found: list[tuple[Posting, Voucher]], opening_fen: int, sign: int) -> tuple[LedgerLine, ...]:
    lines, held = list[LedgerLine](), opening_fen
    for posting, voucher in found:
        debit, credit = posting.debit_fen, posting.credit_fen
        held += (debit - credit) * sign
        spot = Spot(posting.booked_on, posting.id)
        lines.append(LedgerLine(spot, voucher.id, voucher.label, voucher.summary, debit, credit, held))
    return tuple(lines)
