"""The first two accounts of an empty installation: nobody has a default password, nobody holds two offices."""

from dataclasses import dataclass
from datetime import date

from registry.accounts.installation import SETUP_CODE, remember, setup_code_is
from registry.accounts.models import User
from registry.accounts.passwords import common_passwords, readable_code
from registry.accounts.queries import count_users
from registry.accounts.rules import WrongLevel, check_password, normal_username
from registry.accounts.services import NewUser, add_grant, create_user, profile
from registry.errors import Conflict, Invalid
from registry.offices import ROLE_LEVELS
from registry.permissions import Grant, Role, system_actor
from registry.regions import is_code, level_of
from registry.text import N_

BASIS = N_("首次设置")


class AlreadySetUp(Conflict):
    """Somebody has an account already."""

    message = N_("系统已经设置过了，请直接登录。")


class WrongSetupCode(Invalid):
    """The one-time code is not the one the console printed."""

    message = N_("一次性设置码不对。请看启动时命令行显示的那一个；重新运行 registry init 会显示新的。")


class SamePerson(Invalid):
    """The two administrators must be two persons."""

    message = N_("系统管理员和安全管理员必须是两个人。")


@dataclass(frozen=True)
class FirstRun:
    """Who administers the system, with a password of their own choice, and who administers its security."""

    system: NewUser
    password: str
    security: NewUser


def check_first_run(facts: FirstRun, code: str) -> None:
    """Raise unless the page is open, the code is right and the two can be what they are to be."""
    if count_users():
        raise AlreadySetUp
    if not setup_code_is(code):
        raise WrongSetupCode(field="setup_code")
    username = normal_username(facts.system.username)
    if username == normal_username(facts.security.username) or facts.system.name == facts.security.name:
        raise SamePerson(field="security_name")
    unit = facts.system.unit_code
    if not is_code(unit) or level_of(unit) not in ROLE_LEVELS[Role.SYSTEM_ADMINISTRATOR]:
        raise WrongLevel(field="unit_code", role=Role.SYSTEM_ADMINISTRATOR.label)
    check_password(facts.password, username, common_passwords(), profile())


def set_up(facts: FirstRun, code: str, *, on: date) -> str:
    """Make the two administrators and forget the code; returns the first password of the security administrator."""
    check_first_run(facts, code)
    first_password = readable_code()
    system = create_user(facts.system, facts.password, by=system_actor(facts.system.unit_code), must_change=False)
    security = create_user(facts.security, first_password, by=system_actor(facts.system.unit_code))
    _grant(system, Role.SYSTEM_ADMINISTRATOR, on)
    _grant(security, Role.SECURITY_ADMINISTRATOR, on)
    remember(SETUP_CODE, "")
    return first_password


def _grant(user: User, role: Role, on: date) -> None:
    by = system_actor(user.region_code)
    add_grant(user, Grant(role, user.region_code), on=on, basis=BASIS, by=by)
