"""Assets over the API: entered, sent back, replaced, confirmed, corrected; the same rules as the pages."""

from flask import Flask
from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.audit.models import TrailEvent
from registry.database import db
from registry.parties.models import Party
from tests.factories import SIBLING_VILLAGE, VILLAGE, confirmed, entered
from tests.rest.program import Program, card_of


def test_an_asset_goes_from_entry_to_confirmation_by_two_programs(any_app: Flask) -> None:
    clerk, head = (Program(any_app.test_client(), name) for name in ("village_clerk", "village_head"))
    made = clerk.post("/assets", {"card": card_of()})
    assert made.status_code == 201, made.text
    asset_no = made.json["asset_no"]
    assert made.headers["Location"] == f"/api/v1/assets/{asset_no}"
    assert made.json["stage"] == "SUBMITTED"
    assert made.json["card"]["original_value"] == "1286400.00"
    back = head.post(f"/assets/{asset_no}/send-back", {"reason": "规格没有写"})
    assert (back.status_code, back.json["stage"]) == (200, "SENT_BACK")
    read = clerk.get(f"/assets/{asset_no}")
    card = {**read.json["card"], "specification": "800 立方米"}
    mended = clerk.put(f"/assets/{asset_no}", {"card": card}, read.headers["ETag"])
    assert (mended.status_code, mended.json["card"]["specification"]) == (200, "800 立方米"), mended.text
    sure = head.post(f"/assets/{asset_no}/confirm", {}, headers={"If-Match": mended.headers["ETag"]})
    assert (sure.status_code, sure.json["stage"]) == (200, "CONFIRMED")


def test_what_is_read_can_be_sent_back_unchanged(app: Flask) -> None:
    asset_no, clerk = entered().asset_no, Program(app.test_client(), "village_clerk")
    read = clerk.get(f"/assets/{asset_no}")
    again = clerk.put(f"/assets/{asset_no}", {"card": read.json["card"]}, read.headers["ETag"])
    assert again.status_code == 200, again.text
    assert again.json["card"] == read.json["card"]


def test_nobody_confirms_their_own_entry(app: Flask) -> None:
    clerk = Program(app.test_client(), "township_clerk")
    made = clerk.post("/assets", {"card": card_of()})
    refused = clerk.post(f"/assets/{made.json['asset_no']}/confirm")
    assert (refused.status_code, refused.json["type"]) == (403, "urn:fpa:problem:own-entry")


def test_a_replacement_names_the_version_it_has_seen(app: Flask) -> None:
    asset_no, clerk = entered().asset_no, Program(app.test_client(), "village_clerk")
    read = clerk.get(f"/assets/{asset_no}")
    body = {"card": read.json["card"]}
    assert clerk.put(f"/assets/{asset_no}", body).status_code == 428
    assert clerk.put(f"/assets/{asset_no}", body, '"1-0000000000000000"').status_code == 412
    assert clerk.put(f"/assets/{asset_no}", body, f"W/{read.headers['ETag']}").status_code == 412
    assert clerk.put(f"/assets/{asset_no}", body, read.headers["ETag"]).status_code == 200
    assert clerk.put(f"/assets/{asset_no}", body, read.headers["ETag"]).status_code == 412


def test_a_weighty_correction_waits_for_the_level_above(app: Flask) -> None:
    asset_no, clerk = confirmed().asset_no, Program(app.test_client(), "village_clerk")
    township = Program(app.test_client(), "township_supervisor")
    read = clerk.get(f"/assets/{asset_no}").json
    card = {**read["card"], "quantity_milli": 2000}
    asked = clerk.post(
        f"/assets/{asset_no}/corrections", {"card": card, "reason": "点错了", "version": read["version"]}
    )
    assert (asked.status_code, asked.json["status"]) == (201, "WAITING"), asked.text
    assert asked.json["before"]["quantity_milli"] == 1000
    address = f"/corrections/{asked.json['id']}"
    assert township.post(f"{address}/refuse", {"opinion": ""}).status_code == 422
    sure = township.post(f"{address}/confirm", {"opinion": "同意"})
    assert (sure.status_code, sure.json["status"]) == (200, "APPLIED")
    assert clerk.get(f"/assets/{asset_no}").json["card"]["quantity_milli"] == 2000
    assert [one["status"] for one in clerk.get(f"/assets/{asset_no}/corrections").json["items"]] == ["APPLIED"]


