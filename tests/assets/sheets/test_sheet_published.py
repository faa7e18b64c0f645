"""The decided outcome of every published table (OUTCOMES.md says why)."""

import pytest

from registry.assets.register.funding import FundingSource
from registry.assets.register.reading.problems import ProblemKind
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.records import Defaults, ProjectRow
from registry.assets.register.sheets.rows import RowKind
from registry.assets.register.sheets.tables import Table, read_table
from registry.money import Unit
from tests.assets.sheets.sheet_samples import PUBLISHED, everywhere, pasted, published

#: Table → kind, rows, importable, invalid, skipped; the person chose 万元 where the table states no unit.
OUTCOMES = {
    "T_banan_2026_project_library_partial": (TableKind.PROJECTS, 3, 1, 0, 2),
    "T_beiguan_2018_fund_table": (TableKind.PROJECTS, 4, 3, 0, 1),
    "T_beita_2020_fund_table": (TableKind.PROJECTS, 20, 15, 1, 4),
    "T_daye_2024_plan_table": (TableKind.PROJECTS, 4, 0, 1, 3),
    "T_qinghe_2024_income_table": (TableKind.UNKNOWN, 6, 0, 0, 6),
    "T_xinxiang_hitech_2018_fund_table": (TableKind.PROJECTS, 2, 1, 0, 1),
}


def read(name: str, unit: Unit | None = Unit.WAN) -> Table:
    """Read a published table as a person would who chose the unit."""
    return read_table(published(name), everywhere(), defaults=Defaults(unit=unit))


def projects(table: Table) -> list[ProjectRow]:
    """Return the importable projects."""
    rows = [row.values for row in table.importable]
    assert all(isinstance(row, ProjectRow) for row in rows)
    return [row for row in rows if isinstance(row, ProjectRow)]


def said(table: Table) -> list[str]:
    """Return what the problems and notices of a table say."""
    notices = [*table.notices, *(notice for row in table.rows for notice in row.notices)]
    return [str(problem.problem) for problem in table.problems] + [str(notice.text) for notice in notices]


def test_every_published_table_has_a_decided_outcome() -> None:
    assert {path.stem for path in PUBLISHED.glob("T_*.csv")} == OUTCOMES.keys()


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_published_table_comes_out_as_decided(name: str) -> None:
    table = read(name)
    counts = (table.kind, table.row_count, len(table.importable), len(table.invalid), len(table.skipped))
    assert counts == OUTCOMES[name]


@pytest.mark.parametrize("name", sorted(path.stem for path in PUBLISHED.glob("*.csv")))
def test_the_counts_of_every_file_add_up_to_its_rows(name: str) -> None:
    table = read(name, unit=None)
    assert len(table.importable) + len(table.invalid) + len(table.skipped) == table.row_count
    rows = [row.row for row in table.rows] + [skipped.row for skipped in table.skipped]
    assert sorted(rows) == list(range(1, table.row_count + 1))


@pytest.mark.parametrize("name", ["T_banan_2026_project_library_partial", "T_xinxiang_hitech_2018_fund_table"])
def test_a_table_without_a_unit_imports_nothing_until_a_person_chooses_it(name: str) -> None:
    table = read(name, unit=None)
    assert not table.importable
    assert {problem.kind for problem in table.problems} == {ProblemKind.AMOUNT}
    assert table.heading is not None
    assert table.heading.without_unit


def test_banan_its_nameless_totals_row_is_skipped_and_told_to_differ_from_the_one_row_published() -> None:
    table = read("T_banan_2026_project_library_partial")
    assert [skipped.kind for skipped in table.skipped] == [RowKind.HEADING, RowKind.TOTAL]
    assert "合计写 121,414,700.00 元，1 行相加是 2,300,000.00 元" in said(table)


def test_banan_the_village_is_read_from_its_collective_and_the_dates_are_months() -> None:
    (project,) = projects(read("T_banan_2026_project_library_partial"))
    assert (project.region_code, project.subtotal_fen) == ("500113116201", 2_300_000_00)
    assert [line.source for line in project.funding] == [FundingSource.TRANSITION_FUND]
    assert project.starts_on is not None
    assert project.starts_on.text() == "2026-01"


def test_beiguan_blanks_in_headings_and_units_in_cells_need_no_help() -> None:
    table = read("T_beiguan_2018_fund_table", unit=None)
    assert [project.subtotal_fen for project in projects(table)] == [200_000_00, 200_000_00, 735_000_00]
    assert "270米×4米×0.2米" in (projects(table)[2].content or "")


def test_beita_subtotals_and_total_agree_with_their_rows() -> None:
    table = read("T_beita_2020_fund_table")
    assert [skipped.row for skipped in table.skipped] == [1, 9, 18, 20]
    assert table.notices == ()


def test_beita_a_subtotal_that_does_not_agree_is_told() -> None:
    wrong = pasted("村名|项目名称|资金金额(万元)", "苗儿村|水果基地|20", "田江村|蔬菜基地|30", "小计||51")
    (notice,) = read_table(wrong, everywhere()).notices
    assert str(notice.text) == "小计写 510,000.00 元，2 行相加是 500,000.00 元"


def test_beita_notes_inside_amounts_become_remarks() -> None:
    remarks = [project.remarks for project in projects(read("T_beita_2020_fund_table")) if project.remarks]
    assert remarks == ["资金金额：其中,灾情因素6万元"] * 2


def test_beita_leading_blanks_of_names_are_left_out() -> None:
    assert projects(read("T_beita_2020_fund_table"))[3].name == "水果基地"


def test_beita_interest_subsidy_has_no_village_and_forms_no_asset() -> None:
    table = read("T_beita_2020_fund_table")
    assert [(problem.row, problem.kind) for problem in table.problems] == [(19, ProblemKind.REQUIRED)]
    assert "名称里有“贴息”，多半是补助，不形成资产" in said(table)


def test_daye_two_heading_tiers_are_joined_and_the_total_stands_first() -> None:
    table = read("T_daye_2024_plan_table")
    assert table.heading is not None
    assert table.heading.tiers == 2
    assert "资金来源/其他 资金" in [column.text for column in table.heading.columns]
    assert [skipped.kind for skipped in table.skipped] == [RowKind.HEADING, RowKind.HEADING, RowKind.TOTAL]
    assert table.notices == ()


def test_daye_a_project_in_two_villages_is_a_decision_for_a_person() -> None:
    assert said(read("T_daye_2024_plan_table")) == ["一格里有两个以上的村，是联建"]


def test_qinghe_an_income_table_is_neither_assets_nor_projects() -> None:
    table = read("T_qinghe_2024_income_table")
    assert [kind for kind, _ in table.skipped_counts] == [RowKind.HEADING, RowKind.UNREAD]


def test_xinxiang_money_spent_on_a_subsidy_is_a_project_with_a_warning_never_an_asset() -> None:
    table = read("T_xinxiang_hitech_2018_fund_table")
    assert "名称里有“保障机制”，多半是补助，不形成资产" in said(table)
    as_assets = read_table(
        published("T_xinxiang_hitech_2018_fund_table"),
        everywhere(),
        defaults=Defaults(unit=Unit.WAN),
        kind=TableKind.ASSETS,
    )
    assert not as_assets.importable


def test_a_column_of_money_units_is_not_mixed_with_the_unit_a_person_chose() -> None:
    table = read("N_disposal_and_change_notices")
    assert any("单位列写的是金额的单位“元”" in text for text in said(table))
    assert not table.importable
