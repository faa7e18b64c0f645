"""Questions about the duty list. Whoever reaches a unit reads its whole list: a gap seen only in part misleads."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from registry.accounts.models import User, UserGrant
from registry.accounts.queries import list_grants_in
from registry.clock import start_of
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.places.models import Region
from registry.places.queries import find_region_in_scope
from registry.regions import CODE_LENGTH, Level, code_range, level_of
from registry.scope import within
from registry.supervision.duties.catalogue import Duty, duties_at, find_duty
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.rules import HolderStatus, Tally

_CONFIRMED, _WAITING = HolderStatus.CONFIRMED.value, HolderStatus.WAITING.value


def get_duty(code: str, region_code: str) -> Duty:
    """Return a duty of a unit's level; raises Missing."""
    found = find_duty(code, level_of(region_code))
    if found is None:
        raise Missing
    return found


def get_holder(holder_id: int, actor: Actor, permission: Permission) -> DutyHolder:
    """Return an entry within the actor's reach; raises Missing."""
    rows = select(DutyHolder).where(DutyHolder.id == holder_id, within(DutyHolder, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def held_on(on: date) -> ColumnElement[bool]:
    """Say which confirmed entries hold on a day."""
    ends = or_(DutyHolder.valid_to.is_(None), DutyHolder.valid_to > on)
    return and_(DutyHolder.status == _CONFIRMED, DutyHolder.valid_from <= on, ends)


def has_left(on: date) -> ColumnElement[bool]:
    """Say which entries name an account that was closed by the end of a day, or held no role in the unit on it."""
    there = exists().where(
        UserGrant.user_id == DutyHolder.user_id,
        UserGrant.region_code == DutyHolder.region_code,
        UserGrant.valid_from <= on,
        or_(UserGrant.valid_to.is_(None), UserGrant.valid_to > on),
    )
    closed = exists().where(User.id == DutyHolder.user_id, User.disabled_at < start_of(on + timedelta(days=1)))
    return and_(DutyHolder.user_id.is_not(None), or_(~there, closed))


def list_held(region_codes: Iterable[str], on: date) -> list[tuple[DutyHolder, bool]]:
    """Return who answers for the duties of some units on a day, and whether that person has left."""
    rows = select(DutyHolder, has_left(on)).where(DutyHolder.region_code.in_(list(region_codes)), held_on(on))
    return [(row, bool(left)) for row, left in db.session.execute(rows.order_by(DutyHolder.id))]


def list_waiting(region_code: str) -> list[DutyHolder]:
    """Return the entries of a unit that wait for a second person."""
    rows = select(DutyHolder).where(DutyHolder.region_code == region_code, DutyHolder.status == _WAITING)
    return list(db.session.scalars(rows.order_by(DutyHolder.id)))


def list_changes(region_code: str, duty: str) -> list[DutyHolder]:
    """Return every entry of a duty of a unit, the latest first."""
    rows = select(DutyHolder).where(DutyHolder.region_code == region_code, DutyHolder.duty == duty)
    return list(db.session.scalars(rows.order_by(DutyHolder.id.desc())))


def find_last(region_code: str, duty: str) -> DutyHolder | None:
    """Return whoever was named last and confirmed, though they may begin later."""
    rows = select(DutyHolder).where(
        DutyHolder.region_code == region_code, DutyHolder.duty == duty, DutyHolder.status == _CONFIRMED,
        DutyHolder.valid_to.is_(None),
    )  # fmt: skip
    return db.session.scalar(rows)


def find_waiting(region_code: str, duty: str) -> DutyHolder | None:
    """Return the entry of a duty that waits."""
    rows = select(DutyHolder).where(
        DutyHolder.region_code == region_code, DutyHolder.duty == duty, DutyHolder.status == _WAITING
    )
    return db.session.scalar(rows)


def list_people(region_code: str, on: date) -> list[User]:
    """Return who holds a role in a unit on a day, each once, in order of entry."""
    people = {grant.user.id: grant.user for grant in list_grants_in(region_code, on)}
    return [people[key] for key in sorted(people) if people[key].disabled_at is None]


# ---- Sums


def tally_units(region_code: str, on: date) -> dict[str, Tally]:
    """Return for a unit itself and each unit right below it, everything beneath included, how the duties stand."""
    level = level_of(region_code)
    below = list(Level)[min(level.depth + 1, len(Level) - 1)]
    inside = code_range(region_code)
    held = _held_by_unit(region_code, on)
    waiting = _waiting_by_unit(region_code)
    found: dict[str, Tally] = {}
    units = select(Region.region_code).where(Region.region_code.between(*inside), Region.ended_on.is_(None))
    for code in db.session.scalars(units.order_by(Region.region_code)):
        key = code if code == region_code else code[: below.width].ljust(CODE_LENGTH, "0")
        own = Tally(len(duties_at(level_of(code))), *held.get(code, (0, 0)), waiting.get(code, 0))
        found[key] = found.get(key, Tally()) + own
    return found


def _held_by_unit(region_code: str, on: date) -> dict[str, tuple[int, int]]:
    """Return for each unit how many duties have somebody who is there, and how many somebody who has left."""
    gone = func.sum(case((has_left(on), 1), else_=0))
    rows = select(DutyHolder.region_code, func.count(), gone).where(
        DutyHolder.region_code.between(*code_range(region_code)), held_on(on)
    )
    found = db.session.execute(rows.group_by(DutyHolder.region_code))
    return {code: (int(count) - int(left), int(left)) for code, count, left in found}


def _waiting_by_unit(region_code: str) -> dict[str, int]:
    rows = select(DutyHolder.region_code, func.count()).where(
        DutyHolder.region_code.between(*code_range(region_code)), DutyHolder.status == _WAITING
    )
    found = db.session.execute(rows.group_by(DutyHolder.region_code))
    return {code: int(count) for code, count in found}


def get_unit_to_change(code: str, actor: Actor) -> Region:
    """Return a standing unit for which the actor enters people; raises Missing."""
    found = find_region_in_scope(code, actor, Permission.DUTY_ENTER)
    if found is None or found.ended_on is not None:
        raise Missing
    return found
