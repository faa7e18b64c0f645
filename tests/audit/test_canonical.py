"""Canonical JSON: one value, one text."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.audit.canonical import MAX_DEPTH, MAX_INTEGER, JsonValue, NotCanonical, decode, encode

TEXT = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    """An enum of texts, as models hold them."""

    RED = "RED"


class Step(IntEnum):
    """An enum of numbers."""

    SECOND = 2


@given(VALUES)
def test_what_is_encoded_decodes_to_the_same_value_and_back_to_the_same_text(value: JsonValue) -> None:
    text = encode(value)
    assert decode(text) == value
    assert encode(decode(text)) == text


@given(VALUES)
def test_the_text_is_ordinary_json_in_utf8(value: JsonValue) -> None:
    assert json.loads(encode(value).encode()) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, -5], "B": "资产"}, '{"B":"资产","a":[true,null,-5],"b":1}'),
        ("\u0000\u001f\b\t\n\f\r\"\\/\u007f\u2028", '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028"'),
        ({"n": MAX_INTEGER, "m": -MAX_INTEGER}, '{"m":-9007199254740991,"n":9007199254740991}'),
        (["12345678901234567890", {}], '["12345678901234567890",{}]'),
        ("\n\u0303", '"\\n\u0303"'),
        ({}, "{}"),
    ],
)  # fmt: skip
def test_worked_examples_of_the_canonical_text(value: JsonValue, text: str) -> None:
    assert encode(value) == text
    assert decode(text) == value


def test_enums_are_written_as_their_values() -> None:
    assert encode({"a": Colour.RED, "b": Step.SECOND}) == '{"a":"RED","b":2}'


@pytest.mark.parametrize(
    "value",
    [
        1.0, float("nan"), Decimal(1), date(2026, 1, 1), b"raw", (1, 2), {1: "a"}, {None: 1}, {"键": 1},
        MAX_INTEGER + 1, [-MAX_INTEGER - 1], {"a": [10**40]}, "e\u0301", {"a": ["A\u030a"]}, "\ud800", ["\udfff"],
        {"a": {"b": {"中": 1}}}, [{"a": {2}}],
    ],
)  # fmt: skip
def test_values_without_a_canonical_text_are_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        encode(cast("JsonValue", value))


def test_a_circular_or_too_deep_value_is_refused() -> None:
    circle: list[JsonValue] = []
    circle.append(circle)
    with pytest.raises(NotCanonical):
        encode(circle)
    deep: JsonValue = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    with pytest.raises(NotCanonical):
        encode(deep)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}', '{"b":1,"a":2}', '{"a":1,"a":1}', ' {"a":1}', '{"a":1}\n', '"\\u8d44"', '"\\/"', '"\\u000A"',
        "1.0", "1e3",
        "-0", "01", "NaN", "Infinity", "9007199254740992",
        '"e\u0301"', '"\\ud800"', '{"\u952e":1}', "", "{", "[" * 99999,
        '\ufeff{"a":1}', "'a'", "[1,]", '{"a":-0}',
    ],
)  # fmt: skip
def test_texts_that_are_not_canonical_are_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        decode(text)
