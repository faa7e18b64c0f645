"""Settling a row: the checks between its cells in their order, then the typed row."""

from registry.assets.register.sheets.checks import (
    check_period,
    check_required,
    check_shares,
    check_unit,
    collected_remarks,
    notice_sector,
    notice_subsidy,
    resolve_region,
)
from registry.assets.register.sheets.composing import Settled, asset_row, project_row
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.funds import settle_funding
from registry.assets.register.sheets.places import RegionIndex
from registry.assets.register.sheets.reading import RowReading
from registry.assets.register.sheets.records import AssetRow, Defaults, FundingAmount, ProjectRow
from registry.kinds import Category


def settle(reading: RowReading, kind: TableKind, regions: RegionIndex, defaults: Defaults) -> AssetRow | ProjectRow:
    """Check what must hold between the cells, adding problems and notices to the row, and compose what it says."""
    region = resolve_region(reading, regions, defaults)
    funding = settle_funding(reading, kind)
    compose = _asset if kind is TableKind.ASSETS else _project
    return compose(reading, defaults, region, funding)


def _asset(reading: RowReading, defaults: Defaults, region: str | None, funding: tuple[FundingAmount, ...]) -> AssetRow:
    settled = Settled(
        region_code=region,
        category=reading.get("category", Category) or (None if "category" in reading.failed else defaults.category),
        project_year=reading.get("project_year", int) or defaults.project_year,
        funding=funding,
        remarks=collected_remarks(reading),
        shares=check_shares(reading),
        unit=check_unit(reading),
    )
    notice_sector(reading)
    check_required(reading, TableKind.ASSETS, _present(settled))
    return asset_row(reading, settled)


def _project(
    reading: RowReading, defaults: Defaults, region: str | None, funding: tuple[FundingAmount, ...]
) -> ProjectRow:
    settled = Settled(
        region_code=region,
        category=None,
        project_year=reading.get("project_year", int) or defaults.project_year,
        funding=funding,
        remarks=collected_remarks(reading),
    )
    check_period(reading)
    notice_subsidy(reading)
    check_required(reading, TableKind.PROJECTS, _present(settled))
    return project_row(reading, settled)


def _present(settled: Settled) -> set[str]:
    """Return the required fields that were settled otherwise than by one cell."""
    given = {"region": settled.region_code, "category": settled.category, "project_year": settled.project_year}
    return {key for key, value in given.items() if value}
