"""Deeds on accounts and grants. Each writes its event; none can be done to oneself that gives more rights."""

from dataclasses import dataclass, replace
from datetime import date

from registry import config
from registry.accounts.models import User, UserGrant
from registry.accounts.passwords import common_passwords, hash_password, new_totp_secret, readable_code, totp_matches
from registry.accounts.queries import find_user, get_administered_unit, get_grant_in_scope, grants_from
from registry.accounts.rules import (
    NotReset,
    SecurityProfile,
    check_beginning,
    check_grant,
    check_password,
    next_day,
    normal_username,
)
from registry.accounts.sessions import end_all_sessions
from registry.accounts.tokens import end_all_tokens
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now, today
from registry.database import db
from registry.errors import Conflict, Invalid, Missing
from registry.permissions import Actor, Grant, Permission
from registry.places.models import Region
from registry.sealing import seal, unseal
from registry.text import N_


class UsernameTaken(Invalid):
    """Another person has this user name."""

    message = N_("用户名“%(username)s”已经有人用了。")


class WrongCode(Invalid):
    """The six digits do not match."""

    message = N_("动态口令不对。请核对手机时间，再输入最新的 6 位数字。")


@dataclass(frozen=True)
class NewUser:
    """What is said of a person when the account is made."""

    username: str
    name: str
    post: str
    unit_code: str


def profile() -> SecurityProfile:
    """Return the security profile of this installation."""
    return SecurityProfile(config.current().security_profile)


def create_user(new: NewUser, password: str, *, by: Actor, must_change: bool = True) -> User:
    """Make an account. ``password`` is a first password to be replaced at the first sign-in, unless told otherwise."""
    return add_user(new, hash_password(password), by=by, must_change=must_change)


def add_user(new: NewUser, password_hash: str, *, by: Actor, must_change: bool = True) -> User:
    """Make an account whose first password is hashed already. Raises BadUsername, UsernameTaken."""
    username = normal_username(new.username)
    if find_user(username):
        raise UsernameTaken(field="username", username=username)
    if db.session.get(Region, new.unit_code) is None:
        raise Invalid(N_("请选择所在单位。"), field="unit_code")
    moment = now()
    user = User(
        username=username, name=new.name.strip(), post=new.post.strip(), region_code=new.unit_code,
        password_hash=password_hash, password_changed_at=moment, must_change=must_change, created_at=moment,
    )  # fmt: skip
    db.session.add(user)
    record(Action.USER_CREATED, user, by=by)
    return user


def issue_account(new: NewUser, *, by: Actor) -> tuple[User, str]:
    """Make an account in a unit the actor administers; returns it with the first password to be handed over."""
    unit_code = get_administered_unit(new.unit_code, by, Permission.USER_MANAGE)
    code = readable_code()
    return create_user(replace(new, unit_code=unit_code), code, by=by), code


@dataclass(frozen=True)
class FirstPassword:
    """A first password as it is handed over, and as it is kept."""

    code: str
    password_hash: str


def first_passwords(count: int) -> list[FirstPassword]:
    """Return first passwords for so many people; slow on purpose, so before the transaction."""
    codes = [readable_code() for _ in range(count)]
    return [FirstPassword(code, hash_password(code)) for code in codes]


def change_user(user: User, name: str, post: str, unit_code: str, *, reason: str, by: Actor) -> None:
    """Correct a person's name, post or unit; grants stay, tokens of the old unit end, old papers keep the name."""
    code = get_administered_unit(unit_code, by, Permission.USER_MANAGE)
    if code != user.region_code:
        end_all_tokens(user.id, now())
    user.region_code = code
    user.name, user.post = name.strip(), post.strip()
    record(Action.USER_CHANGED, user, by=by, reason=reason)


def reset_password(user: User, *, by: Actor) -> str:
    """Give a person a new first password and end all their sessions; returns the code to be handed over."""
    if user.id == by.id:
        raise NotReset
    code = readable_code()
    user.password_hash, user.password_changed_at, user.must_change = hash_password(code), now(), True
    user.totp_secret = ""
    _end_all(user.id)
    record(Action.USER_RESET, user, by=by)
    return code


def _end_all(user_id: int) -> None:
    """End every session and every token of a person at once."""
    end_all_sessions(user_id, now())
    end_all_tokens(user_id, now())


def change_password(user: User, password: str, *, by: Actor, keep_session: int | None = None) -> None:
    """Set a password of the person's own choice; other sessions end."""
    check_password(password, user.username, common_passwords(), profile())
    user.password_hash, user.password_changed_at, user.must_change = hash_password(password), now(), False
    end_all_sessions(user.id, now(), keep_session)
    record(Action.PASSWORD_CHANGED, user, by=by)


def set_second_factor(user: User, secret: str, code: str, *, by: Actor) -> None:
    """Enrol an authenticator app after the person proved that it works."""
    if not totp_matches(secret, code):
        raise WrongCode(field="code")
    user.totp_secret = seal(secret, table="user", row=user.username, column="totp_secret")
    record(Action.SECOND_FACTOR_SET, user, by=by)


def second_factor_secret(user: User) -> str:
    """Return the person's second factor secret; empty if not enrolled."""
    return unseal(user.totp_secret, table="user", row=user.username, column="totp_secret") if user.totp_secret else ""


def fresh_second_factor() -> str:
    """Return a secret to offer for enrolment."""
    return new_totp_secret()


def disable_user(user: User, *, reason: str, by: Actor) -> None:
    """Close an account: sessions end at once, the name stays on old papers."""
    if user.id == by.id:
        raise Invalid(N_("不能停用自己的账号。"))
    user.disabled_at = now()
    _end_all(user.id)
    record(Action.USER_DISABLED, user, by=by, reason=reason)


def enable_user(user: User, *, reason: str, by: Actor) -> None:
    """Open a closed account again."""
    user.disabled_at = None
    record(Action.USER_ENABLED, user, by=by, reason=reason)


def grant_role(user_id: int, grant: Grant, *, on: date, basis: str, by: Actor) -> UserGrant:
    """Give a person a role in a unit from a day on; raises what check_beginning and check_grant raise."""
    user, region = db.session.get(User, user_id), db.session.get(Region, grant.region_code)
    if user is None:
        raise Missing
    if region is None or region.ended_on is not None:
        raise Invalid(N_("没有这个单位，或者已经撤销。"), field="region_code")
    check_beginning(on, today())
    check_grant(grant, held=grants_from(user_id, on), user_id=user_id, by=by)
    return add_grant(user, grant, on=on, basis=basis, by=by)


def add_grant(user: User, grant: Grant, *, on: date, basis: str, by: Actor) -> UserGrant:
    """Write a grant that has been checked, or that the first-run page and the demo county begin with."""
    row = UserGrant(
        user_id=user.id, role=grant.role.value, region_code=grant.region_code,
        sector=grant.sector.value if grant.sector else None, valid_from=on, basis=basis,
    )  # fmt: skip
    db.session.add(row)
    record(Action.GRANTED, row, by=by, reason=basis)
    return row


def end_grant(grant_id: int, *, on: date, reason: str, by: Actor) -> UserGrant:
    """End a grant after this day; it stays readable for who-could-do-what questions."""
    row = get_grant_in_scope(grant_id, by)
    if row.valid_to is not None:
        raise Conflict(N_("这项授权已经收回。"))
    row.valid_to = row.valid_from if on < row.valid_from else next_day(on)
    record(Action.GRANT_ENDED, row, by=by, reason=reason)
    return row
