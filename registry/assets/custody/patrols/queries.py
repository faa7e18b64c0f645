"""Questions about patrols: what was seen, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from registry.assets.custody.patrols.models import Patrol, PatrolState
from registry.assets.custody.patrols.rules import MOST_IN_A_ROUND, PatrolKind, overdue_days
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_DUE = {
    PatrolKind.SELF: PatrolState.self_due_on,
    PatrolKind.TOWNSHIP: PatrolState.township_due_on,
    PatrolKind.COUNTY: PatrolState.county_due_on,
    PatrolKind.VISIT: PatrolState.visit_due_on,
}


@dataclass(frozen=True)
class DueAsset:
    """An asset with its last look of a kind and the day by which the next is due; never looked at has neither."""

    asset: Asset
    last_on: date | None
    due_on: date | None

    def overdue_days(self, on: date) -> int:
        """Return by how many days the look is late."""
        return overdue_days(self.due_on, on)

    def is_due(self, on: date) -> bool:
        """Say whether the asset is to be looked at today."""
        return self.due_on is None or self.due_on <= on


def patrolled() -> tuple[ColumnElement[bool], ...]:
    """Say which assets are patrolled: confirmed ones that are not a household's."""
    return Asset.stage == Stage.CONFIRMED.value, Asset.category != Category.HOUSEHOLD.value


def is_due(kind: PatrolKind, on: date) -> ColumnElement[bool]:
    """Say which assets (joined to their state) are due for a look of a kind."""
    column = _DUE[kind]
    return or_(column.is_(None), column <= on)


def with_state() -> Select[Asset, PatrolState]:
    """Select assets with their state, None for those never looked at."""
    return select(Asset, PatrolState).outerjoin(PatrolState, PatrolState.asset_id == Asset.id)


def due_asset(asset: Asset, state: PatrolState | None, kind: PatrolKind) -> DueAsset:
    """Put an asset and its state together."""
    return DueAsset(asset, state.last_on(kind) if state else None, state.due_on(kind) if state else None)


def in_care(actor: Actor) -> ColumnElement[bool]:
    """Say which assets the actor has to see patrolled: those in one's own care, and those of one's own unit that
    nobody with an account looks after, for whoever arranges custody there."""
    somebody = exists().where(
        AssetRelation.asset_id == Asset.id,
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
        AssetRelation.user_id.is_not(None),
    )
    unit = and_(Asset.region_code == actor.unit_code, within(Asset, actor, Permission.CUSTODY_MANAGE), ~somebody)
    return and_(within(Asset, actor, Permission.PATROL_RECORD), or_(Asset.cared_for_by(actor.id), unit))


def list_due(actor: Actor, on: date, limit: int = MOST_IN_A_ROUND) -> list[DueAsset]:
    """Return the assets in the actor's care that are due for a patrol, those never looked at first, then by day."""
    rows = with_state().where(*patrolled(), in_care(actor), is_due(PatrolKind.SELF, on))
    ordered = rows.order_by(PatrolState.self_due_on.is_not(None), PatrolState.self_due_on, Asset.region_code, Asset.id)
    return [due_asset(asset, state, PatrolKind.SELF) for asset, state in db.session.execute(ordered.limit(limit))]


def count_due(actor: Actor, on: date, most: int) -> int:
    """Return how many assets in the actor's care are due, counting up to a number."""
    rows = select(Asset.id).outerjoin(PatrolState, PatrolState.asset_id == Asset.id)
    return count_up_to(rows.where(*patrolled(), in_care(actor), is_due(PatrolKind.SELF, on)), most)


def list_by_number(numbers: Iterable[str], actor: Actor) -> list[Asset]:
    """Return the assets with these numbers that the actor may patrol, in order of entry; others are left out."""
    rows = select(Asset).where(Asset.asset_no.in_(set(numbers)), within(Asset, actor, Permission.PATROL_RECORD))
    return list(db.session.scalars(rows.order_by(Asset.region_code, Asset.id)))


def find_state(asset_id: int) -> PatrolState | None:
    """Return when an asset was last looked at."""
    return db.session.get(PatrolState, asset_id)


def list_patrols(asset_id: int, *, before: int = 0, limit: int = PAGE_ROWS) -> list[Patrol]:
    """Return the looks at an asset the caller may see, the latest first; one more than a page."""
    rows = select(Patrol).where(Patrol.asset_id == asset_id)
    rows = rows.where(Patrol.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Patrol.id.desc()).limit(limit + 1)))


def list_patrols_in(
    region_code: str, actor: Actor, permission: Permission, first: date, last: date
) -> Sequence[tuple[Patrol, Asset]]:
    """Return the looks at the assets of a unit and below between two days, by unit, asset and day."""
    rows = (
        select(Patrol, Asset)
        .join(Asset, Asset.id == Patrol.asset_id)
        .where(
            within(Asset, actor, permission),
            Asset.region_code.between(*code_range(region_code)),
            Patrol.done_on.between(first, last),
        )
        .order_by(Asset.region_code, Asset.asset_no, Patrol.id)
    )
    return [(patrol, asset) for patrol, asset in db.session.execute(rows)]
