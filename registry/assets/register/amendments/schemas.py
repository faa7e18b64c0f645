"""Corrections, changes of value and remarks as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.assets.register.amendments.rules import VALUE_KINDS, CorrectionKind, CorrectionStatus
from registry.assets.register.amendments.services import ValueFacts
from registry.assets.register.cards.schemas import Card
from registry.assets.register.projects.schemas import MOST_LINES, MoneyLine
from registry.assets.register.registration import ValueKind
from registry.rest.fields import Money, Strict, choice, listed, seen_version, text


class CorrectionEntry(Strict):
    """The whole card as it should be, why, and on which version of it that rests."""

    card = fields.Nested(Card, required=True)
    reason = text(500, needed=True, least=1)
    document_no = text(80, load_default="")
    version = seen_version()


class ValueEntry(Strict):
    """A change of value from a day on, by the money lines that sum to it."""

    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in VALUE_KINDS]))
    effective_on = fields.Date(required=True)
    lines = fields.List(fields.Nested(MoneyLine), required=True, validate=validate.Length(min=1, max=MOST_LINES))
    reason = text(500, needed=True, least=1)
    document_no = text(80, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ValueFacts:
        return ValueFacts(
            ValueKind(data["kind"]), data["effective_on"], tuple(data["lines"]), data["reason"], data["document_no"]
        )


class Opinion(Strict):
    """What the level above says to it."""

    opinion = text(500, load_default="")


class CorrectionRow(Strict):
    """A change asked for after confirmation: the card before and as proposed, or the money of a change of value."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    asset_no = fields.String(required=True)
    kind = choice(CorrectionKind, needed=True)
    status = choice(CorrectionStatus, needed=True)
    reason = fields.String(required=True)
    document_no = fields.String(required=True)
    effective_on = fields.Date(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(attribute="decided_by_text", required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)
    before = fields.Nested(Card)
    proposed = fields.Nested(Card)
    value_kind = fields.String()
    lines = fields.List(fields.Nested(MoneyLine))


class ValueChangeRow(Strict):
    """Why the original value is what it is."""

    id = fields.String(required=True)
    kind = choice(ValueKind, needed=True)
    effective_on = fields.Date(required=True)
    recorded_on = fields.Date(required=True)
    amount = Money(attribute="amount_fen", required=True)
    document_no = fields.String(required=True)
    reason = fields.String(required=True)
    lines = fields.List(fields.Nested(MoneyLine), required=True)


class CommentEntry(Strict):
    """A remark."""

    body = text(1000, needed=True, least=1)


class CommentRow(Strict):
    """A remark as it stands."""

    id = fields.String(required=True)
    body = fields.String(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


CorrectionPage, ValueChangePage, CommentPage = listed(CorrectionRow), listed(ValueChangeRow), listed(CommentRow)
