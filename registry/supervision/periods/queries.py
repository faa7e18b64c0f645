"""Questions about closed months: how far an area has come, and the rows that were kept."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import func, or_, select

from registry import config
from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.books.rules import last_day
from registry.places.models import Region
from registry.places.queries import list_children
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.regions import CodeRange, Level, ancestor, code_range, level_of
from registry.supervision.periods.counted import Area
from registry.supervision.periods.models import MonthFigures
from registry.supervision.periods.rules import BySector, Extent, Figures, chosen, digest_of, months_to_close


def area_of(region_code: str, on: date) -> Area:
    """Return the units that are closed together with one: its county, or what the municipality manages itself."""
    level = min(level_of(region_code), Level.COUNTY, key=lambda one: one.depth)
    return area_within(ancestor(region_code, level), on)


def area_within(region_code: str, on: date) -> Area:
    """Return a unit and everything below it; the municipality manages its own by itself."""
    own = CodeRange(region_code, region_code)
    codes = own if level_of(region_code) is Level.MUNICIPALITY else code_range(region_code)
    return Area(region_code, codes, policy_for(region_code, on))


def close_days(region_code: str, on: date) -> int:
    """Return how many days after a month are left for entering before it is closed."""
    return policy_for(region_code, on).number(Parameter.REPORT_CLOSE_DAYS)


@dataclass(frozen=True)
class Kept:
    """From which month to which an area's months are closed; None where none is."""

    first: int | None = None
    last: int | None = None


def kept_of(codes: Collection[str]) -> dict[str, Kept]:
    """Return how far areas are closed, by the code of the area."""
    rows = (
        select(MonthFigures.region_code, func.min(MonthFigures.month), func.max(MonthFigures.month))
        .where(MonthFigures.region_code.in_(codes), MonthFigures.extent == Extent.OWN.value)
        .group_by(MonthFigures.region_code)
    )
    found = {code: Kept(first, last) for code, first, last in db.session.execute(rows)}
    return {code: found.get(code, Kept()) for code in codes}


def list_areas_in_use() -> list[str]:
    """Return the areas in which something is registered: the municipality's own first, then counties by code."""
    city = config.current().municipality
    codes = [city, *(one.region_code for one in list_children(city))]
    return [code for code in codes if _is_used(code)]


def _is_used(code: str) -> bool:
    codes = CodeRange(code, code) if level_of(code) is Level.MUNICIPALITY else code_range(code)
    return db.session.scalar(select(Asset.id).where(Asset.region_code.between(*codes)).limit(1)) is not None


def list_due(on: date) -> dict[str, range]:
    """Return the months that wait to be closed, by area in use; areas with none are left out."""
    codes = list_areas_in_use()
    kept = kept_of(codes)
    waiting = {code: months_to_close(kept[code].last, on, close_days(code, on)) for code in codes}
    return {code: months for code, months in waiting.items() if months}


def list_units(area: Area, month: int) -> list[str]:
    """Return the units of an area that stood when a month was over, by code."""
    rows = select(Region.region_code).where(
        area.holds(Region.region_code), or_(Region.ended_on.is_(None), Region.ended_on > last_day(month))
    )
    return list(db.session.scalars(rows.order_by(Region.region_code)))


def so_far_of(area: Area, month: int) -> dict[str, BySector]:
    """Return what had happened so far by unit, as it was kept with a closed month."""
    rows = select(MonthFigures.region_code, MonthFigures.so_far).where(
        area.holds(MonthFigures.region_code), MonthFigures.month == month, MonthFigures.extent == Extent.OWN.value
    )
    return {code: read_by_sector(text) for code, text in db.session.execute(rows)}


@dataclass(frozen=True)
class KeptRow:
    """The figures of a closed month of a unit, as far as a reader may see them."""

    region_code: str
    month: int
    figures: Figures
    digest: str


def list_kept(
    places: Iterable[tuple[str, Extent]], months: range, sectors: Collection[str] | None
) -> dict[tuple[str, Extent], list[KeptRow]]:
    """Return the kept rows of units, by month; of the sectors named, or of everything."""
    wanted = set(places)
    text = MonthFigures.figures if sectors is None else MonthFigures.by_sector
    rows: Any = (
        select(MonthFigures.region_code, MonthFigures.extent, MonthFigures.month, text, MonthFigures.digest)
        .where(
            MonthFigures.region_code.in_(sorted({code for code, _extent in wanted})),
            MonthFigures.month.between(months[0], months[-1]),
        )
        .order_by(MonthFigures.month, MonthFigures.region_code)
    )
    found: dict[tuple[str, Extent], list[KeptRow]] = {place: [] for place in wanted}
    for code, extent, month, told, digest in db.session.execute(rows):
        place = (code, Extent(extent))
        if place in wanted:
            found[place].append(KeptRow(code, month, _figures(told, sectors), digest))
    return found


def _figures(text: str, sectors: Collection[str] | None) -> Figures:
    return cast("Figures", json.loads(text)) if sectors is None else chosen(read_by_sector(text), sectors)


def read_by_sector(text: str) -> BySector:
    """Read kept figures."""
    return cast("BySector", json.loads(text))


def list_digests(places: Iterable[tuple[str, Extent]], months: range) -> list[KeptRow]:
    """Return the digests kept of units in some months, without their figures."""
    wanted = set(places)
    rows = select(MonthFigures.region_code, MonthFigures.extent, MonthFigures.month, MonthFigures.digest).where(
        MonthFigures.region_code.in_(sorted({code for code, _extent in wanted})),
        MonthFigures.month.between(months[0], months[-1]),
    )
    return [
        KeptRow(code, month, {}, digest)
        for code, extent, month, digest in db.session.execute(rows)
        if (code, Extent(extent)) in wanted
    ]


def digest_of_kept(rows: Iterable[KeptRow]) -> str:
    """Digest the digests of kept rows; the same rows give the same in any order."""
    return digest_of(*sorted(f"{row.region_code} {row.month} {row.digest}" for row in rows))
