"""Questions about cards; a card outside the asker's reach does not exist (404)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, Draft, Interest
from registry.assets.register.cards.parts import value_changes
from registry.assets.register.cards.typed import DraftOf
from registry.assets.register.rules import highest_value
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.scope import within

#: A count that stands on every page looks at no more cards than this.
LOOKED_AT = 2_000


def get_asset(asset_no: str, actor: Actor, permission: Permission) -> Asset:
    """Return the asset with this number within the actor's reach; raises Missing."""
    asset = db.session.scalar(select(Asset).where(Asset.asset_no == asset_no, within(Asset, actor, permission)))
    if asset is None:
        raise Missing
    return asset


def region_of(asset_no: str, actor: Actor, permission: Permission) -> str:
    """Return the unit whose log an asset's deeds go to, to open the transaction with; raises Missing."""
    code = db.session.scalar(
        select(Asset.region_code).where(Asset.asset_no == asset_no, within(Asset, actor, permission))
    )
    if code is None:
        raise Missing
    return code


def reaches_asset(asset_no: str, actor: Actor, permission: Permission) -> bool:
    """Say whether an asset lies within the actor's reach."""
    rows = select(Asset.id).where(Asset.asset_no == asset_no, within(Asset, actor, permission))
    return db.session.scalar(rows) is not None


def highest_value_since(asset_id: int, day: date) -> int:
    """Return the highest value an asset held on or after a day."""
    return highest_value([(c.recorded_on, c.amount_fen) for c in value_changes(asset_id)], since=day)


def list_owners(asset_id: int) -> list[AssetOwner]:
    """Return all owners an asset ever had, today's first."""
    rows = select(AssetOwner).where(AssetOwner.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(AssetOwner.valid_to.is_not(None), AssetOwner.share_bp.desc())))


def list_relations(asset_id: int) -> list[AssetRelation]:
    """Return custodians, operators and supervisors, today's first."""
    rows = select(AssetRelation).where(AssetRelation.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(AssetRelation.valid_to.is_not(None), AssetRelation.id)))


def find_interest(asset_id: int) -> Interest | None:
    """Return what an equity or debt asset adds to the card."""
    return db.session.get(Interest, asset_id)


@dataclass(frozen=True)
class Likeness:
    """An asset that looks like the one being entered."""

    asset_no: str
    name: str
    year: int
    original_value_fen: int


def list_alike(name: str, region_code: str, year: int, *, besides: int = 0) -> list[Likeness]:
    """Return assets of the same unit, name and year: perhaps the same thing entered twice."""
    rows = select(Asset.asset_no, Asset.name, Asset.project_year, Asset.original_value_fen).where(
        Asset.region_code == region_code,
        Asset.name == name.strip(),
        Asset.project_year == year,
        Asset.stage != "WITHDRAWN",
        Asset.id != besides,
    )
    return [Likeness(*row) for row in db.session.execute(rows.limit(5))]


def list_drafts(user_id: int, page: DraftOf = DraftOf.CARD) -> list[Draft]:
    """Return what a person has begun on a page and not submitted, the latest first."""
    rows = select(Draft).where(Draft.user_id == user_id, Draft.page == page.value)
    return list(db.session.scalars(rows.order_by(Draft.updated_at.desc())))


def find_draft(key: str, user_id: int, page: DraftOf) -> Draft | None:
    """Return what a person has begun under the key of a page."""
    rows = select(Draft).where(Draft.key == key, Draft.user_id == user_id, Draft.page == page.value)
    return db.session.scalar(rows)


def get_draft(draft_id: int, user_id: int, page: DraftOf = DraftOf.CARD) -> Draft:
    """Return one of a person's own drafts of a page; raises Missing."""
    rows = select(Draft).where(Draft.id == draft_id, Draft.user_id == user_id, Draft.page == page.value)
    draft = db.session.scalar(rows)
    if draft is None:
        raise Missing
    return draft


def list_waiting(actor: Actor, permission: Permission, limit: int = 50) -> Sequence[Asset]:
    """Return submitted cards that wait for a second person and were not entered by the asker, the oldest first."""
    rows = select(Asset).where(
        Asset.stage == "SUBMITTED", within(Asset, actor, permission), Asset.entered_by_id.is_distinct_from(actor.id)
    )
    return list(db.session.scalars(rows.order_by(Asset.entered_at, Asset.id).limit(limit)))


def count_waiting(actor: Actor, permission: Permission) -> int:
    """Return how many submitted cards wait for a second person other than the asker, among the first LOOKED_AT."""
    first = select(Asset.entered_by_id).where(Asset.stage == "SUBMITTED", within(Asset, actor, permission))
    seen = first.limit(LOOKED_AT).subquery()
    return count_up_to(select(seen.c.entered_by_id).where(seen.c.entered_by_id.is_distinct_from(actor.id)), LOOKED_AT)


def _sent_back(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Say which cards their enterer must mend; whoever may no longer enter in a unit has nothing to do there."""
    return Asset.stage == "SENT_BACK", Asset.entered_by_id == actor.id, within(Asset, actor, Permission.ASSET_ENTER)


def list_sent_back(actor: Actor, limit: int = 50) -> Sequence[Asset]:
    """Return the asker's own cards that were sent back."""
    return list(
        db.session.scalars(select(Asset).where(*_sent_back(actor)).order_by(Asset.entered_at, Asset.id).limit(limit))
    )


def count_sent_back(actor: Actor, most: int) -> int:
    """Return how many of the asker's own cards were sent back, counting up to a number."""
    return count_up_to(select(Asset.id).where(*_sent_back(actor)), most)


def list_co_owned_elsewhere(region_code: str) -> list[str]:
    """Return the units that manage an asset in which an owner of this unit has a share."""
    rows = select(AssetOwner.region_code).where(AssetOwner.foreign_region == region_code, AssetOwner.valid_to.is_(None))
    return sorted(set(db.session.scalars(rows)))


def count_assets_of(region_code: str) -> int:
    """Return how many cards a unit itself manages or once managed, whatever became of them."""
    return db.session.scalar(select(func.count()).where(Asset.region_code == region_code)) or 0


def _own_submitted(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Asset.stage == "SUBMITTED", Asset.entered_by_id == actor.id


def list_own_submitted(actor: Actor, limit: int = 50) -> Sequence[Asset]:
    """Return the asker's own cards that wait for a second person, the oldest first."""
    rows = select(Asset).where(*_own_submitted(actor)).order_by(Asset.entered_at, Asset.id)
    return list(db.session.scalars(rows.limit(limit)))


def count_own_submitted(actor: Actor, most: int) -> int:
    """Return how many of the asker's own cards wait for a second person, counting up to a number."""
    return count_up_to(select(Asset.id).where(*_own_submitted(actor)), most)
