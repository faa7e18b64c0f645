"""A case over JSON as programs of the people at its desks lead it; notices and objections likewise."""

import hashlib
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry.clock import today
from registry.policy.parameters import Parameter
from registry.policy.procedures import Seat, StepKind, StepRule
from registry.token_scopes import Scope
from tests.approvals.notices.boards import photograph
from tests.assets.title.making import fill_in, opened, storehouse, submitted
from tests.disposal.scenery import PRICED_ON, approved_case
from tests.factories import SIBLING_VILLAGE, TOWNSHIP, VILLAGE, person
from tests.journeys.days import Calendar
from tests.journeys.test_case_agreed import hang
from tests.policy.setting import ROUTE, agreed, route_proposal
from tests.rest.program import Program

WORDS = {
    "title": "中益冷链仓库确权", "body": "经核实，下列资产拟确权。", "place": "村务公开栏", "contact_name": "陈书记",
    "contact_phone": "023-73301234",
}  # fmt: skip
LIST = {"columns": [{"label": "姓名"}, {"label": "面积"}], "rows": [["谭正国", "12"]]}


def seen(program: Program, request_id: int) -> dict[str, Any]:
    """What a person has seen of a request when they decide."""
    card = program.get(f"/requests/{request_id}").json
    return {"content_digest": card["content_digest"], "version": card["version"]}


def agree(app: Flask, username: str, request_id: int) -> TestResponse:
    """Let somebody agree by what they see."""
    program = Program(app.test_client(), username)
    assert str(request_id) in {one["id"] for one in program.get("/inbox").json["mine"]}
    return program.post(f"/requests/{request_id}/decide", {"verdict": "AGREE", **seen(program, request_id)})


def send_files(program: Program, url: str, told: object = None, **files: bytes) -> TestResponse:
    """Send files, with what is told of the meeting they are of."""
    data: dict[str, Any] = {name: (io.BytesIO(file), f"{name}.jpg") for name, file in files.items()}
    if told is not None:
        data["meeting"] = json.dumps(told)
    return program.call("POST", url, data=data)


def vote(agreed: int, days_ago: int = 1) -> dict[str, Any]:
    """A meeting of 30 delegates of whom 24 came."""
    on = today() - timedelta(days=days_ago)
    return {
        "kind": "A2", "body_name": "华溪村股份经济合作社成员代表大会", "held_on": on.isoformat(), "chair": "王兴安",
        "recorder": "谭小玲", "authority": "章程第十二条", "place": "村委会",
        "attendance": {"due": 30, "present": 24, "women": 8},
        "vote": {"agreed": agreed, "opposed": 24 - agreed},
    }  # fmt: skip


@pytest.fixture
def request_id(app: Flask) -> int:
    """A case of title, submitted."""
    case_id = opened(storehouse())
    fill_in(case_id)
    return submitted(case_id).id


def test_a_case_goes_over_every_desk(app: Flask, request_id: int) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    assert agree(app, "village_supervisory_committee", request_id).json["step_kind"] == "NOTICE"
    assert clerk.post(f"/requests/{request_id}/finish-step").status_code == 409
    hang(request_id)
    (notice,) = clerk.get("/notices?tab=over").json["items"]
    closed = send_files(clerk, f"/notices/{notice['id']}/close", file=photograph("grey"))
    assert (closed.status_code, closed.json["state"], len(closed.json["photos"])) == (200, "CLOSED", 2), closed.text
    assert clerk.get(f"/requests/{request_id}").json["lacks"] == ""
    assert clerk.post(f"/requests/{request_id}/finish-step").json["step_kind"] == "MEETING"
    url = f"/requests/{request_id}/meeting"
    assert send_files(clerk, url, vote(21)).json["type"] == "urn:fpa:problem:no-papers"
    failed = send_files(clerk, url, vote(19, days_ago=2), minutes=photograph("white"))
    assert (failed.status_code, failed.json["step_kind"]) == (200, "MEETING"), failed.text
    assert send_files(clerk, url, vote(21), minutes=photograph("grey")).json["step_kind"] == "REVIEW"
    assert agree(app, "township_supervisor", request_id).json["outcome"] == "OPEN"
    last = agree(app, "county_agriculture", request_id)
    assert (last.json["outcome"], last.json["status"]) == ("APPROVED", "APPROVED")
    card = clerk.get(f"/requests/{request_id}").json
    assert [step["status"] for step in card["steps"]] == ["DONE"] * 5
    told = clerk.get(f"/meetings/{card['steps'][2]['answer_id']}").json
    (resolution,) = told["resolutions"]
    assert (resolution["votes_needed"], resolution["carried"], len(told["files"])) == (20, True, 1)
    first = clerk.get("/meetings?limit=1")
    rest = clerk.get(first.headers["Link"].partition(">")[0][1:])
    assert [len(first.json["items"]), len(rest.json["items"])] == [1, 1]
    assert [one["id"] for one in clerk.get("/requests?status=APPROVED").json["items"]] == [str(request_id)]


