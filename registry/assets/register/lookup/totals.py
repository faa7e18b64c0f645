"""Count and sums of exactly what is filtered: from the sums kept per unit, or by adding the rows up to a limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, not_, or_, select, union

from registry.assets.register.cards.models import Asset, Rollup
from registry.assets.register.depreciation import month_number
from registry.assets.register.lookup import search
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.queries import Part, conditions
from registry.assets.register.registration import STANDING, Stage
from registry.database import db
from registry.kinds import Category
from registry.places.models import Region
from registry.regions import Level, level_of

#: Up to this many rows a total is added up without being asked for.
MAX_ADDED = 10_000


@dataclass(frozen=True)
class Totals:
    """Count and sums; ``assets`` is None where more than MAX_ADDED rows would have to be added up."""

    assets: int | None
    original_value_fen: int | None = None
    poverty_fund_fen: int | None = None
    #: Only where the rows themselves were added up.
    net_value_fen: int | None = None


MANY = Totals(None)


def get_totals(chosen: Filter, parts: Sequence[Part], on: date, *, exact: bool = False) -> Totals:
    """Return the totals of a filtered list; ``exact`` adds up any number of rows."""
    if chosen.is_summed and parts and all(part.plain or part.foreign for part in parts):
        kept = _from_sums(chosen, parts, on)
        return _added(chosen, parts, on, MAX_ADDED) if (kept.assets or 0) <= MAX_ADDED else kept
    return _added(chosen, parts, on, None if exact else MAX_ADDED)


@dataclass(frozen=True)
class Kept:
    """One row of the sums that are kept: of a category at a stage."""

    category: Category
    stage: Stage
    assets: int
    original_value_fen: int
    poverty_fund_fen: int


def kept_sums(parts: Iterable[Part]) -> list[Kept]:
    """Return the sums of whole units by category and stage; the municipality's are those of its counties."""
    units = [part.codes.low for part in parts if part.plain]
    tops = [unit for unit in units if level_of(unit) is Level.MUNICIPALITY]
    wanted: ColumnElement[bool] = Rollup.region_code.in_(units)
    if tops:
        counties = select(Region.region_code).where(Region.parent_code.in_(tops))
        wanted = Rollup.region_code.in_([*units, *db.session.scalars(counties)])
    rows = select(
        Rollup.category, Rollup.stage, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen),
        func.sum(Rollup.poverty_fund_fen),
    ).where(wanted).group_by(Rollup.category, Rollup.stage)  # fmt: skip
    return [
        Kept(Category(category), Stage(stage), int(assets), int(value), int(fund))
        for category, stage, assets, value, fund in db.session.execute(rows)
    ]


def _from_sums(chosen: Filter, parts: Sequence[Part], on: date) -> Totals:
    stages = {chosen.stage} if chosen.stage else STANDING if chosen.alive else set(Stage)
    rows = [
        row
        for row in kept_sums(parts)
        if row.stage in stages and (chosen.category is None or row.category is chosen.category)
    ]
    managed = or_(*(part.condition for part in parts if not part.foreign))
    foreign = [replace(part, condition=and_(part.condition, not_(managed))) for part in parts if part.foreign]
    joint = _added(chosen, foreign, on, None) if foreign else Totals(0, 0, 0)
    return Totals(
        sum(row.assets for row in rows) + (joint.assets or 0),
        sum(row.original_value_fen for row in rows) + (joint.original_value_fen or 0),
        sum(row.poverty_fund_fen for row in rows) + (joint.poverty_fund_fen or 0),
    )


def net_value(month: int) -> ColumnElement[int]:
    """Return the SQL of an asset's net value after a month: depreciation.accumulated_by_month in whole numbers."""
    passed = month - Asset.plan_from_month
    elapsed = case((passed < 0, 0), (passed > Asset.plan_months, Asset.plan_months), else_=passed)
    # Where there is no plan the divisor is never used, but PostgreSQL may work it out all the same.
    months = func.nullif(Asset.plan_months, 0)
    gone = case((Asset.plan_months <= 0, 0), else_=Asset.plan_remaining_fen * elapsed // months)
    return Asset.original_value_fen - Asset.plan_accumulated_fen - gone


def _rows(chosen: Filter, parts: Sequence[Part], on: date, most: int | None) -> Subquery:
    """Return the rows to add up, each once, at most one more than ``most`` of each part."""
    figures = (Asset.id, Asset.original_value_fen, Asset.poverty_fund_fen)
    net = net_value(month_number(on) - 1).label("net_value_fen")
    found: list[Select[Any]] = []
    for part in parts:
        rows: Any = select(*figures, net).where(part.condition, *conditions(chosen))
        if chosen.words:
            unit = None if part.foreign or part.above_county else part.codes.low
            rows = search.Plan(search.matching(chosen.words, unit), by_id=False).narrow(rows)
        found.append(rows.limit(most + 1) if most is not None else rows)
    if len(found) == 1:
        return found[0].subquery()
    return union(*(select(rows.subquery()) for rows in found)).subquery()


def _added(chosen: Filter, parts: Sequence[Part], on: date, most: int | None) -> Totals:
    if not parts:
        return Totals(0, 0, 0, 0)
    rows = _rows(chosen, parts, on, most)
    total = _sum(rows)
    if most is not None and (total.assets or 0) > most:
        return MANY
    wrong = _wrong_finds(chosen.words, rows)
    if wrong:
        total = _less(total, _sum(rows, rows.c.id.in_(wrong)))
    return total if (total.assets or 0) <= MAX_ADDED else replace(total, net_value_fen=None)


def _sum(rows: Subquery, *only: ColumnElement[bool]) -> Totals:
    sums: list[Any] = [func.coalesce(func.sum(rows.c[name]), 0) for name in _SUMMED]
    found = db.session.execute(select(func.count(), *sums).select_from(rows).where(*only)).one()
    return Totals(*(int(one) for one in found))


_SUMMED = ("original_value_fen", "poverty_fund_fen", "net_value_fen")


def _less(total: Totals, wrong: Totals) -> Totals:
    names = ("assets", *_SUMMED)
    return Totals(*((getattr(total, name) or 0) - (getattr(wrong, name) or 0) for name in names))


def _wrong_finds(words: str, rows: Subquery) -> list[int]:
    """Return what the index found though the name only holds the pairs of the words, not the words."""
    if len(words) <= search.PROVED:
        return []
    names = select(Asset.id, Asset.name, Asset.short_name).join(rows, rows.c.id == Asset.id)
    return [key for key, name, short in db.session.execute(names) if not search.holds(words, name, short)]