def test_a_correction_of_an_old_version_is_refused(app: Flask) -> None:
    asset_no, clerk = confirmed().asset_no, Program(app.test_client(), "village_clerk")
    card = clerk.get(f"/assets/{asset_no}").json["card"]
    body = {"card": {**card, "remarks": "x"}, "reason": "x", "version": 1}
    assert clerk.post(f"/assets/{asset_no}/corrections", body).status_code == 409


def test_a_change_of_value_bears_its_money(app: Flask) -> None:
    asset_no, clerk = confirmed().asset_no, Program(app.test_client(), "village_clerk")
    lines = [{"source": "POVERTY_FUND", "level": "CENTRAL", "amount": "5000.00", "year": 2026}]
    body = {"kind": "MAJOR_REPAIR", "effective_on": "2026-11-01", "lines": lines, "reason": "换压缩机"}
    asked = clerk.post(f"/assets/{asset_no}/value-changes", body)
    assert asked.status_code == 201, asked.text
    assert asked.json["lines"] == [{**lines[0], "document_no": ""}]
    Program(app.test_client(), "township_supervisor").post(f"/corrections/{asked.json['id']}/confirm")
    found = clerk.get(f"/assets/{asset_no}/value-changes").json["items"]
    assert [one["amount"] for one in found] == ["1286400.00", "5000.00"]
    assert sum(float(line["amount"]) for line in found[0]["lines"]) == 1286400


def test_a_remark_is_written_and_read(app: Flask) -> None:
    asset_no, committee = confirmed().asset_no, Program(app.test_client(), "county_finance")
    assert committee.post(f"/assets/{asset_no}/comments", {"body": "请补竣工图"}).status_code == 201
    items = committee.get(f"/assets/{asset_no}/comments").json["items"]
    assert [one["body"] for one in items] == ["请补竣工图"]


def test_a_list_is_walked_by_its_links_and_misses_nothing(app: Flask) -> None:
    numbers = {entered(name=f"冷库{number}号").asset_no for number in range(5)}
    clerk = Program(app.test_client(), "township_clerk")
    url, seen = "/api/v1/assets?limit=2", []
    while url:
        page = clerk.get(url)
        seen += [one["asset_no"] for one in page.json["items"]]
        url = page.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert len(seen) == 5
    assert set(seen) == numbers
    assert clerk.get("/assets?q=冷库3号").json["items"][0]["name"] == "冷库3号"
    assert clerk.get("/assets?value_from=1286400.01").json["items"] == []


def test_an_entry_outside_the_persons_units_is_refused(app: Flask) -> None:
    clerk = Program(app.test_client(), "village_clerk")
    assert clerk.post("/assets", {"card": card_of(region_code=SIBLING_VILLAGE)}).status_code == 403


def test_an_owner_of_a_unit_nobody_knows_is_refused(app: Flask) -> None:
    card = card_of()
    card["owners"][0]["region_code"] = "500999999999"
    refused = Program(app.test_client(), "village_clerk").post("/assets", {"card": card})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "owner-unit-unknown")


def test_an_identity_number_goes_in_and_never_comes_out(app: Flask) -> None:
    card = card_of()
    card |= {"category": "HOUSEHOLD", "subtype": "HOUSEHOLD_STOCK"}
    card["owners"] = [{"kind": "HOUSEHOLD", "name": "谭正国", "resident_id": "500240196604157736"}]
    made = Program(app.test_client(), "village_clerk").post("/assets", {"card": card})
    assert made.status_code == 201, made.text
    assert "1966" not in made.text
    assert db.session.scalar(select(Party.resident_id).where(Party.name == "谭正国")) != ""


def test_every_write_stands_in_the_trail_with_the_number_of_its_request(app: Flask) -> None:
    made = Program(app.test_client(), "village_clerk").post("/assets", {"card": card_of()})
    asset = db.session.scalars(select(Asset).where(Asset.asset_no == made.json["asset_no"])).one()
    event = db.session.scalars(select(TrailEvent).where(TrailEvent.thing_id == str(asset.id))
                               .where(TrailEvent.action == "ASSET_SUBMITTED")).one()  # fmt: skip
    assert len(event.request_id) == 16
    assert event.actor_id == asset.entered_by_id
    assert event.region_code == VILLAGE
