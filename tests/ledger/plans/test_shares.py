"""Who gets how much: exact, order-free, the same every time; months and heirs; instalments (check 12)."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger.distribution.plans.months import entitled_months, months_of
from registry.ledger.distribution.plans.shares import (
    Basis,
    Beneficiary,
    Entitlement,
    FixedAboveAmount,
    Instalment,
    InstalmentsOdd,
    NobodyToShare,
    NotWhole,
    SameTwice,
    Split,
    gross_amounts,
    month_parts,
    share_out,
    withheld_later,
)

YEAR = months_of("2025-01", "2025-12")
ONCE = (Instalment(1, "2025-12"),)
HALVES = (Instalment(1, "2025-06"), Instalment(2, "2025-12"))
PER_SHARE = Split("效益分红", 100_000, Basis.PER_SHARE, Entitlement.MEMBER)
WEIGHTS = st.lists(st.integers(0, 500), min_size=1, max_size=40).filter(any)


def roll(*shares: int) -> list[Beneficiary]:
    return [Beneficiary(key, shares=share, heads=share) for key, share in enumerate(shares, 1)]


def test_the_odd_fen_goes_to_the_largest_remainder_and_to_the_smaller_number_on_a_tie() -> None:
    got = gross_amounts(replace(PER_SHARE, amount_fen=100), roll(1, 1, 1))
    assert got == {1: (34, 1, True), 2: (33, 1, False), 3: (33, 1, False)}


def test_fixed_amounts_come_first_and_the_rest_is_shared_by_the_others() -> None:
    got = gross_amounts(replace(PER_SHARE, amount_fen=1_000, fixed={2: 400}), roll(1, 5, 2))
    assert {key: amount for key, (amount, *_) in got.items()} == {1: 200, 2: 400, 3: 400}


@pytest.mark.parametrize(
    ("split", "people", "refusal"),
    [
        (replace(PER_SHARE, fixed={1: 100_001}), roll(1), FixedAboveAmount),
        (PER_SHARE, roll(0, 0), NobodyToShare),
        (PER_SHARE, [Beneficiary(1, shares=1), Beneficiary(1, shares=1)], SameTwice),
        (replace(PER_SHARE, basis=Basis.NAMED, fixed={1: 99_999}), [], NotWhole),
    ],
)
def test_what_cannot_be_split_is_refused(split: Split, people: list[Beneficiary], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        gross_amounts(split, people)


def test_a_split_that_does_not_add_up_says_by_how_much() -> None:
    with pytest.raises(NotWhole) as caught:
        gross_amounts(replace(PER_SHARE, basis=Basis.NAMED, fixed={1: 99_950}), [])
    assert str(caught.value) == "“效益分红”各行合计 999.50 元，与这一项的 1,000.00 元差 0.50 元。"


def test_need_factors_weigh_what_a_household_has_of_each() -> None:
    people = [Beneficiary(1, factors=(("无劳动力", 2), ("重病", 1))), Beneficiary(2, factors=(("重病", 1),))]
    split = Split("救助", 900, Basis.FACTORS, factor_weights={"无劳动力": 10, "重病": 30})
    assert {key: amount for key, (amount, *_) in gross_amounts(split, people).items()} == {1: 563, 2: 337}


@settings(max_examples=200)
@given(st.integers(1, 10**12), WEIGHTS, st.randoms(use_true_random=False))
def test_shares_are_exact_near_and_free_of_order(amount: int, weights: list[int], chance: random.Random) -> None:
    check_case(amount, weights, chance)


def check_case(amount: int, weights: list[int], chance: random.Random) -> None:
    people, split = roll(*weights), replace(PER_SHARE, amount_fen=amount)
    got = gross_amounts(split, people)
    shuffled = people.copy()
    chance.shuffle(shuffled)
    whole = sum(weights)
    assert gross_amounts(split, shuffled) == got
    assert sum(part for part, *_ in got.values()) == amount
    assert all(abs(part - Fraction(amount * weight, whole)) < 1 for part, weight, _ in got.values())
    assert sum(odd for *_, odd in got.values()) == amount - sum(amount * weight // whole for weight in weights)


def test_allocation_holds_in_a_hundred_thousand_cases(full: bool) -> None:
    chance = random.Random(20260101)
    for _ in range(100_000 if full else 2_000):
        size = chance.choice((1, 2, 3, 7, 20))
        weights = [chance.choice((0, 1, 1, 2, 5, 40, 997)) for _ in range(size)]
        check_case(chance.randrange(1, 10 ** chance.randint(1, 12)), weights if any(weights) else [1, *weights], chance)


def test_a_split_by_floats_would_not_pass_this_check() -> None:
    amount, weights = 10**14 + 1, [1, 1, 1]
    floats = [int(amount * (weight / sum(weights))) for weight in weights]
    assert sum(floats) != amount


@given(st.integers(0, 10**9), WEIGHTS, st.sampled_from([ONCE, HALVES]))
def test_instalments_and_months_lose_nothing(amount: int, weights: list[int], parts: tuple[Instalment, ...]) -> None:
    people = [
        Beneficiary(key, shares=weight, spells=(("2024-01", "2025-03" if key % 2 else ""), ("2025-08", "")))
        for key, weight in enumerate(weights, 1)
    ]
    split = replace(PER_SHARE, amount_fen=amount, entitlement=Entitlement.ASSISTANCE)
    shares = share_out(split, people, YEAR, parts)
    assert sum(one.amount_fen + one.withheld_fen for one in shares) == amount
    assert all(one.withheld_fen == 0 or one.beneficiary_id % 2 for one in shares)
    assert len({(one.beneficiary_id, one.instalment) for one in shares}) == len(shares)


def test_who_lost_entitlement_in_march_is_not_paid_for_april() -> None:
    people = [Beneficiary(1, shares=1, spells=(("2023-05", "2025-03"),)), Beneficiary(2, shares=1, spells=(("", ""),))]
    split = Split("帮扶分红", 240_000, Basis.PER_SHARE, Entitlement.ASSISTANCE)
    first, second = share_out(split, people, YEAR, ONCE)
    assert (first.amount_fen, first.withheld_fen, first.months, first.of_months) == (30_000, 90_000, 3, 12)
    assert (second.amount_fen, second.withheld_fen) == (120_000, 0)


def test_months_already_earned_are_paid_though_the_second_half_is_withheld() -> None:
    people = [Beneficiary(1, shares=1, spells=(("2023-05", "2025-03"),))]
    split = Split("帮扶分红", 120_000, Basis.PER_SHARE, Entitlement.ASSISTANCE)
    first, second = share_out(split, people, YEAR, HALVES)
    assert (first.amount_fen, first.withheld_fen) == (30_000, 30_000)
    assert (second.amount_fen, second.withheld_fen) == (0, 60_000)


def test_a_members_dividend_goes_to_the_heir_and_no_month_is_withheld() -> None:
    people = [Beneficiary(1, shares=3, spells=(("2020-01", "2025-03"),), payee="person/77"), Beneficiary(2, shares=1)]
    heir, other = share_out(PER_SHARE, people, YEAR, ONCE)
    assert (heir.beneficiary_id, heir.payee, heir.amount_fen, heir.withheld_fen) == (1, "person/77", 75_000, 0)
    assert (other.payee, other.amount_fen) == ("", 25_000)


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (Instalment(1, "2025-06"),),
        (Instalment(1, "2025-12"), Instalment(2, "2025-06")),
        (Instalment(2, "2025-06"), Instalment(1, "2025-12")),
        (Instalment(1, "2025-06"), Instalment(2, "2026-01")),
        (Instalment(1, "2025-12"), Instalment(2, "2025-12")),
    ],
)
def test_instalments_that_do_not_part_the_period_are_refused(parts: tuple[Instalment, ...]) -> None:
    with pytest.raises(InstalmentsOdd):
        share_out(PER_SHARE, roll(1), YEAR, parts)


def test_what_was_agreed_to_is_withheld_if_entitlement_ends_before_it_is_paid() -> None:
    people = [Beneficiary(1, shares=1, spells=(("2023-05", ""),))]
    split = Split("帮扶分红", 100_000, Basis.PER_SHARE, Entitlement.ASSISTANCE)
    (share,) = share_out(split, people, YEAR, ONCE)
    assert withheld_later(share, YEAR, [("2023-05", "2025-11")]) == 8_334
    assert withheld_later(share, YEAR, [("2023-05", "")]) == 0
    assert withheld_later(share, YEAR, []) == 100_000


@given(st.integers(0, 10**9), st.integers(1, 36))
def test_months_add_up_and_differ_by_a_fen_at_most(amount: int, months: int) -> None:
    parts = month_parts(amount, months)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1
    assert all(abs(sum(parts[:n]) - Fraction(amount * n, months)) < 1 for n in range(months))


def test_spells_of_entitlement_may_have_gaps() -> None:
    assert entitled_months(YEAR, [("2024-06", "2025-02"), ("2025-11", "")]) == (
        "2025-01", "2025-02", "2025-11", "2025-12",
    )  # fmt: skip
