"""The books over the API: opened, made, checked by another, undone, closed, opened again, numbers brought back."""

import io
from datetime import date

from flask import Flask

from registry.clock import today
from registry.ledger.books.rules import month_of
from tests.assets.title.making import picture
from tests.factories import confirmed
from tests.ledger.books.keeping import book_of, closed_until, drafted, posted
from tests.rest.program import Program

FILLED = {"deed": "ADMIN_COST", "booked_on": today().isoformat(), "summary": "付电费", "amount": "126.50"}


def program(app: Flask, username: str = "village_clerk") -> Program:
    return Program(app.test_client(), username)


def test_a_voucher_is_made_by_one_and_posted_by_another(any_app: Flask) -> None:
    book_id = book_of().id
    clerk, head = program(any_app), program(any_app, "village_head")
    made = clerk.post(f"/books/{book_id}/drafts", FILLED)
    assert (made.status_code, made.json["state"], made.json["amount"]) == (201, "MADE", "126.50"), made.text
    draft = f"/drafts/{made.json['id']}"
    seen = head.get(draft)
    assert head.post(f"{draft}/post").status_code == 428
    changed = clerk.put(draft, {**FILLED, "amount": "130.00"}, made.headers["ETag"])
    assert (changed.status_code, changed.json["lines"][0]["debit"]) == (200, "130.00"), changed.text
    assert head.post(f"{draft}/post", headers={"If-Match": seen.headers["ETag"]}).status_code == 412
    voucher = head.post(f"{draft}/post", headers={"If-Match": changed.headers["ETag"]})
    assert (voucher.status_code, voucher.json["number"]) == (201, f"记-{today().year}-0001"), voucher.text
    address = f"/vouchers/{voucher.json['id']}"
    red = clerk.post(f"{address}/reverse", {"reason": "记错村"})
    assert red.status_code == 201, red.text
    undone = head.post(f"/drafts/{red.json['id']}/post", headers={"If-Match": red.headers["ETag"]})
    assert undone.json["amount"] == "-130.00"
    assert head.get(address).json["reversed_by_id"] == undone.json["id"]
    assert [one["number"] for one in head.get(f"/books/{book_id}/vouchers").json["items"]] == [
        f"记-{today().year}-0002", f"记-{today().year}-0001",
    ]  # fmt: skip


def test_nobody_posts_their_own_draft_and_one_is_sent_back(app: Flask) -> None:
    draft = drafted(book_of().id, by="township_accountant")
    own, head = program(app, "township_accountant"), program(app, "village_head")
    tag = {"If-Match": own.get(f"/drafts/{draft.id}").headers["ETag"]}
    refused = own.post(f"/drafts/{draft.id}/post", headers=tag)
    assert (refused.status_code, refused.json["type"]) == (403, "urn:fpa:problem:same-person"), refused.text
    back = head.post(f"/drafts/{draft.id}/return", {"reason": "没有发票"}, headers=tag)
    assert (back.json["state"], back.json["reason"]) == ("SENT_BACK", "没有发票")
    tag = {"If-Match": back.headers["ETag"]}
    assert own.post(f"/drafts/{draft.id}/withdraw", headers=tag).json["state"] == "WITHDRAWN"


def test_balances_and_ledgers_are_read(app: Flask) -> None:
    book_id = book_of().id
    posted(book_id, 300_00)
    caller = program(app, "auditor")
    (book,) = caller.get("/books").json["items"]
    assert (book["owner"], book["kind"], book["closed_month"]) == ("华溪村股份经济合作社", "SUBSIDIARY", None)
    rows = caller.get(f"/books/{book_id}/balances?year=2026&month=11").json["items"]
    assert {row["account"]: row["closing"] for row in rows} == {"102": "300.00", "501": "-300.00"}
    ledger = caller.get(f"/books/{book_id}/ledger?account=102&first=2026-01-01&last=2026-12-31").json
    assert (ledger["opening"], [one["balance"] for one in ledger["lines"]]) == ("0.00", ["300.00"])
    posted(book_id, 200_00)
    first = caller.get(f"/books/{book_id}/ledger?account=102&first=2026-01-01&last=2026-12-31&limit=1")
    following = first.headers["Link"].partition(">")[0].removeprefix("</api/v1")
    second = caller.get(following)
    assert [one["balance"] for one in (*first.json["lines"], *second.json["lines"])] == ["300.00", "500.00"]
    assert (second.json["opening"], "Link" in second.headers) == ("300.00", False)
    assert caller.get(f"/books/{book_id}/ledger?after=x").status_code == 422
    assert caller.get(f"/books/{book_id}/balances?year=2026&month=13").status_code == 404
    assert caller.get(f"/books/{book_id}/ledger?account=9&first=2026-01-01&last=2026-12-31").status_code == 404
    assert program(app, "sibling_clerk").get(f"/books/{book_id}").status_code == 404


