"""The draw itself: deterministic, and so written that anybody can do it again with the seed and the list. Pure.

The ticket of a thing is the SHA-256 of ``seed|key`` read as a number; the key is its table and number (asset:12).
Nothing depends on the order in which the population is given.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_START = "start"


@dataclass(frozen=True, slots=True)
class Member:
    """One thing of the population: its key, its value in fen, and how much it weighs in the draw."""

    key: str
    value_fen: int
    weight: int


@dataclass(frozen=True)
class Draw:
    """What was drawn: the keys taken for certain because they weigh an interval or more, and the others.

    ``rest_weight``: what everything weighs that was not taken for certain; 0 where nothing is weighed.
    """

    sure: tuple[str, ...]
    lucky: tuple[str, ...]
    rest_weight: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that was drawn."""
        return (*self.sure, *self.lucky)


def ticket(seed: str, key: str) -> int:
    """Return the number that a seed gives a key."""
    return int(hashlib.sha256(f"{seed}|{key}".encode()).hexdigest(), 16)


def population_digest(members: Iterable[Member]) -> str:
    """Return the digest of a population: key, value and weight of each, a line each, in the order of the keys."""
    lines = sorted(f"{one.key}\t{one.value_fen}\t{one.weight}\n" for one in members)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def draw_at_random(members: Sequence[Member], size: int, seed: str) -> Draw:
    """Draw so many things, each with the same chance: those with the lowest tickets."""
    return Draw((), tuple(one.key for one in _by_ticket(members, seed)[:size]), 0)


def draw_by_weight(members: Sequence[Member], size: int, seed: str) -> Draw:
    """Draw so many things, each with a chance in proportion to its weight (monetary units: the weight is fen).

    Whatever weighs as much as the interval (total by size) is taken for certain, until nothing does; the others are
    laid end to end in the order of their tickets, and every interval from a start of the seed hits one of them. What
    weighs nothing is never drawn.
    """
    rest = [one for one in members if one.weight > 0]
    sure: list[Member] = []
    while rest and len(sure) < size:
        left, total = size - len(sure), sum(one.weight for one in rest)
        large = [one for one in rest if one.weight * left >= total]
        if not large:
            break
        sure += large
        rest = [one for one in rest if one.weight * left < total]
    lucky = _systematic(rest, size - len(sure), seed)
    return Draw(tuple(sorted(one.key for one in sure)), tuple(lucky), sum(one.weight for one in rest))


def _systematic(members: Sequence[Member], size: int, seed: str) -> list[str]:
    """Return what the points start, start + total, ... hit when every weight is stretched by the size.

    Each stretched weight is less than the total, so that no thing is hit twice.
    """
    total = sum(one.weight for one in members)
    if not total or not size:
        return []
    found, point, before = [], ticket(seed, _START) % total, 0
    for one in _by_ticket(members, seed):
        before += one.weight * size
        if point < before:
            found.append(one.key)
            point += total
    return found


def _by_ticket(members: Sequence[Member], seed: str) -> list[Member]:
    return sorted(members, key=lambda one: (ticket(seed, one.key), one.key))
