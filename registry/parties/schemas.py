"""Holders as JSON: personal data only masked."""

from marshmallow import fields

from registry.kinds import OwnerKind
from registry.rest.fields import PageArguments, Strict, choice, listed, text


class PartyArguments(PageArguments):
    """Which holders a list shows."""

    q = text(80)


class PartyRow(Strict):
    """A holder; what is sealed is masked."""

    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    kind = choice(OwnerKind, needed=True)
    name = fields.String(required=True)
    region_code = fields.String(required=True)
    credit_code = fields.String(required=True)
    resident_id = fields.String(required=True, metadata={"description": "遮盖后的身份证号"})
    phone = fields.String(required=True, metadata={"description": "遮盖后的电话"})


PartyPage = listed(PartyRow)
