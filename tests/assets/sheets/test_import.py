"""From a file to the register: nothing before confirmation, all of it in the trail, resumable, to be taken back."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry import config
from registry.assets.register.amendments.models import LegacyFact
from registry.assets.register.cards.models import Asset, Rollup
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.services import confirm_asset
from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import FundingFact, Registration
from registry.assets.register.rules import OwnerNotAllowed
from registry.assets.register.sheets import services, writing
from registry.assets.register.sheets.checking import Upload
from registry.assets.register.sheets.choosing import Choices
from registry.assets.register.sheets.models import BatchStatus, ImportBatch, ImportChunk, ImportUpload
from registry.assets.register.sheets.queries import find_same_file, get_upload, list_chunks, registrations_of
from registry.assets.register.sheets.running import run_import, run_undo
from registry.assets.register.sheets.services import (
    BatchTouched,
    ImportMode,
    NotChecked,
    RowsToMend,
    UndoTooLate,
    check_undo,
    recheck_upload,
)
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Missing
from registry.kinds import Category
from registry.money import Unit
from registry.permissions import system_actor
from registry.places.services import add_region, set_go_live
from tests.assets.sheets.importing import (
    CLERK,
    GOOD,
    HEAD,
    OWNER,
    assets,
    batch_of,
    begin,
    bring_in,
    check,
    events,
    keep,
    many,
    named,
    pasted,
    said,
    told,
)
from tests.assets.sheets.sheet_samples import PUBLISHED, names
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, VILLAGE, entered, person

pytestmark = pytest.mark.usefixtures("app")


def test_a_precheck_writes_nothing_to_the_register() -> None:
    before = (assets(), events())
    found = check(many(20))
    keep(many(20))
    assert (found.added, found.invalid) == (20, 0)
    assert (assets(), events()) == before
    assert db.session.scalars(select(ImportBatch)).all() == []


def test_a_confirmed_import_enters_cards_that_wait_for_their_second_person() -> None:
    batch = bring_in(pasted(HEAD, GOOD))
    asset = named("蓄水池")
    assert (batch.status, batch.added, asset.batch_id) == (BatchStatus.DONE, 1, batch.id)
    assert (asset.stage, asset.version_id, asset.region_code) == ("SUBMITTED", 1, VILLAGE)
    assert (asset.asset_no[:12], asset.owner_text, asset.original_value_fen) == (VILLAGE, OWNER, 486_000_00)


def test_an_imported_card_is_the_card_that_the_form_would_have_entered() -> None:
    bring_in(pasted(HEAD, GOOD))
    asset = named("蓄水池")
    assert registration_of(asset) == registrations_of([asset])[0]
    (line,) = registration_of(asset).funding
    assert (line.source.value, line.amount_fen) == ("UNVERIFIED", 486_000_00)


def test_the_person_who_imported_cannot_confirm_and_another_can() -> None:
    bring_in(pasted(HEAD, GOOD))
    asset_id = named("蓄水池").id
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, asset_id), by=person("village_head"))
    assert named("蓄水池").stage == "CONFIRMED"


def test_each_transaction_of_an_import_is_one_event_that_carries_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    before = events()
    bring_in(many(10))
    payloads = db.session.scalars(select(TrailEvent.payload).order_by(TrailEvent.seq)).all()[before:]
    assert len(payloads) == 1 + 3
    assert [text.count('"table":"asset"') for text in payloads] == [0, 4, 4, 2]


def test_sums_of_an_import_equal_its_rows() -> None:
    bring_in(many(30))
    total = sum(db.session.scalars(select(Asset.original_value_fen)))
    row = db.session.get_one(Rollup, ("500240000000", Category.PUBLIC_WELFARE.value, "SUBMITTED"))
    assert (row.assets, row.original_value_fen) == (30, total)


def test_an_import_goes_on_after_a_crash_and_writes_no_row_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    real, calls = services.write_rows, []

    def failing(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "write_rows", failing)
    with pytest.raises(RuntimeError):
        run_import(upload_id, by=person(CLERK), seconds=None)
    assert (assets(), batch_of(upload_id).status) == (4, BatchStatus.RUNNING)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    assert (assets(), batch_of(upload_id).added, batch_of(upload_id).status) == (10, 10, BatchStatus.DONE)
    assert run_import(upload_id, by=person(CLERK), seconds=None)
    assert assets() == 10


def test_a_request_works_on_a_large_import_only_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    assert not run_import(upload_id, by=person(CLERK), seconds=0)
    assert assets() == 4


def test_rows_that_are_written_leave_no_copy_behind() -> None:
    upload_id = keep(many(3))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert [chunk.content for chunk in list_chunks(upload_id)] == [""]


def test_all_or_nothing_starts_nothing_while_a_row_must_be_mended() -> None:
    upload_id = keep(pasted(HEAD, GOOD, GOOD.replace("公益性", "公益经营").replace("蓄水池", "水渠")))
    with pytest.raises(RowsToMend):
        begin(upload_id, mode=ImportMode.ALL_OR_NOTHING)
    assert assets() == 0
    begin(upload_id, mode=ImportMode.CORRECT_ROWS)
    run_import(upload_id, by=person(CLERK))
    assert assets() == 1


def test_an_upload_is_confirmed_once() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    begin(upload_id)
    with pytest.raises(NotChecked):
        begin(upload_id)


def test_an_upload_belongs_to_the_person_who_handed_it_in() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    with pytest.raises(Missing):
        get_upload(upload_id, person("village_clerk"))


def test_a_unit_outside_the_scope_is_not_found() -> None:
    found = check(pasted(HEAD.replace("所在村", "区域编码"), GOOD.replace("华溪村", OTHER_COUNTY)), "village_clerk")
    assert (found.added, found.invalid) == (0, 1)
    assert said(found) == [(2, "区域编码", f"您能登记的范围里没有{OTHER_COUNTY}")]


def test_a_sibling_village_is_outside_a_village_clerks_scope() -> None:
    found = check(pasted(HEAD, GOOD.replace("华溪村", "盐井村")), "village_clerk")
    assert [column for _, column, _ in said(found)] == ["所在村"]


def test_the_same_unit_name_year_and_value_is_a_duplicate_of_the_register() -> None:
    known = entered(name="蓄水池", original_value_fen=486_000_00, **_one_line(486_000_00), project_year=2018)
    number = known.asset_no
    found = check(pasted(HEAD, GOOD))
    assert (found.added, found.duplicate) == (0, 1)
    assert found.report.duplicates[0].twin.number == number


def test_another_value_is_brought_in_and_told() -> None:
    entered(name="蓄水池", original_value_fen=100, **_one_line(100), project_year=2018)
    found = check(pasted(HEAD, GOOD))
    assert (found.added, found.duplicate) == (1, 0)
    assert any("同村同名同年，原值不同" in text for text in told(found))


def test_a_row_that_stands_twice_in_the_file_is_brought_in_once() -> None:
    found = check(pasted(HEAD, GOOD, GOOD))
    assert (found.added, found.duplicate, found.report.duplicates[0].twin.row) == (1, 1, 2)


def test_importing_the_same_file_again_adds_nothing_and_is_noticed() -> None:
    upload = pasted(HEAD, GOOD)
    batch_id = bring_in(upload).id
    found = check(upload)
    assert (found.added, found.duplicate) == (0, 1)
    upload_id = keep(upload)
    same = find_same_file(get_upload(upload_id, person(CLERK)).file_sha256, person(CLERK))
    assert same is not None
    assert same.id == batch_id


def test_what_was_entered_between_precheck_and_import_is_not_entered_twice() -> None:
    upload_id = keep(pasted(HEAD, GOOD))
    bring_in(pasted(HEAD, GOOD, name="另一份"))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert (assets(), batch_of(upload_id).added, batch_of(upload_id).refused) == (1, 0, 1)


def test_a_rule_that_refuses_by_now_leaves_the_row_out_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    upload_id = keep(pasted(HEAD, GOOD, GOOD.replace("蓄水池", "水渠")))
    begin(upload_id)
    real = writing.check_registration

    def stricter(facts: Registration, **on: object) -> None:
        if facts.name == "水渠":
            raise OwnerNotAllowed(category="公益性资产", owner="农户")
        real(facts, **on)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "check_registration", stricter)
    run_import(upload_id, by=person(CLERK))
    assert (assets(), batch_of(upload_id).refused) == (1, 1)
    assert "不能归" in list_chunks(upload_id)[0].refused


def test_a_batch_can_be_taken_back_while_nobody_touched_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CHUNK_ROWS", 4)
    upload_id = keep(many(10))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert run_undo(upload_id, by=person(CLERK))
    assert set(db.session.scalars(select(Asset.stage))) == {"WITHDRAWN"}
    assert batch_of(upload_id).status == BatchStatus.UNDONE
    row = db.session.get_one(Rollup, ("500240000000", Category.PUBLIC_WELFARE.value, "SUBMITTED"))
    assert (row.assets, row.original_value_fen) == (0, 0)


def test_what_was_taken_back_can_be_brought_in_again() -> None:
    upload = pasted(HEAD, GOOD)
    upload_id = keep(upload)
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    run_undo(upload_id, by=person(CLERK))
    assert check(upload).added == 1


def test_a_batch_that_somebody_confirmed_in_part_stays() -> None:
    upload_id = keep(many(3))
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    asset_id = named("华溪村第2号蓄水池").id
    with transaction(VILLAGE):
        confirm_asset(db.session.get_one(Asset, asset_id), by=person("village_head"))
    with pytest.raises(BatchTouched):
        run_undo(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Asset.stage).order_by(Asset.id)).all() == ["SUBMITTED", "CONFIRMED", "SUBMITTED"]


def test_after_a_day_a_batch_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring_in(pasted(HEAD, GOOD))
    monkeypatch.setattr(services, "UNDO_HOURS", 0)
    with pytest.raises(UndoTooLate):
        check_undo(batch)


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


def _one_line(fen: int) -> dict[str, object]:
    return {"funding": (FundingFact(FundingSource.UNVERIFIED, fen),)}


#: Table → what the person chose, and importable, invalid, duplicate, skipped through the real precheck.
PUBLISHED_OUTCOMES: dict[str, tuple[Choices, tuple[int, int, int, int]]] = {
    "T_banan_2026_project_library_partial": (Choices(unit=Unit.WAN), (1, 0, 0, 2)),
    "T_beiguan_2018_fund_table": (Choices(project_year=2018), (3, 0, 0, 1)),
    "T_beita_2020_fund_table": (Choices(unit=Unit.WAN, project_year=2020), (15, 1, 0, 4)),
    "T_daye_2024_plan_table": (Choices(unit=Unit.WAN, project_year=2024), (0, 1, 0, 3)),
    "T_qinghe_2024_income_table": (Choices(), (0, 0, 0, 6)),
    "T_xinxiang_hitech_2018_fund_table": (Choices(unit=Unit.WAN, project_year=2018), (1, 0, 0, 1)),
}


@pytest.fixture
def their_villages(app: Flask) -> None:
    """Found the villages of the published tables inside the county, so that they lie in the clerk's scope."""
    assert app
    by = system_actor(COUNTY)
    for number, township in enumerate(dict.fromkeys(unit.code[:9] for unit in names())):
        for unit in (one for one in names() if one.code.startswith(township) and not one.code.startswith("500240")):
            code = f"5002409{number:02d}{unit.code[9:]}"
            with transaction(COUNTY):
                add_region(code, unit.name, under=COUNTY, basis="test", by=by)


