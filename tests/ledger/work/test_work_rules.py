"""The rules of work records: days, pay, and who says whether a record is true."""

from dataclasses import replace
from datetime import date

import pytest

from registry.ledger.distribution.work import rules
from registry.ledger.distribution.work.forms import read_days, write_days
from registry.ledger.distribution.work.rules import WorkFacts, WorkKind, WorkStatus, check_verifying, check_work
from registry.permissions import Actor
from tests.factories import TODAY, VILLAGE

WORK = WorkFacts(
    VILLAGE, 1, "谭小军", WorkKind.DAY_LABOUR, "清理排水沟", date(2026, 10, 1), date(2026, 10, 10), 20, 10_000
)
CLERK, HEAD = Actor(1, "x", "x", VILLAGE, "x"), Actor(2, "y", "y", VILLAGE, "y")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"project": " "}, rules.ProjectMissing),
        ({"project": "长" * 101}, rules.ProjectMissing),
        ({"half_days": 21}, rules.DaysOdd),
        ({"half_days": 0}, rules.DaysOdd),
        ({"ends_on": date(2026, 9, 30)}, rules.PeriodOdd),
        ({"ends_on": date(2026, 12, 1)}, rules.PeriodOdd),
        ({"rate_fen": 0}, rules.RateOdd),
    ],
)
def test_work_that_cannot_be_is_refused(changes: dict[str, object], refusal: type[Exception]) -> None:
    check_work(WORK, TODAY)
    with pytest.raises(refusal):
        check_work(replace(WORK, **changes), TODAY)  # type: ignore[arg-type]


def test_another_person_verifies_once_and_says_what_is_wrong() -> None:
    check_verifying(WorkStatus.ENTERED, HEAD, entered_by_id=1, agrees=True, reason="")
    with pytest.raises(rules.OwnRecord):
        check_verifying(WorkStatus.ENTERED, CLERK, entered_by_id=1, agrees=True, reason="")
    with pytest.raises(rules.NotEntered):
        check_verifying(WorkStatus.VERIFIED, HEAD, entered_by_id=1, agrees=True, reason="")
    with pytest.raises(rules.ReasonMissing):
        check_verifying(WorkStatus.ENTERED, HEAD, entered_by_id=1, agrees=False, reason=" ")


@pytest.mark.parametrize(("text", "half_days"), [("3", 6), ("3.5", 7), ("0.5", 1), ("10天", 20), ("2.0", 4)])
def test_days_are_read_in_halves_and_written_as_they_are_read(text: str, half_days: int) -> None:
    assert read_days(text) == half_days
    assert read_days(write_days(half_days)) == half_days


@pytest.mark.parametrize("text", ["", "三", "1.3", "1000", "-1", "１", "0.55"])
def test_days_that_are_no_halves_are_refused(text: str) -> None:
    with pytest.raises(rules.DaysOdd):
        read_days(text)
