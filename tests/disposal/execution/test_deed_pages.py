"""Carrying out and recording over the pages, without scripts: who presses what, and what they are told."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.database import db
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.disposal.procedure.deed_queries import find_execution, find_waiting_note
from tests.approvals.notices.boards import photograph
from tests.disposal.execution.doing import book_opened
from tests.disposal.execution.test_records import live, noted, past, pigs
from tests.disposal.pages.reading import hidden_of, latest_case, signed_in, text_of
from tests.disposal.scenery import approved_case, asset_of, case_of, machine
from tests.disposal.selling import sold_case


def sent(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    """Send a page's form with what was filled in; afterwards the test reads anew."""
    answer = client.post(path, data={**hidden_of(client, path), **fields}, content_type="multipart/form-data")
    db.session.rollback()
    return answer


def sheet() -> Any:
    """A signed sheet as it comes from a phone."""
    return (BytesIO(photograph("brown")), "移交单.jpg")


SOLD = {
    "effective_on": "2026-11-20", "handed_over_on": "2026-11-22", "signed_by": "陈光明", "paper_no": "移交〔2026〕12号",
    "is_paid": "y", "paid_on": "2026-11-21", "receipt_no": "收据 0086",
}  # fmt: skip


def test_the_second_person_carries_a_sale_out_from_the_task_in_four_clicks(any_app: Flask) -> None:
    number = machine()
    book_opened()
    case_id = sold_case(number)
    client = signed_in(any_app, "village_head")
    page = f"/disposals/{case_id}/execute"
    assert page in client.get(f"/disposals/{case_id}").get_data(as_text=True)
    said = text_of(client, page)
    for words in ("批准的是 2026-11-20", "石柱县山货贸易有限公司", "42,000.00", "各级都已同意"):
        assert words in said
    answer = sent(client, page, **SOLD, cost="300", file=sheet())
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/disposals/{case_id}")
    row = find_execution(case_id)
    assert row is not None
    assert (row.cost_fen, row.handed_over_on and row.handed_over_on.isoformat()) == (30_000, "2026-11-22")
    assert asset_of(number).stage == "DISPOSED"
    shown = text_of(client, f"/disposals/{case_id}")
    assert "执行" in shown
    assert "移交〔2026〕12号" in shown or "移交清单" in shown


