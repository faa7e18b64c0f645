"""Another account of a household over the API: asked for by one program, confirmed by another, never shown whole."""

from flask import Flask
from sqlalchemy import select

from registry.audit.models import TrailEvent
from registry.database import db
from registry.parties.households.models import Household
from registry.parties.households.queries import unsealed
from registry.token_scopes import Scope
from tests.factories import VILLAGE
from tests.ledger.rolls.people import household, on_roll
from tests.rest.program import Program

NEW = "6228480012345678"
BODY = {"bank_name": "农业银行石柱支行", "bank_account": NEW, "reason": "存折换卡"}


def program(app: Flask, username: str = "village_clerk") -> Program:
    return Program(app.test_client(), username)


def account_of(household_id: int) -> tuple[str, str]:
    db.session.rollback()
    found = db.session.get_one(Household, household_id)
    return found.bank_name, unsealed(found).bank_account


def test_an_account_is_asked_for_by_one_and_put_in_force_by_another(any_app: Flask) -> None:
    one = on_roll(1)
    clerk, head = program(any_app), program(any_app, "village_head")
    made = clerk.post(f"/beneficiaries/{one}/account-changes", BODY)
    assert made.status_code == 201, made.text
    assert (made.json["status"], made.json["household_id"]) == ("WAITING", str(one))
    assert (made.json["bank_account"], made.json["head_name"]) == ("************5678", "谭**")
    assert made.json["known_bank_account"].endswith(household(1).bank_account[-4:])
    address = made.headers["Location"].removeprefix("/api/v1")
    seen = head.get(address)
    assert (seen.json, seen.headers["ETag"]) == (made.json, made.headers["ETag"])
    assert account_of(one)[1] == household(1).bank_account
    assert program(any_app, "village_clerk").post(f"{address}/confirm").status_code == 403
    stale = head.post(f"{address}/confirm", headers={"If-Match": '"1-0000000000000000"'})
    assert stale.status_code == 412
    key = {"Idempotency-Key": "account-0001", "If-Match": seen.headers["ETag"]}
    confirmed, again = (head.post(f"{address}/confirm", headers=key) for _time in range(2))
    assert (confirmed.status_code, confirmed.json["status"]) == (200, "CONFIRMED"), confirmed.text
    assert again.json == confirmed.json
    assert account_of(one) == (BODY["bank_name"], NEW)
    assert head.post(f"{address}/confirm").status_code == 409
    answers = (made, seen, confirmed, clerk.get("/account-changes"))
    assert [one for one in answers if NEW in one.text or household(1).bank_account in one.text] == []
    assert NEW not in "".join(db.session.scalars(select(TrailEvent.payload)))


def test_changes_of_accounts_are_listed_by_unit_household_and_status(any_app: Flask) -> None:
    first, second = on_roll(1), on_roll(2)
    clerk, head = program(any_app), program(any_app, "village_head")
    one, two = (clerk.post(f"/beneficiaries/{key}/account-changes", BODY).json for key in (first, second))
    refused = head.post(f"/account-changes/{two['id']}/refuse", {"reason": "户名不符"})
    assert (refused.json["status"], refused.json["end_reason"]) == ("REFUSED", "户名不符")
    assert account_of(second)[1] == household(2).bank_account

    def ids(path: str) -> list[str]:
        return [row["id"] for row in clerk.get(path).json["items"]]

    assert ids("/account-changes") == [one["id"], two["id"]]
    assert ids(f"/account-changes?region={VILLAGE}&status=WAITING") == [one["id"]]
    assert ids(f"/beneficiaries/{second}/account-changes") == [two["id"]]
    page = clerk.get("/account-changes?limit=1")
    assert f"after={one['id']}" in page.headers["Link"]
    assert ids(f"/account-changes?limit=1&after={one['id']}") == [two["id"]]
    taken_back = clerk.post(f"/account-changes/{one['id']}/withdraw")
    assert taken_back.json["status"] == "WITHDRAWN"


def test_what_is_no_account_is_refused_beside_its_field(app: Flask) -> None:
    one = on_roll(1)
    clerk, head = program(app), program(app, "village_head")
    path = f"/beneficiaries/{one}/account-changes"
    for changes, pointer in (({"bank_account": "12"}, "bank_account"), ({"reason": ""}, "reason")):
        refused = clerk.post(path, {**BODY, **changes})
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, f"#/{pointer}")
    change = clerk.post(path, BODY).json["id"]
    assert clerk.post(path, BODY).status_code == 409
    assert head.post(f"/account-changes/{change}/refuse", {"reason": "长" * 201}).status_code == 422
    assert clerk.post(f"/account-changes/{change}/refuse", {"reason": "x"}).status_code == 403


def test_neither_a_neighbour_nor_a_narrower_token_sees_or_changes_accounts(app: Flask) -> None:
    one = on_roll(1)
    change = program(app).post(f"/beneficiaries/{one}/account-changes", BODY).json["id"]
    neighbour = program(app, "sibling_clerk")
    assert neighbour.get("/account-changes").json["items"] == []
    for path in (f"/account-changes/{change}", f"/beneficiaries/{one}/account-changes"):
        assert neighbour.get(path).status_code == 404
    assert neighbour.post(f"/beneficiaries/{one}/account-changes", BODY).status_code == 404
    narrow = Program(app.test_client(), "village_head", scopes={Scope.BENEFICIARIES_READ})
    assert narrow.get(f"/account-changes/{change}").status_code == 200
    assert narrow.post(f"/account-changes/{change}/confirm").status_code == 403
