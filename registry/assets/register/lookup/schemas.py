"""The list of assets as JSON."""

from marshmallow import fields, validate

from registry.assets.register.categories import BY_CODE, HandedOver, TitleStatus, UseStatus
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup.filters import EVERY_STAGE
from registry.assets.register.registration import Stage
from registry.audit.actions import Action, Outcome
from registry.kinds import Category, OwnerKind, Sector
from registry.rest.fields import Money, PageArguments, Strict, choice, code, listed, text


class Conditions(Strict):
    """The conditions on a list; the same as those of the page."""

    q = text(60)
    region = code()
    category = choice(Category)
    subtype = fields.String(validate=validate.OneOf([*BY_CODE]))
    stage = fields.String(
        validate=validate.OneOf([*(stage.value for stage in Stage), EVERY_STAGE]),
        metadata={"description": "不填为在册；ALL 含已撤销、已处置"},
    )
    use_status = choice(UseStatus)
    title_status = choice(TitleStatus)
    handed_over = choice(HandedOver)
    sector = choice(Sector)
    year_from = text(4)
    year_to = text(4)
    value_from = text(20)
    value_to = text(20)
    owner_kind = choice(OwnerKind)
    owner = text(60)
    source = choice(FundingSource)
    batch = text(12)


class AssetArguments(Conditions, PageArguments):
    """Which assets a list shows, and which page of it."""


class AssetRow(Strict):
    """One line of the list; ``net_value`` is that of today."""

    asset_no = fields.String(required=True)
    region_code = fields.String(required=True)
    name = fields.String(required=True)
    category = choice(Category, needed=True)
    subtype = fields.String(required=True)
    stage = choice(Stage, needed=True)
    project_year = fields.Integer(required=True)
    original_value = Money(attribute="original_value_fen", required=True)
    net_value = Money(attribute="net_value_fen", required=True)
    poverty_fund = Money(attribute="poverty_fund_fen", required=True)
    title_status = choice(TitleStatus, needed=True)
    use_status = choice(UseStatus, needed=True)
    operating_mode = fields.String(required=True)
    owners = fields.String(attribute="owner_text", required=True)
    funding = fields.String(attribute="funding_text", required=True)
    quantity_milli = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True)


class EventRow(Strict):
    """One event that speaks of an asset."""

    log_id = fields.Integer(required=True)
    seq = fields.Integer(required=True)
    at = fields.String(required=True)
    action = choice(Action, needed=True)
    outcome = choice(Outcome, needed=True)
    who = fields.String(required=True)
    post = fields.String(required=True)
    unit_name = fields.String(required=True)
    reason = fields.String(required=True)


AssetPage, EventPage = listed(AssetRow), listed(EventRow)
