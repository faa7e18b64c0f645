"""Receipts and income as JSON."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.kinds import Sector
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.rules import Basis, ReceiptFacts, ReceiptStatus
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text

MONTHS = (190001, 209912)


def whole_month(said: str) -> fields.Integer:
    """Return the field of a month in a query, which knows text only."""
    return fields.Integer(validate=validate.Range(*MONTHS), metadata={"description": said})


class ReceiptArguments(PageArguments):
    """Which receipts a list shows, the latest entry first."""

    region = code()
    status = choice(ReceiptStatus)
    kind = choice(IncomeKind)
    basis = choice(Basis)
    since = fields.Date(metadata={"description": "到账日期，从"})
    until = fields.Date(metadata={"description": "到账日期，到"})


class ReceiptEntry(Strict):
    """What was received. ``twice``: it looks like one entered before and is known to be another."""

    kind = choice(IncomeKind, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    received_on = day(needed=True)
    earned_from = day(needed=True)
    earned_to = day(needed=True)
    payer = text(80, load_default="")
    bank_reference = text(60, load_default="")
    goods = text(200, load_default="")
    note = text(500, load_default="")
    contract_id = row_id()
    equity_id = row_id()
    due_id = row_id()
    twice = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[ReceiptFacts, bool]:
        twice = data.pop("twice")
        return ReceiptFacts(**{**data, "kind": IncomeKind(data["kind"])}), twice


class ReceiptCorrection(ReceiptEntry):
    """What should have stood there, and why; an amount of 0.00 says that nothing was received."""

    reason = text(500, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[ReceiptFacts, bool, str]:
        twice, reason = data.pop("twice"), data.pop("reason")
        return ReceiptFacts(**{**data, "kind": IncomeKind(data["kind"])}), twice, reason


class ReceiptRow(Strict):
    """A receipt, how far it has come, and what it is compared with."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    asset_no = fields.String(required=True)
    region_code = fields.String(required=True)
    kind = choice(IncomeKind, needed=True)
    basis = choice(Basis, needed=True)
    status = choice(ReceiptStatus, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    received_on = fields.Date(required=True)
    earned_from = fields.Date(required=True)
    earned_to = fields.Date(required=True)
    payer = fields.String(required=True)
    bank_reference = fields.String(required=True)
    goods = fields.String(required=True)
    note = fields.String(required=True)
    contract_id = fields.Integer(required=True, allow_none=True)
    equity_id = fields.Integer(required=True, allow_none=True)
    due_id = fields.Integer(required=True, allow_none=True)
    due = Money(attribute="due_fen", required=True, allow_none=True)
    last = Money(attribute="last_fen", required=True, allow_none=True)
    corrects_id = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    sent_back_reason = fields.String(required=True)


class IncomeArguments(PageArguments):
    """Which income rows a list shows: of a unit and below, or of one asset, in order of entry."""

    region = code()
    asset_no = text(23)
    month = fields.Integer(metadata={"description": "到账年月，如 202611"})
    from_month = whole_month("到账年月，从，如 202601")
    until_month = whole_month("到账年月，到，如 202612")
    kind = choice(IncomeKind)
    sector = choice(Sector)


class IncomeEntry(Strict):
    """One owner's part of a posted receipt; what a reversal takes back is negative."""

    id = fields.String(required=True)
    receipt_id = fields.Integer(required=True)
    asset_id = fields.Integer(required=True)
    party_id = fields.Integer(required=True)
    region_code = fields.String(required=True)
    contract_id = fields.Integer(required=True, allow_none=True)
    equity_id = fields.Integer(required=True, allow_none=True)
    due_id = fields.Integer(required=True, allow_none=True)
    voucher_id = fields.Integer(required=True, allow_none=True)
    kind = choice(IncomeKind, needed=True)
    basis = choice(Basis, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    received_on = fields.Date(required=True)
    earned_from = fields.Date(required=True)
    earned_to = fields.Date(required=True)
    earned_on = fields.Date(required=True)
    reverses_id = fields.Integer(required=True, allow_none=True)


ReceiptPage = listed(ReceiptRow)
IncomePage = listed(IncomeEntry)
