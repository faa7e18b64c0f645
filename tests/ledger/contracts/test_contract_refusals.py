"""A contract is refused once for everything that is wrong with it: each at its field, on the page and for programs."""

from flask import Flask
from sqlalchemy import select

from registry.database import db
from registry.ledger.operation.contracts.models import Contract
from tests.assets.title.making import storehouse
from tests.factories import VILLAGE
from tests.journeys.browser import Visitor
from tests.ledger.books.screens import beside
from tests.ledger.contracts.making import contract_of, drafted
from tests.ledger.contracts.test_contract_pages import TYPED
from tests.rest.program import Program

BAD = {**TYPED, "operator_name": "", "credit_code": "911", "yearly": "", "is_written": "", "award_note": "", "plan": ""}
SAID = {
    "operator_name": "请填写经营方名称。",
    "credit_code": "信用代码“911”不对：应为 18 位，请对照证书，注意数字 1、0 与字母 I、O。",
    "is_written": "期限 6 个月以上的合同必须签书面合同。",
    "yearly": "请填写每年金额。",
    "award_note": "对外发包、出租要公开竞标；不竞标的写明理由，公开竞标的写明时间、方式和结果。",
    "plan": "请写明经营方案：经营什么、目标、保值增值要求。",
}


def told(text: str) -> dict[str, str]:
    """What stands beside the fields of the form."""
    return {name: said for name in (*SAID, "name", "starts_on", "ends_on") if (said := beside(text, name))}


def test_everything_wrong_with_a_contract_is_told_at_once(any_app: Flask) -> None:
    number, clerk = storehouse(), Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={number}")
    refused = clerk.send(**BAD)
    assert (refused.status_code, told(refused.text)) == (422, SAID)
    assert f"有 {len(SAID)} 处要改" in refused.text
    assert db.session.scalar(select(Contract.id)) is None


def test_what_the_form_itself_misses_is_told_with_the_rules(app: Flask) -> None:
    number, clerk = storehouse(), Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={number}")
    refused = clerk.send(**{**BAD, "name": "", "starts_on": ""})
    missing = {"name": "这一项必填。", "starts_on": "这一项必填。"}
    undated = {name: text for name, text in SAID.items() if name != "is_written"}
    assert (refused.status_code, told(refused.text)) == (422, {**undated, **missing})


def test_shares_that_are_not_whole_are_told_at_their_place(app: Flask) -> None:
    number, clerk = storehouse(), Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/contracts/terms?region={VILLAGE}&mode=LEASE&no={number}")
    refused = clerk.send(**{**TYPED, "plan": "", "shares-0-share": "60"})
    assert (refused.status_code, beside(refused.text, "plan")) == (422, SAID["plan"])
    assert "各权利人的份额合计是 60.00%，必须正好 100%。" in refused.text.partition('id="shares"')[2]


def test_a_program_is_told_the_same_rules_at_once(app: Flask) -> None:
    number, program = storehouse(), Program(app.test_client(), "village_clerk")
    body = {
        "region_code": VILLAGE, "assets": [number],
        "terms": {
            "name": "冷库出租", "mode": "LEASE", "starts_on": "2026-12-01", "ends_on": "2029-11-30", "award": "TENDER",
            "is_written": False, "rent": {"kind": "FIXED"},
            "operator": {"kind": "ENTERPRISE", "name": " ", "credit_code": "911"},
        },
    }  # fmt: skip
    answer = program.post("/contracts", body)
    assert answer.status_code == 422
    errors = answer.get_json()["errors"]
    assert {one["pointer"].rpartition("/")[2]: one["detail"] for one in errors} == SAID
    assert [one["code"] for one in errors][:2] == ["operator-missing", "bad-credit-code"]


def test_a_draft_that_somebody_saved_first_keeps_what_was_typed(app: Flask) -> None:
    contract_id = drafted(storehouse())
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/contracts/{contract_id}/edit")
    clerk.send(**TYPED)
    clerk.open(f"/contracts/{contract_id}/edit")
    stale = clerk.send(**{**TYPED, "version": "1", "award_note": "改过的竞标情况"})
    assert stale.status_code == 409
    assert "刚刚被别人改过" in stale.text
    assert "改过的竞标情况" in stale.text
    assert "改过的竞标情况" not in contract_of(contract_id).award_note
    db.session.rollback()
    assert "已保存" in clerk.send(**{**TYPED, "award_note": "改过的竞标情况"}).text
