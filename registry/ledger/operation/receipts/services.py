"""Entering receipts, mending them, taking them back; checking stands in ``checking.py``."""

from datetime import date

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.errors import Conflict
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.operation.receipts.held import check_paid_out
from registry.ledger.operation.receipts.models import QuietPeriod, Receipt
from registry.ledger.operation.receipts.owing import check_agreed, check_named, is_public, list_open_for, unit_of
from registry.ledger.operation.receipts.queries import find_correction, find_last, list_like
from registry.ledger.operation.receipts.rules import (
    LooksEntered,
    ReasonMissing,
    ReceiptFacts,
    ReceiptStatus,
    basis_of,
    check_checking,
    check_correction,
    check_in_hand,
    check_receipt,
    looks_entered,
)
from registry.ledger.operation.receipts.splitting import expected_fen
from registry.money import format_yuan
from registry.permissions import Actor
from registry.places.queries import go_live_of
from registry.text import N_


class NotStanding(Conflict):
    """Only a confirmed asset earns."""

    message = N_("“%(name)s”的登记还没有确认或已经了结，不能登记收益。")


def enter_receipt(asset: Asset, facts: ReceiptFacts, *, by: Actor, on: date, twice: bool = False) -> Receipt:
    """Enter what was received; another person checks it. ``twice``: it is known not to be the same money again.

    Raises NotStanding, LooksEntered, and what check_receipt raises.
    """
    receipt = add_receipt(asset, facts, by=by, on=on, twice=twice)
    record(Action.RECEIPT_ENTERED, receipt, by=by, reason=receipt.note)
    return receipt


def add_receipt(asset: Asset, facts: ReceiptFacts, *, by: Actor, on: date, twice: bool) -> Receipt:
    """Add the row of a receipt; the caller records, so that a sheet is one event."""
    _check_standing(asset, facts)
    receipt = Receipt(
        region_code=unit_of(asset, facts), asset_id=asset.id, sector=asset.sector,
        entered_by_id=by.id, entered_by_text=signature(by),
    )  # fmt: skip
    _fill(receipt, asset, facts, on=on, twice=twice)
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _check_standing(asset: Asset, facts: ReceiptFacts) -> None:
    if asset.state is not Stage.CONFIRMED:
        raise NotStanding(name=asset.name)
    check_agreed(asset.id, facts)


def _fill(receipt: Receipt, asset: Asset, facts: ReceiptFacts, *, on: date, twice: bool) -> None:
    """Write what is said into the row, with what it is to be compared with. Raises LooksEntered."""
    basis = basis_of(facts, is_public=is_public(asset), go_live=go_live_of(asset.region_code))
    check_receipt(facts, basis, on=on, is_correction=receipt.corrects_id is not None)
    check_named(facts, is_correction=receipt.corrects_id is not None)
    check_paid_out(facts)
    if not twice:
        _check_new(receipt, facts)
    dues = list_open_for(facts, but=receipt.id)
    last = find_last(asset.id, facts.kind, facts.received_on)
    receipt.status, receipt.basis, receipt.kind = ReceiptStatus.SUBMITTED.value, basis.value, facts.kind.value
    receipt.contract_id, receipt.equity_id, receipt.due_id = facts.contract_id, facts.equity_id, facts.due_id
    receipt.amount_fen, receipt.received_on = facts.amount_fen, facts.received_on
    receipt.earned_from, receipt.earned_to = facts.earned_from, facts.earned_to
    receipt.payer, receipt.bank_reference = facts.payer.strip(), facts.bank_reference.strip()
    receipt.goods, receipt.note = facts.goods.strip(), facts.note.strip()
    receipt.due_fen = expected_fen(facts.amount_fen, dues, facts.received_on, facts.due_id)
    receipt.last_fen = last.amount_fen if last is not None and last.id != receipt.id else None
    receipt.is_twice, receipt.entered_at = twice, now()


def _check_new(receipt: Receipt, facts: ReceiptFacts) -> None:
    own = {receipt.id, receipt.corrects_id}
    like = looks_entered(facts, [one for one in list_like(receipt.asset_id, facts) if one.receipt_id not in own])
    if like is not None:
        raise LooksEntered(field="twice", day=like.received_on.isoformat(), amount=format_yuan(like.amount_fen))


def change_receipt(
    receipt: Receipt, asset: Asset, facts: ReceiptFacts, *, by: Actor, on: date, twice: bool = False
) -> None:
    """Mend a receipt that has not been checked, and submit it again. Raises NotInHand, and as enter_receipt does."""
    check_in_hand(receipt.state)
    _check_standing(asset, facts)
    _fill(receipt, asset, facts, on=on, twice=twice)
    receipt.entered_by_id, receipt.entered_by_text, receipt.sent_back_reason = by.id, signature(by), ""
    record(Action.RECEIPT_CHANGED, receipt, by=by, reason=receipt.note)


def attach_vouchers(receipt: Receipt, files: list[KeptFile], *, by: Actor) -> None:
    """Hang photos of vouchers on a receipt."""
    if files:
        caption = Caption(EvidenceKind.VOUCHER, receipt.bank_reference or receipt.payer, receipt.received_on)
        attach(files, caption, to=thing_of(receipt), by=by)


def withdraw_receipt(receipt: Receipt, *, by: Actor) -> None:
    """Take back a receipt that has not been checked. Raises NotInHand."""
    check_in_hand(receipt.state)
    receipt.status = ReceiptStatus.WITHDRAWN.value
    record(Action.RECEIPT_WITHDRAWN, receipt, by=by)


def send_back_receipt(receipt: Receipt, reason: str, *, by: Actor) -> None:
    """Give a receipt back to whoever entered it, saying what is wrong. Raises NotSubmitted, OwnReceipt."""
    check_checking(receipt.state, by, entered_by_id=receipt.entered_by_id)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    receipt.status, receipt.sent_back_reason = ReceiptStatus.SENT_BACK.value, reason.strip()
    record(Action.RECEIPT_SENT_BACK, receipt, by=by, reason=receipt.sent_back_reason)


def correct_receipt(
    wrong: Receipt, asset: Asset, facts: ReceiptFacts, reason: str, *, by: Actor, on: date, twice: bool = False
) -> Receipt:
    """Enter what should have stood there: once another person checks it, the wrong one is reversed and this posted.

    An amount of 0 says that nothing was received. Raises NotCorrectable, AlreadyCorrecting, ReasonMissing.
    """
    check_correction(wrong.state, reason, is_waiting=find_correction(wrong.id) is not None)
    _check_standing(asset, facts)
    receipt = Receipt(
        region_code=wrong.region_code, asset_id=asset.id, sector=asset.sector, corrects_id=wrong.id,
        reason=reason.strip(), entered_by_id=by.id, entered_by_text=signature(by),
    )  # fmt: skip
    _fill(receipt, asset, facts, on=on, twice=twice)
    db.session.add(receipt)
    db.session.flush()
    record(Action.RECEIPT_CORRECTED, receipt, by=by, reason=receipt.reason)
    return receipt


def add_quiet(asset: Asset, starts_on: date, ends_on: date, *, by: Actor) -> QuietPeriod:
    """Note that an asset earned nothing in a period; the caller records."""
    quiet = QuietPeriod(
        region_code=asset.region_code, asset_id=asset.id, starts_on=starts_on, ends_on=ends_on,
        said_by_id=by.id, said_by_text=signature(by), said_at=now(),
    )  # fmt: skip
    db.session.add(quiet)
    return quiet
