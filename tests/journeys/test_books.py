"""A month of a village's book closed, found wrong, opened again by the level above, closed anew; then the year."""

import subprocess
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from registry.database import db
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.models import BookPeriod, Posting, Reopening, Voucher
from registry.ledger.books.rules import month_of
from tests.journeys.browser import Visitor
from tests.journeys.days import Calendar
from tests.journeys.desks import stored
from tests.journeys.test_case_agreed import visitor
from tests.ledger.books.keeping import book_of, closed_until, posted
from tests.reports.test_ledger_drawings import red_dots

NOVEMBER, DECEMBER = month_of(date(2026, 11, 1)), month_of(date(2026, 12, 1))
LATE = {"deed": "ADMIN_COST", "booked_on": "2026-11-20", "amount": "126.50", "summary": "十一月电费", "category": ""}
REOPENED = "结账后又反结账"


def test_a_month_is_closed_refuses_what_comes_late_is_opened_by_the_level_above_and_closed_again(
    any_app: Flask, calendar: Calendar
) -> None:
    app, book_id = any_app, book_of().id
    posted(book_id, 1_000_00, booked_on=date(2026, 11, 5))
    calendar.turn_to(date(2026, 12, 22))
    closed_until(book_id, NOVEMBER - 1, on=calendar.today)
    closed(app, book_id, NOVEMBER)
    before = digest(NOVEMBER)

    assert not red_dots(printed(app, book_id, "2026-11-30"))
    refused_late(app, book_id)
    opened_again(app, book_id)
    entered_and_checked(app, book_id)
    paper = printed(app, book_id, "2026-11-30")
    assert red_dots(paper) > 0
    assert REOPENED in text_of(paper)
    assert "漏记电费" in text_of(paper)

    closed(app, book_id, NOVEMBER)
    assert digest(NOVEMBER) != before
    clerk = visitor(app, "village_clerk")
    page = clerk.open(f"/books/{book_id}?month={NOVEMBER}").text
    assert "本月结账后又反结账" in page
    assert before[:12] not in clerk.open(f"/books/{book_id}/periods").text
    assert before[:12] in clerk.open(clerk.link("/books/reopenings/")).text
    the_year_ends(app, book_id, calendar)


def digest(month: int) -> str:
    return stored(select(BookPeriod.digest).where(BookPeriod.month == month))[0]  # type: ignore[no-any-return]


def closed(app: Flask, book_id: int, month: int) -> None:
    """The clerk asks, cannot close alone, and the head closes from the task that tells of it."""
    page, clerk, head = f"/books/{book_id}/periods", visitor(app, "village_clerk"), visitor(app, "village_head")
    assert page in clerk.open("/todo").text
    clerk.open(page)
    clerk.open(clerk.link(f"{page}/{month}/begin"))
    clerk.send("/begin")
    assert "已申请结账，等另一个人核对后结账。" in clerk.page.text
    assert f"{page}/{month}/close" not in clerk.page.text
    assert clerk.client.post(f"{page}/{month}/close", data={"one_time_key": "k"}).status_code == 403
    assert page in head.open("/todo").text
    head.open(page)
    head.send(f"{page}/{month}/close")
    assert "已结账。" in head.page.text


def refused_late(app: Flask, book_id: int) -> None:
    """What belongs to the closed month is refused with its reason, and nothing of it is kept."""
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/books/{book_id}/drafts/new")
    clerk.send(**LATE)
    assert clerk.page.status_code == 409
    assert "已经结账，不能再记这一天的账；请记在当月，或先办反结账。" in clerk.page.text
    assert "没有待复核的凭证" in clerk.open(f"/books/{book_id}/drafts").text


def opened_again(app: Flask, book_id: int) -> None:
    """The clerk asks with a reason; the head of the same level cannot agree, the township's supervisor can."""
    clerk = visitor(app, "village_clerk")
    clerk.open(f"/books/{book_id}/periods")
    clerk.send("/reopen", reason="")
    assert clerk.page.status_code == 422
    clerk.send("/reopen", reason="漏记电费")
    assert "已申请反结账，等上一级同意。" in clerk.page.text
    address = f"/books/reopenings/{stored(select(Reopening.id))[0]}"
    head = visitor(app, "village_head")
    assert "提交答复" not in head.open(address).text
    assert head.client.post(f"{address}/answer", data={"answer": "agree"}).status_code == 403
    above = visitor(app, "township_supervisor")
    assert address in above.open("/todo").text
    above.open(address)
    above.send("/answer", answer="agree")
    assert "已同意反结账。" in above.page.text


