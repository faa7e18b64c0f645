"""Words of fixed lists, shares, codes and the names of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.categories import SUBTYPES, AccountingSystem, Publicity, Subtype, TitleStatus, UseStatus
from registry.assets.register.funding import FundingLevel, FundingSource, funding_kind
from registry.assets.register.reading.choices import CHOICES, find_subtype, parse_choice
from registry.assets.register.reading.lines import lines_text, parse_lines
from registry.assets.register.reading.problems import Problem
from registry.assets.register.reading.values import (
    LATITUDES,
    LONGITUDES,
    WHOLE_BP,
    OwnerShare,
    months_text,
    parse_category,
    parse_degrees,
    parse_months,
    parse_owner_code,
    parse_owner_kind,
    parse_shares,
)
from registry.assets.register.registration import DepreciationMethod, FundingFact
from registry.assets.register.sheets.places import Found, Several, Unknown, match_region, parse_region
from registry.kinds import Category, OwnerKind
from registry.text import Labelled
from tests.assets.sheets.sheet_samples import everywhere, number, text, zhongyi


def reason(read: object) -> tuple[str, str]:
    """Return the reason and remedy of a refusal."""
    assert isinstance(read, Problem)
    return str(read.text), str(read.remedy)


@pytest.mark.parametrize(
    ("written", "category"),
    [
        ("经营性资产", Category.OPERATING),
        ("公益", Category.PUBLIC_WELFARE),
        ("非经营性", Category.PUBLIC_WELFARE),
        ("公益性（非经营性）", Category.PUBLIC_WELFARE),
        ("到户类", Category.HOUSEHOLD),
    ],
)
def test_the_words_for_the_three_classes(written: str, category: Category) -> None:
    assert parse_category(text(written)) is category


def test_an_asset_has_one_class() -> None:
    assert reason(parse_category(text("经营/公益"))) == ("一项资产只能归一类", "留一类；两类都有就拆成两行")


def test_an_unknown_class_is_not_guessed() -> None:
    assert isinstance(parse_category(text("固定资产")), Problem)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("村集体", OwnerKind.VILLAGE_COLLECTIVE), ("国有企业", OwnerKind.STATE), ("农户", OwnerKind.HOUSEHOLD)],
)
def test_the_words_for_owners(written: str, kind: OwnerKind) -> None:
    assert parse_owner_kind(text(written)) is kind


def test_two_kinds_of_owner_are_refused() -> None:
    assert isinstance(parse_owner_kind(text("村集体、农户")), Problem)


CHOSEN = [
    ("accounting_system", "是", AccountingSystem.COLLECTIVE),
    ("accounting_system", "未纳入", AccountingSystem.NONE),
    ("use_status", "正常使用", UseStatus.IN_USE),
    ("use_status", "未使用", UseStatus.IDLE),
    ("title_status", "未确权", TitleStatus.UNCONFIRMED),
    ("publicity", "已公示", Publicity.VILLAGE),
    ("depreciation_method", "不计提", DepreciationMethod.NONE),
]


@pytest.mark.parametrize(("key", "written", "member"), CHOSEN)
def test_the_words_for_what_the_card_chooses_from(key: str, written: str, member: Labelled) -> None:
    assert parse_choice(key, text(written)) is member


@pytest.mark.parametrize("key", CHOICES)
def test_every_label_of_a_list_means_its_own_member(key: str) -> None:
    for member in CHOICES[key].kind:
        assert parse_choice(key, text(member.label)) is member


def test_a_word_that_is_in_no_list_is_refused_with_the_list() -> None:
    problem = parse_choice("operating_mode", text("很好"))
    assert isinstance(problem, Problem)
    assert "自营、委托、发包" in str(problem.remedy)


@pytest.mark.parametrize("subtype", SUBTYPES, ids=lambda subtype: subtype.code)
def test_every_subtype_is_found_by_its_label_in_its_own_category_only(subtype: Subtype) -> None:
    for category in Category:
        expected = subtype.code if category is subtype.category else None
        assert find_subtype(subtype.label, category) == expected


@pytest.mark.parametrize(
    ("written", "months"), [("20", 240), ("8.5", 102), ("30个月", 30), ("20年", 240), ("33.33", None), ("约20年", None)]
)
def test_a_service_life_is_whole_months(written: str, months: int | None) -> None:
    read = parse_months(text(written))
    assert read == months if months else isinstance(read, Problem)


@given(st.integers(1, 1200))
def test_months_are_written_so_that_they_are_read_back(months: int) -> None:
    assert parse_months(text(months_text(months))) == months


LINES = st.builds(
    FundingFact,
    st.sampled_from(FundingSource),
    st.integers(1, 10**12),
    st.sampled_from(FundingLevel),
    st.none() | st.integers(2000, 2030),
    st.sampled_from(["", "渝财农〔2019〕36号", "渝财农/36号"]),
)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_money_lines_in_one_cell_are_read_back_to_the_fen(lines: list[FundingFact]) -> None:
    assert parse_lines(text(lines_text(lines))) == tuple(lines)


@pytest.mark.parametrize("written", ["80万", "财政/中央/2019//800", "自筹资金/村/去年//800", "自筹资金/村///约800"])
def test_a_money_line_that_cannot_be_read_is_refused(written: str) -> None:
    assert isinstance(parse_lines(text(written)), Problem)


def test_shares_carry_names_and_add_up() -> None:
    assert parse_shares(text("甲村合作社 60%；乙村合作社 40%")) == (
        OwnerShare("甲村合作社", 6000),
        OwnerShare("乙村合作社", 4000),
    )


def test_shares_beyond_the_whole_are_refused_with_their_sum() -> None:
    assert reason(parse_shares(text("60% 50%"))) == ("份额加起来 110%", "改到合计正好 100%")


def test_three_thirds_lack_a_hundredth() -> None:
    assert reason(parse_shares(text("甲33.33%、乙33.33%、丙33.33%")))[0] == "份额加起来 99.99%"


def test_a_whole_kept_as_one_by_a_percent_format_is_the_whole() -> None:
    assert parse_shares(number("1")) == (OwnerShare("", WHOLE_BP),)


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=4), st.booleans())
def test_shares_are_accepted_exactly_when_they_make_the_whole(parts: list[int], whole: bool) -> None:
    if whole:
        parts = [*parts, WHOLE_BP - sum(parts)] if sum(parts) < WHOLE_BP else [WHOLE_BP]
    names = "甲乙丙丁戊"
    written = "；".join(f"{names[i]}社 {part // 100}.{part % 100:02d}%" for i, part in enumerate(parts))
    assert isinstance(parse_shares(text(written)), Problem) is (sum(parts) != WHOLE_BP)


def test_the_letter_a_credit_code_cannot_hold_is_named_by_its_place() -> None:
    expected = ("第 11 位是字母 I，代码里没有这个字母", "对照证书，多半是数字 1")
    assert reason(parse_owner_code(text("N2500240MFI203840W"))) == expected


@pytest.mark.parametrize("code", ["N2500235MF1234567T", "91110000600037341L", "500235199001010017"])
def test_true_codes_are_accepted(code: str) -> None:
    assert parse_owner_code(text(code)) == code


@pytest.mark.parametrize("code", ["N2500235MF1234567X", "9111", "N2500235MF1234567＊"])
def test_false_codes_are_refused(code: str) -> None:
    assert isinstance(parse_owner_code(text(code)), Problem)


def test_a_code_kept_as_a_number_has_lost_its_end() -> None:
    assert "后几位已经丢了" in reason(parse_owner_code(number("500235199001010017")))[0]


def test_swapped_degrees_are_noticed() -> None:
    assert reason(parse_degrees(text("30.2"), LONGITUDES))[0] == "经度和纬度填反了"
    assert not isinstance(parse_degrees(text("30.2"), LATITUDES), Problem)


@pytest.mark.parametrize(
    "written",
    [
        "华溪村",
        "华溪",
        "华溪村民委员会",
        "华溪村委会",
        "中益乡华溪村",
        "石柱县中益乡华溪村",
        "石柱土家族自治县中益乡华溪村民委员会",
        " 华溪 村 ",
        "华溪村三组大坝",
        "中益乡华溪村股份经济合作社",
        "500240213203",
    ],
)
def test_the_ways_to_write_a_village(written: str) -> None:
    match = match_region(written, everywhere())
    assert isinstance(match, Found)
    assert match.code == "500240213203"


def test_a_township_is_a_place_too() -> None:
    assert match_region("中益乡人民政府", everywhere()) == Found("500240213000")


def test_a_missing_village_is_told_with_its_neighbours_in_name() -> None:
    expected = ("中益乡的 7 个村里没有中坝村", "相近的有坪坝村；核实后改，或填村代码")
    assert reason(parse_region("中坝村", zhongyi())) == expected


def test_two_villages_of_one_name_are_told_apart_by_their_township() -> None:
    assert isinstance(match_region("坪坝村", everywhere()), Several)
    assert match_region("黄水镇坪坝村", everywhere()) == Found("500240109202")


def test_two_villages_in_a_cell_are_a_joint_project() -> None:
    match = match_region("方至畈村和东角山村", everywhere())
    assert isinstance(match, Several)
    assert match.joint


def test_a_village_with_and_in_its_name_is_one_village() -> None:
    assert match_region("黄水镇和平村", everywhere()) == Found("500240109201")


def test_a_code_outside_the_scope_is_unknown() -> None:
    assert isinstance(match_region("500101001001", zhongyi()), Unknown)


@given(st.text("华溪坪坝村和、中益乡石柱县三组0123456789 ()", max_size=20))
def test_any_text_is_matched_or_refused(written: str) -> None:
    assert isinstance(parse_region(written, everywhere()), Found | Problem)


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(written: str) -> None:
    for read in (parse_category, parse_owner_kind, parse_months, parse_shares, parse_lines, parse_owner_code):
        read(text(written))
    parse_region(written, zhongyi())


@pytest.mark.parametrize(
    ("written", "source", "level"),
    [
        ("中央衔接资金", FundingSource.TRANSITION_FUND, FundingLevel.CENTRAL),
        ("市级财政专项扶贫资金", FundingSource.POVERTY_FUND, FundingLevel.MUNICIPAL),
        ("自筹资金", FundingSource.SELF_RAISED, FundingLevel.OTHER),
        ("鲁渝协作资金", FundingSource.EAST_WEST, FundingLevel.OTHER),
        ("省级财政资金", FundingSource.OTHER_FISCAL, FundingLevel.MUNICIPAL),
        ("其他资金", FundingSource.UNVERIFIED, FundingLevel.OTHER),
    ],
)
def test_the_words_for_funds(written: str, source: FundingSource, level: FundingLevel) -> None:
    kind = funding_kind(written)
    assert kind is not None
    assert (kind.source, kind.level) == (source, level)


def test_a_word_that_names_no_fund_gives_none() -> None:
    assert funding_kind("建设内容") is None
