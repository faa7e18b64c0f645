"""Units as JSON."""

from marshmallow import fields

from registry.regions import Level
from registry.rest.fields import PageArguments, Strict, choice, code, listed


class UnitArguments(PageArguments):
    """Which units a list shows."""

    parent = code()


class UnitRow(Strict):
    """A unit of one of the four levels."""

    region_code = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    name = fields.String(required=True)
    level = choice(Level, needed=True)
    parent_code = fields.String(required=True, allow_none=True)
    ended_on = fields.Date(required=True, allow_none=True)
    successor_code = fields.String(required=True, allow_none=True)
    go_live_on = fields.Date(required=True, allow_none=True)


UnitPage = listed(UnitRow)