def entered_and_checked(app: Flask, book_id: int) -> None:
    clerk, head = visitor(app, "village_clerk"), visitor(app, "village_head")
    clerk.open(f"/books/{book_id}/drafts/new")
    clerk.send(**LATE)
    assert "已制单，等另一个人复核。" in clerk.page.text
    head.open(clerk.page.request.path)
    head.send("/check", answer="post")
    assert "已记账：" in head.page.text


def printed(app: Flask, book_id: int, on: str) -> bytes:
    """The trial balance as the head prints it from the book's page."""
    head = visitor(app, "village_head")
    head.open(f"/books/{book_id}")
    head.send(f"/books/{book_id}/print", report="trial-balance", on=on)
    assert "已打印并登记。" in head.page.text
    return head.client.get(head.link(r"\.pdf")).data


def text_of(paper: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=paper, stdout=subprocess.PIPE, check=True)
    return "".join(done.stdout.decode().split())


def the_year_ends(app: Flask, book_id: int, calendar: Calendar) -> None:
    """Closing December empties income and costs into what is undistributed, by itself and in balance."""
    calendar.turn_to(date(2027, 1, 22))
    assert "这是年末" in visitor(app, "village_clerk").open(f"/books/{book_id}/periods").text
    closed(app, book_id, DECEMBER)
    ends = [BookDeed.YEAR_INCOME, BookDeed.YEAR_COST, BookDeed.YEAR_RESULT]
    assert stored(select(Voucher.deed).where(Voucher.number > 2).order_by(Voucher.number)) == ends
    assert held_on_accounts() == {"102": 1_000_00 - 126_50, "322": 126_50 - 1_000_00}


def held_on_accounts() -> dict[str, int]:
    """What every account stands at, debit less credit; those that are empty are left out."""
    moved = func.sum(Posting.debit_fen - Posting.credit_fen)
    rows = db.session.execute(select(Posting.account, moved).group_by(Posting.account))
    return {account: int(fen) for account, fen in rows if fen}


def test_a_voucher_is_undone_in_red_once_and_not_twice(any_app: Flask) -> None:
    wrong = posted(book_of().id).id
    clerk, head = visitor(any_app, "village_clerk"), visitor(any_app, "village_head")
    draft = undone(clerk, wrong)
    assert "这张凭证的草稿已在等待复核" in undoing_again(clerk, wrong)
    assert clerk.client.post(f"{draft}/check", data={"answer": "post"}).status_code == 403
    head.open(draft)
    head.send("/check", answer="post")
    assert "-100.00" in head.page.text
    assert "已经冲销过" in undoing_again(clerk, wrong)
    red = stored(select(Voucher.id).where(Voucher.reverses_id == wrong))
    assert len(red) == 1
    assert "冲销凭证不能再冲销" in undoing_again(clerk, red[0])
    assert stored(select(func.sum(Posting.debit_fen))) == [0]
    assert f"/vouchers/{wrong}/reverse" not in clerk.open(f"/vouchers/{wrong}").text


def undone(clerk: Visitor, voucher_id: int) -> str:
    """Follow the voucher's own link, and say why; the address of the draft."""
    clerk.open(f"/vouchers/{voucher_id}")
    clerk.open(clerk.link("/reverse"))
    clerk.send(reason="记错村")
    assert "冲销凭证已制单，等另一个人复核。" in clerk.page.text
    return str(clerk.page.request.path)


def undoing_again(clerk: Visitor, voucher_id: int) -> str:
    """Send the form once more, from a page opened before; what is said."""
    answer = clerk.client.post(f"/vouchers/{voucher_id}/reverse", data={"reason": "记错村", "one_time_key": ""})
    assert answer.status_code == 409
    return str(answer.text)
