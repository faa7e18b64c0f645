"""Work records as JSON; names as notices write them."""

from typing import Any

from marshmallow import fields, post_load

from registry.ledger.distribution.work.rules import HALF_DAYS, MOST_DAYS, WorkFacts, WorkKind, WorkStatus
from registry.rest.fields import Money, PageArguments, Strict, choice, code, day, listed, row_id, text, whole


class WorkArguments(PageArguments):
    """Which records a list shows: of a unit and below, the caller's own unit if none is named."""

    region = code()
    status = choice(WorkStatus)


class WorkEntry(Strict):
    """Somebody's work: whose household, on what, from when to when, half days and daily rate."""

    region_code = code(needed=True)
    household_id = row_id(needed=True)
    name = text(40, load_default="")
    kind = choice(WorkKind, needed=True)
    project = text(100, needed=True, least=1)
    starts_on = day(needed=True)
    ends_on = day(needed=True)
    half_days = whole(1, HALF_DAYS * MOST_DAYS, needed=True)
    rate = Money(attribute="rate_fen", required=True)
    asset_no = text(40, load_default="")
    note = text(200, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> WorkFacts:
        return WorkFacts(**{**data, "kind": WorkKind(data["kind"])})


class VerdictEntry(Strict):
    """Whether a record is true, and what is wrong with it if not."""

    agrees = fields.Boolean(required=True)
    reason = text(200, load_default="")


class WorkRow(Strict):
    """A work record."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    household_id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "遮盖后的姓名"})
    kind = choice(WorkKind, needed=True)
    project = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    half_days = fields.Integer(required=True)
    rate = Money(attribute="rate_fen", required=True)
    amount = Money(attribute="amount_fen", required=True)
    status = choice(WorkStatus, needed=True)
    plan_use_id = fields.String(required=True, allow_none=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    opinion = fields.String(required=True)


WorkPage = listed(WorkRow)
