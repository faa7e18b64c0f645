"""A search finds what a plain comparison of every name finds."""

import random

import pytest

from registry.assets.register.bigrams import folded
from registry.assets.register.lookup import search
from registry.assets.register.lookup.filters import Filter
from tests.assets.lookup.plain import UNITS, everything, ids, lets_through, seen_by


def random_words(luck: random.Random, count: int) -> list[str]:
    names = [one.name for one in everything()] + [one.short_name for one in everything() if one.short_name]
    words = []
    while len(words) < count:
        name = luck.choice(names)
        start = luck.randrange(len(name))
        word = name[start : start + luck.randrange(1, 5)].strip()
        words += [word] if word else []
    return words


@pytest.mark.parametrize("few", [search.FEW, 0], ids=["from the index", "walking the list"])
@pytest.mark.parametrize("reader", ["municipal_supervisor", "county_clerk", "village_clerk"])
def test_a_search_finds_what_a_plain_comparison_of_every_name_finds(within, full, monkeypatch, reader, few):
    monkeypatch.setattr(search, "FEW", few)
    for word in random_words(random.Random(1), 1000 if full else 60):
        chosen = Filter(q=word)
        expected = [one.id for one in everything() if seen_by(one, UNITS[reader]) and lets_through(chosen, one)]
        assert sorted(ids(chosen, reader)) == expected, word


def scattered_words() -> set[str]:
    """Words whose two pairs stand in a name, but not one after the other."""
    found = set()
    for one in everything():
        name = folded(one.name)
        pairs = {name[i : i + 2] for i in range(len(name) - 1)}
        found |= {a + b[1] for a in pairs for b in pairs if a[1] == b[0] and a + b[1] not in name}
    return found


def test_the_index_without_the_comparison_would_find_too_much(within, monkeypatch):
    words = sorted(scattered_words())
    exact = [len(ids(Filter(q=word), "municipal_supervisor")) for word in words]
    monkeypatch.setattr(search, "holds", lambda *_names: True)
    loose = [len(ids(Filter(q=word), "municipal_supervisor")) for word in words]
    assert sum(loose) > sum(exact)
