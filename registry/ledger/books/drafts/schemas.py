"""Drafts as JSON."""

from typing import Any

from marshmallow import fields, post_load

from registry.kinds import Category
from registry.ledger.books.accounts import Detail
from registry.ledger.books.drafts.rules import MANUAL, MOST_LINES, DraftFacts
from registry.ledger.books.entries import BookDeed, Line
from registry.ledger.books.rules import DraftState
from registry.ledger.books.schemas import PostingRow
from registry.rest.fields import Money, PageArguments, Strict, choice, day, listed, text


class LineEntry(Strict):
    """One line typed where no deed fits."""

    account = text(8, needed=True, least=1)
    detail = choice(Detail, empty=True, load_default="")
    debit = Money(load_default=0)
    credit = Money(load_default=0)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Line:
        return Line(data["account"], data["detail"], data["debit"], data["credit"])


_DEEDS = "；".join(f"{one.value} {one.label}" for one in MANUAL)


def _few(lines: list[Line]) -> bool:
    return len(lines) <= MOST_LINES


class DraftEntry(Strict):
    """A voucher by hand: a deed with its amount, or lines with the deed TYPED."""

    deed = fields.String(
        required=True, metadata={"description": "；".join(f"{one.value} {one.label}" for one in MANUAL)}
    )
    booked_on = day(needed=True)
    summary = text(200, needed=True, least=1)
    amount = Money(attribute="amount_fen", load_default=0)
    asset_no = text(40, load_default="")
    contract_no = text(60, load_default="")
    payee = text(80, load_default="")
    member = fields.Boolean(load_default=False)
    category = choice(Category, empty=True, load_default="")
    use = text(40, load_default="")
    lines = fields.List(fields.Nested(LineEntry), load_default=list, validate=_few)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> DraftFacts:
        category, deed = data.pop("category"), data.pop("deed")
        known = BookDeed(deed) if deed in set(BookDeed) else BookDeed.OPENING
        lines = tuple(data.pop("lines"))
        return DraftFacts(**data, deed=known, category=Category(category) if category else None, lines=lines)


class DraftRow(Strict):
    """A voucher that somebody made and another person checks."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    book_id = fields.String(required=True)
    region_code = fields.String(required=True)
    state = choice(DraftState, needed=True)
    deed = choice(BookDeed, needed=True)
    booked_on = fields.Date(required=True)
    summary = fields.String(required=True)
    amount = Money(attribute="total_fen", required=True)
    reason = fields.String(required=True)
    made_by = fields.String(attribute="made_by_text", required=True)
    made_at = fields.AwareDateTime(required=True)
    reverses_id = fields.String(required=True, allow_none=True)
    lines = fields.List(fields.Nested(PostingRow), required=True)


class DraftArguments(PageArguments):
    """Which drafts of a book a list shows: those that wait unless a state is named."""

    state = choice(DraftState)


DraftPage = listed(DraftRow)
