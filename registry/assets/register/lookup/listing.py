"""Putting a list together: the filter's rows and totals, the tabs above it, the steps to other pages."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from registry.assets.register.categories import TitleStatus, UseStatus
from registry.assets.register.lookup.filters import Chip, Filter, chips, to_query
from registry.assets.register.lookup.paging import (
    CHOSEN,
    NotAPlace,
    Order,
    Step,
    first_number,
    parse_place,
    steps,
)
from registry.assets.register.lookup.queries import MAX_SORTED, Part, key_of, list_page, order_for
from registry.assets.register.lookup.rows import Row
from registry.assets.register.lookup.totals import Kept, Totals, are_kept, get_totals, kept_sums
from registry.assets.register.registration import STANDING, Stage
from registry.kinds import Category
from registry.places.queries import names_of
from registry.text import N_


@dataclass(frozen=True)
class Tab:
    """A view that everybody has: its name, its filter, and how many it holds where that is known at once."""

    label: str
    filter: Filter
    assets: int | None = None


@dataclass(frozen=True)
class Listing:
    """One page of a filtered list with everything that stands around it."""

    filter: Filter
    order: Order
    orders: tuple[Order, ...]
    rows: tuple[Row, ...]
    names: dict[str, str]
    totals: Totals
    first: int
    steps: Step
    tabs: tuple[Tab, ...]
    tab: Tab
    chips: tuple[Chip, ...]
    hints: tuple[tuple[Chip, Totals], ...]
    value_fen: int
    net_fen: int


def compose(chosen: Filter, parts: Sequence[Part], args: Mapping[str, str], on: date) -> Listing:
    """Return the page of the list that the address means; raises NotAPlace."""
    kept = kept_sums(parts) if are_kept(parts) and not any(part.foreign for part in parts) else None
    totals = get_totals(chosen, parts, on, kept, exact=args.get("exact") == "1")
    orders = tuple(Order(one) for one in Order if one in CHOSEN) if _is_small(totals) else ()
    order = order_for(chosen, parts, _wish(args, orders))
    # The kept sums know without a look at the rows that there are none.
    place = parse_place(args, order)
    found = list_page(chosen, parts if totals.assets != 0 else (), order, place, total=totals.assets)
    place = found.place
    top, end = (key_of(row, order) for row in (found.rows[0], found.rows[-1])) if found.rows else (None, None)
    names = names_of({row.region_code for row in found.rows} | {chosen.region})
    conditions = tuple(chips(chosen, names.get(chosen.region, chosen.region)))
    found_tabs = tabs(chosen, kept)
    return Listing(
        filter=chosen,
        order=order,
        orders=(order_for(chosen, parts, None), *orders) if orders else (),
        rows=found.rows,
        names=names,
        totals=totals,
        first=first_number(place, len(found.rows), more=found.more, total=totals.assets),
        steps=steps(place, top, end, len(found.rows), more=found.more, total=totals.assets),
        tabs=found_tabs,
        tab=tab_of(chosen, found_tabs),
        chips=conditions,
        hints=() if found.rows else _hints(conditions, parts, on),
        value_fen=sum(row.original_value_fen for row in found.rows),
        net_fen=sum(row.net_value_fen(on) for row in found.rows),
    )


def _is_small(totals: Totals) -> bool:
    return totals.assets is not None and totals.assets <= MAX_SORTED


def _wish(args: Mapping[str, str], orders: Sequence[Order]) -> Order | None:
    text = args.get("order", "")
    if not text or text not in CHOSEN:
        return None
    if text not in orders:
        raise NotAPlace(N_("超过 %(most)s 项时不能另排顺序，请先缩小范围。"), most=MAX_SORTED)
    return Order(text)


def _hints(conditions: Sequence[Chip], parts: Sequence[Part], on: date) -> tuple[tuple[Chip, Totals], ...]:
    """Say how many would be found without each of the conditions (the region is the reader's own step)."""
    loose = [chip for chip in conditions if chip.label != N_("所在单位")]
    counted = ((chip, get_totals(chip.without, parts, on)) for chip in loose[:5])
    return tuple((chip, found) for chip, found in counted if found.assets != 0)


def tab_of(chosen: Filter, among: Sequence[Tab]) -> Tab:
    """Return the view a filter is a part of: the last one whose own conditions are all in force."""
    base = to_query(chosen).items()
    return next((tab for tab in reversed(among) if to_query(tab.filter).items() <= base), among[0])


def tabs(chosen: Filter, kept: Sequence[Kept] | None) -> tuple[Tab, ...]:
    """Return the views that everybody has, within the unit that is looked at."""
    base = Filter(region=chosen.region)
    found = [
        Tab(N_("全部在册"), base, _count(kept, STANDING)),
        *(Tab(one.label, replace(base, category=one), _count(kept, STANDING, one)) for one in Category),
        Tab(N_("待确认"), replace(base, stage=Stage.SUBMITTED), _count(kept, {Stage.SUBMITTED})),
        Tab(TitleStatus.UNCONFIRMED.label, replace(base, title_status=TitleStatus.UNCONFIRMED)),
        Tab(UseStatus.IDLE.label, replace(base, use_status=UseStatus.IDLE)),
    ]
    return tuple(found)


def _count(kept: Sequence[Kept] | None, stages: AbstractSet[Stage], category: Category | None = None) -> int | None:
    if kept is None:
        return None
    return sum(row.assets for row in kept if row.stage in stages and (category is None or row.category is category))
