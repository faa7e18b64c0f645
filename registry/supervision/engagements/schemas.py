"""Engagements as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.rest.fields import JsonPart, Money, PageArguments, Strict, choice, code, day, listed, text
from registry.supervision.engagements.rules import (
    MAX_CONCLUSIONS,
    MAX_NAME,
    MAX_TASK,
    MOST_SCOPE,
    EngagementFacts,
    EngagementKind,
    EngagementStatus,
    ReportFacts,
)

MOST_FILES = 10
_FEW = validate.Length(max=MOST_SCOPE)


class EngagementEntry(Strict):
    """An agency or expert engaged for units, each with everything below it, or for assets."""

    region_code = code(needed=True)
    kind = choice(EngagementKind, needed=True)
    agency = text(MAX_NAME, needed=True, least=1)
    task = text(MAX_TASK, needed=True, least=1)
    signed_on = day(needed=True)
    report_by = day(needed=True)
    agency_code = text(18, load_default="")
    contract_no = text(60, load_default="")
    experts = text(200, load_default="")
    fee = Money(attribute="fee_fen", load_default=0)
    units = fields.List(code(), load_default=list, validate=_FEW)
    assets = fields.List(text(23, least=1), load_default=list, validate=_FEW)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EngagementFacts:
        typed = {
            "kind": EngagementKind(data["kind"]), "units": tuple(data["units"]), "assets": tuple(data["assets"])
        }  # fmt: skip
        return EngagementFacts(**{**data, **typed})


class EngagementReportEntry(Strict):
    """What came of it."""

    report_no = text(60, load_default="")
    reported_on = day(needed=True)
    conclusions = text(MAX_CONCLUSIONS, needed=True, least=1)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ReportFacts:
        return ReportFacts(**data)


class EngagementReportParts(Strict):
    """What came of it, with the paper itself."""

    report = JsonPart(EngagementReportEntry, required=True)
    files = fields.List(Upload(), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class EngagementArguments(PageArguments):
    """Which engagements a list shows."""

    region = code()
    status = choice(EngagementStatus)


class EngagementRow(Strict):
    """An engagement."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    kind = choice(EngagementKind, needed=True)
    agency = fields.String(required=True)
    agency_code = fields.String(required=True)
    experts = fields.String(required=True)
    task = fields.String(required=True)
    contract_no = fields.String(required=True)
    fee = Money(attribute="fee_fen", required=True)
    signed_on = fields.Date(required=True)
    report_by = fields.Date(required=True)
    status = choice(EngagementStatus, needed=True)
    report_no = fields.String(required=True)
    reported_on = fields.Date(required=True, allow_none=True)
    conclusions = fields.String(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    reported_by = fields.String(attribute="reported_by_text", required=True)


EngagementPage = listed(EngagementRow)
