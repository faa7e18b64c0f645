"""Title over the API: a case opened, filled in, submitted, certified, handed over; what weighs on an asset; lineage."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry.assets.register.registration import OwnerFact
from registry.assets.title.documents import asked_for
from registry.clock import today
from registry.kinds import Category, OwnerKind, TitleDeed
from registry.token_scopes import Scope
from tests.assets.title.making import agreed, fill_in, opened, picture, storehouse, submitted, titled
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE
from tests.rest.program import Program

TAKEN_IN = {"verification": "MATCHES", "decision": "CONFIRMED"}
PLEDGE = {"kind": "PLEDGE", "holder": "农商行", "document_no": "抵 1 号", "valid_from": "2026-01-05"}


def program(app: Flask, username: str = "village_clerk", **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def papers_for(deed: TitleDeed) -> list[dict[str, str]]:
    """Every paper that a case of an operating asset is asked for is there."""
    return [{"document": one.value, "state": "PRESENT"} for one in asked_for(deed, Category.OPERATING)]


def sent(caller: Program, url: str, names: Iterable[str] = ("清单.png",), **query: str) -> TestResponse:
    """Send scans to an address."""
    files = {"file": [(io.BytesIO(picture()), name) for name in names]}
    return caller.call("POST", url, query_string=query, data=files)


def test_a_case_goes_from_draft_to_certificates_over_json(any_app: Flask) -> None:
    first, second = storehouse(), storehouse("二号仓")
    clerk, registrar = program(any_app), program(any_app, "township_clerk")
    made = clerk.post("/title-cases", {"deed": "FIRST_TITLE", "assets": [first, second]})
    assert made.status_code == 201, made.text
    address = made.headers["Location"]
    assert (made.json["status"], made.json["lines"], made.json["value"]) == ("DRAFT", 2, "200000.00")
    assert {one["state"] for one in made.json["papers"]} == {""}
    assert clerk.post(f"{address}/submit").json["type"] == "urn:fpa:problem:line-undecided"
    left = {"assets": [second], "verification": "NOT_FOUND", "decision": "LEFT_OUT", "reason": "没有见到"}
    assert clerk.post(f"{address}/lines/decide", TAKEN_IN).json["taken_in"] == 2
    decided = clerk.post(f"{address}/lines/decide", left)
    assert (decided.json["taken_in"], decided.json["left_out"], decided.json["value"]) == (1, 1, "100000.00")
    told = clerk.put(f"{address}/papers", {"papers": papers_for(TitleDeed.FIRST_TITLE)}, decided.headers["ETag"])
    assert {one["state"] for one in told.json["papers"]} == {"PRESENT"}, told.text
    gone = clerk.post(f"{address}/submit", headers={"If-Match": told.headers["ETag"]})
    assert (gone.status_code, gone.json["status"]) == (200, "SUBMITTED"), gone.text
    assert gone.json["request_id"]
    assert clerk.post(f"{address}/lines/decide", TAKEN_IN).json["type"] == "urn:fpa:problem:not-editable"
    agreed(int(made.json["id"]))
    body = {"issued_on": today().isoformat(), "system": "COLLECTIVE", "numbers": [{"asset_no": first, "number": "Z1"}]}
    issued = registrar.post(f"{address}/certificates", body)
    assert (issued.status_code, issued.json["status"]) == (201, "DONE"), issued.text
    (certificate,) = clerk.get(f"{address}/certificates").json["items"]
    assert certificate == clerk.get(f"/assets/{first}/certificates").json["items"][0]
    standing = clerk.get(f"/assets/{first}/title").json
    assert (standing["position"], standing["system_number"]) == ("TITLED", "Z1")
    assert [one["number"] for one in standing["certificates"]] == [certificate["number"]]
    assert clerk.get(f"/assets/{second}/title").json["position"] == "REGISTERED"


def test_the_same_call_opens_one_case(app: Flask) -> None:
    clerk, body = program(app), {"deed": "FIRST_TITLE", "assets": [storehouse()]}
    first, again = (clerk.post("/title-cases", body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json == again.json
    assert len(clerk.get("/title-cases").json["items"]) == 1


def test_a_case_takes_in_all_that_a_choice_shows(app: Flask) -> None:
    storehouse()
    storehouse("二号仓")
    pick = {"region_code": VILLAGE, "category": "OPERATING", "q": "二号"}
    made = program(app).post("/title-cases", {"deed": "FIRST_TITLE", "pick": pick})
    assert (made.status_code, made.json["lines"]) == (201, 1), made.text
    (line,) = program(app).get(f"/title-cases/{made.json['id']}/lines").json["items"]
    assert (line["name"], line["owners"][0]["share_bp"]) == ("二号仓", 10_000)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"deed": "FIRST_TITLE"}, 422),
        ({"deed": "FIRST_TITLE", "assets": ["x"], "pick": {"region_code": VILLAGE, "category": "OPERATING"}}, 422),
        ({"deed": "FIRST_TITLE", "assets": ["x"], "surprise": 1}, 422),
        ({"deed": "FIRST_TITLE", "assets": ["x"]}, 404),
        ({"deed": "FIRST_TITLE", "pick": {"region_code": SIBLING_VILLAGE, "category": "OPERATING"}}, 403),
        ({"deed": "FIRST_TITLE", "pick": {"region_code": VILLAGE, "category": "OPERATING", "project_id": "9"}}, 404),
        ({"deed": "FIRST_TITLE", "pick": {"region_code": VILLAGE, "category": "OPERATING"}}, 404),
    ],
)
def test_what_opens_no_case_is_refused(app: Flask, body: dict[str, object], status: int) -> None:
    assert program(app).post("/title-cases", body).status_code == status


def test_a_case_says_only_what_its_deed_asks_for_and_to_whom_has_seen_it(app: Flask) -> None:
    clerk, address = program(app), f"/title-cases/{opened(storehouse())}"
    read = clerk.get(address)
    body = {"facts": {"title": "一号仓确权", "document_no": "村发 3 号"}}
    assert clerk.put(address, body).status_code == 428
    foreign = clerk.put(address, {"facts": {"merged_name": "x"}}, read.headers["ETag"])
    assert (foreign.status_code, foreign.json["errors"][0]["pointer"]) == (422, "#/facts/merged_name")
    changed = clerk.put(address, body, read.headers["ETag"])
    assert (changed.status_code, changed.json["facts"]["title"]) == (200, "一号仓确权"), changed.text
    assert clerk.put(address, body, read.headers["ETag"]).status_code == 412


def test_holders_are_proposed_and_dropped_assets_leave_the_draft(app: Flask) -> None:
    first, second = storehouse(), storehouse("二号仓")
    clerk, address = program(app), f"/title-cases/{opened(first, second)}"
    owner = {"kind": "VILLAGE_COLLECTIVE", "name": "华溪村新股份经济合作社", "region_code": VILLAGE}
    assert clerk.post(f"{address}/lines/owners", {"assets": [first], "owners": [owner]}).status_code == 200
    names = [line["owners"][0]["name"] for line in clerk.get(f"{address}/lines").json["items"]]
    assert names[0] == owner["name"] != names[1]
    assert clerk.post(f"{address}/lines/drop", {"assets": [second, "x"]}).status_code == 404
    assert clerk.post(f"{address}/lines/drop", {"assets": [second]}).json["lines"] == 1
    refused = clerk.put(f"{address}/parts", {"parts": [{"name": "x", "value": "1.00"}]}, '"1-0"')
    assert refused.status_code == 412
    assert clerk.post(f"{address}/withdraw", {"reason": "办错了"}).json["status"] == "WITHDRAWN"


def test_a_split_keeps_its_holder_and_tells_what_came_of_it(app: Flask) -> None:
    number = storehouse()
    case_id, clerk = opened(number, deed=TitleDeed.SPLIT), program(app)
    address = f"/title-cases/{case_id}"
    owner = {"kind": "VILLAGE_COLLECTIVE", "name": "x", "region_code": VILLAGE}
    assert clerk.post(f"{address}/lines/owners", {"owners": [owner]}).json["type"] == "urn:fpa:problem:not-editable"
    read = clerk.get(address)
    parts = [{"name": "甲仓", "value": "40000.00", "quantity_milli": 400},
             {"name": "乙仓", "value": "60000.00", "quantity_milli": 600}]  # fmt: skip
    assert clerk.put(f"{address}/parts", {"parts": parts[:1]}, read.headers["ETag"]).status_code == 422
    told = clerk.put(f"{address}/parts", {"parts": parts}, read.headers["ETag"])
    assert told.json["parts"] == parts, told.text
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    lineage = clerk.get(f"/assets/{number}/lineage").json
    assert lineage["parents"] == []
    assert [(one["kind"], one["value"]) for one in lineage["children"]] == [
        ("SPLIT", "40000.00"),
        ("SPLIT", "60000.00"),
    ]
    back = clerk.get(f"/assets/{lineage['children'][0]['asset_no']}/lineage").json
    assert [one["asset_no"] for one in back["parents"]] == [number]


def test_a_hand_over_ends_with_its_signed_sheet(app: Flask) -> None:
    clerk, number = program(app), storehouse()
    titled(number)
    case_id = opened(number, deed=TitleDeed.HAND_OVER, giver="县农业农村委")
    address, day = f"/title-cases/{case_id}", today().isoformat()
    early = sent(clerk, f"{address}/hand-over", handed_over_on=day)
    assert early.json["type"] == "urn:fpa:problem:not-agreed-yet"
    fill_in(case_id)
    submitted(case_id)
    agreed(case_id)
    assert clerk.call("POST", f"{address}/hand-over", query_string={"handed_over_on": day}).status_code == 422
    signed = sent(clerk, f"{address}/hand-over", ["一.png", "二.png"], handed_over_on=TODAY.isoformat())
    assert (signed.status_code, signed.json["status"]) == (200, "DONE"), signed.text
    kept = clerk.get(f"{address}/attachments").json["items"][-2:]
    assert [(one["kind"], one["file_name"]) for one in kept] == [("HAND_OVER", "一.png"), ("HAND_OVER", "二.png")]
    assert clerk.get(f"{address}/attachments/{kept[0]['id']}").mimetype == "image/png"
    assert clerk.get(f"/assets/{number}/title").json["handed_over_on"] == TODAY.isoformat()


def test_scans_are_attached_to_a_case(app: Flask) -> None:
    clerk, address = program(app), f"/title-cases/{opened(storehouse())}"
    added = sent(clerk, f"{address}/attachments", kind="SIGNATURE", caption="确认单")
    assert added.status_code == 201, added.text
    assert clerk.get(f"{address}/attachments").json == added.json


def test_what_weighs_on_an_asset_is_entered_blocks_it_and_is_lifted(app: Flask) -> None:
    number, clerk, registrar = storehouse(), program(app), program(app, "township_clerk")
    url = f"/assets/{number}/encumbrances"
    assert clerk.post(url, PLEDGE).status_code == 403
    assert registrar.post(url, {**PLEDGE, "valid_from": "2999-01-01"}).status_code == 422
    entered = registrar.post(url, PLEDGE)
    assert entered.status_code == 201, entered.text
    assert entered.json["version"] == 1
    blocked = clerk.post("/title-cases", {"deed": "FIRST_TITLE", "assets": [number]})
    assert (blocked.status_code, blocked.json["type"]) == (409, "urn:fpa:problem:encumbered")
    lifting = {"lifted_on": TODAY.isoformat(), "document_no": "解 1 号"}
    lifted = registrar.post(f"/encumbrances/{entered.json['id']}/lift", lifting)
    assert lifted.json["lifted_document"] == "解 1 号", lifted.text
    assert clerk.get(url).json["items"] == [lifted.json]
    assert registrar.post(f"/encumbrances/{entered.json['id']}/lift", lifting).status_code == 409
    assert clerk.get(f"/assets/{number}/title").json["weighing"] == []


def test_numbers_in_other_registers_are_noted(app: Flask) -> None:
    number, registrar = storehouse(), program(app, "township_clerk")
    entry = {"number": "渝（2026）1 号", "registered_on": TODAY.isoformat()}
    assert registrar.post(f"/assets/{number}/real-estate", entry).json["type"] == "urn:fpa:problem:not-certified"
    case_id = titled(number)
    registrar.post(f"/title-cases/{case_id}/certificates", {"issued_on": TODAY.isoformat()})
    noted = registrar.post(f"/assets/{number}/real-estate", entry)
    assert noted.json["items"][0]["real_estate_number"] == entry["number"], noted.text
    books = registrar.post(f"/assets/{number}/books", {"system": "STATE", "number": "G-7"})
    assert books.json == {"asset_no": number, "system": "STATE", "number": "G-7"}


def test_cases_are_walked_by_links_the_newest_first(app: Flask) -> None:
    ids = [str(opened(storehouse(f"{n}号仓"))) for n in range(3)]
    clerk = program(app)
    first = clerk.get("/title-cases?limit=2")
    rest = clerk.get(first.headers["Link"].partition(">")[0][1:])
    assert [one["id"] for one in first.json["items"] + rest.json["items"]] == ids[::-1]
    assert "Link" not in rest.headers
    assert [one["id"] for one in clerk.get("/title-cases?status=DRAFT&q=1号").json["items"]] == [ids[1]]
    assert clerk.get("/title-cases?deed=SPLIT").json["items"] == []
    assert clerk.get("/title-cases?after=x").status_code == 422


def test_another_villages_case_does_not_exist_and_a_token_without_the_scope_reads_none(app: Flask) -> None:
    owners = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "邻村股份经济合作社"),)
    number = storehouse(region_code=SIBLING_VILLAGE, owners=owners)
    clerk, township = program(app), program(app, "township_clerk")
    case = township.post("/title-cases", {"deed": "FIRST_TITLE", "assets": [number]}).json
    pledge = township.post(f"/assets/{number}/encumbrances", PLEDGE).json
    for url in (f"/title-cases/{case['id']}", f"/title-cases/{case['id']}/lines", f"/assets/{number}/title"):
        assert clerk.get(url).status_code == 404
    assert clerk.get("/title-cases").json["items"] == []
    assert clerk.post("/title-cases", {"deed": "FIRST_TITLE", "assets": [number]}).status_code == 404
    bound = program(app, "township_clerk", unit_code=VILLAGE)
    lifting = {"lifted_on": TODAY.isoformat(), "document_no": "x"}
    assert bound.post(f"/encumbrances/{pledge['id']}/lift", lifting).status_code == 404
    reader = program(app, "township_clerk", scopes=[Scope.TITLE_READ])
    assert reader.get("/title-cases").status_code == 200
    assert reader.post(f"/encumbrances/{pledge['id']}/lift", lifting).json["type"] == "urn:fpa:problem:scope-missing"
    assert program(app, scopes=[Scope.ASSETS_READ]).get("/title-cases").status_code == 403
