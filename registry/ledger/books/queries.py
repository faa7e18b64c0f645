"""Questions to the books: one book, its vouchers, what an account holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from registry.changes import Audited
from registry.database import db
from registry.errors import Missing
from registry.ledger.books.accounts import CHARTS, Account, Detail
from registry.ledger.books.entries import Source
from registry.ledger.books.models import AccountSum, Book, BookPeriod, Posting, Reopening, Voucher, VoucherDraft
from registry.ledger.books.rules import DraftState, first_day, last_day, month_of
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.regions import Level, code_range, level_of
from registry.scope import within


def find_book(party_id: int) -> Book | None:
    """Return the book of an owner, if it was opened."""
    return db.session.scalar(select(Book).where(Book.party_id == party_id))


def get_book(book_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Book:
    """Return a book within the actor's reach; raises Missing."""
    book = db.session.scalar(select(Book).where(Book.id == book_id, within(Book, actor, permission)))
    if book is None:
        raise Missing
    return book


def list_books(actor: Actor, *, after: int = 0, limit: int = 50, region_code: str = "", text: str = "") -> list[Book]:
    """Return the books within reach, of a unit and below if named, in the order they were opened, after one."""
    rows = select(Book).where(within(Book, actor, Permission.LEDGER_READ), Book.id > after)
    rows = rows.where(Book.region_code.between(*code_range(region_code))) if region_code else rows
    if text:
        rows = rows.join(Party, Party.id == Book.party_id).where(Party.name.contains(text, autoescape=True))
    return list(db.session.scalars(rows.order_by(Book.id).limit(limit)))


def at_hand(model: type[Audited], actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """Keep what is one's own daily work: all below a township (it keeps its villages' books), one's unit's above."""
    column: Any = model.region_code
    reached = within(model, actor, permission)
    own_only = level_of(actor.unit_code).depth < Level.TOWNSHIP.depth
    return and_(reached, column == actor.unit_code) if own_only else reached


def get_voucher(voucher_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> Voucher:
    """Return a voucher within reach; raises Missing."""
    rows = select(Voucher).where(Voucher.id == voucher_id, within(Voucher, actor, permission))
    voucher = db.session.scalar(rows)
    if voucher is None:
        raise Missing
    return voucher


def find_voucher(source: Source) -> Voucher | None:
    """Return the last voucher posted for a row that is neither a reversal nor reversed."""
    return next((one for one in reversed(vouchers_of(source)) if not one.reverses_id and not is_reversed(one)), None)


def vouchers_of(source: Source) -> list[Voucher]:
    """Return every voucher posted for a row, oldest first."""
    rows = select(Voucher).where(Voucher.source_table == source.table, Voucher.source_id == source.id)
    return list(db.session.scalars(rows.order_by(Voucher.id)))


def posted_for(table: str, ids: Sequence[int]) -> dict[int, int]:
    """Return how much was posted for each of these rows, in fen, less what was reversed; absent if nothing was."""
    rows = select(Voucher.source_id, func.sum(Voucher.debit_fen).label("fen"))
    rows = rows.where(Voucher.source_table == table, Voucher.source_id.in_(ids)).group_by(Voucher.source_id)
    return {row.source_id: int(row.fen) for row in db.session.execute(rows)}


def find_reversal(voucher: Voucher) -> Voucher | None:
    """Return the red voucher that undid this one."""
    return db.session.scalar(select(Voucher).where(Voucher.reverses_id == voucher.id))


def is_reversed(voucher: Voucher) -> bool:
    """Say whether a voucher was undone."""
    return find_reversal(voucher) is not None


def list_postings(voucher: Voucher) -> list[Posting]:
    """Return the lines of a voucher in their order."""
    rows = select(Posting).where(Posting.voucher_uid == voucher.uid).order_by(Posting.position)
    return list(db.session.scalars(rows))


@dataclass(frozen=True)
class VoucherFilter:
    """Which vouchers of a book are wanted."""

    month: int | None = None
    deed: str = ""
    text: str = ""


def list_vouchers(
    book: Book, wanted: VoucherFilter, *, before: int = 0, after: int = 0, limit: int = 50
) -> list[Voucher]:
    """Return vouchers of a book, the newest first; a page older than ``before`` or newer than ``after``."""
    rows = _filtered(select(Voucher).where(Voucher.book_id == book.id), wanted)
    if after:
        found = db.session.scalars(rows.where(Voucher.id > after).order_by(Voucher.id).limit(limit))
        return list(found)[::-1]
    rows = rows.where(Voucher.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Voucher.id.desc()).limit(limit)))


def _filtered(rows: Select[Voucher], wanted: VoucherFilter) -> Select[Voucher]:
    if wanted.month is not None:
        rows = rows.where(Voucher.month == wanted.month)
    if wanted.deed:
        rows = rows.where(Voucher.deed == wanted.deed)
    return rows.where(Voucher.summary.contains(wanted.text, autoescape=True)) if wanted.text else rows


