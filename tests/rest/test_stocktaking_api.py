"""A count over the API: called, marked with and without a photo, confirmed by another, a difference settled."""

import io
from datetime import timedelta

from flask import Flask

from registry.clock import today
from tests.approvals.notices.boards import photograph
from tests.factories import COUNTY
from tests.rest.program import Program
from tests.supervision.stocktaking.taking import assets


def program(app: Flask, username: str) -> Program:
    return Program(app.test_client(), username)


def test_a_count_goes_from_the_county_to_a_settled_difference(app: Flask) -> None:
    assets("路", "桥")
    county, clerk, head = (program(app, name) for name in ("county_clerk", "village_clerk", "village_head"))
    on = today()
    days = {"cutoff_on": on.isoformat(), "report_by": (on + timedelta(days=60)).isoformat()}
    called = county.post(
        "/stock-campaigns", {"region_code": COUNTY, "kind": "SPECIAL", "year": on.year, "basis": "文件", **days}
    )
    assert (called.status_code, called.json["status"]) == (201, "OPEN"), called.text
    at = called.headers["Location"]
    first, second = clerk.get(f"{at}/lines").json["items"]
    assert (first["name"], first["outcome"], first["value"]) == ("路", "", "1286400.00")
    line = f"/stock-lines/{first['id']}"
    assert clerk.post(f"{line}/marks", {"outcome": "DAMAGED", "note": "塌了"}).json["type"].endswith("photo-needed")
    sent = clerk.call(
        "POST", f"{line}/photographed-marks", query_string={"outcome": "DAMAGED", "note": "塌了"},
        data={"file": (io.BytesIO(photograph()), "塌方.jpg")},
    )  # fmt: skip
    assert (sent.status_code, sent.json["way"]) == (201, "PROGRAM"), sent.text
    assert clerk.post(f"/stock-lines/{second['id']}/marks", {"outcome": "FOUND"}).status_code == 201
    sheet = f"/stock-sheets/{first['sheet_id']}"
    assert clerk.post(f"{sheet}/submit").json["status"] == "SUBMITTED"
    assert head.post(f"{sheet}/confirm", {"agrees": True}).json["status"] == "CONFIRMED"
    (found,) = clerk.get(f"{at}/differences?state=OPEN").json["items"]
    settled = clerk.post(f"/stock-differences/{found['id']}/settle", {"way": "REPAIR", "reason": "可以修"})
    assert (settled.status_code, settled.json["state"]) == (200, "HANDED_ON"), settled.text
    assert settled.json["fault_id"]
    assert [one["outcome"] for one in clerk.get(f"{line}/marks").json["items"]] == ["DAMAGED"]
    assert clerk.post(f"{sheet}/report").json["type"].endswith("not-hung")
