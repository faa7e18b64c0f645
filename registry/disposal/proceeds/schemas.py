"""Earmarked money as JSON."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.disposal.proceeds.kinds import Destination, Purpose, ReceiptStatus, Standing, UseStatus
from registry.disposal.proceeds.rules import MAX_NOTE, Arrival, UseFacts
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text

MOST_FILES = 20


class ProceedsArguments(PageArguments):
    """Which accounts a list shows, the newest first."""

    region = code()
    show = choice(Standing)
    destination = choice(Destination)
    case_id = fields.Integer(metadata={"description": "处置事项"})


class UnitArguments(Strict):
    """Of which unit the sums are wanted."""

    region = code()


class UnitSumRow(Strict):
    """What the watched accounts of a unit and below hold."""

    region_code = fields.String(required=True)
    accounts = fields.Integer(required=True)
    due = Money(attribute="due_fen", required=True)
    received = Money(attribute="received_fen", required=True)
    cost = Money(attribute="cost_fen", required=True)
    used = Money(attribute="used_fen", required=True)
    balance = Money(attribute="balance_fen", required=True)
    up_to_90_days = Money(attribute="fresh_fen", required=True)
    up_to_a_year = Money(attribute="year_fen", required=True)
    over_a_year = Money(attribute="over_fen", required=True)
    overdue_accounts = fields.Integer(required=True)
    overdue = Money(attribute="overdue_fen", required=True)


class ProceedsRow(Strict):
    """What a disposal fetched for one owner, what of it has come in and been used."""

    id = fields.Integer(required=True)
    region_code = fields.String(required=True)
    case_id = fields.Integer(required=True)
    case_number = fields.String(required=True)
    owner_id = fields.Integer(attribute="party_id", required=True)
    owner = fields.String(required=True)
    destination = choice(Destination, needed=True)
    due = Money(attribute="due_fen", required=True)
    cost = Money(attribute="cost_fen", required=True)
    received = Money(attribute="received_fen", required=True)
    used = Money(attribute="used_fen", required=True)
    balance = Money(attribute="balance_fen", required=True)
    opened_on = fields.Date(required=True)
    use_by = fields.Date(required=True)
    waits_since = fields.Date(required=True, allow_none=True, metadata={"description": "结余里最早一笔的到账日期"})
    version = fields.Integer(attribute="version_id", required=True)


class ReceiptRow(Strict):
    """Money that came in, after two persons."""

    id = fields.Integer(required=True)
    draft_id = fields.Integer(required=True, allow_none=True)
    amount = Money(attribute="amount_fen", required=True)
    received_on = fields.Date(required=True)
    paper_no = fields.String(required=True)
    entered_by = fields.String(attribute="prepared_by_text", required=True)
    checked_by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


class ReceiptEntry(Strict):
    """Money of the price that came in."""

    amount = Money(attribute="amount_fen", required=True)
    received_on = day(needed=True)
    paper_no = text(80, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Arrival:
        return Arrival(**data)


class ReceiptDraftRow(Strict):
    """Money that somebody entered as come in."""

    id = fields.Integer(required=True)
    status = choice(ReceiptStatus, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    received_on = fields.Date(required=True)
    paper_no = fields.String(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(attribute="decided_by_text", required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)


class UseEntry(Strict):
    """For what money is used again, and who decided it."""

    purpose = choice(Purpose, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    used_on = day(needed=True)
    note = text(MAX_NOTE, needed=True, least=1)
    meeting_id = row_id()
    document_no = text(80, load_default="")
    asset_no = text(30, load_default="")
    project_id = row_id()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> UseFacts:
        return UseFacts(**{**data, "purpose": Purpose(data["purpose"])})


class UseRow(Strict):
    """A use, how far it has come, and what came of it."""

    id = fields.Integer(required=True)
    proceeds_id = fields.Integer(required=True)
    purpose = choice(Purpose, needed=True)
    status = choice(UseStatus, needed=True)
    amount = Money(attribute="amount_fen", required=True)
    used_on = fields.Date(required=True)
    meeting_id = fields.Integer(required=True, allow_none=True)
    document_no = fields.String(required=True)
    asset_no = fields.String(required=True, allow_none=True)
    project_id = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True)
    opinion = fields.String(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)
    confirmed_by = fields.String(attribute="confirmed_by_text", required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    undo_reason = fields.String(required=True)
    undo_by = fields.String(attribute="undo_by_text", required=True)
    undone_by = fields.String(attribute="undone_by_text", required=True)
    version = fields.Integer(attribute="version_id", required=True)


class PaperFiles(Strict):
    """Papers on which a use rests."""

    file = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


ProceedsPage = listed(ProceedsRow)
UnitSumPage = listed(UnitSumRow)
ReceiptPage = listed(ReceiptRow)
ReceiptDraftPage = listed(ReceiptDraftRow)
UsePage = listed(UseRow)
