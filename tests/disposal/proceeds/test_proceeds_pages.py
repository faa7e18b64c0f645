"""Pages of earmarked money without scripts: enter, confirm, refuse, undo, walk back; what each person is offered."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.database import db
from registry.disposal.proceeds.kinds import Purpose, UseStatus
from registry.disposal.proceeds.models import ProceedsReceiptDraft, ProceedsUse
from tests.assets.title.making import picture
from tests.disposal.proceeds.making import (
    CLERK,
    HEAD,
    PAID,
    PRICE,
    TOWNSHIP_OWNER,
    account,
    arrived,
    entered,
    met,
    read,
    undoing,
    use_of,
    used,
)
from tests.disposal.scenery import asset_of, lines_of, machine
from tests.factories import COUNTY, TODAY, TOWNSHIP, VILLAGE
from tests.journeys.browser import Visitor
from tests.reports.histories import Calendar, calendar


@pytest.fixture(autouse=True)
def days() -> Iterator[type[Calendar]]:
    """The day of the scenery, whenever the tests run."""
    with calendar() as one:
        one.day = TODAY
        yield one


@pytest.fixture
def clerk(app: Flask) -> Visitor:
    return Visitor(app.test_client(), CLERK)


@pytest.fixture
def head(app: Flask) -> Visitor:
    return Visitor(app.test_client(), HEAD)


def newest(model: type[ProceedsUse] | type[ProceedsReceiptDraft]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.max(model.id))) or 0


def test_a_use_goes_from_the_clerks_form_over_the_heads_inbox_to_the_balance(clerk: Visitor, head: Visitor) -> None:
    key, meeting, dryer = account(), met(), machine("新烘干机")
    page = clerk.open(f"/proceeds/{key}/uses/new").text
    assert ("可以使用（元）" in page, dryer in page, "成员大会" in page) == (True, True, True)
    clerk.send(amount="8000", purpose="NEW_ASSET", asset_no=dryer, meeting_id=meeting, note="购置烘干机一台")
    assert "已登记，等另一个人确认" in clerk.page.text
    use_id = newest(ProceedsUse)
    assert f'href="/proceeds/{key}/uses/{use_id}"' in head.open("/todo").text
    head.open(f"/proceeds/{key}/uses/{use_id}")
    assert "确认后结余" in head.page.text
    head.send("confirm")
    assert "结余已扣减" in head.page.text
    assert (use_of(use_id).state, read(key).used_fen) == (UseStatus.CONFIRMED, 800_000)
    assert "记-2026-0001" in head.page.text, "the voucher is one link away"


def test_a_new_asset_leads_back_to_what_was_sold_and_the_account_leads_to_the_new_asset(clerk: Visitor) -> None:
    key, dryer = account(), machine("新烘干机")
    use_id = used(key, purpose=Purpose.NEW_ASSET, asset_no=dryer, note="购置烘干机")
    sold = asset_of(lines_of(read(key).case_id)[0].asset.asset_no)
    page = clerk.open(f"/assets/{dryer}").text
    assert "资金来自处置收入 6,000.00 元" in page
    assert f'href="/assets/{sold.asset_no}"' in page
    assert "用处置收入 6,000.00 元购建" in page, "in its life"
    assert page.count(f'href="/proceeds/{key}/uses/{use_id}"') == 2
    assert f'href="/assets/{dryer}"' in clerk.open(f"/proceeds/{key}").text
    backwards = clerk.open(f"/assets/{dryer}?life=newest").text
    line = backwards.split("这项资产的一生")[1]
    assert line.index("今天") < line.index("6,000.00 元购建") < line.index("2019-12-01 · 投入使用")
    assert "处置收入" not in clerk.open(f"/assets/{machine('别的机器')}").text.split("<main")[1]


def test_what_is_wrong_with_a_use_is_told_beside_its_fields_and_what_was_typed_stays(clerk: Visitor) -> None:
    key = account()
    clerk.open(f"/proceeds/{key}/uses/new")
    answer = clerk.send(amount="99999", purpose="NEW_ASSET", note="购置")
    assert answer.status_code == 422
    for text in ("结余只有 15,000.00 元", "请填写新建、购置资产的资产编号", "请选择决定这笔用途的会议", "99999"):
        assert text in answer.text


def test_a_second_person_refuses_with_a_reason(clerk: Visitor, head: Visitor) -> None:
    key = account()
    use_id = entered(key)
    head.open(f"/proceeds/{key}/uses/{use_id}")
    assert head.send("refuse").status_code == 422
    assert "已退回" in head.send("refuse", opinion="缺会议记录").text
    assert "未同意：缺会议记录" in clerk.open(f"/proceeds/{key}/uses/{use_id}").text
    assert "核对无误" not in head.open(f"/proceeds/{key}/uses/{use_id}").text


def test_nobody_is_offered_to_answer_what_they_entered(clerk: Visitor) -> None:
    key = account()
    use_id, draft_id = entered(key), arrived(key)
    for page in (f"/proceeds/{key}/uses/{use_id}", f"/proceeds/{key}/receipts/{draft_id}"):
        assert "form" in clerk.open(page).text
        assert "decision" not in clerk.page.text
    assert clerk.client.post(f"/proceeds/{key}/uses/{use_id}/confirm").status_code == 403


def test_a_document_can_be_added_until_somebody_has_answered(clerk: Visitor, head: Visitor) -> None:
    key = account()
    use_id = entered(key, paper=False)
    head.open(f"/proceeds/{key}/uses/{use_id}")
    refused = head.send("confirm")
    assert (refused.status_code, "请登记人先补传再确认" in refused.text) == (422, True)
    clerk.open(f"/proceeds/{key}/uses/{use_id}")
    clerk.send_file(picture(), "批复.png", "papers")
    assert "中益府发〔2026〕18号" in clerk.page.text
    head.open(f"/proceeds/{key}/uses/{use_id}")
    assert head.send("confirm").status_code == 200
    assert "papers" not in clerk.open(f"/proceeds/{key}/uses/{use_id}").text


def test_undoing_goes_over_two_people_again(clerk: Visitor, head: Visitor) -> None:
    key = account()
    use_id = used(key)
    clerk.open(f"/proceeds/{key}/uses/{use_id}")
    assert "已申请撤销" in clerk.send("undo", reason="重复登记").text
    assert "撤销处置收入用途" in head.open("/todo").text
    head.open(f"/proceeds/{key}/uses/{use_id}")
    assert "申请撤销：重复登记" in head.page.text
    assert "已撤销，结余已恢复" in head.send("agree").text
    assert read(key).used_fen == 0


def test_an_undoing_may_be_refused(head: Visitor) -> None:
    key = account()
    use_id = used(key)
    undoing(use_id)
    head.open(f"/proceeds/{key}/uses/{use_id}")
    assert "照旧" in head.send("undo/refuse", opinion="票据无误").text
    assert read(key).used_fen == 600_000


def test_money_that_came_in_goes_over_two_people(clerk: Visitor, head: Visitor) -> None:
    key = account()
    assert "去登记到账" in clerk.open("/todo").text
    clerk.open(f"/proceeds/{key}/receipts/new")
    clerk.send(paper_no="回单 20261123-9")
    draft_id = newest(ProceedsReceiptDraft)
    assert "处置价款到账" in head.open("/todo").text
    head.open(f"/proceeds/{key}/receipts/{draft_id}")
    assert "已核对到账" in head.send("take").text
    assert read(key).received_fen == PRICE
    assert "去登记到账" not in clerk.open("/todo").text


def test_money_that_came_in_may_be_refused(head: Visitor) -> None:
    key = account()
    draft_id = arrived(key)
    head.open(f"/proceeds/{key}/receipts/{draft_id}")
    assert head.send("refuse", opinion=" ").status_code == 422
    assert "已退回" in head.send("refuse", opinion="金额不符").text
    assert read(key).received_fen == PAID


def test_a_public_owners_money_is_paid_in_by_a_form_that_asks_for_nothing_else(app: Flask) -> None:
    key = account(owners=(TOWNSHIP_OWNER,))
    clerk = Visitor(app.test_client(), "township_clerk")
    page = clerk.open(f"/proceeds/{key}/uses/new").text
    assert ("上缴财政" in page, "资产编号" in page) == (True, False)
    clerk.send(amount="15000", document_no="缴款书 50024026001", note="上缴国库")
    assert use_of(newest(ProceedsUse)).about is Purpose.PAID_IN


def test_the_list_shows_balances_and_sums_to_every_level(app: Flask, clerk: Visitor) -> None:
    key = account()
    assert "按单位汇总" not in clerk.open("/proceeds").text
    for username, region in (("township_supervisor", TOWNSHIP), ("county_finance", COUNTY)):
        page = Visitor(app.test_client(), username).open("/proceeds").text
        assert ("按单位汇总" in page, page.count("15,000.00") >= 3) == (True, True), region
        assert f'href="/proceeds/{key}"' in page
    assert f'href="/proceeds/{key}"' in clerk.open(f"/proceeds?region={VILLAGE}&show=BALANCE").text
    assert f'href="/proceeds/{key}"' not in clerk.open("/proceeds?show=OVERDUE").text
    assert clerk.open(f"/proceeds?region={COUNTY}").status_code == 404


def test_whoever_may_not_enter_is_offered_nothing(app: Flask) -> None:
    key = account()
    page = Visitor(app.test_client(), "county_finance").open(f"/proceeds/{key}").text
    assert ("uses/new" in page, "receipts/new" in page) == (False, False)
    assert str(TODAY.year) in page


def test_a_voucher_leads_to_the_use_it_was_posted_for(clerk: Visitor) -> None:
    key = account()
    use_id = used(key)
    clerk.open(f"/proceeds/{key}/uses/{use_id}")
    voucher = clerk.page.text.split('href="/vouchers/')[1].split('"')[0]
    assert clerk.open(f"/vouchers/{voucher}/source").request.path == f"/proceeds/{key}/uses/{use_id}"
