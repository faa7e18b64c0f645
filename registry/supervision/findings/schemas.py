"""Findings as JSON, in and out."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, post_load, validate

from registry.kinds import Sector
from registry.rest.fields import JsonPart, PageArguments, Strict, choice, code, day, listed, row_id, seen_version, text
from registry.supervision.findings.rules import (
    MAX_BASIS,
    MAX_PERSON,
    MAX_REPORT,
    MAX_WORDS,
    FindingFacts,
    FindingStatus,
    Mender,
    Origin,
    Source,
    Step,
)

MOST_FILES = 10


class FindingOriginEntry(Strict):
    """The objection or difference of a count that a finding comes of."""

    table = text(40, needed=True, least=1)
    id = row_id(needed=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Origin:
        return Origin(**data)


class FindingEntry(Strict):
    """A finding to be entered; ``recurs_id`` names the one that was checked off and has come back."""

    region_code = code(needed=True)
    source = choice(Source, needed=True)
    problem = text(MAX_WORDS, needed=True, least=1)
    basis = text(MAX_BASIS, needed=True, least=1)
    demand = text(MAX_WORDS, needed=True, least=1)
    found_on = day(needed=True)
    due_on = day(needed=True)
    mender = choice(Mender, load_default=Mender.OWN.value)
    person = text(MAX_PERSON, load_default="")
    sector = choice(Sector, empty=True, load_default="")
    assets = fields.List(text(23, least=1), load_default=list)
    contract_no = text(40, load_default="")
    disposal_no = text(30, load_default="")
    origin = fields.Nested(FindingOriginEntry, allow_none=True, load_default=None)
    recurs_id = row_id()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[FindingFacts, int | None]:
        recurs = data.pop("recurs_id")
        typed = {"source": Source(data["source"]), "mender": Mender(data["mender"]), "assets": tuple(data["assets"])}
        return FindingFacts(**{**data, **typed}), recurs


class FindingReportEntry(Strict):
    """What was done."""

    words = text(MAX_REPORT, needed=True, least=1)


class FindingReportParts(Strict):
    """What was done, and papers and photographs that prove it."""

    report = JsonPart(FindingReportEntry, required=True)
    files = fields.List(Upload(), load_default=list, validate=validate.Length(max=MOST_FILES))


class FindingCheckEntry(Strict):
    """What the level above says of the version that was read: checked off, or sent back."""

    version = seen_version()
    agrees = fields.Boolean(required=True)
    words = text(MAX_WORDS, needed=True, least=1)


class FindingArguments(PageArguments):
    """Which findings a list shows; ``overdue`` keeps those that are late today."""

    region = code()
    source = choice(Source)
    status = choice(FindingStatus)
    overdue = fields.Boolean(load_default=False)


class FindingRow(Strict):
    """A finding and how far it has come."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    number = fields.String(required=True)
    region_code = fields.String(required=True)
    mender_code = fields.String(required=True)
    person = fields.String(required=True)
    sector = choice(Sector, empty=True, needed=True)
    source = choice(Source, needed=True)
    origin_table = fields.String(required=True)
    origin_id = fields.String(required=True, allow_none=True)
    problem = fields.String(required=True)
    basis = fields.String(required=True)
    demand = fields.String(required=True)
    contract_id = fields.String(required=True, allow_none=True)
    disposal_case_id = fields.String(required=True, allow_none=True)
    found_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    status = choice(FindingStatus, needed=True)
    recurs_id = fields.String(required=True, allow_none=True)
    recurrences = fields.Integer(required=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    reported_by = fields.String(attribute="reported_by_text", required=True)
    reported_on = fields.Date(required=True, allow_none=True)
    report = fields.String(required=True)
    checked_by = fields.String(attribute="checked_by_text", required=True)
    checked_on = fields.Date(required=True, allow_none=True)
    opinion = fields.String(required=True)


class FindingStepRow(Strict):
    """What one person did with a finding."""

    id = fields.String(required=True)
    kind = choice(Step, needed=True)
    words = fields.String(required=True)
    stepped_on = fields.Date(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


FindingPage = listed(FindingRow)
FindingStepPage = listed(FindingStepRow)
