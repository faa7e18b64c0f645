"""Asking for a disposal on the pages: from the asset to submission, in bulk, refused, sent back."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.approvals.requests.states import Verdict
from registry.assets.register.registration import OwnerFact
from registry.database import db
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent
from registry.kinds import Category, OwnerKind
from registry.regions import Level
from tests.approvals.notices.boards import photograph
from tests.disposal.pages.reading import latest_case, links_of, plain, press, signed_in, text_of
from tests.disposal.scenery import (
    asset_of,
    case_of,
    lead,
    lines_of,
    machine,
    opened_case,
    request_of,
    say,
    submitted_case,
)
from tests.factories import OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, confirmed
from tests.reports.histories import Calendar, calendar


@pytest.fixture(autouse=True)
def days() -> Iterator[type[Calendar]]:
    """The day of the scenery, whenever the tests run."""
    with calendar() as one:
        one.day = TODAY
        yield one


OWNER = OwnerFact(OwnerKind.HOUSEHOLD, "谭正国")
WORDS = {
    "kind": "SALE", "ground": "IDLE", "reason": "设备闲置两年，无人承租。", "effective_on": "2026-11-20",
    "use_of_proceeds": "维修产业路", "extent": "WHOLE", "recipient_kind": "ENTERPRISE",
}  # fmt: skip


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The clerk of the village that owns."""
    return signed_in(app, "village_clerk")


def apply(client: FlaskClient, number: str, **changes: str) -> str:
    """Fill in the application for one asset; where the reader is led, or what is said on the page."""
    answer = press(client, f"/disposals/new?asset={number}", {**WORDS, **changes})
    return answer.location if answer.status_code == 303 else plain(answer.get_data(as_text=True))


def test_from_the_asset_page_it_is_three_clicks_to_a_submitted_case(clerk: FlaskClient) -> None:
    number = machine()
    assert f"/disposals/new?asset_no={number}" in links_of(clerk, f"/assets/{number}")
    check = apply(clerk, number)
    assert check == f"/disposals/{latest_case().id}/submit"
    answer = press(clerk, check)
    assert answer.location == f"/disposals/{latest_case().id}"
    assert latest_case().state is DisposalStatus.SUBMITTED


def test_the_check_shows_every_gate_the_values_the_tier_and_the_way_before_submission(clerk: FlaskClient) -> None:
    said = text_of(clerk, apply(clerk, machine()))
    for words in ("40,000.00", "定档价值", "一档：村集体资产，乡镇审批、区县备案", "产权清楚", "没有拆分", "19 通过",
                  "成员（代表）会议决定、认定价值", "乡镇审批", "市级备案"):  # fmt: skip
        assert words in said


def test_a_closed_gate_is_told_before_submission_and_leaves_no_button(clerk: FlaskClient) -> None:
    number = machine(title_status="UNCONFIRMED", certificate_kind="", certificate_number="")
    check = apply(clerk, number)
    said = text_of(clerk, check)
    assert "还没有确权" in said
    assert "挡提交" in said
    assert "现在不能提交" in said
    answer = press(clerk, check)
    assert answer.status_code == 409
    assert "产权清楚" in plain(answer.get_data(as_text=True))
    assert latest_case().state is DisposalStatus.DRAFT


def test_what_was_typed_stays_when_something_is_missing(clerk: FlaskClient) -> None:
    said = press(clerk, f"/disposals/new?asset={machine()}", {**WORDS, "ground": ""})
    html = said.get_data(as_text=True)
    assert said.status_code == 422
    assert "设备闲置两年" in html
    assert "内容都还在" in html


def test_a_draft_keeps_what_was_typed_until_it_is_submitted(clerk: FlaskClient) -> None:
    apply(clerk, machine())
    case = latest_case()
    html = clerk.get(f"/disposals/{case.id}/edit").get_data(as_text=True)
    assert "设备闲置两年" in html
    sent = {**WORDS, "reason": "修理估价超过净值。", "version": str(case.version_id)}
    answer = press(clerk, f"/disposals/{case.id}/edit", sent)
    assert (answer.status_code, latest_case().reason) == (303, "修理估价超过净值。")
    stale = press(clerk, f"/disposals/{latest_case().id}/edit", sent)
    assert stale.status_code == 409


