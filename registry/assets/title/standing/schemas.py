"""Where an asset stands, as JSON."""

from marshmallow import fields

from registry.assets.register.categories import AccountingSystem, TitleStatus
from registry.assets.register.registration import Stage
from registry.assets.register.rights.rules import LineageKind
from registry.assets.title.certificates.schemas import CertificateRow
from registry.assets.title.encumbrances.schemas import EncumbranceRow
from registry.assets.title.positions import Position
from registry.assets.title.rules import CaseStatus, LineDecision
from registry.kinds import OwnerKind, TitleDeed
from registry.rest.fields import Money, Strict, choice


class HolderRow(Strict):
    """A holder with its share, from a day to a day."""

    party_id = fields.String(required=True)
    kind = choice(OwnerKind, needed=True)
    name = fields.String(required=True)
    share_bp = fields.Integer(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, allow_none=True)


class CaseOfAsset(Strict):
    """A case in which an asset ever lay."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    deed = choice(TitleDeed, needed=True)
    status = choice(CaseStatus, needed=True)
    decision = choice(LineDecision, empty=True, needed=True)


class StandingRow(Strict):
    """Where an asset stands: its place on the way, holders over time, certificates, what weighs on it, its cases."""

    asset_no = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    position = choice(Position, needed=True)
    title_status = choice(TitleStatus, needed=True)
    handed_over_on = fields.Date(required=True, allow_none=True)
    system = choice(AccountingSystem, attribute="accounting_system", needed=True)
    system_number = fields.String(attribute="accounting_number", required=True)
    holders = fields.List(fields.Nested(HolderRow), required=True)
    certificates = fields.List(fields.Nested(CertificateRow), required=True)
    weighing = fields.List(fields.Nested(EncumbranceRow), required=True)
    cases = fields.List(fields.Nested(CaseOfAsset), required=True)


class RelativeRow(Strict):
    """An asset that another came of, or that came of it: how much went over."""

    asset_no = fields.String(required=True)
    name = fields.String(required=True)
    stage = choice(Stage, needed=True)
    kind = choice(LineageKind, needed=True)
    took_place_on = fields.Date(required=True)
    value = Money(attribute="value_fen", required=True)
    quantity_milli = fields.Integer(required=True, allow_none=True)


class LineageRow(Strict):
    """What an asset came of, and what came of it."""

    parents = fields.List(fields.Nested(RelativeRow), required=True)
    children = fields.List(fields.Nested(RelativeRow), required=True)
