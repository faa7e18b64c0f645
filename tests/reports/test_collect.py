"""What reports read: exactly the standing assets in reach, valued on the day, the same sums from each side."""

from datetime import date

import pytest
from flask import Flask

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import change_value
from registry.assets.register.registration import STANDING, ValueKind
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import Missing
from registry.reports import asset_card, classified_ledger, labels, summary
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.classified_ledger import ClassifiedLedger, LedgerLine
from registry.reports.covering import NotYet, check_day
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person
from tests.reports.printing import late, money, township


@pytest.fixture
def filled(app: Flask) -> Flask:
    township()
    return app


def ledger(region_code: str = TOWNSHIP, username: str = "township_clerk", on: date = TODAY) -> ClassifiedLedger:
    return classified_ledger.collect(region_code, NOTHING, actor=person(username), on=on)


def lines_of(figures: ClassifiedLedger) -> list[LedgerLine]:
    return [line for part in figures.parts for line in part.lines]


def line_named(name: str, figures: ClassifiedLedger) -> LedgerLine:
    return next(line for line in lines_of(figures) if line.name == name)


@pytest.mark.usefixtures("filled")
def test_a_ledger_holds_every_standing_asset_in_the_part_of_its_category() -> None:
    figures = ledger()
    stored = list(db.session.scalars(db.select(Asset).where(Asset.stage.in_([one.value for one in STANDING]))))
    assert sorted(line.number for line in lines_of(figures)) == sorted(asset.asset_no for asset in stored)
    assert [(part.category, len(part.lines)) for part in figures.parts] == [
        ("经营性资产", 3),
        ("公益性资产", 1),
        ("到户类资产", 1),
    ]


@pytest.mark.usefixtures("filled")
def test_the_sums_of_a_ledger_are_those_of_its_rows() -> None:
    stored = list(db.session.scalars(db.select(Asset)))
    lines = lines_of(ledger())
    assert sum(line.original_fen for line in lines) == sum(asset.original_value_fen for asset in stored)
    assert sum(line.net_fen or 0 for line in lines) == sum(asset.net_value_fen(TODAY) for asset in stored)


@pytest.mark.usefixtures("filled")
def test_lines_come_in_order_of_unit_then_number() -> None:
    lines = ledger().parts[0].lines
    assert [line.number for line in lines] == sorted(line.number for line in lines)
    assert [line.village_name for line in lines] == ["华溪村", "盐井村", "盐井村"]


@pytest.mark.usefixtures("filled")
def test_a_line_says_what_the_card_says() -> None:
    line = line_named("中益冷链仓库", ledger())
    assert (line.subtype, line.acquired, line.quantity) == ("仓储冷链", "2019-10", "1 座")
    assert (line.owner, line.main_funding, line.status) == ("华溪村股份经济合作社", "财政专项等", "自用")
    assert line.accumulated_fen == 128_640_000 * 82 // 240


@pytest.mark.usefixtures("filled")
def test_what_is_never_depreciated_has_a_dash_and_its_whole_value() -> None:
    line = line_named("到户生猪", ledger())
    assert (line.accumulated_fen, line.net_fen) == (None, 300_000)


@pytest.mark.usefixtures("filled")
def test_a_card_nobody_confirmed_says_so() -> None:
    assert line_named("辣椒育苗大棚", ledger()).status == "待确认"


@pytest.mark.usefixtures("filled")
def test_a_village_clerk_prints_the_village_and_nothing_else() -> None:
    assert {line.village_name for line in lines_of(ledger(VILLAGE, "village_clerk"))} == {"华溪村"}
    for beyond in (SIBLING_VILLAGE, TOWNSHIP, COUNTY, OTHER_COUNTY, "500240213999", "nonsense"):
        with pytest.raises(Missing):
            ledger(beyond, "village_clerk")


@pytest.mark.usefixtures("filled")
def test_a_sector_officer_prints_that_sector_and_the_paper_says_so() -> None:
    figures = ledger(COUNTY, "sector_officer")
    assert "仅农业农村行业" in figures.range_text
    assert "华溪村产业路" not in {line.name for line in lines_of(figures)}
    assert "仅" not in ledger(COUNTY, "county_clerk").range_text


