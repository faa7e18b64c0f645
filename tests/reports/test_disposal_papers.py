"""Sheet of approvals, register of disposals, poster of a result, and the buttons that print them."""

import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import parse_table
from registry.database import db
from registry.disposal.kinds import DisposalKind
from registry.errors import Missing
from registry.reports.catalogue import REPORTS, ReportName
from registry.reports.disposals import approval_drawing, approval_sheet, register
from registry.reports.disposals.approval_sheet import ApprovalSheet, NotSubmitted, Slot, Tile
from registry.reports.disposals.register import DisposalRegister, DisposalRow
from registry.reports.figures import read_figures
from registry.reports.notice_poster import A4
from registry.reports.paper.imprint import figures_text
from registry.reports.parameters import NOTHING, Parameters
from registry.reports.prints.models import Print
from registry.reports.prints.services import file_bytes
from tests.approvals.notices.boards import posted
from tests.disposal.execution.doing import carried_out
from tests.disposal.scenery import approved_case, cold_store, lead, machine, opened_case, submitted_case
from tests.factories import SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person
from tests.reports.disposals import CALLED_IN, RELEASED, bulk_case, eventful_case, paper_of, sold_out, used
from tests.reports.printing import asked, printed, signed_in
from tests.reports.test_paper import IMPRINT


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, check=True, stdout=subprocess.PIPE)
    return re.sub(r"\s", "", done.stdout.decode())


def sheet_of(case_id: int, username: str = "village_clerk") -> ApprovalSheet:
    return approval_sheet.collect(VILLAGE, Parameters(case_id=case_id), actor=person(username), on=TODAY)


# ---- The sheet of approvals


def test_a_sheet_of_approvals_tells_worth_gates_and_every_level_on_both_databases(any_app: Flask) -> None:
    case_id = eventful_case()
    figures = sheet_of(case_id)
    assert figures.tiles == (
        Tile("原值", 8_000_000), Tile("净值", 2_600_000), Tile("评估价", 9_000_000), Tile("定档价值", 9_000_000),
    )  # fmt: skip
    assert figures.tier == "二档：村集体资产，区县农业农村部门审核、财政同意"
    assert len(figures.marks) == 19
    assert {mark.outcome for mark in figures.marks} == {"通过"}
    assert [slot.level for slot in figures.slots] == ["村", "村", "村", "乡镇", "区县", "区县", "市"]
    assert figures.slots[0].said == "应到 312 人，到会 210 人，同意 210 票，通过"
    assert figures.slots[1].said == "2026-10-26 至 2026-11-04 公示，异议 1 件"
    assert figures.slots[3].who == "中益乡 乡镇监管员 Township Supervisor"
    assert figures.slots[-1].said == f"放行：{RELEASED}"
    assert {fact.label: fact.value for fact in figures.facts}["成交结果"] == (
        "84,000.00 元（93.33%，低于评估价，已重新批准）"
    )


@pytest.mark.usefixtures("app")
def test_the_sheet_is_one_page_of_a4_with_room_for_every_seal() -> None:
    pdf = paper_of(eventful_case(), ReportName.DISPOSAL_SHEET)
    file = pypdfium2.PdfDocument(pdf)
    assert len(file) == 1
    assert [round(one) for one in file[0].get_size()] == [595, 842]
    text = text_of(pdf)
    assert text.count("（签字盖章）") == 7
    for said in (
        "资产处置审批表",
        "烘干机1号等2项",
        "90,000.00",
        "VillageSupervisoryCommittee",
        "CountyFinance",
        RELEASED,
    ):
        assert said in text, said
    assert CALLED_IN not in text


@pytest.mark.usefixtures("app")
def test_levels_that_have_not_spoken_have_an_empty_box() -> None:
    case_id = submitted_case()
    lead(case_id, until="COUNTERSIGN")
    said = [bool(slot.said) for slot in sheet_of(case_id).slots]
    assert said == [True, True, False, False, False, False]


