"""What stands in the register of whole units, summed by what boards group by: from the kept sums alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from registry.assets.register.cards.models import Rollup
from registry.assets.register.registration import STANDING, Stage
from registry.database import db
from registry.kinds import Sector


@dataclass(frozen=True, slots=True)
class StockSum:
    """Count and sums of the assets that share a key: one value for each column they are grouped by."""

    key: tuple[str | bool, ...]
    assets: int
    original_value_fen: int
    poverty_fund_fen: int


def stock_by(
    units: Sequence[str], *by: str, sector: Sector | None = None, stages: Collection[Stage] = STANDING
) -> list[StockSum]:
    """Return the kept sums of exactly these units, grouped by columns of Rollup's key and ordered by them.

    A unit's sums hold what lies below it too, but for the municipality: name its counties beside it.
    """
    columns = [Rollup.__table__.c[name] for name in by]
    rows = select(
        *columns, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen), func.sum(Rollup.poverty_fund_fen)
    ).where(Rollup.region_code.in_(units), Rollup.stage.in_(sorted(stages)))
    if sector is not None:
        rows = rows.where(Rollup.sector == sector.value)
    if columns:
        rows = rows.group_by(*columns).order_by(*columns)
    return [
        StockSum(tuple(key), int(assets), int(value_fen), int(fund_fen))
        for *key, assets, value_fen, fund_fen in db.session.execute(rows)
        if assets
    ]
