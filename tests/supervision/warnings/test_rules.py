"""The tables of warnings say everything, and only a level above hands on."""

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import RegistryError
from registry.permissions import Actor, Grant, Role
from registry.supervision.warnings.asking import PLACES, QUESTIONS
from registry.supervision.warnings.figures import Figure, from_text, measure_of, to_text
from registry.supervision.warnings.refusals import (
    CauseStands,
    DueOdd,
    NotAnswered,
    NotAwaiting,
    NotBelow,
    NotOnTheWay,
    NotTheDesk,
    NotThisUnit,
    OpinionMissing,
    OverAlready,
    OwnAnswer,
    SaidAnew,
    SaidNothing,
    WarningOver,
)
from registry.supervision.warnings.risks import RISKS, Risk, risks_of, risks_under
from registry.supervision.warnings.rules import (
    Answered,
    Duty,
    HandingOff,
    HandOffState,
    Subject,
    Topic,
    Verdict,
    check_answer,
    check_handing,
    check_verdict,
    unit_on_duty,
    units_on_the_way,
)
from registry.supervision.warnings.showing import OF_RISK, PAGES
from registry.supervision.warnings.touching import TOUCHES
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE
from tests.supervision.warnings.scenery import days


def actor(*seats: tuple[Role, str]) -> Actor:
    """Somebody with these roles."""
    return Actor(7, "某人", "", seats[0][1], "", tuple(Grant(role, code) for role, code in seats))


TOWN = actor((Role.TOWNSHIP_SUPERVISOR, TOWNSHIP))
CITY = actor((Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY))
CLERK = actor((Role.VILLAGE_CLERK, VILLAGE))


def test_every_risk_has_one_row_one_question_and_a_remedy() -> None:
    assert [row.risk for row in RISKS] == list(Risk)
    assert set(QUESTIONS) == set(Risk)
    assert all(row.basis and row.remedy for row in RISKS)
    assert {risk for subject in Subject for risk in risks_of(subject)} == set(Risk)
    assert {risk for topic in Topic for risk in risks_under(topic)} == set(Risk)


def test_every_kind_of_thing_has_a_place_a_page_and_is_touched_by_some_event(app: Flask) -> None:
    assert set(PLACES) == set(PAGES) == set(Subject)
    assert {endpoint for endpoint, _ in (*PAGES.values(), *OF_RISK.values())} <= set(app.view_functions)
    assert {touch.subject for touches in TOUCHES.values() for touch in touches} == set(Subject)


@given(st.dictionaries(st.sampled_from(list(Figure)), st.integers(-(10**12), 10**12) | st.text("甲a1-", max_size=9)))
def test_figures_read_back_as_they_were_written(figures: dict[Figure, int | str]) -> None:
    assert from_text(to_text(figures)) == figures
    assert all(measure_of(figure) for figure in figures)


@pytest.mark.parametrize(
    ("by", "units"),
    [
        (TOWN, (VILLAGE,)),
        (actor((Role.COUNTY_FINANCE, COUNTY)), (VILLAGE, TOWNSHIP)),
        (CITY, (VILLAGE, TOWNSHIP, COUNTY)),
        (CLERK, ()),
        (actor((Role.COUNTY_AGRICULTURE, OTHER_COUNTY)), ()),
    ],
)
def test_a_warning_is_handed_to_its_unit_or_a_level_between(by: Actor, units: tuple[str, ...]) -> None:
    assert units_on_the_way(VILLAGE, by) == units


@pytest.mark.parametrize(
    ("duty", "of", "by", "unit"),
    [
        (Duty.UNIT, VILLAGE, CITY, VILLAGE),
        (Duty.TOWNSHIP, VILLAGE, CITY, TOWNSHIP),
        (Duty.COUNTY, VILLAGE, CITY, COUNTY),
        (Duty.SECTOR, VILLAGE, CITY, ""),
        (Duty.UNIT, TOWNSHIP, CITY, TOWNSHIP),
        (Duty.COUNTY, VILLAGE, actor((Role.COUNTY_FINANCE, COUNTY)), ""),  # they are the ones who have to
        (Duty.TOWNSHIP, VILLAGE, TOWN, VILLAGE),  # there is no other
        (Duty.TOWNSHIP, VILLAGE, CLERK, ""),
    ],
)
def test_a_warning_goes_to_the_level_that_has_to_see_to_it_and_to_none_where_that_is_unclear(
    duty: Duty, of: str, by: Actor, unit: str
) -> None:
    assert unit_on_duty(duty, of, units_on_the_way(of, by)) == unit


