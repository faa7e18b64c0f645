"""Composing the typed row from what its cells hold and what was settled between them."""

from dataclasses import dataclass
from decimal import Decimal

from registry.assets.register.sheets.dates import DateRange, PartialDate, parse_range
from registry.assets.register.sheets.fields import REGION_PARTS
from registry.assets.register.sheets.quantities import Quantity
from registry.assets.register.sheets.reading import RowReading
from registry.assets.register.sheets.records import AssetRow, FundingAmount, ProjectRow
from registry.assets.register.sheets.values import OwnerShare
from registry.kinds import Category, OwnerKind, Sector


@dataclass(frozen=True, slots=True)
class Settled:
    """What the cells of a row give only together, or the person's choice for the whole file."""

    region_code: str | None
    category: Category | None
    project_year: int | None
    funding: tuple[FundingAmount, ...]
    remarks: str | None
    shares: tuple[OwnerShare, ...] = ()
    unit: str | None = None


def asset_row(reading: RowReading, settled: Settled) -> AssetRow:
    """Compose an asset."""
    quantity = reading.get("quantity", Quantity)
    sector = reading.cells.get("sector")
    return AssetRow(
        asset_number=reading.get("asset_number", str),
        name=reading.get("name", str),
        short_name=reading.get("short_name", str),
        category=settled.category,
        subtype=reading.get("subtype", str),
        gbt14885_code=reading.get("gbt14885_code", str),
        region_code=settled.region_code,
        region_text=region_text(reading),
        location_detail=reading.get("location_detail", str),
        longitude=reading.get("longitude", Decimal),
        latitude=reading.get("latitude", Decimal),
        project_number=reading.get("project_number", str),
        project_name=reading.get("project_name", str),
        project_year=settled.project_year,
        plan_document=reading.get("plan_document", str),
        total_investment_fen=reading.fen("total_investment"),
        original_value_fen=reading.fen("original_value"),
        quantity=quantity.amount if quantity else None,
        unit=settled.unit,
        specification=reading.get("specification", str),
        scale=reading.get("scale", str),
        acquired_on=reading.get("acquired_on", PartialDate),
        accepted_on=reading.get("accepted_on", PartialDate),
        in_use_on=reading.get("in_use_on", PartialDate),
        service_years=reading.get("service_years", int),
        depreciation_method=reading.get("depreciation_method", str),
        owner_kind=reading.get("owner_kind", OwnerKind),
        owner_name=reading.get("owner_name", str),
        owner_code=reading.get("owner_code", str),
        owner_shares=settled.shares,
        title_status=reading.get("title_status", str),
        certificate_kind=reading.get("certificate_kind", str),
        certificate_number=reading.get("certificate_number", str),
        certificate_on=reading.get("certificate_on", PartialDate),
        custodian=reading.get("custodian", str),
        operator=reading.get("operator", str),
        supervisor=reading.get("supervisor", str),
        sector=reading.get("sector", Sector),
        sector_text=" ".join(sector.text.split()) if sector else None,
        use_status=reading.get("use_status", str),
        operating_mode=reading.get("operating_mode", str),
        industry_class=reading.get("industry_class", str),
        accounting_system=reading.get("accounting_system", bool),
        publicity=reading.get("publicity", str),
        contract_term=reading.get("contract_term", str),
        income_total_fen=reading.fen("income_total"),
        income_collective_fen=reading.fen("income_collective"),
        income_households_fen=reading.fen("income_households"),
        accumulated_depreciation_fen=reading.fen("accumulated_depreciation"),
        net_value_fen=reading.fen("net_value"),
        disposal_method=reading.get("disposal_method", str),
        remarks=settled.remarks,
        funding=settled.funding,
        funding_source=reading.get("funding_source", str),
        funding_document=reading.get("funding_document", str),
        extras=tuple(reading.extras),
    )


def project_row(reading: RowReading, settled: Settled) -> ProjectRow:
    """Compose a project; a period that is written as one text also gives the beginning and the end."""
    starts, ends = _period(reading)
    return ProjectRow(
        serial=reading.get("serial", str),
        project_number=reading.get("project_number", str),
        name=reading.get("name", str),
        project_kind=reading.get("project_kind", str),
        nature=reading.get("nature", str),
        region_code=settled.region_code,
        region_text=region_text(reading),
        project_year=settled.project_year,
        plan_document=reading.get("plan_document", str),
        content=reading.get("content", str),
        department=reading.get("department", str),
        owner_unit=reading.get("owner_unit", str),
        starts_on=starts,
        ends_on=ends,
        period_text=reading.get("period_text", str),
        subtotal_fen=reading.fen("subtotal"),
        funding=settled.funding,
        funding_source=reading.get("funding_source", str),
        funding_document=reading.get("funding_document", str),
        performance=reading.get("performance", str),
        beneficiaries=reading.get("beneficiaries", str),
        linkage=reading.get("linkage", str),
        responsible_unit=reading.get("responsible_unit", str),
        responsible_person=reading.get("responsible_person", str),
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