def test_a_case_is_put_up_for_notice(app: Flask, request_id: int) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    url = f"/requests/{request_id}/notice"
    assert clerk.post(url, WORDS).json["type"] == "urn:fpa:problem:not-this-step"
    agree(app, "village_supervisory_committee", request_id)
    made = clerk.post(url, {**WORDS, "table": LIST})
    assert made.status_code == 201, made.text
    assert (made.json["case_id"], made.json["table"]["rows"]) == (str(request_id), [["谭**", "12"]])
    assert clerk.post(url, WORDS).status_code == 409
    early = send_files(clerk, f"{made.headers['Location']}/close", file=photograph("grey"))
    assert early.json["type"] == "urn:fpa:problem:notice-too-short"


def test_a_decision_binds_what_was_seen(app: Flask, request_id: int) -> None:
    program = Program(app.test_client(), "village_supervisory_committee")
    card = program.get(f"/requests/{request_id}").json
    assert hashlib.sha256(card["content"].encode()).hexdigest() == card["content_digest"]
    assert card["offered"] == ["AGREE", "SEND_BACK", "REJECT"]
    url = f"/requests/{request_id}/decide"
    said = {"verdict": "SEND_BACK", "opinion": "缺清单", **seen(program, request_id)}
    assert program.post(url, said).json["type"] == "urn:fpa:problem:defect-missing"
    stale = program.post(url, {**said, "defect": "移交清单", "version": 999})
    assert (stale.status_code, stale.json["type"]) == (409, "urn:fpa:problem:seen-old-content")
    once = {"Idempotency-Key": "once"}
    done, again = (program.post(url, {**said, "defect": "移交清单"}, headers=once) for _ in range(2))
    assert (done.json, done.json["outcome"]) == (again.json, "SENT_BACK")
    clerk = Program(app.test_client(), "village_clerk")
    assert [one["id"] for one in clerk.get("/inbox").json["sent_back"]] == [str(request_id)]
    assert clerk.post(f"/requests/{request_id}/submit-again").json["status"] == "OPEN"
    step = clerk.get(f"/requests/{request_id}").json["steps"][0]
    assert [(one["verdict"], one["void"]) for one in step["decisions"]] == [("SEND_BACK", False)]
    gone = clerk.post(f"/requests/{request_id}/withdraw", {"reason": "另行办理"})
    assert gone.json["status"] == "WITHDRAWN"


