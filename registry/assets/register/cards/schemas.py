"""A registration as JSON, in and out: what a correction asks for is kept in this form."""

from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import (
    DatePrecision,
    DepreciationMethod,
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.kinds import Category, OwnerKind


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class PartialDateSchema(_Strict):
    """A day known to the day, month or year."""

    day = fields.Date(required=True)
    precision = fields.Enum(DatePrecision, by_value=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PartialDate:
        return PartialDate(**data)


class FundingSchema(_Strict):
    """One line of money, in fen."""

    source = fields.Enum(FundingSource, by_value=True, required=True)
    amount_fen = fields.Integer(required=True, strict=True)
    level = fields.Enum(FundingLevel, by_value=True)
    year = fields.Integer(allow_none=True, strict=True)
    document_no = fields.String(validate=validate.Length(max=80))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> FundingFact:
        return FundingFact(**data)


class OwnerSchema(_Strict):
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


class InterestSchema(_Strict):
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


class RegistrationSchema(_Strict):
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
