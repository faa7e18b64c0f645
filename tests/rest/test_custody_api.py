"""Custody over the API: offered, accepted, patrolled, repaired, checked by another, handed back; posts masked."""

import io
from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from registry.assets.custody.patrols.models import PatrolRound
from registry.assets.register.registration import OwnerFact
from registry.clock import today
from registry.database import db
from registry.kinds import OwnerKind
from registry.onetime import OneTimeKey
from registry.token_scopes import Scope
from tests.assets.custody.keeping import accepted, candidate, in_office, offered, road
from tests.assets.title.making import picture
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.rest.program import Program

FAULT = {"result": "FAULT", "severity": "B", "note": "路肩塌了两米"}
REPAIR = {"work": "砌挡墙，回填", "repaired_on": today().isoformat(), "cost": "1800.00", "payer": "WELFARE_FUND"}


def program(app: Flask, username: str = "village_clerk", **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def offer_of(*numbers: str, **terms: object) -> dict[str, object]:
    """An offer to the custodian with an account."""
    said = {"kind": "VILLAGE", "user_id": person("custodian").id, "starts_on": TODAY.isoformat(),
            "ends_on": "2027-11-22", "frequency_months": 1, "pay": "3600.00", "pay_source": "WELFARE_FUND"}  # fmt: skip
    return {"region_code": VILLAGE, "assets": [*numbers], "terms": {**said, **terms}}


def sent(caller: Program, url: str, **query: str) -> TestResponse:
    """Send a picture to an address."""
    return caller.call("POST", url, query_string=query, data={"file": (io.BytesIO(picture()), "照片.png")})


def test_a_patrol_finds_a_fault_that_is_repaired_and_accepted_by_another(any_app: Flask) -> None:
    number = road().asset_no
    clerk, keeper, head = (program(any_app, name) for name in ("village_clerk", "custodian", "village_head"))
    made = clerk.post("/custody-agreements", offer_of(number))
    assert (made.status_code, made.json["phase"], made.json["pay"]) == (201, "OFFERED", "3600.00"), made.text
    address = made.headers["Location"]
    assert clerk.post(f"{address}/accept").json["type"] == "urn:fpa:problem:not-the-custodian"
    taken = keeper.post(f"{address}/accept", headers={"If-Match": made.headers["ETag"]})
    assert (taken.status_code, taken.json["phase"], taken.json["answer_way"]) == (200, "ACTIVE", "SCREEN"), taken.text
    (due,) = keeper.get("/custody-assets?due=true&mine=true").json["items"]
    assert (due["asset_no"], due["custodian"], due["last_on"]) == (number, "Custodian", None)
    assert keeper.post(f"/assets/{number}/patrols", {"result": "FAULT"}).json["type"] == "urn:fpa:problem:not-said"
    seen = keeper.post(f"/assets/{number}/patrols", FAULT)
    assert (seen.status_code, seen.json["kind"], seen.json["result"]) == (201, "SELF", "FAULT"), seen.text
    assert keeper.get("/custody-assets?due=true&mine=true").json["items"] == []
    fault = f"/faults/{seen.json['fault_id']}"
    assert keeper.post(f"{fault}/start", {"repairer": "谭守田"}).json["status"] == "REPAIRING"
    assert head.post(f"{fault}/accept").json["type"] == "urn:fpa:problem:not-repaired"
    assert keeper.post(f"{fault}/repair", {**REPAIR, "payer": ""}).json["type"] == "urn:fpa:problem:payer-missing"
    mended = keeper.post(f"{fault}/repair", REPAIR)
    assert (mended.json["status"], mended.json["cost"]) == ("REPAIRED", "1800.00"), mended.text
    assert sent(keeper, f"{fault}/attachments", kind="REPAIR").status_code == 201
    (photo,) = head.get(f"{fault}/attachments").json["items"]
    assert head.get(f"{fault}/attachments/{photo['id']}").mimetype == "image/png"
    assert head.post(f"{fault}/reopen").json["type"] == "urn:fpa:problem:opinion-missing"
    assert head.post(f"{fault}/reopen", {"opinion": "还在掉土"}).json["status"] == "REOPENED"
    owing = {"reason": "师傅走了", "cost": "1800.00", "payer": "OTHER"}
    assert keeper.post(f"{fault}/stop", owing).json["type"] == "urn:fpa:problem:still-owed"
    given_up = keeper.post(f"{fault}/stop", {**owing, "is_settled": True})
    assert (given_up.json["status"], given_up.json["stop_reason"]) == ("OPEN", "师傅走了"), given_up.text
    assert keeper.post(f"{fault}/stop", owing).json["type"] == "urn:fpa:problem:not-repairing"
    assert keeper.post(f"{fault}/repair", REPAIR).json["status"] == "REPAIRED"
    assert keeper.post(f"{fault}/accept").status_code == 403
    done = head.post(f"{fault}/accept", {"opinion": "修好了"})
    assert (done.status_code, done.json["status"], done.json["opinion"]) == (200, "ACCEPTED", "修好了")
    assert head.get(f"/faults?region={VILLAGE}").json["items"] == []
    assert head.get("/faults?status=ACCEPTED").json["items"] == [done.json]


def test_a_round_is_one_event_and_a_foreign_asset_in_it_does_not_exist(app: Flask) -> None:
    first, second = road().asset_no, road(name="二号路").asset_no
    owners = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "邻村股份经济合作社"),)
    foreign = road(region_code=SIBLING_VILLAGE, owners=owners).asset_no
    clerk = program(app)
    refused = clerk.post("/patrol-rounds", {"lines": [{"asset_no": first}, {"asset_no": foreign}]})
    assert refused.status_code == 404
    assert db.session.scalar(select(PatrolRound)) is None
    body = {"lines": [{"asset_no": first}, {"asset_no": second, **FAULT}]}
    walked, again = (clerk.post("/patrol-rounds", body, headers={"Idempotency-Key": "round"}) for _ in range(2))
    assert (walked.status_code, walked.json["assets"], walked.json["faults"]) == (201, 2, 1), walked.text
    assert again.json == walked.json
    (look,) = clerk.get(f"/assets/{second}/patrols").json["items"]
    assert (look["round_id"], look["note"]) == (walked.json["id"], FAULT["note"])
    assert clerk.post("/patrol-rounds", {"lines": []}).status_code == 422


