"""Over which levels a disposal goes: by owner, kind, value and what makes it weighty (domain rules, section 7.3)."""

from datetime import date

import pytest

from registry.disposal.kinds import DisposalKind
from registry.kinds import Category, OwnerKind, Subject
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances, Seat, StepKind, Weight
from registry.policy.rules import Bound, SetValue, policy_of
from tests.factories import COUNTY, VILLAGE

WAN = 1_000_000
POLICY = policy_of(VILLAGE, date(2026, 7, 1), [], [])
_COLLECTIVE, _TOWNSHIP, _STATE = OwnerKind.VILLAGE_COLLECTIVE, OwnerKind.TOWNSHIP, OwnerKind.STATE


def key(
    owner: OwnerKind = _COLLECTIVE,
    value_fen: int = WAN,
    kind: DisposalKind = DisposalKind.SALE,
    *weights: Weight,
) -> str:
    case = Circumstances(Subject.DISPOSAL, kind.value, Category.OPERATING, owner, value_fen, frozenset(weights))
    return POLICY.procedure(case)[0].key.removeprefix("DISPOSAL.")


@pytest.mark.parametrize(
    ("owner", "value_fen", "expected"),
    [
        (_COLLECTIVE, 5 * WAN - 1, "COLLECTIVE.1"),
        (_COLLECTIVE, 5 * WAN, "COLLECTIVE.2"),
        (_COLLECTIVE, 50 * WAN - 1, "COLLECTIVE.2"),
        (_COLLECTIVE, 50 * WAN, "COLLECTIVE.3"),
        (OwnerKind.GROUP_COLLECTIVE, 50 * WAN, "COLLECTIVE.3"),
        (_TOWNSHIP, 5 * WAN - 1, "TOWNSHIP.1"),
        (_TOWNSHIP, 5 * WAN, "TOWNSHIP.2"),
        (_TOWNSHIP, 50 * WAN, "TOWNSHIP.3"),
        (_STATE, 5 * WAN - 1, "STATE.1"),
        (_STATE, 5 * WAN, "STATE.2"),
        (_STATE, 500 * WAN, "STATE.3"),
        (OwnerKind.COOPERATIVE, 500 * WAN, "OTHER"),
    ],
)
def test_the_value_chooses_the_tier(owner: OwnerKind, value_fen: int, expected: str) -> None:
    assert key(owner, value_fen) == expected


@pytest.mark.parametrize("weight", [Weight.REAL_ESTATE, Weight.WHOLE_PROJECT, Weight.EQUITY])
def test_what_is_weighty_goes_to_the_county_government_whatever_its_value(weight: Weight) -> None:
    assert key(_COLLECTIVE, 1, DisposalKind.SALE, weight) == "COLLECTIVE.3"


def test_a_building_of_the_state_needs_the_finance_bureau() -> None:
    assert key(_STATE, 1, DisposalKind.SALE, Weight.REAL_ESTATE) == "STATE.2"


def test_what_crosses_districts_is_approved_by_the_municipality() -> None:
    case = Circumstances(
        Subject.DISPOSAL, "SALE", Category.OPERATING, _COLLECTIVE, WAN, frozenset({Weight.CROSS_DISTRICT})
    )
    last = POLICY.procedure(case)[1][-1]
    assert (last.kind, last.seat) == (StepKind.APPROVAL, Seat.MUNICIPALITY)


def test_what_the_municipality_owns_never_goes_down_to_a_village() -> None:
    assert key(_STATE, WAN, DisposalKind.SALE, Weight.MUNICIPAL) == "MUNICIPAL"


def test_seeds_run_under_rows_of_their_own() -> None:
    assert key(_COLLECTIVE, 500 * WAN, DisposalKind.CONSUMED) == "CONSUMED"


def test_a_stop_of_use_takes_the_short_way() -> None:
    assert key(_COLLECTIVE, 500 * WAN, DisposalKind.STOP_USE) == "CHANGE"


def test_every_case_is_filed_with_the_municipality_or_approved_by_it() -> None:
    from registry.policy.routes import ROUTES

    for route in ROUTES:
        if route.subject is Subject.DISPOSAL:
            last = route.procedure[-1]
            assert last.seat is Seat.MUNICIPALITY, route.key
            assert last.kind in {StepKind.FILING, StepKind.APPROVAL}


def test_a_collective_decides_before_anybody_above_does() -> None:
    case = Circumstances(Subject.DISPOSAL, "SALE", Category.OPERATING, _COLLECTIVE, 60 * WAN)
    steps = [(step.kind, step.seat) for step in POLICY.procedure(case)[1]]
    assert steps == [
        (StepKind.MEETING, Seat.OWNER_CLERK),
        (StepKind.NOTICE, Seat.OWNER_CLERK),
        (StepKind.COUNTERSIGN, Seat.SUPERVISORY_COMMITTEE),
        (StepKind.APPROVAL, Seat.TOWNSHIP_SUPERVISOR),
        (StepKind.REVIEW, Seat.COUNTY_AGRICULTURE),
        (StepKind.APPROVAL, Seat.COUNTY_FINANCE),
        (StepKind.APPROVAL, Seat.COUNTY_GOVERNMENT),
        (StepKind.FILING, Seat.MUNICIPALITY),
    ]


def test_a_district_sets_its_own_threshold_by_one_row() -> None:
    row = SetValue(
        Parameter.DISPOSAL_COLLECTIVE_COUNTY,
        Bound.VALUE,
        COUNTY,
        10 * WAN,
        date(2026, 1, 1),
        "石柱府办发〔2026〕3号",
        1,
    )
    policy = policy_of(VILLAGE, date(2026, 7, 1), [row], [])
    case = Circumstances(Subject.DISPOSAL, "SALE", Category.OPERATING, _COLLECTIVE, 9 * WAN)
    assert policy.procedure(case)[0].key == "DISPOSAL.COLLECTIVE.1"
    assert POLICY.procedure(case)[0].key == "DISPOSAL.COLLECTIVE.2"
