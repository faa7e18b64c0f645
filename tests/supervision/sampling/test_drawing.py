"""The draw can be done again by anybody, does not depend on order, and takes for certain what weighs an interval."""

import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from registry.supervision.sampling.drawing import (
    Member,
    draw_at_random,
    draw_by_weight,
    population_digest,
    ticket,
)

_WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=60)
_SIZES = st.integers(min_value=1, max_value=70)
_SEEDS = st.text("abcdef0123456789", min_size=1, max_size=16)


def members(weights: list[int]) -> list[Member]:
    return [Member(f"asset:{number}", weight, weight) for number, weight in enumerate(weights, 1)]


def shuffled(found: list[Member]) -> list[Member]:
    mixed = [*found]
    random.Random(1).shuffle(mixed)
    return mixed


def test_a_ticket_is_what_anybody_computes() -> None:
    assert ticket("7f3a", "asset:12") == int(hashlib.sha256(b"7f3a|asset:12").hexdigest(), 16)


def test_a_worked_example_with_real_numbers() -> None:
    """Five assets of 100, 50, 30, 15 and 5: of three, the first two are certain, and one is drawn from the other 50."""
    found = draw_by_weight(members([100, 50, 30, 15, 5]), 3, "2026")
    assert (found.rest_weight, found.sure) == (50, ("asset:1", "asset:2"))
    assert len(found.lucky) == 1


@given(_WEIGHTS, _SIZES, _SEEDS)
def test_the_same_seed_draws_the_same(weights: list[int], size: int, seed: str) -> None:
    there = members(weights)
    assert draw_at_random(there, size, seed) == draw_at_random(there, size, seed)
    assert draw_by_weight(there, size, seed) == draw_by_weight(there, size, seed)


@given(_WEIGHTS, _SIZES, _SEEDS)
def test_the_order_of_the_population_does_not_matter(weights: list[int], size: int, seed: str) -> None:
    there = members(weights)
    assert draw_at_random(there, size, seed) == draw_at_random(shuffled(there), size, seed)
    assert draw_by_weight(there, size, seed) == draw_by_weight(shuffled(there), size, seed)
    assert population_digest(there) == population_digest(shuffled(there))


@given(_WEIGHTS, _SIZES, _SEEDS)
def test_so_many_are_drawn_as_asked_and_none_twice(weights: list[int], size: int, seed: str) -> None:
    there = members(weights)
    by_chance, by_weight = draw_at_random(there, size, seed).keys, draw_by_weight(there, size, seed).keys
    assert len(set(by_chance)) == len(by_chance) == min(size, len(there))
    heavy = [one for one in there if one.weight]
    assert len(set(by_weight)) == len(by_weight) == min(size, len(heavy))
    assert set(by_weight) <= {one.key for one in heavy}


@given(_WEIGHTS, _SIZES, _SEEDS)
def test_whatever_weighs_an_interval_is_certain(weights: list[int], size: int, seed: str) -> None:
    there = members(weights)
    found, total = draw_by_weight(there, size, seed), sum(weights)
    certain = {one.key for one in there if one.weight and one.weight * size >= total}
    assert certain <= set(found.sure)


def test_what_weighs_more_is_drawn_more_often() -> None:
    there = members([40, 20, 10, 10, 10, 10])
    hits = [draw_by_weight(there, 2, f"seed-{number}").lucky.count("asset:1") for number in range(2000)]
    # 40 of 100 in two intervals: four draws of five.
    assert 1500 < sum(hits) < 1700


def test_another_seed_and_another_population_show() -> None:
    there = members([7] * 50)
    assert len({draw_at_random(there, 5, f"s{number}").keys for number in range(20)}) == 20
    assert population_digest(there) != population_digest(there[1:])
    assert population_digest(there) != population_digest(members([7] * 49 + [8]))
