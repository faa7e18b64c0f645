"""Contracts over HTTP, each as the right person."""

from io import BytesIO

from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.queries import list_dues_of
from tests.assets.title.making import picture, storehouse
from tests.factories import VILLAGE
from tests.journeys.browser import Visitor
from tests.ledger.contracts.making import agreed, contract_of, drafted, running, submitted

TYPED = {
    "name": "冷库出租", "operator_kind": "ENTERPRISE", "operator_name": "山蜜冷链有限公司", "starts_on": "2026-12-01",
    "ends_on": "2029-11-30", "is_written": "y", "rent_kind": "FIXED", "yearly": "12000", "frequency": "QUARTERLY",
    "in_advance": "1", "days_to_pay": "0", "prepaid_months": "0", "rise_years": "1", "deposit": "3000",
    "award": "TENDER", "award_note": "公开竞租，三家报名", "plan": "冷链仓储",
}  # fmt: skip


def latest() -> Contract:
    db.session.rollback()
    return db.session.scalars(select(Contract).order_by(Contract.id.desc())).first()  # type: ignore[return-value]


def test_a_clerk_drafts_checks_and_submits(app: Flask) -> None:
    number = storehouse()
    clerk = Visitor(app.test_client(), "village_clerk")
    assert number in clerk.open(f"/contracts/new?region={VILLAGE}").text
    clerk.open(f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={number}")
    refused = clerk.send(**{**TYPED, "yearly": "10"})
    assert refused.status_code == 422
    assert "低于底线" in refused.text
    page = clerk.send(**TYPED).text
    assert "草稿已保存" in page
    assert "没有填评估租金" in page
    assert "签订后的应收计划" in page
    contract = latest()
    assert (contract.yearly_fen, contract.shares[0].share_bp) == (1_200_000, 10_000)
    assert "已提交审批" in clerk.send(f"/contracts/{contract.id}/submit").text
    assert latest().state is ContractStatus.DECIDING
    assert clerk.open(f"/contracts/{contract.id}/sign").status_code == 409


def test_the_request_page_shows_what_will_be_paid(app: Flask) -> None:
    contract_id = drafted(storehouse())
    request = submitted(contract_id)
    page = Visitor(app.test_client(), "village_head").open(f"/requests/{request.id}").text
    assert "石柱县山蜜冷链有限公司" in page
    assert "每年 12,000.00 元" in page
    assert "经营方不是本集体成员" in page


def test_a_draft_is_reworded_and_a_stale_form_is_refused(app: Flask) -> None:
    contract_id = drafted(storehouse())
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/contracts/{contract_id}/edit")
    assert "已保存" in clerk.send(**{**TYPED, "appraised": "10000"}).text
    db.session.rollback()
    assert contract_of(contract_id).operator_name == "山蜜冷链有限公司"
    assert clerk.client.post(
        f"/contracts/{contract_id}/edit", data={**TYPED, "version": "1", "one_time_key": "stale"}
    ).status_code == 409  # fmt: skip


def test_the_signed_paper_makes_the_dues(app: Flask) -> None:
    contract_id = drafted(storehouse())
    submitted(contract_id)
    agreed(contract_id)
    client = Visitor(app.test_client(), "village_clerk").client
    data = {"signed_on": today().isoformat(), "one_time_key": "a"}
    assert "请上传签好字的合同" in client.post(f"/contracts/{contract_id}/sign", data=data).text
    data = {**data, "one_time_key": "b", "file": (BytesIO(picture()), "合同.png")}  # type: ignore[dict-item]
    page = client.post(f"/contracts/{contract_id}/sign", data=data, follow_redirects=True).text
    assert "应收已生成" in page
    db.session.rollback()
    assert len(list_dues_of(contract_id=contract_id)) == 13


def test_whoever_reads_the_ledger_sees_contract_due_and_asset(app: Flask) -> None:
    number = storehouse()
    contract = running(number)
    due_id, contract_id = list_dues_of(contract_id=contract.id)[0].id, contract.id
    reader = Visitor(app.test_client(), "village_supervisory_committee")
    for url in (f"/contracts/{contract_id}", f"/dues/{due_id}", f"/assets/{number}/operation", "/contracts"):
        page = reader.open(url)
        assert page.status_code == 200
        assert "华溪村" in page.text or "冷库出租" in page.text
    other = Visitor(app.test_client(), "sibling_clerk")
    assert other.open(f"/contracts/{contract_id}").status_code == 404
    assert other.open(f"/dues/{due_id}").status_code == 404


def test_ending_and_fee_and_result_pages_open_for_the_clerk(app: Flask) -> None:
    contract = running(storehouse())
    clerk = Visitor(app.test_client(), "village_clerk")
    for deed in ("end", "late-fee", "follow/RENEWAL", "follow/AMENDMENT", "years"):
        assert clerk.open(f"/contracts/{contract.id}/{deed}").status_code == 200, deed
    clerk.open(f"/contracts/{contract.id}/late-fee")
    assert "违约金已计入应收" in clerk.send(amount="50", reason="逾期 10 天，日万分之五").text
    assert clerk.open(f"/contracts/{contract.id}/follow/OTHER").status_code == 404


def test_what_waits_stands_in_the_inbox(app: Flask) -> None:
    contract_id = drafted(storehouse())
    submitted(contract_id)
    agreed(contract_id)
    assert "待签订合同" in Visitor(app.test_client(), "village_clerk").open("/todo").text


def test_a_running_contract_leaves_out_what_was_not_agreed_and_names_its_paper(app: Flask) -> None:
    draft_id, running_id = drafted(storehouse()), running(storehouse("二号仓")).id
    clerk = Visitor(app.test_client(), "village_clerk")
    assert "<dt>低于底线的理由</dt><dd>—</dd>" in clerk.open(f"/contracts/{draft_id}").text
    page = clerk.open(f"/contracts/{running_id}").text
    assert "低于底线的理由" not in page
    assert "<dt>价款</dt>" in page
    contract = contract_of(running_id)
    paper = page.partition("合同扫描件")[2]
    assert f">{contract.name}</a>" in paper
    assert f">{contract.signed_on}</span>" in paper
