"""The books in a browser: a draft by hand, its check, its undoing, closing, opening, exchange."""

import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from registry.clock import today
from registry.database import db, transaction
from registry.evidence.models import Attachment
from registry.ledger.books.models import Book, BookPeriod, PlatformNumber, Posting, Reopening, Voucher, VoucherDraft
from registry.ledger.books.rules import month_of
from registry.ledger.books.services import open_book
from registry.ledger.operation.contracts.models import Contract
from registry.onetime import new_key
from registry.parties.models import Party
from tests.factories import PASSWORD, TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, checked, drafted, facts, posted
from tests.ledger.receipts.receiving import let

JANUARY = month_of(date(2026, 1, 1))


def signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303
    return client


def send(client: FlaskClient, url: str, page: str | None = None, **data: object) -> tuple[int, str]:
    """Post a form as a browser does: with the token of its page."""
    text = client.get(page or url).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert token, text
    kept = {"csrf_token": token[1], "one_time_key": new_key(), "proof_of_self": PASSWORD, **data}
    version = re.search(r'name="version"[^>]*value="(\d+)"', text)
    if version:
        kept.setdefault("version", version[1])
    answer = client.post(url, data=kept, follow_redirects=False)
    db.session.rollback()  # what was read before is old
    return answer.status_code, answer.location or answer.text


def beside(text: str, field_id: str) -> str:
    """What stands beside a field of a page as wrong with it."""
    found = re.search(rf'id="{field_id}-error">.*?<span>(.*?)</span>', text, re.DOTALL)
    return found[1] if found else ""


FILLED = {"deed": "ADMIN_COST", "booked_on": TODAY.isoformat(), "amount": "126.50", "summary": "付电费", "category": ""}


def test_a_draft_by_hand_is_checked_by_another_person(app: Flask) -> None:
    book_id = book_of().id
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    status, url = send(clerk, f"/books/{book_id}/drafts/new", **FILLED)
    assert status == 303, url
    assert "提交复核意见" not in clerk.get(url).text
    assert "壹佰贰拾陆元伍角整" in head.get(url).text
    status, voucher = send(head, f"{url}/check", url, answer="post")
    assert status == 303
    shown = head.get(voucher).text
    assert "记-2026-0001" in shown
    assert "管理费用" in shown
    assert "看这张凭证的来源" in shown


def test_a_draft_that_lacks_something_is_shown_again_and_nothing_is_lost(app: Flask) -> None:
    book_id = book_of().id
    status, text = send(signed_in(app, "village_clerk"), f"/books/{book_id}/drafts/new", **{**FILLED, "amount": ""})
    assert status == 422
    assert "金额必须大于 0" in text
    assert "付电费" in text
    assert db.session.scalar(select(VoucherDraft.id)) is None


def test_lines_are_typed_for_other_business(app: Flask) -> None:
    book_id = book_of().id
    lines = {"lines-0-place": "111", "lines-0-debit": "5", "lines-1-place": "102", "lines-1-credit": "5"}
    filled = {**FILLED, "deed": "TYPED", "amount": "", **lines}
    client = signed_in(app, "village_clerk")
    status, text = send(client, f"/books/{book_id}/drafts/new", **{**filled, "lines-1-credit": "4"})
    assert status == 422
    assert "不相等" in text
    assert send(client, f"/books/{book_id}/drafts/new", **filled)[0] == 303


def test_a_draft_is_mended_and_a_stale_form_is_refused(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    client = signed_in(app, "village_clerk")
    url = f"/books/drafts/{draft_id}/edit"
    assert "80.00" in client.get(url).text
    assert send(client, url, **FILLED)[0] == 303
    assert send(client, url, **{**FILLED, "version": "1"})[0] == 409
    assert db.session.get_one(VoucherDraft, draft_id).total_fen == 126_50


def test_a_draft_is_sent_back_with_a_reason_and_withdrawn(app: Flask) -> None:
    draft_id = drafted(book_of().id).id
    url, head = f"/books/drafts/{draft_id}", signed_in(app, "village_head")
    assert send(head, f"{url}/check", url, answer="back", reason="")[0] == 422
    assert send(head, f"{url}/check", url, answer="back", reason="没有发票")[0] == 303
    clerk = signed_in(app, "village_clerk")
    assert "没有发票" in clerk.get(url).text
    assert send(clerk, f"{url}/withdraw", url)[0] == 303
    assert "已撤回" in clerk.get(url).text


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


def test_a_voucher_by_hand_names_a_contract_of_the_books_owner(app: Flask) -> None:
    contract_id, _dues = let(confirmed())
    number = db.session.get_one(Contract, contract_id).number
    party = db.session.scalars(select(Party).where(Party.name == "华溪村股份经济合作社")).one()
    with transaction(VILLAGE):
        book_id = open_book(party, by=person("village_clerk"), on=TODAY).id
    other_id = book_of("另一家合作社").id
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    filled = {**FILLED, "deed": "DEPOSIT_KEPT", "contract_no": number}
    for wrong in ({**filled, "contract_no": "HT-0"}, None):
        address = f"/books/{book_id if wrong else other_id}/drafts/new"
        status, text = send(clerk, address, **(wrong or filled))
        assert (status, "没有份额" in text) == (422, True)
    status, url = send(clerk, f"/books/{book_id}/drafts/new", **filled)
    assert status == 303, url
    assert f"/contracts/{contract_id}" in clerk.get(url).text
    edit = clerk.get(f"{url}/edit").text
    assert f'value="{number}"' in edit
    status, voucher = send(head, f"{url}/check", url, answer="post")
    assert status == 303, voucher
    assert f"/contracts/{contract_id}" in head.get(voucher).text
    assert db.session.scalars(select(Posting.contract_id)).all() == [contract_id, contract_id]


def test_the_papers_of_a_draft_are_changed_with_it(app: Flask) -> None:
    book_id = book_of().id
    clerk, head = signed_in(app, "village_clerk"), signed_in(app, "village_head")
    first = {**FILLED, "file": (BytesIO(picture()), "电费发票.png")}
    status, url = send(clerk, f"/books/{book_id}/drafts/new", **first)
    assert (status, "电费发票.png" in clerk.get(url).text) == (303, True)
    (old,) = db.session.scalars(select(Attachment.id)).all()
    edit = f"{url}/edit"
    assert "电费发票.png" in clerk.get(edit).text
    assert send(clerk, edit, **{**FILLED, "drop": str(old + 1)})[0] == 422
    status, _url = send(clerk, edit, **FILLED, drop=str(old), file=(BytesIO(picture("blue")), "更正发票.png"))
    assert status == 303, _url
    assert "换下的原始凭证" in clerk.get(url).text
    shown = clerk.get(edit).text
    assert ("更正发票.png" in shown, "电费发票.png" in shown) == (True, False)
    assert send(clerk, edit, **{**FILLED, "drop": str(old)})[0] == 422
    status, voucher = send(head, f"{url}/check", url, answer="post")
    text = head.get(voucher).text
    assert (status, "更正发票.png" in text, "电费发票.png" in text) == (303, True, False)
    assert clerk.get(f"{url}/files/{old}").status_code == 200


def picture(colour: str = "red") -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()
