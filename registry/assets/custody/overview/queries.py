"""What the page of custody shows: assets of a unit or of one's own care, with the last look and who keeps them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.patrols.models import Patrol, PatrolState
from registry.assets.custody.patrols.queries import DueAsset, due_asset, in_care, is_due, patrolled, with_state
from registry.assets.custody.patrols.rules import PatrolKind
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.lookup.paging import NotAPlace
from registry.assets.register.registration import Stage
from registry.counting import count_up_to
from registry.database import db
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.regions import code_range, is_code
from registry.scope import within

PAGE_ROWS = 20
#: A count that stands on the page looks no further than this.
MOST_COUNTED = 1_000
_LONGEST_ID = 15


@dataclass(frozen=True)
class KeptFilter:
    """Which assets the page shows: of a unit and below; those due for a kind of look, without a custodian, my own."""

    region_code: str
    kind: PatrolKind = PatrolKind.SELF
    due_only: bool = False
    uncared: bool = False
    mine: bool = False
    text: str = ""


def list_kept(
    wanted: KeptFilter, actor: Actor, on: date, *, after: tuple[str, int] = ("", 0), limit: int = PAGE_ROWS
) -> list[DueAsset]:
    """Return assets by unit and entry, one more than a page to show that there are more."""
    later = or_(Asset.region_code > after[0], and_(Asset.region_code == after[0], Asset.id > after[1]))
    rows = with_state().where(*_conditions(wanted, actor, on), later).order_by(Asset.region_code, Asset.id)
    found = db.session.execute(rows.limit(limit + 1))
    return [due_asset(asset, state, wanted.kind) for asset, state in found]


def count_kept(wanted: KeptFilter, actor: Actor, on: date, most: int = MOST_COUNTED) -> int:
    """Return how many assets a filter shows, counting up to a number."""
    rows = select(Asset.id).outerjoin(PatrolState, PatrolState.asset_id == Asset.id)
    return count_up_to(rows.where(*_conditions(wanted, actor, on)), most)


def _conditions(wanted: KeptFilter, actor: Actor, on: date) -> list[ColumnElement[bool]]:
    visits = wanted.kind is PatrolKind.VISIT
    found: list[ColumnElement[bool]] = [
        within(Asset, actor, Permission.ASSET_READ),
        Asset.region_code.between(*code_range(wanted.region_code)),
        *(
            (Asset.stage == Stage.CONFIRMED.value, Asset.category == Category.HOUSEHOLD.value)
            if visits
            else patrolled()
        ),
    ]
    if wanted.due_only:
        found.append(is_due(wanted.kind, on))
    if wanted.mine:
        found.append(in_care(actor))
    if wanted.uncared:
        found.append(~Asset.id.in_(_cared()))
    if wanted.text:
        found.append(or_(Asset.asset_no == wanted.text, Asset.name.contains(wanted.text, autoescape=True)))
    return found


def _cared() -> Select[int]:
    return select(AssetRelation.asset_id).where(
        AssetRelation.kind == RelationKind.CUSTODIAN.value, AssetRelation.valid_to.is_(None)
    )


def custodians_of(asset_ids: Iterable[int]) -> dict[int, str]:
    """Return who looks after these assets now, for a page of rows."""
    rows = select(AssetRelation.asset_id, AssetRelation.name).where(
        AssetRelation.asset_id.in_(set(asset_ids)),
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
    )
    return dict(db.session.execute(rows).all())


def place_of(rows: Sequence[DueAsset]) -> str:
    """Return the place of the last row as the address names it."""
    return f"{rows[-1].asset.region_code}-{rows[-1].asset.id}" if rows else ""


def parse_place(text: str) -> tuple[str, int]:
    """Read the place to go on from, the beginning for no text; raises NotAPlace."""
    if not text:
        return "", 0
    region, _dash, key = text.partition("-")
    if not (is_code(region) and key.isascii() and key.isdigit() and len(key) <= _LONGEST_ID):
        raise NotAPlace(field="after")
    return region, int(key)


@dataclass(frozen=True)
class KeptBy:
    """Who looked after an asset on a day, and by which agreement if there is one."""

    name: str
    valid_from: date
    agreement: CustodyAgreement | None


def custodians_on(region_code: str, on: date) -> dict[int, KeptBy]:
    """Return who looked after the assets of a unit and below on a day; the caller limits what is shown of them."""
    rows = (
        select(AssetRelation.asset_id, AssetRelation.name, AssetRelation.valid_from, CustodyAgreement)
        .outerjoin(CustodyAgreement, CustodyAgreement.number == AssetRelation.basis)
        .where(
            AssetRelation.region_code.between(*code_range(region_code)),
            AssetRelation.kind == RelationKind.CUSTODIAN.value,
            AssetRelation.valid_from <= on,
            or_(AssetRelation.valid_to.is_(None), AssetRelation.valid_to > on),
        )
        .order_by(AssetRelation.id)
    )
    return {key: KeptBy(name, since, agreement) for key, name, since, agreement in db.session.execute(rows)}


def last_patrols_on(region_code: str, on: date) -> dict[int, date]:
    """Return when each asset of a unit and below was last patrolled by its own people, up to a day."""
    rows = (
        select(Patrol.asset_id, func.max(Patrol.done_on))
        .join(Asset, Asset.id == Patrol.asset_id)
        .where(
            Asset.region_code.between(*code_range(region_code)),
            Patrol.kind == PatrolKind.SELF.value,
            Patrol.done_on <= on,
        )
        .group_by(Patrol.asset_id)
    )
    return dict(db.session.execute(rows).all())
