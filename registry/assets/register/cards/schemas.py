"""A registration as JSON, in and out: what a correction asks for is kept in this form."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.assets.register.categories import (
    BY_CODE,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    ReturnKind,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.schemas import MOST_LINES, MoneyLine
from registry.assets.register.registration import (
    MAX_NAME,
    WHOLE_BP,
    DatePrecision,
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
    Stage,
)
from registry.kinds import Category, OwnerKind, Sector
from registry.rest.fields import Money, Strict, choice, code, text, whole

#: The years a card may name.
FIRST_YEAR, LAST_YEAR = 1949, 2999


class PartialDateSchema(Strict):
    """A day known to the day, month or year."""

    day = fields.Date(required=True)
    precision = fields.Enum(DatePrecision, by_value=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PartialDate:
        return PartialDate(**data)


class FundingSchema(Strict):
    """One line of money, in fen."""

    source = fields.Enum(FundingSource, by_value=True, required=True)
    amount_fen = fields.Integer(required=True, strict=True)
    level = fields.Enum(FundingLevel, by_value=True)
    year = fields.Integer(allow_none=True, strict=True)
    document_no = fields.String(validate=validate.Length(max=80))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> FundingFact:
        return FundingFact(**data)


class OwnerSchema(Strict):
    """One owner and its share; an identity number is never written out."""

    kind = fields.Enum(OwnerKind, by_value=True, required=True)
    name = fields.String(required=True, validate=validate.Length(max=80))
    share_bp = fields.Integer(strict=True)
    region_code = fields.String()
    credit_code = fields.String()
    resident_id = fields.String(load_only=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OwnerFact:
        return OwnerFact(**data)


class InterestSchema(Strict):
    """What an equity or debt asset adds."""

    investee = fields.String()
    investee_code = fields.String()
    share_bp = fields.Integer(allow_none=True, strict=True)
    principal_fen = fields.Integer(allow_none=True, strict=True)
    rate_bp = fields.Integer(allow_none=True, strict=True)
    return_kind = fields.String()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    exit_terms = fields.String()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> InterestFacts:
        return InterestFacts(**data)


class RegistrationSchema(Strict):
    """The whole card."""

    region_code = fields.String(required=True, validate=validate.Length(equal=12))
    name = fields.String(required=True, validate=validate.Length(max=100))
    category = fields.Enum(Category, by_value=True, required=True)
    subtype = fields.String(required=True)
    original_value_fen = fields.Integer(required=True, strict=True)
    acquired = fields.Nested(PartialDateSchema, required=True)
    owners = fields.List(fields.Nested(OwnerSchema), required=True)
    funding = fields.List(fields.Nested(FundingSchema), required=True)
    location_code = fields.String()
    location_detail = fields.String()
    longitude_e6 = fields.Integer(allow_none=True, strict=True)
    latitude_e6 = fields.Integer(allow_none=True, strict=True)
    short_name = fields.String()
    gbt14885_code = fields.String()
    project_name = fields.String()
    project_number = fields.String()
    project_year = fields.Integer(allow_none=True, strict=True)
    plan_document = fields.String()
    total_investment_fen = fields.Integer(allow_none=True, strict=True)
    quantity_milli = fields.Integer(allow_none=True, strict=True)
    unit = fields.String()
    specification = fields.String()
    scale = fields.String()
    accepted_on = fields.Date(allow_none=True)
    in_use_on = fields.Date(allow_none=True)
    service_months = fields.Integer(allow_none=True, strict=True)
    depreciation = fields.Enum(DepreciationMethod, by_value=True, allow_none=True)
    salvage_bp = fields.Integer(strict=True)
    title_status = fields.String()
    certificate_kind = fields.String()
    certificate_number = fields.String()
    certificate_on = fields.Date(allow_none=True)
    custodian = fields.String()
    operator = fields.String()
    supervisor = fields.String()
    sector = fields.String()
    use_status = fields.String()
    operating_mode = fields.String()
    industry_class = fields.String()
    accounting_system = fields.String()
    publicity = fields.String()
    archives = fields.String()
    remarks = fields.String()
    interest = fields.Nested(InterestSchema)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Registration:
        return Registration(**{**data, "owners": tuple(data["owners"]), "funding": tuple(data["funding"])})


_SCHEMA = RegistrationSchema()


def registration_to_json(facts: Registration) -> dict[str, Any]:
    """Write a registration as plain JSON values."""
    plain: dict[str, Any] = _SCHEMA.dump(facts)
    return plain


def registration_from_json(plain: dict[str, Any]) -> Registration:
    """Read a registration back; raises marshmallow.ValidationError."""
    facts: Registration = _SCHEMA.load(plain)
    return facts


# ---- What the API takes and gives: the same registration, amounts as text, every text of limited length


class Share(Strict):
    """One owner and its share; an identity number goes in and never comes out."""

    kind = choice(OwnerKind, needed=True)
    name = text(80, needed=True, least=1)
    share_bp = whole(1, WHOLE_BP)
    region_code = text(12)
    credit_code = text(18)
    resident_id = text(18, load_only=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OwnerFact:
        return OwnerFact(kind=OwnerKind(data.pop("kind")), **data)


class Terms(InterestSchema):
    """What an equity or debt asset adds."""

    class Meta(InterestSchema.Meta):
        exclude = ("principal_fen",)

    investee = text(80)
    investee_code = text(18)
    share_bp = whole(0, WHOLE_BP, allow_none=True)
    principal = Money(attribute="principal_fen", allow_none=True)
    rate_bp = whole(0, WHOLE_BP, allow_none=True)
    return_kind = choice(ReturnKind, empty=True)
    exit_terms = text(1000)


class Card(RegistrationSchema):
    """Everything said of an asset."""

    class Meta(RegistrationSchema.Meta):
        exclude = ("original_value_fen", "total_investment_fen")

    region_code = code(needed=True)
    name = text(MAX_NAME, needed=True, least=1)
    subtype = fields.String(required=True, validate=validate.OneOf([*BY_CODE]))
    original_value = Money(attribute="original_value_fen", required=True)
    owners = fields.List(fields.Nested(Share), required=True, validate=validate.Length(min=1, max=200))
    funding = fields.List(fields.Nested(MoneyLine), required=True, validate=validate.Length(min=1, max=MOST_LINES))
    location_code = text(12)
    location_detail = text(200)
    longitude_e6 = whole(-180_000_000, 180_000_000, allow_none=True)
    latitude_e6 = whole(-90_000_000, 90_000_000, allow_none=True)
    short_name = text(40)
    gbt14885_code = text(12)
    project_name = text(100)
    project_number = text(40)
    project_year = whole(FIRST_YEAR, LAST_YEAR, allow_none=True)
    plan_document = text(80)
    total_investment = Money(attribute="total_investment_fen", allow_none=True)
    quantity_milli = whole(0, 10**15, allow_none=True)
    unit = text(10)
    specification = text(200)
    scale = text(500)
    service_months = whole(0, 1200, allow_none=True)
    salvage_bp = whole(0, WHOLE_BP)
    title_status = choice(TitleStatus)
    certificate_kind = text(40)
    certificate_number = text(60)
    custodian = text(80)
    operator = text(80)
    supervisor = text(80)
    sector = choice(Sector, empty=True)
    use_status = choice(UseStatus)
    operating_mode = choice(OperatingMode, empty=True)
    industry_class = choice(IndustryClass, empty=True)
    accounting_system = choice(AccountingSystem)
    publicity = choice(Publicity)
    archives = text(500)
    remarks = text(1000)
    interest = fields.Nested(Terms)


class AssetEntry(Strict):
    """An asset to be entered, as one that came of a project if there is one."""

    card = fields.Nested(Card, required=True)
    project_id = text(15)


class AssetBody(Strict):
    """A card to be submitted anew."""

    card = fields.Nested(Card, required=True)


class AssetState(Strict):
    """An asset as the register holds it; ``net_value`` is that of today."""

    asset_no = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    stage = choice(Stage, needed=True)
    net_value = Money(attribute="net_value_fen", required=True)
    poverty_fund = Money(attribute="poverty_fund_fen", required=True)
    project_id = fields.String(required=True, allow_none=True)
    is_legacy = fields.Boolean(required=True)
    entered_at = fields.AwareDateTime(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    sent_back_reason = fields.String(required=True)
    card = fields.Nested(Card, required=True)
