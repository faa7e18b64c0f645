"""The roll as JSON: entered, confirmed by another, changed by request; nobody's number comes out."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.database import db
from registry.ledger.distribution.rolls.models import RollChange
from registry.parties.households.models import Household
from registry.token_scopes import Scope
from tests.factories import SIBLING_VILLAGE, VILLAGE
from tests.ledger.rolls.people import household, number, on_roll
from tests.rest.program import Program


def body(**changes: object) -> dict[str, Any]:
    return {
        "region_code": VILLAGE,
        "group_name": "3组",
        "persons": [
            {
                "name": "谭正国",
                "relation": "HEAD",
                "resident_id": number(1),
                "is_member": True,
                "share_hundredths": 100,
            },
            {"name": "向素珍", "relation": "SPOUSE"},
        ],
        "standing": "UNSTABLE",
        "relief": ["LOW_INCOME"],
        "recognised_on": "2024-03-05",
        "basis": "石农领办〔2024〕8号",
        "bank_name": "农商行",
        "bank_account": household(1).bank_account,
        **changes,
    }


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_household_is_entered_confirmed_and_read_masked(any_app: Flask) -> None:
    clerk = Program(any_app.test_client(), "village_clerk")
    made = clerk.post("/beneficiaries", body())
    assert made.status_code == 201, made.text
    assert made.json["status"] == "SUBMITTED"
    assert clerk.post(f"/beneficiaries/{made.json['id']}/confirm").status_code == 403
    head = Program(any_app.test_client(), "village_head")
    assert head.post(f"/beneficiaries/{made.json['id']}/confirm").json["status"] == "CONFIRMED"
    read = clerk.get(f"/beneficiaries/{made.json['id']}")
    assert read.json["classes"] == ["UNSTABLE", "LOW_INCOME", "MEMBER"]
    assert (read.json["head_name"], read.json["size"], read.json["members"]) == ("谭**", 2, 1)
    assert read.json["resident_id"] == "*" * 14 + number(1)[-4:]
    for answer in (made, read, clerk.get("/beneficiaries")):
        assert number(1) not in answer.text
        assert household(1).bank_account not in answer.text


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"persons": []}, "#/persons"),
        ({"standing": "MEMBER"}, "#/standing"),
        ({"recognised_on": "2999-01-01"}, "#/recognised_on"),
        ({"bank_account": "12"}, "#/bank_account"),
        ({"basis": ""}, "#/basis"),
        ({"unknown": 1}, "#/unknown"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_nothing_is_written(
    app: Flask, changes: dict[str, object], pointer: str
) -> None:
    answer = Program(app.test_client(), "village_clerk").post("/beneficiaries", body(**changes))
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert count(Household) == 0


def test_another_village_or_another_scope_is_refused(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    assert clerk.post("/beneficiaries", body(region_code=SIBLING_VILLAGE)).status_code == 403
    reader = Program(app.test_client(), "village_clerk", scopes=[Scope.BENEFICIARIES_READ])
    assert reader.post("/beneficiaries", body()).status_code == 403
    one = on_roll(1)
    assert Program(app.test_client(), "sibling_clerk").get(f"/beneficiaries/{one}").status_code == 404


def test_a_repeated_call_enters_one_household(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    answers = [clerk.post("/beneficiaries", body(), headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert count(Household) == 1


def test_a_change_is_asked_for_and_read_with_its_before_and_after(any_app: Flask) -> None:
    one = on_roll(1)
    clerk = Program(any_app.test_client(), "village_clerk")
    line = {"household_id": one, "reason": "RISK_REMOVED", "event_on": "2026-03-17", "new_class": "LIFTED"}
    made = clerk.post("/beneficiary-changes", {"region_code": VILLAGE, "basis": "评议会", "lines": [line]})
    assert made.status_code == 201, made.text
    assert made.json["lines"][0]["after"] == "脱贫户（稳定），4 人"
    assert made.json["lines"][0]["effective_on"] == "2026-04-01"
    assert clerk.get("/beneficiary-changes").json["items"] == [made.json]
    again = clerk.post("/beneficiary-changes", {"region_code": VILLAGE, "basis": "评议会", "lines": [line]})
    assert again.status_code == 422
    assert count(RollChange) == 1


def test_the_list_goes_on_page_by_page(app: Flask) -> None:
    ids = [str(on_roll(serial)) for serial in (1, 2, 3)]
    clerk = Program(app.test_client(), "village_clerk")
    first = clerk.get("/beneficiaries?limit=2")
    assert [row["id"] for row in first.json["items"]] == ids[:2]
    after = first.headers["Link"].partition("after=")[2].partition(">")[0]
    assert [row["id"] for row in clerk.get(f"/beneficiaries?limit=2&after={after}").json["items"]] == ids[2:]
