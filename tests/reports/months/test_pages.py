"""The periodic tables over HTTP: on a page, on paper, as a workbook, for a program; closed by console and worker."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from registry.clock import today
from registry.onetime import new_key
from registry.operations import health
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.months.period_tables import LARGE_FEN, collect, draw, sheet
from registry.reports.parameters import Parameters
from registry.supervision.periods import console
from registry.supervision.periods.closing import close_due
from registry.supervision.periods.queries import kept_of, list_due
from registry.supervision.periods.rules import Period, PeriodKind
from registry.supervision.periods.tables import TABLES
from registry.text import N_
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor
from tests.reports.test_notice_poster import text_of
from tests.reports.test_paper import IMPRINT
from tests.rest.program import Program
from tests.supervision.findings.finding import entered as finding_entered


def closed() -> tuple[str, str]:
    """Close what is due today; the names of that month and of the one that runs."""
    confirmed()
    close_due(COUNTY, today())
    last = kept_of([COUNTY])[COUNTY].last
    assert last is not None
    return Period(last, PeriodKind.MONTH).name, Period(last + 1, PeriodKind.MONTH).name


def test_a_clerk_reads_the_closed_month_and_goes_from_the_running_one_to_its_rows(app: Flask) -> None:
    month, running = closed()
    clerk = Visitor(app.test_client(), "village_clerk")
    page = clerk.open("/periods").text
    assert all(words in page for words in ("已封存", "未封存", "不用填报"))
    shown = clerk.open(f"/periods/{VILLAGE}/{month}/holdings").text
    assert all(words in shown for words in ("扶资定报 1 表", "数字不再改变", "1,286,400.00"))
    assert "/assets?" not in shown.split('id="content"')[1].split("</main>")[0]
    live = clerk.open(f"/periods/{VILLAGE}/{running}/holdings").text
    assert f"/assets?region={VILLAGE}&amp;category=OPERATING&amp;owner_kind=VILLAGE_COLLECTIVE" in live
    for form in TABLES:
        assert clerk.open(f"/periods/{VILLAGE}/{running}/{form.name.value}").status_code == 200


def test_the_page_of_a_unit_leads_to_the_same_table_of_the_units_below(app: Flask) -> None:
    month, _running = closed()
    above = Visitor(app.test_client(), "county_agriculture")
    assert f"/periods/{TOWNSHIP}/{month}/holdings" in above.open(f"/periods/{COUNTY}/{month}/holdings").text
    assert f"/periods/{VILLAGE}/{month}/holdings" in above.open(f"/periods/{TOWNSHIP}/{month}/holdings").text
    city = Visitor(app.test_client(), "municipal_supervisor")
    assert f"/periods/{COUNTY}/{month}/holdings" in city.open(f"/periods/{MUNICIPALITY}/{month}/holdings").text


@pytest.mark.parametrize(
    "path",
    [
        f"/periods?region={SIBLING_VILLAGE}", f"/periods/{SIBLING_VILLAGE}/{{}}/holdings",
        f"/periods/{VILLAGE}/{{}}/none",
        f"/periods/{VILLAGE}/2026-13/holdings", f"/periods/{VILLAGE}/1999/holdings", "/periods?kind=WEEK",
    ],
)  # fmt: skip
def test_what_lies_elsewhere_or_is_no_period_or_table_is_not_there(app: Flask, path: str) -> None:
    month, _running = closed()
    clerk = Visitor(app.test_client(), "village_clerk")
    assert clerk.client.get(path.format(month)).status_code == 404


def test_one_table_or_all_seven_are_printed_and_registered(app: Flask) -> None:
    month, _running = closed()
    clerk = Visitor(app.test_client(), "township_clerk")
    for table, numbers in (("", 7), ("risks", 1)):
        answer = clerk.client.post(
            f"/periods/{TOWNSHIP}/{month}/print", data={"table": table, "one_time_key": new_key()}
        )
        assert answer.status_code == 303
        paper = text_of(clerk.client.get(answer.location + ".pdf").data)
        assert sum(form.number.replace(" ", "") in paper.replace(" ", "") for form in TABLES) == numbers


def test_paper_and_workbook_say_what_the_page_says(app: Flask) -> None:
    month, _running = closed()
    finding_entered()
    figures = collect(TOWNSHIP, Parameters(period=month), actor=person("township_clerk"), on=today())
    paper = text_of(draw(figures, IMPRINT))
    for words in ("资产总量表", "已封存", "1,286,400.00", "没有人工填报", "金额单位：元", "华溪村"):
        assert words in paper
    book = CalamineWorkbook.from_filelike(BytesIO(sheet(figures, IMPRINT)))
    assert book.sheet_names[0] == "按类别和产权归属"
    assert len(book.sheet_names) == sum(len(form.blocks) for form in TABLES)
    (row,) = [line for line in book.get_sheet_by_index(0).to_python() if line[1] == "经营性资产"]
    assert row[2:4] == [1, 1286400.0]
    assert REPORTS[ReportName.PERIOD_TABLES].formats == ("pdf", "xlsx")


def test_large_amounts_are_printed_in_ten_thousands(app: Flask) -> None:
    asset_fen = LARGE_FEN
    from registry.assets.register.funding import FundingSource
    from registry.assets.register.registration import FundingFact

    confirmed(original_value_fen=asset_fen, funding=(FundingFact(FundingSource.POVERTY_FUND, asset_fen),))
    close_due(COUNTY, today())
    month = Period(kept_of([COUNTY])[COUNTY].last or 0, PeriodKind.MONTH).name
    figures = collect(VILLAGE, Parameters(period=month), actor=person("village_clerk"), on=today())
    paper = text_of(draw(figures, IMPRINT))
    assert "金额单位：万元" in paper
    assert "100,000.00" in paper


def test_a_program_reads_periods_and_their_figures(any_app: Flask) -> None:
    month, following = closed()
    clerk = Program(any_app.test_client(), "township_clerk")
    listed = clerk.get(f"/periods?region={VILLAGE}&kind=MONTH").json["items"]
    states = {one["period"]: one["state"] for one in listed}
    # In the first days of a month the one before it is over and not closed yet.
    assert list(states) == sorted({f"{today():%Y-%m}", following, month}, reverse=True)
    assert (states[f"{today():%Y-%m}"], states[month]) == ("RUNNING", "CLOSED")
    told = clerk.get(f"/periods/{TOWNSHIP}/{month}?table=holdings").json
    assert len(told["digest"]) == 64
    value = [one for one in told["figures"] if one["column"] == "v_VILLAGE"]
    assert {(one["row"], one["unit_code"], one["amount"]) for one in value} == {
        ("OPERATING", "", "1286400.00"), ("", VILLAGE, "1286400.00")
    }  # fmt: skip
    assert clerk.get(f"/periods/{OTHER_COUNTY}/{month}").status_code == 404
    assert clerk.get(f"/periods/{TOWNSHIP}/2026-99").status_code == 404


def test_the_doctor_names_what_should_have_been_closed_and_the_console_closes_it(app: Flask) -> None:
    confirmed()
    late = health.months()
    assert not late.passed
    assert "石柱土家族自治县" in late.finding
    with pytest.raises(console.NotAUnit):
        console.close("500", today())
    assert console.close(COUNTY, today()) == 1
    assert console.close(None, today()) == 0
    assert health.months().passed
    assert list_due(today() + timedelta(days=60))
    assert N_("定期报表封存") == health.months().name
