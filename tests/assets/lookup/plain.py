"""The list in plain Python, and walking it page by page: what the tests compare the database with."""

from functools import cache

from sqlalchemy import select

from registry.assets.register.bigrams import folded
from registry.assets.register.cards.models import Asset, AssetOwner, FundingLine
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.paging import Order, Place
from registry.assets.register.lookup.queries import key_of, list_page, order_for, reach_of
from registry.assets.register.registration import STANDING
from registry.database import db
from registry.regions import covers
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person

READERS = ("municipal_supervisor", "county_clerk", "township_clerk", "village_clerk", "sibling_clerk", "other_clerk")
UNITS = {"municipal_supervisor": "500000000000", "county_clerk": COUNTY, "township_clerk": TOWNSHIP,
         "village_clerk": VILLAGE, "sibling_clerk": SIBLING_VILLAGE, "other_clerk": OTHER_COUNTY}  # fmt: skip


@cache
def everything() -> tuple[Asset, ...]:
    rows = tuple(db.session.scalars(select(Asset).order_by(Asset.id)))
    for row in rows:
        db.session.expunge(row)
    return rows


@cache
def sources_of() -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for line in db.session.scalars(select(FundingLine)):
        sums = found.setdefault(line.asset_id, {})
        sums[line.source] = sums.get(line.source, 0) + line.amount_fen
    return found


@cache
def shares_into() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in db.session.scalars(select(AssetOwner).where(AssetOwner.foreign_region.is_not(None))):
        found.setdefault(row.asset_id, set()).add(row.foreign_region)
    return found


def seen_by(asset: Asset, unit: str) -> bool:
    return covers(unit, asset.region_code) or any(covers(unit, one) for one in shares_into().get(asset.id, ()))


def lets_through(chosen: Filter, asset: Asset) -> bool:
    """The filter in plain Python."""
    wanted = folded(chosen.q)
    return all((
        not chosen.q or (asset.asset_no.startswith(chosen.number) if chosen.number
                         else wanted in folded(asset.name) or wanted in folded(asset.short_name)),
        not chosen.region or covers(chosen.region, asset.region_code),
        chosen.category in {None, asset.category},
        chosen.subtype in {"", asset.subtype},
        asset.stage == chosen.stage if chosen.stage else not chosen.alive or asset.stage in STANDING,
        chosen.use_status in {None, asset.use_status},
        chosen.title_status in {None, asset.title_status},
        chosen.sector in {None, asset.sector},
        chosen.handed_over is None or (chosen.handed_over == "YES") == (asset.handed_over_on is not None),
        chosen.year_from is None or asset.project_year >= chosen.year_from,
        chosen.year_to is None or asset.project_year <= chosen.year_to,
        chosen.value_from is None or asset.original_value_fen >= chosen.value_from,
        chosen.value_to is None or asset.original_value_fen <= chosen.value_to,
        chosen.owner_kind in {None, asset.owner_kind},
        not chosen.owner or chosen.owner.lower() in asset.owner_text.lower(),
        chosen.source is None or sources_of()[asset.id].get(chosen.source, 0) != 0,
        chosen.batch is None,
    ))  # fmt: skip


def ids(chosen: Filter, reader: str, size: int = 50, wish: Order | None = None) -> list[int]:
    """Walk every page forwards."""
    parts = reach_of(person(reader), chosen.region)
    order = order_for(chosen, parts, wish)
    found, place = [], Place(size=size)
    while True:
        page = list_page(chosen, parts, order, place)
        found += [row.id for row in page.rows]
        if not page.more:
            return found
        place = Place(after=key_of(page.rows[-1], order), size=size)


def ids_backwards(chosen: Filter, reader: str, size: int, wish: Order | None = None) -> list[int]:
    """Walk every page from the last; what overlaps the first page is dropped."""
    parts = reach_of(person(reader), chosen.region)
    order = order_for(chosen, parts, wish)
    page = list_page(chosen, parts, order, Place(last=True, size=size))
    found = [row.id for row in page.rows]
    while page.more and page.place.backwards:
        page = list_page(chosen, parts, order, Place(before=key_of(page.rows[0], order), size=size))
        found = [row.id for row in page.rows if row.id not in set(found)] + found
    return found
