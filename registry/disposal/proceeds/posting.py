"""Money of disposals in the books: what comes in after the hand-over, what is used again, what is paid to the treasury.

Docs: decision 0014. What is there when the disposal is carried out is posted by whoever carries it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, column, func, or_, select, table

from registry.database import db
from registry.disposal.cases.queries import list_lines
from registry.disposal.proceeds.kinds import Destination
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsUse
from registry.disposal.proceeds.rules import set_apart
from registry.ledger.books.accounts import Key, code_of
from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.books.queries import is_reversed, vouchers_of
from registry.ledger.books.rules import KEEPS_BOOKS, BookKind, Maker
from registry.ledger.books.services import open_book, post, reverse
from registry.permissions import Actor

RECEIPT, USE = ProceedsReceipt.__tablename__, ProceedsUse.__tablename__
#: How a case was carried out stands in a layer above; only which rows are its own is asked of it.
_EXECUTIONS = table("disposal_execution", column("id"), column("case_id"))


def post_receipt(account: Proceeds, receipt: ProceedsReceipt, *, made_by: Maker, by: Actor, on: date) -> None:
    """Post money that came in: what was booked as due is settled, anything else passes through to the gain."""
    book = _book(account, by=by, on=on)
    if book is None:
        return
    owed = _owed(account, book)
    settled = min(receipt.amount_fen, max(sum(owed.values()), 0))
    rest = receipt.amount_fen - settled
    is_public = book.book_kind is BookKind.MEMORANDUM
    through = (BookDeed.OTHER_RECEIVED,) if is_public else (BookDeed.DISPOSAL_PROCEEDS, BookDeed.DISPOSAL_GAIN)
    source, asset_id = Source(RECEIPT, receipt.id), _asset_of(account)
    for member, fen in _claims(book, owed, settled):
        _post(book, source, asset_id, [(BookDeed.DUE_RECEIVED, fen)], member=member, made_by=made_by, by=by, on=on)
    _post(book, source, asset_id, [(deed, rest) for deed in through], made_by=made_by, by=by, on=on)


def post_use(account: Proceeds, use: ProceedsUse, *, made_by: Maker, by: Actor, on: date) -> None:
    """Post a use: out of the gain set apart as far as it goes, the rest out of the fund; or to the treasury."""
    book = _book(account, by=by, on=on)
    if book is None:
        return
    parts = _parts_of_use(account, book, use.amount_fen)
    _post(book, Source(USE, use.id), use.asset_id, parts, made_by=made_by, by=by, on=on)


def _parts_of_use(account: Proceeds, book: Book, amount_fen: int) -> list[tuple[BookDeed, int]]:
    if account.goes_to is Destination.TREASURY:
        return [(BookDeed.TREASURY_PAID, amount_fen)]
    apart = set_apart(amount_fen, gain_fen=_gain_fen(account, book), used_fen=_gain_used_fen(account, book))
    return [(BookDeed.EARMARKED_SPENT, apart), (BookDeed.FUND_SPENT, amount_fen - apart)]


def unpost_use(use: ProceedsUse, *, made_by: Maker, by: Actor, on: date) -> None:
    """Reverse in red what a use posted."""
    for voucher in vouchers_of(Source(USE, use.id)):
        if voucher.reverses_id is None and not is_reversed(voucher):
            reverse(voucher, use.undo_reason, made_by=made_by, by=by, on=on)


def _post(
    book: Book, source: Source, asset_id: int | None, parts: Iterable[tuple[BookDeed, int]], *, made_by: Maker,
    by: Actor, on: date, member: bool = False,
) -> None:  # fmt: skip
    for deed, amount_fen in parts:
        if amount_fen:
            entry = Entry(deed, amount_fen, source, Marks(asset_id), member=member)
            post(book, entry, made_by=made_by, by=by, on=on)


def _book(account: Proceeds, *, by: Actor, on: date) -> Book | None:
    return open_book(account.party, by=by, on=on) if account.party.owner_kind in KEEPS_BOOKS else None


def _asset_of(account: Proceeds) -> int | None:
    """Return the asset that the price was for, where it was one."""
    lines = list_lines(account.case_id, taken=True, limit=2)
    return lines[0].asset_id if len(lines) == 1 else None


def _of_account(account: Proceeds) -> ColumnElement[bool]:
    """Keep the vouchers that carrying out the case, or money of this account that came in later, posted."""
    executions = select(_EXECUTIONS.c.id).where(_EXECUTIONS.c.case_id == account.case_id)
    receipts = select(ProceedsReceipt.id).where(ProceedsReceipt.proceeds_id == account.id)
    return or_(
        and_(Voucher.source_table == "disposal_case", Voucher.source_id == account.case_id),
        and_(Voucher.source_table == "disposal_execution", Voucher.source_id.in_(executions)),
        and_(Voucher.source_table == RECEIPT, Voucher.source_id.in_(receipts)),
    )


def _owed(account: Proceeds, book: Book) -> dict[str, int]:
    """Return what of the price stands as a claim in the owner's book, by account."""
    rows = (
        select(Posting.account, func.sum(Posting.debit_fen - Posting.credit_fen))
        .join(Voucher, Voucher.uid == Posting.voucher_uid)
        .where(
            Posting.book_id == book.id, _of_account(account),
            Posting.account.in_({code_of(key, book.version) for key in (Key.RECEIVABLE, Key.MEMBER_ACCOUNT)}),
        )
        .group_by(Posting.account)
    )  # fmt: skip
    return {code: int(fen) for code, fen in db.session.execute(rows)}


def _claims(book: Book, owed: Mapping[str, int], settled_fen: int) -> list[tuple[bool, int]]:
    """Say of which claim money is taken, and how much: what a member owes stands apart where the chart says so.

    A price is owed by one buyer, so its claim stands on one of the two.
    """
    mine, outside = (code_of(key, book.version) for key in (Key.MEMBER_ACCOUNT, Key.RECEIVABLE))
    of_member = 0 if mine == outside else min(settled_fen, max(owed.get(mine, 0), 0))
    return [(True, of_member), (False, settled_fen - of_member)]


def _gain_fen(account: Proceeds, book: Book) -> int:
    """Return what the disposal gained for the owner."""
    rows = select(func.sum(Voucher.debit_fen)).where(
        Voucher.book_id == book.id, Voucher.deed == BookDeed.DISPOSAL_GAIN.value, _of_account(account)
    )
    return int(db.session.scalar(rows) or 0)


def _gain_used_fen(account: Proceeds, book: Book) -> int:
    """Return what uses have taken of the gain, less what was undone."""
    uses = select(ProceedsUse.id).where(ProceedsUse.proceeds_id == account.id)
    rows = select(func.sum(Voucher.debit_fen)).where(
        Voucher.book_id == book.id, Voucher.deed == BookDeed.EARMARKED_SPENT.value, Voucher.source_table == USE,
        Voucher.source_id.in_(uses),
    )  # fmt: skip
    return int(db.session.scalar(rows) or 0)


def vouchers_behind(table_name: str, ids: Sequence[int]) -> dict[int, list[Voucher]]:
    """Return what was posted for receipts or uses, the oldest first."""
    rows = select(Voucher).where(Voucher.source_table == table_name, Voucher.source_id.in_(ids))
    found: dict[int, list[Voucher]] = {}
    for voucher in db.session.scalars(rows.order_by(Voucher.id)):
        found.setdefault(voucher.source_id, []).append(voucher)
    return found
