"""Finding words in names through the index of two-character words.

The index finds every name that holds the word, and for longer words a few that only hold its pairs: what it finds is
compared with the name before it is shown or counted, so the answer is that of a plain comparison of every name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from registry.assets.register.bigrams import folded, query_words
from registry.assets.register.cards.models import Asset
from registry.database import db

#: Up to this many finds of a county are sorted; of more, so many rows hold the word that walking the list is quicker.
FEW = 2_000
#: The index itself proves words of one or two characters.
PROVED = 2
_FTS = table("asset_search", column("rowid"), column("grams"))
_ARRAYS = table("asset_search", column("asset_id"), column("grams"))


def holds(words: str, name: str, short_name: str) -> bool:
    """Say whether one of the names holds the (folded) words."""
    return words in folded(name) or words in folded(short_name)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def found_id() -> Any:
    """Return the column of the index that names the asset."""
    return _FTS.c.rowid if _is_sqlite() else _ARRAYS.c.asset_id


def matching(words: str, unit: str | None) -> ColumnElement[bool]:
    """Return the condition on the index: every pair of the words, and the unit they are looked for in."""
    grams = query_words(words, unit)
    if _is_sqlite():
        return literal_column("asset_search").op("MATCH", is_comparison=True)(bindparam(None, " ".join(grams)))
    return _ARRAYS.c.grams.op("@>", is_comparison=True)(bindparam(None, grams, type_=ARRAY(Text)))


@dataclass(frozen=True)
class Plan:
    """How a search is answered: from the index in the order of ids, from few finds, or by walking the list."""

    condition: ColumnElement[bool] | None
    by_id: bool

    def narrow(self, rows: Select[Any]) -> Select[Any]:
        """Bind a list to what the index finds."""
        if self.condition is None:
            return rows
        index = _FTS if _is_sqlite() else _ARRAYS
        return rows.select_from(index).join(Asset, found_id() == Asset.id).where(self.condition)

    def keys(self, keys: Sequence[Any]) -> Sequence[Any]:
        """Return the keys of the order; the index's own ids stand for the assets'."""
        return (found_id(),) if self.by_id else keys


def plan_for(words: str, unit: str | None, *, by_id: bool) -> Plan:
    """Choose how a part of the register is searched."""
    condition = matching(words, unit)
    if by_id:
        return Plan(condition, by_id=True)
    return Plan(condition if unit is None or count_up_to(condition, FEW) <= FEW else None, by_id=False)


def count_up_to(condition: ColumnElement[bool], most: int) -> int:
    """Count what the index finds, but stop after one more than ``most``."""
    found = select(found_id()).where(condition).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0
