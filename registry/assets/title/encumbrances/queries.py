"""What weighs on assets on a day; the asker has already been allowed to see them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from registry.assets.title.encumbrances.models import Encumbrance
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.scope import within


def holds(on: date) -> ColumnElement[bool]:
    """Say which entries weigh on their asset on a day."""
    return and_(Encumbrance.valid_from <= on, or_(Encumbrance.valid_to.is_(None), Encumbrance.valid_to > on))


def list_encumbrances(asset_id: int, on: date) -> list[Encumbrance]:
    """Return what weighs on an asset on a day, the oldest first."""
    rows = select(Encumbrance).where(Encumbrance.asset_id == asset_id, holds(on))
    return list(db.session.scalars(rows.order_by(Encumbrance.valid_from, Encumbrance.id)))


def list_all_encumbrances(asset_id: int) -> list[Encumbrance]:
    """Return whatever weighed on an asset, the latest first."""
    rows = select(Encumbrance).where(Encumbrance.asset_id == asset_id)
    return list(db.session.scalars(rows.order_by(Encumbrance.valid_from.desc(), Encumbrance.id.desc())))


def first_encumbrances(asset_ids: Iterable[int], on: date) -> dict[int, Encumbrance]:
    """Return of each of these assets the first thing that weighs on it on a day."""
    rows = select(Encumbrance).where(Encumbrance.asset_id.in_(asset_ids), holds(on))
    found: dict[int, Encumbrance] = {}
    for row in db.session.scalars(rows.order_by(Encumbrance.valid_from, Encumbrance.id)):
        found.setdefault(row.asset_id, row)
    return found


def get_encumbrance(encumbrance_id: int, actor: Actor, permission: Permission) -> Encumbrance:
    """Return an entry within the actor's reach; raises Missing."""
    here = within(Encumbrance, actor, permission)
    row = db.session.scalar(select(Encumbrance).where(Encumbrance.id == encumbrance_id, here))
    if row is None:
        raise Missing
    return row
