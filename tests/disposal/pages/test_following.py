"""After approval: prices, tasks of each desk, the result on the board, the page of the asset."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.approvals.notices.models import Notice
from registry.approvals.requests.states import Verdict
from registry.database import db
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.kinds import OwnerKind
from tests.disposal.execution.doing import carried_out
from tests.disposal.pages.reading import plain, press, signed_in, text_of
from tests.disposal.scenery import PRICED_ON, approved_case, case_of, machine, opened_case, request_of, say
from tests.disposal.selling import priced, sold_case

RESULT = {
    "price": "42000", "opened_on": "2026-11-18", "way": "LISTED", "platform": "重庆农村产权交易所",
    "record_no": "CQRPE-1", "bidders": "3", "buyer_kind": "ENTERPRISE", "buyer_name": "山货公司",
}  # fmt: skip


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The clerk of the village that owns."""
    return signed_in(app, "village_clerk")


def test_a_result_is_told_on_its_page(clerk: FlaskClient) -> None:
    case_id = approved_case(DisposalKind.SALE, machine(), report_fen=4_000_000)
    assert "登记成交结果" in text_of(clerk, f"/disposals/{case_id}")
    answer = press(clerk, f"/disposals/{case_id}/price", RESULT)
    assert answer.location == f"/disposals/{case_id}"
    said = text_of(clerk, f"/disposals/{case_id}")
    assert "105.00%" in said
    assert "可以成交" in said


def test_a_result_without_its_public_record_is_refused_beside_its_field(clerk: FlaskClient) -> None:
    case_id = approved_case()
    answer = press(clerk, f"/disposals/{case_id}/price", {**RESULT, "record_no": ""})
    assert answer.status_code == 422
    assert "交易登记号" in plain(answer.get_data(as_text=True))


def test_a_price_far_too_low_suspends_and_says_what_can_be_done(clerk: FlaskClient) -> None:
    case_id = approved_case(DisposalKind.SALE, machine(), report_fen=4_000_000)
    press(clerk, f"/disposals/{case_id}/price", {**RESULT, "price": "30000"})
    assert case_of(case_id).state is DisposalStatus.SUSPENDED
    said = text_of(clerk, f"/disposals/{case_id}")
    assert "处置已中止" in said
    assert "75.00%" in said
    assert "成交价过低" in text_of(clerk, "/todo")


def test_a_clerk_of_a_unit_above_does_not_tell_the_price(app: Flask) -> None:
    case_id = approved_case()
    assert signed_in(app, "county_clerk").get(f"/disposals/{case_id}/price").status_code == 403


def test_each_desk_sees_what_waits_for_it_and_nothing_else(app: Flask, clerk: FlaskClient) -> None:
    opened_case(DisposalKind.SCRAP, machine("草稿机"), title="报废草稿机")
    approved_case(DisposalKind.SALE, machine("待售机"), title="出售待售机")
    sold_case(machine("已售机"), title="出售已售机")
    mine, head = text_of(clerk, "/todo"), text_of(signed_in(app, "village_head"), "/todo")
    for words in ("处置草稿", "报废草稿机", "待公开交易", "出售待售机"):
        assert words in mine
        assert words not in head
    assert "处置待执行" in head
    assert "出售已售机" in head
    assert "处置待执行" not in mine
    assert "报废草稿机" not in text_of(signed_in(app, "township_clerk"), "/todo")


def test_a_case_that_was_called_in_is_told_to_its_sender(app: Flask, clerk: FlaskClient) -> None:
    case_id = approved_case()
    say(request_of(case_id), Verdict.CALL_IN, "municipal_supervisor", PRICED_ON, opinion="抽查")
    db.session.rollback()
    assert case_of(case_id).state is DisposalStatus.CALLED_IN
    assert "处置被提级调阅" in text_of(clerk, "/todo?group=elsewhere")
    said = text_of(clerk, f"/disposals/{case_id}")
    assert "放行或退回以前不能执行" in said
    assert "核对执行" not in text_of(signed_in(app, "village_head"), f"/disposals/{case_id}")


def test_a_card_that_left_the_register_says_when_how_and_by_which_case(clerk: FlaskClient) -> None:
    number = machine()
    case_id = sold_case(number)
    assert "正在申请处置" in text_of(clerk, f"/assets/{number}")
    carried_out(case_id)
    said = text_of(clerk, f"/assets/{number}")
    assert "2026-11-20 起已处置（出售）" in said
    assert case_of(case_id).number in said
    assert "出售：已执行" in said


def test_the_result_is_published_with_a_persons_name_masked(app: Flask, clerk: FlaskClient) -> None:
    case_id = approved_case(DisposalKind.SALE, machine())
    priced(case_id, 4_200_000, buyer_kind=OwnerKind.HOUSEHOLD, buyer_name="谭正国", buyer_code="")
    carried_out(case_id)
    assert "处置结果待公示" in text_of(clerk, "/todo")
    html = clerk.get(f"/disposals/{case_id}/result").get_data(as_text=True)
    assert "谭正国" in html
    sent = {
        "title": "处置结果", "body": "现将结果公示。", "table": "资产\t受让方\n烘干机\t谭正国", "names": "受让方",
        "place": "村务公开栏", "contact_name": "陈书记", "contact_phone": "023-73301234",
    }  # fmt: skip
    assert 'value="受让方"' in html
    answer = press(clerk, f"/disposals/{case_id}/result", sent)
    assert answer.status_code == 303
    notice = db.session.query(Notice).order_by(Notice.id.desc()).first()
    assert notice is not None
    assert notice.kind == "DISPOSAL_RESULT"
    public = text_of(app.test_client(), f"/public/notices/{notice.id}")
    assert "谭正国" not in public
    assert "谭" in public
    assert "处置结果待公示" not in text_of(clerk, "/todo")
    assert "结果公示" in text_of(clerk, f"/disposals/{case_id}")


def test_a_result_is_not_published_before_it_is_carried_out(clerk: FlaskClient) -> None:
    assert clerk.get(f"/disposals/{approved_case()}/result").status_code == 409
