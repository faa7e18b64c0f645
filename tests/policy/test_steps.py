"""What a region may do to a procedure: add and move, never take out, weaken or reorder what is fixed."""

from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.evidence.rules import EvidenceKind
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Seat, StepKind, StepRule
from registry.policy.routes import ROUTES, ROUTES_BY_KEY
from registry.policy.steps import (
    LIMITS,
    MOST_STEPS,
    TERMS,
    NoSteps,
    StepMissing,
    StepsOutOfOrder,
    StepUnnamed,
    StepWeakened,
    TermMissing,
    TooManySteps,
    WrongSeat,
    check_steps,
    keeps_fixed,
    steps_from_text,
    steps_to_text,
    with_fixed,
)

COLLECTIVE = ROUTES_BY_KEY["TITLE.COLLECTIVE"].procedure
CHECK, NOTICE, MEETING, TOWNSHIP, COUNTY = COLLECTIVE
FINANCE = StepRule(StepKind.REVIEW, Seat.COUNTY_FINANCE, "区县财政会审", Parameter.STEP_DAYS_REVIEW)
_P = Parameter

STEPS = st.builds(
    StepRule,
    st.sampled_from(StepKind),
    st.sampled_from(Seat),
    st.text(min_size=1, max_size=40).map(lambda text: normalize("NFC", text)),
    st.sampled_from([None, *LIMITS]),
    st.sampled_from([None, *TERMS[StepKind.NOTICE]]),
    st.lists(st.sampled_from(EvidenceKind), max_size=3, unique=True).map(tuple),
    st.booleans(),
    st.booleans(),
)
PROCEDURES = st.lists(STEPS, max_size=6).map(tuple)


@given(PROCEDURES)
def test_steps_come_back_as_they_were_stored(steps: Procedure) -> None:
    assert steps_from_text(steps_to_text(steps)) == steps


@given(PROCEDURES, PROCEDURES)
def test_steps_added_anywhere_keep_what_is_fixed(base: Procedure, more: Procedure) -> None:
    assert keeps_fixed(base, base)
    assert keeps_fixed((*more, *base, *more), base)


@given(PROCEDURES, PROCEDURES)
def test_marking_changes_nothing_but_the_marks(steps: Procedure, base: Procedure) -> None:
    marked = with_fixed(steps, [base], may_fix=False)
    assert [replace(one, fixed=False) for one in marked] == [replace(one, fixed=False) for one in steps]
    assert sum(one.fixed for one in marked) <= sum(one.fixed for one in base)


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one.key)
def test_a_default_route_comes_back_from_store(route) -> None:
    assert steps_from_text(steps_to_text(route.procedure)) == route.procedure


@pytest.mark.parametrize(
    "steps",
    [
        COLLECTIVE,
        (*COLLECTIVE, FINANCE),
        (FINANCE, *COLLECTIVE),
        (NOTICE, MEETING, CHECK, TOWNSHIP, COUNTY),
        (NOTICE, MEETING, TOWNSHIP, COUNTY),
        (CHECK, NOTICE, replace(MEETING, limit=_P.STEP_DAYS_REVIEW), TOWNSHIP, COUNTY),
        (CHECK, NOTICE, replace(MEETING, papers=(EvidenceKind.PHOTO, EvidenceKind.MINUTES)), TOWNSHIP, COUNTY),
        (CHECK, replace(NOTICE, label="张榜公示"), MEETING, TOWNSHIP, COUNTY),
    ],
)
def test_a_region_may_add_move_and_ask_for_more(steps: Procedure) -> None:
    check_steps(steps, COLLECTIVE)


@pytest.mark.parametrize(
    ("steps", "refusal", "named"),
    [
        ((CHECK, MEETING, TOWNSHIP, COUNTY), StepMissing, "逐项公示"),
        ((CHECK, NOTICE, TOWNSHIP, COUNTY), StepMissing, "成员（代表）会议确认"),
        ((CHECK, NOTICE, MEETING, TOWNSHIP), StepMissing, "区县审核登记"),
        ((CHECK, MEETING, NOTICE, TOWNSHIP, COUNTY), StepsOutOfOrder, "成员（代表）会议确认"),
        ((CHECK, NOTICE, MEETING, COUNTY, TOWNSHIP), StepsOutOfOrder, "区县审核登记"),
        ((CHECK, NOTICE, replace(MEETING, papers=()), TOWNSHIP, COUNTY), StepWeakened, "成员（代表）会议确认"),
        ((CHECK, NOTICE, replace(MEETING, each_owner=False), TOWNSHIP, COUNTY), StepWeakened, "成员（代表）会议确认"),
        (
            (CHECK, replace(NOTICE, days=_P.NOTICE_DAYS_PLAN_RESULT), MEETING, TOWNSHIP, COUNTY),
            StepWeakened,
            "逐项公示",
        ),
    ],
)
def test_what_is_fixed_stays_and_the_refusal_names_the_step(steps, refusal, named) -> None:
    with pytest.raises(refusal) as refused:
        check_steps(steps, COLLECTIVE)
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        ((), NoSteps),
        ((FINANCE,) * (MOST_STEPS + 1), TooManySteps),
        ((replace(FINANCE, label=""),), StepUnnamed),
        ((replace(FINANCE, label="长" * 41),), StepUnnamed),
        ((replace(FINANCE, limit=None),), TermMissing),
        ((replace(FINANCE, limit=_P.NOTICE_DAYS_VILLAGE),), TermMissing),
        ((replace(FINANCE, days=_P.CALL_IN_DAYS),), TermMissing),
        ((replace(NOTICE, days=None),), TermMissing),
        ((replace(NOTICE, days=_P.CALL_IN_DAYS),), TermMissing),
        ((replace(NOTICE, seat=Seat.TOWNSHIP_SUPERVISOR),), WrongSeat),
        ((replace(MEETING, seat=Seat.OWNER_HEAD),), WrongSeat),
        ((replace(FINANCE, seat=Seat.OWNER_CLERK),), WrongSeat),
    ],
)
def test_steps_that_make_no_sense_are_refused(steps, refusal) -> None:
    with pytest.raises(refusal):
        check_steps(steps)


def test_only_what_the_bases_demand_is_marked_unless_one_may_fix() -> None:
    mine = tuple(replace(step, fixed=True) for step in (*COLLECTIVE, FINANCE))
    assert [step.fixed for step in with_fixed(mine, [COLLECTIVE], may_fix=False)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    assert all(step.fixed for step in with_fixed(mine, [COLLECTIVE], may_fix=True))
