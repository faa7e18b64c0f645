"""Warnings over the API: found, handed on, answered, sent back, taken."""

import io
from datetime import timedelta

from flask import Flask

from registry.clock import today
from registry.database import db
from registry.token_scopes import Scope
from tests.approvals.notices.boards import photograph
from tests.factories import VILLAGE
from tests.rest.program import Program
from tests.supervision.warnings.deeds import contract
from tests.supervision.warnings.scenery import ask_all, deed, sound_world
from tests.supervision.warnings.test_hand_offs import disputed


def program(app: Flask, username: str, **token: object) -> Program:
    db.session.rollback()
    return Program(app.test_client(), username, **token)


def test_a_warning_goes_to_the_village_and_its_answer_back(app: Flask) -> None:
    disputed()
    town, clerk = program(app, "township_supervisor"), program(app, "village_clerk")
    (found,) = town.get(f"/warnings?region={VILLAGE}&topic=REGISTER").json["items"]
    assert (found["risk"], found["severity"], found["closed_at"]) == ("OWNER_DISPUTED", "MEDIUM", None)
    assert found["figures"] == {"original_fen": 128_640_000}
    assert town.get(f"/warnings/{found['id']}").json == found
    due = (today() + timedelta(days=9)).isoformat()
    wrong = town.post(
        f"/warnings/{found['id']}/hand-offs", {"to_code": VILLAGE, "text": "请办", "due_on": "2020-01-01"}
    )
    assert (wrong.status_code, wrong.json["type"].endswith("due-odd")) == (422, True), wrong.text
    made = town.post(f"/warnings/{found['id']}/hand-offs", {"to_code": VILLAGE, "text": "请办", "due_on": due})
    assert (made.status_code, made.json["state"]) == (201, "OPEN"), made.text
    at = f"/warning-hand-offs/{made.json['id']}"
    assert (
        town.post(f"/warnings/{found['id']}/hand-offs", {"to_code": VILLAGE, "text": "请办", "due_on": due}).status_code
        == 409
    )
    assert clerk.post(f"{at}/answers", {"text": "已办"}).json["state"] == "ANSWERED"
    seen = town.get(at).json["version"]
    verdict = {"version": seen, "takes": False, "opinion": "缺材料", "due_on": due}
    back = town.post(f"{at}/verdicts", verdict)
    assert (back.status_code, back.json["state"]) == (200, "OPEN"), back.text
    clerk.post(f"{at}/answers", {"text": "已补"})
    stale = town.post(f"{at}/verdicts", {"version": seen, "takes": True})
    assert (stale.status_code, stale.json["type"].endswith("said-anew")) == (409, True), stale.text
    takes = {"version": town.get(at).json["version"], "takes": True}
    bare = town.post(f"{at}/verdicts", takes)
    assert (bare.status_code, bare.json["type"].endswith("cause-stands")) == (422, True), bare.text
    taken = town.post(f"{at}/verdicts", takes | {"opinion": "双方已谈妥"})
    assert taken.json["end_way"] == "TAKEN", taken.text
    assert [one["word"] for one in town.get(f"{at}/words").json["items"]] == ["ANSWER", "RETURNED", "ANSWER", "TAKEN"]
    (listed,) = clerk.get("/warning-hand-offs?state=ENDED").json["items"]
    assert listed == clerk.get(at).json
    assert program(app, "sibling_clerk").get(at).status_code == 404


def test_a_hand_off_is_taken_back_and_an_answer_proved_over_the_api(app: Flask) -> None:
    disputed()
    town, clerk = program(app, "township_supervisor"), program(app, "village_clerk")
    (found,) = town.get(f"/warnings?region={VILLAGE}&topic=REGISTER").json["items"]
    said = {"to_code": VILLAGE, "text": "请办", "due_on": (today() + timedelta(days=9)).isoformat()}
    first, second = (f"/warning-hand-offs/{n}" for n in (1, 2))
    town.post(f"/warnings/{found['id']}/hand-offs", said)
    assert clerk.post(f"{first}/withdrawal", {"reason": "办错"}).status_code == 403
    assert town.post(f"{first}/withdrawal", {"reason": ""}).status_code == 422
    back = town.post(f"{first}/withdrawal", {"reason": "办错"})
    assert (back.status_code, back.json["state"], back.json["end_way"]) == (200, "ENDED", "WITHDRAWN"), back.text
    assert clerk.post(f"{first}/answers", {"text": "已办"}).status_code == 409
    town.post(f"/warnings/{found['id']}/hand-offs", said)
    clerk.post(f"{second}/answers", {"text": "已办"})
    (word,) = clerk.get(f"{second}/words").json["items"]
    at = f"{second}/words/{word['id']}/files"
    proof = clerk.call("POST", at, data={"file": (io.BytesIO(photograph()), "证明.jpg")})
    assert proof.status_code == 201, proof.text
    (file,) = town.get(at).json["items"]
    assert town.get(f"{at}/{file['id']}").status_code == 200
    town.post(f"{second}/verdicts", {"version": town.get(second).json["version"], "takes": True, "opinion": "已谈妥"})
    late = clerk.call("POST", at, data={"file": (io.BytesIO(photograph()), "证明.jpg")})
    assert late.json["type"].endswith("not-your-answer")


def test_a_token_for_warnings_alone_reads_them_and_writes_none(app: Flask) -> None:
    sound_world()
    with deed():
        contract(ends_on=today() - timedelta(days=1))
    ask_all(today())
    reader = program(app, "township_supervisor", scopes=[Scope.WARNINGS_READ])
    risks = {one["risk"]: one["id"] for one in reader.get("/warnings").json["items"]}
    assert "CONTRACT_EXPIRED" in risks
    assert reader.post(f"/warnings/{risks['CONTRACT_EXPIRED']}/hand-offs", {}).status_code == 403
    assert program(app, "custodian").get("/warnings").json["items"] == []
