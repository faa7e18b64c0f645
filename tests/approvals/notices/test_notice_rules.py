"""When a notice has hung, by table and by property: the days are over and no objection is open."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.approvals.notices.rules import (
    AlreadyClosed,
    FactMissing,
    NoticeKind,
    NoticeState,
    NoticeTooShort,
    ObjectionOpen,
    PhotoMissing,
    SamePhoto,
    TakenDownEarly,
    TooLong,
    check_closing,
    check_facts,
    check_photos,
    check_reason,
    check_running,
    days_left,
    days_parameter,
    ends_on_of,
    is_fulfilled,
    last_day,
)
from registry.approvals.notices.tables import PersonalNumber
from registry.policy.calendar import end_of_term, parse_calendar
from registry.policy.definitions import HOLIDAYS_2026
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from tests.approvals.notices.boards import notice_facts
from tests.factories import VILLAGE

START = date(2026, 11, 16)
DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1))


def policy(**values: object) -> Policy:
    """A policy that says these things and the defaults otherwise."""
    return Policy(VILLAGE, START, {Parameter(key): value for key, value in values.items()}, {})  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "days", "ends_on"),
    [
        ("CALENDAR", 10, date(2026, 11, 26)),
        ("CALENDAR", 15, date(2026, 12, 1)),
        ("WORKING", 10, date(2026, 11, 30)),
    ],
)
def test_a_notice_hangs_the_days_that_the_region_asks_for_as_the_region_counts_them(
    kind: str, days: int, ends_on: date
) -> None:
    here = policy(notice_days_kind=kind, notice_days_village=days)
    assert ends_on_of(notice_facts(), START, here) == ends_on
    assert last_day(ends_on) == ends_on - timedelta(days=1)


def test_working_days_leave_out_the_holidays_and_count_the_weekends_that_are_worked() -> None:
    here = policy(notice_days_kind="WORKING", notice_days_village=10)
    start = date(2026, 9, 24)
    known = parse_calendar(HOLIDAYS_2026)
    ends_on = ends_on_of(notice_facts(), start, here)
    worked = [day for n in range(1, 60) if known.is_working(day := start + timedelta(days=n))]
    assert ends_on == worked[9] == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("kind", "parameter"),
    [
        (NoticeKind.TITLE, Parameter.NOTICE_DAYS_VILLAGE),
        (NoticeKind.DISTRIBUTION_PLAN, Parameter.NOTICE_DAYS_PLAN_READING),
        (NoticeKind.DISTRIBUTION_RESULT, Parameter.NOTICE_DAYS_PLAN_RESULT),
    ],
)
def test_each_kind_takes_its_own_days_unless_told_otherwise(kind: NoticeKind, parameter: Parameter) -> None:
    assert days_parameter(notice_facts(kind=kind)) is parameter
    given_days = notice_facts(kind=kind, parameter=Parameter.NOTICE_DAYS_PLAN_RESULT)
    assert days_parameter(given_days) is Parameter.NOTICE_DAYS_PLAN_RESULT


def test_a_notice_may_hang_longer_than_demanded_and_never_shorter() -> None:
    longer = notice_facts(ends_on=date(2026, 12, 20))
    assert ends_on_of(longer, START, policy()) == date(2026, 12, 20)
    with pytest.raises(NoticeTooShort) as refused:
        ends_on_of(notice_facts(ends_on=date(2026, 11, 25)), START, policy())
    assert "2026-11-25" in str(refused.value)


@given(DAYS, st.integers(1, 60), DAYS, st.integers(0, 3))
def test_a_notice_is_fulfilled_exactly_when_its_days_are_over_and_nothing_is_open(
    start: date, days: int, on: date, objections: int
) -> None:
    ends_on = start + timedelta(days=days)
    assert is_fulfilled(start, ends_on, on, objections) is (on >= ends_on and objections == 0)
    assert (days_left(ends_on, on) == 0) is (on >= ends_on)


@given(DAYS, st.integers(1, 60), DAYS, st.integers(0, 3))
def test_closing_is_refused_exactly_when_it_is_not_fulfilled(start: date, days: int, on: date, count: int) -> None:
    ends_on = start + timedelta(days=days)
    if is_fulfilled(start, ends_on, on, count):
        check_closing(ends_on, on, count)
    else:
        with pytest.raises(NoticeTooShort if on < ends_on else ObjectionOpen):
            check_closing(ends_on, on, count)


@given(DAYS, st.integers(0, 40), st.integers(1, 20))
def test_taking_down_early_and_starting_again_never_ends_sooner(start: date, waited: int, days: int) -> None:
    here = policy(notice_days_village=10 + days)
    first = ends_on_of(notice_facts(), start, here)
    again = ends_on_of(notice_facts(), start + timedelta(days=waited), here)
    assert again == first + timedelta(days=waited)
    assert end_of_term(start, 10 + days, here.notice_days_kind, here.calendar) == first


def test_only_a_notice_that_hangs_can_be_closed_or_taken_down() -> None:
    check_running(NoticeState.POSTED)
    with pytest.raises(TakenDownEarly):
        check_running(NoticeState.TAKEN_DOWN)
    with pytest.raises(AlreadyClosed):
        check_running(NoticeState.CLOSED)


def test_two_different_photographs_are_needed() -> None:
    check_photos("a", "b")
    for first, last, error in (("", "b", PhotoMissing), ("a", "", PhotoMissing), ("a", "a", SamePhoto)):
        with pytest.raises(error):
            check_photos(first, last)


@pytest.mark.parametrize("name", ["title", "body", "place", "contact_name", "contact_phone"])
def test_a_notice_says_what_where_and_whom_to_ask(name: str) -> None:
    with pytest.raises(FactMissing) as refused:
        check_facts(replace(notice_facts(), **{name: "  "}))
    assert refused.value.field == name
    with pytest.raises(TooLong):
        check_facts(replace(notice_facts(), **{name: "长" * 6001}))


def test_the_reason_for_taking_down_is_public_and_so_holds_no_number_of_a_person() -> None:
    check_reason("面积写错")
    for reason, error in (("", FactMissing), ("谭正国 13996057184 来电", PersonalNumber)):
        with pytest.raises(error):
            check_reason(reason)


def test_a_telephone_number_to_call_is_no_personal_number() -> None:
    check_facts(notice_facts(contact_phone="13996057184"))
