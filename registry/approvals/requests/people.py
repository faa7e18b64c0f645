"""Who sits at a desk today, and for whom somebody stands in."""

from datetime import date

from sqlalchemy import or_, select

from registry.accounts.models import User, UserGrant
from registry.accounts.queries import grants_of
from registry.approvals.requests.models import Delegation
from registry.approvals.requests.states import Desk, Person
from registry.database import db
from registry.permissions import Actor


def person_of(actor: Actor, on: date) -> Person:
    """Return who acts, with those they stand in for on a day. The system itself is nobody."""
    if actor.id is None:
        return Person(0, actor.name, ())
    return Person(actor.id, actor.name, actor.grants, _principals_of(actor.id, on))


def _principals_of(user_id: int, on: date) -> tuple[Person, ...]:
    rows = (
        select(User.id, User.name)
        .join(Delegation, Delegation.principal_id == User.id)
        .where(
            Delegation.deputy_id == user_id,
            Delegation.valid_from <= on,
            Delegation.valid_to >= on,
            Delegation.ended_at.is_(None),
        )
    )
    return tuple(Person(one.id, one.name, grants_of(one.id, on)) for one in db.session.execute(rows.distinct()))


def holders_of(desk: Desk, on: date) -> list[Person]:
    """Return who sits at a desk on a day and can sign in."""
    rows = (
        select(User.id, User.name, UserGrant.role, UserGrant.region_code)
        .join(UserGrant, UserGrant.user_id == User.id)
        .where(
            UserGrant.role == desk.role.value,
            UserGrant.region_code == desk.unit_code,
            UserGrant.valid_from <= on,
            or_(UserGrant.valid_to.is_(None), UserGrant.valid_to > on),
            User.disabled_at.is_(None),
        )
        .order_by(User.id)
    )
    if desk.sector is not None:
        rows = rows.where(or_(UserGrant.sector.is_(None), UserGrant.sector == desk.sector.value))
    return [Person(one.id, one.name, grants_of(one.id, on)) for one in db.session.execute(rows)]
