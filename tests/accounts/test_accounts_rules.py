"""What a password, a user name, a grant, a waiting time and a session must satisfy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.accounts.rules import (
    FREE_TRIES,
    LONGEST_WAIT_SECONDS,
    AlreadyHeld,
    Backdated,
    BadUsername,
    BeyondOwnScope,
    NotToOneself,
    PasswordTooCommon,
    PasswordTooPlain,
    PasswordTooShort,
    RolesClash,
    SectorMissing,
    SecurityProfile,
    WrongLevel,
    check_beginning,
    check_grant,
    check_password,
    normal_username,
    password_expired,
    session_is_live,
    waiting_time,
)
from registry.errors import RegistryError
from registry.kinds import Sector
from registry.offices import INCOMPATIBLE, ROLE_LEVELS
from registry.permissions import ADMINISTRATORS, Actor, Grant, Permission, Role, may
from registry.regions import Level
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TOWNSHIP, VILLAGE

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
BUSINESS = (
    Permission.ASSET_READ,
    Permission.ASSET_ENTER,
    Permission.ASSET_CONFIRM,
    Permission.CORRECTION_CONFIRM,
    Permission.PROJECT_ENTER,
    Permission.REVEAL_PERSONAL,
)
COMMON = frozenset({"chongqing2026!"})
DJBH3, ASVS = SecurityProfile.DJBH3, SecurityProfile.ASVS
SECURITY = Actor(1, "安全员", "安全管理员", COUNTY, "石柱", (Grant(Role.SECURITY_ADMINISTRATOR, COUNTY),))
PLACE = {Level.VILLAGE: VILLAGE, Level.TOWNSHIP: TOWNSHIP, Level.COUNTY: COUNTY, Level.MUNICIPALITY: MUNICIPALITY}
CHIEF = replace(SECURITY, grants=(Grant(Role.SECURITY_ADMINISTRATOR, MUNICIPALITY),))


@pytest.mark.parametrize(
    ("password", "profile", "error"),
    [
        ("Mountain-Honey-2026", DJBH3, None),
        ("Mountain-Honey-2026", ASVS, None),
        ("黄连 是 石柱 的 宝 2026 Aa", DJBH3, None),
        ("correct horse battery", ASVS, None),
        ("correct horse battery", DJBH3, PasswordTooPlain),
        ("Short-1a", ASVS, PasswordTooShort),
        ("x" * 129, ASVS, PasswordTooShort),
        ("aaaabbbbaaaa", ASVS, PasswordTooCommon),
        ("Chongqing2026!", ASVS, PasswordTooCommon),
        ("Lanxiao-Mountain-9", DJBH3, PasswordTooCommon),
    ],
)
def test_a_password_satisfies_the_profile(
    password: str, profile: SecurityProfile, error: type[RegistryError] | None
) -> None:
    if error is None:
        check_password(password, "lanxiao", COMMON, profile)
    else:
        with pytest.raises(error):
            check_password(password, "lanxiao", COMMON, profile)


@pytest.mark.parametrize(("days", "profile", "expired"), [(91, DJBH3, True), (90, DJBH3, False), (900, ASVS, False)])
def test_only_one_profile_asks_for_rotation(days: int, profile: SecurityProfile, *, expired: bool) -> None:
    assert password_expired(NOW - timedelta(days=days), NOW, profile) is expired


@pytest.mark.parametrize(
    ("text", "name"), [(" Lan_Xiao ", "lan_xiao"), ("ｌａｎ", "lan"), ("a.b-c9", "a.b-c9"), ("x" * 40, "x" * 40)]
)
def test_a_user_name_has_one_form(text: str, name: str) -> None:
    assert normal_username(text) == name


@pytest.mark.parametrize("text", ["", "ab", "9abc", "村会计", "a b c", "x" * 41, "a/../b", "a\nbc"])
def test_a_user_name_that_is_hard_to_type_is_refused(text: str) -> None:
    with pytest.raises(BadUsername):
        normal_username(text)


@given(st.integers(min_value=0, max_value=10_000))
def test_the_wait_never_shrinks_and_never_becomes_a_lock(failures: int) -> None:
    assert waiting_time(failures) <= waiting_time(failures + 1) <= timedelta(seconds=LONGEST_WAIT_SECONDS)


def test_the_first_tries_are_free_and_then_the_wait_doubles() -> None:
    seconds = [int(waiting_time(n).total_seconds()) for n in range(FREE_TRIES + 4)]
    assert seconds == [0] * FREE_TRIES + [2, 4, 8, 16]


@pytest.mark.parametrize(
    ("idle", "age", "ended", "live"),
    [
        (0, 0, False, True),
        (30, 60, False, True),
        (31, 60, False, False),
        (1, 12 * 60, False, True),
        (1, 12 * 60 + 1, False, False),
        (0, 0, True, False),
    ],
)
def test_a_session_ends_idle_old_or_ended(idle: int, age: int, *, ended: bool, live: bool) -> None:
    assert live is session_is_live(
        NOW, started=NOW - timedelta(minutes=age), seen=NOW - timedelta(minutes=idle),
        ended=NOW if ended else None, idle=timedelta(minutes=30), longest=timedelta(hours=12),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("grant", "held", "user_id", "error"),
    [
        (Grant(Role.VILLAGE_CLERK, VILLAGE), (), 2, None),
        (Grant(Role.VILLAGE_CLERK, COUNTY), (), 2, WrongLevel),
        (Grant(Role.COUNTY_CLERK, OTHER_COUNTY), (), 2, BeyondOwnScope),
        (Grant(Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY), (), 2, BeyondOwnScope),
        (Grant(Role.VILLAGE_CLERK, VILLAGE), (), 1, NotToOneself),
        (Grant(Role.VILLAGE_CLERK, VILLAGE), (Grant(Role.VILLAGE_CLERK, VILLAGE),), 2, AlreadyHeld),
        (Grant(Role.CASHIER, VILLAGE), (Grant(Role.VILLAGE_CLERK, VILLAGE),), 2, RolesClash),
        (Grant(Role.TOWNSHIP_ACCOUNTANT, TOWNSHIP), (Grant(Role.CASHIER, VILLAGE),), 2, RolesClash),
        (Grant(Role.SECTOR_OFFICER, COUNTY), (), 2, SectorMissing),
        (Grant(Role.SECTOR_OFFICER, COUNTY, Sector.WATER), (), 2, None),
        (Grant(Role.COUNTY_CLERK, COUNTY, Sector.WATER), (), 2, SectorMissing),
    ],
)
def test_a_grant_is_checked_before_it_is_given(
    grant: Grant, held: tuple[Grant, ...], user_id: int, error: type[RegistryError] | None
) -> None:
    if error is None:
        check_grant(grant, held=held, user_id=user_id, by=SECURITY)
    else:
        with pytest.raises(error):
            check_grant(grant, held=held, user_id=user_id, by=SECURITY)


def _grant(role: Role) -> Grant:
    level = max(ROLE_LEVELS[role], key=lambda one: one.depth)
    return Grant(role, PLACE[level], Sector.WATER if role is Role.SECTOR_OFFICER else None)


@pytest.mark.parametrize("pair", sorted(tuple(sorted(pair)) for pair in INCOMPATIBLE), ids="-".join)
def test_incompatible_roles_are_refused_in_either_order(pair: tuple[Role, Role]) -> None:
    for first, second in (pair, pair[::-1]):
        with pytest.raises(RolesClash):
            check_grant(_grant(second), held=[_grant(first)], user_id=2, by=CHIEF)


@given(st.sampled_from(list(Role)), st.sampled_from(list(Role)))
def test_roles_that_are_not_a_listed_pair_go_together(first: Role, second: Role) -> None:
    if first is second or frozenset({first, second}) in INCOMPATIBLE:
        return
    check_grant(_grant(second), held=[_grant(first)], user_id=2, by=CHIEF)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_administrator_holds_a_business_right(role: Role) -> None:
    actor = replace(SECURITY, grants=(Grant(role, MUNICIPALITY),))
    administering = (Permission.USER_MANAGE, Permission.GRANT_MANAGE, Permission.TRAIL_EXPORT)
    assert not any(may(actor, right) for right in BUSINESS)
    assert sum(may(actor, right) for right in administering) == 1


def test_a_grant_does_not_begin_in_the_past() -> None:
    check_beginning(date(2026, 11, 23), date(2026, 11, 23))
    with pytest.raises(Backdated):
        check_beginning(date(2026, 11, 22), date(2026, 11, 23))
