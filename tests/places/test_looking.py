"""Looking for units by name or code, where there are more of them than a list can hold."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.database import db
from registry.permissions import Permission
from registry.places import looking
from registry.places.looking import find_units, has_to_look, still_offered
from registry.places.rules import is_meant
from registry.supervision.engagements.models import Engagement, EngagementScope
from registry.supervision.sampling.models import Sample
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TOWNSHIP, VILLAGE, confirmed, person
from tests.reports.boards.test_pages import signed_in

DRAW = Permission.SAMPLE_DRAW


@pytest.mark.parametrize(("text", "meant"), [
    ("华溪村民委员会", True), ("中益乡 华溪村委会", True), ("沙子村民委员会", False),
    ("华溪", True), ("中益乡 华溪村", True), ("500240213", True), ("华溪 沙子", False), ("240213", False),
])  # fmt: skip
def test_a_unit_is_meant_by_every_word_or_by_the_beginning_of_its_code(text: str, meant: bool) -> None:
    assert is_meant(text, VILLAGE, "石柱土家族自治县中益乡华溪村") is meant


def test_a_whole_municipality_is_looked_through_and_others_only_as_far_as_they_reach(any_app: Flask) -> None:
    city, county = person("municipal_supervisor"), person("county_agriculture")
    assert (has_to_look(city, DRAW), has_to_look(county, DRAW)) == (True, False)
    assert [code for code, _name in find_units("中益乡 华溪村", city, DRAW)] == [VILLAGE]
    assert [code for code, _name in find_units(VILLAGE, county, DRAW)] == [VILLAGE]
    assert find_units(OTHER_COUNTY, county, DRAW) == []
    assert find_units("没有这个地方", city, DRAW) == []
    assert [code for code, _name in still_offered([VILLAGE, OTHER_COUNTY, "x"], county, DRAW)] == [VILLAGE]


def test_no_more_is_found_than_a_list_holds(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_FOUND", 2)
    assert len(find_units("5", person("municipal_supervisor"), DRAW)) == 2


def city(app: Flask) -> FlaskClient:
    return signed_in(app, "municipal_supervisor")


def test_the_municipality_draws_from_a_village_that_it_looked_for(app: Flask) -> None:
    confirmed()
    client = city(app)
    assert 'name="find"' in client.get("/samples/new").text
    assert 'name="find"' not in signed_in(app, "county_agriculture").get("/samples/new").text
    sent = {
        "purpose": "市级抽查",
        "region_code": MUNICIPALITY,
        "population": "ASSETS",
        "category": "",
        "method": "RANDOM",
        "size": "1",
    }
    unknown = client.post("/samples/new", data={**sent, "find": "没有这个地方", "look": "1"})
    assert (unknown.status_code, "没有找到“没有这个地方”" in unknown.text) == (422, True)
    page = client.post("/samples/new", data={**sent, "find": "中益乡 华溪村", "look": "1"})
    assert (page.status_code, "市级抽查" in page.text) == (200, True)
    assert f'<option selected value="{VILLAGE}">石柱土家族自治县中益乡华溪村' in page.text
    assert db.session.scalars(select(Sample)).all() == []
    answer = client.post("/samples/new", data={**sent, "region_code": VILLAGE, "one_time_key": "draw"})
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    assert [one.region_code for one in db.session.scalars(select(Sample))] == [VILLAGE]


SAMPLE = {
    "purpose": "市级抽查", "region_code": COUNTY, "population": "ASSETS", "category": "",
    "method": "RANDOM", "size": "1",
}  # fmt: skip
ENGAGEMENT = {
    "kind": "AUDIT", "agency": "某会计师事务所", "task": "专项审计", "fee": "50000", "signed_on": "2026-11-20",
    "report_by": "2027-01-20", "units": [OTHER_COUNTY],
}  # fmt: skip


@pytest.mark.parametrize(("address", "sent"), [("/samples/new", SAMPLE), ("/engagements/new", ENGAGEMENT)])
def test_with_nothing_to_look_for_the_button_sends_nothing(app: Flask, address: str, sent: dict[str, object]) -> None:
    confirmed()
    client = city(app)
    refused = client.post(address, data={**sent, "find": " ", "look": "1", "one_time_key": "sent"})
    assert (refused.status_code, "请填要找的乡镇、村" in refused.text) == (422, True)
    db.session.rollback()
    assert [*db.session.scalars(select(Sample)), *db.session.scalars(select(Engagement))] == []
    assert client.post(address, data={**sent, "find": "中益乡", "one_time_key": "sent"}).status_code == 303


@pytest.mark.parametrize("address", ["/samples/new", "/engagements/new"])
def test_the_enter_key_sends_the_form_and_looks_for_nothing(app: Flask, address: str) -> None:
    main = city(app).get(address).text.partition("<main")[2]
    buttons = re.findall(r"<button[^>]*>", main.partition("novalidate")[2])
    assert 'type="submit"' in buttons[0]
    assert "name=" not in buttons[0]
    assert any('name="look"' in one for one in buttons[1:])


def test_an_engagement_of_the_municipality_keeps_what_was_chosen_while_more_is_looked_for(app: Flask) -> None:
    client = city(app)
    sent = {
        "kind": "AUDIT", "agency": "某会计师事务所", "task": "专项审计", "fee": "50000", "signed_on": "2026-11-20",
        "report_by": "2027-01-20", "units": [OTHER_COUNTY],
    }  # fmt: skip
    page = client.post("/engagements/new", data={**sent, "find": "中益乡", "look": "1"})
    for code in (OTHER_COUNTY, TOWNSHIP):
        assert f'<option selected value="{code}">' in page.text
    page = client.post(
        "/engagements/new", data={**sent, "units": [OTHER_COUNTY, TOWNSHIP], "find": VILLAGE, "look": "1"}
    )
    for code in (OTHER_COUNTY, TOWNSHIP, VILLAGE):
        assert f'<option selected value="{code}">' in page.text
    chosen = [OTHER_COUNTY, VILLAGE]
    answer = client.post("/engagements/new", data={**sent, "units": chosen, "one_time_key": "engage"})
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    made = db.session.scalars(select(Engagement)).one()
    rows = select(EngagementScope.unit_code).where(EngagementScope.engagement_id == made.id)
    assert sorted(db.session.scalars(rows)) == sorted(chosen)
