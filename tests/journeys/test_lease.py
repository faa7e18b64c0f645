"""A lease from its terms to its renewal, each step as the person whose step it is, on the day on which it happens."""

import re
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.models import Receipt
from tests.assets.title.making import picture, storehouse
from tests.factories import VILLAGE
from tests.journeys.days import Calendar
from tests.journeys.desks import agreed, newest_request, stored
from tests.journeys.test_case_agreed import now_of, visitor
from tests.ledger.contracts.test_contract_pages import TYPED

BEGINS, ENDS = date(2027, 1, 15), date(2028, 1, 14)
TERMS = {
    **TYPED, "starts_on": BEGINS.isoformat(), "ends_on": ENDS.isoformat(), "frequency": "YEARLY", "deposit": "",
    "appraised": "10000", "late_terms": "日万分之五",
}  # fmt: skip
SECOND = {"name": "冷库续租", "starts_on": "2028-01-15", "ends_on": "2029-01-14", "yearly": "13000"}


def test_a_lease_is_decided_signed_paid_in_part_demanded_and_renewed_and_the_arrears_stay(
    any_app: Flask, calendar: Calendar
) -> None:
    app, number = any_app, storehouse()
    first = signed(app, drafted(app, number), calendar)
    assert [due.amount_fen for due in dues(first)] == [1_200_000]

    calendar.turn_to(BEGINS)
    received(app, "10000")
    assert [(due.state, due.open_fen) for due in dues(first)] == [(DueStatus.PART, 200_000)]
    calendar.wait(40)
    demanded(app, first)

    calendar.turn_to(ENDS - timedelta(days=60))
    second = signed(app, renewed(app, first), calendar)
    assert {one.id: one.state for one in stored(select(Contract))} == {
        first: ContractStatus.ENDED, second: ContractStatus.RUNNING,
    }  # fmt: skip
    assert [due.open_fen for due in dues(second)] == [1_300_000]
    the_old_arrears_are_paid(app, first, calendar)


def dues(contract_id: int) -> list[Due]:
    return stored(select(Due).where(Due.contract_id == contract_id).order_by(Due.id))


def drafted(app: Flask, number: str) -> int:
    """The clerk chooses the asset and writes the terms; what the contract will make due stands on its page."""
    clerk = visitor(app, "village_clerk")
    assert number in clerk.open(f"/contracts/new?region={VILLAGE}").text
    clerk.open(f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={number}")
    clerk.send(**TERMS)
    assert "草稿已保存" in clerk.page.text
    assert "签订后的应收计划" in clerk.page.text
    return stored(select(Contract.id).order_by(Contract.id.desc()))[0]  # type: ignore[no-any-return]


def signed(app: Flask, contract_id: int, calendar: Calendar) -> int:
    """Submitted, voted, posted, countersigned and reviewed, and only then signed: with its paper."""
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/contracts/{contract_id}")
    clerk.send(f"/contracts/{contract_id}/submit")
    assert "已提交审批" in clerk.page.text
    request_id = newest_request()
    assert now_of(request_id).step_kind == "MEETING"
    assert clerk.open(f"/contracts/{contract_id}/sign").status_code == 409
    assert "全部环节都已同意" in agreed(app, request_id, calendar).page.text
    assert "待签订合同" in clerk.open("/todo").text
    clerk.open(f"/contracts/{contract_id}/sign")
    clerk.send(signed_on=calendar.today)
    assert "请上传签好字的合同" in clerk.page.text
    clerk.send_file(picture(), "合同.png", signed_on=calendar.today)
    assert "合同已生效，应收已生成" in clerk.page.text
    return contract_id


def received(app: Flask, amount: str, told_on: str = "/") -> None:
    """The clerk enters what came, from the task on the workbench or from the debt's own page; the head checks it."""
    clerk = visitor(app, "village_clerk")
    (form,) = set(re.findall(r'href="(/assets/[^"]*/income/new\?due=\d+)"', clerk.open(told_on).text))
    clerk.open(form)
    clerk.send("", amount=amount)
    assert "已登记，等另一个人审核。" in clerk.page.text
    head = visitor(app, "village_head")
    head.open(f"/income/{stored(select(Receipt.id).order_by(Receipt.id.desc()))[0]}")
    head.send("/income/review")
    assert "已通过并记账 1 笔" in head.page.text


def demanded(app: Flask, contract_id: int) -> None:
    """What was not paid is asked for in writing; until the day it names it is nobody's task."""
    clerk = visitor(app, "village_clerk")
    (due,) = dues(contract_id)
    assert "欠款催缴" in clerk.open("/todo").text
    assert "2,000.00" in clerk.open("/income/arrears").text
    clerk.open(f"/income/arrears/{due.id}")
    clerk.send_file(picture(), "催缴函.png", "/demand", way="LETTER", note="当面送达")
    assert "已登记催缴。" in clerk.page.text
    assert "欠款催缴" not in clerk.open("/todo").text


def renewed(app: Flask, contract_id: int) -> int:
    """The task of the contract that runs out leads to its renewal, which begins with what it says now."""
    clerk = visitor(app, "village_clerk")
    assert "合同临近到期" in clerk.open("/todo").text
    clerk.open(f"/contracts/{contract_id}")
    clerk.open(clerk.link("/follow/RENEWAL"))
    assert "山蜜冷链有限公司" in clerk.page.text
    clerk.send(**SECOND)
    assert "草稿已保存" in clerk.page.text
    assert "合同临近到期" not in clerk.open("/todo").text
    return stored(select(Contract.id).order_by(Contract.id.desc()))[0]  # type: ignore[no-any-return]


def the_old_arrears_are_paid(app: Flask, first: int, calendar: Calendar) -> None:
    """The contract that ended still owes, its page says so, and money that comes later pays that debt and no other."""
    calendar.turn_to(ENDS + timedelta(days=1))
    clerk = visitor(app, "village_clerk")
    text = clerk.open(f"/contracts/{first}").text
    assert "接替" in text
    assert "2,000.00" in text
    (due,) = dues(first)
    assert f"/income/arrears/{due.id}" in clerk.open("/income/arrears").text
    received(app, "2000", f"/income/arrears/{due.id}")
    assert [one.state for one in dues(first)] == [DueStatus.SETTLED]
    assert "没有逾期的欠款" in clerk.open("/income/arrears").text
