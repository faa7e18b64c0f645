"""What reports ask of the register: columns of the standing assets a reader reaches, never entities."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from registry.assets.register.cards.models import Asset, Interest, ValueChange
from registry.assets.register.depreciation import DepreciationPlan, first_plan
from registry.assets.register.registration import STANDING
from registry.database import db
from registry.permissions import Actor, Permission
from registry.places.models import Region
from registry.places.rules import short_name
from registry.regions import Level, code_range, lineage
from registry.scope import within

_AT_ONCE = 2000
_STAGES = sorted(stage.value for stage in STANDING)


@dataclass(frozen=True, slots=True)
class Holding:
    """One standing asset, as the columns of the register have it today."""

    id: int
    region_code: str
    asset_no: str
    name: str
    category: str
    subtype: str
    acquired_on: date
    acquired_precision: str
    quantity_milli: int | None
    unit: str
    owner_text: str
    funding_text: str
    original_value_fen: int
    plan_from_month: int
    plan_accumulated_fen: int
    plan_remaining_fen: int
    plan_months: int
    stage: str
    title_status: str
    use_status: str
    operating_mode: str
    interest_bp: int | None

    @property
    def plan(self) -> DepreciationPlan:
        """How the asset loses value, as planned today."""
        return DepreciationPlan(
            self.plan_from_month, self.plan_accumulated_fen, self.plan_remaining_fen, self.plan_months
        )


_COLUMNS = (*(getattr(Asset, name) for name in Holding.__dataclass_fields__ if name != "interest_bp"),)


def standing(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of every report: standing assets that a unit manages, formed by a day, that are in reach."""
    return (
        Asset.region_code.between(*code_range(region_code)),
        Asset.stage.in_(_STAGES),
        Asset.acquired_on <= on,
        within(Asset, actor, Permission.PRINT),
    )


def list_holdings(region_code: str, actor: Actor, on: date) -> Iterator[Holding]:
    """Yield the assets of a report by unit and number, a few thousand rows in memory at a time."""
    rows: Select[Any] = (
        select(*_COLUMNS, Interest.share_bp)
        .outerjoin(Interest, Interest.asset_id == Asset.id)
        .where(*standing(region_code, actor, on))
        .order_by(Asset.region_code, Asset.asset_no)
    )
    for row in db.session.execute(rows, execution_options={"yield_per": _AT_ONCE}):
        yield Holding(*row)


def later_changes(region_code: str, actor: Actor, on: date) -> dict[int, int]:
    """Return by how many fen assets changed value after a day, so that the value of that day can be told."""
    rows = (
        select(ValueChange.asset_id, func.sum(ValueChange.amount_fen))
        .join(Asset, Asset.id == ValueChange.asset_id)
        .where(ValueChange.effective_on > on, *standing(region_code, actor, on))
        .group_by(ValueChange.asset_id)
    )
    return {asset_id: int(fen) for asset_id, fen in db.session.execute(rows)}


def earlier_plans(values_fen: dict[int, int]) -> dict[int, DepreciationPlan]:
    """Return the plans of assets before their value changed, by their values then; exact for the first change."""
    ids = sorted(values_fen)
    rows = select(
        Asset.id, Asset.in_use_on, Asset.accepted_on, Asset.acquired_on, Asset.service_months, Asset.salvage_bp,
        Asset.plan_months,
    )  # fmt: skip
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        for row in db.session.execute(rows.where(Asset.id.in_(ids[start : start + _AT_ONCE]))):
            begun = row.in_use_on or row.accepted_on or row.acquired_on
            months = row.service_months if row.plan_months else 0
            found[row.id] = first_plan(values_fen[row.id], start=begun, months=months, salvage_bp=row.salvage_bp)
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """Assets of one category and kind of owner within one unit: how many, and their value."""

    unit_prefix: str
    category: str
    owner_kind: str
    count: int
    original_fen: int


def grouped(region_code: str, level: Level, actor: Actor, on: date) -> list[Group]:
    """Return count and value by unit of a level, category and kind of owner, as of a day."""
    unit = func.substr(Asset.region_code, 1, level.width)
    keys: tuple[Any, ...] = (unit, Asset.category, Asset.owner_kind)
    where = standing(region_code, actor, on)
    sums: Select[Any] = (
        select(*keys, func.count(), func.sum(Asset.original_value_fen)).where(*where).group_by(*keys).order_by(*keys)
    )
    later: Select[Any] = (
        select(*keys, func.sum(ValueChange.amount_fen))
        .join(ValueChange, ValueChange.asset_id == Asset.id)
        .where(ValueChange.effective_on > on, *where)
        .group_by(*keys)
    )
    since = {(prefix, category, kind): int(fen) for prefix, category, kind, fen in db.session.execute(later)}
    return [
        Group(prefix, category, kind, count, int(fen) - since.get((prefix, category, kind), 0))
        for prefix, category, kind, count, fen in db.session.execute(sums)
    ]


def unit_names(region_code: str) -> dict[str, str]:
    """Return the short names of a unit, of those above it and of everything below it."""
    inside = Region.region_code.between(*code_range(region_code))
    rows = select(Region.region_code, Region.name).where(inside | Region.region_code.in_(lineage(region_code)))
    return {code: short_name(name) for code, name in db.session.execute(rows)}


def count_villages(region_code: str) -> int:
    """Return how many standing villages lie in a unit."""
    below_township = func.substr(Region.region_code, Level.TOWNSHIP.width + 1) != "000"
    inside = Region.region_code.between(*code_range(region_code))
    rows = select(func.count()).select_from(Region).where(inside, below_township, Region.ended_on.is_(None))
    return db.session.scalar(rows) or 0