@pytest.mark.usefixtures("filled")
def test_an_asset_formed_after_the_day_is_not_on_the_paper() -> None:
    late()
    assert "新建冷库" in {line.name for line in lines_of(ledger())}
    assert "新建冷库" not in {line.name for line in lines_of(ledger(on=date(2026, 10, 31)))}


@pytest.mark.usefixtures("filled")
def test_a_later_change_of_value_is_taken_back_on_an_earlier_day() -> None:
    before = line_named("中益冷链仓库", ledger(on=date(2026, 10, 31)))
    asset = db.session.scalars(db.select(Asset).where(Asset.name == "中益冷链仓库")).one()
    with transaction(VILLAGE):
        asset = db.session.get_one(Asset, asset.id)
        change_value(
            asset, ValueKind.ENLARGEMENT, money(1_000_000), effective_on=date(2026, 11, 5), on=TODAY, reason="二期",
            document="渝财农〔2026〕9号",
        )  # fmt: skip
        record(Action.VALUE_CHANGED, asset, by=person("county_clerk"))
    assert line_named("中益冷链仓库", ledger()).original_fen == before.original_fen + 1_000_000
    assert line_named("中益冷链仓库", ledger(on=date(2026, 10, 31))) == before
    earlier = summary.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=date(2026, 10, 31))
    shown = sum(held.original_fen for row in earlier.rows for held in row.holdings)
    assert shown == sum(line.original_fen for line in lines_of(ledger(on=date(2026, 10, 31))))


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("region_code", [VILLAGE, TOWNSHIP, COUNTY])
def test_a_summary_adds_up_to_the_ledger_of_the_same_unit(region_code: str) -> None:
    figures = summary.collect(region_code, NOTHING, actor=person("county_clerk"), on=TODAY)
    lines = lines_of(ledger(region_code, "county_clerk"))
    held = [one for row in figures.rows for one in row.holdings]
    assert (sum(one.count for one in held), sum(one.original_fen for one in held)) == (
        len(lines),
        sum(line.original_fen for line in lines),
    )


@pytest.mark.usefixtures("filled")
def test_a_summary_divides_a_township_by_village_category_and_owner() -> None:
    figures = summary.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    assert [row.region_name for row in figures.rows[::3]] == ["华溪村", "盐井村"]
    households = next(row for row in figures.rows if row.category == "到户类资产")
    assert [one.count for one in households.holdings] == [0, 0, 0, 0, 1, 0]


@pytest.mark.usefixtures("filled")
def test_a_card_says_its_money_owner_and_life() -> None:
    number = line_named("中益冷链仓库", ledger()).number
    figures = asset_card.collect(VILLAGE, Parameters((number,)), actor=person("village_clerk"), on=TODAY)
    assert sum(line.amount_fen for line in figures.funding) == 128_640_000
    assert [(owner.name, owner.share) for owner in figures.owners] == [("华溪村股份经济合作社", "100.00%")]
    assert figures.changes[-1].original_fen == 128_640_000
    assert figures.events
    with pytest.raises(Missing):
        asset_card.collect(VILLAGE, Parameters((number,)), actor=person("sibling_clerk"), on=TODAY)


@pytest.mark.usefixtures("filled")
def test_labels_are_those_asked_for_or_none_at_all() -> None:
    numbers = tuple(line.number for line in lines_of(ledger()))
    figures = labels.collect(TOWNSHIP, Parameters(numbers, "http://x/q/"), actor=person("township_clerk"), on=TODAY)
    assert [label.code_text for label in figures.labels] == [f"http://x/q/{number}" for number in sorted(numbers)]
    with pytest.raises(Missing):
        labels.collect(TOWNSHIP, Parameters(numbers), actor=person("sibling_clerk"), on=TODAY)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", [ReportName.LEDGER, ReportName.SUMMARY])
def test_kept_figures_read_back_as_they_were(name: ReportName) -> None:
    report = REPORTS[name]
    found = report.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    assert read_figures(type(found), figures_text(found)) == found


def test_a_report_of_a_day_to_come_is_refused() -> None:
    check_day(date(2026, 11, 23), date(2026, 11, 23))
    with pytest.raises(NotYet):
        check_day(date(2026, 11, 24), date(2026, 11, 23))
