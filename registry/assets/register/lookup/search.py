"""Finding words in names through the index of two-character words.

The index finds every name that holds the word, and for longer words a few that only hold its pairs: what it finds is
compared with the name before it is shown or counted, so the answer is that of a plain comparison of every name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    any_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from registry.assets.register.bigrams import folded, query_words
from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.regions import CodeRange

#: Up to this many finds of a county are sorted; of more, so many rows hold the word that walking the list is quicker.
FEW = 2_000
#: A walked list is read so many times further than a page at once: about one row in ten holds the word, or more.
STRIDE = 8
#: The planner's estimate of a word, from a sample of names, proves that a third as many hold it.
SAFETY = 3
#: How many of the newest rows are looked at one by one before the index is asked for all finds (PostgreSQL).
WINDOW = 4_000
#: The index itself proves words of one or two characters.
PROVED = 2
_FTS = table("asset_search", column("rowid"), column("grams"))
_ARRAYS = table(
    "asset_search", column("asset_id", BigInteger), column("grams"), column("region_code", Text), column("stage", Text),
    column("original_value_fen", BigInteger), column("poverty_fund_fen", BigInteger),
)  # fmt: skip


def holds(words: str, name: str, short_name: str) -> bool:
    """Say whether one of the names holds the (folded) words."""
    return words in folded(name) or words in folded(short_name)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def matching(words: str, unit: str | None) -> ColumnElement[bool]:
    """Return the condition on the index: every pair of the words, and the unit they are looked for in."""
    grams = query_words(words, unit)
    if _is_sqlite():
        return literal_column("asset_search").op("MATCH", is_comparison=True)(bindparam(None, " ".join(grams)))
    return literal_column("asset_search.grams").op("@>", is_comparison=True)(bindparam(None, grams, type_=ARRAY(Text)))


@dataclass(frozen=True)
class Plan:
    """How a search is answered: from the index in the order of ids, from few finds, or by walking the list."""

    condition: ColumnElement[bool] | None
    by_id: bool

    def attempts(self, rows: Select[Any], keys: Sequence[Any], beyond: int | None) -> Iterator[tuple[Select[Any], Any]]:
        """Bind a list to what the index finds; returns list and keys to try in turn until a page is full.

        PostgreSQL cannot tell common words from rare ones well. For pages in the order of ids we first look at the
        newest rows only, which a common word fills at once, and then take all finds from the index.
        """
        if self.condition is None:
            yield rows, keys
        elif _is_sqlite():
            found = rows.join_from(_FTS, Asset, _FTS.c.rowid == Asset.id).where(self.condition)
            yield found, (_FTS.c.rowid,) if self.by_id else keys
        else:
            if self.by_id:
                yield self._joined(rows, self._newest(beyond)), keys
            few = few_finds(self.condition)
            if few is not None:
                yield rows.where(Asset.id == any_(bindparam(None, few, type_=ARRAY(BigInteger)))), keys
                return
            finds = select(_ARRAYS.c.asset_id).where(self.condition).cte("finds").prefix_with("MATERIALIZED")
            yield self._joined(rows, finds), keys

    def _newest(self, beyond: int | None) -> Subquery:
        window = select(_ARRAYS).order_by(_ARRAYS.c.asset_id.desc()).limit(WINDOW)
        if beyond is not None:
            window = window.where(_ARRAYS.c.asset_id < beyond)
        newest = window.subquery("asset_search")
        return select(newest.c.asset_id).where(self.condition if self.condition is not None else true()).subquery()

    @staticmethod
    def _joined(rows: Select[Any], finds: Any) -> Select[Any]:
        return rows.join_from(finds, Asset, finds.c.asset_id == Asset.id)


def plan_for(words: str, unit: str | None, *, by_id: bool, many: bool = False) -> Plan:
    """Choose how a part of the register is searched; ``many`` says that more than FEW finds are known of."""
    condition = matching(words, unit)
    if by_id:
        return Plan(condition, by_id=True)
    walked = unit is not None and (many or count_up_to(condition, FEW) > FEW)
    return Plan(None if walked else condition, by_id=False)


def few_finds(condition: ColumnElement[bool]) -> list[int] | None:
    """Return the ids of what the index finds, None where they are more than FEW (PostgreSQL)."""
    _prefer_index()
    found = list(db.session.scalars(select(_ARRAYS.c.asset_id).where(condition).limit(FEW + 1)))
    return found if len(found) <= FEW else None


def all_finds(rows: Select[Any], words: str, unit: str | None) -> Select[Any]:
    """Bind rows to everything the index finds, in no order."""
    condition = matching(words, unit)
    if _is_sqlite():
        return rows.join_from(_FTS, Asset, _FTS.c.rowid == Asset.id).where(condition)
    finds = select(_ARRAYS.c.asset_id).where(condition).cte("finds").prefix_with("MATERIALIZED")
    return rows.join_from(finds, Asset, finds.c.asset_id == Asset.id)


def figures(words: str, unit: str | None, codes: CodeRange, without: Sequence[str]) -> Select[Any] | None:
    """Return id and figures of what the index finds, from the index itself; None on SQLite, whose index has none."""
    if _is_sqlite():
        return None
    its = _ARRAYS.c
    rows: Select[Any] = select(its.asset_id.label("id"), its.original_value_fen, its.poverty_fund_fen)
    return rows.where(matching(words, unit), its.region_code.between(*codes), its.stage.not_in(without))


def finds_more_than(words: str, unit: str | None, most: int) -> bool:
    """Say whether the index surely finds more than so many, where that is quicker than adding them up."""
    if _is_sqlite():
        return count_up_to(matching(words, unit), most) > most
    return unit is None and len(words) <= PROVED and _estimate(words) > SAFETY * most


_EXPLAIN = text("EXPLAIN (FORMAT JSON) SELECT FROM asset_search WHERE grams @> :grams").bindparams(
    bindparam("grams", type_=ARRAY(Text))
)


def _estimate(words: str) -> int:
    """Return how many rows PostgreSQL expects to find, which for a single common word it knows well."""
    plan: Any = db.session.scalar(_EXPLAIN, {"grams": query_words(words)})
    return int(plan[0]["Plan"]["Plan Rows"])


def _prefer_index() -> None:
    """Let the index answer; the planner would rather read the table from its beginning (PostgreSQL)."""
    db.session.execute(text("SET LOCAL enable_seqscan = off"))


def count_up_to(condition: ColumnElement[bool], most: int) -> int:
    """Count what the index finds, but stop after one more than ``most``."""
    if not _is_sqlite():
        _prefer_index()
    index = _FTS if _is_sqlite() else _ARRAYS
    found = select(literal(1)).select_from(index).where(condition).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0
