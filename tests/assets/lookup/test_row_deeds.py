"""A row of the list begins with the reader's own work at it; who only watches begins by looking."""

import pytest

from registry.assets.register.lookup.deeds import deeds_open_to
from registry.assets.register.registration import Stage
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


@pytest.mark.parametrize(("role", "stage", "label"), FIRST)
def test_a_row_begins_with(role: Role, stage: Stage, label: str) -> None:
    deeds = deeds_open_to(seated(role), stage=stage, category="OPERATING", region_code=VILLAGE, entered_by_id=2)
    led = deeds[0].label if deeds and deeds[0].leads else "查看"
    assert led == label


def test_a_supervisor_remarks_before_adding_files() -> None:
    deeds = deeds_open_to(
        seated(Role.TOWNSHIP_SUPERVISOR),
        stage=Stage.CONFIRMED,
        category="OPERATING",
        region_code=VILLAGE,
        entered_by_id=2,
    )
    assert [deed.label for deed in deeds] == ["批注", "上传附件"]


def test_nobody_begins_by_checking_what_they_entered_themselves() -> None:
    deeds = deeds_open_to(
        seated(Role.TOWNSHIP_CLERK), stage=Stage.SUBMITTED, category="OPERATING", region_code=VILLAGE, entered_by_id=1
    )
    assert "去核对" not in [deed.label for deed in deeds]
