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
    return _relatives(AssetLineage.child_id == asset_id, AssetLineage.parent_id)


def list_children(asset_id: int) -> list[Relative]:
    """Return what came of an asset."""
    return _relatives(AssetLineage.parent_id == asset_id, AssetLineage.child_id)


def _relatives(here: object, there: object) -> list[Relative]:
    rows = select(Asset.asset_no, Asset.name, Asset.stage, AssetLineage).join(AssetLineage, Asset.id == there)  # type: ignore[arg-type]
    return [Relative(*row) for row in db.session.execute(rows.where(here).order_by(AssetLineage.id))]  # type: ignore[arg-type]


def list_title_changes(asset_ids: Sequence[int]) -> list[TitleChange]:
    """Return every change of title of these assets, oldest first."""
    rows = select(TitleChange).where(TitleChange.asset_id.in_(asset_ids))
    return list(db.session.scalars(rows.order_by(TitleChange.id)))
