"""Findings, engagements and samples over the API, and the shortcuts that it refuses."""

import io
import json
from datetime import timedelta
from typing import Any

from flask import Flask

from registry.clock import today
from registry.token_scopes import Scope
from tests.approvals.notices.boards import photograph
from tests.factories import COUNTY, MUNICIPALITY, TOWNSHIP, VILLAGE, confirmed
from tests.rest.program import Program


def program(app: Flask, username: str, **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def words(**changes: object) -> dict[str, object]:
    on = today()
    said = {
        "region_code": VILLAGE, "source": "AUDIT", "problem": "租金没有入账", "basis": "会计制度第六条",
        "demand": "补记", "found_on": on.isoformat(), "due_on": (on + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    return {**said, **changes}


def said_of(checker: Program, at: str, opinion: str) -> dict[str, object]:
    """A body that checks a finding off as it stands."""
    return {"version": checker.get(at).json["version"], "agrees": True, "words": opinion}


def test_a_finding_goes_from_audit_to_check_off(app: Flask) -> None:
    number = confirmed().asset_no
    auditor, clerk, above = (program(app, name) for name in ("auditor", "village_clerk", "township_supervisor"))
    made = auditor.post("/findings", words(assets=[number]))
    assert (made.status_code, made.json["status"], made.json["sector"]) == (201, "OPEN", "AGRICULTURE"), made.text
    at = made.headers["Location"]
    assert above.post(f"{at}/check", said_of(above, at, "好")).json["type"].endswith("nothing-to-check")
    sent = clerk.call(
        "POST", f"{at}/report", data={
            "report": json.dumps({"words": "已补记"}), "files": (io.BytesIO(photograph()), "回单.jpg"),
        },
    )  # fmt: skip
    assert (sent.status_code, sent.json["status"]) == (200, "REPORTED"), sent.text
    stale = above.post(f"{at}/check", {"version": made.json["version"], "agrees": True, "words": "属实"})
    assert (stale.status_code, stale.json["type"].endswith("seen-old-version")) == (409, True)
    assert clerk.post(f"{at}/check", said_of(clerk, at, "好")).status_code == 403
    done = above.post(f"{at}/check", said_of(above, at, "属实"))
    assert (done.status_code, done.json["status"]) == (200, "CHECKED_OFF"), done.text
    assert [one["kind"] for one in clerk.get(f"{at}/steps").json["items"]] == ["ENTERED", "REPORTED", "CHECKED_OFF"]
    again = auditor.post("/findings", words(recurs_id=int(made.json["id"])))
    assert (again.json["recurrences"], again.json["recurs_id"]) == (1, made.json["id"])
    rows = auditor.get(f"/findings?region={COUNTY}&status=OPEN").json["items"]
    assert [one["id"] for one in rows] == [again.json["id"]]
    assert auditor.get("/findings?overdue=true").json["items"] == []


def test_the_municipality_itself_mends_nothing_for_nobody_reports_there(app: Flask) -> None:
    above = program(app, "municipal_supervisor")
    own = above.post("/findings", words(region_code=MUNICIPALITY, source="INSPECTION"))
    assert (own.status_code, own.json["type"].endswith("nobody-mends")) == (422, True), own.text
    assert above.post("/findings", words(region_code=COUNTY, source="INSPECTION")).status_code == 201


def photo() -> dict[str, Any]:
    """A body with one file."""
    return {"data": {"file": (io.BytesIO(photograph()), "回单.jpg")}}


def test_whoever_took_a_step_proves_it_until_the_next_one(app: Flask) -> None:
    auditor, clerk, above = (program(app, name) for name in ("auditor", "village_clerk", "township_supervisor"))
    at = auditor.post("/findings", words()).headers["Location"]
    entered = f"{at}/steps/{auditor.get(f'{at}/steps').json['items'][0]['id']}"
    added = auditor.call("POST", f"{entered}/files", **photo())
    assert (added.status_code, added.json["items"][0]["media_type"]) == (201, "image/jpeg"), added.text
    [file] = clerk.get(f"{entered}/files").json["items"]
    assert clerk.get(f"{entered}/files/{file['id']}").status_code == 200
    # Neither somebody else nor somebody out of reach adds to it.
    assert above.call("POST", f"{entered}/files", **photo()).json["type"].endswith("not-your-step")
    assert clerk.call("POST", f"{entered}/files", **photo()).status_code == 404
    clerk.call("POST", f"{at}/report", data={"report": json.dumps({"words": "已补记"})})
    assert auditor.call("POST", f"{entered}/files", **photo()).json["type"].endswith("not-your-step")
    assert above.post(f"{at}/check", said_of(above, at, "属实")).status_code == 200
    checked = f"{at}/steps/{above.get(f'{at}/steps').json['items'][-1]['id']}"
    assert above.call("POST", f"{checked}/files", **photo()).status_code == 201
    assert len(auditor.get(f"{entered}/files").json["items"]) == 1


def test_what_is_wrong_is_said_with_its_place(app: Flask) -> None:
    auditor = program(app, "auditor")
    refused = auditor.post("/findings", words(due_on="2020-01-01", assets=["500240213203J201900001X"]))
    assert refused.status_code == 422
    assert refused.json["type"].endswith("not-here")
    assert program(app, "township_supervisor").post("/findings", words()).json["type"].endswith("not-your-source")
    assert program(app, "village_clerk").post("/findings", words()).status_code == 403
    narrow = program(app, "auditor", scopes=(Scope.ASSETS_READ,))
    assert narrow.get("/findings").json["type"].endswith("scope-missing")


def test_an_agency_reports_and_its_findings_follow(app: Flask) -> None:
    on, county = today(), program(app, "county_agriculture")
    said = {
        "region_code": COUNTY, "kind": "AUDIT", "agency": "天健会计师事务所", "task": "收益专项审计", "fee": "36000.00",
        "signed_on": on.isoformat(), "report_by": on.isoformat(), "units": [TOWNSHIP],
    }  # fmt: skip
    made = county.post("/engagements", said)
    assert (made.status_code, made.json["fee"]) == (201, "36000.00"), made.text
    at = made.headers["Location"]
    early = county.post(f"{at}/findings", words(source="AGENCY"))
    assert early.json["type"].endswith("not-reported-yet")
    part = {"report": json.dumps({"reported_on": on.isoformat(), "conclusions": "租金未入账"})}
    taken = county.call("POST", f"{at}/report", data={**part, "files": (io.BytesIO(photograph()), "报告.jpg")})
    assert (taken.status_code, taken.json["status"]) == (200, "REPORTED"), taken.text
    [paper] = county.get(f"{at}/files").json["items"]
    assert county.get(f"{at}/files/{paper['id']}").data[:2] == b"\xff\xd8"
    assert county.get(f"{at}/files/{int(paper['id']) + 1}").status_code == 404
    raised = county.post(f"{at}/findings", words())
    assert (raised.status_code, raised.json["source"], raised.json["origin_table"]) == (201, "AGENCY", "engagement")
    assert [one["id"] for one in county.get(f"{at}/findings").json["items"]] == [raised.json["id"]]


def test_a_sample_is_drawn_and_its_results_entered(app: Flask) -> None:
    confirmed(name="冷库")
    confirmed(name="车间")
    auditor = program(app, "auditor")
    plan = {"region_code": COUNTY, "population": "ASSETS", "method": "VALUE", "size": 2, "purpose": "审计", "seed": "7"}
    made = auditor.post("/samples", plan)
    assert (made.status_code, made.json["drawn"], made.json["seed"]) == (201, 2, "7"), made.text
    first, second = auditor.get(f"{made.headers['Location']}/items").json["items"]
    bare = auditor.post(f"/sample-items/{first['id']}/result", {"result": "UNSOUND", "note": "没人管"})
    assert bare.json["type"].endswith("finding-needed")
    due = (today() + timedelta(days=10)).isoformat()
    wrong = auditor.post(
        f"/sample-items/{first['id']}/result",
        {"result": "UNSOUND", "note": "没人管", "basis": "管护办法", "demand": "定人", "due_on": due},
    )
    assert (wrong.status_code, wrong.json["result"]) == (200, "UNSOUND"), wrong.text
    assert auditor.get(f"/findings/{wrong.json['finding_id']}").json["problem"] == "没人管"
    assert auditor.post(f"/sample-items/{second['id']}/result", {"result": "SOUND"}).status_code == 200
    assert auditor.get(made.headers["Location"]).json["status"] == "DONE"