def test_a_part_of_the_quantity_is_asked_for_on_the_same_page(clerk: FlaskClient) -> None:
    number = machine(quantity_milli=4000)
    apply(clerk, number, extent="QUANTITY", quantity="1")
    line = lines_of(latest_case().id)[0]
    assert (line.how_much, line.quantity_milli, line.original_fen) == (Extent.QUANTITY, 1000, 1_000_000)


def test_more_than_there_is_is_refused_beside_its_field(clerk: FlaskClient) -> None:
    assert "小于登记数量 4" in apply(clerk, machine(quantity_milli=4000), extent="QUANTITY", quantity="5")


def test_assets_of_a_unit_are_chosen_from_a_list_and_those_in_a_case_are_not_offered(clerk: FlaskClient) -> None:
    free, busy = machine("筛选机"), machine("包装机")
    opened_case(DisposalKind.SALE, busy)
    said = text_of(clerk, "/disposals/new")
    assert "筛选机" in said
    assert "包装机" not in said
    assert "没有可以处置的资产" in text_of(clerk, "/disposals/new?q=没有这个名字")
    answer = press(clerk, "/disposals/new", {**WORDS, "kind": "SCRAP", "ground": "LIFE_ENDED", "no": [free]})
    assert (answer.status_code, len(lines_of(latest_case().id))) == (303, 1)


def test_all_that_a_filter_finds_goes_into_one_case_and_each_line_is_decided(clerk: FlaskClient) -> None:
    for n in range(3):
        machine(f"茶机{n}号", 100_000)
    press(clerk, "/disposals/new?q=茶机", {**WORDS, "kind": "SCRAP", "ground": "LIFE_ENDED", "whole": "y"})
    case_id = latest_case().id
    lines = list_lines(case_id)
    assert len(lines) == 3
    out = str(lines[0].id)
    missing = press(clerk, f"/disposals/{case_id}/lines", {"line": [out], "decision": "LEFT_OUT"})
    assert missing.status_code == 422
    press(clerk, f"/disposals/{case_id}/lines", {"line": [out], "decision": "LEFT_OUT", "reason": "还在用"})
    db.session.rollback()
    assert [(line.is_in, line.reason) for line in list_lines(case_id)] == [(False, "还在用"), (True, ""), (True, "")]
    said = text_of(clerk, f"/disposals/{case_id}")
    assert "纳入 2 项" in said
    assert "还在用" in said


def test_two_hundred_lines_are_paged(clerk: FlaskClient) -> None:
    numbers = [machine(f"茶机{n}号", 1_000) for n in range(120)]
    case_id = opened_case(DisposalKind.SCRAP, *numbers)
    first = text_of(clerk, f"/disposals/{case_id}/lines")
    assert "下 100 项" in first
    after = list_lines(case_id)[99].id
    second = text_of(clerk, f"/disposals/{case_id}/lines?after={after}")
    assert "茶机119号" in second
    assert "茶机0号" not in second


def test_a_household_asset_is_not_offered_and_not_taken(clerk: FlaskClient) -> None:
    number = confirmed(category=Category.HOUSEHOLD, subtype="HOUSEHOLD_TOOLS", owners=(OWNER,)).asset_no
    assert not [url for url in links_of(clerk, f"/assets/{number}") if url.startswith("/disposals/new")]
    assert "由农户自行处置" in apply(clerk, number)
    assert latest_case() is None


def test_an_asset_lies_in_one_case_at_a_time(clerk: FlaskClient) -> None:
    number = machine()
    opened_case(DisposalKind.SALE, number)
    answer = press(clerk, f"/disposals/new?asset={number}", WORDS)
    assert answer.status_code == 409
    assert "正在另一件处置事项里" in plain(answer.get_data(as_text=True))


def test_nobody_asks_for_what_another_village_owns(app: Flask) -> None:
    number = machine()
    stranger = signed_in(app, "sibling_clerk")
    assert stranger.get(f"/disposals/new?asset={number}").status_code == 404
    assert stranger.get(f"/disposals/new?region={VILLAGE}").status_code == 404
    assert asset_of(number).region_code != SIBLING_VILLAGE