@pytest.mark.usefixtures("app")
def test_the_longest_route_and_the_longest_reason_still_stand_on_one_page() -> None:
    case_id = submitted_case(DisposalKind.SALE, cold_store(), reason="情况复杂，" * 190, report_fen=130_000_000)
    figures = sheet_of(case_id)
    more = Slot("区县", "区县政府审批", "某县 某某监管员", "同意。" * 80, "某人", "2026-11-20")
    long = replace(figures, slots=(*figures.slots, *(more,) * 4))
    pdf = approval_drawing.draw(long, IMPRINT)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert text_of(pdf).count("同意。") == 320
    assert text_of(pdf).count("情况复杂，") == 190


@pytest.mark.usefixtures("app")
def test_a_draft_has_no_sheet_of_approvals() -> None:
    with pytest.raises(NotSubmitted):
        sheet_of(opened_case())


@pytest.mark.usefixtures("app")
def test_a_case_out_of_reach_has_no_sheet() -> None:
    case_id = submitted_case()
    with pytest.raises(Missing):
        sheet_of(case_id, "sibling_clerk")
    with pytest.raises(Missing):
        approval_sheet.collect(SIBLING_VILLAGE, Parameters(case_id=case_id), actor=person("county_clerk"), on=TODAY)


@pytest.mark.usefixtures("app")
def test_a_sheet_reads_back_as_it_was_and_the_same_figures_give_the_same_bytes() -> None:
    figures = sheet_of(bulk_submitted())
    assert read_figures(ApprovalSheet, figures_text(figures)) == figures
    assert approval_drawing.draw(figures, IMPRINT) == approval_drawing.draw(figures, IMPRINT)


def bulk_submitted() -> int:
    from tests.disposal.scenery import submit

    case_id = bulk_case()
    submit(case_id)
    return case_id


# ---- The register

EARLIER = TODAY - timedelta(days=1)


def row(number: int = 1, **changes: object) -> DisposalRow:
    told = {
        "number": f"CZ-500240-2026-{number:04d}", "asset": "烘干机", "kind": "出售",
        "ground": "环境、市场、技术变化造成闲置，需转产", "owner": "华溪村股份经济合作社", "tier": "一档",
        "original_fen": 4_000_000, "net_fen": 1_300_000, "appraised_fen": None, "approved_on": "2026-11-10",
        "price_fen": 4_200_000, "ratio": "105.00%", "executed_on": "2026-11-20", "effective_on": "2026-11-20",
        "gain_fen": 2_900_000, "balance_fen": 4_200_000, "recipient": "石柱县山货贸易有限公司", "unit_name": "华溪村",
    }  # fmt: skip
    return DisposalRow(**{**told, **changes})  # type: ignore[arg-type]


def made(*rows: DisposalRow) -> DisposalRegister:
    return DisposalRegister("石柱县　中益乡", TOWNSHIP, "中益乡", "2026 年度，截至 2026-11-23", "已执行的处置", rows)


LOSS = {"kind": "报损", "price_fen": None, "ratio": "", "gain_fen": -1_300_000, "balance_fen": None}


def test_the_register_reads_what_was_carried_out_in_the_year_on_both_databases(any_app: Flask) -> None:
    case_id = sold_out()
    used(case_id)
    carried_out(approved_case(DisposalKind.SCRAP, machine("旧车"), title="报废旧车"), income_fen=100_000)
    submitted_case(DisposalKind.SALE, machine("还没有卖的"))
    figures = register.collect(TOWNSHIP, NOTHING, actor=person("township_supervisor"), on=TODAY)
    sold, scrapped = figures.rows
    assert sold == row(
        1,
        asset="旧烘干机",
        approved_on=sold.approved_on,
        executed_on=TODAY.isoformat(),
        balance_fen=3_200_000,
        ratio="323.07%",
        gain_fen=2_966_666,
    )
    assert (scrapped.kind, scrapped.price_fen, scrapped.ratio) == ("报废", None, "")
    # What no book ever held has nothing to write off: all that it fetches is gain.
    assert (scrapped.gain_fen, scrapped.balance_fen) == (100_000, 100_000)
    assert register.collect(TOWNSHIP, NOTHING, actor=person("township_supervisor"), on=EARLIER).rows == ()
    assert register.collect(SIBLING_VILLAGE, NOTHING, actor=person("sibling_clerk"), on=TODAY).rows == ()
    with pytest.raises(Missing):
        register.collect(TOWNSHIP, NOTHING, actor=person("village_clerk"), on=TODAY)


