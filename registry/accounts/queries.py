"""Questions about people and grants; always limited to the asker's scope, except for signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from registry.accounts.models import User, UserGrant, UserSession
from registry.database import db
from registry.errors import Invalid, Missing
from registry.kinds import Sector
from registry.permissions import GRANTS, Actor, Grant, Permission, Role
from registry.places.models import Region
from registry.places.queries import find_region_in_scope
from registry.places.rules import short_name
from registry.regions import lineage
from registry.scope import within
from registry.text import N_

PAGE_ROWS = 20


def find_user(username: str) -> User | None:
    """Return the person with this user name, for signing in and the console."""
    return db.session.scalar(select(User).where(User.username == username))


def get_user_in_scope(user_id: int, actor: Actor, permission: Permission) -> User:
    """Return a person whose unit the actor administers; raises Missing."""
    user = db.session.scalar(select(User).where(User.id == user_id, within(User, actor, permission)))
    if user is None:
        raise Missing
    return user


@dataclass(frozen=True)
class UserPage:
    """One page of people: its rows, and how many stand before and after them."""

    rows: Sequence[User]
    before: int
    after: int


def list_users(
    actor: Actor, permission: Permission, text: str = "", *, after: int = 0, before: int = 0, limit: int = PAGE_ROWS
) -> UserPage:
    """Return people of the units the actor administers whose name or user name holds the text, in order of entry."""
    here = [within(User, actor, permission)]
    if text:
        like = (User.name.contains(text, autoescape=True), User.username.contains(text.lower(), autoescape=True))
        here.append(or_(*like))
    if before:
        rows = select(User).where(*here, User.id < before).order_by(User.id.desc()).limit(limit)
        found = list(reversed(list(db.session.scalars(rows))))
    else:
        rows = select(User).where(*here, User.id > after).order_by(User.id).limit(limit)
        found = list(db.session.scalars(rows))
    if not found:
        return UserPage([], 0, 0)
    count = select(func.count()).select_from(User).where(*here)
    earlier = db.session.scalar(count.where(User.id < found[0].id)) or 0
    later = db.session.scalar(count.where(User.id > found[-1].id)) or 0
    return UserPage(found, earlier, later)


def get_administered_unit(code: str, actor: Actor, permission: Permission) -> str:
    """Return the code of a standing unit the actor administers; raises Invalid beside the field."""
    region = find_region_in_scope(code.strip(), actor, permission)
    if region is None or region.ended_on is not None:
        raise Invalid(N_("没有这个单位、已撤销，或者不在您的管辖范围内。"), field="unit_code")
    return region.region_code


def get_unit_named(text: str, actor: Actor, permission: Permission) -> str:
    """Return the code of the one standing unit that a code or a name means within the reach; raises Invalid."""
    name = text.strip()
    if name.isdigit():
        return get_administered_unit(name, actor, permission)
    here = (within(Region, actor, permission), Region.ended_on.is_(None))
    for means in (Region.name == name, Region.name.startswith(name, autoescape=True)):
        found = list(db.session.scalars(select(Region.region_code).where(*here, means).limit(2))) if name else []
        if len(found) == 1:
            return found[0]
    raise Invalid(N_("没有这个单位，或者同名的不止一个，请填 12 位区划代码。"), field="unit_code")


def list_people_of(region_code: str) -> list[User]:
    """Return whose own unit this is and whose account is open."""
    rows = select(User).where(User.region_code == region_code, User.disabled_at.is_(None))
    return list(db.session.scalars(rows.order_by(User.id)))


def list_grants_in(region_code: str, on: date) -> list[UserGrant]:
    """Return the roles held in this very unit on a day."""
    rows = select(UserGrant).where(UserGrant.region_code == region_code, _holding(on))
    return list(db.session.scalars(rows.order_by(UserGrant.id)))


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


def list_able(permission: Permission, region_code: str, on: date) -> list[UserGrant]:
    """Return by which grants people could do something in a unit on a day, from the municipality down.

    Grants held in the units above reach in too, so they are listed wherever the asker may ask about the unit.
    """
    roles = [role.value for role in Role if permission in GRANTS[role]]
    rows = select(UserGrant).where(
        UserGrant.role.in_(roles), UserGrant.region_code.in_(lineage(region_code)), _holding(on)
    )
    return list(db.session.scalars(rows.order_by(UserGrant.region_code, UserGrant.id)))


def list_deciders(region_code: str, on: date, *, besides: int | None) -> list[Actor]:
    """Return who may decide cases of a unit on a day, the unit's own people and those of the units above."""
    ids = {row.user_id for row in list_able(Permission.CASE_DECIDE, region_code, on)} - {besides}
    people = (find_actor(user_id, on) for user_id in sorted(ids))
    return [one for one in people if one is not None and not one.is_administrator]


def get_grant_in_scope(grant_id: int, actor: Actor) -> UserGrant:
    """Return a grant in a unit whose roles the actor keeps; raises Missing."""
    row = db.session.scalar(
        select(UserGrant).where(UserGrant.id == grant_id, within(UserGrant, actor, Permission.GRANT_MANAGE))
    )
    if row is None:
        raise Missing
    return row


def grants_from(user_id: int, on: date) -> tuple[Grant, ...]:
    """Return the grants that hold on a day or will hold later, as plain values: what a new grant stands beside."""
    return _plain(user_id, UserGrant.valid_to.is_(None) | (UserGrant.valid_to > on))


def grants_of(user_id: int, on: date) -> tuple[Grant, ...]:
    """Return a person's grants of a day as plain values."""
    return _plain(user_id, _holding(on))


def _plain(user_id: int, when: ColumnElement[bool]) -> tuple[Grant, ...]:
    rows = select(UserGrant.role, UserGrant.region_code, UserGrant.sector).where(UserGrant.user_id == user_id, when)
    return tuple(
        Grant(Role(role), region, Sector(sector) if sector else None)
        for role, region, sector in db.session.execute(rows.order_by(UserGrant.id))
    )


def actor_of(user: User, on: date) -> Actor:
    """Return a person as the actor of deeds on a day."""
    unit = db.session.scalar(select(Region.name).where(Region.region_code == user.region_code)) or ""
    return Actor(user.id, user.name, user.post, user.region_code, short_name(unit), grants_of(user.id, on))


def find_actor(user_id: int, on: date) -> Actor | None:
    """Return a person as the actor of deeds on a day, for work they asked for; None once the account is closed."""
    user = db.session.get(User, user_id)
    return actor_of(user, on) if user is not None and user.disabled_at is None else None


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
