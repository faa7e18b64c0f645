"""Closing as JSON."""

from marshmallow import fields

from registry.ledger.books.periods.rules import ReopeningAnswer
from registry.ledger.books.rules import PeriodState
from registry.rest.fields import Strict, choice, listed, text


class PeriodRow(Strict):
    """The closing of a month."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    month = fields.String(required=True)
    state = choice(PeriodState, needed=True)
    begun_by = fields.String(attribute="begun_by_text", required=True)
    begun_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(attribute="closed_by_text", required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    digest = fields.String(required=True)


class ReopeningRow(Strict):
    """A wish to open a closed month again, and its answer."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    book_id = fields.String(required=True)
    month = fields.String(required=True)
    reason = fields.String(required=True)
    asked_by = fields.String(attribute="asked_by_text", required=True)
    asked_at = fields.AwareDateTime(required=True)
    answer = choice(ReopeningAnswer, needed=True)
    answered_by = fields.String(attribute="answered_by_text", required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)
    digest = fields.String(required=True)


class ReopeningAnswerEntry(Strict):
    """What the level above says."""

    agree = fields.Boolean(required=True)
    opinion = text(500, load_default="")


PeriodPage, ReopeningPage = listed(PeriodRow), listed(ReopeningRow)
