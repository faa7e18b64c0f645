"""Questions about people and grants; always limited to the asker's scope, except for signing in."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from registry.accounts.models import User, UserGrant, UserSession
from registry.database import db
from registry.errors import Missing
from registry.kinds import Sector
from registry.permissions import Actor, Grant, Permission, Role
from registry.places.models import Region
from registry.places.rules import short_name
from registry.scope import within


def find_user(username: str) -> User | None:
    """Return the person with this user name, for signing in and the console."""
    return db.session.scalar(select(User).where(User.username == username))


def get_user_in_scope(user_id: int, actor: Actor, permission: Permission) -> User:
    """Return a person whose unit the actor administers; raises Missing."""
    user = db.session.scalar(select(User).where(User.id == user_id, within(User, actor, permission)))
    if user is None:
        raise Missing
    return user


def list_users(actor: Actor, permission: Permission, text: str = "", after: int = 0, limit: int = 50) -> list[User]:
    """Return people of the units the actor administers whose name or user name holds the text."""
    rows = select(User).where(within(User, actor, permission), User.id > after)
    if text:
        rows = rows.where(or_(User.name.contains(text, autoescape=True), User.username.contains(text, autoescape=True)))
    return list(db.session.scalars(rows.order_by(User.id).limit(limit)))


def count_users() -> int:
    """Return how many people are known at all; 0 means the first-run page is open."""
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def _holding(on: date) -> ColumnElement[bool]:
    return (UserGrant.valid_from <= on) & (UserGrant.valid_to.is_(None) | (UserGrant.valid_to > on))


def list_grants(user_id: int, on: date | None = None) -> list[UserGrant]:
    """Return a person's grants, all of them or those that hold on a day."""
    rows = select(UserGrant).where(UserGrant.user_id == user_id)
    rows = rows.where(_holding(on)) if on else rows
    return list(db.session.scalars(rows.order_by(UserGrant.valid_from, UserGrant.id)))


def list_holders(permissions: Sequence[Role], actor: Actor, on: date) -> list[UserGrant]:
    """Return who held one of these roles on a day, in the units the actor administers."""
    rows = select(UserGrant).where(
        UserGrant.role.in_(permissions), _holding(on), within(UserGrant, actor, Permission.GRANT_MANAGE)
    )
    return list(db.session.scalars(rows.order_by(UserGrant.region_code, UserGrant.id)))


def grants_of(user_id: int, on: date) -> tuple[Grant, ...]:
    """Return a person's grants of a day as plain values."""
    rows = select(UserGrant.role, UserGrant.region_code, UserGrant.sector).where(
        UserGrant.user_id == user_id, _holding(on)
    )
    return tuple(
        Grant(Role(role), region, Sector(sector) if sector else None)
        for role, region, sector in db.session.execute(rows.order_by(UserGrant.id))
    )


def actor_of(user: User, on: date) -> Actor:
    """Return a person as the actor of deeds on a day."""
    unit = db.session.scalar(select(Region.name).where(Region.region_code == user.region_code)) or ""
    return Actor(user.id, user.name, user.post, user.region_code, short_name(unit), grants_of(user.id, on))


def find_session(token_hash: str) -> tuple[UserSession, User] | None:
    """Return the session with this digest and its person."""
    rows = select(UserSession, User).join(User, User.id == UserSession.user_id)
    found = db.session.execute(rows.where(UserSession.token_hash == token_hash)).first()
    return (found[0], found[1]) if found else None


def list_sessions(user_id: int, since: datetime) -> list[UserSession]:
    """Return a person's own sessions that are not ended, newest first."""
    rows = select(UserSession).where(
        UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.seen_at > since
    )
    return list(db.session.scalars(rows.order_by(UserSession.id.desc())))