def test_the_register_sums_each_kind_and_all() -> None:
    pdf = register.draw(made(row(1), row(2), row(3, **LOSS)), IMPRINT)
    text = text_of(pdf)
    assert "其中：出售（2件）80,000.0026,000.000.0084,000.0058,000.0084,000.00" in text
    assert "其中：报损（1件）40,000.0013,000.000.000.00-13,000.000.00" in text
    assert "中益乡总计（3件）120,000.0039,000.000.0084,000.0045,000.0084,000.00" in text


def test_the_spreadsheet_has_a_row_for_every_case_with_its_recipient() -> None:
    data = register.sheet(made(row(1), row(2, **LOSS)), IMPRINT)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    held = [one for one in rows if str(one[0]).startswith("CZ-")]
    assert [one[0] for one in held] == ["CZ-500240-2026-0001", "CZ-500240-2026-0002"]
    assert held[0][8:14] == [40_000.0, 13_000.0, "", 42_000.0, 29_000.0, 42_000.0]
    assert held[0][14:] == ["2026-11-20", "华溪村股份经济合作社", "石柱县山货贸易有限公司", "华溪村"]
    assert held[1][11:14] == ["", -13_000.0, ""]


def test_a_year_without_disposals_says_so() -> None:
    assert "本年没有执行的处置" in text_of(register.draw(made(), IMPRINT))


# ---- The poster of a result, and the buttons


@pytest.mark.usefixtures("app")
def test_the_poster_of_a_result_tells_what_was_sold_with_the_buyer_masked() -> None:
    table = parse_table("资产\t成交价（元）\t受让人姓名\n烘干机\t42,000.00\t谭正国")
    notice_id = posted(
        kind=NoticeKind.DISPOSAL_RESULT, title="烘干机处置结果", body="公开挂牌交易，成交结果如下。", table=table
    )
    parameters = Parameters((), "http://localhost/public/notices/1", notice_id, A4)
    pdf = file_bytes(printed(asked(ReportName.NOTICE, VILLAGE, parameters=parameters), "village_clerk"), "pdf")
    text = text_of(pdf)
    for said in ("公示", "处置结果", "烘干机处置结果", "42,000.00", "谭**", "扫码看公示、提异议"):
        assert said in text, said
    assert "谭正国" not in text


@pytest.mark.parametrize("name", ["disposal-sheet", "disposal-dossier"])
def test_a_button_prints_a_paper_of_a_case_and_leads_to_its_page(client: FlaskClient, name: str) -> None:
    case_id = submitted_case()
    with signed_in(client, "township_supervisor"):
        answer = client.post(f"/disposals/{case_id}/print", data={"report": name, "one_time_key": name})
        assert answer.status_code == 303
        assert client.get(answer.location).status_code == 200
    db.session.rollback()
    row = db.session.scalars(select(Print)).one()
    assert (row.report, row.region_code, row.title) == (name, VILLAGE, REPORTS[ReportName(name)].label)


@pytest.mark.usefixtures("app")
def test_no_other_paper_and_no_case_out_of_reach_is_printed_by_that_button(client: FlaskClient) -> None:
    case_id = submitted_case()
    with signed_in(client, "sibling_clerk"):
        form = {"report": "disposal-sheet", "one_time_key": "a"}
        assert client.post(f"/disposals/{case_id}/print", data=form).status_code == 404
    with signed_in(client, "village_clerk"):
        form = {"report": "ledger", "one_time_key": "b"}
        assert client.post(f"/disposals/{case_id}/print", data=form).status_code == 404
    db.session.rollback()
    assert db.session.scalars(select(Print)).all() == []
