"""Receipts in the books: each owner's part in the owner's own book, what is due accrued before it is received."""

from collections.abc import Sequence
from datetime import date

from registry.database import db
from registry.ledger.books.entries import BookDeed, Entry, Marks, Source
from registry.ledger.books.models import Voucher
from registry.ledger.books.queries import posted_for
from registry.ledger.books.rules import Maker
from registry.ledger.books.services import post, reverse
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import DueKind
from registry.ledger.operation.receipts.at_hand import AtHand, about, debtor_of
from registry.ledger.operation.receipts.kinds import KINDS, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.wording import About, owed, received
from registry.permissions import Actor

_K, _D = IncomeKind, BookDeed
#: What receiving a kind is in the books where nothing was accrued for it.
DEEDS: dict[IncomeKind, BookDeed] = {
    _K.RENT: _D.INCOME_RECEIVED,
    _K.DIVIDEND: _D.DIVIDEND_RECEIVED,
    _K.GUARANTEED_RETURN: _D.DIVIDEND_RECEIVED,
    _K.PV_SETTLEMENT: _D.INCOME_RECEIVED,
    _K.SELF_RUN: _D.INCOME_RECEIVED,
    _K.OTHER: _D.OTHER_RECEIVED,
    _K.IN_KIND: _D.IN_KIND,
    _K.DEPOSIT_TAKEN: _D.DEPOSIT_TAKEN,
    _K.DEPOSIT_RETURNED: _D.DEPOSIT_RETURNED,
    _K.PREPAYMENT: _D.PREPAID,
    _K.PREPAYMENT_RETURNED: _D.PREPAID_RETURNED,
    _K.PRINCIPAL_RETURNED: _D.PRINCIPAL_RETURNED,
    _K.COMPENSATION: _D.COMPENSATION,
    _K.INSURANCE: _D.INSURANCE,
}
#: Dues that are the yield of invested money; all others are operating income.
_YIELDS = frozenset({DueKind.DIVIDEND, DueKind.GUARANTEED_RETURN})


def post_receipt(receipt: Receipt, rows: Sequence[IncomeRow], known: AtHand, *, by: Actor, on: date) -> None:
    """Post each row into its owner's book, and let it name its voucher. Raises what the books raise."""
    maker = Maker(receipt.entered_by_id, receipt.entered_by_text)
    for row in rows:
        deed = DEEDS[row.about]
        if row.due_share_id is not None and KINDS[row.about].is_earned:
            accrue(db.session.get_one(DueShare, row.due_share_id), known, made_by=maker, by=by, on=on)
            deed = _D.DUE_IN_KIND if row.about is _K.IN_KIND else _D.DUE_RECEIVED
        row.voucher_id = post_row(row, deed, receipt, known, made_by=maker, by=by, on=on)


def post_row(
    row: IncomeRow, deed: BookDeed, receipt: Receipt, known: AtHand, *, made_by: Maker, by: Actor, on: date
) -> int:
    """Post one row as a deed into its owner's book; returns the voucher's id."""
    payer, member = debtor_of(row.contract_id, row.equity_id)
    marks = Marks(row.asset_id, row.contract_id, payer)
    told = about(row.asset_id, row.contract_id, receipt.payer, (row.earned_from, row.earned_to))
    summary = received(deed, row.about, told)
    entry = Entry(deed, abs(row.amount_fen), Source("receipt", receipt.id), marks, summary, member=member)
    return post(known.book_of(row.party_id, by=by, on=on), entry, made_by=made_by, by=by, on=on).id


def accrue(share: DueShare, known: AtHand, *, made_by: Maker, by: Actor, on: date) -> None:
    """Post what is due to an owner, but for what was accrued before.

    What fell due before the books began stands in their opening balances.
    """
    due = db.session.get_one(Due, share.due_id)
    go_live = known.go_live_of(share.region_code)
    accrued = posted_for(DueShare.__tablename__, [share.id]).get(share.id, 0)
    left_fen = (share.amount_fen or 0) - accrued
    if (go_live is not None and due.due_on < go_live) or left_fen <= 0:
        return
    entry = entry_of_due(share, due, left_fen)
    post(known.book_of(share.party_id, by=by, on=on), entry, made_by=made_by, by=by, on=on)


def entry_of_due(share: DueShare, due: Due, amount_fen: int) -> Entry:
    """Return what it is in the books that so much of a due has become an owner's income."""
    payer, member = debtor_of(due.contract_id, due.equity_id)
    deed = _D.DIVIDEND_DUE if due.about in _YIELDS else _D.INCOME_DUE
    marks = Marks(share.asset_id, due.contract_id, payer)
    summary = owed(due.about, about_share(share, due))
    return Entry(deed, amount_fen, Source(DueShare.__tablename__, share.id), marks, summary, member=member)


def about_share(share: DueShare, due: Due) -> About:
    """Return what a voucher says of an owner's part of a due."""
    return about(share.asset_id, due.contract_id, due.debtor_name, (due.period_from, due.period_to))


def reverse_vouchers(rows: Sequence[IncomeRow], correction: Receipt, *, by: Actor, on: date) -> dict[int, int]:
    """Reverse the vouchers of these rows in red; returns each one's reversal."""
    maker = Maker(correction.entered_by_id, correction.entered_by_text)
    found: dict[int, int] = {}
    for voucher_id in sorted({row.voucher_id for row in rows if row.voucher_id is not None}):
        voucher = db.session.get_one(Voucher, voucher_id)
        found[voucher_id] = reverse(voucher, correction.reason, made_by=maker, by=by, on=on).id
    return found