def list_journal(book: Book, first: date, last: date) -> list[tuple[Voucher, Posting]]:
    """Return the lines of all vouchers between two days, in the order of day and number (序时账)."""
    rows = (
        select(Voucher, Posting)
        .join(Posting, Posting.voucher_uid == Voucher.uid)
        .where(Voucher.book_id == book.id, Voucher.booked_on.between(first, last))
    )
    found = db.session.execute(rows.order_by(Voucher.booked_on, Voucher.id, Posting.position))
    return [(voucher, posting) for voucher, posting in found]


def balance(book_id: int, code: str, detail: str | None, on: date) -> int:
    """Return debits less credits of an account up to and including a day, in fen, from the kept sums and one month."""
    kept = _sums(book_id, AccountSum.month < month_of(on)).where(AccountSum.account == code)
    this = select(func.coalesce(func.sum(Posting.debit_fen - Posting.credit_fen), 0)).where(
        Posting.book_id == book_id, Posting.account == code,
        Posting.booked_on.between(first_day(month_of(on)), on),
    )  # fmt: skip
    if detail is not None:
        kept, this = kept.where(AccountSum.detail == detail), this.where(Posting.detail == detail)
    return int(db.session.scalar(kept) or 0) + int(db.session.scalar(this) or 0)


def _sums(book_id: int, condition: Any) -> Select[Any]:
    total = func.coalesce(func.sum(AccountSum.debit_fen - AccountSum.credit_fen), 0)
    return select(total).where(AccountSum.book_id == book_id, condition)


@dataclass(frozen=True)
class BalanceRow:
    """One account and detail in a trial balance (科目余额表); opening and closing are debits less credits, in fen."""

    account: Account
    detail: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    year_debit_fen: int
    year_credit_fen: int

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + self.debit_fen - self.credit_fen

    @property
    def detail_label(self) -> str:
        return Detail(self.detail).label if self.detail else ""


def trial_balance(book: Book, month: int) -> list[BalanceRow]:
    """Return what every account held before a month, moved in it and since the year began; from the kept sums."""
    january = month - month % 12
    moved = AccountSum.debit_fen - AccountSum.credit_fen
    zero = func.coalesce
    rows = select(
        AccountSum.account, AccountSum.detail,
        zero(func.sum(moved).filter(AccountSum.month < month), 0),
        zero(func.sum(AccountSum.debit_fen).filter(AccountSum.month == month), 0),
        zero(func.sum(AccountSum.credit_fen).filter(AccountSum.month == month), 0),
        zero(func.sum(AccountSum.debit_fen).filter(AccountSum.month >= january), 0),
        zero(func.sum(AccountSum.credit_fen).filter(AccountSum.month >= january), 0),
    ).where(AccountSum.book_id == book.id, AccountSum.month <= month)  # fmt: skip
    found = db.session.execute(rows.group_by(AccountSum.account, AccountSum.detail))
    accounts = CHARTS[book.version]
    return sorted(
        (BalanceRow(accounts[code], detail, *map(int, figures)) for code, detail, *figures in found),
        key=lambda row: (row.account.code, row.detail),
    )


def find_period(book_id: int, month: int) -> BookPeriod | None:
    """Return the closing of a month, if it was begun."""
    return db.session.scalar(select(BookPeriod).where(BookPeriod.book_id == book_id, BookPeriod.month == month))


def list_periods(book_id: int) -> list[BookPeriod]:
    """Return the closings of a book, the newest first."""
    rows = select(BookPeriod).where(BookPeriod.book_id == book_id).order_by(BookPeriod.month.desc())
    return list(db.session.scalars(rows))


def list_reopenings(book_id: int, month: int | None = None) -> list[Reopening]:
    """Return what was asked and answered of reopening a book's months, oldest first."""
    rows = select(Reopening).where(Reopening.book_id == book_id)
    rows = rows.where(Reopening.month == month) if month is not None else rows
    return list(db.session.scalars(rows.order_by(Reopening.id)))


_WAITING = (DraftState.MADE.value, DraftState.SENT_BACK.value)


def count_waiting(book_ids: Sequence[int]) -> dict[int, int]:
    """Return how many drafts wait in each of these books."""
    rows = select(VoucherDraft.book_id, func.count().label("waiting")).where(
        VoucherDraft.book_id.in_(book_ids), VoucherDraft.state.in_(_WAITING)
    )
    return {row.book_id: row.waiting for row in db.session.execute(rows.group_by(VoucherDraft.book_id))}


def count_drafts_in(book_id: int, month: int) -> int:
    """Return how many drafts of a month wait to be checked or mended."""
    rows = select(func.count()).where(
        VoucherDraft.book_id == book_id, VoucherDraft.state.in_(_WAITING),
        VoucherDraft.booked_on.between(first_day(month), last_day(month)),
    )  # fmt: skip
    return db.session.scalar(rows) or 0


def get_draft(draft_id: int, actor: Actor, permission: Permission) -> VoucherDraft:
    """Return a draft within reach; raises Missing."""
    rows = select(VoucherDraft).where(VoucherDraft.id == draft_id, within(VoucherDraft, actor, permission))
    draft = db.session.scalar(rows)
    if draft is None:
        raise Missing
    return draft
