"""A village's households brought in from a sheet: all of them, or none and every wrong line told."""

import csv
import io

import pytest
from flask import Flask
from python_calamine import load_workbook
from sqlalchemy import func, select

from registry.database import db
from registry.ledger.distribution.rolls.importing import template
from registry.ledger.distribution.rolls.listing import RollFilter, page_of_roll
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.ledger.distribution.rolls.sheet_words import COLUMNS
from registry.parties.households.models import Household
from registry.parties.households.rules import HouseholdStatus
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.rolls.people import enrolled, number

TITLES = (
    "组", "户主身份证号", "姓名", "身份证号", "与户主关系", "劳动能力", "集体成员", "成员股", "类别", "兼有",
    "认定日期", "家庭人口", "开户行", "银行账号", "电话",
)  # fmt: skip
HEAD = {
    "组": "3组", "户主身份证号": number(1), "姓名": "谭正国", "身份证号": number(1), "与户主关系": "户主",
    "劳动能力": "普通劳动力", "集体成员": "是", "成员股": "1.5", "类别": "脱贫不稳定户", "兼有": "低保",
    "认定日期": "2024.3.5", "家庭人口": "4", "开户行": "农商行", "银行账号": "62170037000000001", "电话": "13996057184",
}  # fmt: skip
WIFE = {"户主身份证号": number(1), "姓名": "向素珍", "身份证号": number(301), "与户主关系": "妻", "集体成员": "否"}
ALONE = {"户主身份证号": number(2), "姓名": "冉启明", "与户主关系": "本人", "类别": "一般农户", "兼有": "特困"}


def text(*rows: dict[str, str], mark: str = "\t") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerow(TITLES)
    writer.writerows([[row.get(title, "") for title in TITLES] for row in rows])
    return out.getvalue()


def households() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Household)) or 0


def brought_in(app: Flask, pasted: str, **more: str) -> str:
    clerk = Visitor(app.test_client(), "village_clerk")
    action, fields = clerk.open("/beneficiaries/import") and clerk.fields()
    data = {**fields, "pasted": pasted, "basis": "防返贫监测系统名册", "recognised_on": "2024-03-05", **more}
    return clerk.client.post(action or "/beneficiaries/import", data=data, follow_redirects=True).text


def test_households_are_read_from_a_sheet_one_line_a_person(any_app: Flask) -> None:
    assert "已登记 2 户，等第二人确认。" in brought_in(any_app, text(HEAD, WIFE, ALONE))
    wanted = RollFilter(VILLAGE, status=HouseholdStatus.SUBMITTED)
    first, second = page_of_roll(wanted, TODAY, person("village_clerk"))
    assert first.classes == (C.UNSTABLE, C.LOW_INCOME, C.MEMBER)
    assert (first.head_name, first.size, first.members, first.share_hundredths) == ("谭正国", 4, 1, 150)
    assert first.bank_known
    assert second.classes == (C.EXTREME_POVERTY, C.ORDINARY)
    assert (second.head_name, second.size, second.bank_known) == ("冉启明", 1, False)


@pytest.mark.parametrize(
    ("rows", "row", "told"),
    [
        ([{**HEAD, "身份证号": number(1)[:-1] + "Z", "户主身份证号": number(1)[:-1] + "Z"}], 2, "身份证号不对"),
        ([HEAD, {**WIFE, "与户主关系": "邻居"}], 3, "“与户主关系”写的“邻居”看不懂"),
        ([{**HEAD, "类别": "富裕户"}], 2, "“类别”写的“富裕户”看不懂"),
        ([{**HEAD, "成员股": "一股"}], 2, "股份数应不小于 0"),
        ([{**HEAD, "认定日期": "去年"}], 2, "“认定日期”写的“去年”看不懂"),
        ([{**HEAD, "认定日期": "2098-01-01"}], 2, "认定日期不能晚于今天"),
        ([{**HEAD, "家庭人口": "1"}, WIFE], 2, "“家庭人口”比列出的人数少"),
        ([WIFE], 2, "这一户没有户主那一行"),
        ([HEAD, {**HEAD, "姓名": "向素珍", "与户主关系": "配偶"}], 2, "身份证号与同户另一人相同"),
        ([HEAD, {**ALONE, "身份证号": number(2)}, {**ALONE, "户主身份证号": number(3), "身份证号": number(3)},
          {"户主身份证号": number(3), "姓名": "冉大姐", "身份证号": number(1), "与户主关系": "姐"}], 4, "相同"),
        ([{**HEAD, "银行账号": "卡"}], 2, "银行账号应为"),
    ],
)  # fmt: skip
def test_one_wrong_line_keeps_every_household_out_and_is_told(
    app: Flask, rows: list[dict[str, str]], row: int, told: str
) -> None:
    page = brought_in(app, text(*rows, {**ALONE, "户主身份证号": number(9), "身份证号": number(9)}))
    assert told in page
    assert f'data-label="第几行">{row}<' in page
    assert households() == 0


def test_who_is_known_in_the_village_is_named_and_elsewhere_nothing_is_told(app: Flask) -> None:
    enrolled(1)
    page = brought_in(app, text(HEAD))
    assert "谭正国 已登记在本村 3组谭正国 户" in page
    enrolled(2, by="township_clerk", region_code=SIBLING_VILLAGE, group_name="九组")
    page = brought_in(app, text({**ALONE, "身份证号": number(2)}))
    assert "已在本区县其他村登记" in page
    assert "九组" not in page
    assert households() == 2


def test_a_sheet_without_its_headings_or_nothing_at_all_is_refused(app: Flask) -> None:
    assert "没有找到列名" in brought_in(app, "姓名\t年龄\n谭正国\t60")
    assert "请选一个文件" in brought_in(app, "")
    assert households() == 0


def test_a_day_is_needed_from_the_sheet_or_the_page(app: Flask) -> None:
    assert "没有认定日期" in brought_in(app, text(ALONE), recognised_on="")


def test_the_blank_sheet_names_every_column_and_its_file_comes_back(app: Flask) -> None:
    sheet = load_workbook(io.BytesIO(template())).get_sheet_by_index(0).to_python()
    assert sheet[0] == [names[0] for names in COLUMNS.values()]
    clerk = Visitor(app.test_client(), "village_clerk")
    _action, fields = clerk.open("/beneficiaries/import") and clerk.fields()
    file = (io.BytesIO(text(HEAD, WIFE, mark=",").encode()), "华溪村.csv")
    data = {**fields, "basis": "名册", "file": file}
    assert "已登记 1 户" in clerk.client.post("/beneficiaries/import", data=data, follow_redirects=True).text
