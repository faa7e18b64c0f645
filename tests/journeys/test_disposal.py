"""From "we want to sell the old cold store" to money used again: eight people over four levels, on their pages."""

import re
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from registry.clock import today
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalStatus
from registry.disposal.prices.queries import find_price
from registry.disposal.proceeds.models import Proceeds, ProceedsUse
from registry.ledger.books.soundness import unsound
from tests.assets.title.making import picture
from tests.disposal.execution.doing import book_opened
from tests.disposal.pages.reading import latest_case
from tests.disposal.scenery import asset_of, cold_store, machine, request_of
from tests.disposal.scenery import case_of as case_read
from tests.journeys.browser import Visitor
from tests.journeys.days import Calendar
from tests.journeys.desks import hung
from tests.journeys.test_case_agreed import decide, now_of, visitor, vote

CLERK, HEAD, MUNICIPALITY = "village_clerk", "village_head", "municipal_supervisor"
#: Who signs, over the four levels, in the order in which the case reaches them.
SIGNERS = (
    "village_supervisory_committee", "township_supervisor", "county_agriculture", "county_finance",
    "county_government",
)  # fmt: skip
REPORT = {
    "agency": "重庆华信资产评估有限公司", "report_no": "渝华信评〔2026〕88号", "appraisers": "李远、周敏",
    "value": "600000",
}  # fmt: skip
RESULT = {
    "price": "612000", "way": "LISTED", "platform": "重庆农村产权交易所", "record_no": "CQRPE-2026-1186",
    "bidders": "3", "buyer_name": "石柱县山货贸易有限公司", "buyer_kind": "ENTERPRISE",
}  # fmt: skip


def case_of(case_id: int) -> DisposalCase:
    """Read a case as the pages have left it, past what the test itself still holds."""
    db.session.rollback()
    return case_read(case_id)


def request_id_of(case_id: int) -> int:
    """Return the request of a case, read anew."""
    db.session.rollback()
    return request_of(case_id).id


def price_of(case_id: int) -> tuple[str, int, int]:
    """Return what followed from the price of a case, the price, and what it is compared with."""
    db.session.rollback()
    price = find_price(case_id)
    return (price.verdict, price.price_fen, price.base_fen) if price else ("", 0, 0)


@dataclass
class Clicks:
    """A clerk who counts how often they press or follow something."""

    who: Visitor
    count: int = 0

    def follow(self, pattern: str) -> None:
        """Follow a link of the page."""
        self.who.open(self.who.link(pattern))
        self.count += 1

    def press(self, **said: object) -> None:
        """Send the page's last form."""
        self.who.send(**said)
        self.count += 1


def applied(app: Flask, number: str) -> tuple[Clicks, int]:
    """Apply, from the page of the asset, for its sale; the clerk stands at the check before submission."""
    clerk = Clicks(visitor(app, CLERK))
    clerk.who.open(f"/assets/{number}")
    clerk.follow(r"/disposals/new\?")
    clerk.press(
        kind="SALE", ground="IDLE", reason="新冷库投产后闲置两年，两次公开招租无人报名。",
        effective_on=today().isoformat(), use_of_proceeds="购置移动预冷机",
    )  # fmt: skip
    db.session.rollback()
    return clerk, latest_case().id


def test_what_needs_no_report_is_applied_for_in_three_clicks(app: Flask) -> None:
    clerk, case_id = applied(app, machine())
    clerk.press()
    assert (clerk.count, case_of(case_id).state) == (3, DisposalStatus.SUBMITTED)


def reported(app: Flask, case_id: int, clerk: Clicks) -> None:
    """Meet the gate that asks for a report of appraisal, and bring the report."""
    assert "必须有资产评估报告" in clerk.who.page.text
    assert "现在不能提交" in clerk.who.page.text
    refused = clerk.who.send()
    assert refused.status_code in {409, 422}
    assert case_of(case_id).state is DisposalStatus.DRAFT
    clerk.who.open(f"/disposals/{case_id}/report")
    clerk.who.send_file(picture(), "评估报告.png", appraised_on=today().isoformat(), **REPORT)
    assert "评估报告已登记" in clerk.who.page.text
    clerk.press()


def signed_by_all(app: Flask, request_id: int) -> list[str]:
    """Let everybody at whose desk the case arrives agree to it; who did, in order."""
    signers = []
    while (now := now_of(request_id)).status == "OPEN":
        username = now.desk_role.lower()
        decide(app, username, request_id, opinion=f"{username}：同意。")
        signers.append(username)
    return signers


def called_in_and_released(app: Flask, request_id: int, case_id: int) -> None:
    """Let the municipality, with which the case is filed, stop it and let it go on."""
    above = visitor(app, MUNICIPALITY)
    for verdict, state in (("CALL_IN", DisposalStatus.CALLED_IN), ("RELEASE", DisposalStatus.APPROVED)):
        above.open(f"/requests/{request_id}")
        above.send("/decide", verdict=verdict, opinion="核对评估依据。")
        assert case_of(case_id).state is state


def traded(app: Flask, case_id: int, calendar: Calendar) -> None:
    """Trade openly some days later, and tell what it fetched."""
    calendar.wait(7)
    clerk = visitor(app, CLERK)
    clerk.open(f"/disposals/{case_id}")
    clerk.open(clerk.link(rf"/disposals/{case_id}/price"))
    clerk.send(opened_on=today().isoformat(), **RESULT)
    assert "成交结果已登记" in clerk.page.text


