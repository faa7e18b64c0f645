"""The auditor's desk over the API: verifying, comparing, looks at personal data, papers of the trail, bundles."""

import io
import zipfile
from typing import Any

from flask import Flask

from registry.audit.queries import find_last_checkpoint
from registry.audit.services import make_checkpoint
from registry.clock import today
from registry.token_scopes import Scope
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, VILLAGE, confirmed, person
from tests.reports.test_desk import behind
from tests.rest.program import Program
from tests.trust.lived import COUNTY_LOG


def program(app: Flask, username: str = "auditor", **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def period(**changes: object) -> dict[str, Any]:
    """A period of the county's, up to today."""
    on = today()
    return {"region_code": COUNTY, "since": f"{on.year}-01-01", "on": on.isoformat(), **changes}


def test_a_unit_and_an_asset_are_verified_and_what_was_altered_is_named(app: Flask) -> None:
    number, auditor = confirmed().asset_no, program(app)
    for path, body in (("unit", {"region_code": VILLAGE}), ("asset", {"asset_no": number})):
        sound = auditor.post(f"/trail/{path}-checks", body)
        assert (sound.status_code, sound.json["is_sound"], sound.json["faults"]) == (200, True, []), sound.text
        assert sound.json["events"] > 0
    with behind("UPDATE asset SET name = '换了名字'"):
        altered = auditor.post("/trail/unit-checks", {"region_code": VILLAGE})
        assert (altered.json["is_sound"], "与日志最后一次记录" in altered.json["faults"][0]) == (False, True)


def test_verifying_is_for_whoever_may_and_within_their_reach(app: Flask) -> None:
    auditor = program(app)
    assert auditor.post("/trail/unit-checks", {"region_code": MUNICIPALITY}).status_code == 403
    assert program(app, "village_clerk").post("/trail/unit-checks", {"region_code": VILLAGE}).status_code == 403
    narrow = program(app, scopes=(Scope.PRINTS_WRITE,))
    assert narrow.post("/trail/unit-checks", {"region_code": VILLAGE}).json["type"].endswith("scope-missing")
    unknown = auditor.post("/trail/asset-checks", {"asset_no": "500240213203J201900001X"})
    assert (unknown.status_code, unknown.json["type"].endswith("no-such-asset")) == (422, True)


def test_a_checkpoint_is_compared_and_the_same_call_sent_again_is_answered_without_a_second_event(app: Flask) -> None:
    confirmed()
    make_checkpoint(COUNTY_LOG, "测试", person("auditor"))
    signed, auditor = find_last_checkpoint(COUNTY_LOG), program(app)
    assert signed is not None
    first, again = (
        auditor.post("/trail/comparisons", {"note": signed.note}, headers={"Idempotency-Key": "same"}) for _ in "12"
    )
    assert (first.status_code, first.json["agreement"], first.json["size"]) == (200, "HOLDS", signed.size), first.text
    assert again.json == first.json
    odd = auditor.post("/trail/comparisons", {"note": "不是检查点"})
    assert odd.json["type"].endswith("not-a-note")


def test_papers_of_the_trail_are_printed_as_any_other(app: Flask) -> None:
    confirmed()
    auditor = program(app)
    made = auditor.post("/trail/prints", period(report="edit-log", kind="ENTERED"))
    assert made.status_code == 303, made.text
    row = auditor.get(made.headers["Location"]).json
    assert (row["report"], sorted(row["formats"])) == ("edit-log", ["pdf", "xlsx"])
    nobody = auditor.post("/trail/prints", period(report="leaving"))
    assert (nobody.status_code, nobody.json["type"].endswith("nobody-named")) == (422, True)
    assert auditor.post("/trail/prints", period(report="leaving", who="county_clerk")).status_code == 303
    assert auditor.post("/trail/prints", period(report="ledger")).status_code == 422
    late = auditor.post("/trail/prints", period(report="reveals", since=f"{today().year + 1}-01-01"))
    assert late.json["type"].endswith("begins-late")
    assert auditor.post("/trail/prints", period(report="reveals", region_code=OTHER_COUNTY)).status_code == 403


def test_looks_at_personal_data_are_listed_by_period_and_reason(app: Flask) -> None:
    auditor, asked = program(app), period()
    answer = auditor.get("/trail/reveals", query_string=asked)
    assert (answer.status_code, answer.json["items"]) == (200, []), answer.text
    unknown = auditor.get("/trail/reveals", query_string={**asked, "who": "没有这个人"})
    assert unknown.json["type"].endswith("nobody-called")
    assert program(app, "village_clerk").get("/trail/reveals", query_string=asked).status_code == 403


def test_a_bundle_is_asked_for_made_and_fetched_by_whoever_asked(app: Flask) -> None:
    confirmed()
    auditor = program(app)
    made = auditor.post("/evidence-bundles", {"region_code": VILLAGE})
    assert (made.status_code, made.json["sha256"]) == (202, None), made.text
    at = made.headers["Location"]
    ready = auditor.get(at).json
    assert (ready["state"], ready["missing"], len(ready["sha256"])) == ("DONE", 0, 64)
    file = auditor.get(f"{at}/file")
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(file.data)).namelist()
    assert [one["id"] for one in auditor.get("/evidence-bundles").json["items"]] == [ready["id"]]
    assert program(app, "village_clerk").get(at).status_code == 403
    assert program(app, scopes=(Scope.TRAIL_VERIFY,)).get(at).json["type"].endswith("scope-missing")
    assert auditor.post("/evidence-bundles", {"region_code": OTHER_COUNTY}).status_code == 403
    odd = auditor.post("/evidence-bundles", {"region_code": VILLAGE, "since": "2026-05-02", "until": "2026-05-01"})
    assert odd.json["type"].endswith("period-backwards")
