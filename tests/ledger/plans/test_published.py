"""Published distributions, computed again from their own figures: what adds up, and by how much the rest does not.

The notices stand in ``tests/assets/sheets/published/N_income_distribution_notices.csv``, each with its address.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from registry.ledger.distribution.plans.pool import OfficialYear, Pool, Taken, order_of_law
from registry.ledger.distribution.plans.reconciling import (
    Finding,
    hold_each,
    hold_mean,
    hold_parted,
    hold_sum,
    hold_yield,
    yield_of,
)
from registry.ledger.distribution.plans.shares import Basis, Beneficiary, Split, gross_amounts
from registry.ledger.distribution.plans.uses import Terms
from registry.money import Unit, parse_fen

PUBLISHED = Path(__file__).parents[2] / "assets" / "sheets" / "published"
YUAN, HUNDRED = 100, 10_000
UNITS = {"万元": Unit.WAN, "元": Unit.YUAN}


def notices() -> list[dict[str, str]]:
    with (PUBLISHED / "N_income_distribution_notices.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def amounts(number: str, *directions: str) -> list[int]:
    """The amounts of a notice, in fen, of these directions."""
    return [
        parse_fen(row["金额"].removeprefix("约"), UNITS[row["单位"]])
        for row in notices()
        if row["通知编号"] == number and row["方向"] in directions and row["金额"]
    ]


def told(number: str, text: str) -> bool:
    """Whether the remarks of a notice say this."""
    return any(text in row["计算依据或备注"] for row in notices() if row["通知编号"] == number)


def say(finding: Finding) -> str:
    text, params = finding.said()
    return text % params


def test_every_notice_that_states_amounts_has_a_test_here() -> None:
    numbers = {row["通知编号"] for row in notices() if row["金额"] or row["比例"]}
    assert numbers == {"N01", "N03", "N05", "N07", "N09", "N11", "N13", "N15", "N17", "N19"}


def test_mancheng_n01_published_half_a_yuan_more_than_six_percent_yields_in_a_quarter() -> None:
    (principal,), (paid,) = amounts("N01", "本金"), amounts("N01", "分配")
    finding = hold_yield(paid, principal, 600, 3)
    assert yield_of(principal, 600, 3) == 12_774_750
    assert (finding.gap, finding.adds_up) == (50, False)
    assert say(finding) == "本金按年收益率计算：公布 127,748.00 元，计算 127,747.50 元，多 0.50 元。"
    assert hold_yield(paid, principal, 600, 3, unit_fen=HUNDRED).adds_up, (
        "right to the four decimals it was published with"
    )


def test_yongji_n03_the_items_add_up_and_the_uses_leave_eighty_two_yuan_ninety_two() -> None:
    (total,) = amounts("N03", "收入合计")
    assert hold_sum(total, amounts("N03", "收入")).adds_up
    finding = hold_parted(total, amounts("N03", "分配"))
    assert finding.gap == 8_292
    assert say(finding) == "收入与各项用途合计：公布 4,317,282.92 元，计算 4,317,200.00 元，多 82.92 元。"


def test_heyu_n05_a_household_got_more_than_the_mean_of_all_shares() -> None:
    (total,), shares = amounts("N05", "收入合计"), 4_790
    assert told("N05", "总股数4790股")
    mean = hold_mean(7_448, total, shares)
    assert not mean.adds_up
    assert hold_mean(7_448, total, shares, unit_fen=YUAN).adds_up
    family = hold_each(60_000, 7_448, 5)
    assert say(family) == "每份金额乘份数：公布 600.00 元，计算 372.40 元，多 227.60 元。"
    roll = [Beneficiary(1, shares=713), Beneficiary(2, shares=5), Beneficiary(3, shares=shares - 718)]
    got = gross_amounts(Split("按股分红", total, Basis.PER_SHARE), roll)
    assert {key: amount for key, (amount, *_) in got.items()} == {1: 5_310_510, 2: 37_241, 3: 30_328_749}


def test_houba_n07_a_hundred_yuan_a_year_for_each_household_does_not_make_the_amount() -> None:
    (paid,) = amounts("N07", "分配")
    finding = hold_each(paid, 5_000, 29)
    assert finding.gap == -6_500
    assert say(finding) == "每份金额乘份数：公布 1,385.00 元，计算 1,450.00 元，少 65.00 元。"


def test_hanjiang_n09_fourteen_villages_got_twelve_yuan_more_than_the_total() -> None:
    (total,) = amounts("N09", "收入合计")
    finding = hold_each(total, 425_800, 14)
    assert (finding.gap, finding.adds_up) == (-1_200, False)
    assert hold_each(total, 425_800, 14, unit_fen=HUNDRED).adds_up


def test_muli_n11_the_advance_is_two_thirds_and_the_total_fits_whole_villages() -> None:
    (total,) = amounts("N11", "分配")
    large, small = parse_fen("2万"), parse_fen("0.6万")
    assert Fraction(large, parse_fen("3万")) == Fraction(2, 3)
    assert Fraction(small, large) == Fraction(30, 100), "in proportion to what was put in"
    assert any((total - large * villages) % small == 0 for villages in range(total // large + 1))
    assert hold_sum(total, [large] * 82 + [small] * 8).adds_up


def test_tuoli_n13_is_split_among_twenty_two_villages_and_a_company_to_the_fen() -> None:
    (total,) = amounts("N13", "分配")
    roll = [Beneficiary(key) for key in range(1, 24)]
    got = gross_amounts(Split("光伏收益", total, Basis.PER_HOUSEHOLD), roll)
    assert sum(amount for amount, *_ in got.values()) == total == 60_438_780
    assert sorted({amount for amount, *_ in got.values()}) == [2_627_773, 2_627_774]


def test_hefei_n15_uses_are_the_income_and_the_means_are_right_to_their_places() -> None:
    (total,), (villages, people) = amounts("N15", "收入合计"), amounts("N15", "分配")
    assert hold_parted(total, [villages, people]).adds_up
    assert hold_mean(parse_fen("6.86万"), villages, 21, unit_fen=parse_fen("0.01万")).adds_up
    assert hold_mean(parse_fen("596.03"), people, 15_073, unit_fen=2).adds_up
    assert not hold_mean(parse_fen("596.04"), people, 15_073, unit_fen=2).adds_up, "the check can fail"


def test_changdang_n17_kinds_of_shares_are_a_whole_and_split_any_amount_to_the_fen() -> None:
    parts = [int(row["比例"].removesuffix("%")) for row in notices() if row["通知编号"] == "N17"]
    assert sum(parts) == 100
    roll = [Beneficiary(key, shares=part) for key, part in enumerate(parts, 1)]
    got = gross_amounts(Split("股份", 1_000_001, Basis.PER_SHARE), roll)
    assert [amount for amount, *_ in got.values()] == [300_000, 200_000, 50_000, 100_000, 350_001]
    lifted = gross_amounts(Split("脱贫股", 200_000, Basis.PER_HOUSEHOLD), [Beneficiary(key) for key in range(107)])
    assert sorted({amount for amount, *_ in lifted.values()}) == [1_869, 1_870]


def test_yifeng_n19_about_four_and_a_half_million_is_a_hundred_and_thirty_thousand_too_little() -> None:
    (total,) = amounts("N19", "收入")
    finding = hold_each(total, 450_000, 1_029)
    assert finding.gap == -parse_fen("13.05万")


def test_tongnan_a_grants_shares_yield_five_percent_for_six_years_to_three_holders() -> None:
    grant = parse_fen("100万")
    quantified = grant * 30 // 100
    yearly = Terms(quantified, 500, 12).promised_fen
    assert yearly == parse_fen("1.5万")
    roll = [Beneficiary(1, shares=18), Beneficiary(2, shares=77), Beneficiary(3, shares=5)]
    got = gross_amounts(Split("固定分红", yearly, Basis.PER_SHARE), roll)
    assert [amount for amount, *_ in got.values()] == [270_000, 1_155_000, 75_000]
    assert Terms(quantified, 500, 72).promised_fen == 6 * yearly


def test_nanchuan_forty_shares_of_a_hundred_yuan_for_ninety_two_persons() -> None:
    each = 40 * parse_fen("100")
    assert hold_each(parse_fen("36.8万"), each, 92).adds_up
    roll = [Beneficiary(key, shares=40) for key in range(1, 93)]
    got = gross_amounts(Split("按股分红", parse_fen("1.84万"), Basis.PER_SHARE), roll)
    assert {amount for amount, *_ in got.values()} == {20_000}


def test_qinghe_every_row_yields_six_percent_and_the_sums_are_right() -> None:
    with (PUBLISHED / "T_qinghe_2024_income_table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(parse_fen(row[1], Unit.WAN), parse_fen(row[2], Unit.WAN)) for row in list(csv.reader(file))[1:]]
    assert len(rows) == 5
    assert all(hold_yield(paid, principal, 600, 12).adds_up for principal, paid in rows)
    assert hold_sum(parse_fen("610万"), [principal for principal, _ in rows]).adds_up
    assert hold_sum(parse_fen("36.6万"), [paid for _, paid in rows]).adds_up
    assert not hold_yield(rows[0][1], rows[0][0], 500, 12).adds_up


@pytest.mark.parametrize("percent", [15, 20, 30])
def test_the_fund_of_a_published_income_is_the_charters_part_of_it(percent: int) -> None:
    (total,) = amounts("N05", "收入合计")
    order = order_of_law(Pool((Taken(1, total, total),)), OfficialYear(0, total), percent * 100)
    assert order.fund_fen == total * percent // 100
    assert order.fund_fen + order.uses_fen == total
