"""Ledgers of assets: headings in any shape, rows of every kind, and what must hold inside a row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.reading.cells import EMPTY, Cell, Sheet
from registry.assets.register.reading.problems import ProblemKind
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.heading_texts import Confidence
from registry.assets.register.sheets.records import AssetRow, Defaults
from registry.assets.register.sheets.rows import RowKind
from registry.assets.register.sheets.tables import Table, read_table
from registry.assets.register.sheets.workbooks import read_workbook
from registry.kinds import Category
from registry.money import Unit
from tests.assets.sheets.sheet_samples import ledger, number, pasted, text, xlsx, zhongyi

HEAD = "资产名称|资产类别|所在村|购建时间|原值(元)"
GOOD = "蓄水池|公益性|华溪村|2018.5|486000"


def read(*rows: str) -> Table:
    """Read rows whose cells are separated by |."""
    return read_table(pasted(*rows), zhongyi())


def asset(table: Table) -> AssetRow:
    """Return the only asset."""
    (row,) = table.rows
    assert isinstance(row.values, AssetRow)
    return row.values


def problems(table: Table) -> list[tuple[int, str, str, str, str]]:
    """Return the report as the page shows it: 行号 | 列 | 单元格原值 | 问题 | 怎么改."""
    return [(p.row, p.column, p.value, str(p.problem), str(p.remedy)) for p in table.problems]


def test_a_good_row_is_read_whole() -> None:
    row = asset(read(HEAD, GOOD))
    assert (row.name, row.category, row.region_code) == ("蓄水池", Category.PUBLIC_WELFARE, "500240213203")
    assert row.original_value_fen == 486_000_00
    assert row.acquired_on is not None
    assert row.acquired_on.text() == "2018-05"


def test_the_report_of_the_design_word_for_word() -> None:
    table = read(
        "资产名称|类别|所在村|购建年度|原值(元)|数量|信用代码|所有权份额|验收日期",
        "一|公益|华溪村|2018|128.64万",
        "二|公益|华溪村|2o19|1",
        "三|公益|中坝村|2018|1",
        "四|经营/公益|华溪村|2018|1",
        "五|公益|华溪村|2018|1||N2500240MFI203840W",
        "六|公益|华溪村|2018|1|||60% 50%",
        "七|公益|华溪村|2018|1||||2018.13",
        "八|公益|华溪村|2018|",
        "九|公益|华溪村|2018|1|3.2公里/1座",
    )
    assert problems(table) == [
        (2, "原值(元)", "128.64万", "表头是“元”，单元格写“万”，拿不准单位", "填 1286400.00，或把表头改成“万元”"),
        (3, "购建年度", "2o19", "第 2 个字符是字母 o，不是数字", "改成 2019"),
        (4, "所在村", "中坝村", "中益乡的 7 个村里没有中坝村", "相近的有坪坝村；核实后改，或填村代码"),
        (5, "类别", "经营/公益", "一项资产只能归一类", "留一类；两类都有就拆成两行"),
        (6, "信用代码", "N2500240MFI203840W", "第 11 位是字母 I，代码里没有这个字母", "对照证书，多半是数字 1"),
        (7, "所有权份额", "60% 50%", "份额加起来 110%", "改到合计正好 100%"),
        (8, "验收日期", "2018.13", "没有 13 月", "对照验收单，填如 2018-03 或 2018.3"),
        (9, "原值(元)", "", "必填，单元格是空的", "填金额；未形成资产的移到“项目”表"),
        (10, "数量", "3.2公里/1座", "一格里有两个单位", "拆成两行，或只留主要单位"),
    ]


def test_funds_that_miss_the_original_value_are_refused_with_the_gap() -> None:
    head = HEAD + "|中央衔接资金(元)|市级衔接资金(元)|自筹资金(元)|资金合计(元)"
    table = read(head, GOOD + "|300000|100000|80000|480,000.00")
    expected = "三笔资金相加比原值 486,000.00 少 6,000.00"
    assert problems(table) == [(2, "资金合计(元)", "480,000.00", expected, "补上少的一笔，来源不清填“来源待核”")]


def test_funds_that_meet_the_original_value_are_lines_by_source_and_level() -> None:
    row = asset(read(HEAD + "|中央衔接资金(元)|自筹资金(元)", GOOD + "|480000|6000"))
    assert [(line.source, line.level, line.amount_fen) for line in row.funding] == [
        (FundingSource.TRANSITION_FUND, FundingLevel.CENTRAL, 480_000_00),
        (FundingSource.SELF_RAISED, FundingLevel.OTHER, 6_000_00),
    ]


def test_an_original_value_without_sources_is_one_line_to_be_verified_and_said_so() -> None:
    table = read(HEAD, GOOD)
    assert [(line.source, line.amount_fen) for line in asset(table).funding] == [(FundingSource.UNVERIFIED, 486_000_00)]
    assert [str(notice.text) for notice in table.rows[0].notices] == ["没有写资金来源，全部记为“来源待核”"]


def test_sources_without_an_original_value_make_it_and_say_so() -> None:
    table = read("资产名称|类别|所在村|购建时间|衔接资金(万元)|自筹资金(万元)", "池|公益|华溪村|2018|40|8.6")
    assert asset(table).original_value_fen == 486_000_00
    assert [str(notice.text) for notice in table.rows[0].notices] == ["没有原值，按各笔资金之和 486,000.00 元算"]


def test_one_written_source_takes_the_whole_value() -> None:
    (line,) = asset(read(HEAD + "|资金来源", GOOD + "|中央财政衔接资金")).funding
    assert (line.source, line.level) == (FundingSource.TRANSITION_FUND, FundingLevel.CENTRAL)


def test_money_of_one_source_in_two_columns_is_added_up() -> None:
    table = read(HEAD + "|2019年衔接资金(元)|2020年衔接资金(元)", GOOD + "|400000|86000")
    assert [line.amount_fen for line in asset(table).funding] == [486_000_00]
    assert not table.problems


def test_a_fund_that_cannot_be_read_is_one_problem_and_not_also_a_gap() -> None:
    table = read(HEAD + "|衔接资金(元)", GOOD + "|约40万")
    assert [problem.kind for problem in table.problems] == [ProblemKind.AMOUNT]


def test_every_row_of_the_file_is_counted_once() -> None:
    table = read(
        "中益乡扶贫资产台账",
        "填报单位：中益乡|||单位：万元",
        "资产名称|类别|所在村|购建时间|原值",
        "甲|公益|华溪村|2018|1",
    )
    assert [(skipped.row, skipped.kind) for skipped in table.skipped] == [
        (1, RowKind.TITLE),
        (2, RowKind.UNIT_NOTE),
        (3, RowKind.HEADING),
    ]
    assert table.row_count == 4
    assert asset(table).original_value_fen == 10_000_00


def test_rows_that_are_no_assets_are_skipped_with_their_reason() -> None:
    table = read(
        "序号|" + HEAD,
        "甲|乙|丙|丁|1|2",
        "1|" + GOOD,
        "",
        "小 计|||||486000",
        "二、公益性资产",
        "序号|" + HEAD,
        "2|" + GOOD,
        "合  计：|||||972000",
        "注：本表按 2024 年底数填报",
        "填表人：张某||审核人：李某",
    )
    assert len(table.importable) == 2
    assert [skipped.kind for skipped in table.skipped] == [
        RowKind.HEADING,
        RowKind.HEADING,
        RowKind.EMPTY,
        RowKind.SUBTOTAL,
        RowKind.NOTE,
        RowKind.HEADING,
        RowKind.TOTAL,
        RowKind.NOTE,
        RowKind.NOTE,
    ]
    assert table.notices == ()


@pytest.mark.parametrize("name", ["小计量泵房", "共计水电站", "合计桥", "说明牌", "注水井"])
def test_a_thing_whose_name_looks_like_a_total_is_a_thing(name: str) -> None:
    assert len(read("序号|" + HEAD, f"1|{name}|公益|华溪村|2018|5").importable) == 1


def test_columns_are_found_in_any_order_and_with_blanks_inside_their_names() -> None:
    row = asset(read("原 值（元）|购建\u3000时间|所 在 村|资产 名称|类 别", "5|2018|华溪村|池|公益"))
    assert (row.name, row.original_value_fen) == ("池", 500)


def test_a_remembered_mapping_takes_precedence_and_can_leave_columns_out() -> None:
    sheet = pasted("宝贝|类别|所在村|购建时间|原值(元)|备注", "池|公益|华溪村|2018|5|x")
    table = read_table(sheet, zhongyi(), remembered={"宝 贝": "name", "备注": "ignore"})
    assert (asset(table).name, asset(table).remarks, asset(table).extras) == ("池", None, ())


def test_columns_nobody_knows_are_listed_for_mapping_and_their_texts_kept() -> None:
    table = read(HEAD + "|天气", GOOD + "|晴")
    assert table.heading is not None
    assert [(column.text, column.confidence) for column in table.heading.to_map] == [("天气", Confidence.NONE)]
    assert asset(table).extras == (("天气", "晴"),)


def test_two_columns_of_one_meaning_are_left_to_a_person() -> None:
    table = read(HEAD + "|原始价值(元)", GOOD + "|7")
    assert table.heading is not None
    assert [column.confidence for column in table.heading.to_map] == [Confidence.DOUBLE]
    assert asset(table).original_value_fen == 486_000_00


def test_what_a_person_chose_for_the_file_stands_only_where_the_table_is_silent() -> None:
    sheet = pasted("资产名称|类别|所在村|原值", "池||  |5", "渠|经营|坪坝村|5")
    chosen = Defaults(unit=Unit.WAN, region_code="500240213203", category=Category.PUBLIC_WELFARE, project_year=2018)
    first, second = (row.values for row in read_table(sheet, zhongyi(), defaults=chosen).importable)
    assert isinstance(first, AssetRow)
    assert isinstance(second, AssetRow)
    assert (first.category, first.region_code) == (Category.PUBLIC_WELFARE, "500240213203")
    assert (second.category, second.region_code) == (Category.OPERATING, "500240213205")


def test_a_class_that_cannot_be_read_is_not_covered_by_the_chosen_one() -> None:
    sheet = pasted(HEAD, GOOD.replace("公益性", "其它"))
    table = read_table(sheet, zhongyi(), defaults=Defaults(category=Category.OPERATING))
    assert asset(table).category is None
    assert [problem.kind for problem in table.problems] == [ProblemKind.CATEGORY]


def test_the_places_of_several_columns_are_one_place() -> None:
    head, cells = "资产名称|类别|乡镇|村|购建时间|原值(元)", "池|公益|中益乡|华溪|2018|5"
    assert asset(read(head, cells)).region_code == "500240213203"


def test_two_owners_need_shares() -> None:
    table = read(HEAD + "|产权所有人", GOOD + "|甲村合作社、乙村合作社")
    assert [problem.kind for problem in table.problems] == [ProblemKind.SHARES]


def test_nameless_shares_go_to_the_owners_in_order() -> None:
    row = asset(read(HEAD + "|产权所有人|份额", GOOD + "|甲社、乙社|60%、40%"))
    assert [(share.name, share.share_bp) for share in row.owner_shares] == [("甲社", 6000), ("乙社", 4000)]


def test_a_quantity_and_its_unit_column_must_not_differ() -> None:
    table = read(HEAD + "|数量|单位", GOOD + "|3亩|座")
    assert [str(problem.problem) for problem in table.problems] == ["数量里写“亩”，单位列写“座”"]


def test_merged_headings_of_two_tiers_are_read_from_a_workbook() -> None:
    data = xlsx(
        [
            ["资产台账", *[None] * 6],
            ["资产名称", "类别", "所在村", "购建时间", "原值(万元)", "资金来源(万元)", None],
            [None, None, None, None, None, "中央衔接资金", "自筹资金"],
            ["池", "公益", "华溪村", 2018, 48.6, 40, 8.6],
        ],
        ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2"],
    )
    table = read_table(read_workbook(data, "a.xlsx")[0], zhongyi())
    assert table.heading is not None
    assert (table.heading.first_row, table.heading.tiers, table.heading.to_map) == (2, 2, ())
    assert [line.amount_fen for line in asset(table).funding] == [400_000_00, 86_000_00]


def test_a_merged_text_counts_for_every_row_and_a_merged_amount_for_none() -> None:
    data = xlsx(
        [HEAD.split("|"), ["甲", "公益", "华溪村", 2018, 5], ["乙", "公益", None, 2018, None]], ["C2:C3", "E2:E3"]
    )
    table = read_table(read_workbook(data, "a.xlsx")[0], zhongyi())
    assert [row.values.region_code for row in table.rows] == ["500240213203"] * 2
    assert [(problem.row, str(problem.problem)) for problem in table.problems] == [
        (2, "从第 2 行起几行合并成一格，分不出各行是多少"),
        (3, "从第 2 行起几行合并成一格，分不出各行是多少"),
    ]


def test_a_sheet_without_a_heading_is_skipped_whole() -> None:
    table = read("一些话", "另一些话|和数|3")
    assert (table.kind, table.heading, table.row_count, len(table.skipped)) == (TableKind.UNKNOWN, None, 2, 2)


def test_a_ledger_of_three_hundred_rows_is_read_without_a_problem() -> None:
    table = read_table(read_workbook(xlsx(ledger(300)), "a.xlsx")[0], zhongyi())
    assert (len(table.importable), table.problems, table.notices) == (300, (), ())


CELLS = st.one_of(
    st.just(EMPTY),
    st.sampled_from(
        ["合计", "小计", "资产名称", "原值", "类别", "所在村", "单位：万元", "公益", "华溪村", "2018", "注"]
    ).map(text),
    st.integers(-5, 10**6).map(lambda value: number(str(value))),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip).map(text),
)


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=8), st.booleans(), st.sampled_from([None, *TableKind]))
def test_no_sheet_breaks_the_reading_and_every_row_is_counted(
    rows: list[tuple[Cell, ...]], headed: bool, kind: TableKind | None
) -> None:
    head = [tuple(text(heading) for heading in HEAD.split("|"))] if headed else []
    sheet = Sheet("任意", (*head, *rows))
    table = read_table(sheet, zhongyi(), kind=kind)
    counted = [row.row for row in table.rows] + [skipped.row for skipped in table.skipped]
    assert sorted(counted) == list(range(1, table.row_count + 1))
    assert all(str(problem.problem) and str(problem.remedy) for problem in table.problems)
