"""What a card must satisfy, by table and property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.depreciation import (
    accumulated_fen,
    changed_plan,
    first_plan,
    month_number,
)
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import FundingFact, OwnerFact, PartialDate
from registry.assets.register.rules import (
    AfterGoLive,
    FundingNotWhole,
    GoLiveUnknown,
    InFuture,
    InterestMissing,
    NameMissing,
    OwnerNotAllowed,
    SharesNotWhole,
    SubtypeMismatch,
    ValueNotPositive,
    check_legacy,
    check_registration,
    highest_value,
    needs_second_person,
    netted,
    poverty_fund_fen,
    reversal_and_entry,
)
from registry.errors import Invalid
from registry.kinds import Category, OwnerKind
from tests.factories import TODAY, registration

VILLAGE_OWNER = OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "甲村", 6_000)

REFUSALS: list[tuple[dict[str, object], type[Invalid]]] = [
    ({"name": "  "}, NameMissing),
    ({"name": "长" * 101}, NameMissing),
    ({"subtype": "ROAD"}, SubtypeMismatch),
    ({"subtype": "NO_SUCH"}, SubtypeMismatch),
    ({"original_value_fen": 0}, ValueNotPositive),
    ({"original_value_fen": 128_640_001}, FundingNotWhole),
    ({"owners": (VILLAGE_OWNER,)}, SharesNotWhole),
    ({"owners": (replace(VILLAGE_OWNER, share_bp=10_001),)}, SharesNotWhole),
    ({"owners": ()}, SharesNotWhole),
    ({"subtype": "EQUITY"}, InterestMissing),
    ({"acquired": PartialDate(TODAY + timedelta(days=1))}, InFuture),
    ({"certificate_on": TODAY + timedelta(days=1)}, InFuture),
]


def test_a_whole_card_is_accepted() -> None:
    check_registration(registration(), on=TODAY)


@pytest.mark.parametrize(("change", "refusal"), REFUSALS)
def test_a_card_that_breaks_a_rule_is_refused_by_its_name(change: dict[str, object], refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        check_registration(registration(**change), on=TODAY)


@pytest.mark.parametrize("kind", [kind for kind in OwnerKind if kind is not OwnerKind.HOUSEHOLD])
def test_a_household_asset_belongs_to_a_household(kind: OwnerKind) -> None:
    card = registration(category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", owners=(OwnerFact(kind, "甲"),))
    with pytest.raises(OwnerNotAllowed):
        check_registration(card, on=TODAY)


def test_a_household_owns_no_public_welfare_asset() -> None:
    card = registration(
        category=Category.PUBLIC_WELFARE, subtype="ROAD", owners=(OwnerFact(OwnerKind.HOUSEHOLD, "张三"),)
    )
    with pytest.raises(OwnerNotAllowed):
        check_registration(card, on=TODAY)


lines = st.builds(
    FundingFact,
    st.sampled_from(FundingSource),
    st.integers(-(10**10), 10**10),
    st.sampled_from(FundingLevel),
    st.sampled_from([None, 2019, 2020]),
    st.sampled_from(["", "渝财农〔2019〕36号"]),
)


@given(st.lists(lines, max_size=8), st.lists(lines, max_size=8))
def test_reversing_the_old_and_entering_the_new_leaves_the_new(old: list[FundingFact], new: list[FundingFact]) -> None:
    after = netted([*old, *reversal_and_entry(old, new)])
    assert sorted(map(repr, after)) == sorted(map(repr, netted(new)))


def test_own_money_and_unverified_money_are_no_poverty_fund() -> None:
    funding = registration().funding
    assert poverty_fund_fen(funding) == 120_000_000
    unverified = (FundingFact(FundingSource.UNVERIFIED, 5),)
    assert poverty_fund_fen(unverified) == 0


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(-(10**11), 10**11))
def test_a_loss_takes_from_the_fund_in_proportion(fund: int, own: int, adjusted: int) -> None:
    money = fund + own
    known = [
        FundingFact(FundingSource.POVERTY_FUND, fund),
        FundingFact(FundingSource.SELF_RAISED, own),
        FundingFact(FundingSource.ADJUSTMENT, max(adjusted, -money)),
    ]
    assert 0 <= poverty_fund_fen(known) <= max(sum(line.amount_fen for line in known), 0)


def test_depreciation_begins_the_month_after_use_and_counts_whole_months() -> None:
    plan = first_plan(128_640_000, start=date(2019, 12, 1), months=240)
    assert accumulated_fen(plan, date(2020, 1, 31)) == 0
    assert accumulated_fen(plan, date(2020, 2, 1)) == 128_640_000 // 240
    assert accumulated_fen(plan, date(2026, 11, 23)) == 128_640_000 * 82 // 240


@given(st.integers(1, 10**12), st.integers(1, 600), st.integers(0, 10_000), st.integers(0, 1_000))
def test_depreciation_only_grows_and_stops_at_the_salvage_value(
    value: int, months: int, salvage: int, later: int
) -> None:
    plan = first_plan(value, start=date(2015, 3, 10), months=months, salvage_bp=salvage)
    day = date(2015, 3, 10) + timedelta(days=30 * later)
    now, then = accumulated_fen(plan, day), accumulated_fen(plan, day + timedelta(days=45))
    assert 0 <= now <= then <= value - value * salvage // 10_000
    assert accumulated_fen(plan, date(2090, 1, 1)) == value - value * salvage // 10_000


@given(st.integers(1, 10**10), st.integers(-(10**10), 10**10), st.integers(1, 239))
def test_a_change_of_value_keeps_the_past_and_ends_at_the_same_month(value: int, amount: int, month: int) -> None:
    start = date(2015, 1, 1)
    plan = first_plan(value, start=start, months=240)
    number = month_number(start) + month
    day = date(number // 12, number % 12 + 1, 15)
    bent = changed_plan(plan, amount, on=day)
    assert accumulated_fen(bent, day) == accumulated_fen(plan, day)
    assert accumulated_fen(bent, date(2090, 1, 1)) == max(value + amount, accumulated_fen(plan, day))


def test_the_highest_value_of_the_window_counts_what_was_held_when_it_began() -> None:
    changes = [(date(2020, 1, 1), 100), (date(2026, 6, 1), -60), (date(2026, 7, 1), 20)]
    assert highest_value(changes, since=date(2026, 1, 1)) == 100
    assert highest_value(changes, since=date(2026, 6, 15)) == 60
    assert highest_value(changes, since=date(2026, 8, 1)) == 60


@pytest.mark.parametrize(
    ("changed", "second"),
    [({"name"}, False), ({"remarks", "location_detail"}, False), ({"funding"}, True), ({"name", "owners"}, True)],
)
def test_value_category_quantity_and_owners_need_a_second_person(changed: set[str], second: bool) -> None:
    assert needs_second_person(changed) is second


def test_only_facts_before_go_live_are_history() -> None:
    go_live = date(2021, 7, 1)
    check_legacy(date(2021, 6, 30), go_live)
    with pytest.raises(AfterGoLive):
        check_legacy(go_live, go_live)
    with pytest.raises(GoLiveUnknown):
        check_legacy(date(2000, 1, 1), None)
