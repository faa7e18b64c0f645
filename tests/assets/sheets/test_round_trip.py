"""What goes out comes in again: an export changes nothing, a changed cell is a correction, errors come back red."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from registry.assets.register.amendments.models import Correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.lookup.filters import Filter
from registry.assets.register.registration import (
    DatePrecision,
    FundingFact,
    InterestFacts,
    OwnerFact,
    PartialDate,
    Registration,
)
from registry.assets.register.sheets.checking import Upload, chosen_sheet, open_upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.exporting import ExportForm, write_export
from registry.assets.register.sheets.headings import find_heading
from registry.assets.register.sheets.returning import error_workbook
from registry.assets.register.sheets.template import template
from registry.database import db
from registry.kinds import Category, OwnerKind
from tests.assets.sheets.importing import CLERK, GOOD, HEAD, bring_in, check, keep, many, named, pasted, said, told
from tests.factories import VILLAGE, confirmed, entered, person, registration

pytestmark = pytest.mark.usefixtures("app")

FULL = registration(
    short_name="冷库", gbt14885_code="A02061800", location_detail="三组大坝", longitude_e6=108_112_400,
    latitude_e6=30_215_100, project_number="XM-2019-036", plan_document="渝扶办发〔2019〕8号",
    total_investment_fen=150_000_000, quantity_milli=3_250, specification="砖混 二层", scale="库容 300 立方米",
    accepted_on=date(2019, 11, 20), service_months=250, title_status="CONFIRMED", certificate_kind="不动产权证",
    certificate_number="渝（2020）石柱县不动产权第000123号", certificate_on=date(2020, 3, 1), custodian="张三",
    operator="石柱县某农业公司", supervisor="李四", use_status="LEASED", operating_mode="LEASE",
    industry_class="CONSOLIDATE", accounting_system="COLLECTIVE", publicity="VILLAGE", archives="批复；合同",
    remarks="=1+1 备注 - 有两  个空格", acquired=PartialDate(date(2019, 10, 1), DatePrecision.MONTH),
)  # fmt: skip
JOINT = registration(
    name="联建光伏", subtype="PHOTOVOLTAIC", quantity_milli=None,
    owners=(
        OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "华溪村股份经济合作社", 6_000, VILLAGE),
        OwnerFact(OwnerKind.ENTERPRISE, "石柱光伏公司", 4_000, VILLAGE),
    ),
)  # fmt: skip
EQUITY = registration(
    name="入股合作社", subtype="EQUITY", acquired=PartialDate(date(2018, 1, 1), DatePrecision.YEAR), project_year=2018,
    interest=InterestFacts("中益蜂业合作社", "", 3_000, 50_000_000, 600, "GUARANTEED", date(2018, 5, 1),
                           date(2028, 5, 1), "到期退本"),
)  # fmt: skip
WELFARE = registration(
    name="+人饮工程", category=Category.PUBLIC_WELFARE, subtype="DRINKING_WATER", location_code="", unit="",
    funding=(FundingFact(FundingSource.OTHER_FISCAL, 128_640_000, FundingLevel.MUNICIPAL, 2020, "甲/乙；丙号"),),
)  # fmt: skip


def exported(form: ExportForm = ExportForm.XLSX, username: str = CLERK) -> Upload:
    """Return the whole list as a file."""
    out = BytesIO()
    write_export(Filter(), form, out, by=person(username))
    return Upload(out.getvalue(), f"导出.{form.value}")


def put_in(*all_facts: Registration) -> None:
    """Enter and confirm cards."""
    for facts in all_facts:
        confirmed(**{name: getattr(facts, name) for name in Registration.__dataclass_fields__})


@pytest.mark.parametrize("form", ExportForm)
def test_the_round_trip_changes_nothing(form: ExportForm) -> None:
    put_in(FULL, JOINT, EQUITY, WELFARE)
    found = check(exported(form))
    assert said(found) == []
    assert (found.added, found.corrected, found.duplicate) == (0, 0, 0)
    assert [str(one.kind.label) for one in found.report.skipped] == ["表头"] + ["与台账一致"] * 4


def test_a_row_without_its_number_is_the_same_card_again() -> None:
    put_in(FULL)
    book = openpyxl.load_workbook(BytesIO(exported().data))
    sheet = book["台账"]
    sheet.cell(2, 1).value = None
    sheet.cell(2, 2).value = "另一座冷库"
    out = BytesIO()
    book.save(out)
    batch = bring_in(Upload(out.getvalue(), "a.xlsx"))
    first, second = db.session.scalars(select(Asset).order_by(Asset.id))
    same = replace(registration_of(second), name=FULL.name)
    assert batch.added == 1
    assert same == replace(registration_of(first), remarks=same.remarks)


def changed(heading: str, value: object) -> Upload:
    """Return the export with one cell changed."""
    book = openpyxl.load_workbook(BytesIO(exported().data))
    sheet = book["台账"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith(heading))
    sheet.cell(2, column).value = value
    out = BytesIO()
    book.save(out)
    return Upload(out.getvalue(), "改.xlsx")


def test_a_light_cell_that_was_changed_is_a_correction_at_once() -> None:
    put_in(FULL)
    upload = changed("管护人", "王五")
    found = check(upload)
    assert (found.added, found.corrected) == (0, 1)
    assert "更正管护人" in told(found)
    batch = bring_in(upload)
    correction = db.session.scalars(select(Correction)).one()
    assert (batch.corrected, correction.status, correction.batch_id) == (1, "APPLIED", batch.id)
    assert registration_of(named(FULL.name)).custodian == "王五"
    assert "第 2 行" in correction.reason


def test_a_weighty_cell_that_was_changed_waits_for_the_level_above() -> None:
    put_in(FULL)
    upload = changed("数量", "4")
    assert "更正数量，要等上一级确认" in told(check(upload))
    bring_in(upload)
    assert db.session.scalars(select(Correction)).one().status == "WAITING"
    assert registration_of(named(FULL.name)).quantity_milli == FULL.quantity_milli
    assert said(check(upload)) == [(2, "资产编号", "已有一件更正在等上一级确认")]


def test_an_empty_cell_leaves_the_card_as_it_is() -> None:
    put_in(FULL)
    assert check(changed("管护人", None)).corrected == 0


def test_a_value_without_its_money_is_a_row_to_mend() -> None:
    put_in(FULL)
    assert [column for _, column, _ in said(check(changed("原值", 5000)))] == ["资金合计"]


def test_a_card_nobody_confirmed_is_not_corrected_by_a_file() -> None:
    entered()
    found = check(changed("管护人", "王五"))
    assert [text for _, _, text in said(found)] == ["这项资产现在是“待第二人确认”，不能更正"]


def test_a_number_of_another_unit_does_not_exist() -> None:
    put_in(FULL)
    upload = changed("管护人", "王五")
    found = check(upload, "sibling_clerk")
    assert found.corrected == 0
    assert any("台账里没有这个编号" in text for _, _, text in said(found))


def test_an_export_holds_only_what_the_person_may_export() -> None:
    put_in(FULL)
    assert len(open_upload(exported(username="sibling_clerk"))[0].rows) == 1
    assert len(open_upload(exported(username="village_clerk"))[0].rows) == 2


@pytest.mark.parametrize("start", "=+-@")
def test_text_that_begins_like_a_formula_stays_text(start: str) -> None:
    put_in(replace(FULL, name=f"{start}SUM(A1)仓库"))
    sheet = openpyxl.load_workbook(BytesIO(exported().data))["台账"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (f"{start}SUM(A1)仓库", "s")
    assert f"'{start}SUM(A1)仓库" in exported(ExportForm.CSV).data.decode("utf-8-sig")


def test_the_template_is_read_without_a_question_and_its_guide_is_no_table() -> None:
    sheets = open_upload(Upload(template(), "模板.xlsx"))
    heading = find_heading(chosen_sheet(sheets, Choices(), {}).rows)
    assert heading is not None
    assert (heading.to_map, heading.missing, heading.without_unit) == ((), (), ())
    assert [sheet.name for sheet in sheets if not sheet.hidden] == ["台账", "填写说明"]


BAD = ["甲|公益性|华溪村|2018.5|128.64万|丙村经济联合社", "乙|公益性|中坝村|2018.1|5|丙村经济联合社"]


def returned(upload: Upload) -> Upload:
    """Return the error workbook of an upload."""
    found = check(upload)
    sheet = chosen_sheet(open_upload(upload), Choices(), {})
    heading = find_heading(sheet.rows)
    assert heading is not None
    return Upload(error_workbook(sheet, heading, None, found.report.problems), "错误.xlsx")


def test_the_error_workbook_holds_the_rows_to_mend_with_red_cells_and_reasons() -> None:
    sheet = openpyxl.load_workbook(BytesIO(returned(pasted(HEAD, GOOD, *BAD)).data)).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["资产名称", "甲", "乙"]
    red = [
        (cell.row, cell.column_letter)
        for row in sheet["A2:F3"]
        for cell in row
        if cell.fill.fgColor.rgb[2:] == "FFC7CE"
    ]
    assert red[0] == (2, "E")
    assert (3, "C") in red
    assert [sheet.cell(2, 7).value, sheet.cell(3, 7).value] == ["3", "4"]
    assert "填 1286400.00" in str(sheet.cell(2, 8).value)


def test_the_error_workbook_uploaded_again_has_the_same_problems_and_no_other_rows() -> None:
    upload = pasted(HEAD, GOOD, *BAD)
    first, again = check(upload), check(returned(upload))
    assert (again.rows, again.invalid, again.to_map) == (3, 2, False)
    assert [text for _, _, text in said(again)] == [text for _, _, text in said(first)]
    assert not any("没有导入" in text for text in told(again))


def test_a_mended_error_workbook_is_brought_in() -> None:
    book = openpyxl.load_workbook(BytesIO(returned(pasted(HEAD, GOOD, *BAD)).data))
    sheet = book.active
    assert sheet is not None
    sheet["E2"], sheet["C3"], sheet["D3"] = 1_286_400, "华溪村", "2018-10"
    out = BytesIO()
    book.save(out)
    assert bring_in(Upload(out.getvalue(), "改好.xlsx")).added == 2


def test_a_unit_that_stood_above_the_table_goes_into_the_headings_of_the_error_workbook() -> None:
    upload = pasted("台账|||单位：万元||", HEAD.replace("(元)", ""), BAD[0].replace("128.64万", "约3"))
    sheet = openpyxl.load_workbook(BytesIO(returned(upload).data)).active
    assert sheet is not None
    assert sheet["E1"].value == "原值（万元）"


def test_keeping_an_export_again_changes_no_row_of_the_register() -> None:
    put_in(FULL)
    bring_in(many(5))
    upload_id = keep(exported())
    assert upload_id
    assert check(exported()).skipped == 7
