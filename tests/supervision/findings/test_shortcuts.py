"""What the database itself refuses of findings, for whoever comes round the rules; beside what it lets pass."""

from collections.abc import Callable

import pytest
from flask import Flask

from registry.supervision.findings.queries import list_steps
from tests.disposal.shortcuts.attacks import carried_out, copied, refusal_of
from tests.factories import person
from tests.supervision.findings.finding import entered, over, reported

Statements = tuple[str, ...]


def mended() -> int:
    """A reported finding."""
    finding_id = entered()
    reported(finding_id)
    return finding_id


def step(finding_id: int, kind: str, username: str) -> str:
    """Write the statement that puts in a step by somebody."""
    return _step(finding_id, kind, str(person(username).id))


def _step(finding_id: int, kind: str, by_id: str) -> str:
    return copied("finding_step", list_steps([finding_id])[0].id, kind=f"'{kind}'", by_id=by_id)


def status(finding_id: int, becomes: str) -> str:
    return f"UPDATE finding SET status = '{becomes}' WHERE id = {finding_id}"


def by_the_mender(_app: Flask) -> Statements:
    key, who = entered(), "township_supervisor"
    return step(key, "REPORTED", who), status(key, "REPORTED"), step(key, "CHECKED_OFF", who)


def by_nobody(_app: Flask) -> Statements:
    return (_step(mended(), "CHECKED_OFF", "NULL"),)


def from_the_same_level(_app: Flask) -> Statements:
    return (step(mended(), "CHECKED_OFF", "village_head"),)


def from_another_county(_app: Flask) -> Statements:
    return (step(mended(), "CHECKED_OFF", "other_supervisor"),)


def from_a_foreign_source(_app: Flask) -> Statements:
    return (step(mended(), "SENT_BACK", "discipline_inspector"),)


def before_the_report(_app: Flask) -> Statements:
    return (step(entered(), "CHECKED_OFF", "township_supervisor"),)


def reported_twice(_app: Flask) -> Statements:
    return (step(mended(), "REPORTED", "village_clerk"),)


def without_a_step(_app: Flask) -> Statements:
    return (status(mended(), "CHECKED_OFF"),)


def skipping_the_check(_app: Flask) -> Statements:
    return (status(entered(), "CHECKED_OFF"),)


def opened_again(_app: Flask) -> Statements:
    return (status(over(), "OPEN"),)


def reworded(_app: Flask) -> Statements:
    return (f"UPDATE finding SET problem = 'x' WHERE id = {entered()}",)


def given_more_time(_app: Flask) -> Statements:
    return (f"UPDATE finding SET due_on = '2027-11-01' WHERE id = {entered()}",)


def another_opinion(_app: Flask) -> Statements:
    return (f"UPDATE finding SET opinion = 'x' WHERE id = {over()}",)


def entered_as_over(_app: Flask) -> Statements:
    return (copied("finding", entered(), number="'x'", status="'CHECKED_OFF'"),)


def back_before_it_was_over(_app: Flask) -> Statements:
    key = entered()
    return (copied("finding", key, number="'x'", recurs_id=str(key), recurrences="1"),)


def deleted(_app: Flask) -> Statements:
    return (f"DELETE FROM finding WHERE id = {entered()}",)


ATTACKS: tuple[tuple[Callable[[Flask], Statements], str], ...] = (
    (by_the_mender, "who mended or reported"),
    (by_nobody, "checked"),
    (from_the_same_level, "above the unit"),
    (from_another_county, "above the unit"),
    (from_a_foreign_source, "above the unit"),
    (before_the_report, "in this order"),
    (reported_twice, "in this order"),
    (without_a_step, "last step"),
    (skipping_the_check, "last step"),
    (opened_again, "last step"),
    (reworded, "never changes"),
    (given_more_time, "never changes"),
    (another_opinion, "stays as it is"),
    (entered_as_over, "begins open"),
    (back_before_it_was_over, "counted on"),
    (deleted, "are kept"),
)


@pytest.mark.parametrize(("attack", "words"), ATTACKS, ids=lambda one: getattr(one, "__name__", ""))
def test_the_database_refuses_the_shortcut(any_app: Flask, attack: Callable[[Flask], Statements], words: str) -> None:
    assert words in refusal_of(*attack(any_app))


@pytest.mark.parametrize("verb", ["UPDATE finding_step SET words = 'x'", "DELETE FROM finding_step"])
def test_a_step_stays_as_it_was_said(any_app: Flask, verb: str) -> None:
    over()
    assert refusal_of(verb)


def test_the_database_lets_the_straight_way_pass(any_app: Flask) -> None:
    key = mended()
    assert carried_out(step(key, "SENT_BACK", "auditor")) == 1
    assert carried_out(step(key, "CHECKED_OFF", "township_supervisor"), status(key, "CHECKED_OFF")) == 1
    assert carried_out(step(entered(), "REPORTED", "village_clerk")) == 1
