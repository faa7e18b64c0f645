"""The page of a board, its JSON, its print, and what a supervisor's workbench says of it."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.reports.boards import paper
from registry.reports.boards.collecting import collect
from registry.reports.boards.figures import Board
from registry.reports.boards.rules import Alarm
from registry.reports.boards.strip import Strip, strip_of
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.figures import read_figures
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING
from registry.reports.prints.models import Print
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, PASSWORD, TODAY, TOWNSHIP, confirmed, person
from tests.ledger.payout.paying import released
from tests.reports.test_notice_poster import text_of
from tests.reports.test_paper import IMPRINT
from tests.rest.program import Program
from tests.supervision.findings.finding import entered


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/login", data={"username": username, "password": PASSWORD, "one_time_key": "in"})
    assert answer.status_code == 303
    return client


def late() -> int:
    """Enter a finding of the village that is overdue."""
    long_ago = TODAY - timedelta(days=40)
    return entered(on=long_ago, found_on=long_ago, due_on=TODAY - timedelta(days=2))


def board(username: str = "county_agriculture", region: str = COUNTY, **asked: str | int) -> Board:
    parameters = replace(NOTHING, **asked)  # type: ignore[arg-type]
    return collect(region, parameters, actor=person(username), on=today())


def test_an_empty_county_is_told_what_will_be_here(app: Flask) -> None:
    page = signed_in(app, "county_agriculture").get("/board")
    assert "这里还没有可以看的数字" in page.text
    assert "不需要任何人填表" in page.text


def test_a_custodian_has_no_board_and_foreign_units_do_not_exist(app: Flask) -> None:
    assert signed_in(app, "custodian").get("/board").status_code == 403
    officer = signed_in(app, "county_agriculture")
    for address in (
        f"/board?region={OTHER_COUNTY}",
        "/board?region=1",
        "/board?sector=NOTHING",
        "/board?year=2999",
        "/board?year=²",
    ):
        assert officer.get(address).status_code in {404, 200}
    assert officer.get(f"/board?region={OTHER_COUNTY}").status_code == 404
    assert officer.get("/board?sector=NOTHING").status_code == 404


def test_what_is_wrong_stands_with_its_unit_and_the_others_are_folded(app: Flask) -> None:
    confirmed()
    late()
    page = signed_in(app, "county_agriculture").get("/board").text
    assert f'href="/findings?region={TOWNSHIP}&amp;overdue=1"' in page
    assert "个单位没有问题" in page
    assert "排名" not in page
    assert "登录" not in page[page.index("哪里有问题") :]


def test_a_sector_leaves_out_what_belongs_to_others(app: Flask) -> None:
    confirmed()
    late()
    everything, water = board(), board(sector="WATER")
    assert (everything.total.assets, water.total.assets) == (1, 0)
    assert board(sector="AGRICULTURE").total.assets == 1
    assert everything.total.wrong(Alarm.FINDINGS) == 1
    assert water.total.wrong(Alarm.FINDINGS) == 0
    assert "分配用途" not in signed_in(app, "county_agriculture").get("/board?sector=WATER").text


def test_an_earlier_year_keeps_todays_stock_and_its_own_findings(app: Flask) -> None:
    confirmed()
    entered(on=today(), found_on=today(), due_on=today() + timedelta(days=30))
    year = today().year
    assert len(board().findings) == 1
    earlier = board(year=year - 1)
    assert (earlier.findings, earlier.total.assets, earlier.months[-1].month) == ((), 1, (year - 1) * 100 + 12)


def test_the_board_on_paper_and_in_the_workbook_says_what_the_page_says(app: Flask) -> None:
    confirmed()
    late()
    figures = board("township_supervisor", TOWNSHIP)
    text = text_of(paper.draw(figures, IMPRINT))
    for words in ("扶贫项目资产监督看板", "中益乡", "华溪村", "整改逾期", "确权、移交、闲置"):
        assert words in text
    book = CalamineWorkbook.from_filelike(BytesIO(paper.sheet(figures, IMPRINT)))
    assert book.sheet_names[:4] == ["问题", "资产", "确权移交", "收益"]
    rows = book.get_sheet_by_name("确权移交").to_python()
    assert rows[-1][:3] == ["中益乡", 1.0, figures.total.original_fen / 100]
    assert read_figures(Board, figures_text(figures)) == figures
    assert dict(paper.glance(figures))["资产项数"] == "1 项"
    assert REPORTS[ReportName.BOARD].formats == ("pdf", "xlsx")


def test_the_board_is_printed_from_its_page_as_it_is_looked_at(app: Flask) -> None:
    confirmed()
    client = signed_in(app, "township_supervisor")
    sent = {"sector": "AGRICULTURE", "year": str(today().year), "one_time_key": "once"}
    answer = client.post(f"/board/{TOWNSHIP}/print", data=sent)
    assert answer.status_code == 303, answer.text
    row = db.session.scalars(select(Print)).one()
    assert (row.report, row.region_code) == ("board", TOWNSHIP)
    assert client.post(f"/board/{COUNTY}/print", data={**sent, "one_time_key": "two"}).status_code == 404


def test_programs_read_the_same_figures(app: Flask) -> None:
    confirmed()
    late()
    program = Program(app.test_client(), "county_agriculture")
    said = program.get(f"/boards/{COUNTY}").json
    figures = board()
    assert said["total"]["assets"] == figures.total.assets == 1
    assert said["total"]["alarms"]["findings"] == 1
    assert [one["region_code"] for one in said["units"]] == [one.region_code for one in figures.units]
    assert sum(one["count"] for one in said["stock"]) == 1
    assert program.get(f"/boards/{COUNTY}?sector=WATER").json["total"]["assets"] == 0
    assert program.get(f"/boards/{OTHER_COUNTY}").status_code == 404


def test_who_benefits_stands_on_page_and_paper_and_is_told_to_programs(app: Flask) -> None:
    released()
    page = signed_in(app, "municipal_supervisor").get("/board?year=2026").text
    assert f'href="/distributions/households?region={COUNTY}&amp;year=2026">3</a>' in page
    said = Program(app.test_client(), "municipal_supervisor").get(f"/boards/{MUNICIPALITY}?year=2026").json
    assert (said["total"]["households"], said["distribution"]["households"]) == (3, 3)
    figures = board("municipal_supervisor", MUNICIPALITY, year=2026)
    assert "受益户数" in text_of(paper.draw(figures, IMPRINT))
    of_sector = board("municipal_supervisor", MUNICIPALITY, year=2026, sector="AGRICULTURE")
    assert "受益户数" not in text_of(paper.draw(of_sector, IMPRINT))
    book = CalamineWorkbook.from_filelike(BytesIO(paper.sheet(figures, IMPRINT)))
    assert book.get_sheet_by_name("收益").to_python()[-1][-1] == 3.0
    households = signed_in(app, "county_agriculture").get(f"/distributions/households?region={COUNTY}&year=2026").text
    assert "石柱土家族自治县中益乡华溪村3组" in households
    foreign = signed_in(app, "county_agriculture").get(f"/distributions/households?region={OTHER_COUNTY}")
    assert foreign.status_code == 404


def strip(username: str) -> Strip | None:
    return strip_of(person(username), today())


def test_the_workbench_says_what_is_wrong_where_and_whose_move_it_is(app: Flask) -> None:
    late()
    for username, name in (("county_agriculture", "中益乡"), ("township_supervisor", "华溪村")):
        with app.test_request_context():
            found = strip(username)
        assert found is not None
        row = next(one for one in found.rows if one.alarm is Alarm.FINDINGS)
        assert (row.number, [(one.name, one.number) for one in row.places]) == (1, [(name, 1)])
        page = signed_in(app, username).get("/").text
        assert "哪里有问题、轮到谁办" in page
        assert row.url.replace("&", "&amp;") in page


@pytest.mark.parametrize("username", ["village_clerk", "village_head", "county_clerk"])
def test_who_supervises_nobody_has_no_strip(app: Flask, username: str) -> None:
    late()
    assert strip(username) is None
