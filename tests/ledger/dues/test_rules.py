"""How money meets dues and how what is due is split."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.operation.dues.rules import (
    ArrearsClass,
    HeldAsset,
    OpenDue,
    arrears_class,
    part_payment,
    settle,
    split,
    status_of,
)
from registry.ledger.operation.kinds import DueStatus
from registry.policy.rules import Policy

DAY = date(2026, 1, 1)
OPEN = st.lists(
    st.builds(
        OpenDue, st.integers(1, 10**6), st.dates(DAY, date(2030, 1, 1)), st.integers(0, 10**9)
    ),
    max_size=12, unique_by=lambda one: one.id,
)  # fmt: skip
SHARES = st.dictionaries(st.integers(1, 9), st.integers(1, 10_000), min_size=1, max_size=6)
ASSETS = st.lists(
    st.builds(HeldAsset, st.integers(1, 50), st.integers(1, 10**12),
              st.dictionaries(st.integers(1, 9), st.integers(1, 10_000), max_size=3)),
    max_size=8, unique_by=lambda one: one.asset_id,
)  # fmt: skip


@given(st.integers(0, 10**10), OPEN)
def test_a_payment_meets_the_oldest_due_first_and_never_more_than_is_open(amount: int, dues: list[OpenDue]) -> None:
    laid = settle(amount, dues)
    open_fen = {one.id: one.open_fen for one in dues}
    assert sum(fen for _, fen in laid) == min(amount, sum(open_fen.values()))
    assert all(0 < fen <= open_fen[due_id] for due_id, fen in laid)
    order = [one.id for one in sorted(dues, key=lambda one: (one.due_on, one.id)) if one.open_fen]
    assert [due_id for due_id, _ in laid] == order[: len(laid)]
    assert all(fen == open_fen[due_id] for due_id, fen in laid[:-1])


@given(st.integers(0, 10**12), SHARES, ASSETS)
def test_a_split_is_whole_and_gives_every_owner_the_agreed_share(
    amount: int, shares: dict[int, int], assets: list[HeldAsset]
) -> None:
    slices = split(amount, shares, assets)
    assert sum(one.amount_fen for one in slices) == amount
    whole = sum(shares.values())
    for party_id, share in shares.items():
        got = sum(one.amount_fen for one in slices if one.party_id == party_id)
        assert abs(got * whole - amount * share) < whole
    assert len({(one.asset_id, one.party_id) for one in slices}) == len(slices)


def test_an_owners_part_goes_to_the_assets_it_holds() -> None:
    assets = [HeldAsset(1, 300, {7: 10_000}), HeldAsset(2, 100, {7: 5_000, 8: 5_000})]
    slices = split(1_000, {7: 7_500, 8: 2_500}, assets)
    assert [(one.asset_id, one.party_id, one.amount_fen) for one in slices] == [(1, 7, 643), (2, 7, 107), (2, 8, 250)]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.lists(st.integers(1, 99), max_size=6))
def test_payments_in_any_parts_end_with_every_slice_met_exactly(owed: list[int], percents: list[int]) -> None:
    left = list(owed)
    for percent in [*percents, 100]:
        parts = part_payment(sum(left) * percent // 100, left)
        assert sum(parts) == sum(left) * percent // 100
        assert all(0 <= part <= rest for part, rest in zip(parts, left, strict=True))
        left = [rest - part for rest, part in zip(left, parts, strict=True)]
    assert not any(left)


@pytest.mark.parametrize(
    ("amount", "settled", "written_off", "status"),
    [
        (None, 0, 0, DueStatus.UNSTATED), (100, 0, 0, DueStatus.OPEN), (100, 40, 0, DueStatus.PART),
        (100, 100, 0, DueStatus.SETTLED), (100, 40, 60, DueStatus.WRITTEN_OFF), (100, 0, 60, DueStatus.OPEN),
    ],
)  # fmt: skip
def test_how_far_a_due_is_met(amount: int | None, settled: int, written_off: int, status: DueStatus) -> None:
    assert status_of(amount, settled, written_off) is status


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-5, "NOT_YET"),
        (0, "NOT_YET"),
        (1, "REMIND"),
        (30, "REMIND"),
        (31, "DEMAND"),
        (90, "DEMAND"),
        (91, "SUPERVISED"),
    ],
)
def test_lateness_goes_up_by_the_days_of_the_policy(days: int, expected: str) -> None:
    policy = Policy("500235000000", DAY, {}, {})
    assert arrears_class(DAY, DAY + timedelta(days=days), policy) is ArrearsClass(expected)
