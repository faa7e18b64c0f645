"""What a password, a user name, a grant and a waiting time must satisfy. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from registry.errors import Forbidden, Invalid
from registry.kinds import Sector
from registry.offices import ROLE_LEVELS, clashes
from registry.permissions import Actor, Grant, Permission, Role, may
from registry.regions import level_of
from registry.text import N_
from registry.token_scopes import Scope

MIN_PASSWORD = 12
MAX_PASSWORD = 128
ROTATION_DAYS = 90
FREE_TRIES = 3
LONGEST_WAIT_SECONDS = 900
#: How long signing in, or proving it again, is proof enough to export, to reveal, and later to approve and to pay.
PROOF_MINUTES = 10
#: A key for programs is made anew at least once a year.
MAX_TOKEN_DAYS = 365
USUAL_TOKEN_DAYS = 90
_USERNAME = re.compile(r"[a-z][a-z0-9_.-]{2,39}")
_CLASSES = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())


class SecurityProfile(StrEnum):
    """等保三级 asks for mixed characters and rotation; ASVS forbids demanding either. An installation follows one."""

    DJBH3 = "djbh3"
    ASVS = "asvs"


class BadUsername(Invalid):
    """The user name has characters that are hard to type or to tell apart."""

    message = N_("用户名用 3 到 40 个小写字母、数字或 _ . -，以字母开头。")


class PasswordTooShort(Invalid):
    """The password is shorter than the profile allows."""

    message = N_("密码至少 12 个字符，可以用一句话。")


class PasswordTooCommon(Invalid):
    """The password stands in the list of common ones, or repeats the user name."""

    message = N_("这个密码太常见或含有用户名，请换一个。")


class PasswordTooPlain(Invalid):
    """等保三级 asks for three kinds of characters."""

    message = N_("密码要含大写字母、小写字母、数字、符号中的至少三种。")


class WrongLevel(Invalid):
    """The role does not exist at the unit's level."""

    message = N_("“%(role)s”不能设在这一级单位。")


class RolesClash(Invalid):
    """One person must not hold both roles."""

    message = N_("同一个人不能同时是“%(role)s”和“%(other)s”。")


class BeyondOwnScope(Forbidden):
    """Nobody grants outside the region of their own grant."""

    message = N_("不能给管辖范围以外的单位授权。")


class NotToOneself(Forbidden):
    """Nobody grants to, or resets, themselves."""

    message = N_("不能给自己授权。")


class SectorMissing(Invalid):
    """A sector officer's grant names the sector."""

    message = N_("行业主管部门监管员要选定行业，其他角色不选。")


class Backdated(Invalid):
    """A grant begins today or later: what somebody could do in the past is not made up afterwards."""

    message = N_("生效日期不能早于今天。")


class WrongPassword(Invalid):
    """The password given as proof is not the person's own."""

    message = N_("密码不对。")


class NotReset(Forbidden):
    """Nobody resets their own account; another administrator does."""

    message = N_("不能重置自己的账号，请找另一位系统管理员。")


class AlreadyHeld(Invalid):
    """The person holds this role there already."""

    message = N_("这个人在该单位已经有这个角色。")


class NoTokensForAdministrators(Forbidden):
    """What the three administrators do, they do themselves."""

    message = N_("管理员账号不能创建接口令牌。")


class ScopesMissing(Invalid):
    """A token is made for something."""

    message = N_("请至少选一项用途。")


class TokenTooLong(Invalid):
    """A token ends within a year, and not before it begins."""

    message = N_("到期日要在今天以后、%(days)s 天以内。")


class TokenBeyondScope(Invalid):
    """A token reaches no further than its person."""

    message = N_("这个单位不在您的管辖范围内。")


def normal_username(text: str) -> str:
    """Return a user name in its one form; raises BadUsername."""
    name = unicodedata.normalize("NFKC", text).strip().lower()
    if not _USERNAME.fullmatch(name):
        raise BadUsername(field="username")
    return name


def check_password(password: str, username: str, common: frozenset[str], profile: SecurityProfile) -> None:
    """Raise if a new password is too short, common, holds the user name, or is too plain for the profile."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise PasswordTooShort(field="password")
    lowered = password.lower()
    if lowered in common or username in lowered or len(set(lowered)) < 5:
        raise PasswordTooCommon(field="password")
    kinds = sum(any(test(c) for c in password) for test in _CLASSES)
    if profile is SecurityProfile.DJBH3 and kinds < 3:
        raise PasswordTooPlain(field="password")


def password_expired(changed_at: datetime, now: datetime, profile: SecurityProfile) -> bool:
    """Say whether the profile asks for a new password."""
    return profile is SecurityProfile.DJBH3 and now - changed_at > timedelta(days=ROTATION_DAYS)


def waiting_time(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: nothing at first, then doubling, at most 15 minutes."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return timedelta(seconds=min(2 ** (failures - FREE_TRIES + 1), LONGEST_WAIT_SECONDS))


def check_beginning(valid_from: date, today: date) -> None:
    """Raise Backdated if a grant would begin in the past."""
    if valid_from < today:
        raise Backdated(field="valid_from")


def check_grant(grant: Grant, *, held: Iterable[Grant], user_id: int, by: Actor) -> None:
    """Raise unless ``by`` may give this grant to the person who holds ``held`` from its first day on."""
    roles = [one.role for one in held]
    if level_of(grant.region_code) not in ROLE_LEVELS[grant.role]:
        raise WrongLevel(field="region_code", role=grant.role.label)
    if (grant.role is Role.SECTOR_OFFICER) != (grant.sector is not None):
        raise SectorMissing(field="sector")
    if user_id == by.id:
        raise NotToOneself
    if not may(by, Permission.GRANT_MANAGE, grant.region_code):
        raise BeyondOwnScope(field="region_code")
    if grant in list(held):
        raise AlreadyHeld(field="role")
    for other in clashes(grant.role, roles):
        raise RolesClash(field="role", role=grant.role.label, other=other.label)


def session_is_live(
    now: datetime, *, started: datetime, seen: datetime, ended: datetime | None, idle: timedelta, longest: timedelta
) -> bool:
    """Say whether a session may go on: not ended, not idle too long, not older than a working day."""
    return ended is None and now - seen <= idle and now - started <= longest


def proof_holds(proved_at: datetime, now: datetime) -> bool:
    """Say whether a person proved recently enough who they are for a deed that hurts when somebody else does it."""
    return now - proved_at <= timedelta(minutes=PROOF_MINUTES)


def next_day(day: date) -> date:
    """Return the day after; a grant that ends today still holds today."""
    return day + timedelta(days=1)


def sector_of(text: str) -> Sector | None:
    """Return the sector a form names, None for none."""
    return Sector(text) if text else None


def check_token(scopes: Iterable[Scope], unit_code: str, expires_on: date, *, by: Actor, on: date) -> None:
    """Raise unless a person may have a token for these scopes within this unit until this day."""
    if by.is_administrator:
        raise NoTokensForAdministrators
    if not list(scopes):
        raise ScopesMissing(field="scopes")
    if not on < expires_on <= on + timedelta(days=MAX_TOKEN_DAYS):
        raise TokenTooLong(field="expires_on", days=MAX_TOKEN_DAYS)
    if not may(by, Permission.OWN_ACCOUNT, unit_code):
        raise TokenBeyondScope(field="unit_code")


def token_holds(expires_on: date, *, revoked: bool, on: date) -> bool:
    """Say whether a token holds on a day; its last day is one of them."""
    return not revoked and on <= expires_on
