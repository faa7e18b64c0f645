"""What there is to hand out: received income only, each row once, losses and the fund before uses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.distribution.plans.pool import (
    CharterPercentOdd,
    Cost,
    CostsAboveIncome,
    NegativeLoss,
    NeverDistributable,
    NothingReceived,
    OfficialPaperMissing,
    OfficialYear,
    Order,
    Pool,
    PoolRow,
    Taken,
    TakenTwice,
    check_official,
    check_taken,
    draw_pool,
    expected_fund,
    given_back,
    order_of_law,
)
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind

RENT = PoolRow(1, IncomeKind.RENT, 1_000_000)
BOOKS = OfficialYear(0, 2_000_000, 400_000, "2025年收益及收益分配表")
FEN = st.integers(0, 10**10)


def pool_of(net: int) -> Pool:
    return Pool((Taken(1, net, net),))


@pytest.mark.parametrize("kind", sorted(set(IncomeKind) - DISTRIBUTABLE))
def test_deposits_advances_principal_and_compensation_never_enter(kind: IncomeKind) -> None:
    pool = draw_pool([RENT, PoolRow(2, kind, 5_000_000)], ())
    assert pool.income == (Taken(1, 1_000_000, 1_000_000),)
    with pytest.raises(NeverDistributable):
        check_taken([PoolRow(2, kind, 5_000_000)], [Taken(2, 1)])


def test_a_row_gives_only_what_other_plans_left_of_it() -> None:
    rows = [replace(RENT, taken_fen=300_000), PoolRow(2, IncomeKind.DIVIDEND, 50_000, 50_000)]
    assert draw_pool(rows, ()).income == (Taken(1, 700_000, 700_000),)


def test_what_was_handed_out_before_it_was_reversed_is_made_good_by_other_income_once() -> None:
    rows = [replace(RENT, amount_fen=0, taken_fen=200_000), PoolRow(2, IncomeKind.RENT, 500_000)]
    pool = draw_pool(rows, ())
    assert (pool.income, pool.net_fen) == ((Taken(1, -200_000), Taken(2, 500_000, 500_000)), 300_000)
    check_taken(rows, pool.income)
    after = [replace(rows[0], taken_fen=0), replace(rows[1], taken_fen=500_000), PoolRow(3, IncomeKind.RENT, 1)]
    assert draw_pool(after, ()).income == (Taken(3, 1, 1),)


def test_posted_costs_come_off() -> None:
    pool = draw_pool([RENT], [Cost("fault", "9", 60_000), Cost("custody", "3", 40_000)])
    assert (pool.income_fen, pool.costs_fen, pool.net_fen) == (1_000_000, 100_000, 900_000)


@pytest.mark.parametrize(
    ("rows", "costs", "refusal"),
    [
        ([], [], NothingReceived),
        ([replace(RENT, taken_fen=1_000_000)], [], NothingReceived),
        ([RENT], [Cost("fault", "1", 1_000_000)], CostsAboveIncome),
    ],
)
def test_a_pool_without_money_is_refused(rows: list[PoolRow], costs: list[Cost], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draw_pool(rows, costs)


def test_a_row_that_was_taken_meanwhile_is_refused_with_what_is_left() -> None:
    with pytest.raises(TakenTwice) as caught:
        check_taken([replace(RENT, taken_fen=999_900)], [Taken(1, 1_000_000)])
    assert str(caught.value) == "收益记录 1 只剩 1.00 元可以分配，不能再列 10,000.00 元。"
    with pytest.raises(TakenTwice):
        check_taken([RENT], [Taken(8, 1)])


ORDERS = [
    # Nothing lost, 20 % to the fund.
    (1_000_000, OfficialYear(0, 1_000_000), 2_000, Order(0, 200_000, 800_000)),
    # A loss of earlier years that no other business made good comes off the pool.
    (1_000_000, OfficialYear(300_000, 1_000_000), 2_000, Order(300_000, 140_000, 560_000)),
    # Other business made good the loss.
    (1_000_000, OfficialYear(300_000, 1_500_000), 2_000, Order(0, 200_000, 800_000)),
    # Other business lost more than the loss of earlier years.
    (1_000_000, OfficialYear(0, 400_000), 2_000, Order(600_000, 80_000, 320_000)),
    # The collective has nothing left: nothing is handed out.
    (1_000_000, OfficialYear(900_000, 800_000), 2_000, Order(1_000_000, 0, 0)),
    # The charter says nothing is extracted, and that everything is.
    (1_000_000, OfficialYear(0, 1_000_000), 0, Order(0, 0, 1_000_000)),
    (1_000_000, OfficialYear(0, 1_000_000), 10_000, Order(0, 1_000_000, 0)),
]


@pytest.mark.parametrize(("net", "official", "charter", "order"), ORDERS)
def test_losses_come_before_the_fund_and_the_fund_before_uses(
    net: int, official: OfficialYear, charter: int, order: Order
) -> None:
    assert order_of_law(pool_of(net), official, charter) == order


def test_the_fund_is_not_extracted_again_of_what_another_plan_left_over() -> None:
    pool = Pool((Taken(1, 400_000, 0), Taken(2, 600_000, 600_000)))
    assert order_of_law(pool, OfficialYear(0, 1_000_000), 2_000) == Order(0, 120_000, 880_000)


def test_what_other_plans_of_the_year_handed_out_is_not_handed_out_again() -> None:
    official = OfficialYear(0, 1_000_000, prior_surplus_fen=100_000)
    assert order_of_law(pool_of(500_000), official, 0, distributed_fen=800_000) == Order(200_000, 0, 300_000)


def test_a_row_knows_what_of_it_the_law_has_seen() -> None:
    row = replace(RENT, taken_fen=700_000, seen_fen=900_000)
    assert (row.free_fen, row.fresh_fen) == (300_000, 100_000)
    assert draw_pool([row], ()).seen_fen == 200_000
    gone = replace(RENT, amount_fen=0, taken_fen=0, seen_fen=900_000)
    assert (gone.free_fen, gone.fresh_fen, gone.overdrawn_fen) == (0, 0, 0)


@given(FEN, FEN, st.integers(-(10**10), 10**10), st.integers(0, 10_000))
def test_the_order_of_law_parts_the_pool_whole(net: int, loss: int, result: int, charter: int) -> None:
    order = order_of_law(pool_of(net), OfficialYear(loss, result), charter)
    assert order.loss_fen + order.fund_fen + order.uses_fen == net
    assert min(order.loss_fen, order.fund_fen, order.uses_fen) >= 0
    assert order.fund_fen + order.uses_fen <= max(result - loss, 0)


def test_the_charters_fund_is_held_against_the_official_books() -> None:
    assert expected_fund(BOOKS, 2_000) == 400_000
    assert expected_fund(OfficialYear(5, 4), 2_000) == 0


@pytest.mark.parametrize(
    ("official", "charter", "refusal"),
    [
        (replace(BOOKS, prior_loss_fen=-1), 2_000, NegativeLoss),
        (BOOKS, 10_001, CharterPercentOdd),
        (BOOKS, -1, CharterPercentOdd),
        (replace(BOOKS, paper=" "), 2_000, OfficialPaperMissing),
    ],
)
def test_official_figures_that_cannot_be_are_refused(
    official: OfficialYear, charter: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_official(official, charter)


@given(st.lists(st.integers(-100, 1000).filter(bool), max_size=12), st.integers(0, 5_000))
def test_giving_back_lessens_what_was_taken_from_the_last_row_on(amounts: list[int], back: int) -> None:
    income = tuple(Taken(key, fen) for key, fen in enumerate(amounts, 1))
    left = given_back(income, back)
    assert sum(left.values()) == min(back, sum(fen for fen in amounts if fen > 0))
    assert all(0 < fen <= amounts[key - 1] for key, fen in left.items())
