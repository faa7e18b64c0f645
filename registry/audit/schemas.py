"""Events as JSON: who did what to which rows; the values themselves are read from the things."""

from marshmallow import fields, validate

from registry.audit.actions import Action, Outcome
from registry.rest.fields import MOST_AT_ONCE, USUAL_AT_ONCE, Strict, choice, text


class ChangesArguments(Strict):
    """Since where, and how many."""

    since = text(2000, load_default="", metadata={"description": "上次答复里的 cursor；空为从头"})
    limit = fields.Integer(load_default=USUAL_AT_ONCE, validate=validate.Range(1, MOST_AT_ONCE))


class ChangedRow(Strict):
    """A row that the deed changed."""

    table = fields.String(required=True)
    id = fields.String(required=True)
    version = fields.Integer(required=True, allow_none=True)


class ActorRow(Strict):
    """Who did it, with post and unit as they were."""

    name = fields.String(required=True)
    post = fields.String(required=True)
    unit_code = fields.String(attribute="unit", required=True)
    unit_name = fields.String(required=True)


class ThingRow(Strict):
    """What a deed is about."""

    table = fields.String(required=True)
    id = fields.String(required=True)


class ChangeRow(Strict):
    """One event of the trail."""

    log_id = fields.Integer(attribute="log", required=True)
    seq = fields.Integer(required=True)
    region_code = fields.String(attribute="region", required=True)
    at = fields.String(required=True)
    action = choice(Action, needed=True)
    outcome = choice(Outcome, needed=True)
    thing = fields.Nested(ThingRow, required=True)
    actor = fields.Nested(ActorRow, required=True)
    reason = fields.String(required=True)
    request_id = fields.String(attribute="request", required=True)
    deed_id = fields.String(attribute="deed", required=True)
    changes = fields.List(fields.Nested(ChangedRow), required=True)


class Changes(Strict):
    """Events in order, and where to go on."""

    items = fields.List(fields.Nested(ChangeRow), required=True)
    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
