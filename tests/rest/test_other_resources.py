"""Holders masked, units, prints, files, and what happened since."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from registry.clock import today
from registry.database import refuse_writes, transaction
from registry.kinds import OwnerKind
from registry.parties.rules import PartyFacts
from registry.parties.services import add_party
from tests.factories import COUNTY, OTHER_COUNTY, SIBLING_VILLAGE, TOWNSHIP, VILLAGE, confirmed, entered, person
from tests.rest.program import Program, card_of


def test_a_holder_is_masked(app: Flask) -> None:
    with transaction(VILLAGE):
        facts = PartyFacts(OwnerKind.HOUSEHOLD, "谭正国", VILLAGE, "", "500240196604157736", "13996057184")
        party_id = add_party(facts, by=person("village_clerk")).id
    read = Program(app.test_client(), "township_supervisor").get(f"/parties/{party_id}").json
    assert (read["resident_id"][-4:], read["phone"][:3], read["phone"][-4:]) == ("7736", "139", "7184")
    assert "6604157" not in read["resident_id"]
    assert "9605" not in read["phone"]


def test_holders_are_found_by_name_and_walked_by_links(app: Flask) -> None:
    with transaction(VILLAGE):
        for number in range(3):
            add_party(PartyFacts(OwnerKind.HOUSEHOLD, f"户{number}", VILLAGE), by=person("village_clerk"))
    program = Program(app.test_client(), "village_clerk")
    first = program.get("/parties?limit=2")
    rest = program.get(first.headers["Link"].partition(">")[0][1:])
    assert [one["name"] for one in first.json["items"] + rest.json["items"]] == ["户0", "户1", "户2"]
    assert "Link" not in rest.headers
    assert [one["name"] for one in program.get("/parties?q=户1").json["items"]] == ["户1"]
    assert program.get("/parties?after=x").status_code == 422


def test_units_within_reach_are_listed_and_others_do_not_exist(app: Flask) -> None:
    program = Program(app.test_client(), "township_clerk")
    codes = {one["region_code"] for one in program.get("/units?limit=200").json["items"]}
    assert {TOWNSHIP, VILLAGE, SIBLING_VILLAGE} <= codes
    assert not {COUNTY, OTHER_COUNTY} & codes
    assert program.get(f"/units/{VILLAGE}").json["level"] == "VILLAGE"
    assert program.get(f"/units/{COUNTY}").status_code == 404
    assert program.get(f"/units?parent={COUNTY}").json["items"][0]["region_code"] == TOWNSHIP


def test_a_report_is_printed_read_and_fetched(app: Flask) -> None:
    confirmed()
    program = Program(app.test_client(), "township_clerk")
    body = {"report": "ledger", "region_code": VILLAGE, "on": today().isoformat()}
    made = program.post("/prints", body, headers={"Idempotency-Key": "print"})
    assert made.status_code == 303, made.text
    again = program.post("/prints", body, headers={"Idempotency-Key": "print"})
    assert again.headers["Location"] == made.headers["Location"]
    read = program.get(made.headers["Location"])
    assert read.json["formats"] == ["pdf", "xlsx"]
    assert [one["serial"] for one in program.get("/prints").json["items"]] == [read.json["serial"]]
    paper = program.get(f"/prints/{read.json['serial']}/files/pdf")
    assert paper.data.startswith(b"%PDF")
    assert program.post(f"/prints/{read.json['serial']}/files").json["formats"] == ["pdf", "xlsx"]


@pytest.mark.parametrize("region", [COUNTY, OTHER_COUNTY])
def test_nobody_prints_beyond_their_units(app: Flask, region: str) -> None:
    body = {"report": "ledger", "region_code": region, "on": today().isoformat()}
    assert Program(app.test_client(), "township_clerk").post("/prints", body).status_code == 403


def test_a_day_that_has_not_come_is_refused(app: Flask) -> None:
    body = {"report": "ledger", "region_code": VILLAGE, "on": (today() + timedelta(days=2)).isoformat()}
    assert Program(app.test_client(), "township_clerk").post("/prints", body).status_code == 422


def test_a_file_is_attached_listed_and_fetched(app: Flask) -> None:
    asset_no, out = confirmed().asset_no, io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    program, url = Program(app.test_client(), "village_clerk"), f"/assets/{asset_no}/attachments"

    def send(data: bytes, **query: str) -> TestResponse:
        return program.call("POST", url, query_string=query, data={"file": (io.BytesIO(data), "库房.png")})

    sent = send(out.getvalue(), kind="PHOTO", caption="正面")
    assert sent.status_code == 201, sent.text
    (row,) = program.get(url).json["items"]
    assert [row] == sent.json["items"]
    assert (row["caption"], row["file_name"]) == ("正面", "库房.png")
    got = program.get(f"{url}/{row['id']}")
    assert (got.mimetype, got.data[:4]) == ("image/png", b"\x89PNG")
    assert send(b"<script>", kind="PHOTO").json["type"] == "urn:fpa:problem:not-evidence"
    assert send(out.getvalue()).status_code == 422
    assert len(program.get(url).json["items"]) == 1


def walked(program: Program, cursor: str, limit: int) -> tuple[list[tuple[int, int]], str]:
    """Return log and number of every event after a cursor, and where to go on."""
    seen: list[tuple[int, int]] = []
    while True:
        page = program.get("/changes", query_string={"since": cursor, "limit": limit}).json
        seen += [(one["log_id"], one["seq"]) for one in page["items"]]
        cursor = page["cursor"]
        if not page["more"]:
            return seen, cursor


@pytest.mark.parametrize("limit", [1, 2, 200])
def test_the_changes_are_walked_without_a_gap_and_go_on_from_the_cursor(app: Flask, limit: int) -> None:
    entered()
    program = Program(app.test_client(), "municipal_supervisor")
    everything, cursor = walked(program, "", limit)
    assert everything == sorted(set(everything))
    assert {log for log, _seq in everything} >= {500240, 500101, 500000}
    assert walked(program, cursor, limit) == ([], cursor)
    made = Program(app.test_client(), "village_clerk").post("/assets", {"card": card_of(name="新冷库")})
    fresh = program.get("/changes", query_string={"since": cursor}).json["items"]
    assert fresh[-1]["action"] == "ASSET_SUBMITTED"
    assert {"table": "asset", "id": fresh[-1]["thing"]["id"], "version": 1} in fresh[-1]["changes"]
    assert made.status_code == 201


def test_a_reader_of_one_village_sees_its_changes_only(app: Flask) -> None:
    entered()
    items = Program(app.test_client(), "village_clerk").get("/changes?limit=200").json["items"]
    assert items
    assert {one["region_code"] for one in items} == {VILLAGE}


def test_a_cursor_nobody_gave_out_is_refused(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    for cursor in ("x", "500240", "500240:", "500240:1,", "1:1"):
        assert program.get("/changes", query_string={"since": cursor}).status_code == 422


def test_what_the_trail_says_of_an_asset_is_told(app: Flask) -> None:
    asset_no = confirmed().asset_no
    items = Program(app.test_client(), "village_clerk").get(f"/assets/{asset_no}/events").json["items"]
    assert [one["action"] for one in items] == ["ASSET_CONFIRMED", "ASSET_SUBMITTED"]


def test_reading_goes_on_while_nothing_may_be_written(app: Flask) -> None:
    program = Program(app.test_client(), "village_clerk")
    refuse_writes("系统处于只读状态，暂时不能写入。")
    assert program.get("/units").status_code == 200
    refused = program.post("/assets", {"card": card_of()})
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