def test_what_the_township_saw_is_a_check_and_looks_are_walked_the_latest_first(app: Flask) -> None:
    number, clerk, township = road().asset_no, program(app), program(app, "township_supervisor")
    looks = [clerk.post(f"/assets/{number}/patrols").json for _ in range(2)]
    checked = township.post(f"/assets/{number}/checks")
    assert (checked.status_code, checked.json["kind"]) == (201, "TOWNSHIP"), checked.text
    assert program(app, "village_head").post(f"/assets/{number}/checks").status_code == 403
    first = clerk.get(f"/assets/{number}/patrols?limit=2")
    rest = clerk.get(first.headers["Link"].partition(">")[0][1:])
    assert first.json["items"] + rest.json["items"] == [checked.json, looks[1], looks[0]]


def test_an_agreement_is_answered_on_paper_and_handed_back(app: Flask) -> None:
    number, clerk = road().asset_no, program(app)
    by_name = offer_of(number, user_id=None, custodian_name="谭守田")
    made = clerk.post("/custody-agreements", by_name)
    address = made.headers["Location"]
    assert clerk.call("POST", f"{address}/paper").status_code == 422
    signed = sent(clerk, f"{address}/paper", answer="accept", signed_on=TODAY.isoformat())
    assert (signed.status_code, signed.json["answer_way"]) == (200, "PAPER"), signed.text
    (sheet,) = clerk.get(f"{address}/attachments").json["items"]
    assert clerk.get(f"{address}/attachments/{sheet['id']}").status_code == 200
    (line,) = clerk.get(f"{address}/assets").json["items"]
    assert (line["asset_no"], line["ended_on"], line["condition"]) == (number, None, "")
    back = {"reason": "外出务工", "meanwhile": "华溪村委会", "conditions": [{"asset_no": number, "condition": "GOOD"}]}
    assert clerk.post(f"{address}/hand-back", {**back, "conditions": []}).status_code == 422
    strange = {**back, "conditions": [{"asset_no": "x", "condition": "GOOD"}]}
    assert clerk.post(f"{address}/hand-back", strange).status_code == 404
    ended = clerk.post(f"{address}/hand-back", back)
    assert (ended.json["status"], ended.json["meanwhile"]) == ("ENDED", "华溪村委会"), ended.text
    (row,) = clerk.get(f"/custody-assets?q={number}").json["items"]
    assert row["custodian"] == "华溪村委会"


def test_an_offer_is_declined_withdrawn_or_seen_in_an_old_version(app: Flask) -> None:
    clerk, keeper = program(app), program(app, "custodian")
    first, second = (f"/custody-agreements/{offered(road(name=name)).id}" for name in ("甲路", "乙路"))
    stale = {"If-Match": '"1-0000000000000000"'}
    assert keeper.post(f"{first}/decline", {"reason": "年纪大了"}, headers=stale).status_code == 412
    assert keeper.post(f"{first}/decline", {"reason": "年纪大了"}).json["status"] == "DECLINED"
    assert clerk.post(f"{second}/withdraw").json["status"] == "WITHDRAWN"
    assert keeper.post(f"{second}/accept").status_code == 409
    assert [one["status"] for one in clerk.get("/custody-agreements").json["items"]] == ["DECLINED", "WITHDRAWN"]
    only = clerk.get("/custody-agreements?status=DECLINED&limit=1")
    assert [one["end_reason"] for one in only.json["items"]] == ["年纪大了"]
    assert "Link" not in only.headers


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"region_code": SIBLING_VILLAGE}, 403),
        ({"assets": ["x"]}, 404),
        ({"surprise": 1}, 422),
        ({"terms": {"kind": "VILLAGE"}}, 422),
    ],
)
def test_an_offer_that_cannot_be_made_is_refused(app: Flask, change: dict[str, object], status: int) -> None:
    body = {**offer_of(road().asset_no), **change}
    assert program(app).post("/custody-agreements", body).status_code == status


