"""Checking receipts as a second person: they become income, and a wrong one is taken back in red."""

from collections.abc import Sequence
from datetime import date

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.services import unsettle_due
from registry.ledger.operation.receipts.at_hand import AtHand, at_hand_for
from registry.ledger.operation.receipts.becoming import become_income
from registry.ledger.operation.receipts.held import check_still_held
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.posting import reverse_vouchers
from registry.ledger.operation.receipts.queries import list_rows_of
from registry.ledger.operation.receipts.rules import Basis, NotCorrectable, ReceiptStatus, check_checking
from registry.ledger.operation.receipts.sums import add_to_sums, keep_prepaid
from registry.permissions import Actor


def approve_receipt(receipt: Receipt, *, by: Actor, on: date) -> None:
    """Check a receipt as a second person; raises what approve_receipts raises."""
    approve_receipts([receipt], by=by, on=on)


def approve_receipts(receipts: Sequence[Receipt], *, by: Actor, on: date) -> None:
    """Check receipts as a second person, in order: reverse what each corrects, settle what it pays, and post it.

    Raises NotSubmitted, OwnReceipt, and what posting raises (a closed period); then none has been checked.
    """
    known, rows = at_hand_for(receipts), list[IncomeRow]()
    for receipt in receipts:
        rows += _approve(receipt, known, by=by, on=on)
    add_to_sums(rows)
    keep_prepaid(rows)


def _approve(receipt: Receipt, known: AtHand, *, by: Actor, on: date) -> list[IncomeRow]:
    check_checking(receipt.state, by, entered_by_id=receipt.entered_by_id)
    rows = []
    if receipt.corrects_id is not None:
        rows += _take_back(db.session.get_one(Receipt, receipt.corrects_id), receipt, by=by, on=on)
    is_noted = receipt.standing is Basis.REPORTED
    receipt.status = (ReceiptStatus.NOTED if is_noted else ReceiptStatus.POSTED).value
    receipt.checked_by_id, receipt.checked_by_text, receipt.checked_at = by.id, signature(by), now()
    if not is_noted and receipt.amount_fen:
        rows += become_income(receipt, known, by=by, on=on)
    record(Action.RECEIPT_NOTED if is_noted else Action.RECEIPT_POSTED, receipt, by=by)
    return rows


def _take_back(wrong: Receipt, correction: Receipt, *, by: Actor, on: date) -> list[IncomeRow]:
    """Reverse a posted receipt: what it paid is owed again, and every row of it has its opposite."""
    if wrong.state is not ReceiptStatus.POSTED:
        raise NotCorrectable
    rows = list_rows_of(wrong.id)
    check_still_held(rows)
    _owe_again(rows)
    vouchers = reverse_vouchers(rows, correction, by=by, on=on)
    reversals = [_opposite(row, vouchers.get(row.voucher_id or 0), on) for row in rows]
    db.session.add_all(reversals)
    db.session.flush()
    wrong.status = ReceiptStatus.REVERSED.value
    record(Action.RECEIPT_REVERSED, wrong, by=by, reason=correction.reason)
    return reversals


def _owe_again(rows: Sequence[IncomeRow]) -> None:
    """Take back from the dues what these rows had settled, part by part."""
    by_due: dict[int, dict[int, int]] = {}
    for row in rows:
        if row.due_id is not None and row.due_share_id is not None:
            parts = by_due.setdefault(row.due_id, {})
            parts[row.due_share_id] = parts.get(row.due_share_id, 0) + row.amount_fen
    for due_id, parts in by_due.items():
        unsettle_due(db.session.get_one(Due, due_id), parts)


def _opposite(row: IncomeRow, voucher_id: int | None, on: date) -> IncomeRow:
    """Return the row that takes another back: of the same month, since nothing came then, but as of today's pool."""
    return IncomeRow(
        region_code=row.region_code, receipt_id=row.receipt_id, asset_id=row.asset_id, party_id=row.party_id,
        contract_id=row.contract_id, equity_id=row.equity_id, due_id=row.due_id, due_share_id=row.due_share_id,
        voucher_id=voucher_id, sector=row.sector, kind=row.kind, basis=row.basis, amount_fen=-row.amount_fen,
        received_on=row.received_on, month=row.month, earned_from=row.earned_from, earned_to=row.earned_to,
        earned_on=on, reverses_id=row.id,
    )  # fmt: skip