def test_a_month_is_closed_and_opened_again(app: Flask) -> None:
    book_id = book_of().id
    clerk, head, above = (program(app, one) for one in ("village_clerk", "village_head", "township_supervisor"))
    month = f"/books/{book_id}/periods/202601"
    assert clerk.post(f"{month}/begin").json["state"] == "CLOSING"
    assert head.post(f"{month}/close").json["state"] == "CLOSED"
    late = clerk.post(f"/books/{book_id}/drafts", {**FILLED, "booked_on": "2026-01-20"})
    assert (late.status_code, late.json["type"]) == (409, "urn:fpa:problem:period-closed")
    wish = clerk.post(f"{month}/reopen", {"reason": "漏记电费"}).json
    assert head.post(f"/reopenings/{wish['id']}/answer", {"agree": True}).status_code == 403
    assert above.post(f"/reopenings/{wish['id']}/answer", {"agree": True}).json["answer"] == "AGREED"
    (period,) = clerk.get(f"/books/{book_id}/periods").json["items"]
    assert (period["month"], period["state"]) == ("2026-01", "OPEN")
    assert clerk.post(f"/books/{book_id}/periods/202613/begin").status_code == 404


def test_a_book_is_opened_and_follows_the_cards(app: Flask) -> None:
    confirmed()
    clerk, head = program(app), program(app, "village_head")
    party = clerk.get("/parties").json["items"][0]["id"]
    book = clerk.post("/books", {"party_id": int(party)})
    assert (book.status_code, book.json["opened_on"]) == (201, f"{today().year}-01-01"), book.text
    address = f"/books/{book.json['id']}"
    (new,) = clerk.get(f"{address}/differences").json["items"]
    assert (new["difference"], new["card_value"]) == ("NEW", "1286400.00")
    lines = [{"account": "102", "debit": "5.00"}, {"account": "322", "detail": "UNDISTRIBUTED", "credit": "5.00"}]
    draft = clerk.post(f"{address}/opening", {"lines": lines})
    assert draft.status_code == 201, draft.text
    head.post(f"/drafts/{draft.json['id']}/post", headers={"If-Match": draft.headers["ETag"]})
    assert clerk.get(f"{address}/differences").json["items"] == []
    again = clerk.post(f"{address}/differences", {"difference": "NEW", "booked_on": today().isoformat()})
    assert (again.status_code, again.json["type"]) == (409, "urn:fpa:problem:nothing-differs")


def test_numbers_of_the_platform_come_back_all_or_none(app: Flask) -> None:
    book_id = book_of().id
    one = posted(book_id)
    uid, caller = one.uid, program(app)
    address = f"/books/{book_id}/exchange"
    wrong = caller.post(address, {"numbers": [{"uid": uid, "number": "7"}, {"uid": "x", "number": "8"}]})
    assert (wrong.status_code, wrong.json["type"]) == (422, "urn:fpa:problem:mismatched"), wrong.text
    assert caller.get(f"{address}?open=true&year=2026").json["items"][0]["platform_number"] == ""
    assert caller.post(address, {"numbers": [{"uid": uid, "number": "7"}]}).json == {"kept": 1}
    other = caller.post(address, {"numbers": [{"uid": uid, "number": "9"}]})
    assert "不同" in other.text
    assert caller.get(f"{address}?open=true&year=2026").json["items"] == []


def test_a_closed_month_shows_in_the_book(app: Flask) -> None:
    book_id = book_of().id
    closed_until(book_id, month_of(date(2026, 2, 1)))
    assert program(app).get(f"/books/{book_id}").json["closed_month"] == "2026-02"


def test_the_maker_puts_papers_to_a_draft_and_the_checker_sees_it_again_before_posting(any_app: Flask) -> None:
    book_id = book_of().id
    clerk, head = program(any_app), program(any_app, "village_head")
    draft = f"/drafts/{clerk.post(f'/books/{book_id}/drafts', FILLED).json['id']}"
    before, url = head.get(draft).headers["ETag"], f"{draft}/attachments?kind=PAYMENT&caption=发票"
    assert head.get(f"{draft}/attachments").json["items"] == []
    key = {"Idempotency-Key": "paper-0001"}
    sent, again = (
        clerk.call("POST", url, data={"file": (io.BytesIO(picture()), "发票.png")}, headers=key) for _time in range(2)
    )
    assert (sent.status_code, sent.json) == (201, again.json), sent.text
    (paper,) = head.get(f"{draft}/attachments").json["items"]
    assert (paper, paper["kind"], paper["caption"]) == (sent.json["items"][0], "PAYMENT", "发票")
    assert head.get(f"{draft}/attachments/{paper['id']}").mimetype == "image/png"
    assert head.post(f"{draft}/post", headers={"If-Match": before}).status_code == 412
    seen = {"If-Match": head.get(draft).headers["ETag"]}
    assert head.post(f"{draft}/post", headers=seen).status_code == 201
    late = clerk.call("POST", url, data={"file": (io.BytesIO(picture()), "发票.png")})
    assert (late.status_code, len(head.get(f"{draft}/attachments").json["items"])) == (409, 1)


def test_nobody_puts_papers_to_the_draft_of_another(app: Flask) -> None:
    draft = drafted(book_of().id, by="township_accountant")
    url = f"/drafts/{draft.id}/attachments"
    for username, status in (("village_clerk", 403), ("sibling_clerk", 404)):
        data = {"file": (io.BytesIO(picture()), "发票.png")}
        refused = program(app, username).call("POST", f"{url}?kind=PAYMENT", data=data)
        assert refused.status_code == status, refused.text
    own = program(app, "township_accountant")
    wrong = own.call("POST", f"{url}?kind=PAYMENT", data={"file": (io.BytesIO(b"x"), "发票.png")})
    assert wrong.status_code == 422
    assert own.get(url).json["items"] == []
