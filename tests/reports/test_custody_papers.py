"""Papers of custody: the roster, the blank sheet and the log say exactly what stands in the register."""

from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from registry.assets.custody.faults.rules import Finding, Severity
from registry.assets.custody.patrols.rules import Observation, PatrolKind, PatrolResult
from registry.assets.custody.patrols.services import record_patrol
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import OwnerFact
from registry.database import db, transaction
from registry.errors import Missing
from registry.kinds import Category, OwnerKind
from registry.reports import custody_roster, patrol_sheet
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING
from registry.reports.prints.services import file_bytes
from tests.assets.custody.keeping import accepted, in_office, policy, road
from tests.factories import OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, confirmed, entered, person
from tests.reports.printing import asked, printed

BAD = Observation(PatrolKind.SELF, PatrolResult.FAULT, "边沟塌了", Finding(Severity.B, "边沟塌了"))


@pytest.fixture
def filled(app: object) -> Asset:
    """A road in a custodian's care with two looks at it, a store nobody keeps, a household's pigs, a post."""
    asset = road()
    confirmed()
    entered(name="辣椒育苗大棚")
    pigs = {"category": Category.HOUSEHOLD, "subtype": "HOUSEHOLD_STOCK", "unit": "头"}
    confirmed(name="到户生猪", owners=(OwnerFact(OwnerKind.HOUSEHOLD, "谭守田"),), **pigs)
    accepted(asset)
    look(asset, BAD)
    look(asset, Observation(PatrolKind.SELF), TODAY + timedelta(days=2))
    in_office()
    return asset


def look(asset: Asset, seen: Observation, on: date = TODAY, by: str = "custodian") -> None:
    key = asset.id
    with transaction(VILLAGE):
        record_patrol(db.session.get_one(Asset, key), seen, by=person(by), on=on, policy=policy(on=on))


def roster(on: date = TODAY) -> custody_roster.CustodyRoster:
    return custody_roster.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=on)


def test_the_roster_names_every_custodian_and_leaves_households_out(filled: Asset) -> None:
    figures = roster()
    lines = {line.name: line for line in figures.assets}
    assert set(lines) == {"华溪村产业路", "中益冷链仓库"}
    assert lines["中益冷链仓库"].custodian == ""
    assert asdict(lines["华溪村产业路"]) == {
        "number": filled.asset_no, "name": "华溪村产业路", "subtype": "道路交通", "unit_name": "华溪村",
        "custodian": "Custodian", "kind": "村级管护员", "since": "2026-11-23", "until": "2027-11-22",
        "frequency": "每 1 月", "pay_fen": 360_000, "pay_words": "每年，公积公益金", "last_patrol": "2026-11-23",
    }  # fmt: skip
    assert [(post.name, post.number[-4:], post.head) for post in figures.posts] == [("谭桂英", "0017", "谭守田")]


def test_the_roster_of_an_earlier_day_knows_nothing_of_a_later_custodian(filled: Asset) -> None:
    assert {line.custodian for line in roster(TODAY - timedelta(days=1)).assets} == {""}
    assert roster(TODAY - timedelta(days=1)).posts == ()


def test_no_number_of_a_person_is_printed_in_full(filled: Asset) -> None:
    text = figures_text(roster())
    assert "50023519900101" not in text


def test_the_blank_sheet_lists_what_is_patrolled_with_what_to_look_for(filled: Asset) -> None:
    figures = patrol_sheet.collect_blank(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY)
    assert {line.name for line in figures.lines} == {"华溪村产业路", "中益冷链仓库"}
    assert all(line.standard for line in figures.lines)


def test_the_log_holds_the_month_up_to_the_day(filled: Asset) -> None:
    def log(on: date) -> list[tuple[str, str, str]]:
        found = patrol_sheet.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=on)
        return [(line.day, line.result, line.note) for line in found.lines]

    assert log(TODAY) == [("2026-11-23", "有问题", "边沟塌了")]
    assert len(log(TODAY + timedelta(days=2))) == 2
    assert log(date(2026, 10, 31)) == []


@pytest.mark.parametrize("collect", [custody_roster.collect, patrol_sheet.collect_blank, patrol_sheet.collect])
def test_a_unit_out_of_reach_is_not_printed(filled: Asset, collect: object) -> None:
    with pytest.raises(Missing):
        collect(OTHER_COUNTY, NOTHING, actor=person("village_clerk"), on=TODAY)  # type: ignore[operator]


@pytest.mark.parametrize("name", [ReportName.CUSTODY, ReportName.PATROL_SHEET, ReportName.PATROL_LOG])
def test_kept_figures_of_custody_read_back_and_draw(filled: Asset, name: ReportName) -> None:
    report = REPORTS[name]
    found = report.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY)
    assert read_figures(report.kind, figures_text(found)) == found
    row = printed(asked(name, VILLAGE), "village_clerk")
    assert file_bytes(row, "pdf").startswith(b"%PDF-1.7")


def test_the_spreadsheet_of_the_roster_has_the_lines_of_both_parts(filled: Asset) -> None:
    row = printed(asked(ReportName.CUSTODY, VILLAGE), "village_clerk")
    book = CalamineWorkbook.from_filelike(BytesIO(file_bytes(row, "xlsx")))
    assert book.sheet_names == ["资产管护", "公益性岗位"]
    rows = book.get_sheet_by_name("资产管护").to_python()
    assert sum("Custodian" in line for line in rows) == 1