def carried_out(app: Flask, case_id: int) -> None:
    """Let the village head carry it out, from the page of the case; the clerk, who asked, may not."""
    assert visitor(app, CLERK).open(f"/disposals/{case_id}/execute").status_code == 403
    head = visitor(app, HEAD)
    head.open(f"/disposals/{case_id}")
    head.open(head.link(rf"/disposals/{case_id}/execute"))
    head.send_file(
        picture(), "移交单.png", handed_over_on=today().isoformat(), signed_by="陈光明", paper_no="移交〔2026〕12号"
    )
    assert "已执行" in head.page.text, head.page.text


def account_of(case_id: int) -> Proceeds:
    db.session.rollback()
    return db.session.scalars(select(Proceeds).where(Proceeds.case_id == case_id)).one()


def paid(app: Flask, case_id: int, calendar: Calendar) -> None:
    """Enter, as the clerk, that the price came in, and take it in as the head."""
    calendar.wait(3)
    address = f"/proceeds/{account_of(case_id).id}"
    clerk, head = visitor(app, CLERK), visitor(app, HEAD)
    clerk.open(f"{address}/receipts/new")
    clerk.send_file(picture(), "回单.png", paper_no="农商行回单 0086")
    assert "等另一个人核对" in clerk.page.text
    receipt = clerk.page.request.path
    assert "/take" not in clerk.page.text
    head.open(receipt)
    head.send("/take")
    assert "已核对到账" in head.page.text


def used_again(app: Flask, case_id: int, number: str) -> None:
    """Use the money for an asset that was bought: the clerk enters, the head confirms."""
    clerk, head = visitor(app, CLERK), visitor(app, HEAD)
    clerk.open(f"/proceeds/{account_of(case_id).id}/uses/new")
    clerk.send_file(
        picture(), "会议纪要.png", purpose="NEW_ASSET", amount="200000", used_on=today().isoformat(), asset_no=number,
        document_no="华溪村理事会纪要〔2026〕9号", note="购置移动预冷机一台",
    )  # fmt: skip
    assert "等另一个人确认" in clerk.page.text, clerk.page.text
    head.open(clerk.page.request.path)
    head.send("/confirm")
    assert "结余已扣减" in head.page.text, head.page.text


def walked_back(app: Flask, new: str, old: str) -> None:
    """Lead an auditor, by links alone, from what was bought to what was sold for it and to its case."""
    auditor = visitor(app, "auditor")
    auditor.open(f"/assets/{new}")
    assert "资金来自处置收入 200,000.00 元" in auditor.page.text
    auditor.open(auditor.link(rf"/assets/{old}"))
    assert "已处置" in auditor.page.text
    auditor.open(auditor.link(r"/disposals/\d+"))
    body = re.sub(r"<[^>]+>", " ", auditor.page.text)
    assert all(word in body for word in ("旧冷库", "612,000.00", "石柱县山货贸易有限公司"))


def test_the_old_cold_store_is_sold_and_its_money_becomes_a_new_asset(app: Flask, calendar: Calendar) -> None:
    old, new = cold_store(), machine("移动预冷机", 25_000_000)
    book = book_opened()
    clerk, case_id = applied(app, old)
    reported(app, case_id, clerk)
    request_id = request_id_of(case_id)
    assert (case_of(case_id).route_key, now_of(request_id).step_kind) == ("DISPOSAL.COLLECTIVE.3", "MEETING")

    calendar.wait(14)
    assert "转到下一环节" in vote(app, request_id, 21).page.text
    hung(app, request_id, calendar)
    assert signed_by_all(app, request_id) == [*SIGNERS]
    assert case_of(case_id).state is DisposalStatus.APPROVED
    called_in_and_released(app, request_id, case_id)

    traded(app, case_id, calendar)
    assert price_of(case_id) == ("ACCEPTED", 61_200_000, 60_000_000)
    carried_out(app, case_id)
    case, asset = case_of(case_id), asset_of(old)
    assert (asset.stage, case.state) == ("DISPOSED", DisposalStatus.DONE)

    assert (account_of(case_id).due_fen, account_of(case_id).received_fen) == (61_200_000, 0)
    paid(app, case_id, calendar)
    used_again(app, case_id, new)
    account = account_of(case_id)
    assert (account.received_fen, account.used_fen, account.balance_fen) == (61_200_000, 20_000_000, 41_200_000)
    assert db.session.scalar(select(func.count()).select_from(ProceedsUse)) == 1
    walked_back(app, new, old)
    assert (asset_of(new).stage, book.party_id, unsound()) == ("CONFIRMED", account.party_id, [])


def test_a_person_who_signed_below_finds_nothing_to_sign_above(app: Flask, calendar: Calendar) -> None:
    clerk, case_id = applied(app, machine())
    clerk.press()
    request_id = request_id_of(case_id)
    calendar.wait(14)
    vote(app, request_id, 21)
    hung(app, request_id, calendar)
    decide(app, SIGNERS[0], request_id)
    again = visitor(app, SIGNERS[0])
    again.open(f"/requests/{request_id}")
    assert "/decide" not in again.page.text
    assert now_of(request_id).desk_role == "TOWNSHIP_SUPERVISOR"
    assert today() - case_of(case_id).opened_at.date() >= timedelta(days=14)
