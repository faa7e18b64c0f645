"""The catalogue of duties, how a duty stands, and what bars naming somebody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.kinds import Sector
from registry.regions import Level
from registry.supervision.duties import refusals
from registry.supervision.duties.catalogue import BY_CODE, DUTIES, duties_at, find_duty
from registry.supervision.duties.rules import (
    FIRST_DAY,
    MOST_DAYS_AHEAD,
    HolderStatus,
    Naming,
    Standing,
    Tally,
    check_naming,
    check_opinion,
    check_second,
    check_waiting,
    standing_of,
)
from tests.factories import TODAY

_NAMING = Naming(None, "谭正国", "村委会委员", TODAY)


def test_no_duty_bears_the_code_of_another() -> None:
    assert len(BY_CODE) == len(DUTIES)


@pytest.mark.parametrize("level", Level)
def test_every_level_answers_for_something(level: Level) -> None:
    assert any(duty.sector is None for duty in duties_at(level))
    assert all(duty.level is level and duty.text and duty.basis for duty in duties_at(level))


@pytest.mark.parametrize("level", [Level.MUNICIPALITY, Level.COUNTY])
def test_every_sector_department_answers_for_its_sector(level: Level) -> None:
    assert {duty.sector for duty in duties_at(level)} == {None, *Sector}


@pytest.mark.parametrize("level", [Level.TOWNSHIP, Level.VILLAGE])
def test_a_township_has_no_sector_department(level: Level) -> None:
    assert {duty.sector for duty in duties_at(level)} == {None}


def test_a_duty_belongs_to_its_level_alone() -> None:
    assert find_duty("V-LEDGER", Level.VILLAGE) is not None
    assert find_duty("V-LEDGER", Level.TOWNSHIP) is None
    assert find_duty("nothing", Level.VILLAGE) is None


@pytest.mark.parametrize(
    ("held", "left", "waiting", "stands"),
    [
        (False, False, False, Standing.MISSING),
        (False, False, True, Standing.WAITING),
        (True, False, False, Standing.NAMED),
        (True, False, True, Standing.NAMED),
        (True, True, False, Standing.LEFT),
        (True, True, True, Standing.LEFT),
    ],
)
def test_a_duty_stands_by_who_is_there(*, held: bool, left: bool, waiting: bool, stands: Standing) -> None:
    assert standing_of(held=held, left=left, waiting=waiting) is stands


def test_a_gap_is_what_nobody_holds() -> None:
    whole = Tally(8, 5, 2, 3) + Tally(8, 8, 0, 0)
    assert (whole.missing, whole.left, whole.waiting, whole.is_whole) == (1, 2, 3, False)
    assert Tally(8, 8).is_whole


@pytest.mark.parametrize(
    ("naming", "error"),
    [
        (replace(_NAMING, name=""), refusals.NameMissing),
        (replace(_NAMING, post=""), refusals.PostMissing),
        (replace(_NAMING, valid_from=FIRST_DAY - timedelta(days=1)), refusals.DayOdd),
        (replace(_NAMING, valid_from=TODAY + timedelta(days=MOST_DAYS_AHEAD + 1)), refusals.DayOdd),
    ],
)
def test_a_person_is_named_in_full(naming: Naming, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_naming(naming, TODAY, None)


@pytest.mark.parametrize(
    "naming",
    [
        _NAMING,
        replace(_NAMING, user_id=7, name="", post=""),
        replace(_NAMING, valid_from=FIRST_DAY),
        replace(_NAMING, valid_from=TODAY + timedelta(days=MOST_DAYS_AHEAD)),
    ],
)
def test_what_says_who_and_when_is_taken(naming: Naming) -> None:
    check_naming(naming, TODAY, None)


def test_who_follows_begins_after_who_came_before() -> None:
    with pytest.raises(refusals.BeforeTheLast):
        check_naming(_NAMING, TODAY, TODAY)
    check_naming(_NAMING, TODAY, date(2026, 11, 22))


def test_nobody_confirms_their_own_entry() -> None:
    with pytest.raises(refusals.OwnEntry):
        check_second(7, 7)
    check_second(7, 8)
    check_second(None, None)  # the system enters and confirms the demo


@pytest.mark.parametrize("status", [one for one in HolderStatus if one is not HolderStatus.WAITING])
def test_only_what_waits_is_answered(status: HolderStatus) -> None:
    with pytest.raises(refusals.NotWaiting):
        check_waiting(status)
    check_waiting(HolderStatus.WAITING)


def test_sending_back_says_why() -> None:
    with pytest.raises(refusals.OpinionMissing):
        check_opinion(agrees=False, opinion=" ")
    check_opinion(agrees=False, opinion="人不对")
    check_opinion(agrees=True, opinion="")
