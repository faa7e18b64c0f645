"""Count and sums of exactly what is filtered: from the sums kept per unit, or by adding the rows up to a limit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, not_, or_, select, union

from registry.assets.register.cards.models import Asset, Rollup
from registry.assets.register.cards.stock import kept_of
from registry.assets.register.categories import HandedOver
from registry.assets.register.depreciation import month_number
from registry.assets.register.lookup import search
from registry.assets.register.lookup.filters import EVERYTHING, Filter
from registry.assets.register.lookup.queries import GONE, Part
from registry.assets.register.registration import STANDING, Stage
from registry.database import db
from registry.kinds import Category
from registry.places.models import Region
from registry.regions import Level, level_of

#: Up to this many rows a total is added up without being asked for.
MAX_ADDED = 10_000
#: Up to this many rows their net values are worked out too; that needs the rows themselves, not only an index.
MAX_NET = 2_000
#: No word is looked for in the index first where only one that every fourth name holds would be found often enough.
RARELY = 4
#: Beyond this many assets withdrawn or disposed of, the index of words alone proves nothing quickly.
MAX_GONE = 100_000


@dataclass(frozen=True)
class Totals:
    """Count and sums; ``assets`` is None where more than MAX_ADDED rows would have to be added up."""

    assets: int | None
    original_value_fen: int | None = None
    poverty_fund_fen: int | None = None
    #: Only up to MAX_NET rows.
    net_value_fen: int | None = None


MANY = Totals(None)


@dataclass(frozen=True)
class Kept:
    """One row of the sums that are kept: of a category at a stage."""

    category: Category
    stage: Stage
    assets: int
    original_value_fen: int
    poverty_fund_fen: int


def get_totals(
    chosen: Filter, parts: Sequence[Part], on: date, kept: Sequence[Kept] | None = None, *, exact: bool = False
) -> Totals:
    """Return the totals of a filtered list; ``exact`` adds up any number of rows, ``kept`` are sums read before."""
    if not parts:
        return Totals(0, 0, 0, 0)
    if chosen.is_summed and are_kept(parts):
        total = _from_sums(chosen, parts, _sums_for(chosen, parts, kept))
    elif not exact and chosen.words and are_kept(parts) and _surely_many(chosen, parts, kept or kept_sums(parts)):
        return MANY
    else:
        total = _added(chosen, parts, None if exact else MAX_ADDED)
    if total.assets == 0:
        return replace(total, net_value_fen=0)
    if total.assets is None or total.assets > MAX_NET:
        return total
    return replace(total, net_value_fen=_net(chosen, parts, on))


def _sums_for(chosen: Filter, parts: Sequence[Part], kept: Sequence[Kept] | None) -> Sequence[Kept]:
    """Return the kept sums that answer for a filter: those read before where it asks for no cells."""
    if not chosen.is_coarse:
        return kept_sums(parts, chosen)
    return kept if kept is not None else kept_sums(parts)


def are_kept(parts: Sequence[Part]) -> bool:
    """Say whether kept sums answer for what is managed in these parts: for whole units, or for one sector of one."""
    own = [part for part in parts if not part.foreign]
    return all(part.plain for part in own) or (len(own) == 1 and own[0].summed)


def kept_sums(parts: Sequence[Part], chosen: Filter = EVERYTHING) -> list[Kept]:
    """Return the sums of whole units by category and stage, of the cells that a filter lets through.

    The municipality's are those of its counties.
    """
    own = [part for part in parts if part.plain] or [part for part in parts if part.summed]
    units = [part.codes.low for part in own]
    tops = [unit for unit in units if level_of(unit) is Level.MUNICIPALITY]
    wanted = kept_of(units)
    if tops:
        counties = select(Region.region_code).where(Region.parent_code.in_(tops))
        wanted = kept_of([*units, *db.session.scalars(counties)])
    rows = select(
        Rollup.category, Rollup.stage, func.sum(Rollup.assets), func.sum(Rollup.original_value_fen),
        func.sum(Rollup.poverty_fund_fen),
    ).where(wanted, *_cells(own, chosen)).group_by(Rollup.category, Rollup.stage)  # fmt: skip
    return [
        Kept(Category(category), Stage(stage), int(assets), int(value), int(fund))
        for category, stage, assets, value, fund in db.session.execute(rows)
    ]


def _cells(own: Sequence[Part], chosen: Filter) -> list[ColumnElement[bool]]:
    """Return which cells a filter lets through, but for category and stage, and which a reach narrowed to a sector."""
    equal: dict[Any, object] = {
        Rollup.sector: chosen.sector,
        Rollup.owner_kind: chosen.owner_kind,
        Rollup.title_status: chosen.title_status,
        Rollup.use_status: chosen.use_status,
        Rollup.is_handed_over: None if chosen.handed_over is None else chosen.handed_over is HandedOver.YES,
    }
    found = [column == value for column, value in equal.items() if value is not None]
    return [*found, *(Rollup.sector == part.sector for part in own if part.sector is not None)]


def _from_sums(chosen: Filter, parts: Sequence[Part], kept: Sequence[Kept]) -> Totals:
    stages = {chosen.stage} if chosen.stage else STANDING if chosen.alive else set(Stage)
    rows = [row for row in kept if row.stage in stages and (chosen.category is None or row.category is chosen.category)]
    managed = or_(*(part.condition for part in parts if not part.foreign))
    foreign = [replace(part, condition=and_(part.condition, not_(managed))) for part in parts if part.foreign]
    joint = _added(chosen, foreign, None) if foreign else Totals(0, 0, 0)
    return Totals(
        sum(row.assets for row in rows) + (joint.assets or 0),
        sum(row.original_value_fen for row in rows) + (joint.original_value_fen or 0),
        sum(row.poverty_fund_fen for row in rows) + (joint.poverty_fund_fen or 0),
    )


def _surely_many(chosen: Filter, parts: Sequence[Part], kept: Sequence[Kept]) -> bool:
    """Say whether the index of words alone finds more than are added up, even if every asset gone were among them."""
    if not chosen.words or chosen != Filter(q=chosen.q, region=chosen.region):
        return False
    gone = sum(row.assets for row in kept if row.stage not in STANDING)
    most = MAX_ADDED + gone
    if gone > MAX_GONE or sum(row.assets for row in kept) <= most * RARELY:
        return False
    return any(search.finds_more_than(chosen.words, part.unit, most) for part in parts if part.plain)


def net_value(month: int, asset: type[Asset] = Asset) -> ColumnElement[int]:
    """Return the SQL of an asset's net value after a month: depreciation.accumulated_by_month in whole numbers."""
    passed = month - asset.plan_from_month
    elapsed = case((passed < 0, 0), (passed > asset.plan_months, asset.plan_months), else_=passed)
    # Where there is no plan the divisor is never used, but PostgreSQL may work it out all the same.
    months = func.nullif(asset.plan_months, 0)
    gone = case((asset.plan_months <= 0, 0), else_=asset.plan_remaining_fen * elapsed // months)
    return asset.original_value_fen - asset.plan_accumulated_fen - gone


def _rows(chosen: Filter, parts: Sequence[Part], most: int | None, figures: tuple[Any, ...]) -> Subquery:
    """Return the rows to add up, each once, at most one more than ``most`` of each part."""
    found: list[Select[Any]] = []
    for part in parts:
        rows = _part_rows(chosen, part, figures)
        found.append(rows.limit(most + 1) if most is not None else rows)
    if len(found) == 1:
        return found[0].subquery()
    return union(*(select(rows.subquery()) for rows in found)).subquery()


def _part_rows(chosen: Filter, part: Part, figures: tuple[Any, ...]) -> Select[Any]:
    if chosen == Filter(q=chosen.q, region=chosen.region) and chosen.words and part.plain and figures is _FIGURES:
        rows = search.figures(chosen.words, part.unit, part.codes, GONE)
        if rows is not None:
            return rows
    rows = select(Asset.id, *figures).where(*part.holds(chosen))
    return search.all_finds(rows, chosen.words, part.unit) if chosen.words else rows


def _added(chosen: Filter, parts: Sequence[Part], most: int | None) -> Totals:
    rows = _rows(chosen, parts, most, _FIGURES)
    total = _sum(rows)
    if most is not None and (total.assets or 0) > most:
        return MANY
    wrong = _wrong_finds(chosen.words, rows)
    return _less(total, _sum(rows, rows.c.id.in_(wrong))) if wrong else total


_SUMMED = ("original_value_fen", "poverty_fund_fen")
_FIGURES = (Asset.original_value_fen, Asset.poverty_fund_fen)


def _sum(rows: Subquery, *only: ColumnElement[bool]) -> Totals:
    sums: list[Any] = [func.coalesce(func.sum(rows.c[name]), 0) for name in _SUMMED]
    found = db.session.execute(select(func.count(), *sums).select_from(rows).where(*only)).one()
    return Totals(*(int(one) for one in found))


def _net(chosen: Filter, parts: Sequence[Part], on: date) -> int:
    rows = _rows(chosen, parts, None, (net_value(month_number(on) - 1).label("net"),))
    net: Any = select(func.coalesce(func.sum(rows.c.net), 0))
    wrong = _wrong_finds(chosen.words, rows)
    return int(db.session.scalar(net.where(rows.c.id.not_in(wrong)) if wrong else net) or 0)


def _less(total: Totals, wrong: Totals) -> Totals:
    names = ("assets", *_SUMMED)
    return Totals(*((getattr(total, name) or 0) - (getattr(wrong, name) or 0) for name in names))


def _wrong_finds(words: str, rows: Subquery) -> list[int]:
    """Return what the index found though the name only holds the pairs of the words, not the words."""
    if len(words) <= search.PROVED:
        return []
    names = select(Asset.id, Asset.name, Asset.short_name).join(rows, rows.c.id == Asset.id)
    return [key for key, name, short in db.session.execute(names) if not search.holds(words, name, short)]