def test_what_is_lacking_is_told_at_its_field_and_what_was_typed_stays(app: Flask) -> None:
    case_id = sold_case()
    client = signed_in(app, "village_head")
    answer = sent(client, f"/disposals/{case_id}/execute", **{**SOLD, "signed_by": "", "note": "今天交接"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("请填写移交日期、接收方签字人和移交单号", "请上传双方签字的移交清单或协议", "今天交接", "收据 0086"):
        assert words in text
    assert find_execution(case_id) is None


@pytest.mark.parametrize(("who", "status"), [("village_clerk", 403), ("sibling_clerk", 403), ("other_supervisor", 404)])
def test_nobody_else_finds_the_page(app: Flask, who: str, status: int) -> None:
    case_id = sold_case()
    assert signed_in(app, who).get(f"/disposals/{case_id}/execute").status_code == status


def test_a_cleared_sale_without_a_price_says_that_the_price_is_missing(app: Flask) -> None:
    case_id = approved_case()
    answer = signed_in(app, "village_head").get(f"/disposals/{case_id}/execute")
    assert answer.status_code == 409
    assert "现在还不能办" in answer.text
    assert "还没有可以执行的成交价" in answer.text


def test_a_kind_without_buyer_asks_for_no_hand_over(app: Flask) -> None:
    case_id = approved_case(DisposalKind.SCRAP)
    client = signed_in(app, "village_head")
    html = client.get(f"/disposals/{case_id}/execute").get_data(as_text=True)
    assert 'name="signed_by"' not in html
    assert "残值收入" in html
    assert sent(client, f"/disposals/{case_id}/execute", effective_on="2026-11-20", income="12.50").status_code == 303
    assert case_of(case_id).state is DisposalStatus.DONE


def test_a_fire_is_recorded_with_a_photograph(app: Flask) -> None:
    number = machine()
    client = signed_in(app, "village_clerk")
    path = f"/disposals/loss?asset={number}"
    assert "烘干机" in text_of(client, path)
    told = {"asset_no": number, "kind": "LOSS", "ground": "DISASTER", "happened_on": "2026-11-20", "extent": "WHOLE",
            "reason": "电线短路起火，机器全毁。"}  # fmt: skip
    assert sent(client, path, **told).status_code == 422
    answer = sent(client, path, **told, file=sheet())
    case = latest_case()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/disposals/{case.id}")
    assert (case.is_sudden, case.title, asset_of(number).use_status) == (True, "烘干机报损", "DAMAGED")
    assert "突发损失" in text_of(client, f"/disposals/{case.id}")


def test_the_past_is_entered_and_confirmed_by_the_township(app: Flask) -> None:
    live()
    number = machine()
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "township_supervisor")
    path = f"/disposals/past?asset={number}"
    told = {"asset_no": number, "kind": "SCRAP", "ground": "LIFE_ENDED", "effective_on": "2022-06-03",
            "reason": "2022 年已经拆除。", "document_no": "中益府〔2022〕31号", "recipient_kind": "OTHER"}  # fmt: skip
    assert sent(clerk, path, **told, file=sheet()).status_code == 303
    case = latest_case()
    assert (case.is_legacy, case.status) == (True, "SUBMITTED")
    page = f"/disposals/{case.id}/past"
    assert page in head.get("/todo").get_data(as_text=True)
    assert signed_in(app, "village_head").get(page).status_code == 403
    assert "中益府〔2022〕31号" in text_of(head, page)
    assert sent(head, page, answer="NO", opinion="").status_code == 422
    assert sent(head, page, answer="YES", opinion="与档案一致").status_code == 303
    assert asset_of(number).stage == "DISPOSED"
    assert head.get(page).status_code == 409


def test_a_past_that_is_refused_leaves_the_card(app: Flask) -> None:
    live()
    number = machine()
    case_id = past(number)
    client = signed_in(app, "township_supervisor")
    assert sent(client, f"/disposals/{case_id}/past", answer="NO", opinion="批文不符").status_code == 303
    assert asset_of(number).stage == "CONFIRMED"


def test_a_households_act_is_noted_by_the_clerk_and_confirmed_by_the_head(app: Flask) -> None:
    number = pigs()
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    path = f"/assets/{number}/household-disposal"
    assert path in clerk.get(f"/assets/{number}").get_data(as_text=True)
    told = {"act": "SOLD", "happened_on": "2026-11-02", "statement": "两头猪卖给屠宰点。"}
    assert sent(clerk, path, **told, file=sheet()).status_code == 303
    note = find_waiting_note(asset_of(number).id)
    assert note is not None
    page = f"/household-disposals/{note.id}"
    assert page in head.get("/todo").get_data(as_text=True)
    assert "两头猪卖给屠宰点" in text_of(head, page)
    assert sent(head, page, answer="YES").status_code == 303
    assert asset_of(number).stage == "DISPOSED"
    assert "待第二人确认" not in text_of(head, page)


def test_a_statement_is_given_only_to_who_may_see_the_asset(app: Flask) -> None:
    note_id = noted(pigs())
    page = signed_in(app, "village_head").get(f"/household-disposals/{note_id}").get_data(as_text=True)
    paper = page.split(f"/household-disposals/{note_id}/files/", 1)[1].split('"', 1)[0]
    path = f"/household-disposals/{note_id}/files/{paper}"
    assert signed_in(app, "village_clerk").get(path).status_code == 200
    assert signed_in(app, "other_clerk").get(path).status_code == 404
