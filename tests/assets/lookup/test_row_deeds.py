"""A row of the list begins with the reader's own work at it; who only watches begins by looking."""

import pytest

from registry.assets.register.lookup.deeds import Deed, deeds_open_to
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Grant, Role
from tests.factories import SEATS, VILLAGE

FIRST = (
    (Role.VILLAGE_CLERK, Stage.CONFIRMED, "申请更正"),
    (Role.VILLAGE_CLERK, Stage.SENT_BACK, "修改登记"),
    (Role.VILLAGE_HEAD, Stage.SUBMITTED, "去核对"),
    (Role.VILLAGE_HEAD, Stage.CONFIRMED, "查看"),
    (Role.TOWNSHIP_SUPERVISOR, Stage.SUBMITTED, "去核对"),
    (Role.TOWNSHIP_SUPERVISOR, Stage.CONFIRMED, "查看"),
    (Role.COUNTY_AGRICULTURE, Stage.CONFIRMED, "查看"),
    (Role.CUSTODIAN, Stage.CONFIRMED, "查看"),
    (Role.AUDITOR, Stage.CONFIRMED, "查看"),
)


def seated(role: Role) -> Actor:
    return Actor(1, "x", "x", SEATS[role], "x", (Grant(role, SEATS[role]),))


def _deeds(role: Role, stage: Stage, entered_by_id: int, category: Category = Category.OPERATING) -> list[Deed]:
    return deeds_open_to(seated(role), stage=stage, category=category, region_code=VILLAGE, entered_by_id=entered_by_id)


@pytest.mark.parametrize(("role", "stage", "label"), FIRST)
def test_a_row_begins_with(role: Role, stage: Stage, label: str) -> None:
    deeds = _deeds(role, stage, 2)
    led = deeds[0].label if deeds and deeds[0].leads else "查看"
    assert led == label


def test_a_supervisor_remarks_before_adding_files() -> None:
    deeds = _deeds(Role.TOWNSHIP_SUPERVISOR, Stage.CONFIRMED, 2)
    assert [deed.label for deed in deeds] == ["批注", "上传附件", "登记问题"]


def test_nobody_begins_by_checking_what_they_entered_themselves() -> None:
    deeds = _deeds(Role.TOWNSHIP_CLERK, Stage.SUBMITTED, 1)
    assert "去核对" not in [deed.label for deed in deeds]


def test_a_household_disposes_of_its_own_asset_and_its_act_is_only_recorded() -> None:
    own = [deed.label for deed in _deeds(Role.VILLAGE_CLERK, Stage.CONFIRMED, 2, Category.HOUSEHOLD)]
    assert "记录农户自行处置" in own
    assert "申请处置" not in own
    assert "申请处置" in [deed.label for deed in _deeds(Role.VILLAGE_CLERK, Stage.CONFIRMED, 2)]