def test_papers_and_a_report_are_added_until_the_gates_open(clerk: FlaskClient) -> None:
    case_id = opened_case(DisposalKind.LOSS, machine())
    photo = (BytesIO(photograph("red")), "现场.jpg")
    answer = press(clerk, f"/disposals/{case_id}/files", {"kind": "OTHER", "file": photo, "caption": "停用证明"})
    assert answer.location == f"/disposals/{case_id}/submit"
    assert "停用证明" in text_of(clerk, f"/disposals/{case_id}")
    report = {
        "agency": "重庆华信", "report_no": "渝华信评1号", "appraisers": "李远、周敏", "value": "198000",
        "appraised_on": "2026-09-05", "file": (BytesIO(photograph("green")), "报告.jpg"),
    }  # fmt: skip
    assert press(clerk, f"/disposals/{case_id}/report", report).status_code == 303
    assert "198,000.00" in text_of(clerk, f"/disposals/{case_id}/submit")


def test_a_report_without_its_paper_is_refused(clerk: FlaskClient) -> None:
    case_id = opened_case()
    report = {
        "agency": "重庆华信",
        "report_no": "1",
        "appraisers": "李远、周敏",
        "value": "1",
        "appraised_on": "2026-09-05",
    }
    assert press(clerk, f"/disposals/{case_id}/report", report).status_code == 422


def test_a_case_that_came_back_says_what_to_mend_and_is_submitted_anew(clerk: FlaskClient) -> None:
    case_id = submitted_case()
    found = lead(case_id, until="TOWNSHIP_SUPERVISOR")
    say(found, Verdict.SEND_BACK, "township_supervisor", opinion="价值说不清", defect="评估报告")
    said = text_of(clerk, f"/disposals/{case_id}")
    assert "要补正：评估报告" in said
    assert "价值说不清" in said
    assert press(clerk, f"/disposals/{case_id}/submit").status_code == 303
    assert case_of(case_id).state is DisposalStatus.SUBMITTED
    assert request_of(case_id).id == found.id


def test_a_case_is_taken_back_with_a_reason(clerk: FlaskClient) -> None:
    case_id = submitted_case()
    assert press(clerk, f"/disposals/{case_id}/withdraw", {"reason": ""}).status_code == 422
    assert press(clerk, f"/disposals/{case_id}/withdraw", {"reason": "改为出租"}).status_code == 303
    assert case_of(case_id).state is DisposalStatus.WITHDRAWN
    assert "改为出租" in text_of(clerk, f"/disposals/{case_id}")


def test_the_list_counts_and_sums_by_state_and_is_filtered(clerk: FlaskClient) -> None:
    submitted_case(DisposalKind.SALE, machine("甲机", 3_000_000), title="出售甲机")
    opened_case(DisposalKind.SCRAP, machine("乙机", 1_000_000), title="报废乙机")
    said = text_of(clerk, "/disposals")
    assert "共 2 件" in said
    assert "报废乙机" not in text_of(clerk, "/disposals?status=SUBMITTED")
    assert "出售甲机" not in text_of(clerk, "/disposals?kind=SCRAP")
    assert "没有符合条件" in text_of(clerk, "/disposals?year=2020")
    assert clerk.get("/disposals?kind=NONSENSE").status_code == 404


def test_a_day_before_it_was_acquired_is_refused(clerk: FlaskClient) -> None:
    assert "不能早于" in apply(clerk, machine(), effective_on=date(2001, 1, 1).isoformat())


def test_levels_have_their_names() -> None:
    from registry.disposal.procedure.progress import LEVELS

    assert [level for level, _label in LEVELS] == [
        Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.MUNICIPALITY,
    ]  # fmt: skip


def test_what_is_allocated_goes_to_the_unit_that_is_chosen(clerk: FlaskClient) -> None:
    number, given = machine(), {"kind": "ALLOCATION", "recipient_name": "中益乡人民政府", "recipient_kind": "STATE"}
    assert "/submit" in apply(clerk, number, **given, recipient_region=TOWNSHIP)
    assert (latest_case().recipient_region, latest_case().recipient_kind) == (TOWNSHIP, "STATE")
    page = clerk.get(f"/disposals/{latest_case().id}/edit").get_data(as_text=True)
    assert f'<option selected value="{TOWNSHIP}">' in page
    assert "/submit" in apply(clerk, machine("另一台"), **given)
    assert latest_case().recipient_region == VILLAGE, "who says no other unit means one of the own unit"


def test_what_is_allocated_goes_to_no_unit_of_another_county(clerk: FlaskClient) -> None:
    given = {"kind": "ALLOCATION", "recipient_name": "外县某村", "recipient_kind": "VILLAGE_COLLECTIVE"}
    assert "接收方所在地" in apply(clerk, machine(), **given, recipient_region=OTHER_COUNTY)
