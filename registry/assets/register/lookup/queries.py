"""The rows of a list: what a filter means in SQL, and one page of it by keys."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, select, tuple_

from registry.assets.register.cards.models import Asset, FundingLine
from registry.assets.register.categories import HandedOver
from registry.assets.register.funding import FundingSource
from registry.assets.register.lookup import search
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.paging import Key, Order, Place
from registry.assets.register.lookup.rows import Row
from registry.assets.register.registration import STANDING, Stage
from registry.codes import ASSET_NUMBER_LENGTH
from registry.database import db
from registry.kinds import Sector
from registry.permissions import Actor, Permission
from registry.places.queries import get_unit
from registry.regions import CodeRange, Level, code_range, level_of
from registry.scope import Stretch, stretches

ROW = tuple(getattr(Asset, name) for name in Row.__dataclass_fields__)
#: Another order is offered up to this many rows.
MAX_SORTED = 20_000
GONE = sorted(stage.value for stage in Stage if stage not in STANDING)


@dataclass(frozen=True)
class Part:
    """A stretch of what the reader reaches, cut to the region that is asked for."""

    condition: ColumnElement[bool]
    codes: CodeRange
    foreign: bool
    plain: bool
    #: Whether the sums kept per unit answer for it, those of its sector where it is narrowed to one.
    summed: bool
    sector: Sector | None = None

    @property
    def above_county(self) -> bool:
        return level_of(self.codes.low) is Level.MUNICIPALITY

    @property
    def unit(self) -> str | None:
        """The unit whose word in the index of words narrows a search to this part, where there is one."""
        return None if self.foreign or self.above_county else self.codes.low

    def holds(self, chosen: Filter) -> list[ColumnElement[bool]]:
        """Return what a row of this part that the filter lets through satisfies."""
        here = self.condition
        if chosen.number and self.plain:
            # Numbers have an index of their own; the region is looked at afterwards.
            here = Asset.region_code.concat("").between(*self.codes)
        return [here, *conditions(chosen)]

    def holds_beyond(self, chosen: Filter, order: Order, anchor: Key | None, *, falling: bool) -> list[Any]:
        """Return holds(), less the bound that a key inside this part already implies: SQLite would start there."""
        low, high = self.codes
        if order is not Order.REGION or not self.plain or anchor is None or not low <= str(anchor.value) <= high:
            return self.holds(chosen)
        return [Asset.region_code >= low if falling else Asset.region_code <= high, *conditions(chosen)]


def reach_of(actor: Actor, region: str) -> list[Part]:
    """Return the parts of the register a reader's list is made of; raises Missing for a foreign region."""
    if region:
        get_unit(region, actor)
    found = stretches(Asset, actor, Permission.ASSET_READ)
    return [part for stretch in found for part in _cut(stretch, region) if not part.foreign or _any(part.condition)]


def _cut(stretch: Stretch, region: str) -> Iterator[Part]:
    own, kept = stretch.reach.codes, (stretch.is_summed, stretch.reach.sector)
    if not region:
        yield Part(stretch.condition, own, stretch.foreign, stretch.is_plain, *kept)
        return
    asked = code_range(region)
    low, high = max(own.low, asked.low), min(own.high, asked.high)
    if stretch.foreign:
        yield Part(and_(stretch.condition, Asset.region_code.between(*asked)), asked, True, False, False)  # noqa: FBT003
    elif low <= high:
        inside = Asset.region_code.between(low, high)
        unit = region if low == asked.low else own.low
        condition = inside if stretch.is_plain else and_(inside, stretch.condition)
        yield Part(condition, code_range(unit), stretch.foreign, stretch.is_plain, *kept)


def _any(condition: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(Asset.id).where(condition).limit(1)) is not None


def conditions(chosen: Filter) -> list[ColumnElement[bool]]:
    """Return what a filter means, but for the region and the words, which reach_of() and the search answer."""
    equal: dict[Any, object] = {
        Asset.category: chosen.category,
        Asset.subtype: chosen.subtype or None,
        Asset.stage: chosen.stage,
        Asset.use_status: chosen.use_status,
        Asset.title_status: chosen.title_status,
        Asset.sector: chosen.sector,
        Asset.owner_kind: chosen.owner_kind,
        Asset.batch_id: chosen.batch,
    }
    found = [column == value for column, value in equal.items() if value is not None]
    if chosen.stage is None and chosen.alive:
        # Said by what is left out: a list of stages would tempt the planner away from the order of the list.
        found.append(Asset.stage.not_in(GONE))
    if chosen.handed_over is not None:
        found.append(is_handed_over() if chosen.handed_over is HandedOver.YES else not_(is_handed_over()))
    found += _within_range(Asset.project_year, chosen.year_from, chosen.year_to)
    found += _within_range(Asset.original_value_fen, chosen.value_from, chosen.value_to)
    if chosen.owner:
        found.append(Asset.owner_text.icontains(chosen.owner, autoescape=True))
    if chosen.source is not None:
        found.append(_has_money_of(chosen.source))
    if chosen.number:
        # Bounds of full length, so that digits and capitals compare alike under every collation.
        low, high = (chosen.number.ljust(ASSET_NUMBER_LENGTH, fill) for fill in "0Z")
        found.append(Asset.asset_no.between(low, high))
    return found


def is_handed_over() -> ColumnElement[bool]:
    """Say which assets are in the hands of their first owner."""
    return Asset.handed_over_on.is_not(None)


def _within_range(column: Any, low: int | None, high: int | None) -> list[ColumnElement[bool]]:
    return [end for end in (column >= low if low is not None else None, column <= high if high is not None else None)
            if end is not None]  # fmt: skip


