"""The rules of payout: which results fit which lines, and a sample that anybody can draw again."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.distribution.payout.rules import (
    AFTER,
    NEXT,
    UNPAID,
    LineStatus,
    OrderStatus,
    ResultKind,
    order_status,
    sample,
)

KINDS = st.lists(st.sampled_from(ResultKind), max_size=12)


def walk(results: Iterable[ResultKind]) -> tuple[LineStatus, int]:
    """Where a line comes to by results, those that do not fit being refused; and how often it is paid on balance."""
    status, paid = LineStatus.WAITING, 0
    for one in results:
        if one in NEXT[status]:
            status = AFTER[one]
            paid += {ResultKind.PAID: 1, ResultKind.RETURNED: -1}.get(one, 0)
    return status, paid


@given(KINDS)
def test_whatever_is_told_a_line_is_paid_once_or_not_at_all(results: list[ResultKind]) -> None:
    status, paid = walk(results)
    assert paid == (1 if status is LineStatus.PAID else 0)
    assert (status in UNPAID) is (paid == 0)


@pytest.mark.parametrize("status", [LineStatus.WITHHELD, LineStatus.CANCELLED])
def test_what_is_withheld_or_cancelled_is_never_paid(status: LineStatus) -> None:
    assert NEXT[status] == frozenset()


def test_an_order_is_done_once_nothing_of_it_waits() -> None:
    assert order_status([LineStatus.PAID, LineStatus.WITHHELD]) is OrderStatus.DONE
    assert order_status([LineStatus.PAID, LineStatus.RETURNED]) is OrderStatus.PAYING


@given(st.lists(st.integers(1, 10_000), unique=True, max_size=200), st.integers(0, 10_000), st.text(max_size=10))
def test_a_sample_is_the_same_whoever_draws_it(serials: list[int], percent: int, seed: str) -> None:
    drawn = sample(serials, percent, seed)
    assert drawn == sample(serials[::-1], percent, seed)
    assert set(drawn) <= set(serials)
    assert len(drawn) == (max(len(serials) * percent // 10_000, 1) if serials else 0)


def test_another_order_draws_another_sample() -> None:
    assert sample(range(1, 501), 1_000, "FF1") != sample(range(1, 501), 1_000, "FF2")
