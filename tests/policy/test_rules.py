"""Which value holds where and when: the nearest unit, the latest day, never outside the bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kinds import Category, OwnerKind, Subject, TitleDeed
from registry.policy.definitions import DEFINITIONS, PARAMETERS
from registry.policy.measures import COUNTED, Group, Measure
from registry.policy.parameters import Parameter
from registry.policy.procedures import SEATS, Circumstances, Seat
from registry.policy.routes import ROUTES, ROUTES_BY_KEY
from registry.policy.rules import Bound, SetRoute, SetValue, policy_of, standing
from registry.policy.steps import LIMITS, TERMS, check_steps
from registry.policy.values import read_value, typed_value
from registry.regions import covers, level_of
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, VILLAGE

NOTICE = Parameter.NOTICE_DAYS_VILLAGE
DAY = date(2026, 7, 1)
DOCUMENT = "石柱农委发〔2026〕12号"


def row(value: int, region: str = COUNTY, on: date = DAY, bound: Bound = Bound.VALUE, row_id: int = 1) -> SetValue:
    return SetValue(NOTICE, bound, region, value, on, DOCUMENT, row_id)


@pytest.mark.parametrize("definition", PARAMETERS, ids=lambda one: one.parameter.value)
def test_a_default_is_a_value_of_its_measure_and_lies_within_its_bounds(definition) -> None:
    default = definition.default
    assert read_value(definition.parameter, typed_value(definition.parameter, default)) == default
    assert isinstance(default, int) is (definition.measure in COUNTED)
    assert (definition.measure is Measure.CHOICE) is (definition.choices is not None)
    if isinstance(default, int):
        assert definition.floor is None or definition.floor <= default
        assert definition.ceiling is None or default <= definition.ceiling


def test_every_parameter_is_defined_once_and_every_heading_has_some() -> None:
    assert [one.parameter for one in PARAMETERS] == list(Parameter)
    assert set(DEFINITIONS) == set(Parameter)
    assert {one.group for one in PARAMETERS} == set(Group)


def test_parameters_of_one_heading_stand_together() -> None:
    headings = [one.group for one in PARAMETERS]
    assert [one for i, one in enumerate(headings) if i == 0 or headings[i - 1] is not one] == list(Group)


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one.key)
def test_a_default_route_keeps_the_rules_that_regions_must_keep(route) -> None:
    check_steps(route.procedure, route.procedure)


def test_every_seat_has_a_role_and_time_limits_are_days() -> None:
    assert set(SEATS) == set(Seat)
    terms = {*LIMITS, *(one for some in TERMS.values() for one in some)}
    assert {DEFINITIONS[one].measure for one in terms} == {Measure.DAYS}


@pytest.mark.parametrize(
    ("deed", "category", "owner", "key"),
    [
        (TitleDeed.FIRST_TITLE, Category.OPERATING, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.COLLECTIVE"),
        (TitleDeed.FIRST_TITLE, Category.PUBLIC_WELFARE, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.PUBLIC_WELFARE"),
        (TitleDeed.FIRST_TITLE, Category.HOUSEHOLD, OwnerKind.HOUSEHOLD, "TITLE.HOUSEHOLD"),
        (TitleDeed.FIRST_TITLE, Category.OPERATING, OwnerKind.STATE, "TITLE.OTHER"),
        (TitleDeed.HAND_OVER, Category.OPERATING, OwnerKind.VILLAGE_COLLECTIVE, "TITLE.HAND_OVER"),
        (TitleDeed.ERROR, Category.OPERATING, OwnerKind.GROUP_COLLECTIVE, "TITLE.ERROR"),
    ],
)
def test_a_case_takes_the_first_route_that_fits(deed, category, owner, key) -> None:
    policy = policy_of(VILLAGE, DAY, (), ())
    assert policy.procedure(Circumstances(Subject.TITLE, deed, category, owner))[0].key == key


def test_without_rows_the_default_holds_and_says_whether_it_is_an_example() -> None:
    assert standing((), NOTICE, VILLAGE, DAY).value == 10
    assert not standing((), NOTICE, VILLAGE, DAY).is_example
    assert standing((), Parameter.TRANSFER_DAYS, VILLAGE, DAY).is_example


@pytest.mark.parametrize(
    ("rows", "region", "on", "value"),
    [
        ((row(15),), VILLAGE, DAY, 15),
        ((row(15),), VILLAGE, DAY - timedelta(1), 10),
        ((row(15),), OTHER_COUNTY, DAY, 10),
        ((row(12, MUNICIPALITY), row(15)), VILLAGE, DAY, 15),
        ((row(12, MUNICIPALITY), row(15)), OTHER_COUNTY, DAY, 12),
        ((row(15), row(20, on=DAY + timedelta(9))), VILLAGE, DAY + timedelta(8), 15),
        ((row(20, on=DAY + timedelta(9)), row(15)), VILLAGE, DAY + timedelta(9), 20),
        ((row(15, row_id=1), row(16, row_id=2)), VILLAGE, DAY, 16),
        ((row(12), row(15, MUNICIPALITY, bound=Bound.FLOOR)), VILLAGE, DAY, 15),
        ((row(15, MUNICIPALITY, bound=Bound.FLOOR),), VILLAGE, DAY, 15),
        ((row(30), row(20, MUNICIPALITY, bound=Bound.CEILING)), VILLAGE, DAY, 20),
        ((row(18), row(15, MUNICIPALITY, bound=Bound.FLOOR)), VILLAGE, DAY, 18),
    ],
)
def test_the_nearest_unit_and_the_latest_day_prevail_within_the_bounds(rows, region, on, value) -> None:
    assert policy_of(region, on, rows, ()).number(NOTICE) == value


def test_a_value_mended_by_a_bound_says_so() -> None:
    floor = row(15, MUNICIPALITY, bound=Bound.FLOOR, row_id=7)
    held = standing((row(12), floor), NOTICE, VILLAGE, DAY)
    assert (held.value, held.set_by, held.bound_by) == (15, row(12), floor)


ROWS = st.lists(
    st.builds(
        row,
        st.integers(10, 60),
        st.sampled_from([COUNTY, MUNICIPALITY, OTHER_COUNTY]),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.sampled_from(Bound),
        st.integers(1, 10**6),
    ),
    max_size=12,
    unique_by=lambda one: one.row_id,
)
DAYS = st.dates(date(2025, 12, 1), date(2027, 1, 31))


@given(ROWS, DAYS, st.sampled_from([VILLAGE, COUNTY, MUNICIPALITY, OTHER_COUNTY]))
def test_what_holds_was_set_here_or_above_by_that_day_and_nothing_nearer_or_later_was(rows, on, region) -> None:
    held = standing(rows, NOTICE, region, on)
    known = [one for one in rows if one.effective_on <= on and covers(one.region_code, region)]
    values = [one for one in known if one.bound is Bound.VALUE]
    assert held.set_by in [*values, None]
    assert (held.set_by is None) is (not values)
    for other in values:
        near, chosen = level_of(other.region_code).depth, level_of(held.set_by.region_code).depth
        assert near <= chosen
        assert near < chosen or other.effective_on <= held.set_by.effective_on


@given(ROWS, DAYS)
def test_no_value_lies_below_the_floor_in_force(rows, on) -> None:
    rows = [one for one in rows if one.bound is not Bound.CEILING]
    floors = [one for one in rows if one.bound is Bound.FLOOR and one.region_code == MUNICIPALITY]
    rows = [one for one in rows if one.bound is Bound.VALUE] + floors
    latest = max((one for one in floors if one.effective_on <= on), key=lambda one: (one.effective_on, one.row_id),
                 default=None)  # fmt: skip
    value = policy_of(VILLAGE, on, rows, ()).number(NOTICE)
    assert latest is None or value >= latest.value


@given(ROWS, DAYS)
def test_the_order_of_rows_does_not_matter(rows, on) -> None:
    assert policy_of(VILLAGE, on, rows, ()) == policy_of(VILLAGE, on, rows[::-1], ())


@given(ROWS, DAYS, st.integers(10, 60))
def test_a_later_row_leaves_earlier_days_as_they_were(rows, on, value) -> None:
    later = row(value, on=on + timedelta(1), row_id=10**7)
    assert standing(rows, NOTICE, VILLAGE, on) == standing([*rows, later], NOTICE, VILLAGE, on)


def test_a_route_of_a_county_yields_when_the_municipality_has_fixed_a_step_it_lacks() -> None:
    route = ROUTES_BY_KEY["TITLE.HAND_OVER"]
    filing = route.procedure[2]
    county = (*route.procedure[:2],)
    fixed = (*route.procedure[:2], type(filing)(**{**vars(filing), "fixed": True}))
    mine = SetRoute(route.key, COUNTY, county, DAY, DOCUMENT, 1)
    theirs = SetRoute(route.key, MUNICIPALITY, fixed, DAY + timedelta(9), "渝农发〔2026〕3号", 2)
    case = Circumstances(Subject.TITLE, TitleDeed.HAND_OVER)
    assert policy_of(VILLAGE, DAY, (), (mine, theirs)).procedure(case)[1] == county
    assert policy_of(VILLAGE, DAY + timedelta(9), (), (mine, theirs)).procedure(case)[1] == fixed
