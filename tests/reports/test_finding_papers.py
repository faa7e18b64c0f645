"""整改台账 and 工作底稿: their figures, what stands on the paper, and that the spreadsheet says the same."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from registry.errors import Missing
from registry.reports import finding_ledger, sample_sheet
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.large import lines_of
from registry.reports.prints.queries import Asked
from registry.supervision.findings import ledger as findings_ledger
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, VILLAGE, confirmed, person
from tests.reports.test_notice_poster import text_of
from tests.reports.test_paper import IMPRINT
from tests.supervision.findings.finding import checked, entered, over, reported
from tests.supervision.sampling.test_sampling import PLAN, drawn


def ledger(days: int = 0, username: str = "county_agriculture", region: str = COUNTY) -> finding_ledger.FindingLedger:
    on = TODAY + timedelta(days=days)
    return finding_ledger.collect(region, NOTHING, actor=person(username), on=on)


def test_the_ledger_holds_the_year_and_what_was_open_before(app: Flask) -> None:
    last_year = TODAY.replace(year=TODAY.year - 1)
    old = entered(on=last_year, found_on=last_year, due_on=last_year + timedelta(days=30))
    first = over()
    again = entered(recurs=first)
    rows = ledger(1).rows
    assert [(one.status, one.is_late, one.recurrences) for one in rows] == [
        ("待整改", True, 0), ("已销号", False, 0), ("待整改", False, 1)
    ]  # fmt: skip
    assert (rows[1].report, rows[1].checked_on) == ("租金已补记，附凭证。", TODAY.isoformat())
    reported(old)
    checked(old)
    assert [one.status for one in ledger(400).rows] == ["待整改"]
    assert [one.number for one in ledger(0).rows][-1][-4:] == "0002"
    assert again


def test_what_is_entered_later_of_an_earlier_day_alters_no_ledger_of_the_past(app: Flask) -> None:
    entered()
    assert len(ledger().rows) == 1
    entered(on=TODAY + timedelta(days=3), found_on=TODAY - timedelta(days=1))
    assert len(ledger().rows) == 1
    assert [len(ledger(days).rows) for days in (2, 3)] == [1, 2]


def test_a_ledger_that_cannot_hold_everything_is_not_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    entered()
    entered(found_on=TODAY)
    monkeypatch.setattr(findings_ledger, "MOST_FINDINGS", 2)
    assert len(ledger().rows) == 2
    monkeypatch.setattr(findings_ledger, "MOST_FINDINGS", 1)
    with pytest.raises(findings_ledger.TooManyFindings):
        ledger()
    with pytest.raises(findings_ledger.TooManyFindings):
        lines_of(Asked(ReportName.FINDINGS, COUNTY, TODAY, NOTHING), person("county_agriculture"))


def test_the_ledger_stands_on_paper_and_in_the_spreadsheet(app: Flask) -> None:
    over()
    entered(due_on=TODAY)
    figures = ledger(3)
    text = text_of(finding_ledger.draw(figures, IMPRINT))
    for words in ("扶贫项目资产问题整改台账", "WT500240-2026-0001", "已销号", "逾期", "共2个问题：已销号1"):
        assert words in text
    book = CalamineWorkbook.from_filelike(BytesIO(finding_ledger.sheet(figures, IMPRINT)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if str(row[0]).startswith("WT")] == ["WT500240-2026-0001", "WT500240-2026-0002"]
    assert dict(finding_ledger.glance(figures))["逾期"] == "1 个"
    assert "本期没有问题" in text_of(finding_ledger.draw(ledger(region=VILLAGE, days=-1), IMPRINT))
    assert read_figures(finding_ledger.FindingLedger, figures_text(figures)) == figures


def test_the_ledger_is_limited_to_its_reader(app: Flask) -> None:
    entered()
    with pytest.raises(Missing):
        ledger(username="other_supervisor")
    assert ledger(username="other_supervisor", region=OTHER_COUNTY).rows == ()
    assert ledger(username="sector_officer").rows == ()
    assert len(ledger(username="village_clerk", region=VILLAGE).rows) == 1


def test_the_worksheet_says_how_it_was_drawn_and_leaves_room(app: Flask) -> None:
    confirmed(name="冷库")
    confirmed(name="车间")
    sample_id = drawn(PLAN)
    figures = sample_sheet.collect(
        COUNTY, Parameters(sample_id=sample_id), actor=person("auditor"), on=TODAY
    )  # fmt: skip
    text = text_of(sample_sheet.draw(figures, IMPRINT))
    for words in ("抽样检查工作底稿", "CY500240-2026-001", "冷库", "□无问题", "2026-11", "被查单位负责人"):
        assert words in text
    book = CalamineWorkbook.from_filelike(BytesIO(sample_sheet.sheet(figures, IMPRINT)))
    rows = book.get_sheet_by_index(0).to_python()
    assert sum(str(row[0]).startswith("asset:") for row in rows) == 2
    assert read_figures(sample_sheet.SampleSheet, figures_text(figures)) == figures
    with pytest.raises(Missing):
        sample_sheet.collect(COUNTY, Parameters(sample_id=sample_id), actor=person("village_clerk"), on=TODAY)
    with pytest.raises(Missing):
        sample_sheet.collect(VILLAGE, Parameters(sample_id=sample_id), actor=person("auditor"), on=TODAY)


def test_both_papers_stand_in_the_catalogue_with_their_spreadsheets() -> None:
    assert REPORTS[ReportName.FINDINGS].formats == REPORTS[ReportName.SAMPLE_SHEET].formats == ("pdf", "xlsx")
    assert REPORTS[ReportName.FINDINGS].by_region
    assert not REPORTS[ReportName.SAMPLE_SHEET].by_region
