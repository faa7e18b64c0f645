"""What is derived from a card in the same transaction: roll-ups per unit, and the search document."""

from dataclasses import dataclass

from sqlalchemy import text

from registry.assets.register.bigrams import document
from registry.assets.register.cards.models import Asset, Rollup
from registry.database import db
from registry.regions import Level, ancestor, level_of


@dataclass(frozen=True)
class Summed:
    """What an asset adds to the sums of its units, and what its search document says."""

    region_code: str
    category: str
    stage: str
    original_value_fen: int
    poverty_fund_fen: int
    grams: str


def summed(asset: Asset) -> Summed:
    """Return what an asset stands for in the sums, as it is now."""
    return Summed(
        asset.region_code,
        asset.category,
        asset.stage,
        asset.original_value_fen,
        asset.poverty_fund_fen,
        document(asset.name, asset.short_name, asset.region_code),
    )


def reindex(asset_id: int, before: Summed | None, after: Summed | None) -> None:
    """Bring sums and search from one state of an asset to the next; None means it is not there."""
    for state, sign in ((before, -1), (after, 1)):
        if state is not None:
            add_to_rollups(state, sign, state.original_value_fen * sign, state.poverty_fund_fen * sign)
    if (before and before.grams) != (after and after.grams):
        _search(asset_id, before.grams if before else None, after.grams if after else None)


def summing_units(region_code: str) -> list[str]:
    """Return the units whose sums a unit's assets enter: village, township, county, in this order.

    The municipality is the sum of its counties; its own row holds only what it manages itself.
    """
    depth = level_of(region_code).depth
    levels = [level for level in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY) if level.depth <= depth]
    return [ancestor(region_code, level) for level in levels] or [region_code]


def add_to_rollups(key: Summed, assets: int, original_fen: int, poverty_fen: int) -> None:
    """Add to the sums of every unit above; the log's lock makes the order safe."""
    for unit in summing_units(key.region_code):
        row = db.session.get(Rollup, (unit, key.category, key.stage)) or _just_added(unit, key)
        if row is None:
            row = Rollup(
                region_code=unit, category=key.category, stage=key.stage, assets=0,
                original_value_fen=0, poverty_fund_fen=0,
            )  # fmt: skip
            db.session.add(row)
        row.assets += assets
        row.original_value_fen += original_fen
        row.poverty_fund_fen += poverty_fen


def _just_added(unit: str, key: Summed) -> Rollup | None:
    """Return a sum that this deed has added and not yet flushed: several cards may enter the same new one."""
    wanted = (unit, key.category, key.stage)
    fresh = (row for row in db.session.new if isinstance(row, Rollup))
    return next((row for row in fresh if (row.region_code, row.category, row.stage) == wanted), None)


def _search(asset_id: int, old: str | None, new: str | None) -> None:
    if db.engine.dialect.name == "sqlite":
        if old is not None:
            _run("INSERT INTO asset_search(asset_search, rowid, grams) VALUES ('delete', :id, :grams)", asset_id, old)
        if new is not None:
            _run("INSERT INTO asset_search(rowid, grams) VALUES (:id, :grams)", asset_id, new)
        return
    if new is None:
        db.session.execute(text("DELETE FROM asset_search WHERE asset_id = :id"), {"id": asset_id})
    else:
        upsert = (
            "INSERT INTO asset_search(asset_id, grams) VALUES (:id, string_to_array(:grams, ' ')) "
            "ON CONFLICT (asset_id) DO UPDATE SET grams = excluded.grams"
        )
        _run(upsert, asset_id, new)


def _run(statement: str, asset_id: int, grams: str) -> None:
    db.session.execute(text(statement), {"id": asset_id, "grams": grams})
