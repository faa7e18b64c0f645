"""What reports ask of the register: the standing assets a reader reaches, as they stood at the end of a day.

Most assets stand as they stood and are read as columns, never entities; the others are read card by card.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from registry.assets.register.amendments.past import CardThen
from registry.assets.register.amendments.standing import earlier, unchanged
from registry.assets.register.amendments.standing import standing as stands
from registry.assets.register.cards.models import Asset, Interest
from registry.assets.register.cards.parts import first_owner, funding_text, owner_text
from registry.assets.register.depreciation import DepreciationPlan
from registry.database import db
from registry.permissions import Actor, Permission
from registry.places.models import Region, RegionName
from registry.places.rules import short_name
from registry.regions import Level, ancestor, code_range, level_of, lineage
from registry.scope import within
from registry.text import N_

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Holding:
    """One standing asset, as it stood at the end of a day."""

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
        """How the asset lost value, as planned then."""
        return DepreciationPlan(
            self.plan_from_month, self.plan_accumulated_fen, self.plan_remaining_fen, self.plan_months
        )


_COLUMNS = (*(getattr(Asset, name) for name in Holding.__dataclass_fields__ if name != "interest_bp"),)


def standing(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of every report: standing assets that a unit manages, formed by a day, that are in reach."""
    return stands(region_code, within(Asset, actor, Permission.PRINT), on)


def _unchanged(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return unchanged(region_code, within(Asset, actor, Permission.PRINT), on)


def _earlier(region_code: str, actor: Actor, on: date) -> list[CardThen]:
    return [card for _asset, card in earlier(region_code, within(Asset, actor, Permission.PRINT), on)]


def list_holdings(region_code: str, actor: Actor, on: date) -> Iterator[Holding]:
    """Yield the assets of a report by unit and number as they stood at the end of a day."""
    earlier = sorted(map(_holding, _earlier(region_code, actor, on)), key=_place)
    rows: Select[Any] = (
        select(*_COLUMNS, Interest.share_bp)
        .outerjoin(Interest, Interest.asset_id == Asset.id)
        .where(*_unchanged(region_code, actor, on))
        .order_by(Asset.region_code, Asset.asset_no)
    )
    # A few thousand rows in memory at a time: a county has a hundred thousand.
    unchanged = db.session.execute(rows, execution_options={"yield_per": _AT_ONCE})
    return merge((Holding(*row) for row in unchanged), earlier, key=_place)


def _place(holding: Holding) -> tuple[str, str]:
    return holding.region_code, holding.asset_no


def _holding(card: CardThen) -> Holding:
    facts, plan = card.facts, card.plan
    return Holding(
        id=card.id, region_code=facts.region_code, asset_no=card.asset_no, name=facts.name,
        category=facts.category.value, subtype=facts.subtype, acquired_on=facts.acquired.day,
        acquired_precision=facts.acquired.precision.value, quantity_milli=facts.quantity_milli, unit=facts.unit,
        owner_text=owner_text(facts.owners), funding_text=funding_text(facts.funding),
        original_value_fen=facts.original_value_fen, plan_from_month=plan.from_month,
        plan_accumulated_fen=plan.accumulated_fen, plan_remaining_fen=plan.remaining_fen, plan_months=plan.months,
        stage=card.stage.value, title_status=facts.title_status, use_status=facts.use_status,
        operating_mode=facts.operating_mode, interest_bp=facts.interest.share_bp,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Assets of one category and kind of owner within one unit: how many, and their value."""

    unit_prefix: str
    category: str
    owner_kind: str
    count: int
    original_fen: int


def grouped(region_code: str, level: Level, actor: Actor, on: date) -> list[Group]:
    """Return count and value by unit of a level, category and kind of owner, at the end of a day."""
    keys: tuple[Any, ...] = (func.substr(Asset.region_code, 1, level.width), Asset.category, Asset.owner_kind)
    sums: Select[Any] = select(*keys, func.count(), func.sum(Asset.original_value_fen)).group_by(*keys)
    found: dict[tuple[str, str, str], tuple[int, int]] = {}
    for prefix, category, kind, count, fen in db.session.execute(sums.where(*_unchanged(region_code, actor, on))):
        found[prefix, category, kind] = (count, int(fen))
    for card in _earlier(region_code, actor, on):
        facts = card.facts
        key = (facts.region_code[: level.width], facts.category.value, first_owner(facts.owners).kind.value)
        held = found.get(key, (0, 0))
        found[key] = (held[0] + 1, held[1] + facts.original_value_fen)
    return [Group(*key, *found[key]) for key in sorted(found)]


def unit_names(region_code: str, on: date) -> dict[str, str]:
    """Return the short names that a unit, those above it and everything below it bore on a day."""
    inside = Region.region_code.between(*code_range(region_code)) | Region.region_code.in_(lineage(region_code))
    rows = select(Region.region_code, Region.name).where(inside)
    former = select(RegionName.region_code, RegionName.name).where(
        RegionName.region_code.in_(select(Region.region_code).where(inside)),
        RegionName.valid_to > on,
        or_(RegionName.valid_from.is_(None), RegionName.valid_from <= on),
    )
    return {code: short_name(name) for code, name in [*db.session.execute(rows), *db.session.execute(former)]}


#: Township and village of every unit, by its code.
Places = dict[str, tuple[str, str]]


def places_within(region_code: str, on: date) -> Places:
    """Name township and village of a unit and everything below it; what a higher unit manages is its own (本级)."""
    names = unit_names(region_code, on)
    return {code: (_named(code, Level.TOWNSHIP, names), _named(code, Level.VILLAGE, names)) for code in names}


def _named(region_code: str, level: Level, names: dict[str, str]) -> str:
    if level_of(region_code).depth < level.depth:
        return N_("%(unit)s本级") % {"unit": names[region_code]}
    return names[ancestor(region_code, level)]


def count_villages(region_code: str, on: date) -> int:
    """Return how many villages stood in a unit on a day."""
    below_township = func.substr(Region.region_code, Level.TOWNSHIP.width + 1) != "000"
    inside = Region.region_code.between(*code_range(region_code))
    stood = or_(Region.ended_on.is_(None), Region.ended_on > on)
    return db.session.scalar(select(func.count()).select_from(Region).where(inside, below_township, stood)) or 0
