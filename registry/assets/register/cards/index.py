"""What is derived from a card in the same transaction: roll-ups per unit, and the search document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, text

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
    if before != after:
        _search(asset_id, before, after)


def move_many(moves: Sequence[tuple[int, Summed, Summed]]) -> None:
    """Bring sums and search from one state of many assets to the next: each sum is touched once."""
    sums: dict[Summed, list[int]] = {}
    for _asset_id, before, after in moves:
        for state, sign in ((before, -1), (after, 1)):
            kept = sums.setdefault(replace(state, original_value_fen=0, poverty_fund_fen=0, grams=""), [0, 0, 0])
            kept[:] = (
                kept[0] + sign, kept[1] + sign * state.original_value_fen, kept[2] + sign * state.poverty_fund_fen
            )  # fmt: skip
    for key, (count, original_fen, poverty_fen) in sums.items():
        add_to_rollups(key, count, original_fen, poverty_fen)
    for asset_id, before, after in moves:
        if before != after:
            _search(asset_id, before, after)


def index_new(assets: Sequence[tuple[int, Summed]]) -> None:
    """Enter many new assets into sums and search at once."""
    sums: dict[Summed, list[int]] = {}
    for _asset_id, state in assets:
        key = replace(state, original_value_fen=0, poverty_fund_fen=0, grams="")
        kept = sums.setdefault(key, [0, 0, 0])
        kept[:] = kept[0] + 1, kept[1] + state.original_value_fen, kept[2] + state.poverty_fund_fen
    kept_rows = _rollups({(unit, key.category, key.stage) for key in sums for unit in summing_units(key.region_code)})
    for key, (count, original_fen, poverty_fen) in sums.items():
        for unit in summing_units(key.region_code):
            row = kept_rows[unit, key.category, key.stage]
            row.assets += count
            row.original_value_fen += original_fen
            row.poverty_fund_fen += poverty_fen
    if assets:
        words = [_words(asset_id, state) for asset_id, state in assets]
        db.session.execute(_ADD[db.engine.dialect.name], words)


def _rollups(wanted: set[tuple[str, str, str]]) -> dict[tuple[str, str, str], Rollup]:
    """Return the sums of these units, categories and stages, asked for at once; those that are missing begin at 0."""
    rows = db.session.scalars(select(Rollup).where(Rollup.region_code.in_({unit for unit, *_ in wanted})))
    fresh = (row for row in db.session.new if isinstance(row, Rollup))
    found = {(row.region_code, row.category, row.stage): row for row in (*rows, *fresh)}
    for key in sorted(wanted - found.keys()):
        found[key] = _new_rollup(*key)
    return found


def _new_rollup(unit: str, category: str, stage: str) -> Rollup:
    row = Rollup(
        region_code=unit, category=category, stage=stage, assets=0, original_value_fen=0, poverty_fund_fen=0,
    )  # fmt: skip
    db.session.add(row)
    return row


def summing_units(region_code: str) -> list[str]:
    """Return the units whose sums a unit's assets enter: village, township, county, in this order.

    The municipality is the sum of its counties; its own row holds only what it manages itself.
    """
    depth = level_of(region_code).depth
    levels = [level for level in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY) if level.depth <= depth]
    return [ancestor(region_code, level) for level in levels] or [region_code]


def add_to_rollups(key: Summed, assets: int, original_fen: int, poverty_fen: int) -> None:
    """Add to the sums of every unit above; the log's lock makes the order safe."""
    units = summing_units(key.region_code)
    kept = _kept(units, key)
    for unit in units:
        row = kept.get(unit) or _new_rollup(unit, key.category, key.stage)
        row.assets += assets
        row.original_value_fen += original_fen
        row.poverty_fund_fen += poverty_fen


def _kept(units: Sequence[str], key: Summed) -> dict[str, Rollup]:
    """Return the sums that stand, asked for at once, with those that this deed has added and not yet flushed."""
    wanted = select(Rollup).where(
        Rollup.region_code.in_(units), Rollup.category == key.category, Rollup.stage == key.stage
    )  # fmt: skip
    with db.session.no_autoflush:
        rows = db.session.scalars(wanted).all()
    fresh = (row for row in db.session.new if isinstance(row, Rollup))
    mine = (row for row in fresh if (row.category, row.stage) == (key.category, key.stage))
    return {row.region_code: row for row in (*rows, *mine)}


#: PostgreSQL keeps the figures of an asset beside its words, so that a search is summed without its card.
_ADD = {
    "sqlite": text("INSERT INTO asset_search(rowid, grams) VALUES (:id, :grams)"),
    "postgresql": text(
        "INSERT INTO asset_search(asset_id, grams, region_code, stage, original_value_fen, poverty_fund_fen) "
        "VALUES (:id, string_to_array(:grams, ' '), :region, :stage, :original_fen, :poverty_fen) "
        "ON CONFLICT (asset_id) DO UPDATE SET grams = excluded.grams, region_code = excluded.region_code, "
        "stage = excluded.stage, original_value_fen = excluded.original_value_fen, "
        "poverty_fund_fen = excluded.poverty_fund_fen"
    ),
}
_DROP = {
    "sqlite": text("INSERT INTO asset_search(asset_search, rowid, grams) VALUES ('delete', :id, :grams)"),
    "postgresql": text("DELETE FROM asset_search WHERE asset_id = :id"),
}


def _words(asset_id: int, state: Summed) -> dict[str, int | str]:
    """Return the row of the index: words for both databases, figures for the one that keeps them."""
    words: dict[str, int | str] = {"id": asset_id, "grams": state.grams}
    if db.engine.dialect.name == "sqlite":
        return words
    figures = {"original_fen": state.original_value_fen, "poverty_fen": state.poverty_fund_fen}
    return {**words, **figures, "region": state.region_code, "stage": state.stage}


def _search(asset_id: int, before: Summed | None, after: Summed | None) -> None:
    """Replace what the index says of an asset; the words of SQLite's have to be taken out as they went in."""
    engine = db.engine.dialect.name
    if engine == "sqlite" and before and after and before.grams == after.grams:
        return
    if before is not None and (engine == "sqlite" or after is None):
        wanted = {"id": asset_id, "grams": before.grams} if engine == "sqlite" else {"id": asset_id}
        db.session.execute(_DROP[engine], wanted)
    if after is not None:
        db.session.execute(_ADD[engine], _words(asset_id, after))
