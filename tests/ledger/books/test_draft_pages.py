"""Drafts of vouchers over HTTP: typed, mended, checked by another, sent back, with their papers."""

from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy import select

from registry.database import db, transaction
from registry.evidence.models import Attachment
from registry.ledger.books.models import Posting, VoucherDraft
from registry.ledger.books.services import open_book
from registry.ledger.operation.contracts.models import Contract
from registry.parties.models import Party
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.books.keeping import book_of, drafted
from tests.ledger.books.screens import FILLED, send, signed_in
from tests.ledger.receipts.receiving import let


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
