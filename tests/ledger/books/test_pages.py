"""The books in a browser: a draft by hand, its check, its undoing, closing, opening, exchange."""

import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.ledger.books.models import Book, BookPeriod, PlatformNumber, Reopening, Voucher, VoucherDraft
from registry.ledger.books.rules import month_of
from registry.onetime import new_key
from registry.parties.models import Party
from tests.factories import PASSWORD, TODAY, confirmed
from tests.ledger.books.keeping import book_of, checked, drafted, facts, posted
from tests.ledger.books.screens import send, signed_in

JANUARY = month_of(date(2026, 1, 1))


def test_a_voucher_is_undone_in_red(app: Flask) -> None:
    voucher = posted(book_of().id)
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    status, url = send(clerk, f"/vouchers/{voucher.id}/reverse", reason="记错村")
    assert status == 303
    red = send(head, f"{url}/check", url, answer="post")[1]
    assert "-100.00" in head.get(red).text
    assert "这张凭证已经冲销" in head.get(f"/vouchers/{voucher.id}").text


def test_a_month_is_closed_and_opened_again_on_screen(app: Flask) -> None:
    book_id = book_of().id
    clerk, head, above = (signed_in(app, one) for one in ("village_clerk", "village_head", "township_supervisor"))
    page = f"/books/{book_id}/periods"
    assert send(clerk, f"{page}/{JANUARY}/begin", page)[0] == 303
    assert send(head, f"{page}/{JANUARY}/close", page)[0] == 303
    assert db.session.scalars(select(BookPeriod.state)).one() == "CLOSED"
    assert db.session.scalar(select(Book.closed_month)) == JANUARY
    assert send(clerk, f"{page}/{JANUARY}/reopen", page, reason="漏记电费")[0] == 303
    wish = db.session.scalars(select(Reopening.id)).one()
    url = f"/books/reopenings/{wish}"
    assert "提交答复" not in head.get(url).text
    assert send(above, f"{url}/answer", url, answer="agree")[0] == 303
    shown = clerk.get(f"/books/{book_id}?month={JANUARY}").text
    assert "反结账" in shown
    assert "漏记电费" in shown


def test_a_book_is_opened_with_what_it_begins_with(app: Flask) -> None:
    confirmed()
    client = signed_in(app, "village_clerk")
    party_id = db.session.scalars(select(Party.id)).one()
    db.session.rollback()
    status, url = send(client, "/books/new", party_id=party_id)
    assert (status, url) == (303, "/books/1/opening")
    assert "1,286,400.00" in client.get(url).text
    lines = {"lines-0-place": "102", "lines-0-debit": "5万", "lines-1-place": "322-UNDISTRIBUTED"}
    status, draft = send(client, url, **lines, **{"lines-1-credit": "50000"})
    assert status == 303, draft
    checked(db.session.scalars(select(VoucherDraft.id)).one(), on=today())
    assert "期初余额已经记账" in client.get(url).text
    assert "账簿与资产卡片一致" in client.get("/books/1/assets").text


def test_new_assets_are_taken_on_by_a_draft(app: Flask) -> None:
    confirmed()
    book_id = book_of().id
    client = signed_in(app, "village_clerk")
    url = f"/books/{book_id}/assets"
    assert "新增，还没有入账" in client.get(url).text
    assert send(client, url, difference="NEW", booked_on=TODAY.isoformat())[0] == 303
    assert "等另一个人复核" in client.get(url).text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_vouchers_go_out_and_the_numbers_of_the_platform_come_back(app: Flask, kind: str) -> None:
    book_id = book_of().id
    one, other = posted(book_id), posted(book_id, 3_456_78)
    uids = {one.uid: "三资-7", other.uid: ""}
    client, page = signed_in(app, "village_clerk"), f"/books/{book_id}/exchange"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert token
    period = {"first": "2026-01-01", "last": "2026-12-31", "form": kind, "csrf_token": token[1],
              "proof_of_self": PASSWORD}  # fmt: skip
    file = client.post(f"{page}/export", data=period)
    assert file.status_code == 200, file.text
    brought = numbered(file.data, uids) if kind == "csv" else file.data
    data = {"csrf_token": token[1], "one_time_key": new_key(), "file": (BytesIO(brought), f"vouchers.{kind}")}
    answer = client.post(f"{page}/bring", data=data)
    db.session.rollback()
    if kind == "xlsx":
        assert "没有新的平台凭证号" in answer.text
        return
    assert answer.status_code == 303, answer.text
    assert db.session.scalars(select(PlatformNumber.number)).all() == ["三资-7"]
    assert "还差 1 张" in client.get(f"{page}?year=2026").text


def numbered(data: bytes, numbers: dict[str, str]) -> bytes:
    """The same file with the platform's numbers filled in."""
    lines = data.decode("utf-8-sig").splitlines()
    filled = [lines[0]]
    for line in lines[1:]:
        rest, _empty, uid = line.rsplit(",", 2)
        filled.append(f"{rest},{numbers[uid]},{uid}")
    return "\r\n".join(filled).encode("utf-8-sig")


def test_every_page_of_a_book_is_read_by_who_watches_the_unit(app: Flask) -> None:
    book_id = book_of().id
    voucher = posted(book_id)
    draft = drafted(book_id, facts())
    pages = ["/books", f"/books/{book_id}", f"/books/{book_id}/vouchers", f"/books/{book_id}/ledger?account=102",
             f"/vouchers/{voucher.id}", f"/books/{book_id}/drafts", f"/books/drafts/{draft.id}",
             f"/books/{book_id}/periods", f"/books/{book_id}/assets", f"/books/{book_id}/exchange"]  # fmt: skip
    for username in ("village_clerk", "village_supervisory_committee", "auditor", "county_finance"):
        client = signed_in(app, username)
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    other = signed_in(app, "sibling_clerk")
    assert {other.get(page).status_code for page in pages[1:]} == {404}
    assert "华溪村" not in other.get("/books").text


def test_the_vouchers_of_a_book_are_paged_and_filtered(app: Flask) -> None:
    book_id = book_of().id
    for number in range(53):
        posted(book_id, 100 + number)
    client = signed_in(app, "village_clerk")
    first = client.get(f"/books/{book_id}/vouchers").text
    assert "记-2026-0053" in first
    assert "记-2026-0003" not in first
    last = db.session.scalars(select(Voucher.id).where(Voucher.number == 4)).one()
    second = client.get(f"/books/{book_id}/vouchers?before={last}").text
    assert "记-2026-0003" in second
    assert "上一页" in second
    assert "没有这样的凭证" in client.get(f"/books/{book_id}/vouchers?deed=BAD_DEBT").text


def test_the_ledger_of_an_account_is_paged_with_its_balance(app: Flask) -> None:
    book_id = book_of().id
    for _number in range(52):
        posted(book_id, 1_00)
    client, address = (
        signed_in(app, "village_clerk"),
        f"/books/{book_id}/ledger?account=102&first=2026-01-01&last=2026-12-31",
    )
    text = client.get(address).text
    assert ("50.00" in text, "52.00" in text) == (True, False)
    (following,) = re.findall(r'href="([^"]*[?&;]after=[^"]*)"', text)
    second = client.get(following.replace("&amp;", "&")).text
    assert second.count("记-2026-") == 2
    assert "承前余额" in second
    assert client.get(f"{address}&before={TODAY.isoformat()}.999999999999999").text.count("记-2026-") == 50
    assert client.get(f"{address}&after=x").status_code == 404
    assert client.get(f"{address}&detail=x").status_code == 404
