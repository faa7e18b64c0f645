"""The table of rights: separation that cannot be configured away."""

import itertools

import pytest

from registry.kinds import Sector
from registry.offices import INCOMPATIBLE, ROLE_LEVELS, clashes
from registry.permissions import ADMINISTRATORS, GRANTS, Actor, Grant, Permission, Role, may, reaches

_ADMINISTRATIVE = {
    Permission.USER_MANAGE, Permission.GRANT_MANAGE, Permission.REGION_CHANGE, Permission.STATUS_READ,
    Permission.TRAIL_READ, Permission.TRAIL_VERIFY, Permission.TRAIL_EXPORT, Permission.OWN_ACCOUNT,
}  # fmt: skip


def actor(*grants: Grant) -> Actor:
    return Actor(1, "甲", "职务", "500240213203", "华溪村", grants)


def test_every_role_has_rights_and_a_level() -> None:
    assert set(GRANTS) == set(Role) == set(ROLE_LEVELS)
    assert all(Permission.OWN_ACCOUNT in rights for rights in GRANTS.values())


def test_administrators_have_no_business_right() -> None:
    for role in ADMINISTRATORS:
        assert GRANTS[role] <= _ADMINISTRATIVE


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(sorted(ADMINISTRATORS), 2)))
def test_the_three_administrators_are_three_persons(one: Role, other: Role) -> None:
    assert clashes(one, [other]) == [other]
    assert not GRANTS[one] & GRANTS[other] & {Permission.USER_MANAGE, Permission.GRANT_MANAGE, Permission.TRAIL_EXPORT}


def test_an_auditor_changes_nothing() -> None:
    writing = {Permission.ASSET_ENTER, Permission.ASSET_CONFIRM, Permission.CORRECTION_CONFIRM, Permission.EVIDENCE_ADD}
    assert not GRANTS[Role.AUDITOR] & writing


def test_a_cashier_is_no_voucher_checker() -> None:
    assert frozenset({Role.CASHIER, Role.TOWNSHIP_ACCOUNTANT}) in INCOMPATIBLE


def test_a_right_holds_in_the_region_of_the_grant_and_below() -> None:
    clerk = actor(Grant(Role.TOWNSHIP_CLERK, "500240213000"))
    assert may(clerk, Permission.ASSET_ENTER, "500240213203")
    assert not may(clerk, Permission.ASSET_ENTER, "500240101201")
    assert not may(clerk, Permission.ASSET_ENTER, "500240000000")


def test_without_a_grant_nothing_is_reached() -> None:
    assert reaches(actor(), Permission.ASSET_READ) == ()


def test_a_wider_reach_swallows_a_narrower_one() -> None:
    both = actor(Grant(Role.VILLAGE_CLERK, "500240213203"), Grant(Role.TOWNSHIP_CLERK, "500240213000"))
    assert [reach.codes.low for reach in reaches(both, Permission.ASSET_READ)] == ["500240213000"]


def test_a_sectors_reach_does_not_swallow_a_whole_one() -> None:
    both = actor(Grant(Role.SECTOR_OFFICER, "500240000000", Sector.WATER), Grant(Role.VILLAGE_CLERK, "500240213203"))
    assert len(reaches(both, Permission.ASSET_READ)) == 2