def test_a_case_filed_is_called_in_and_released(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    approved_case()
    Calendar(monkeypatch, PRICED_ON)
    above, clerk = (Program(app.test_client(), name) for name in ("municipal_supervisor", "village_clerk"))
    (filed,) = above.get("/inbox").json["filed"]
    number, url = int(filed["id"]), f"/requests/{filed['id']}"
    assert above.post(f"{url}/release", seen(above, number)).json["type"] == "urn:fpa:problem:nothing-to-release"
    assert above.post(f"{url}/call-in", seen(above, number)).json["type"] == "urn:fpa:problem:opinion-missing"
    called = above.post(f"{url}/call-in", {"opinion": "复查", **seen(above, number)})
    assert (called.json["outcome"], called.json["status"]) == ("SUSPENDED", "CALLED_IN")
    assert clerk.post(f"{url}/decide", {"verdict": "AGREE", **seen(clerk, number)}).status_code == 403
    released = above.post(f"{url}/release", {"opinion": "无异议", **seen(above, number)})
    assert (released.status_code, released.json["status"]) == (200, "APPROVED")


def test_who_is_away_lets_another_decide_and_who_is_interested_steps_aside(app: Flask, request_id: int) -> None:
    head, on = Program(app.test_client(), "village_head"), today().isoformat()
    deputy = {"deputy_id": person("township_supervisor").id, "valid_from": on, "valid_to": on, "reason": "出差"}
    given = head.post("/delegations", deputy)
    assert given.status_code == 201, given.text
    assert [one["id"] for one in head.get("/delegations").json["items"]] == [given.json["id"]]
    assert Program(app.test_client(), "county_finance").post(f"/delegations/{given.json['id']}/end").status_code == 404
    assert head.post(f"/delegations/{given.json['id']}/end").json["ended_at"]
    committee = Program(app.test_client(), "village_supervisory_committee")
    assert committee.post(f"/requests/{request_id}/recuse", {"reason": "本人承租"}).status_code == 200
    card = committee.get(f"/requests/{request_id}").json
    assert (card["offered"], card["steps"][0]["moved"]) == ([], True)
    assert [one["capacity"] for one in card["interests"]] == ["RECUSED"]


def test_a_foreign_case_does_not_exist(app: Flask, request_id: int) -> None:
    foreign = Program(app.test_client(), "village_clerk", unit_code="")
    other = Program(app.test_client(), "county_agriculture", unit_code=SIBLING_VILLAGE)
    assert foreign.get(f"/requests/{request_id}").status_code == 200
    assert other.get(f"/requests/{request_id}").status_code == 404
    assert (
        other.post(f"/requests/{request_id}/decide", {"verdict": "AGREE", **seen(foreign, request_id)}).status_code
        == 404
    )
    assert other.get("/requests").json["items"] == []
    writing_only = Program(
        app.test_client(), "village_supervisory_committee", scopes=[Scope.CASES_READ, Scope.CASES_WRITE]
    )
    refused = writing_only.post(f"/requests/{request_id}/decide", {"verdict": "AGREE", **seen(foreign, request_id)})
    assert refused.json["type"] == "urn:fpa:problem:scope-missing"


def report_of(days_ago: int = 3) -> dict[str, object]:
    """A report of appraisal with its scan, as a program sends it."""
    told = {"agency": "渝东评估", "report_no": "2026-7", "appraisers": ["甲", "乙"], "value": "120000.00",
            "appraised_on": (today() - timedelta(days=days_ago)).isoformat()}  # fmt: skip
    return {"appraisal": json.dumps(told), "files": (io.BytesIO(photograph("grey")), "报告.jpg")}


def test_a_report_is_not_taken_where_no_step_waits_for_one(app: Flask, request_id: int) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    assert clerk.call("POST", f"/requests/{request_id}/appraisal", data=report_of()).status_code == 409


def test_papers_and_a_report_of_appraisal_are_brought(app: Flask) -> None:
    appraisal = StepRule(StepKind.APPRAISAL, Seat.OWNER_CLERK, "资产评估", Parameter.STEP_DAYS_APPRAISAL)
    agreed(route_proposal((appraisal, *ROUTE.procedure)))
    case_id = opened(storehouse())
    fill_in(case_id)
    clerk, url = Program(app.test_client(), "village_clerk"), f"/requests/{submitted(case_id).id}"
    sent = clerk.call("POST", f"{url}/attachments?kind=OTHER", data={"file": (io.BytesIO(photograph()), "说明.jpg")})
    assert sent.status_code == 201, sent.text
    assert clerk.get(f"{url}/attachments/{sent.json['items'][0]['id']}").mimetype == "image/jpeg"
    assert len(clerk.get(url).json["files"]) == 1
    assert clerk.call("POST", f"{url}/appraisal", data=report_of()).status_code == 200
    broken = clerk.call("POST", f"{url}/appraisal", data={"appraisal": "{", "files": (io.BytesIO(b""), "x.jpg")})
    assert (broken.status_code, broken.json["errors"][0]["code"]) == (422, "json")


def test_an_objection_is_entered_answered_and_passed_on(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    made = clerk.post("/notices", {**WORDS, "table": LIST, "region_code": VILLAGE, "kind": "LEDGER"})
    assert made.status_code == 201, made.text
    url, told = f"{made.headers['Location']}/objections", {"channel": "VISIT", "text": "面积不对", "name": "谭正国"}
    once = {"Idempotency-Key": "objection"}
    raised, again = (clerk.post(url, {**told, "contact": "13996057184"}, headers=once) for _ in range(2))
    assert raised.json["receipt"].count("-") == 2
    assert again.json == {name: value for name, value in raised.json.items() if name != "receipt"}
    assert (raised.json["name"], raised.json["contact"]) == ("谭**", "139****7184")
    assert clerk.get(made.headers["Location"]).json["open_objections"] == 1
    head = Program(app.test_client(), "village_head")
    (waiting,) = head.get("/objections").json["items"]
    answer = {"finding": "EXPLAINED", "text": "已到现场量过，面积无误。"}
    said = head.post(f"/objections/{waiting['id']}/answer", answer)
    assert (said.status_code, said.json["state"]) == (200, "ANSWERED"), said.text
    assert head.post(f"/objections/{waiting['id']}/answer", answer).status_code == 409
    assert clerk.post(f"/objections/{waiting['id']}/pass-on", {"reason": "没有去现场"}).json["level"] == "TOWNSHIP"
    (last,) = clerk.get(url).json["items"]
    assert ([one["finding"] for one in last["answers"]], last["lies_at"]) == (["EXPLAINED"], TOWNSHIP)


def test_a_notice_taken_down_is_put_up_once_more(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    body = {**WORDS, "region_code": VILLAGE, "kind": "LEDGER"}
    url = clerk.post("/notices", body).headers["Location"]
    photo = send_files(clerk, f"{url}/photo", file=photograph("white")).json["photos"][0]
    assert clerk.get(f"{url}/photos/{photo['id']}").mimetype == "image/jpeg"
    etag = clerk.get(url).headers["ETag"]
    assert clerk.post(f"{url}/take-down", {"reason": "x"}, headers={"If-Match": '"0-0"'}).status_code == 412
    down = clerk.post(f"{url}/take-down", {"reason": "名单漏了两户"}, headers={"If-Match": etag})
    assert down.json["state"] == "TAKEN_DOWN", down.text
    once_more = clerk.post("/notices", {**body, "repeats": int(down.json["id"])})
    assert once_more.json["replaces_id"] == down.json["id"], once_more.text
    assert clerk.post("/notices", {**body, "region_code": SIBLING_VILLAGE}).status_code == 403
    personal = {**body, "body": "身份证 500240196604157736"}
    assert clerk.post("/notices", personal).json["type"] == "urn:fpa:problem:personal-number"


def test_a_meeting_of_a_unit_is_entered_and_published(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    told = {
        **vote(24),
        "region_code": VILLAGE,
        "items": [{"matter": "CUSTODY", "text": "由村保洁队管护", "agreed": 24}],
    }
    told.pop("vote")
    made = send_files(clerk, "/meetings", told, photos=photograph("white"))
    assert made.status_code == 201, made.text
    assert (made.json["quorate"], made.json["resolutions"][0]["carried"]) == (True, True)
    published = clerk.call(
        "POST", f"{made.headers['Location']}/publication?published_on={today().isoformat()}",
        data={"file": (io.BytesIO(photograph("grey")), "公开栏.jpg")},
    )  # fmt: skip
    assert published.json["type"] == "urn:fpa:problem:not-publishable"
    unknown = send_files(clerk, "/meetings", {**told, "surprise": 1}, photos=photograph("white"))
    assert unknown.json["errors"] == [
        {"pointer": "#/meeting/surprise", "detail": "不认识的字段。", "code": "unknown-field"}
    ]
