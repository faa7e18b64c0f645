"""What a row says: who owns, what it is, what cannot be held, what is told, what waits for a person."""

import pytest
from sqlalchemy import select

from registry import config
from registry.assets.register.amendments.models import LegacyFact
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.models import ImportChunk, ImportUpload
from registry.assets.register.sheets.queries import get_upload
from registry.assets.register.sheets.services import (
    recheck_upload,
)
from registry.database import db, transaction
from registry.money import Unit
from registry.places.services import set_go_live
from tests.assets.sheets.importing import (
    CLERK,
    GOOD,
    HEAD,
    OWNER,
    bring_in,
    check,
    keep,
    named,
    pasted,
    said,
    told,
)
from tests.factories import TODAY, VILLAGE, person

pytestmark = pytest.mark.usefixtures("app")


def test_an_owner_is_never_invented() -> None:
    found = check(pasted(HEAD, GOOD.replace(OWNER, "")))
    assert said(found) == [(2, "产权所有人", "没有写产权人")]


def test_a_person_may_choose_the_villages_collective_for_rows_without_an_owner() -> None:
    found = check(pasted(HEAD, GOOD.replace(OWNER, "")), choices=Choices(owner_of_unit=True))
    assert found.added == 1
    assert "没有写产权人，按您选的记为“华溪村集体经济组织”" in told(found)


def test_a_subtype_nobody_knows_is_refused_with_the_list() -> None:
    found = check(pasted(HEAD + "|资产二级类别", GOOD + "|奇怪的"))
    assert [(row, column) for row, column, _ in said(found)] == [(2, "资产二级类别")]


def test_a_rule_of_the_card_is_a_row_to_mend() -> None:
    found = check(pasted(HEAD + "|产权归属类别", GOOD + "|农户"))
    assert said(found) == [(2, "产权归属类别", "公益性资产不能归“农户”所有。")]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        (("", "长" * 90 + "经济合作社"), "产权所有人"),
        (("|信用代码", OWNER + "|360426199101010071"), "信用代码"),
        (("|数量", OWNER + "|3大型成套设备套件(含配件)"), "计量单位"),
        (("|资金明细", OWNER + f"|自筹资金/村//{'长' * 90}/486000"), "资金明细"),
    ],
)
def test_what_the_card_cannot_hold_is_found_before_it_is_written(changes: tuple[str, str], column: str) -> None:
    found = check(pasted(HEAD + changes[0], GOOD.replace(OWNER, changes[1])))
    assert [where for _, where, _ in said(found)] == [column]


def test_columns_without_a_place_are_told_and_not_lost_silently() -> None:
    found = check(pasted(HEAD + "|天气|净值(元)", GOOD + "|晴|5"))
    assert "台账里没有这一栏，没有导入" in told(found)
    assert "由系统按折旧计算，不导入" in told(found)


def test_an_older_number_is_kept_in_the_remarks() -> None:
    bring_in(pasted("资产编号|" + HEAD, "ZY001|" + GOOD))
    assert named("蓄水池").remarks == "原资产编号：ZY001"


def test_income_before_go_live_becomes_history_with_the_card() -> None:
    with transaction(VILLAGE):
        set_go_live(VILLAGE, TODAY, basis="test", by=person("county_clerk"))
    bring_in(pasted(HEAD + "|累计收益(元)|合同年限", GOOD + "|1200|2019-2024"))
    facts = db.session.scalars(select(LegacyFact).order_by(LegacyFact.id)).all()
    assert [(fact.kind, fact.amount_fen) for fact in facts] == [("INCOME", 120_000), ("CONTRACT", None)]
    assert "1,200.00 元" in facts[0].note


def test_income_without_a_go_live_day_is_told_and_not_brought_in() -> None:
    found = check(pasted(HEAD + "|累计收益(元)", GOOD + "|1200"))
    assert found.added == 1
    assert any("1 行没有导入：历史只在登记启用日期以前" in text for text in told(found))


def test_choices_are_remembered_for_the_units_next_file() -> None:
    odd = pasted(HEAD.replace("资产名称", "宝贝"), GOOD)
    assert check(odd).to_map
    upload_id, choices = keep(odd), Choices(mapping=(("宝贝", "name"),))
    found = check(odd, choices=choices)
    assert not found.to_map
    with transaction():
        recheck_upload(get_upload(upload_id, person(CLERK)), found, choices, by=person(CLERK), took_ms=1)
    again = check(odd)
    assert (again.to_map, again.added) == (False, 1)


def test_money_without_a_unit_waits_for_a_person() -> None:
    bare = pasted(HEAD.replace("(元)", ""), GOOD.replace("486000", "48.6"))
    assert check(bare).to_map
    found = check(bare, choices=Choices(unit=Unit.WAN))
    assert (found.to_map, found.added) == (False, 1)


def test_a_file_at_rest_does_not_show_identity_numbers() -> None:
    number = "360426199101010071"
    keep(pasted(HEAD + "|信用代码|产权归属类别", f"母牛|到户类|华溪村|2018|5000|张三|{number}|农户"))
    stored = b"".join(path.read_bytes() for path in config.current().uploads.rglob("*") if path.is_file())
    kept = db.session.scalars(select(ImportUpload.report)).all() + db.session.scalars(select(ImportChunk.content)).all()
    assert number.encode() not in stored
    assert not any(number in text for text in kept)


def test_a_project_without_a_year_is_a_row_to_mend_until_one_is_chosen() -> None:
    upload = pasted("项目名称|所在村|财政专项扶贫资金(元)", "人饮工程|华溪村|5000")
    assert said(check(upload)) == [(2, "项目年度", "没有写是哪一年的项目")]
    assert check(upload, choices=Choices(project_year=2019)).added == 1
