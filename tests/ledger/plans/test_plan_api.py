"""A plan and its payout by programs: drafted, submitted, ordered, released, paid, asked; names masked; scopes held."""

from typing import Any

import pytest
from flask import Flask

from registry.approvals.requests.states import RequestStatus
from registry.clock import today
from registry.token_scopes import Scope
from tests.factories import VILLAGE
from tests.ledger.plans.planning import become, collective, income
from tests.ledger.rolls.people import on_roll
from tests.rest.program import Program

OFFICIAL = {"prior_loss": "0.00", "result": "10000.00", "fund": "2000.00", "paper": "收益表", "charter_bp": 2000}
DIVIDEND = {
    "kind": "PERFORMANCE_DIVIDEND", "label": "成员分红", "amount": "8000.00", "basis": "PER_SHARE",
    "entitlement": "MEMBER",
}  # fmt: skip


@pytest.fixture
def clerk(any_app: Flask) -> Program:
    income()
    on_roll(1)
    on_roll(2)
    return Program(any_app.test_client(), "village_clerk")


def begun(clerk: Program) -> dict[str, Any]:
    body = {
        "region_code": VILLAGE, "party_id": collective().id, "year": 2026, "title": "2026年度方案",
        "period_from": "2026-01", "period_to": "2026-11", "instalments": [],
    }  # fmt: skip
    answer = clerk.post("/distribution-plans", body)
    assert answer.status_code == 201, answer.text
    plan: dict[str, Any] = answer.json
    return plan


def written(clerk: Program) -> str:
    plan_id: str = begun(clerk)["id"]
    assert clerk.post(f"/distribution-plans/{plan_id}/official", OFFICIAL).status_code == 200
    answer = clerk.post(f"/distribution-plans/{plan_id}/uses", DIVIDEND)
    assert answer.status_code == 201, answer.text
    return plan_id


def test_a_program_takes_a_plan_from_draft_to_the_households_answers(any_app: Flask, clerk: Program) -> None:
    plan_id = written(clerk)
    told = clerk.post(f"/distribution-plans/{plan_id}/submit").json
    # From the next February on the plan is late as well.
    said = [one for one in told["cautions"] if not one.startswith("方案晚于")]
    assert said == ["没有安排公益性岗位或用工报酬，村级资产收益提倡通过劳动取得。"]
    become(int(plan_id), RequestStatus.APPROVED)
    card = clerk.get(f"/distribution-plans/{plan_id}").json
    assert (card["status"], card["fund"], card["uses_total"], card["digest"]) == (
        "AGREED", "2000.00", "8000.00", told["digest"],
    )  # fmt: skip
    use_id = int(card["uses"][0]["id"])
    order = clerk.post(
        f"/distribution-plans/{plan_id}/payouts", {"instalment": 1, "use_ids": [use_id], "method": "BANK"}
    ).json
    assert clerk.post(f"/payouts/{order['id']}/release").status_code == 403
    head, cashier = (Program(any_app.test_client(), name) for name in ("village_head", "cashier"))
    assert head.post(f"/payouts/{order['id']}/release").json["status"] == "RELEASED"
    lines = cashier.get(f"/payouts/{order['id']}/lines").json["items"]
    assert [(line["payee_name"], line["amount"]) for line in lines] == [("谭**", "4000.00"), ("谭**", "4000.00")]
    results = {
        "happened_on": today().isoformat(), "source": "批次1",
        "results": [{"serial": n, "result": "PAID"} for n in (1, 2)],
    }  # fmt: skip
    paid = cashier.post(f"/payouts/{order['id']}/results", results)
    assert paid.json["status"] == "DONE"
    again = cashier.post(f"/payouts/{order['id']}/results", results)
    assert again.status_code == 422
    team = Program(any_app.test_client(), "resident_work_team")
    said = {"serial": 1, "answer": "RECEIVED", "said": "4000.00", "checked_on": today().isoformat()}
    assert team.post(f"/payouts/{order['id']}/receipts", said).status_code == 201
    agreed = clerk.get(f"/distribution-plans/{plan_id}/lines").json["items"]
    assert {line["head_name"] for line in agreed} == {"谭**"}
    (link,) = clerk.get(f"/distribution-plans/{plan_id}/income").json["items"]
    assert (link["amount"], link["taken"]) == ("10000.00", "10000.00")


def test_what_does_not_add_up_is_refused_with_the_difference(clerk: Program) -> None:
    plan_id = begun(clerk)["id"]
    clerk.post(f"/distribution-plans/{plan_id}/official", OFFICIAL)
    clerk.post(f"/distribution-plans/{plan_id}/uses", {**DIVIDEND, "amount": "7999.99"})
    answer = clerk.post(f"/distribution-plans/{plan_id}/submit")
    assert answer.status_code == 422
    assert "少 0.01 元" in answer.json["detail"]


def test_a_stale_version_is_refused(clerk: Program) -> None:
    plan = begun(clerk)
    path = f"/distribution-plans/{plan['id']}"
    seen = clerk.get(path).headers["ETag"]
    assert clerk.post(f"{path}/official", OFFICIAL, headers={"If-Match": seen}).status_code == 200
    assert clerk.post(f"{path}/official", OFFICIAL, headers={"If-Match": seen}).status_code == 412


def test_a_token_for_reading_writes_nothing_and_strangers_find_nothing(any_app: Flask, clerk: Program) -> None:
    plan_id = written(clerk)
    reader = Program(any_app.test_client(), "village_clerk", scopes=[Scope.DISTRIBUTION_READ])
    assert reader.get(f"/distribution-plans/{plan_id}").status_code == 200
    assert reader.post(f"/distribution-plans/{plan_id}/submit").status_code == 403
    stranger = Program(any_app.test_client(), "sibling_clerk")
    assert stranger.get(f"/distribution-plans/{plan_id}").status_code == 404
    assert stranger.post(f"/distribution-plans/{plan_id}/drop", {"reason": "x"}).status_code == 404
    assert stranger.get("/distribution-plans").json["items"] == []


def test_work_is_entered_and_verified_by_programs(any_app: Flask, clerk: Program) -> None:
    body = {
        "region_code": VILLAGE, "household_id": 1, "kind": "DAY_LABOUR", "project": "清理排水沟",
        "starts_on": "2026-10-01", "ends_on": "2026-10-10", "half_days": 19, "rate": "100.00",
    }  # fmt: skip
    work = clerk.post("/work-records", body).json
    assert (work["name"], work["amount"], work["status"]) == ("谭**", "950.00", "ENTERED")
    head = Program(any_app.test_client(), "village_head")
    assert head.post(f"/work-records/{work['id']}/check", {"agrees": False}).status_code == 422
    checked = head.post(f"/work-records/{work['id']}/check", {"agrees": True}).json
    assert checked["status"] == "VERIFIED"
    assert [one["id"] for one in clerk.get("/work-records?status=VERIFIED").json["items"]] == [work["id"]]


def test_orders_lines_and_work_of_another_village_do_not_exist(any_app: Flask, clerk: Program) -> None:
    from tests.ledger.payout.paying import ordered

    plan_id = written(clerk)
    clerk.post(f"/distribution-plans/{plan_id}/submit")
    become(int(plan_id), RequestStatus.APPROVED)
    order_id = ordered(int(plan_id))
    stranger = Program(any_app.test_client(), "sibling_clerk")
    for path in (f"/payouts/{order_id}", f"/payouts/{order_id}/lines"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/payouts/{order_id}/cancel", {"reason": "x"}).status_code == 404
    assert stranger.get("/payouts").json["items"] == []
