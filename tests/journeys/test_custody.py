"""Stories of custody over HTTP: a custodian accepts on a phone, finds a fault, it is repaired, another accepts."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Select, select

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.patrols.models import Patrol, PatrolRound
from registry.assets.custody.posts.models import PublicPost
from registry.assets.register.cards.care import current_custodian
from registry.assets.register.registration import OwnerFact, PartialDate
from registry.database import db
from registry.evidence.models import Attachment
from registry.kinds import Category, OwnerKind
from tests.accounts.test_proof import turn
from tests.assets.custody.keeping import accepted, candidate, offered, road
from tests.factories import OTHER_COUNTY, PASSWORD, SIBLING_VILLAGE, TODAY, confirmed, person
from tests.journeys.browser import Visitor


def stored(query: Select[Any]) -> list[Any]:
    """Read what the requests have written, past the snapshot that the test itself still holds."""
    db.session.rollback()
    return list(db.session.scalars(query))


def photo() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    out.seek(0)
    return out


def test_a_custodian_accepts_on_a_phone_finds_a_fault_and_another_accepts_its_repair(any_app: Flask) -> None:
    asset_no = road().asset_no
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/custody/agreements/new?q={asset_no}")
    custodian_id = person("custodian").id
    clerk.send("", no=asset_no, kind="VILLAGE", user_id=custodian_id)
    assert "等管护人接受" in clerk.page.text
    agreement_url = clerk.page.request.path

    keeper = Visitor(any_app.test_client(), "custodian")
    assert keeper.open(f"/assets/{asset_no}").status_code == 404
    keeper.open("/custody")
    assert "等我接受的协议" in keeper.page.text
    keeper.open(agreement_url)
    keeper.send("/accept")
    assert "您已接受管护" in keeper.page.text
    assert keeper.open(f"/assets/{asset_no}/custody").status_code == 200

    keeper.open(f"/assets/{asset_no}/patrol")
    keeper.send("", result="FAULT", severity="A", note="K0+300 处塌方")
    fault = stored(select(Fault))[0]
    assert (fault.severity, fault.description) == ("A", "K0+300 处塌方")
    keeper.open(f"/custody/faults/{fault.id}")
    keeper.send("/repair", work="清方、加挡墙", cost="3,200.00", payer="WELFARE_FUND", repairer="本村施工队")
    assert "等另一个人验收" in keeper.page.text
    assert keeper.client.post(f"/custody/faults/{fault.id}/check").status_code == 403

    head = Visitor(any_app.test_client(), "village_head")
    head.open("/custody")
    assert "等我验收" in head.page.text
    head.open(f"/custody/faults/{fault.id}")
    head.send("/check", answer="accept", opinion="路通了")
    assert "已验收通过" in head.page.text
    assert "3,200.00" in head.page.text


def test_a_repair_is_given_up_on_its_page_once_it_is_paid_for(app: Flask, client: FlaskClient) -> None:
    asset = road()
    accepted(asset)
    keeper = Visitor(client, "custodian")
    keeper.open(f"/assets/{asset.asset_no}/patrol")
    keeper.send("", result="FAULT", severity="B", note="路灯不亮")
    url = f"/custody/faults/{stored(select(Fault.id))[0]}"
    assert f"{url}/stop" not in keeper.open(url).text
    keeper.send("/start", repairer="县电力公司")
    assert f"{url}/stop" in keeper.page.text
    keeper.send("/stop", reason="路灯烧毁", cost="300", payer="WELFARE_FUND")
    assert keeper.page.status_code == 422
    assert "维修费还没有结清的不能停止" in keeper.page.text
    keeper.send("/stop", reason="路灯烧毁", cost="300", payer="WELFARE_FUND", is_settled="y")
    assert "已停止维修" in keeper.page.text
    assert "路灯烧毁" in keeper.page.text
    assert "300.00" in keeper.page.text
    assert f"{url}/stop" not in keeper.page.text


def test_a_custodian_whose_proof_is_old_signs_with_the_password(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = offered(road()).id
    keeper = Visitor(client, "custodian")
    keeper.open(f"/custody/agreements/{key}")
    turn(monkeypatch, minutes=20)
    keeper.send("/accept")
    assert keeper.page.status_code == 403
    assert stored(select(CustodyAgreement.status)) == ["OFFERED"]
    keeper.send("/accept", proof_of_self=PASSWORD)
    assert stored(select(CustodyAgreement.status)) == ["ACCEPTED"]


def test_one_tap_after_the_scan_says_that_all_is_well(app: Flask, client: FlaskClient) -> None:
    asset = road()
    accepted(asset)
    keeper = Visitor(client, "custodian")
    keeper.open(f"/q/{asset.asset_no}")
    assert f'href="/assets/{asset.asset_no}/patrol?seen=FAULT"' in keeper.page.text
    keeper.send("/patrol/normal")
    assert "已记下：正常" in keeper.page.text
    seen = stored(select(Patrol))[0]
    assert (seen.result, seen.by_id) == ("NORMAL", person("custodian").id)


def test_a_double_tap_is_one_patrol(app: Flask, client: FlaskClient) -> None:
    asset = road()
    accepted(asset)
    keeper = Visitor(client, "custodian")
    keeper.open(f"/q/{asset.asset_no}")
    action, fields = keeper.fields("/patrol/normal")
    answers = [client.post(action, data=fields).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(stored(select(Patrol))) == 1


@pytest.mark.parametrize(
    ("asked", "chosen"), [("?seen=FAULT", ["FAULT"]), ("", []), ("?seen=ADVISED", []), ("?seen=x", [])]
)
def test_a_link_that_says_what_was_seen_begins_the_form_with_it(
    app: Flask, client: FlaskClient, asked: str, chosen: list[str]
) -> None:
    asset_no = road().asset_no
    keeper = Visitor(client, "village_clerk")
    keeper.open(f"/assets/{asset_no}/patrol{asked}")
    assert keeper.fields()[1].get("result", []) == chosen


def test_a_label_offers_no_patrol_to_a_stranger_or_somebody_elsewhere(app: Flask) -> None:
    asset_no = road().asset_no
    assert "patrol" not in app.test_client().get(f"/q/{asset_no}").text
    assert "patrol" not in Visitor(app.test_client(), "sibling_clerk").open(f"/q/{asset_no}").text
    assert "patrol" not in Visitor(app.test_client(), "auditor").open(f"/q/{asset_no}").text


def test_a_whole_round_takes_two_taps(app: Flask, client: FlaskClient) -> None:
    assets = [road(), road(name="李家沟便道"), road(name="坪上便道")]
    accepted(*assets)
    keeper = Visitor(client, "custodian")
    keeper.open("/patrols/round")
    keeper.send("", lines__1__bad="y", lines__1__severity="B", lines__1__note="路肩塌了")
    assert "这一轮 3 项已记下" in keeper.page.text
    assert "没有到期要巡查的资产" in keeper.page.text
    walk = stored(select(PatrolRound))[0]
    assert (walk.assets, walk.faults) == (3, 1)
    assert stored(select(Fault.asset_id)) == [assets[1].id]


def test_an_exception_without_a_word_is_asked_for_and_nothing_is_written(app: Flask, client: FlaskClient) -> None:
    accepted(road())
    keeper = Visitor(client, "custodian")
    keeper.open("/patrols/round")
    keeper.send("", lines__0__bad="y")
    assert keeper.page.status_code == 422
    assert "请写明在“华溪村产业路”看到了什么" in keeper.page.text
    assert len(stored(select(Patrol))) == 0


def test_another_custodians_asset_agreement_and_fault_do_not_exist(app: Flask, client: FlaskClient) -> None:
    asset = road()
    key = accepted(asset, username="village_clerk").id
    assert current_custodian(asset.id)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/assets/{asset.asset_no}/patrol")
    clerk.send("", result="FAULT", note="塌了")
    fault_id = stored(select(Fault.id))[0]
    pages = (
        f"/assets/{asset.asset_no}/custody", f"/assets/{asset.asset_no}/patrol", f"/custody/agreements/{key}",
        f"/custody/faults/{fault_id}",
    )  # fmt: skip
    for username in ("custodian", "sibling_clerk", "other_clerk"):
        stranger = Visitor(app.test_client(), username)
        assert {url: stranger.client.get(url).status_code for url in pages} == dict.fromkeys(pages, 404)
        sent = (f"/custody/agreements/{key}/accept", f"/assets/{asset.asset_no}/patrol/normal",
                f"/custody/faults/{fault_id}/repair")  # fmt: skip
        assert {stranger.client.post(url, data={"one_time_key": "k"}).status_code for url in sent} == {404}
    round_page = Visitor(app.test_client(), "custodian").open("/patrols/round")
    assert asset.name not in round_page.text


def test_a_number_smuggled_into_a_round_is_left_out(app: Flask, client: FlaskClient) -> None:
    mine, other = road(), road(name="别处的路", region_code=SIBLING_VILLAGE, location_code=SIBLING_VILLAGE)
    accepted(mine)
    keeper = Visitor(client, "custodian")
    keeper.open("/patrols/round")
    _action, fields = keeper.fields()
    client.post("/patrols/round", data={**fields, "lines-1-asset_no": other.asset_no})
    assert stored(select(Patrol.asset_id)) == [mine.id]


def test_paper_is_entered_with_the_signed_sheet(app: Flask, client: FlaskClient) -> None:
    key = offered(road(), user_id=None, custodian_name="谭守田").id
    clerk = Visitor(client, "village_clerk")
    clerk.open(f"/custody/agreements/{key}/paper")
    _action, fields = clerk.fields()
    data = {**fields, "answer": "accept", "signed_on": TODAY.isoformat(), "file": (photo(), "签字.jpg")}
    answer = client.post(f"/custody/agreements/{key}/paper", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    page = clerk.open(f"/custody/agreements/{key}")
    assert "纸质签字" in page.text
    sheet = stored(select(Attachment))[0]
    assert sheet.kind == "SIGNATURE"
    assert client.get(f"/custody/agreements/{key}/files/{sheet.id}").status_code == 200


def test_a_custodian_hands_back_with_the_condition_of_every_asset(app: Flask, client: FlaskClient) -> None:
    asset = road()
    key = accepted(asset).id
    keeper = Visitor(client, "custodian")
    keeper.open(f"/custody/agreements/{key}/hand-back")
    keeper.send("", conditions__0__condition="WORN", meanwhile="华溪村村委会", reason="外出务工")
    assert keeper.page.status_code in {200, 404}
    assert stored(select(CustodyAgreement.status)) == ["HANDED_BACK"]
    held = current_custodian(asset.id)
    assert held is not None
    assert held.name == "华溪村村委会"


def test_a_cadres_kin_is_refused_on_the_page_and_a_villager_is_proposed(app: Flask, client: FlaskClient) -> None:
    facts, clerk = candidate(), Visitor(client, "village_clerk")
    said = {
        "title": facts.title, "name": facts.name, "resident_id": facts.resident_id, "head_name": facts.head_name,
        "head_resident_id": facts.head_resident_id, "pay": "800",
    }  # fmt: skip
    clerk.open("/custody/posts/new")
    clerk.send("", **said, is_cadres_kin="y", cadre_name="马主任", cadre_relation="儿媳")
    assert "按规定不能安排公益性岗位" in clerk.page.text
    clerk.open("/custody/posts/new")
    clerk.send("", **said)
    assert "已提出，等审批" in clerk.page.text
    assert facts.resident_id not in clerk.page.text
    assert stored(select(PublicPost.status)) == ["PROPOSED"]


def test_a_household_is_visited_and_never_told_to_repair(app: Flask, client: FlaskClient) -> None:
    asset = confirmed(
        name="到户生猪", category=Category.HOUSEHOLD, subtype="HOUSEHOLD_STOCK", unit="头",
        owners=(OwnerFact(OwnerKind.HOUSEHOLD, "谭守田"),), acquired=PartialDate(date(2025, 3, 1)),
    )  # fmt: skip
    clerk = Visitor(client, "village_clerk")
    page = clerk.open(f"/assets/{asset.asset_no}/patrol")
    assert 'value="FAULT"' not in page.text
    clerk.send("", result="ADVISED", note="建议及时免疫")
    assert stored(select(Patrol.kind)) == ["VISIT"]
    clerk.open(f"/custody/agreements/new?q={asset.asset_no}")
    assert asset.name not in clerk.page.text
    assert client.post(
        "/custody/agreements/new",
        data={"no": asset.asset_no, "kind": "VILLAGE", "custodian_name": "x", "starts_on": TODAY.isoformat(),
              "ends_on": "2027-11-01", "frequency_months": "1", "pay_period": "YEAR", "one_time_key": "k",
              "user_id": "", "post_id": "", "pay_source": ""},
    ).status_code == 422  # fmt: skip


def test_a_township_checks_and_the_village_does_not(app: Flask) -> None:
    asset = road()
    supervisor = Visitor(app.test_client(), "township_supervisor")
    supervisor.open(f"/assets/{asset.asset_no}/check")
    supervisor.send("", result="NORMAL")
    assert stored(select(Patrol.kind)) == ["TOWNSHIP"]
    head = Visitor(app.test_client(), "village_head")
    assert head.open(f"/assets/{asset.asset_no}/check").status_code == 403


@pytest.mark.parametrize("username", ["village_clerk", "custodian", "township_supervisor"])
def test_a_list_of_a_unit_out_of_reach_does_not_exist(client: FlaskClient, username: str) -> None:
    visitor = Visitor(client, username)
    lists = ("/custody", "/custody/agreements", "/custody/faults", "/custody/posts")
    assert {visitor.client.get(f"{url}?region={OTHER_COUNTY}").status_code for url in lists} == {404}
    assert {visitor.client.get(url).status_code for url in lists} == {200}
