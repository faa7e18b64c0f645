"""Disposals as people do them in a browser: applied for and approved in three clicks, told a price, carried out."""

import re

import pytest
from flask import Flask

from registry.clock import today
from registry.disposal.kinds import DisposalKind, DisposalStatus
from registry.disposal.prices.queries import find_price
from tests.browser.acting import CLICKS_TO_SIGN, begin, now_at, picture, press, says, sign
from tests.browser.desk import Desk
from tests.disposal.execution.doing import accounts_of
from tests.disposal.scenery import approved_case, asset_of, lead, machine, request_of, submitted_case
from tests.disposal.selling import sold_case
from tests.journeys.test_disposal import case_of

pytestmark = pytest.mark.browser
#: From the page of the asset: apply, check, submit.
CLICKS_TO_APPLY = 3
#: From the workbench: open the task, carry it out.
CLICKS_TO_CARRY_OUT = 2


def test_a_sale_is_applied_for_in_three_clicks_from_the_asset(app: Flask, desk: Desk) -> None:
    number = machine()
    desk.sign_in("village_clerk")
    desk.open(f"/assets/{number}")
    before = desk.clicks
    desk.click("main a:has-text('申请处置'):visible >> nth=0")
    desk.page.select_option("[name=kind]", DisposalKind.SALE.value)
    desk.page.select_option("[name=ground]", "IDLE")
    desk.page.fill("[name=reason]", "设备闲置两年，无人承租。")
    desk.page.fill("[name=effective_on]", today().isoformat())
    desk.page.fill("[name=use_of_proceeds]", "维修村内产业路")
    press(desk, "核对")
    assert "登记已确认" in says(desk)
    assert re.search(r"/disposals/\d+/submit$", desk.page.url), "a draft is kept, and what stands in its way is told"
    press(desk, "提交申请")
    assert "已提交，按流程逐级办理。" in says(desk)
    assert desk.clicks - before == CLICKS_TO_APPLY
    assert "审批中" in says(desk)
    assert desk.problems() == []


def test_every_level_approves_in_three_clicks_from_the_workbench(app: Flask, desk: Desk) -> None:
    case_id = submitted_case(DisposalKind.SALE, machine())
    lead(case_id, until="VILLAGE_SUPERVISORY_COMMITTEE")
    title, request_id = case_of(case_id).title, request_of(case_id).id
    for username, tone in (("village_supervisory_committee", "转"), ("township_supervisor", "")):
        sign(desk, username, title, opinion="程序完整，同意。")
        assert desk.clicks == CLICKS_TO_SIGN, username
        assert tone in says(desk)
    assert now_at(request_id).status == "APPROVED"
    assert case_of(case_id).state is DisposalStatus.APPROVED
    assert desk.problems() == []


def test_the_price_is_told_and_a_low_one_goes_back_to_the_levels(app: Flask, desk: Desk) -> None:
    case_id = approved_case(DisposalKind.SALE, machine(), report_fen=2_000_000)
    desk.sign_in("village_clerk")
    begin(desk, case_of(case_id).title)
    for name, text in {
        "price": "19000", "opened_on": today().isoformat(), "platform": "重庆农村产权交易所", "bidders": "2",
        "record_no": "CQRPE-2026-1186", "buyer_name": "石柱县山货贸易有限公司",
    }.items():  # fmt: skip
        desk.page.fill(f"[name={name}]", text)
    desk.page.select_option("[name=way]", "LISTED")
    press(desk, "登记成交结果")
    assert "已重新送各级审批" in says(desk)
    assert case_of(case_id).state is DisposalStatus.APPROVED
    price = find_price(case_id)
    assert price is not None
    assert (price.verdict, price.price_fen) == ("WAITING", 1_900_000)
    assert desk.problems() == []


def test_the_second_person_carries_it_out_from_the_workbench(app: Flask, desk: Desk) -> None:
    number = machine()
    case_id = sold_case(number)
    desk.sign_in("village_head")
    before = desk.clicks
    begin(desk, case_of(case_id).title)
    for name, text in {
        "signed_by": "陈光明", "paper_no": "移交〔2026〕12号", "paid_on": today().isoformat(), "receipt_no": "0086",
    }.items():  # fmt: skip
        desk.page.fill(f"[name={name}]", text)
    desk.page.check("[name=is_paid]")
    desk.page.set_input_files("[name=file]", picture("brown"))
    press(desk, "执行")
    assert "已执行" in says(desk)
    assert desk.clicks - before == CLICKS_TO_CARRY_OUT
    assert (case_of(case_id).state, asset_of(number).stage) == (DisposalStatus.DONE, "DISPOSED")
    assert accounts_of(case_id) == [("华溪村股份经济合作社", "EARMARKED", 4_200_000, 0, 4_200_000)]
    assert desk.problems() == []
