"""Questions about title that the register remembers; the asker has already been allowed to see the asset."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.rights.models import AssetLineage, TitleChange
from registry.database import db


@dataclass(frozen=True)
class Relative:
    """An asset that another came of, or that came of it."""

    asset_no: str
    name: str
    stage: str
    link: AssetLineage


def list_parents(asset_id: int) -> list[Relative]:
    """Return what an asset came of."""
    rows = _RELATIVES.join(AssetLineage, Asset.id == AssetLineage.parent_id).where(AssetLineage.child_id == asset_id)
    return [Relative(*row) for row in db.session.execute(rows.order_by(AssetLineage.id))]


def list_children(asset_id: int) -> list[Relative]:
    """Return what came of an asset."""
    rows = _RELATIVES.join(AssetLineage, Asset.id == AssetLineage.child_id).where(AssetLineage.parent_id == asset_id)
    return [Relative(*row) for row in db.session.execute(rows.order_by(AssetLineage.id))]


_RELATIVES = select(Asset.asset_no, Asset.name, Asset.stage, AssetLineage)


def list_title_changes(asset_ids: Sequence[int]) -> list[TitleChange]:
    """Return every change of title of these assets, oldest first."""
    rows = select(TitleChange).where(TitleChange.asset_id.in_(asset_ids))
    return list(db.session.scalars(rows.order_by(TitleChange.id)))
