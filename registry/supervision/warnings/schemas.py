"""Warnings and what is handed on as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load

from registry.kinds import Sector
from registry.rest.fields import PageArguments, Strict, choice, code, day, listed, whole
from registry.rest.fields import text as words
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import (
    MAX_SAID,
    EndWay,
    HandingOff,
    HandOffState,
    Severity,
    Subject,
    Topic,
    Verdict,
    Word,
)


class WarningArguments(PageArguments):
    """Which warnings a list shows; those that stand unless mended ones are asked for."""

    region = code()
    topic = choice(Topic)
    risk = choice(Risk)
    severity = choice(Severity)
    sector = choice(Sector)
    closed = fields.Boolean(load_default=False)


class WarningHandOffEntry(Strict):
    """What a unit is asked to do, and until when."""

    to_code = code(needed=True)
    text = words(MAX_SAID, needed=True, least=1)
    due_on = day(needed=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> HandingOff:
        return HandingOff(**data)


class WarningWithdrawalEntry(Strict):
    """Why what was handed on is taken back."""

    reason = words(MAX_SAID, needed=True, least=1)


class WarningAnswerEntry(Strict):
    """What a unit did."""

    text = words(MAX_SAID, needed=True, least=1)


class WarningVerdictEntry(Strict):
    """What the desk says of an answer; one that is sent back gets a new day."""

    version = whole(1, 10**12, needed=True)
    takes = fields.Boolean(required=True)
    opinion = words(MAX_SAID, load_default="")
    due_on = day(allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Verdict:
        return Verdict(**data)


class WarningRow(Strict):
    """One episode of a risk of one thing. Figures: days as text, money in fen, percentages in basis points."""

    id = fields.String(required=True)
    region_code = fields.String(required=True)
    sector = fields.String(required=True)
    risk = choice(Risk, needed=True)
    topic = fields.Function(lambda one: one.row.topic.value, metadata={"type": "string"})
    severity = choice(Severity, needed=True)
    subject = choice(Subject, needed=True)
    subject_id = fields.String(required=True)
    title = fields.String(required=True)
    figures = fields.Function(
        lambda one: {figure.value: value for figure, value in one.told.items()},
        metadata={"type": "object", "additionalProperties": True},
    )
    basis = fields.Function(lambda one: one.row.basis, metadata={"type": "string"})
    remedy = fields.Function(lambda one: one.row.remedy, metadata={"type": "string"})
    opened_at = fields.AwareDateTime(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)


class WarningWordRow(Strict):
    """What was said of a matter."""

    id = fields.String(required=True)
    word = choice(Word, needed=True)
    text = fields.String(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


class WarningHandOffRow(Strict):
    """A warning handed to a unit."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    warning_id = fields.String(required=True)
    region_code = fields.String(required=True)
    from_code = fields.String(required=True)
    risk = choice(Risk, needed=True)
    title = fields.String(required=True)
    state = choice(HandOffState, needed=True)
    text = fields.String(required=True)
    due_on = fields.Date(required=True)
    handed_by = fields.String(attribute="handed_by_text", required=True)
    handed_at = fields.AwareDateTime(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    end_way = choice(EndWay, empty=True, needed=True)


class WarningHandOffArguments(PageArguments):
    """Which matters a list shows."""

    region = code()
    state = choice(HandOffState)


WarningPage = listed(WarningRow)
WarningHandOffPage = listed(WarningHandOffRow)
WarningWordPage = listed(WarningWordRow)
