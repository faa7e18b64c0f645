"""Making income of money paid in advance once its period has begun, as another person than who entered it."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.rules import Maker
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.dues.rules import OpenDue
from registry.ledger.operation.dues.services import settle_parts
from registry.ledger.operation.kinds import EARNED, OUTSTANDING
from registry.ledger.operation.receipts.at_hand import AtHand
from registry.ledger.operation.receipts.held import held_by
from registry.ledger.operation.receipts.kinds import BY_DUE, KINDS, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.posting import accrue, post_row
from registry.ledger.operation.receipts.rules import Basis
from registry.ledger.operation.receipts.splitting import Owed, Portion, release
from registry.ledger.operation.receipts.sums import add_to_sums, keep_prepaid
from registry.ledger.operation.receipts.waiting import Waiting
from registry.permissions import Actor

_OPEN = sorted(status.value for status in OUTSTANDING)
_EARNED = sorted(kind.value for kind in EARNED)


def release_prepayments(waiting: Iterable[Waiting], *, by: Actor, on: date) -> int:
    """Make income of what has been earned, and post it; returns how much that was (fen)."""
    known = AtHand()
    return sum(_release(one, known, by=by, on=on) for one in waiting)


def _release(waiting: Waiting, known: AtHand, *, by: Actor, on: date) -> int:
    row, receipt = waiting.row, waiting.receipt
    moves = release(*_offered(waiting), on)
    rows = [part for out, into in moves for part in _pair(row, receipt, out, into, known, by=by, on=on)]
    if not rows:
        return 0
    db.session.add_all(rows)
    db.session.flush()
    add_to_sums(rows)
    keep_prepaid(rows)
    record(Action.PREPAYMENT_RELEASED, receipt, by=by)
    return sum(into.amount_fen for _out, into in moves)


def _offered(waiting: Waiting) -> tuple[Portion, IncomeKind, Sequence[Owed]]:
    """Return what waits, as what it would be earned, and the owner's parts of dues it could pay (by their shares)."""
    row = waiting.row
    portion = Portion(IncomeKind.PREPAYMENT, waiting.left_fen, row.earned_from, row.earned_to, row.due_share_id)
    if row.due_share_id is not None:
        share = db.session.get_one(DueShare, row.due_share_id)
        return portion, _kind(waiting.receipt, share.due), ()
    free = min(waiting.left_fen, held_by(row.contract_id, row.asset_id, row.party_id))
    portion = Portion(IncomeKind.PREPAYMENT, max(free, 0), row.earned_from, row.earned_to)
    shares = _open_shares(row, waiting.receipt)
    owed = [
        Owed(OpenDue(one.id, one.due.due_on, one.open_fen), one.due.period_from, one.due.period_to) for one in shares
    ]
    return portion, _kind(waiting.receipt, shares[0].due if shares else None), owed


def _kind(receipt: Receipt, due: Due | None) -> IncomeKind:
    """Return as what it is earned: as it was entered, or by what is due if it was entered as money in advance."""
    if KINDS[receipt.about].is_earned or due is None:
        return receipt.about
    return BY_DUE[due.about]


def _open_shares(row: IncomeRow, receipt: Receipt) -> list[DueShare]:
    kinds = [kind.value for kind in KINDS[receipt.about].settles] or _EARNED
    rows = select(DueShare).join(Due, Due.id == DueShare.due_id)
    rows = rows.where(DueShare.party_id == row.party_id, Due.status.in_(_OPEN), Due.kind.in_(kinds))
    mine = Due.contract_id == row.contract_id if row.contract_id is not None else Due.equity_id == row.equity_id
    return list(db.session.scalars(rows.where(mine).order_by(Due.due_on, DueShare.id)))


def _pair(
    row: IncomeRow, receipt: Receipt, out: Portion, into: Portion, known: AtHand, *, by: Actor, on: date
) -> tuple[IncomeRow, IncomeRow]:
    """Return what leaves 预收 and what it becomes, both of one voucher; the due it pays is accrued and settled."""
    share = db.session.get_one(DueShare, into.due_id)
    maker = Maker(receipt.entered_by_id, receipt.entered_by_text)
    if row.due_share_id is None:
        settle_parts(share.due, {share.id: into.amount_fen})
    accrue(share, known, made_by=maker, by=by, on=on)
    taken = _part(row, out, row.due_id, row.due_share_id)
    became = _part(row, into, share.due_id, share.id)
    became.voucher_id = post_row(became, BookDeed.PREPAID_APPLIED, receipt, known, made_by=maker, by=by, on=on)
    taken.voucher_id = became.voucher_id
    return taken, became


def _part(row: IncomeRow, portion: Portion, due_id: int | None, due_share_id: int | None) -> IncomeRow:
    return IncomeRow(
        region_code=row.region_code, receipt_id=row.receipt_id, asset_id=row.asset_id, party_id=row.party_id,
        contract_id=row.contract_id, equity_id=row.equity_id, due_id=due_id, due_share_id=due_share_id,
        sector=row.sector, kind=portion.kind.value, basis=Basis.OWN.value, amount_fen=portion.amount_fen,
        received_on=row.received_on, month=row.month, earned_from=portion.earned_from, earned_to=portion.earned_to,
        earned_on=max(row.received_on, portion.earned_from), releases_id=row.id,
    )  # fmt: skip
