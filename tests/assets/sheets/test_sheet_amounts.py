"""Amounts as they are met in published tables: one exact amount, or a reason."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.reading.amounts import Amount, NoUnit, parse_amount
from registry.assets.register.reading.problems import Problem, ProblemKind
from registry.assets.register.reading.quantities import Quantity, parse_quantity
from registry.money import MAX_FEN, Unit, plain_yuan
from tests.assets.sheets.sheet_samples import PUBLISHED, number, text

#: Every line of AMOUNTS_SEEN: the text, the unit of the heading, and the fen or a word of the reason.
SEEN: dict[str, tuple[Unit | None, int | str]] = {
    "20万元": (None, 200_000_00),
    "26045.5340万元": (None, 260_455_340_00),
    "431.728292万元": (None, 4_317_282_92),
    "724.712484": (Unit.WAN, 7_247_124_84),
    "851.65": (Unit.WAN, 8_516_500_00),
    "近290万元": (None, "约数"),
    "6725余万元": (None, "约数"),
    "约450万元": (None, "约数"),
    "5亿多元": (None, "约数"),
    "叁仟元(¥3000 元)": (None, 3_000_00),
    "*元": (Unit.WAN, "遮住"),
    "4000万": (None, 40_000_000_00),
    "2.77万亿元": (None, 2_770_000_000_000_00),
    "分红45万元": (None, "不是金额"),
    "2950千米": (None, "尺寸或数量"),
    "≥200户": (None, "约数"),
    "4米×0.2米": (None, "尺寸或数量"),
}


def test_every_amount_seen_is_decided_here() -> None:
    with (PUBLISHED / "AMOUNTS_SEEN.csv").open(encoding="utf-8") as lines:
        assert {row["原文"] for row in csv.DictReader(lines)} == SEEN.keys()


@pytest.mark.parametrize("seen", SEEN)
def test_an_amount_seen_reads_as_decided(seen: str) -> None:
    unit, expected = SEEN[seen]
    read = parse_amount(text(seen), unit)
    if isinstance(expected, int):
        assert isinstance(read, Amount)
        assert read.fen == expected
    else:
        assert isinstance(read, Problem)
        assert read.kind is ProblemKind.AMOUNT
        assert expected in str(read.text)


@pytest.mark.parametrize(
    ("written", "unit", "fen"),
    [
        ("1,286,400.00", Unit.YUAN, 1_286_400_00),
        ("１２８６４００元", Unit.YUAN, 1_286_400_00),
        ("128.64万元", Unit.WAN, 1_286_400_00),
        ("20(万元)", None, 200_000_00),
        ("人民币 20 万 元", None, 200_000_00),
        ("壹拾万零伍佰元伍角", None, 100_500_50),
        ("一百二十万元整", None, 1_200_000_00),
        ("0", None, 0),
    ],
)
def test_amounts_are_read_to_the_fen(written: str, unit: Unit | None, fen: int) -> None:
    assert parse_amount(text(written), unit) == Amount(fen)


def test_a_note_beside_an_amount_is_kept() -> None:
    assert parse_amount(text("10(其中,灾情因素6万元)"), Unit.WAN) == Amount(100_000_00, "其中,灾情因素6万元")


@pytest.mark.parametrize(
    ("written", "unit", "reason", "remedy"),
    [
        ("128.64万", Unit.YUAN, "表头是“元”，单元格写“万”，拿不准单位", "填 1286400.00，或把表头改成“万元”"),
        ("200000元", Unit.WAN, "表头是“万元”，单元格写“元”，拿不准单位", "填 20.00，或把表头改成“元”"),
        ("2o0", Unit.YUAN, "第 2 个字符是字母 o，不是数字", "核实后改成 200"),
        ("3000(3500)", Unit.YUAN, "一格里有两个金额：3000.00 元和 3500.00 元", "只留一个，另一个写到备注"),
        ("-5", Unit.YUAN, "金额是负数", "填正数；冲减的金额请在系统里办理变更"),
        ("0.001", Unit.YUAN, "“0.001”比 1 分还小，请核对小数位。", "对照凭证核实后再填，最多到分"),
    ],
)
def test_a_refused_amount_says_why_and_what_to_write(written: str, unit: Unit, reason: str, remedy: str) -> None:
    read = parse_amount(text(written), unit)
    assert isinstance(read, Problem)
    assert (str(read.text), str(read.remedy)) == (reason, remedy)


def test_a_number_without_any_unit_is_asked_about_and_not_guessed() -> None:
    assert isinstance(parse_amount(number("241.3"), None), NoUnit)


def test_the_same_number_with_a_unit_is_not_asked_about() -> None:
    assert parse_amount(number("241.3"), Unit.WAN) == Amount(2_413_000_00)


@given(st.integers(0, MAX_FEN))
def test_what_the_register_writes_it_reads_back(fen: int) -> None:
    assert parse_amount(text(plain_yuan(fen)), Unit.YUAN) == Amount(fen)


@given(st.text(max_size=40), st.sampled_from([None, *Unit]))
def test_any_text_is_an_amount_or_a_problem(written: str, unit: Unit | None) -> None:
    assert isinstance(parse_amount(text(written), unit), Amount | Problem)


@given(st.text("0123456789.,万亿元约余多()（）¥叁仟拾角分整oIl×* ", max_size=20), st.sampled_from([None, *Unit]))
def test_any_text_near_an_amount_is_an_amount_or_a_problem(written: str, unit: Unit | None) -> None:
    read = parse_amount(text(written), unit)
    assert isinstance(read, Problem) or 0 <= read.fen <= MAX_FEN


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [("120亩", "120", "亩"), ("7台(套)", "7", "台(套)"), ("1,136.7平方米", "1136.7", "平方米"), ("3", "3", None)],
)
def test_a_quantity_carries_its_unit(written: str, amount: str, unit: str | None) -> None:
    read = parse_quantity(text(written))
    assert isinstance(read, Quantity)
    assert (str(read.amount), read.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("3.2公里/1座", "一格里有两个单位"),
        ("≥200户", "带比较的数，不是确数"),
        ("约500m2", "是约数，不是确数"),
        ("4米×0.2米", "是尺寸，不是数量"),
        ("1o0", "第 2 个字符是字母 o，不是数字"),
        ("若干", "不是数量"),
    ],
)
def test_a_quantity_that_is_not_one_exact_number_is_refused(written: str, reason: str) -> None:
    read = parse_quantity(text(written))
    assert isinstance(read, Problem)
    assert str(read.text) == reason


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_a_problem(written: str) -> None:
    assert isinstance(parse_quantity(text(written)), Quantity | Problem)
