"""When a debt is demanded, and when it may be given up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import RegistryError
from registry.ledger.operation.arrears import rules
from registry.ledger.operation.arrears.rules import (
    Demand,
    DemandWay,
    GivingUp,
    WriteOffStatus,
    check_demand,
    check_giving_up,
    check_undecided,
    days_late,
)

DUE = date(2026, 6, 30)


@given(st.integers(-400, 4000))
def test_a_due_is_late_from_the_day_after(days: int) -> None:
    assert days_late(DUE, DUE + timedelta(days=days)) == max(days, 0)


@pytest.mark.parametrize(
    ("changes", "owed", "refusal"),
    [
        ({}, 1, None),
        ({}, 0, rules.NothingOwed),
        ({"sent_on": DUE}, 1, rules.DemandedAtOddDay),
        ({"sent_on": DUE + timedelta(days=51)}, 1, rules.DemandedAtOddDay),
        ({"pay_by": DUE + timedelta(days=40)}, 1, rules.PeriodUnreasonable),
    ],
)
def test_a_demand_follows_the_due_day_and_gives_a_reasonable_period(
    changes: dict[str, date], owed: int, refusal: type[RegistryError] | None
) -> None:
    days = {"sent_on": DUE + timedelta(days=40), "pay_by": DUE + timedelta(days=55), **changes}
    demand = Demand(DemandWay.LETTER, **days)
    if refusal is None:
        check_demand(demand, due_on=DUE, owed_fen=owed, on=DUE + timedelta(days=50))
    else:
        with pytest.raises(refusal):
            check_demand(demand, due_on=DUE, owed_fen=owed, on=DUE + timedelta(days=50))


@pytest.mark.parametrize(
    ("facts", "changes", "refusal"),
    [
        (GivingUp(5, "公司已注销"), {}, None),
        (GivingUp(5, "公司已注销"), {"owed_fen": 0}, rules.NothingOwed),
        (GivingUp(5, "公司已注销"), {"is_waiting": True}, rules.WriteOffWaiting),
        (GivingUp(5, "公司已注销"), {"late": 0}, rules.NotOverdue),
        (GivingUp(5, "公司已注销"), {"has_demand": False}, rules.NotYetDemanded),
        (GivingUp(5, "  "), {}, rules.GroundsMissing),
        (GivingUp(0, "公司已注销"), {}, rules.WriteOffTooLarge),
        (GivingUp(11, "公司已注销"), {}, rules.WriteOffTooLarge),
    ],
)
def test_a_debt_is_given_up_late_demanded_grounded_and_once(
    facts: GivingUp, changes: dict[str, object], refusal: type[RegistryError] | None
) -> None:
    standing = {"owed_fen": 10, "late": 200, "has_demand": True, "is_waiting": False, **changes}
    if refusal is None:
        check_giving_up(facts, **standing)  # type: ignore[arg-type]
    else:
        with pytest.raises(refusal):
            check_giving_up(facts, **standing)  # type: ignore[arg-type]


def test_a_case_that_is_over_stays_over() -> None:
    check_undecided(WriteOffStatus.PROPOSED)
    for status in set(WriteOffStatus) - {WriteOffStatus.PROPOSED}:
        with pytest.raises(rules.AlreadyDecided):
            check_undecided(status)