@pytest.mark.usefixtures("their_villages")
@pytest.mark.parametrize("name", PUBLISHED_OUTCOMES)
def test_a_published_table_goes_through_the_real_import_as_decided(name: str) -> None:
    choices, counts = PUBLISHED_OUTCOMES[name]
    upload = Upload((PUBLISHED / f"{name}.csv").read_bytes(), f"{name}.csv")
    found = check(upload, "county_clerk", choices)
    assert (found.added, found.invalid, found.duplicate, found.skipped) == counts
    if not found.added:
        return
    assert bring_in(upload, "county_clerk", choices).added == counts[0]
    projects = db.session.scalars(select(Project)).all()
    assert {project.status for project in projects} == {"OPEN"}
    assert all(project.total_fen == sum(line.amount_fen for line in project.lines) for project in projects)


def test_villages_of_another_province_are_rows_to_mend() -> None:
    choices, _counts = PUBLISHED_OUTCOMES["T_beiguan_2018_fund_table"]
    upload = Upload((PUBLISHED / "T_beiguan_2018_fund_table.csv").read_bytes(), "a.csv")
    assert check(upload, "county_clerk", choices).invalid == 3


def test_projects_that_nothing_came_of_can_be_taken_back() -> None:
    upload = pasted("项目名称|所在村|项目年度|财政专项扶贫资金(元)", "人饮工程|华溪村|2019|5000")
    upload_id = keep(upload)
    begin(upload_id)
    run_import(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Project.name)).all() == ["人饮工程"]
    assert run_undo(upload_id, by=person(CLERK))
    assert db.session.scalars(select(Project.name)).all() == []


def test_a_project_without_a_year_is_a_row_to_mend_until_one_is_chosen() -> None:
    upload = pasted("项目名称|所在村|财政专项扶贫资金(元)", "人饮工程|华溪村|5000")
    assert said(check(upload)) == [(2, "项目年度", "没有写是哪一年的项目")]
    assert check(upload, choices=Choices(project_year=2019)).added == 1
