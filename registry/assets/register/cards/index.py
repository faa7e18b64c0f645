"""What is derived from a card in the same transaction: roll-ups per unit, and the search document."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import text

from registry.assets.register.bigrams import document
from registry.assets.register.cards.models import Asset, Rollup
from registry.database import db
from registry.summing import add_rows


class Cell(NamedTuple):
    """Which of the kept sums of its units an asset enters: the columns of Rollup's key, in its order."""

    region_code: str
    category: str
    stage: str
    sector: str
    owner_kind: str
    title_status: str
    use_status: str
    is_handed_over: bool


class Summed(NamedTuple):
    """What an asset adds to the sums of its units, and what its search document says."""

    cell: Cell
    original_value_fen: int
    poverty_fund_fen: int
    grams: str


def summed(asset: Asset) -> Summed:
    """Return what an asset stands for in the sums, as it is now."""
    cell = Cell(
        asset.region_code, asset.category, asset.stage, asset.sector, asset.owner_kind, asset.title_status,
        asset.use_status, asset.handed_over_on is not None,
    )  # fmt: skip
    grams = document(asset.name, asset.short_name, asset.region_code)
    return Summed(cell, asset.original_value_fen, asset.poverty_fund_fen, grams)


@contextmanager
def moving(assets: Iterable[Asset]) -> Iterator[None]:
    """Bring sums and search along with whatever is done to assets in here; one within another would count twice."""
    moved = list(assets)
    before = [summed(asset) for asset in moved]
    yield
    move_many([(asset.id, earlier, summed(asset)) for asset, earlier in zip(moved, before, strict=True)])


def reindex(asset_id: int, before: Summed | None, after: Summed | None) -> None:
    """Bring sums and search from one state of an asset to the next; None means it is not there."""
    _sum([(state, sign) for state, sign in ((before, -1), (after, 1)) if state is not None])
    _search(asset_id, before, after)


def move_many(moves: Sequence[tuple[int, Summed, Summed]]) -> None:
    """Bring sums and search from one state of many assets to the next: each sum is touched once."""
    _sum([(state, sign) for _id, before, after in moves for state, sign in ((before, -1), (after, 1))])
    for asset_id, before, after in moves:
        _search(asset_id, before, after)


def index_new(assets: Sequence[tuple[int, Summed]]) -> None:
    """Enter many new assets into sums and search at once."""
    _sum([(state, 1) for _id, state in assets])
    if assets:
        words = [_words(asset_id, state) for asset_id, state in assets]
        db.session.execute(_ADD[db.engine.dialect.name], words)


def _sum(states: Iterable[tuple[Summed, int]]) -> None:
    """Add assets to the sums of every unit above, or take them out; the log's lock makes the order safe."""
    add_rows(Rollup, [(one.cell.region_code, one.cell[1:], _figures(one, sign)) for one, sign in states])


def _figures(one: Summed, sign: int) -> tuple[int, int, int]:
    return sign, sign * one.original_value_fen, sign * one.poverty_fund_fen


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
    return {**words, **figures, "region": state.cell.region_code, "stage": state.cell.stage}


def _search(asset_id: int, before: Summed | None, after: Summed | None) -> None:
    """Replace what the index says of an asset; the words of SQLite's have to be taken out as they went in."""
    engine = db.engine.dialect.name
    if before and after and _words(asset_id, before) == _words(asset_id, after):
        return
    if before is not None and (engine == "sqlite" or after is None):
        wanted = {"id": asset_id, "grams": before.grams} if engine == "sqlite" else {"id": asset_id}
        db.session.execute(_DROP[engine], wanted)
    if after is not None:
        db.session.execute(_ADD[engine], _words(asset_id, after))
