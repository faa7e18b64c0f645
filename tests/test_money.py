"""Money: what people type, splitting to the last fen, and how it is written."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.money import (
    MAX_FEN,
    AmountTooLarge,
    FinerThanFen,
    NotAnAmount,
    Unit,
    allocate,
    capital_amount,
    format_wan,
    format_yuan,
    parse_fen,
    plain_yuan,
)

READ = [
    ("486000", 48_600_000),
    ("486,000.00", 48_600_000),
    ("48.6万", 48_600_000),
    ("48.6 万元", 48_600_000),
    ("￥3000", 300_000),
    ("１，２８６，４００．００", 128_640_000),
    ("26045.5340万元", 26_045_534_000),
    ("431.728292万元", 431_728_292),
    ("0.0002亿", 2_000_000),
    ("-12.5", -1_250),
]
NOT_AMOUNTS = ["", "abc", "1,23", "1_000", "NaN", "1e5", "٣", "--1", "近290万", "*元", "12..5", "1,234,56"]


@pytest.mark.parametrize(("text", "fen"), READ)
def test_amounts_are_read_as_people_type_them(text: str, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_fen(text)


def test_a_fraction_of_a_fen_is_refused() -> None:
    with pytest.raises(FinerThanFen):
        parse_fen("0.001")


def test_an_amount_beyond_exact_json_numbers_is_refused() -> None:
    with pytest.raises(AmountTooLarge):
        parse_fen("9999999999", Unit.YI)


def test_a_written_unit_wins_over_the_unit_of_the_column() -> None:
    assert parse_fen("20万元", Unit.YUAN) == parse_fen("20", Unit.WAN) == 20_000_000


@given(st.integers(-MAX_FEN, MAX_FEN))
def test_every_amount_survives_writing_and_reading(fen: int) -> None:
    assert parse_fen(plain_yuan(fen)) == parse_fen(format_yuan(fen)) == fen


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    with contextlib.suppress(NotAnAmount, FinerThanFen, AmountTooLarge):
        assert isinstance(parse_fen(text), int)


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_shares_sum_to_the_total_and_stay_within_a_fen(total: int, weights: list[int]) -> None:
    shares, whole = allocate(total, weights), sum(weights)
    assert sum(shares) == total
    assert all(abs(share * whole - total * weight) < whole for share, weight in zip(shares, weights, strict=True))


def test_the_earlier_one_gets_the_odd_fen_on_a_tie() -> None:
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_must_make_sense(weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"weights|empty"):
        allocate(100, weights)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (110, "壹元壹角整"),
        (101, "壹元零壹分"),
        (128_640_000, "壹佰贰拾捌万陆仟肆佰元整"),
        (10_050_000, "壹拾万零伍佰元整"),
        (10_000_010_000, "壹亿零壹佰元整"),
        (1_000_000_001, "壹仟万元零壹分"),
        (-300_000, "负叁仟元整"),
    ],
)
def test_capital_amounts_follow_the_rules_of_vouchers(fen: int, text: str) -> None:
    assert capital_amount(fen) == text


def test_wan_is_rounded_half_up_and_grouped() -> None:
    assert format_wan(128_640_000) == "128.64"
    assert format_wan(346_285_000_000 + 5_000) == "346,285.01"
