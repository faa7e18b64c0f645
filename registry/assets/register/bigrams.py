"""Two-character words for search: Chinese has no blanks, so every pair of neighbours is a word. Pure.

Words are written in hexadecimal so that punctuation and rare characters are words like any other.
"""

import unicodedata
from itertools import pairwise

from registry.regions import Level, ancestor, level_of

MAX_QUERY = 40


def folded(text: str) -> str:
    """Return text as it is compared: compatibility forms joined, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(text: str) -> list[str]:
    """Return every single character and every pair of neighbours, each once."""
    plain = folded(text)
    words = [f"{ord(a):x}" for a in plain] + [f"{ord(a):x}g{ord(b):x}" for a, b in pairwise(plain)]
    return list(dict.fromkeys(f"g{word}" for word in words))


def document(name: str, short_name: str, region_code: str) -> str:
    """Return the search document of an asset: the words of its names and of the units it lies in."""
    words = dict.fromkeys([*grams(name), *grams(short_name)])
    return " ".join([*words, *region_words(region_code)])


def region_words(region_code: str) -> list[str]:
    """Return a word for each unit that contains this one, from the county down."""
    depth = level_of(region_code).depth
    return [f"r{ancestor(region_code, level)[: level.width]}" for level in list(Level)[1 : depth + 1]]


def query_words(text: str, region_code: str | None = None) -> list[str]:
    """Return the words that a name holding ``text`` must have: its pairs, or its one character."""
    plain = folded(text)[:MAX_QUERY]
    words = [word for word in grams(plain) if len(plain) == 1 or "g" in word[1:]]
    if region_code is not None and level_of(region_code) is not Level.MUNICIPALITY:
        words.append(region_words(region_code)[-1])
    return words
