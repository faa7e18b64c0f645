"""Lists on notices: pasted, masked, and free of what is nobody's business."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.approvals.notices.tables import (
    NO_TABLE,
    Column,
    NoticeTable,
    PersonalColumn,
    PersonalNumber,
    RaggedTable,
    TableTooLarge,
    UnknownColumn,
    check_open_text,
    parse_table,
    pasted,
    read_table,
    table_text,
)

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Nd")), max_size=20).map(str.strip)


def test_a_list_pasted_from_a_spreadsheet_keeps_its_cells_and_knows_its_names() -> None:
    table = parse_table("姓名\t村民小组\t报酬（元）\r\n谭正国\t一组\t5,520.00\r\n\r\n秦大芳\t二组\t6,240.00\r\n")
    assert table.columns == (Column("姓名", True), Column("村民小组"), Column("报酬（元）"))
    assert table.rows == (("谭正国", "一组", "5,520.00"), ("秦大芳", "二组", "6,240.00"))


def test_a_list_typed_with_commas_is_read_too() -> None:
    assert parse_table("户主，组\n谭正国，一组").rows == (("谭正国", "一组"),)
    assert parse_table(' \n"户主,甲",组\n谭正国,一组').columns[0] == Column("户主,甲", True)
    assert parse_table("  \n") == NO_TABLE


def test_the_public_reads_family_names_and_everything_else_as_it_is() -> None:
    table = parse_table("姓名\t做什么\t见证\n谭正国\t护林\t马兴华\n秦某\t\t", frozenset({"见证"}))
    assert table.masked().rows == (("谭**", "护林", "马**"), ("秦*", "", ""))
    assert table.rows[0][0] == "谭正国"


def test_a_heading_said_to_hold_names_must_be_there() -> None:
    with pytest.raises(UnknownColumn):
        parse_table("组\n一组", frozenset({"证人"}))


@pytest.mark.parametrize("heading", ["身份证号", "联系电话", "银行卡号", "收款账号", "家庭住址"])
def test_columns_of_numbers_and_addresses_of_persons_are_refused(heading: str) -> None:
    with pytest.raises(PersonalColumn):
        parse_table(f"姓名\t{heading}\n谭正国\tx")


@pytest.mark.parametrize(
    "text",
    [
        "500240196604157736",
        "身份证50024019660415773X",
        "500240 19660415 773X",
        "５００２４０１９６６０４１５７７３６",
        "卡号 6222 0212 3456 7890 123",
        "电话13996057184",
        "139-9605-7184",
        "谭正国（139 9605 7184）",
    ],
)
def test_numbers_of_persons_are_found_however_they_are_written(text: str) -> None:
    with pytest.raises(PersonalNumber):
        check_open_text(text, "body")
    with pytest.raises(PersonalNumber):
        parse_table(f"说明\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-16 至 2026-11-25",
        "资产编号 500240213203J201900001X",
        "区划 500240213203",
        "原值 1,286,400.00 元，渝财农〔2019〕36号",
        "监督电话 12317、023-73301234",
        "2026 年第 3 季度 246,800.00",
    ],
)
def test_amounts_dates_and_numbers_of_things_are_left_alone(text: str) -> None:
    check_open_text(text, "body")


def test_every_row_has_as_many_cells_as_there_are_headings() -> None:
    with pytest.raises(RaggedTable):
        parse_table("姓名\t组\n谭正国")


@pytest.mark.parametrize("text", ["a\t" * 12 + "a", "姓名" + "\n谭" * 2001, "姓名\n" + "长" * 121])
def test_a_list_that_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises(TableTooLarge):
        parse_table(text)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_is_stored_is_read_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    table = NoticeTable((Column("姓名", True), Column("组")), tuple(rows))
    assert read_table(table_text(table)) == table


def test_a_list_can_be_pasted_again_as_it_was() -> None:
    table = parse_table("姓名\t组\n谭正国\t一组")
    assert parse_table(pasted(table)) == table
    assert pasted(NO_TABLE) == ""
