"""Earmarked money as JSON: by two programs for two persons, once per key, with versions and problems."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask

from registry.disposal.proceeds.kinds import Purpose
from registry.token_scopes import Scope
from tests.assets.title.making import picture
from tests.disposal.proceeds.making import CLERK, HEAD, PRICE, account, entered, read, undoing, used
from tests.disposal.scenery import machine
from tests.factories import TODAY, TOWNSHIP, VILLAGE
from tests.reports.histories import Calendar, calendar
from tests.rest.program import Program


@pytest.fixture(autouse=True)
def days() -> Iterator[type[Calendar]]:
    """The day of the scenery, whenever the tests run."""
    with calendar() as one:
        one.day = TODAY
        yield one


REPAIR = {
    "purpose": "CUSTODY", "amount": "6000.00", "used_on": "2026-11-23", "note": "维修产业路",
    "document_no": "中益府发〔2026〕18号",
}  # fmt: skip


@pytest.fixture
def clerk(app: Flask) -> Program:
    return Program(app.test_client(), CLERK)


@pytest.fixture
def head(app: Flask) -> Program:
    return Program(app.test_client(), HEAD)


def test_an_account_is_listed_and_read_with_balance_and_version(clerk: Program) -> None:
    key = account()
    (row,) = clerk.get("/proceeds").json["items"]
    assert (row["id"], row["balance"], row["destination"], row["waits_since"]) == (
        key, "15000.00", "EARMARKED", "2026-11-10",
    )  # fmt: skip
    answer = clerk.get(f"/proceeds/{key}")
    assert (answer.json, bool(answer.headers["ETag"])) == (row, True)
    assert clerk.get("/proceeds?show=OVERDUE").json["items"] == []
    assert clerk.get("/proceeds?show=BALANCE&destination=EARMARKED").json["items"] == [row]
    assert clerk.get("/proceeds?show=X").status_code == 422


def test_pages_of_a_list_lead_on(clerk: Program) -> None:
    first, second = account(), account(name="二号烘干机")
    page = clerk.get("/proceeds?limit=1")
    assert [row["id"] for row in page.json["items"]] == [second]
    following = page.headers["Link"].split("<")[1].split(">")[0]
    assert [row["id"] for row in clerk.get(following).json["items"]] == [first]


def test_sums_begin_with_the_unit_itself(app: Flask) -> None:
    account()
    rows = Program(app.test_client(), "county_finance").get(f"/proceeds/sums?region={TOWNSHIP}").json["items"]
    assert [(row["region_code"], row["balance"]) for row in rows] == [(TOWNSHIP, "15000.00"), (VILLAGE, "15000.00")]
    assert rows[1]["up_to_90_days"] == "15000.00"


def test_a_use_is_entered_confirmed_and_undone_by_two_programs(clerk: Program, head: Program) -> None:
    key = account()
    made = clerk.post(f"/proceeds/{key}/uses", REPAIR)
    assert (made.status_code, made.json["status"]) == (201, "WAITING")
    path = f"/proceeds/{key}/uses/{made.json['id']}"
    refused = head.post(f"{path}/confirm")
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    sent = clerk.call("POST", f"{path}/attachments", data={"file": (BytesIO(picture()), "批复.png")})
    assert (sent.status_code, len(sent.json["items"])) == (201, 1)
    file_id = sent.json["items"][0]["id"]
    assert head.get(f"{path}/attachments/{file_id}").status_code == 200
    assert head.post(f"{path}/confirm").json["status"] == "CONFIRMED"
    assert read(key).used_fen == 600_000
    assert clerk.post(f"{path}/undo", {"reason": "重复登记"}).json["status"] == "UNDOING"
    assert head.post(f"{path}/undo/agree").json["status"] == "UNDONE"
    assert read(key).used_fen == 0
    assert [row["status"] for row in clerk.get(f"/proceeds/{key}/uses").json["items"]] == ["UNDONE"]


def test_the_same_call_sent_again_has_one_effect(clerk: Program) -> None:
    key = account()
    for _attempt in range(2):
        answer = clerk.post(f"/proceeds/{key}/uses", REPAIR, headers={"Idempotency-Key": "once"})
        assert answer.status_code == 201
    assert len(clerk.get(f"/proceeds/{key}/uses").json["items"]) == 1


def test_an_answer_that_rests_on_an_old_version_is_refused(head: Program) -> None:
    key = account()
    use_id = entered(key)
    path = f"/proceeds/{key}/uses/{use_id}"
    seen = head.get(path).headers["ETag"]
    assert head.post(f"{path}/refuse", {"reason": "缺材料"}).status_code == 200
    stale = head.post(f"{path}/confirm", headers={"If-Match": seen})
    assert (stale.status_code, stale.mimetype) == (412, "application/problem+json")
    assert head.post(f"{path}/confirm").status_code == 409


def test_whoever_holds_no_second_persons_right_confirms_nothing(clerk: Program) -> None:
    key = account()
    use_id = entered(key)
    assert clerk.post(f"/proceeds/{key}/uses/{use_id}/confirm").status_code == 403
    undoing(use_id := used(account(name="二号烘干机")))
    assert clerk.post(f"/proceeds/{read(key).id}/uses/{use_id}/undo/agree").status_code == 403


def test_an_undoing_is_refused_with_a_reason(head: Program) -> None:
    key = account()
    use_id = used(key)
    undoing(use_id)
    path = f"/proceeds/{key}/uses/{use_id}/undo/refuse"
    assert head.post(path, {"reason": ""}).status_code == 422
    assert head.post(path, {"reason": "票据无误"}).json["status"] == "CONFIRMED"


def test_a_use_of_another_account_is_not_there(head: Program) -> None:
    key, other = account(), account(name="二号烘干机")
    use_id = entered(other)
    assert head.get(f"/proceeds/{key}/uses/{use_id}").status_code == 404
    assert head.post(f"/proceeds/{key}/uses/{use_id}/confirm").status_code == 404
    assert head.get(f"/proceeds/{other}/uses/{use_id}").status_code == 200


def test_money_that_came_in_is_entered_and_taken_in(clerk: Program, head: Program) -> None:
    key = account()
    told = {"amount": "15000.00", "received_on": "2026-11-23", "paper_no": "回单 9"}
    made = clerk.post(f"/proceeds/{key}/receipt-drafts", told)
    assert (made.status_code, made.json["status"]) == (201, "WAITING")
    assert clerk.post(f"/proceeds/{key}/receipt-drafts", told).status_code == 422, "no more than the price"
    assert [row["id"] for row in head.get(f"/proceeds/{key}/receipt-drafts").json["items"]] == [made.json["id"]]
    assert head.post(f"/proceeds/{key}/receipt-drafts/{made.json['id']}/take").json["status"] == "TAKEN"
    assert read(key).received_fen == PRICE
    assert [row["draft_id"] for row in head.get(f"/proceeds/{key}/receipts").json["items"]] == [None, made.json["id"]]


def test_money_that_came_in_is_refused_with_a_reason(clerk: Program, head: Program) -> None:
    key = account()
    told = {"amount": "1.00", "received_on": "2026-11-23", "paper_no": "回单 9"}
    draft_id = clerk.post(f"/proceeds/{key}/receipt-drafts", told).json["id"]
    answer = head.post(f"/proceeds/{key}/receipt-drafts/{draft_id}/refuse", {"reason": "没有到账"})
    assert (answer.json["status"], answer.json["opinion"]) == ("REFUSED", "没有到账")


def test_from_an_asset_the_program_walks_back(clerk: Program) -> None:
    key, dryer = account(), machine("新烘干机")
    use_id = used(key, purpose=Purpose.NEW_ASSET, asset_no=dryer)
    (row,) = clerk.get(f"/assets/{dryer}/proceeds").json["items"]
    assert (row["id"], row["proceeds_id"], row["asset_no"]) == (use_id, key, dryer)


def test_a_token_without_the_scope_reads_and_writes_nothing(app: Flask) -> None:
    key = account()
    reader = Program(app.test_client(), CLERK, scopes=[Scope.DISPOSALS_READ])
    assert reader.get(f"/proceeds/{key}").status_code == 200
    assert reader.post(f"/proceeds/{key}/uses", REPAIR).status_code == 403
    assert Program(app.test_client(), CLERK, scopes=[Scope.INCOME_READ]).get("/proceeds").status_code == 403
