"""Check 14: each role tries by every route to change, remove or renumber what is posted; nothing of it moves."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db
from registry.ledger.books.models import Posting, Voucher
from registry.onetime import new_key
from registry.permissions import Role
from tests.factories import PASSWORD
from tests.ledger.books.keeping import book_of, checked, drafted

#: What an attacker would like to be otherwise: date, amount, account, operator, number, lines.
WANTED = {
    "booked_on": "2020-01-01", "amount": "0.01", "debit": "0.01", "account": "101", "made_by": "x", "number": "9",
    "summary": "x", "deed": "BANK_FEE", "category": "", "lines-0-place": "101", "lines-0-debit": "1", "answer": "post",
    "reason": "x", "confirm": "1",
}  # fmt: skip
METHODS = ("POST", "PUT", "PATCH", "DELETE")


def standing() -> list[str]:
    """Everything that is posted, to the letter."""
    db.session.rollback()
    rows = [*db.session.execute(select(Voucher.__table__)), *db.session.execute(select(Posting.__table__))]
    found = [repr(tuple(row)) for row in rows]
    db.session.rollback()
    return found


def routes(app: Flask, voucher: Voucher, draft_id: int) -> list[str]:
    """Every address below the books with this voucher, its book and its draft in it."""
    filled = {"voucher_id": voucher.id, "book_id": voucher.book_id, "draft_id": draft_id, "month": 24_312,
              "reopening_id": 1, "attachment_id": 1}  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        if {"voucher_id", "book_id", "draft_id"} & rule.arguments and rule.arguments <= filled.keys():
            with app.test_request_context():
                found.append(app.url_for(rule.endpoint, **{name: filled[name] for name in rule.arguments}))
    return sorted(set(found))


@pytest.mark.parametrize("role", Role, ids=lambda role: str(role).lower())
def test_no_route_moves_what_is_posted(app: Flask, role: Role) -> None:
    draft = drafted(book_of().id)
    draft_id = draft.id
    voucher = checked(draft_id)
    addresses = routes(app, voucher, draft_id)
    assert len(addresses) > 15
    before = standing()
    client = app.test_client()
    client.post("/login", data={"username": role.value.lower(), "password": PASSWORD})
    for address in addresses:
        for method in METHODS:
            data = {**WANTED, "one_time_key": new_key(), "proof_of_self": PASSWORD}
            assert client.open(address, method=method, data=data).status_code < 500, (method, address)
            assert set(before) <= set(standing()), (method, address)
