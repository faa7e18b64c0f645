"""What the assets of the demo county earned: each receipt entered by one person and checked by another."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from registry.demo.places import UnitRow, units
from registry.demo.tables import labelled
from registry.demo.telling import Telling
from registry.ledger.operation.receipts.checking import approve_receipt
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.rules import ReceiptFacts, ReceiptStatus
from registry.ledger.operation.receipts.services import (
    attach_vouchers,
    correct_receipt,
    enter_receipt,
    send_back_receipt,
    withdraw_receipt,
)
from registry.money import parse_fen


class ReceiptRow(NamedTuple):
    """A receipt, who entered and who checked it, what became of it; a correction names the one it corrects.

    ``contract`` names a contract or equity.
    """

    key: str
    unit_name: str
    name: str
    contract: str
    kind: str
    amount: str
    received_on: str
    earned_from: str
    earned_to: str
    payer: str
    reference: str
    goods: str
    note: str
    entered_by: str
    checked_by: str
    outcome: str
    reason: str
    corrects: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]


def tell_receipt(row: ReceiptRow, told: Telling) -> None:
    """Enter a receipt on the day the money came, and let it become what the table says."""
    on, by = told.day(row.received_on), told.staff.named(row.entered_by)
    asset, facts = told.assets[row.unit_name, row.name], _facts(row, told)
    if row.corrects:
        wrong = told.receipts[row.corrects]
        receipt = correct_receipt(wrong, asset, facts, row.reason, by=by, on=on, twice=True)
    else:
        receipt = enter_receipt(asset, facts, by=by, on=on)
    if row.reference:
        attach_vouchers(receipt, [told.pictures["凭证"]], by=by)
    told.receipts[row.key] = receipt
    _OUTCOMES[row.outcome](receipt, row, told, on)


def _facts(row: ReceiptRow, told: Telling) -> ReceiptFacts:
    return ReceiptFacts(
        labelled(IncomeKind, row.kind), parse_fen(row.amount), told.day(row.received_on), told.day(row.earned_from),
        told.day(row.earned_to), row.payer, row.reference, row.goods, row.note,
        told.contracts[row.contract].id if row.contract in told.contracts else None,
        told.equities[row.contract].id if row.contract in told.equities else None,
    )  # fmt: skip


def _approve(receipt: Receipt, row: ReceiptRow, told: Telling, on: date) -> None:
    approve_receipt(receipt, by=told.staff.named(row.checked_by), on=on)


def _send_back(receipt: Receipt, row: ReceiptRow, told: Telling, _on: date) -> None:
    send_back_receipt(receipt, row.reason, by=told.staff.named(row.checked_by))


def _withdraw(receipt: Receipt, row: ReceiptRow, told: Telling, _on: date) -> None:
    withdraw_receipt(receipt, by=told.staff.named(row.entered_by))


def _waits(_receipt: Receipt, _row: ReceiptRow, _told: Telling, _on: date) -> None:
    """Leave it to the second person who tries the demo."""


_OUTCOMES: dict[str, Callable[[Receipt, ReceiptRow, Telling, date], None]] = {
    ReceiptStatus.POSTED.label: _approve,
    ReceiptStatus.NOTED.label: _approve,
    ReceiptStatus.SENT_BACK.label: _send_back,
    ReceiptStatus.WITHDRAWN.label: _withdraw,
    ReceiptStatus.SUBMITTED.label: _waits,
}