def post_body(**changes: object) -> dict[str, object]:
    """A villager proposed for a post, as a program says it."""
    facts = asdict(candidate())
    pay = {"pay": "800.00", "starts_on": "2026-11-23", "ends_on": "2027-11-22"}
    return {**{name: value for name, value in facts.items() if name != "pay_fen"}, **pay, **changes}


def test_a_post_is_proposed_and_no_answer_names_the_person(app: Flask) -> None:
    clerk, body = program(app), post_body()
    made = clerk.post("/public-posts", body)
    assert (made.status_code, made.json["status"], made.json["name"]) == (201, "PROPOSED", "谭**"), made.text
    assert made.json["resident_id"].endswith(str(body["resident_id"])[-4:])
    listing = clerk.get("/public-posts")
    assert listing.json["items"] == [made.json] == [clerk.get(made.headers["Location"]).json]
    kept = "".join(db.session.scalars(select(OneTimeKey.answer)))
    for told in (made.text, listing.text, kept):
        assert all(str(body[name]) not in told for name in ("name", "head_name", "resident_id", "head_resident_id"))
    assert clerk.post("/public-posts", body).json["type"] == "urn:fpa:problem:second-post"
    kin = post_body(is_cadres_kin=True, cadre_name="张三", cadre_relation="弟")
    assert clerk.post("/public-posts", kin).json["type"] == "urn:fpa:problem:cadres-kin"
    assert clerk.post("/public-posts", post_body(region_code=SIBLING_VILLAGE)).status_code == 403


def test_a_person_leaves_the_post(app: Flask) -> None:
    address, clerk = f"/public-posts/{in_office().id}", program(app)
    leaving = {"left_on": TODAY.isoformat(), "reason": "搬走了"}
    assert clerk.post(f"{address}/leave", {**leaving, "reason": ""}).status_code == 422
    assert clerk.post(f"{address}/leave", leaving).json["status"] == "LEFT"
    assert clerk.post(f"{address}/leave", leaving).status_code == 409


def test_custody_of_another_village_does_not_exist_and_a_custodian_sees_their_own(app: Flask) -> None:
    owners = (OwnerFact(OwnerKind.VILLAGE_COLLECTIVE, "邻村股份经济合作社"),)
    foreign, township = road(region_code=SIBLING_VILLAGE, owners=owners), program(app, "township_clerk")
    fault = township.post(f"/assets/{foreign.asset_no}/patrols", FAULT).json["fault_id"]
    offer = offer_of(foreign.asset_no, user_id=None, custodian_name="邻村人")
    agreement = township.post("/custody-agreements", {**offer, "region_code": SIBLING_VILLAGE}).json["id"]
    post = township.post("/public-posts", post_body(region_code=SIBLING_VILLAGE)).json["id"]
    clerk = program(app)
    reads = (f"/faults/{fault}", f"/faults/{fault}/attachments", f"/custody-agreements/{agreement}",
             f"/custody-agreements/{agreement}/assets", f"/public-posts/{post}",
             f"/assets/{foreign.asset_no}/patrols")  # fmt: skip
    assert {clerk.get(url).status_code for url in reads} == {404}
    lists = ("/faults", "/custody-agreements", "/public-posts", "/custody-assets")
    assert [clerk.get(f"{url}?region={SIBLING_VILLAGE}").json["items"] for url in lists] == [[]] * 4
    leaving = {"left_on": TODAY.isoformat(), "reason": "x"}
    writes = ((f"/faults/{fault}/start", {}), (f"/faults/{fault}/repair", REPAIR),
              (f"/faults/{fault}/stop", {"reason": "x"}),
              (f"/custody-agreements/{agreement}/withdraw", {}), (f"/public-posts/{post}/leave", leaving))  # fmt: skip
    assert {clerk.post(url, body).status_code for url, body in writes} == {404}
    mine = accepted(road(name="我的路")).id
    other = offered(road(name="别人的路"), user_id=None, custodian_name="别人").id
    keeper = program(app, "custodian")
    assert [one["id"] for one in keeper.get("/custody-agreements").json["items"]] == [str(mine)]
    assert keeper.get(f"/custody-agreements/{other}").status_code == 404


def test_a_token_needs_the_scope_and_a_list_says_where_it_goes_on(app: Flask) -> None:
    for name in ("甲路", "乙路", "丙路"):
        road(name=name)
    reader = program(app, scopes=[Scope.CUSTODY_READ])
    first = reader.get("/custody-assets?limit=2&uncared=true")
    rest = reader.get(first.headers["Link"].partition(">")[0][1:])
    assert [one["name"] for one in first.json["items"] + rest.json["items"]] == ["甲路", "乙路", "丙路"]
    assert reader.get("/custody-assets?after=x").status_code == 422
    number = first.json["items"][0]["asset_no"]
    assert reader.post(f"/assets/{number}/patrols").json["type"] == "urn:fpa:problem:scope-missing"
