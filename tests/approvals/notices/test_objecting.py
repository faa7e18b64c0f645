"""Who answers, by when, and for how long an objection is open: tables of the law and properties over days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.approvals.notices.objecting import (
    Bar,
    Ground,
    ObjectionFacts,
    ObjectionState,
    TextMissing,
    TextTooLong,
    can_pass_on,
    check_objection,
    days_to_answer,
    first_level,
    is_final,
    is_open,
    level_above,
    receipt_of,
    state_on,
    typed_receipt,
    why_barred,
)
from registry.permissions import Actor, Grant, Role
from registry.policy.parameters import Parameter
from registry.policy.rules import policy_of
from registry.regions import Level
from tests.factories import COUNTY, MUNICIPALITY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE

_S, _L = ObjectionState, Level


def actor(role: Role, unit: str, number: int = 7) -> Actor:
    return Actor(number, "某人", role.label, unit, "", (Grant(role, unit),))


@pytest.mark.parametrize(
    ("unit", "ground", "level", "days"),
    [
        (VILLAGE, Ground.CONTENT, _L.VILLAGE, 3),
        (VILLAGE, Ground.BREACH, _L.TOWNSHIP, 20),
        (TOWNSHIP, Ground.CONTENT, _L.TOWNSHIP, 10),
        (TOWNSHIP, Ground.BREACH, _L.COUNTY, 20),
        (COUNTY, Ground.CONTENT, _L.COUNTY, 10),
        (COUNTY, Ground.BREACH, _L.MUNICIPALITY, 20),
        (MUNICIPALITY, Ground.BREACH, _L.MUNICIPALITY, 20),
    ],
)
def test_the_law_says_who_answers_first_and_in_how_many_days(
    unit: str, ground: Ground, level: Level, days: int
) -> None:
    assert first_level(unit, ground) is level
    assert policy_of(unit, TODAY, (), ()).number(days_to_answer(level, ground)) == days


def test_the_level_above_has_the_days_of_a_government() -> None:
    assert [level_above(level) for level in Level] == [None, _L.MUNICIPALITY, _L.COUNTY, _L.TOWNSHIP]
    assert days_to_answer(_L.TOWNSHIP, Ground.CONTENT) is Parameter.OBJECTION_DAYS_GOVERNMENT


@pytest.mark.parametrize("state", [_S.OPEN, _S.PASSED_ON])
@given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_an_unanswered_objection_is_open_for_ever(state: ObjectionState, day: date) -> None:
    assert is_open(state, None, day)
    assert not is_open(_S.CLOSED, None, day)


@given(until=st.dates(date(2026, 1, 1), date(2030, 1, 1)), shift=st.integers(-400, 400))
def test_an_answered_one_closes_by_itself_when_the_days_to_pass_it_on_are_over(until: date, shift: int) -> None:
    day = until + timedelta(days=shift)
    assert is_open(_S.ANSWERED, until, day) is can_pass_on(_S.ANSWERED, until, day) is (shift <= 0)
    assert state_on(_S.ANSWERED, until, day) is (_S.ANSWERED if shift <= 0 else _S.CLOSED)


def test_only_an_answer_is_passed_on_and_only_once() -> None:
    assert not can_pass_on(_S.OPEN, TODAY, TODAY)
    assert not can_pass_on(_S.PASSED_ON, TODAY, TODAY)
    assert is_final(_S.PASSED_ON, _L.TOWNSHIP)
    assert is_final(_S.OPEN, _L.MUNICIPALITY)
    assert not is_final(_S.OPEN, _L.VILLAGE)


HEAD, SUPERVISOR = actor(Role.VILLAGE_HEAD, VILLAGE), actor(Role.TOWNSHIP_SUPERVISOR, TOWNSHIP)


@pytest.mark.parametrize(
    ("by", "level", "proposers", "answered", "bar"),
    [
        (HEAD, _L.VILLAGE, {1}, set(), None),
        (HEAD, _L.VILLAGE, {7}, set(), Bar.OWN_PROPOSAL),
        (HEAD, _L.TOWNSHIP, set(), set(), Bar.NOT_ONES_LEVEL),
        (SUPERVISOR, _L.VILLAGE, set(), set(), Bar.NOT_ONES_LEVEL),
        (SUPERVISOR, _L.TOWNSHIP, set(), set(), None),
        (SUPERVISOR, _L.TOWNSHIP, set(), {7}, Bar.ANSWERED_BELOW),
        (actor(Role.VILLAGE_HEAD, SIBLING_VILLAGE), _L.VILLAGE, set(), set(), Bar.NOT_ONES_LEVEL),
        (actor(Role.VILLAGE_CLERK, VILLAGE), _L.VILLAGE, set(), set(), Bar.NOT_ONES_LEVEL),
    ],
)
def test_who_may_answer(
    by: Actor, level: Level, proposers: set[int | None], answered: set[int | None], bar: Bar | None
) -> None:
    assert why_barred(by, VILLAGE, level, frozenset(proposers), frozenset(answered)) is bar


@given(st.text(min_size=1, max_size=40))
def test_one_form_gives_one_code_and_the_code_is_read_however_it_is_typed(key: str) -> None:
    code = receipt_of(key)
    assert code == receipt_of(key)
    assert len(code) == 14
    assert not set(code) & set("0O1IL")
    assert typed_receipt(code) == typed_receipt(f" {code.lower().replace('-', ' ')} ") == code


def test_what_cannot_be_a_code_is_none() -> None:
    assert [typed_receipt(text) for text in ("", "ABCD", "ABCD-EFGH-JKM0", "ABCD-EFGH-JKMNP", "甲" * 12)] == [""] * 5


def test_other_forms_give_other_codes() -> None:
    assert len({receipt_of(str(number)) for number in range(2000)}) == 2000


def test_an_objection_says_something_and_not_too_much() -> None:
    check_objection(ObjectionFacts("面积不对", "k"))
    for facts, error in (
        (ObjectionFacts(" ", "k"), TextMissing),
        (ObjectionFacts("x", ""), TextMissing),
        (ObjectionFacts("x" * 1001, "k"), TextTooLong),
        (ObjectionFacts("x", "k", name="谭" * 41), TextTooLong),
    ):
        with pytest.raises(error):
            check_objection(facts)
