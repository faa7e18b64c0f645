"""Which assets a new case may take in: of one unit and category, confirmed, in no other case of disposal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.kinds import OPEN, LineDecision
from registry.disposal.rules import MOST_LINES
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.scope import within


@dataclass(frozen=True)
class Pick:
    """What a new case is looked for among; ``numbers``: the assets that were named instead."""

    region_code: str
    category: Category
    text: str = ""
    numbers: tuple[str, ...] = ()


def list_candidates(pick: Pick, actor: Actor, limit: int = MOST_LINES) -> list[Asset]:
    """Return the assets that a case may take in, in the order of the list."""
    return list(db.session.scalars(_open_to(pick, actor, select(Asset)).order_by(Asset.id).limit(limit)))


def count_candidates(pick: Pick, actor: Actor) -> int:
    """Return how many assets a case may take in."""
    return db.session.scalar(_open_to(pick, actor, select(func.count()).select_from(Asset))) or 0


def _open_to(pick: Pick, actor: Actor, rows: Select[Any]) -> Select[Any]:
    busy = select(DisposalLine.asset_id).join(DisposalCase, DisposalCase.id == DisposalLine.case_id)
    busy = busy.where(
        DisposalCase.status.in_([one.value for one in OPEN]), DisposalLine.decision == LineDecision.TAKEN.value
    )
    found: list[ColumnElement[bool]] = [
        Asset.region_code == pick.region_code, Asset.category == pick.category.value,
        Asset.stage == Stage.CONFIRMED.value, within(Asset, actor, Permission.DISPOSAL_ENTER), Asset.id.not_in(busy),
    ]  # fmt: skip
    if pick.text:
        found.append(Asset.name.contains(pick.text, autoescape=True) | (Asset.asset_no == pick.text))
    return rows.where(*found)
