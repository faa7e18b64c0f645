"""Receipts and arrears as JSON: entered, mended, checked, corrected, demanded."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.ledger.operation.receipts.models import Receipt
from registry.token_scopes import Scope
from tests.factories import VILLAGE, confirmed
from tests.ledger.receipts.receiving import RENT_FEN, let, posted, rent
from tests.rest.program import Program


def body(**changes: object) -> dict[str, Any]:
    """A quarter's rent as a program sends it."""
    return {
        "kind": "RENT",
        "amount": "30000.00",
        "received_on": "2026-11-20",
        "earned_from": "2026-10-01",
        "earned_to": "2026-12-31",
        "payer": "石柱冷链有限公司",
        "bank_reference": "20261120-1",
        **changes,
    }


def test_a_receipt_is_entered_mended_checked_by_another_and_stands_as_income(any_app: Flask) -> None:
    store = confirmed()
    contract_id, due_ids = let(store)
    clerk = Program(any_app.test_client(), "village_clerk")
    other = body(contract_id=contract_id, due_id=10**9)
    assert clerk.post(f"/assets/{store.asset_no}/receipts", other).status_code == 422
    named = body(contract_id=contract_id, due_id=due_ids[0])
    made = clerk.post(f"/assets/{store.asset_no}/receipts", named)
    assert made.status_code == 201, made.text
    assert made.json["due_id"] == due_ids[0]
    assert (made.json["status"], made.json["due"], made.json["asset_no"]) == ("SUBMITTED", "30000.00", store.asset_no)
    address = f"/receipts/{made.json['id']}"
    stale = clerk.put(address, body(contract_id=contract_id, note="x"), '"1-0000000000000000"')
    assert stale.status_code == 412
    mended = clerk.put(address, body(contract_id=contract_id, note="补登"), clerk.get(address).headers["ETag"])
    assert (mended.status_code, mended.json["note"]) == (200, "补登"), mended.text
    assert clerk.post(f"{address}/approve").status_code == 403
    head = Program(any_app.test_client(), "village_head")
    assert head.post(f"{address}/approve").json["status"] == "POSTED"
    assert head.post(f"{address}/approve").status_code == 409
    (row,) = head.get(f"/income?asset_no={store.asset_no}&month=202611").json["items"]
    assert (row["amount"], row["due_id"], row["earned_on"]) == ("30000.00", due_ids[0], "2026-11-20")
    assert row["voucher_id"] is not None
    assert [one["id"] for one in head.get(f"/receipts?region={VILLAGE}&status=POSTED").json["items"]] == [
        made.json["id"]
    ]


def test_the_same_call_enters_once_and_the_same_money_again_is_asked_about(any_app: Flask) -> None:
    store = confirmed()
    clerk = Program(any_app.test_client(), "village_clerk")
    path = f"/assets/{store.asset_no}/receipts"
    first = clerk.post(path, body(), headers={"Idempotency-Key": "receipt-0001"})
    again = clerk.post(path, body(), headers={"Idempotency-Key": "receipt-0001"})
    assert first.json == again.json
    refused = clerk.post(path, body())
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "#/twice"
    assert clerk.post(path, body(twice=True)).status_code == 201
    db.session.rollback()
    assert len(list(db.session.scalars(select(Receipt)))) == 2


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"amount": "0.00"}, "amount"),
        ({"amount": 5}, "amount"),
        ({"kind": "GIFT"}, "kind"),
        ({"received_on": "2999-01-01"}, "received_on"),
        ({"earned_to": "2026-09-30"}, "earned_to"),
        ({"kind": "IN_KIND"}, "goods"),
        ({"kind": "DEPOSIT_TAKEN"}, "contract_id"),
        ({"contract_id": 77}, "contract_id"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_what_cannot_be_received_is_refused_by_its_field(app: Flask, changes: dict[str, object], pointer: str) -> None:
    store = confirmed()
    clerk = Program(app.test_client(), "village_clerk")
    refused = clerk.post(f"/assets/{store.asset_no}/receipts", body(**changes))
    assert refused.status_code == 422, refused.text
    assert [one["pointer"] for one in refused.json["errors"]] == [f"#/{pointer}"]


def test_a_posted_receipt_is_corrected_by_another_and_sent_back_with_a_reason(any_app: Flask) -> None:
    store = confirmed()
    wrong = posted(store, rent(500_000)).id
    clerk = Program(any_app.test_client(), "village_clerk")
    head = Program(any_app.test_client(), "village_head")
    right = clerk.post(f"/receipts/{wrong}/correct", body(amount="450.00", reason="多写一个零"))
    assert (right.status_code, right.json["corrects_id"]) == (201, wrong), right.text
    assert clerk.post(f"/receipts/{wrong}/correct", body(amount="1.00", reason="x")).status_code == 409
    address = f"/receipts/{right.json['id']}"
    assert head.post(f"{address}/send-back", {"reason": ""}).status_code == 422
    assert head.post(f"{address}/send-back", {"reason": "还是不对"}).json["status"] == "SENT_BACK"
    assert clerk.post(f"{address}/withdraw").json["status"] == "WITHDRAWN"
    assert head.get(f"/receipts/{wrong}").json["status"] == "POSTED"


def test_arrears_are_listed_demanded_and_asked_to_be_given_up(any_app: Flask) -> None:
    store = confirmed()
    _, due_ids = let(store)
    clerk = Program(any_app.test_client(), "village_clerk")
    items = clerk.get("/arrears?limit=2").json["items"]
    assert [(one["open"], one["late_class"]) for one in items] == [("30000.00", "SUPERVISED")] * 2
    following = clerk.get(f"/arrears?limit=2&after={items[-1]['due_on']}.{items[-1]['id']}").json["items"]
    assert [int(one["id"]) for one in following][:1] == due_ids[2:3]
    address = f"/dues/{due_ids[0]}"
    assert clerk.post(f"{address}/write-offs", {"amount": "1.00", "grounds": "x"}).status_code == 422
    sent = {"way": "LETTER", "sent_on": str(today()), "pay_by": str(today() + timedelta(days=15))}
    assert clerk.post(f"{address}/demands", sent).json["owed"] == "30000.00"
    assert len(clerk.get(f"{address}/demands").json["items"]) == 1
    asked = clerk.post(f"{address}/write-offs", {"amount": "30000.00", "grounds": "公司已注销"})
    assert (asked.status_code, asked.json["status"]) == (201, "PROPOSED"), asked.text
    assert clerk.post(f"{address}/write-offs", {"amount": "30000.00", "grounds": "x"}).status_code == 409
    assert RENT_FEN == 3_000_000
    assert date(2026, 1, 1).isoformat() == items[0]["due_on"]


def test_a_token_for_reading_writes_nothing_and_a_neighbour_reads_nothing(app: Flask) -> None:
    store = confirmed()
    receipt = posted(store, rent())
    reader = Program(app.test_client(), "village_clerk", scopes=(Scope.INCOME_READ,))
    assert reader.get(f"/receipts/{receipt.id}").status_code == 200
    assert reader.post(f"/assets/{store.asset_no}/receipts", body()).status_code == 403
    neighbour = Program(app.test_client(), "sibling_clerk")
    assert neighbour.get(f"/receipts/{receipt.id}").status_code == 404
    assert neighbour.get(f"/income?region={VILLAGE}").status_code == 404
    assert neighbour.get("/income").json["items"] == []
