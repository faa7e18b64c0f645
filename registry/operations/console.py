"""What the console does itself: bringing an installation up, and accounts when nobody can sign in."""

from dataclasses import dataclass
from pathlib import Path

from registry import config
from registry.accounts.installation import new_setup_code
from registry.accounts.passwords import readable_code
from registry.accounts.queries import actor_of, count_users, find_user
from registry.accounts.services import NewUser, create_user, disable_user, reset_password
from registry.audit.keys import service_key
from registry.clock import today
from registry.config import PACKAGE
from registry.database import transaction, undo_reads
from registry.errors import Missing
from registry.operations.health import Check, checks
from registry.operations.readonly import guard_against_old_database
from registry.operations.schema import record_schema, upgrade
from registry.permissions import Actor, system_actor
from registry.places.queries import list_children
from registry.places.services import import_divisions, logs_of, read_divisions
from registry.text import N_


class UnknownUser(Missing):
    """No account has this user name."""

    message = N_("没有用户名为“%(username)s”的账号。")


@dataclass(frozen=True)
class Initialised:
    """What ``init`` found or did: whether the schema changed, how many units came in, whether nobody has an account."""

    migrated: bool
    units: int
    empty: bool


def initialise() -> Initialised:
    """Make keys, bring the schema up to date and load the divisions; everything that stands already stays."""
    settings = config.current()
    service_key(settings)
    migrated = upgrade(settings)
    guard_against_old_database(settings.checkpoints)
    if migrated:
        record_schema(settings.municipality)
    known = list_children(settings.municipality)
    units = 0 if known else import_regions(PACKAGE / "data" / "divisions-chongqing.csv")
    empty = count_users() == 0
    undo_reads()
    return Initialised(migrated, units, empty)


def setup_code() -> str:
    """Make a new one-time code for the first-run page; an earlier one is void."""
    with transaction():
        return new_setup_code()


def import_regions(file: Path) -> int:
    """Load a file of divisions; returns how many units were new."""
    divisions = read_divisions(file.read_text("utf-8"))
    with transaction(*logs_of(divisions)):
        return import_divisions(divisions, by=_system())


def create_account(new: NewUser, by: Actor | None) -> str:
    """Make an account without any role; returns its first password."""
    code = readable_code()
    with transaction(new.unit_code):
        create_user(new, code, by=by or _system())
    return code


def reset_account(username: str, by: Actor | None) -> str:
    """Give a person a new first password; returns it."""
    with transaction(_unit_of(username)):
        user = find_user(username)
        if user is None:
            raise UnknownUser(username=username)
        return reset_password(user, by=by or _system())


def disable_account(username: str, reason: str, by: Actor | None) -> None:
    """Close an account."""
    with transaction(_unit_of(username)):
        user = find_user(username)
        if user is None:
            raise UnknownUser(username=username)
        disable_user(user, reason=reason, by=by or _system())


def actor_named(username: str) -> Actor:
    """Return the person in whose name a command works; raises UnknownUser for one who is closed or unknown."""
    user = find_user(username)
    if user is None or user.disabled_at is not None:
        raise UnknownUser(username=username)
    return actor_of(user, today())


def examine() -> list[Check]:
    """Return what the doctor found."""
    guard_against_old_database(config.current().checkpoints)
    return checks(thorough=True)


def _unit_of(username: str) -> str:
    user = find_user(username)
    if user is None:
        raise UnknownUser(username=username)
    return user.region_code


def _system() -> Actor:
    return system_actor(config.current().municipality)
