"""Stories of income over HTTP: a phone, a village's quarter by paste, nothing changed, review, arrears, corrections."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.assets.register.registration import OwnerFact
from registry.evidence.models import Attachment
from registry.kinds import OwnerKind
from registry.ledger.books.models import Posting, Voucher
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import DueStatus
from registry.ledger.operation.receipts.models import IncomeRow, QuietPeriod, Receipt
from tests.factories import SIBLING_VILLAGE, TOWNSHIP, VILLAGE, confirmed
from tests.journeys.browser import Visitor
from tests.journeys.quarters import last_quarters, stored, this_quarter
from tests.journeys.test_custody import photo
from tests.ledger.receipts.receiving import RENT_FEN, entered_receipt, let, posted, rent


def test_a_clerk_records_the_rent_on_a_phone_in_two_clicks(any_app: Flask) -> None:
    store = confirmed()
    let(store, quarters=this_quarter())
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/")
    assert "本季未登记 1 项" in clerk.page.text
    (form,) = set(re.findall(rf'href="(/assets/{store.asset_no}/income/new\?due=\d+)"', clerk.page.text))
    clerk.open(form)
    assert 'value="30000.00"' in clerk.page.text
    clerk.send("")
    assert "已登记，等另一个人审核。" in clerk.page.text
    (receipt,) = stored(select(Receipt))
    assert (receipt.amount_fen, receipt.payer, receipt.status) == (RENT_FEN, "石柱冷链有限公司", "SUBMITTED")
    clerk.open("/")
    assert "本季未登记" not in clerk.page.text


def test_a_receipt_with_a_photo_is_checked_by_the_head_and_not_by_who_entered_it(any_app: Flask) -> None:
    store = confirmed()
    let(store, quarters=this_quarter())
    clerk = Visitor(any_app.test_client(), "township_accountant")
    clerk.open(f"/assets/{store.asset_no}/income/new")
    _action, fields = clerk.fields()
    data = {**{name: values[0] for name, values in fields.items()}, "bank_reference": "20261123-7"}
    sent = clerk.client.post(
        clerk.page.request.path, data={**data, "file": (photo(), "回单.jpg")}, follow_redirects=True
    )
    assert "已登记" in sent.text
    (receipt,) = stored(select(Receipt))
    assert len(stored(select(Attachment))) == 1
    clerk.open("/income/review")
    assert "没有等您审核的收益" in clerk.page.text
    refused = clerk.client.post("/income/review", data={"chosen": [str(receipt.id)]})
    assert refused.status_code == 403
    head = Visitor(any_app.test_client(), "village_head")
    head.open("/")
    assert "1 笔收益待审核" in head.page.text
    head.open("/income/review")
    assert f'value="{receipt.id}" checked' in head.page.text
    head.send("/income/review")
    assert "已通过并记账 1 笔" in head.page.text
    assert stored(select(Voucher.deed)) == ["INCOME_DUE", "DUE_RECEIVED"]
    head.open(f"/assets/{store.asset_no}/income")
    assert "30,000.00" in head.page.text


def test_a_village_pastes_its_quarter_and_every_wrong_row_is_said_before_anything_is_saved(any_app: Flask) -> None:
    names = ["冷链仓库", "屋顶光伏电站", "莼菜车间"]
    for name in names:
        confirmed(name=name)
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/income/sheet")
    clerk.send("/income/sheet", paste="名称\t金额\t日期\n冷链仓库\t1,200\t2026.7.1\n屋顶光伏电站\t一些\t\n看不懂\t5\t")
    assert clerk.page.status_code == 422
    assert "“看不懂”不是这张表里的资产" in clerk.page.text
    assert not stored(select(Receipt))
    clerk.open("/income/sheet")
    clerk.send("/income/sheet", paste="名称\t金额\n冷链仓库\t1,200\n屋顶光伏电站\t一些\n莼菜车间\t0")
    assert clerk.page.status_code == 422
    assert "屋顶光伏电站：“一些”不是金额" in clerk.page.text
    assert 'value="1,200"' in clerk.page.text
    assert not stored(select(Receipt))
    clerk.open("/income/sheet")
    clerk.send("/income/sheet", paste="名称\t金额\n屋顶光伏电站\t0.35万\n冷链仓库\t1,200\n莼菜车间\t0\n合计\t4700")
    assert "已登记 2 笔，等另一个人审核；1 项本期没有收益。" in clerk.page.text
    assert sorted(one.amount_fen for one in stored(select(Receipt))) == [120_000, 350_000]
    assert len(stored(select(QuietPeriod))) == 1


def test_a_pasted_column_can_be_looked_at_first(app: Flask) -> None:
    confirmed()
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/income/sheet")
    clerk.send("/income/sheet", paste="1,234.50", fill="1")
    assert 'value="1,234.50"' in clerk.page.text
    assert not stored(select(Receipt))
    _action, fields = clerk.fields("/income/sheet")
    assert fields["paste"] == [""]
    clerk.send("/income/sheet")
    assert [one.amount_fen for one in stored(select(Receipt))] == [123_450]


def test_a_village_says_that_nothing_changed_in_two_clicks(any_app: Flask) -> None:
    store, orchard = confirmed(), confirmed(name="脆红李采摘园")
    plant = confirmed(name="屋顶光伏电站", subtype="PHOTOVOLTAIC")
    let(store, quarters=this_quarter())
    plant_id = plant.id
    assert orchard.name != plant.name
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/")
    address = re.findall(r'href="(/income/sheet/unchanged\?[^"]*)"', clerk.page.text)[0]
    clerk.open(address)
    assert "金额每次不同，不登记；到账后请在登记表里填" in clerk.page.text
    clerk.send("/income/sheet/unchanged")
    assert "已登记 1 笔，等另一个人审核；1 项本期没有收益。" in clerk.page.text
    assert [one.amount_fen for one in stored(select(Receipt))] == [RENT_FEN]
    clerk.open(address)
    assert "没有能这样登记的资产" in clerk.page.text, "the settlement of the power station stays open"
    clerk.open("/income/sheet")
    clerk.send("/income/sheet", **{f"amount-{plant_id}": "3280.60"})
    clerk.open(address)
    assert "本期已经登记完了" in clerk.page.text


def test_a_township_looks_at_differences_first_and_passes_what_is_as_agreed(any_app: Flask) -> None:
    store, plant = confirmed(), confirmed(name="屋顶光伏电站")
    contract_id, _ = let(store, quarters=this_quarter())
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/assets/{store.asset_no}/income/new")
    clerk.send("")
    clerk.open(f"/assets/{plant.asset_no}/income/new")
    clerk.send("", amount="500")
    assert contract_id
    agreed, odd = stored(select(Receipt).order_by(Receipt.id))
    township = Visitor(any_app.test_client(), "township_supervisor")
    township.open(f"/income/review?region={TOWNSHIP}")
    text = township.page.text
    assert "没有合同，也没有凭证" in text
    assert text.index(f'value="{odd.id}"') < text.index(f'value="{agreed.id}" checked')
    assert f'value="{odd.id}" checked' not in text
    township.send("/income/review")
    assert "已通过并记账 1 笔" in township.page.text
    assert {one.id: one.status for one in stored(select(Receipt))} == {agreed.id: "POSTED", odd.id: "SUBMITTED"}
    township.open(f"/income/{odd.id}")
    township.send("/back", reason="")
    assert township.page.status_code == 422
    township.send("/back", reason="请补一张收据")
    assert "已退回登记人" in township.page.text
    clerk.open("/")
    assert "请补一张收据" in clerk.page.text
    clerk.open(f"/income/{odd.id}/change")
    clerk.send("", amount="480", bank_reference="收-12")
    assert "已修改，等另一个人审核。" in clerk.page.text
    township.open("/income/review")
    township.page = township.client.post("/income/review", data={"csrf_token": "", "one_time_key": "n" * 40})
    assert township.page.status_code == 422


def test_part_payment_becomes_arrears_that_are_demanded_and_asked_to_be_given_up(any_app: Flask) -> None:
    store = confirmed()
    contract_id, (due_id,) = let(store, quarters=last_quarters())
    posted(store, rent(1_000_000, contract_id))
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open("/income/arrears")
    assert "20,000.00" in clerk.page.text
    clerk.open(f"/income/arrears/{due_id}")
    assert "/write-off" not in clerk.page.text
    _action, fields = clerk.fields("/demand")
    clerk.send("/demand", way="LETTER", pay_by=fields["sent_on"][0])
    assert clerk.page.status_code == 422
    assert "要给对方合理的缴清期限" in clerk.page.text
    clerk.open(f"/income/arrears/{due_id}")
    clerk.send("/demand", way="LETTER", note="邮寄，已签收")
    assert "已登记催缴。" in clerk.page.text
    (letter,) = stored(select(DemandLetter))
    assert letter.owed_fen == 2_000_000
    clerk.send("/write-off", amount="20000.01", grounds="公司已注销")
    assert clerk.page.status_code == 422
    clerk.send("/write-off", amount="20000", grounds="公司已注销")
    assert "已提交核销申请，等审批。" in clerk.page.text
    (case,) = stored(select(WriteOff))
    assert (case.status, case.amount_fen) == ("PROPOSED", 2_000_000)
    assert stored(select(Due))[0].state is DueStatus.PART
    clerk.open("/requests")
    assert "核销欠款：石柱冷链有限公司" in clerk.page.text


def test_a_wrong_entry_is_corrected_in_red_and_both_stay_visible(any_app: Flask) -> None:
    store = confirmed()
    wrong = posted(store, rent(500_000)).id
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/income/{wrong}")
    assert f"/income/{wrong}/correct" in clerk.page.text
    clerk.open(f"/income/{wrong}/correct")
    clerk.send("", amount="450", reason="多写一个零")
    assert "已提交更正" in clerk.page.text
    head = Visitor(any_app.test_client(), "village_head")
    head.open("/income/review")
    assert "更正已记账的收益" in head.page.text
    right = stored(select(Receipt.id).order_by(Receipt.id.desc()))[0]
    head.open(f"/income/{right}")
    head.send("/income/review")
    assert "已通过并记账 1 笔" in head.page.text
    assert stored(select(IncomeRow.amount_fen).order_by(IncomeRow.id)) == [500_000, -500_000, 45_000]
    head.open(f"/income/{wrong}")
    assert "已冲销" in head.page.text
    assert "-5,000.00" in head.page.text
    clerk.open(f"/income/{wrong}/correct")
    clerk.send("", amount="1", reason="再改")
    assert clerk.page.status_code == 409
    debit, credit = stored(select(func.sum(Posting.debit_fen)))[0], stored(select(func.sum(Posting.credit_fen)))[0]
    assert debit == credit == 45_000


def test_the_same_money_entered_again_is_asked_about_and_nothing_typed_is_lost(app: Flask) -> None:
    store = confirmed()
    clerk = Visitor(app.test_client(), "village_clerk")
    for _ in range(2):
        clerk.open(f"/assets/{store.asset_no}/income/new")
        clerk.send("", amount="800", note="卖菜")
    assert clerk.page.status_code == 422
    assert "可能是同一笔" in clerk.page.text
    assert "卖菜" in clerk.page.text
    clerk.send("", twice="y")
    assert "已登记" in clerk.page.text
    assert len(stored(select(Receipt))) == 2


@pytest.mark.parametrize("amount", ["", "0", "-5", "很多", "1.234"])
def test_a_bad_amount_is_refused_beside_its_field_and_nothing_is_written(app: Flask, amount: str) -> None:
    store = confirmed()
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/assets/{store.asset_no}/income/new")
    clerk.send("", amount=amount)
    assert clerk.page.status_code == 422
    assert 'id="amount-error"' in clerk.page.text
    assert not stored(select(Receipt))


def test_what_a_household_reports_is_noted_and_a_neighbour_village_sees_none_of_it(app: Flask) -> None:
    store = confirmed(owners=(OwnerFact(OwnerKind.ENTERPRISE, "石柱冷链有限公司"),))
    receipt = posted(store, rent(700_000))
    head = Visitor(app.test_client(), "village_head")
    head.open(f"/income?region={VILLAGE}&basis=REPORTED")
    assert "7,000.00" in head.page.text
    assert "经营主体、农户自报" in head.page.text
    neighbour = Visitor(app.test_client(), "sibling_clerk")
    assert neighbour.open(f"/income/{receipt.id}").status_code == 404
    assert neighbour.open(f"/income?region={VILLAGE}").status_code == 404
    assert "7,000.00" not in neighbour.open(f"/income?region={SIBLING_VILLAGE}").text


def test_a_list_goes_on_from_page_to_page_without_losing_or_repeating_a_receipt(any_app: Flask) -> None:
    store = confirmed()
    days = [date(2026, 3, 1 + number % 5) for number in range(45)]
    wanted = {entered_receipt(store, rent(1_000 + n, received_on=day)).id for n, day in enumerate(days)}
    head = Visitor(any_app.test_client(), "village_head")
    address: str | None = "/income?period=2026-Q1"
    seen: list[int] = []
    while address:
        head.open(address)
        seen += dict.fromkeys(int(key) for key in re.findall(r'href="/income/(\d+)"', head.page.text))
        following = re.findall(r'href="(/income\?[^"]*before=[^"]*)"', head.page.text)
        address = following[0].replace("&amp;", "&") if following else None
    assert len(seen) == len(wanted)
    assert set(seen) == wanted
    assert head.open("/income?before=nowhere").status_code == 404
