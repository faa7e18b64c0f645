"""What stands in the register of whole units, summed by what boards group by: from the kept sums alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, text

from registry.assets.register.cards.models import OF_COUNTIES, Rollup
from registry.assets.register.registration import STANDING, Stage
from registry.database import db
from registry.kinds import Sector
from registry.places.queries import list_children
from registry.regions import Level, level_of


@dataclass(frozen=True, slots=True)
class StockSum:
    """Count and sums of the assets that share a key: one value for each column they are grouped by."""

    key: tuple[str | bool, ...]
    assets: int
    original_value_fen: int
    poverty_fund_fen: int


def summed_units(region_code: str) -> list[str]:
    """Return the units whose kept sums make up a unit's: itself, or for the municipality the counties beside it."""
    if level_of(region_code) is not Level.MUNICIPALITY:
        return [region_code]
    return [region_code, *(unit.region_code for unit in list_children(region_code, ended=True))]


def kept_of(units: Sequence[str]) -> ColumnElement[bool]:
    """Keep the sums of exactly these units; those of counties are looked for where they lie together."""
    here = Rollup.region_code.in_(units)
    of_counties = bool(units) and all(level_of(unit).depth <= Level.COUNTY.depth for unit in units)
    return and_(here, text(OF_COUNTIES)) if of_counties else here


def stock_by(
    units: Sequence[str], *by: str, sector: Sector | None = None, stages: Collection[Stage] = STANDING
) -> list[StockSum]:
    """Return the kept sums of exactly these units, grouped by columns of Rollup's key and ordered by them.

    A unit's sums hold what lies below it too, but for the municipality: summed_units() names its counties beside it.
    """
    columns = [Rollup.__table__.c[name] for name in by]
    rows = select(
        *columns, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen), func.sum(Rollup.poverty_fund_fen)
    ).where(kept_of(units), Rollup.stage.in_(sorted(stages)))
    if sector is not None:
        rows = rows.where(Rollup.sector == sector.value)
    if columns:
        rows = rows.group_by(*columns).order_by(*columns)
    return [
        StockSum(tuple(key), int(assets), int(value_fen), int(fund_fen))
        for *key, assets, value_fen, fund_fen in db.session.execute(rows)
        if assets
    ]
