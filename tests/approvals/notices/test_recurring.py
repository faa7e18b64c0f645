"""Recurring notices: the latest period that is over, until when, and what is known of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.approvals.notices.recurring import Figure, due_publications, last_period, prefilled
from registry.approvals.notices.rules import NoticeKind, Period
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from tests.factories import VILLAGE

_K = NoticeKind


def policy(on: date, **values: int) -> Policy:
    return Policy(VILLAGE, on, {Parameter(key): value for key, value in values.items()}, {})


@pytest.mark.parametrize(
    ("on", "months", "first", "last"),
    [
        (date(2026, 11, 23), 3, date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), 3, date(2026, 7, 1), date(2026, 9, 30)),
        (date(2027, 1, 1), 3, date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 11, 23), 6, date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 3, 1), 1, date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 31), 6, date(2025, 7, 1), date(2025, 12, 31)),
    ],
)
def test_the_period_is_the_latest_that_is_over(on: date, months: int, first: date, last: date) -> None:
    assert last_period(on, months) == Period(first, last)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_periods_follow_each_other_without_a_gap(on: date, months: int) -> None:
    period = last_period(on, months)
    assert period.last < on
    assert add_months(period.first, months) == date.fromordinal(period.last.toordinal() + 1)
    assert on < add_months(period.first, 2 * months)
    assert period.first.day == 1


def test_a_village_owes_its_quarter_by_the_fifteenth_and_its_accounts_by_the_half_year() -> None:
    on = date(2026, 11, 23)
    found = due_publications(VILLAGE, on, policy(on), frozenset())
    assert [(due.kind, due.due_on) for due in found] == [
        (_K.COLLECTIVE_ACCOUNTS, date(2026, 7, 15)),
        (_K.VILLAGE_MATTERS, date(2026, 10, 15)),
    ]


def test_what_is_posted_is_not_owed_and_the_policy_sets_period_and_day() -> None:
    on = date(2026, 11, 23)
    known = frozenset({(_K.COLLECTIVE_ACCOUNTS, date(2026, 1, 1))})
    assert [due.kind for due in due_publications(VILLAGE, on, policy(on), known)] == [_K.VILLAGE_MATTERS]
    monthly = policy(on, collective_publicity_months=1, publicity_day=10)
    found = {due.kind: due for due in due_publications(VILLAGE, on, monthly, known)}
    assert found[_K.COLLECTIVE_ACCOUNTS].period == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert found[_K.COLLECTIVE_ACCOUNTS].due_on == date(2026, 11, 10)


def test_a_recurring_notice_begins_with_unit_period_and_the_figures_that_add_up() -> None:
    on = date(2026, 11, 23)
    due = due_publications(VILLAGE, on, policy(on), frozenset())[1]
    figures = [Figure("经营性资产", 2, 225_440_000), Figure("公益性资产", 1, 30_000_000)]
    begun = prefilled(due, "中益乡华溪村", figures)
    assert begun.title == "中益乡华溪村村务公开（2026-07-01 至 2026-09-30）"
    assert begun.table.rows[-1] == ("合计", "3", "2,554,400.00")
    assert not prefilled(due, "华溪村").table
