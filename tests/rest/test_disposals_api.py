"""Disposals over the API: a case opened, filled in, appraised, submitted, priced; the gates told; what is refused."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from registry.assets.register.registration import OwnerFact
from registry.clock import today
from registry.disposal.kinds import DisposalKind
from registry.kinds import Category, OwnerKind
from tests.assets.title.making import picture
from tests.disposal.scenery import approved_case, asset_of, case_of, machine, opened_case, submitted_case
from tests.disposal.selling import sold_case
from tests.factories import confirmed
from tests.reports.printing import money
from tests.rest.program import Program

WORDS = {
    "kind": "SALE", "ground": "IDLE", "title": "出售烘干机", "reason": "设备闲置两年，无人承租。",
    "use_of_proceeds": "维修产业路",
}  # fmt: skip


def program(app: Flask, username: str = "village_clerk", **token: Any) -> Program:
    return Program(app.test_client(), username, **token)


def words(**changes: object) -> dict[str, object]:
    return {**WORDS, "effective_on": today().isoformat(), **changes}


def opening(*numbers: str, **changes: object) -> dict[str, object]:
    return {"words": words(**changes), "assets": [{"asset_no": one} for one in numbers]}


def with_files(caller: Program, url: str, name: str, body: dict[str, object]) -> TestResponse:
    data = {name: json.dumps(body), "files": [(io.BytesIO(picture()), "报告.png")]}
    return caller.call("POST", url, data=data)


def test_a_case_goes_from_draft_to_its_first_desk_over_json(any_app: Flask) -> None:
    number, clerk = machine(fen=4_000_000), program(any_app)
    made = clerk.post("/disposals", opening(number))
    assert made.status_code == 201, made.text
    address = made.headers["Location"]
    assert (made.json["status"], made.json["kind"], made.json["request_id"]) == ("DRAFT", "SALE", None)
    (line,) = clerk.get(f"{address}/lines").json["items"]
    assert (line["asset_no"], line["extent"], line["original"]) == (number, "WHOLE", "40000.00")
    report = {
        "agency": "重庆华信资产评估有限公司", "report_no": "渝华信评〔2026〕1号", "appraisers": ["李远", "周敏"],
        "value": "48000.00", "appraised_on": today().isoformat(),
    }  # fmt: skip
    told = with_files(clerk, f"{address}/reports", "report", report)
    assert (told.status_code, told.json["value"]) == (201, "48000.00"), told.text
    gates = {one["gate"]: one for one in clerk.get(f"{address}/gates").json["items"]}
    assert gates["APPRAISAL"]["outcome"] == "PASSED"
    assert "48,000.00" in gates["APPRAISAL"]["said"]
    assert not any(one["blocks"] for one in gates.values())
    gone = clerk.post(f"{address}/submit")
    assert (gone.status_code, gone.json["status"], gone.json["basis"]) == (200, "SUBMITTED", "48000.00"), gone.text
    assert gone.json["request_id"]
    (kept,) = clerk.get(f"{address}/gates/kept").json["items"]
    assert (kept["moment"], kept["failed"], len(kept["gates"])) == ("SUBMIT", 0, len(gates))


def test_every_gate_that_stops_a_case_is_told_at_once(any_app: Flask) -> None:
    number = machine(title_status="UNCONFIRMED", certificate_kind="", certificate_number="", custodian="谭登周")
    case_id, clerk = opened_case(DisposalKind.DONATION, number), program(any_app)
    refused = clerk.post(f"/disposals/{case_id}/submit")
    assert refused.status_code == 409
    assert [one["pointer"] for one in refused.json["errors"]] == ["#/title", "#/custody"]
    assert case_of(case_id).status == "DRAFT"


def test_the_same_call_opens_one_case(app: Flask) -> None:
    clerk, body = program(app), opening(machine())
    first, again = (clerk.post("/disposals", body, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.json == again.json
    assert len(clerk.get("/disposals").json["items"]) == 1


def test_words_are_changed_by_whoever_has_seen_them(app: Flask) -> None:
    clerk, address = program(app), f"/disposals/{opened_case()}"
    read = clerk.get(address)
    assert clerk.put(address, words(title="另一个")).status_code == 428
    changed = clerk.put(address, words(title="另一个"), read.headers["ETag"])
    assert (changed.status_code, changed.json["title"]) == (200, "另一个"), changed.text
    assert clerk.put(address, words(title="第三个"), read.headers["ETag"]).status_code == 412


def test_part_of_an_asset_is_taken_in(app: Flask) -> None:
    number = machine(quantity_milli=8_000)
    body = opening(number)
    body["assets"] = [{"asset_no": number, "part": {"extent": "QUANTITY", "quantity_milli": 2_000}}]
    made = program(app).post("/disposals", body)
    (line,) = program(app).get(f"/disposals/{made.json['id']}/lines").json["items"]
    assert (line["extent"], line["quantity_milli"], line["original"]) == ("QUANTITY", 2_000, "10000.00")


def test_a_line_is_left_out_with_its_reason(app: Flask) -> None:
    clerk, address = program(app), f"/disposals/{opened_case(DisposalKind.SALE, machine('一'), machine('二'))}"
    first = clerk.get(f"{address}/lines").json["items"][0]["id"]
    assert clerk.post(f"{address}/lines/{first}/decide", {"decision": "LEFT_OUT"}).status_code == 422
    done = clerk.post(f"{address}/lines/{first}/decide", {"decision": "LEFT_OUT", "reason": "还能用"})
    assert done.status_code == 200, done.text
    assert clerk.get(f"{address}/lines").json["items"][0]["decision"] == "LEFT_OUT"


@pytest.mark.parametrize(
    ("fen", "status", "verdict"),
    [(4_000_000, 201, "ACCEPTED"), (3_800_000, 201, "WAITING"), (1_000_000, 201, "SUSPENDED")],
)
def test_a_price_is_told_and_what_follows_from_it(app: Flask, fen: int, status: int, verdict: str) -> None:
    case_id = approved_case(DisposalKind.SALE, machine(), report_fen=4_000_000)
    body = {
        "way": "LISTED", "price": f"{fen // 100}.00", "opened_on": today().isoformat(), "buyer_kind": "ENTERPRISE",
        "buyer_name": "石柱县山货贸易有限公司", "platform": "重庆农村产权交易所", "record_no": "CQ-1",
    }  # fmt: skip
    told = with_files(program(app), f"/disposals/{case_id}/prices", "result", body)
    assert (told.status_code, told.json["verdict"]) == (status, verdict), told.text
    assert len(program(app).get(f"/disposals/{case_id}/prices").json["items"]) == 1


def test_a_price_before_approval_is_refused(app: Flask) -> None:
    case_id = submitted_case()
    body = {
        "way": "LISTED", "price": "1.00", "opened_on": today().isoformat(), "buyer_kind": "ENTERPRISE",
        "buyer_name": "某公司", "platform": "x", "record_no": "y",
    }  # fmt: skip
    assert with_files(program(app), f"/disposals/{case_id}/prices", "result", body).status_code == 409


def test_a_case_is_taken_back_with_its_reason(app: Flask) -> None:
    clerk, address = program(app), f"/disposals/{submitted_case()}"
    assert clerk.post(f"{address}/withdraw", {"reason": " "}).status_code == 422
    assert clerk.post(f"{address}/withdraw", {"reason": "不卖了"}).json["status"] == "WITHDRAWN"


def test_a_households_asset_is_refused(app: Flask) -> None:
    cow = confirmed(
        name="母牛", category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", unit="头", original_value_fen=1_000_000,
        funding=money(1_000_000), owners=(OwnerFact(OwnerKind.HOUSEHOLD, "谭某"),),
    ).asset_no  # fmt: skip
    assert program(app).post("/disposals", opening(cow)).json["type"] == "urn:fpa:problem:households-own"


def test_papers_are_attached_and_given_out(app: Flask) -> None:
    clerk, address = program(app), f"/disposals/{opened_case()}"
    data = {"file": (io.BytesIO(picture()), "照片.png")}
    sent = clerk.call("POST", f"{address}/attachments", query_string={"kind": "PHOTO"}, data=data)
    assert sent.status_code == 201, sent.text
    (row,) = clerk.get(f"{address}/attachments").json["items"]
    assert clerk.get(f"{address}/attachments/{row['id']}").status_code == 200


def test_a_case_of_another_county_does_not_exist(app: Flask) -> None:
    case_id = opened_case()
    assert program(app, "other_clerk").get(f"/disposals/{case_id}").status_code == 404
    assert program(app, "county_agriculture").get(f"/disposals/{case_id}").status_code == 200


def test_a_second_person_carries_a_case_out_and_the_first_does_not(any_app: Flask) -> None:
    number = machine()
    case_id = sold_case(number)
    address, told = f"/disposals/{case_id}", {
        "handed_over_on": today().isoformat(), "signed_by": "陈经理", "paper_no": "移交 1 号", "is_paid": True,
        "paid_on": today().isoformat(), "receipt_no": "回单 1",
    }  # fmt: skip
    head = program(any_app, "village_head")
    assert head.get(f"{address}/execution").status_code == 404
    assert with_files(program(any_app), f"{address}/execute", "execution", told).status_code == 403
    done = with_files(head, f"{address}/execute", "execution", told)
    assert (done.status_code, done.json["price"]) == (201, "42000.00"), done.text
    assert head.get(address).json["status"] == "DONE"
    assert head.get(f"{address}/execution").json["signed_by"] == "陈经理"
    assert asset_of(number).stage == "DISPOSED"
    assert with_files(head, f"{address}/execute", "execution", told).status_code == 409
