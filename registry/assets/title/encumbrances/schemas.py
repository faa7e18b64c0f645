"""What weighs on an asset, as JSON."""

from typing import Any

from marshmallow import fields, post_load

from registry.assets.title.encumbrances.rules import MAX_HOLDER, EncumbranceFacts, EncumbranceKind
from registry.rest.fields import Strict, choice, listed, text


class EncumbranceEntry(Strict):
    """What weighs on an asset from a day on; its end where that is known from the start."""

    kind = choice(EncumbranceKind, needed=True)
    holder = text(MAX_HOLDER, needed=True, least=1)
    document_no = text(80, needed=True, least=1)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)
    note = text(500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EncumbranceFacts:
        return EncumbranceFacts(EncumbranceKind(data.pop("kind")), **data)


class Lifting(Strict):
    """From which day, and on what basis, it weighs no more."""

    lifted_on = fields.Date(required=True)
    document_no = text(80, needed=True, least=1)


class EncumbranceRow(Strict):
    """What weighs on an asset, from a day to a day."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    kind = choice(EncumbranceKind, needed=True)
    holder = fields.String(required=True)
    document_no = fields.String(required=True)
    note = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)
    entered_by = fields.String(attribute="entered_by_text", required=True)
    entered_at = fields.AwareDateTime(required=True)
    lifted_document = fields.String(required=True)
    lifted_by = fields.String(attribute="lifted_by_text", required=True)


EncumbrancePage = listed(EncumbranceRow)
