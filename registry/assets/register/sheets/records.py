"""What a row of a table says, typed: an asset card or a project, with only what was written (None: nothing)."""

from dataclasses import dataclass
from decimal import Decimal

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.sheets.dates import PartialDate
from registry.assets.register.sheets.values import OwnerShare
from registry.kinds import Category, OwnerKind, Sector
from registry.money import Unit


@dataclass(frozen=True, slots=True)
class FundingAmount:
    """The money of one source and level."""

    source: FundingSource
    level: FundingLevel
    amount_fen: int
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """An asset as a ledger lists it; ``extras`` are the columns the card has no field for, heading and text."""

    asset_number: str | None
    name: str | None
    short_name: str | None
    category: Category | None
    subtype: str | None
    gbt14885_code: str | None
    region_code: str | None
    region_text: str | None
    location_detail: str | None
    longitude: Decimal | None
    latitude: Decimal | None
    project_number: str | None
    project_name: str | None
    project_year: int | None
    plan_document: str | None
    total_investment_fen: int | None
    original_value_fen: int | None
    quantity: Decimal | None
    unit: str | None
    specification: str | None
    scale: str | None
    acquired_on: PartialDate | None
    accepted_on: PartialDate | None
    in_use_on: PartialDate | None
    service_years: int | None
    depreciation_method: str | None
    owner_kind: OwnerKind | None
    owner_name: str | None
    owner_code: str | None
    owner_shares: tuple[OwnerShare, ...]
    title_status: str | None
    certificate_kind: str | None
    certificate_number: str | None
    certificate_on: PartialDate | None
    custodian: str | None
    operator: str | None
    supervisor: str | None
    sector: Sector | None
    sector_text: str | None
    use_status: str | None
    operating_mode: str | None
    industry_class: str | None
    accounting_system: bool | None
    publicity: str | None
    contract_term: str | None
    income_total_fen: int | None
    income_collective_fen: int | None
    income_households_fen: int | None
    accumulated_depreciation_fen: int | None
    net_value_fen: int | None
    disposal_method: str | None
    remarks: str | None
    funding: tuple[FundingAmount, ...]
    funding_source: str | None
    funding_document: str | None
    extras: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project as a plan or a project library lists it."""

    serial: str | None
    project_number: str | None
    name: str | None
    project_kind: str | None
    nature: str | None
    region_code: str | None
    region_text: str | None
    project_year: int | None
    plan_document: str | None
    content: str | None
    department: str | None
    owner_unit: str | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    period_text: str | None
    subtotal_fen: int | None
    funding: tuple[FundingAmount, ...]
    funding_source: str | None
    funding_document: str | None
    performance: str | None
    beneficiaries: str | None
    linkage: str | None
    responsible_unit: str | None
    responsible_person: str | None
    remarks: str | None
    extras: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a person chose for the whole file, used only where the table itself says nothing."""

    unit: Unit | None = None
    region_code: str | None = None
    category: Category | None = None
    project_year: int | None = None
