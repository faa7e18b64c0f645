"""The evaluation over the API, and the shortcuts that it refuses."""

from datetime import timedelta
from typing import Any

from flask import Flask

from registry.clock import today
from registry.token_scopes import Scope
from tests.factories import COUNTY, TOWNSHIP, confirmed
from tests.rest.program import Program
from tests.supervision.evaluation.scoring import concluded, objection_to, public, published

SAID = {"criterion": "SATISFACTION", "points": "8.50", "reason": "入户测评", "paper": "测评表", "scorer": "县调查队"}


def program(app: Flask, username: str, **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def seen(program: Program, at: str, **body: object) -> dict[str, object]:
    """A body that rests on the evaluation as it stands."""
    return {"version": program.get(at).json["version"], **body}


def opened(clerk: Program, **changes: object) -> str:
    """Open an evaluation of last year; its address."""
    made = clerk.post("/evaluations", {"region_code": COUNTY, "year": today().year - 1, **changes})
    assert made.status_code == 201, made.text
    return str(made.headers["Location"])


def test_an_evaluation_goes_from_figures_to_the_support_list(app: Flask) -> None:
    public()
    clerk, above, second = (
        program(app, name) for name in ("county_clerk", "township_supervisor", "county_agriculture")
    )
    at = opened(clerk)
    [row] = clerk.get(f"{at}/lines").json["items"]
    line = f"/evaluation-lines/{row['id']}"
    assert above.post(f"{line}/scores", SAID | {"points": "10.01"}).json["type"].endswith("points-odd")
    assert above.post(f"{line}/scores", SAID | {"criterion": "TITLE"}).json["type"].endswith("not-by-expert")
    assert above.post(f"{line}/scores", SAID | {"points": "8,5"}).status_code == 422
    scored = above.post(f"{line}/scores", SAID)
    assert scored.status_code == 201, scored.text
    award = next(one for one in scored.json["awards"] if one["criterion"] == "SATISFACTION")
    assert (award["points"], award["most"], award["given"], award["how"]) == ("8.50", "10.00", True, "EXPERT")
    lacking = next(one for one in scored.json["awards"] if one["criterion"] == "DISTRIBUTION")
    assert (lacking["points"], lacking["how"], lacking["facts"]["lacking"]) == (None, "ABSENT", "年内没有收益")
    assert [one["points"] for one in clerk.get(f"{line}/scores").json["items"]] == ["8.50"]
    assert clerk.post(f"{at}/submit").json["status"] == "SUBMITTED"
    assert clerk.post(f"{at}/confirm", seen(clerk, at, agrees=True)).status_code == 403
    assert second.post(f"{at}/confirm", seen(second, at, agrees=False)).json["type"].endswith("opinion-missing")
    assert second.post(f"{at}/confirm", seen(second, at, agrees=True)).json["status"] == "CONFIRMED"
    assert second.post(f"{at}/conclude").json["type"].endswith("not-hung")
    assert (
        clerk.post(f"{at}/subsidy", seen(clerk, at, total="100.00", basis="会议纪要")).json["type"].endswith("not-done")
    )
    on, number = today(), int(at.rsplit("/", 1)[1])
    published(number, on)
    concluded(number, on + timedelta(days=12))
    whole = clerk.get(at).json
    assert (whole["status"], whole["subsidy_total"]) == ("DONE", None)
    assert clerk.get(f"{at}/supported").json["items"] == []
    refused = clerk.post(f"{at}/subsidy", seen(clerk, at, total="100.00", basis="会议纪要"))
    assert refused.json["type"].endswith("nobody-supported")
    stale = clerk.post(f"{at}/subsidy", {"version": 1, "total": "100.00", "basis": "会议纪要"})
    assert (stale.status_code, stale.json["type"].endswith("seen-old-version")) == (409, True)
    assert clerk.get(f"{at}/lines?grade=POOR").json["items"][0]["finding_id"]


def test_the_results_are_posted_and_listed_over_the_api(app: Flask) -> None:
    asset = confirmed()
    clerk, second = program(app, "county_clerk"), program(app, "county_agriculture")
    at, words = opened(clerk), {"title": "评价结果", "body": "现予公示。", "place": "县政府公开栏",
                                "contact_name": "评价办", "contact_phone": "023-58000000"}  # fmt: skip
    assert clerk.post(f"{at}/notice", words).json["type"].endswith("not-confirmed")
    clerk.post(f"{at}/submit")
    second.post(f"{at}/confirm", seen(second, at, agrees=True))
    assert program(app, "auditor").post(f"{at}/notice", words).status_code == 403
    posted = clerk.post(f"{at}/notice", words)
    assert (posted.status_code, posted.json["kind"], posted.json["case_table"]) == (201, "EVALUATION", "evaluation")
    assert asset.asset_no in posted.json["table"]["rows"][0]
    assert clerk.get(posted.headers["Location"]).json["id"] == posted.json["id"]


def test_an_appeal_scores_anew_over_the_api(app: Flask) -> None:
    confirmed()
    clerk, second = program(app, "county_clerk"), program(app, "county_agriculture")
    at = opened(clerk)
    row = clerk.get(f"{at}/lines").json["items"][0]
    clerk.post(f"{at}/submit")
    second.post(f"{at}/confirm", seen(second, at, agrees=True))
    said = {"criterion": "YIELD", "points": "12", "reason": "收据补交", "paper": "异议答复"}
    line = f"/evaluation-lines/{row['id']}"
    assert clerk.post(f"{line}/appeals", said | {"objection_id": 1}).json["type"].endswith("not-published")
    objection_id = objection_to(published(int(at.rsplit("/", 1)[1])))
    done = clerk.post(f"{line}/appeals", said | {"objection_id": objection_id})
    assert done.status_code == 201, done.text
    read = seen(second, at, agrees=True)
    assert clerk.post(f"{line}/appeals", said | {"points": "9", "objection_id": objection_id}).status_code == 201
    stale = second.post(f"{at}/confirm", read)
    assert (stale.status_code, stale.json["type"].endswith("seen-old-version")) == (409, True)
    done = clerk.post(f"{line}/appeals", said | {"points": "12", "objection_id": objection_id})
    assert (clerk.get(at).json["status"], float(done.json["earned"])) == ("APPEALED", float(row["earned"]) + 12)
    assert second.post(f"{at}/confirm", seen(second, at, agrees=True)).json["status"] == "CONFIRMED"


def test_who_may_not_open_and_what_a_token_needs(app: Flask) -> None:
    confirmed()
    body = {"region_code": COUNTY, "year": today().year - 1}
    assert program(app, "village_clerk").post("/evaluations", body).status_code == 403
    above = program(app, "township_supervisor")
    assert above.post("/evaluations", body).status_code == 403
    assert above.post("/evaluations", body | {"region_code": TOWNSHIP}).status_code == 403
    reading = program(app, "county_clerk", scopes=(Scope.SUPERVISION_READ,))
    assert reading.post("/evaluations", body).status_code == 403
    assert program(app, "county_clerk").post("/evaluations", body | {"year": 2999}).json["type"].endswith("year-odd")