def _has_money_of(source: str) -> ColumnElement[bool]:
    """Say whether money of a source is left on an asset once reversals are set against it."""
    lines = select(FundingLine.asset_id).where(FundingLine.source == source)
    left = lines.group_by(FundingLine.asset_id).having(func.sum(FundingLine.amount_fen) != 0)
    if source == FundingSource.UNVERIFIED.value:
        # Few are of it, or none: they are found through it, where all others would be looked at one by one.
        return Asset.id.in_(left)
    return left.where(FundingLine.asset_id == Asset.id).exists()


def order_for(chosen: Filter, parts: Sequence[Part], wish: Order | None) -> Order:
    """Return the order a list stands in: by number for numbers, newest first for words above the county."""
    if wish is not None:
        return wish
    if chosen.number:
        return Order.NUMBER
    return Order.NEWEST if chosen.words and any(part.above_county for part in parts) else Order.REGION


_KEYS: dict[Order, Any] = {
    Order.REGION: Asset.region_code,
    Order.NUMBER: Asset.asset_no,
    Order.NEWEST: Asset.id,
    Order.VALUE: Asset.original_value_fen,
    Order.YEAR: Asset.project_year,
}
_FALLING = frozenset({Order.NEWEST, Order.VALUE, Order.YEAR})


def key_of(row: Row, order: Order) -> Key:
    """Return the place of a row in an order."""
    return Key(getattr(row, _KEYS[order].key), row.id)


@dataclass(frozen=True)
class Found:
    """One page: its rows in the order of the list, whether more lie beyond it the way it was read, and where it is."""

    rows: tuple[Row, ...]
    more: bool
    place: Place


def list_page(chosen: Filter, parts: Sequence[Part], order: Order, place: Place, *, total: int | None = 0) -> Found:
    """Return one page of a list by its keys; a last look back that runs short shows the first page whole.

    ``total`` is how many rows it has at least, None for very many: a word that many names hold need not be counted.
    """
    anchor = place.before if place.backwards else place.after
    falling = (order in _FALLING) != place.backwards
    many = sum(part.plain for part in parts) == 1 and (total is None or total > search.FEW)
    walk = Walk(order, anchor, falling, place.size + 1, many)
    found = _read(chosen, parts, walk)
    more = len(found) > place.size
    if place.before is not None and not more:
        return list_page(chosen, parts, order, Place(size=place.size), total=total)
    rows = found[: place.size]
    return Found(tuple(reversed(rows) if place.backwards else rows), more, place)


@dataclass(frozen=True)
class Walk:
    """Which way and how far a list is read; ``many`` says that its words are known to be common."""

    order: Order
    anchor: Key | None
    falling: bool
    limit: int
    many: bool


def _read(chosen: Filter, parts: Sequence[Part], walk: Walk) -> list[Row]:
    streams = [_stream(chosen, part, walk) for part in parts]
    rows = streams[0] if len(streams) == 1 else _merged(streams, walk.order, falling=walk.falling)
    return list(islice(rows, walk.limit))


def _merged(streams: Sequence[Iterable[Row]], order: Order, *, falling: bool) -> Iterator[Row]:
    """Put the parts of a list in order; an asset that lies in two of them is shown once."""
    last = None
    for row in merge(*streams, key=lambda row: (getattr(row, _KEYS[order].key), row.id), reverse=falling):
        if row.id != last:
            yield row
        last = row.id


def _stream(chosen: Filter, part: Part, walk: Walk) -> Iterator[Row]:
    order, anchor, limit = walk.order, walk.anchor, walk.limit
    rows: Select[Any] = select(*ROW).where(*part.holds_beyond(chosen, order, anchor, falling=walk.falling))
    column = _KEYS[order]
    keys = (Asset.id,) if order is Order.NEWEST else (column, Asset.id)
    if not chosen.words:
        yield from _run(_ordered(rows, keys, anchor, falling=walk.falling).limit(limit))
        return
    plan = search.plan_for(chosen.words, part.unit, by_id=order is Order.NEWEST, many=walk.many and part.plain)
    limit *= search.STRIDE if plan.condition is None else 1
    while True:
        found: list[Row] = []
        for bound, its_keys in plan.attempts(rows, keys, anchor.id if anchor and walk.falling else None):
            found = _run(_ordered(bound, its_keys, anchor, falling=walk.falling).limit(limit))
            if len(found) == limit:
                break
        yield from (row for row in found if search.holds(chosen.words, row.name, row.short_name))
        if len(found) < limit:
            return
        anchor, limit = key_of(found[-1], order), min(limit * 4, MAX_SORTED)


def _run(rows: Select[Any]) -> list[Row]:
    return [Row(*row) for row in db.session.execute(rows)]


def _ordered(rows: Select[Any], keys: Sequence[Any], anchor: Key | None, *, falling: bool) -> Select[Any]:
    return _beyond(rows.order_by(*(key.desc() if falling else key for key in keys)), keys, anchor, falling=falling)


def _beyond(rows: Select[Any], keys: Sequence[Any], anchor: Key | None, *, falling: bool) -> Select[Any]:
    if anchor is None:
        return rows
    if len(keys) == 1:
        return rows.where(keys[0] < anchor.id if falling else keys[0] > anchor.id)
    here, there = tuple_(*keys), tuple_(anchor.value, anchor.id)
    return rows.where(here < there if falling else here > there)


def find_number(number: str, parts: Sequence[Part]) -> str | None:
    """Return a whole asset number if that asset exists within the reader's reach."""
    if len(number) != ASSET_NUMBER_LENGTH:
        return None
    for part in parts:
        if db.session.scalar(select(Asset.id).where(Asset.asset_no == number, part.condition)) is not None:
            return number
    return None
