"""The people of the demo county: one of every role, named after it, and clerks and heads of the other units."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from registry.accounts.models import User
from registry.accounts.passwords import hash_password
from registry.accounts.queries import actor_of
from registry.accounts.services import add_grant
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.demo.places import UnitRow, above, units
from registry.demo.tables import DEMO_TODAY, GO_LIVE, labelled, read
from registry.kinds import Sector
from registry.offices import ROLE_LEVELS
from registry.permissions import Actor, Grant, Role
from registry.regions import Level

#: Every demo account has this one; the README names it, and nothing but invented data lies behind it.
DEMO_PASSWORD = "Goldthread-2026"  # noqa: S105 - printed at every start of the demo


class PersonRow(NamedTuple):
    """A person, the role and the unit."""

    username: str
    name: str
    role_label: str
    unit_name: str
    sector_label: str

    @property
    def role(self) -> Role:
        return labelled(Role, self.role_label)

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def grant(self) -> Grant:
        sector = labelled(Sector, self.sector_label) if self.sector_label else None
        return Grant(self.role, self.unit.code, sector)


@cache
def people() -> tuple[PersonRow, ...]:
    """Return everybody, those named after their role first."""
    return read("people", PersonRow)


def add_person(row: PersonRow, password_hash: str, *, basis: str, by: Actor) -> None:
    """Add a person with the one role, held since the county went live."""
    moment = now()
    user = User(
        username=row.username, name=row.name, post=row.role_label, region_code=row.unit.code,
        password_hash=password_hash, password_changed_at=moment, created_at=moment,
    )  # fmt: skip
    db.session.add(user)
    record(Action.USER_CREATED, user, by=by)
    add_grant(user, row.grant, on=GO_LIVE, basis=basis, by=by)


def shared_hash() -> str:
    """Return the hash of the one demo password; making it for each account would take half a minute."""
    return hash_password(DEMO_PASSWORD)


class Staff:
    """Everybody as actors of today, by user name and by post."""

    def __init__(self) -> None:
        users = db.session.scalars(select(User).order_by(User.id))
        self._actors = {user.username: actor_of(user, DEMO_TODAY) for user in users}
        self._posts: dict[tuple[Role, str], list[str]] = {}
        for row in people():
            self._posts.setdefault((row.role, row.unit_name), []).append(row.username)

    def named(self, username: str) -> Actor:
        """Return a person by user name."""
        return self._actors[username]

    def holding(self, role: Role, unit: UnitRow) -> Actor:
        """Return who holds a role in the unit, or in the nearest one above at whose level the role exists."""
        levels = [level for level in reversed(Level) if level in ROLE_LEVELS[role] and level.depth <= unit.level.depth]
        return self._actors[self._posts[role, above(unit, levels[0]).name][0]]

    def deciding(self, role: Role, unit: UnitRow, besides: int | None) -> Actor:
        """Return who holds a role in this very unit, other than the person who brought the matter in."""
        sitting = (self._actors[username] for username in self._posts[role, unit.name])
        return next(actor for actor in sitting if actor.id != besides)
