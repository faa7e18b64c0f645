"""What a row of a table says, typed: an asset card or a project, with only what was written (None: nothing)."""

from dataclasses import dataclass
from decimal import Decimal

from registry.assets.register.reading.dates import DateRange, parse_range
from registry.assets.register.reading.quantities import Quantity
from registry.assets.register.reading.values import OwnerShare
from registry.assets.register.registration import FundingFact, PartialDate
from registry.assets.register.sheets.fields import REGION_PARTS
from registry.assets.register.sheets.readers import RowReading
from registry.kinds import Category, OwnerKind, Sector
from registry.money import Unit

#: Fields that name the money of a row, beside the columns of sources.
NAMES_MONEY = frozenset({"funding_source", "funding_lines"})


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
    site_code: str | None
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
    service_months: int | None
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
    accounting_system: str | None
    publicity: str | None
    contract_term: str | None
    income_total_fen: int | None
    income_collective_fen: int | None
    income_households_fen: int | None
    accumulated_depreciation_fen: int | None
    net_value_fen: int | None
    disposal_method: str | None
    investee: str | None
    principal_fen: int | None
    holding_bp: int | None
    rate_bp: int | None
    return_kind: str | None
    invested_on: PartialDate | None
    matures_on: PartialDate | None
    exit_terms: str | None
    archives: str | None
    remarks: str | None
    funding: tuple[FundingFact, ...]
    funding_source: str | None
    funding_document: str | None
    #: Whether the row itself names its money; otherwise ``funding`` is one line to be verified.
    funding_written: bool
    #: Whether it names them line by line, with years and documents.
    funding_exact: bool
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
    funding: tuple[FundingFact, ...]
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


@dataclass(frozen=True, slots=True)
class Settled:
    """What the cells of a row give only together, or the person's choice for the whole file."""

    region_code: str | None
    category: Category | None
    project_year: int | None
    funding: tuple[FundingFact, ...]
    remarks: str | None
    shares: tuple[OwnerShare, ...] = ()
    unit: str | None = None


_ASSET_TEXTS = (
    "asset_number", "name", "short_name", "subtype", "gbt14885_code", "site_code", "location_detail", "project_number",
    "project_name", "plan_document", "specification", "scale", "depreciation_method", "owner_name", "owner_code",
    "title_status", "certificate_kind", "certificate_number", "custodian", "operator", "supervisor", "use_status",
    "operating_mode", "industry_class", "accounting_system", "publicity", "contract_term", "disposal_method",
    "investee", "return_kind", "exit_terms", "archives", "funding_source", "funding_document",
)  # fmt: skip
_ASSET_MONEY = (
    "total_investment", "original_value", "income_total", "income_collective", "income_households",
    "accumulated_depreciation", "net_value", "principal",
)  # fmt: skip
_ASSET_DATES = ("acquired_on", "accepted_on", "in_use_on", "certificate_on", "invested_on", "matures_on")
_PROJECT_TEXTS = (
    "serial", "project_number", "name", "project_kind", "nature", "plan_document", "content", "department",
    "owner_unit", "period_text", "funding_source", "funding_document", "performance", "beneficiaries", "linkage",
    "responsible_unit", "responsible_person",
)  # fmt: skip


def asset_row(reading: RowReading, settled: Settled) -> AssetRow:
    """Compose an asset."""
    quantity, sector = reading.get("quantity", Quantity), reading.cells.get("sector")
    texts = {key: reading.get(key, str) for key in _ASSET_TEXTS}
    money = {f"{key}_fen": reading.fen(key) for key in _ASSET_MONEY}
    dates = {key: reading.get(key, PartialDate) for key in _ASSET_DATES}
    return AssetRow(
        **texts,  # type: ignore[arg-type]
        **money,  # type: ignore[arg-type]
        **dates,  # type: ignore[arg-type]
        category=settled.category,
        region_code=settled.region_code,
        region_text=region_text(reading),
        longitude=reading.get("longitude", Decimal),
        latitude=reading.get("latitude", Decimal),
        project_year=settled.project_year,
        quantity=quantity.amount if quantity else None,
        unit=settled.unit,
        service_months=reading.get("service_months", int),
        owner_kind=reading.get("owner_kind", OwnerKind),
        owner_shares=settled.shares,
        sector=reading.get("sector", Sector),
        sector_text=" ".join(sector.text.split()) if sector else None,
        holding_bp=reading.get("holding", int),
        rate_bp=reading.get("rate", int),
        remarks=settled.remarks,
        funding=settled.funding,
        funding_written=any(key in NAMES_MONEY or key.startswith("funding:") for key in reading.values),
        funding_exact="funding_lines" in reading.values,
        extras=tuple(reading.extras),
    )


def project_row(reading: RowReading, settled: Settled) -> ProjectRow:
    """Compose a project; a period that is written as one text also gives the beginning and the end."""
    starts, ends = _period(reading)
    texts = {key: reading.get(key, str) for key in _PROJECT_TEXTS}
    return ProjectRow(
        **texts,
        region_code=settled.region_code,
        region_text=region_text(reading),
        project_year=settled.project_year,
        starts_on=starts,
        ends_on=ends,
        subtotal_fen=reading.fen("subtotal"),
        funding=settled.funding,
        remarks=settled.remarks,
        extras=tuple(reading.extras),
    )


def region_text(reading: RowReading) -> str | None:
    """Return the place as written, from the county down."""
    return "".join(text for key in REGION_PARTS if (text := reading.get(key, str))) or None


def _period(reading: RowReading) -> tuple[PartialDate | None, PartialDate | None]:
    starts, ends = reading.get("starts_on", PartialDate), reading.get("ends_on", PartialDate)
    cell = reading.cells.get("period_text")
    if starts or ends or cell is None:
        return starts, ends
    period = parse_range(cell)
    return (period.starts, period.ends) if isinstance(period, DateRange) else (None, None)
