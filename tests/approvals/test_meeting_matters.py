"""What a body may decide, what may be altered and published later, how counts and addresses are read."""

from datetime import timedelta

import pytest

from registry.approvals.meetings import refusals
from registry.approvals.meetings.checks import check_alteration, check_publication
from registry.approvals.meetings.facts import (
    find_sitting,
    read_count,
    sittings_at,
)
from registry.approvals.meetings.kinds import (
    ALTERED_BY,
    HELD_AT,
    KEPT_BY_MEMBERS,
    KINDS,
    Matter,
    MeetingKind,
    Regime,
    StageKind,
)
from registry.regions import Level
from tests.approvals.gatherings import HELD_ON, K, item, told
from tests.approvals.test_meeting_rules import DECIDING, check
from tests.factories import TODAY

WITHHELD = {
    K.DELEGATES: {"CHARTER", "MEMBERSHIP", "LAND_USE", "SHARE_QUANTIFICATION", "LAND_COMPENSATION", "MERGER_OR_SPLIT"},
    K.REPRESENTATIVES: {
        "CHARTER", "MEMBERSHIP", "LAND_USE", "SHARE_QUANTIFICATION", "LAND_COMPENSATION", "MERGER_OR_SPLIT",
    },
    K.BOARD: set(Matter) - {"CONTRACT", "CUSTODY", "EXECUTION"},
    K.UNIT: {"CHARTER", "MEMBERSHIP", "LAND_USE", "SHARE_QUANTIFICATION", "LAND_COMPENSATION", "MERGER_OR_SPLIT"},
}  # fmt: skip


@pytest.mark.parametrize("matter", list(Matter))
@pytest.mark.parametrize("kind", DECIDING)
def test_a_body_decides_only_what_the_law_leaves_to_it(kind: MeetingKind, matter: Matter) -> None:
    facts = told(kind, items=(item(kind, matter),), party_studied_on=HELD_ON, readable_on=HELD_ON - timedelta(10))
    if matter.value in WITHHELD.get(kind, set()):
        with pytest.raises(refusals.KindMayNotDecide, match=matter.label):
            check(facts)
    else:
        check(facts)


def test_the_resolving_body_of_the_four_discussions_keeps_its_bounds() -> None:
    with pytest.raises(refusals.KindMayNotDecide):
        check(told(K.FOUR_DISCUSSIONS, items=(item(K.REPRESENTATIVES, Matter.SHARE_QUANTIFICATION),)))


def test_every_kind_but_the_four_discussions_has_its_law() -> None:
    assert set(KINDS) == set(MeetingKind) - {K.FOUR_DISCUSSIONS} == set(ALTERED_BY)
    assert all(rule.basis and rule.members and rule.quorum_text for rule in KINDS.values())
    assert all(bool(rule.withheld) == bool(rule.refusal) for rule in KINDS.values())
    assert {kind for kinds in HELD_AT.values() for kind in kinds} == set(MeetingKind)
    assert KINDS[K.UNIT].regime is Regime.UNIT
    assert Matter.DISTRIBUTION_PLAN not in KEPT_BY_MEMBERS


DAY = timedelta(1)


@pytest.mark.parametrize("earlier", DECIDING)
@pytest.mark.parametrize("later", DECIDING)
def test_a_resolution_is_altered_by_its_own_or_a_higher_body_later_on(earlier: MeetingKind, later: MeetingKind) -> None:
    higher = {"A2": {"A1"}, "A3": {"A1", "A2"}, "B1": {"A1"}, "B2": {"A1", "A2", "B1"}, "B3": {"A1"}}
    allowed = later is earlier or later.value in higher.get(earlier.value, set())
    if allowed:
        check_alteration(earlier=earlier, earlier_on=HELD_ON, later=later, later_on=HELD_ON + DAY)
        with pytest.raises(refusals.NotANewMeeting):
            check_alteration(earlier=earlier, earlier_on=HELD_ON, later=later, later_on=HELD_ON)
    else:
        with pytest.raises(refusals.LowerBody):
            check_alteration(earlier=earlier, earlier_on=HELD_ON, later=later, later_on=HELD_ON + DAY)


def test_resolution_and_result_are_published_once_each_and_in_their_order() -> None:
    resolved = (StageKind.RESOLVED, HELD_ON)
    published = (StageKind.RESOLUTION_PUBLISHED, HELD_ON + DAY)
    check_publication(StageKind.RESOLUTION_PUBLISHED, HELD_ON, held=[resolved], on=TODAY)
    check_publication(StageKind.RESULT_PUBLISHED, HELD_ON + DAY, held=[resolved, published], on=TODAY)
    for stage, day, before in (
        (StageKind.RESULT_PUBLISHED, HELD_ON + DAY, [resolved]),
        (StageKind.RESOLUTION_PUBLISHED, HELD_ON - DAY, [resolved]),
        (StageKind.RESULT_PUBLISHED, HELD_ON, [resolved, published]),
        (StageKind.RESOLUTION_PUBLISHED, HELD_ON + DAY, [resolved, published]),
    ):
        with pytest.raises(refusals.NotPublishable):
            check_publication(stage, day, held=before, on=TODAY)
    with pytest.raises(refusals.InFuture):
        check_publication(StageKind.RESOLUTION_PUBLISHED, TODAY + DAY, held=[resolved], on=TODAY)


@pytest.mark.parametrize(
    ("typed", "count"), [("312", 312), (" 312人 ", 312), ("３１２", 312), ("0", 0), ("280 户", 280)]
)
def test_a_count_is_read_as_people_type_it(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize("typed", ["-1", "1.5", "三百", "1_000", "12345678", "1e3", "人"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(refusals.NotACount):
        read_count(typed)


def test_an_address_names_a_meeting_that_the_level_can_hold() -> None:
    for level in Level:
        for sitting in sittings_at(level):
            assert find_sitting(sitting.key, level) == sitting
    assert find_sitting("FOUR-B2", Level.VILLAGE) is not None
    assert find_sitting("FOUR", Level.VILLAGE) is find_sitting("UNIT", Level.VILLAGE) is None
    assert find_sitting("B1", Level.TOWNSHIP) is None