@pytest.mark.parametrize(
    ("said", "over", "by", "refusal"),
    [
        (HandingOff(VILLAGE, "请办", days(5)), True, TOWN, WarningOver),
        (HandingOff(OTHER_COUNTY, "请办", days(5)), False, CITY, NotOnTheWay),
        (HandingOff(TOWNSHIP, "请办", days(5)), False, TOWN, NotBelow),
        (HandingOff(VILLAGE, "请办", days(5)), False, CLERK, NotBelow),
        (HandingOff(VILLAGE, "  ", days(5)), False, TOWN, SaidNothing),
        (HandingOff(VILLAGE, "请办", TODAY), False, TOWN, DueOdd),
    ],
)
def test_what_cannot_be_handed_on_is_refused(
    said: HandingOff, over: bool, by: Actor, refusal: type[RegistryError]
) -> None:
    with pytest.raises(refusal):
        check_handing(said, VILLAGE, is_over=over, by=by, on=TODAY)
    check_handing(HandingOff(VILLAGE, "请办", days(1)), VILLAGE, is_over=False, by=TOWN, on=TODAY)


def test_only_the_unit_answers_and_once() -> None:
    check_answer(HandOffState.OPEN, VILLAGE, "已办", by=CLERK)
    for state, by, text, refusal in (
        (HandOffState.ENDED, CLERK, "已办", OverAlready),
        (HandOffState.ANSWERED, CLERK, "已办", NotAwaiting),
        (HandOffState.OPEN, TOWN, "已办", NotThisUnit),
        (HandOffState.OPEN, CLERK, " ", SaidNothing),
    ):
        with pytest.raises(refusal):
            check_answer(state, VILLAGE, text, by=by)


def test_only_the_desk_judges_and_a_returned_matter_gets_a_word_and_a_new_day() -> None:
    answered = Answered(HandOffState.ANSWERED, TOWNSHIP, 2, {77}, cause_stands=False)
    check_verdict(answered, Verdict(2, True), by=TOWN, on=TODAY)
    check_verdict(answered, Verdict(2, False, "还缺照片", days(5)), by=TOWN, on=TODAY)
    for state, verdict, by, refusal in (
        (HandOffState.ENDED, Verdict(2, True), TOWN, OverAlready),
        (HandOffState.OPEN, Verdict(2, True), TOWN, NotAnswered),
        (HandOffState.ANSWERED, Verdict(2, True), CITY, NotTheDesk),
        (HandOffState.ANSWERED, Verdict(2, False, "", days(5)), TOWN, OpinionMissing),
        (HandOffState.ANSWERED, Verdict(2, False, "还缺照片", TODAY), TOWN, DueOdd),
        (HandOffState.ANSWERED, Verdict(2, False, "还缺照片"), TOWN, DueOdd),
    ):
        with pytest.raises(refusal):
            check_verdict(replace(answered, state=state), verdict, by=by, on=TODAY)
    for matter, seen, refusal in (
        (answered, 1, SaidAnew),
        (replace(answered, by={77, TOWN.id}), 2, OwnAnswer),
    ):
        with pytest.raises(refusal):
            check_verdict(matter, Verdict(seen, True), by=TOWN, on=TODAY)


def test_whoever_takes_an_answer_though_nothing_is_mended_says_why() -> None:
    standing = Answered(HandOffState.ANSWERED, TOWNSHIP, 2, {77}, cause_stands=True)
    for nothing in ("", "  "):
        with pytest.raises(CauseStands) as refused:
            check_verdict(standing, Verdict(2, True, nothing), by=TOWN, on=TODAY)
        assert refused.value.field == "opinion"
        check_verdict(replace(standing, cause_stands=False), Verdict(2, True, nothing), by=TOWN, on=TODAY)
    check_verdict(standing, Verdict(2, True, "已谈妥"), by=TOWN, on=TODAY)
