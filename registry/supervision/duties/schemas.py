"""The duty list as JSON, in and out."""

from typing import Any

from marshmallow import fields, post_load

from registry.kinds import Sector
from registry.regions import Level
from registry.rest.fields import Strict, choice, code, day, listed, row_id, text
from registry.supervision.duties.rules import (
    MAX_DOCUMENT,
    MAX_NAME,
    MAX_OPINION,
    MAX_POST,
    HolderStatus,
    Naming,
    Standing,
)


class DutyArguments(Strict):
    """Of which unit."""

    region = code(needed=True)


class DutyNamingEntry(Strict):
    """Who is to answer for a duty of a unit: an account of the unit, or a name and a post."""

    region_code = code(needed=True)
    duty = text(40, needed=True, least=1)
    user_id = row_id()
    name = text(MAX_NAME, load_default="")
    post = text(MAX_POST, load_default="")
    valid_from = day(needed=True)
    document = text(MAX_DOCUMENT, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[str, str, Naming]:
        name, post, document = (data[key].strip() for key in ("name", "post", "document"))
        naming = Naming(data["user_id"], name, post, data["valid_from"], document)
        return data["region_code"], data["duty"], naming


class DutyOpinionEntry(Strict):
    """What the second person says of an entry."""

    agrees = fields.Boolean(required=True)
    opinion = text(MAX_OPINION, load_default="")


class DutyHolderRow(Strict):
    """An entry: who answers, or is to answer, for a duty of a unit."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    duty = fields.String(required=True)
    user_id = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    post = fields.String(required=True)
    document = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)
    status = choice(HolderStatus, needed=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(attribute="decided_by_text", required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)


class DutyRow(Strict):
    """A duty of a unit and how it stands."""

    code = fields.String(required=True)
    level = choice(Level, needed=True)
    sector = choice(Sector, needed=True, allow_none=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    basis = fields.String(required=True)
    standing = choice(Standing, needed=True)
    holder = fields.Nested(DutyHolderRow, required=True, allow_none=True)
    waiting = fields.Nested(DutyHolderRow, required=True, allow_none=True)


class DutyTallyRow(Strict):
    """How the duties of a unit and everything beneath it stand; of the unit asked for, its own alone."""

    region_code = fields.String(required=True)
    duties = fields.Integer(required=True)
    named = fields.Integer(required=True)
    left = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    waiting = fields.Integer(required=True)


DutyPage = listed(DutyRow)
DutyTallyPage = listed(DutyTallyRow)
