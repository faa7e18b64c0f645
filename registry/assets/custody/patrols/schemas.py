"""Patrols as JSON, in and out."""

from marshmallow import fields, validate

from registry.assets.custody.faults.rules import Finding, Severity
from registry.assets.custody.patrols.rules import (
    MOST_IN_A_ROUND,
    Observation,
    PatrolKind,
    PatrolResult,
)
from registry.rest.fields import Strict, choice, listed, text


class SeenEntry(Strict):
    """What was seen of an asset; a fault says how bad it is, minor if nothing is said."""

    result = choice(PatrolResult, load_default=PatrolResult.NORMAL.value)
    severity = choice(Severity, load_default=Severity.C.value)
    note = text(500, load_default="")


def observation(kind: PatrolKind, result: str, severity: str, note: str) -> Observation:
    """Put together what was seen; a fault that nobody described is refused by the rule."""
    seen = PatrolResult(result)
    is_found = seen is PatrolResult.FAULT and bool(note.strip())
    return Observation(kind, seen, note, Finding(Severity(severity), note) if is_found else None)


class RoundLineEntry(SeenEntry):
    """What was seen of one asset of a round."""

    asset_no = text(30, needed=True, least=1)


class RoundEntry(Strict):
    """A whole round in one go."""

    lines = fields.List(
        fields.Nested(RoundLineEntry), required=True, validate=validate.Length(min=1, max=MOST_IN_A_ROUND)
    )


class PatrolRow(Strict):
    """One look at one asset; a fault that it opened is named."""

    id = fields.String(required=True)
    kind = choice(PatrolKind, needed=True)
    result = choice(PatrolResult, needed=True)
    note = fields.String(required=True)
    done_on = fields.Date(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)
    round_id = fields.String(required=True, allow_none=True)
    fault_id = fields.String(required=True, allow_none=True)


class RoundRow(Strict):
    """A walk along several assets."""

    id = fields.String(required=True)
    region_code = fields.String(required=True)
    done_on = fields.Date(required=True)
    assets = fields.Integer(required=True)
    faults = fields.Integer(required=True)
    by = fields.String(attribute="by_text", required=True)
    at = fields.AwareDateTime(required=True)


PatrolPage = listed(PatrolRow)
