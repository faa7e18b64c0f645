"""From the roll to weights: shares, heads, need factors, spells of entitlement, and who is paid in whose place."""

from dataclasses import replace
from datetime import date

import pytest

from registry.ledger.distribution.plans.months import MonthsBackwards, NotAMonth, month_of, months_of
from registry.ledger.distribution.plans.shares import Entitlement
from registry.ledger.distribution.plans.weighing import beneficiaries, joined, payee_of
from registry.ledger.distribution.plans.writing import HouseholdTwice, LineOdd, parse_named, resolve
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.ledger.distribution.rolls.rules import RollEntry

ALL_YEAR = frozenset(range(1, 13))
HOUSE = RollEntry(
    household_id=1, party_id=9, region_code="500240213203", sort_key="500240213203-000007", group_name="3组",
    head_name="谭正国", masked_id="", classes=(C.UNSTABLE, C.LOW_INCOME), size=4, members=2, labour=1,
    share_hundredths=200, assistance_hundredths=4_000, months=((C.UNSTABLE, ALL_YEAR),), bank_known=True,
    is_cadre=False,
)  # fmt: skip
OTHER = replace(
    HOUSE, household_id=2, head_name="马培清", sort_key="500240213203-000008", classes=(C.MEMBER,), months=()
)


def test_members_are_weighed_by_their_own_shares_and_assistance_by_the_shares_it_was_given() -> None:
    (member,) = beneficiaries({2025: [HOUSE]}, frozenset(), Entitlement.MEMBER)
    (helped,) = beneficiaries({2025: [HOUSE]}, frozenset(), Entitlement.ASSISTANCE)
    assert (member.shares, member.heads) == (200, 2)
    assert (helped.shares, helped.heads) == (4_000, 4)


def test_a_household_that_is_no_more_is_weighed_by_the_shares_its_heir_holds_and_by_nothing_else() -> None:
    gone = replace(OTHER, ended_on=date(2024, 6, 1), size=0, members=0, heir_id=7)
    rolls = {2025: [HOUSE, gone]}
    by_shares = beneficiaries(rolls, frozenset(), Entitlement.MEMBER, by_shares=True)
    assert [(one.id, one.shares, one.payee) for one in by_shares] == [(1, 200, ""), (2, 200, "person/7")]
    assert [one.id for one in beneficiaries(rolls, frozenset(), Entitlement.MEMBER)] == [1]
    before = replace(gone, months=((C.LIFTED, frozenset({1, 2})),))
    over_two_years = {2024: [HOUSE, before], 2025: [HOUSE, gone]}
    assert [one.id for one in beneficiaries(over_two_years, frozenset(), Entitlement.MEMBER)] == [1, 2]


def test_need_is_counted_from_the_roll() -> None:
    (one,) = beneficiaries({2025: [HOUSE]}, frozenset(), Entitlement.NONE)
    assert dict(one.factors) == {"HOUSEHOLD": 1, "PERSON": 4, "NOT_ABLE": 3, "MONITORED": 1, "LOW_INCOME": 1}


def test_assistance_is_for_whoever_is_entitled_in_a_month_and_members_for_everybody() -> None:
    rolls = {2025: [HOUSE, OTHER]}
    assert [one.id for one in beneficiaries(rolls, frozenset(), Entitlement.ASSISTANCE)] == [1]
    assert [one.id for one in beneficiaries(rolls, frozenset(), Entitlement.MEMBER)] == [1, 2]
    assert beneficiaries(rolls, frozenset({C.LIFTED}), Entitlement.ASSISTANCE) == []


def test_spells_run_over_the_turn_of_the_year_and_break_where_entitlement_does() -> None:
    first = replace(HOUSE, months=((C.UNSTABLE, frozenset({11, 12})),))
    then = replace(HOUSE, months=((C.UNSTABLE, frozenset({1, 2, 5})),))
    (one,) = beneficiaries({2024: [first], 2025: [then]}, frozenset(), Entitlement.ASSISTANCE)
    assert one.spells == (("2024-11", "2025-02"), ("2025-05", "2025-05"))
    assert joined([]) == ()


def test_a_household_that_is_no_more_is_paid_through_its_successor_or_heir() -> None:
    ended = replace(HOUSE, ended_on=date(2025, 6, 1))
    assert payee_of(HOUSE) == ""
    assert payee_of(replace(ended, successor_id=5, heir_id=7)) == "household/5"
    assert payee_of(replace(ended, heir_id=7)) == "person/7"
    assert payee_of(ended) == ""


def test_households_are_named_by_number_or_head() -> None:
    named = parse_named("谭正国 100\n\n8，马培清，50.5")
    assert resolve(named, [HOUSE, OTHER]) == {1: 10_000, 2: 5_050}
    with pytest.raises(HouseholdTwice):
        resolve((("谭正国", 1), ("7", 1)), [HOUSE, OTHER])
    with pytest.raises(LineOdd):
        parse_named("谭正国")


@pytest.mark.parametrize("text", ["2025-13", "2025-1", "25-01", "２０２５-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth):
        months_of(text, "2025-12")


def test_months_run_forwards() -> None:
    assert months_of("2024-11", "2025-02") == ("2024-11", "2024-12", "2025-01", "2025-02")
    assert month_of(date(2025, 3, 9)) == "2025-03"
    with pytest.raises(MonthsBackwards):
        months_of("2025-02", "2025-01")
