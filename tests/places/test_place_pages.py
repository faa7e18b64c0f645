"""The pages of divisions: the tree, a unit with its names, a new village, the go-live date."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.database import db
from tests.factories import COUNTY, OTHER_COUNTY, PASSWORD, TOWNSHIP, VILLAGE, entered

NEW_NAME = "偏岩坝村民委员会"


def test_the_tree_unfolds_only_the_way_to_the_unit_asked_for(system: FlaskClient) -> None:
    top = system.get("/admin/regions").text
    assert COUNTY in top
    assert TOWNSHIP not in top
    deep = system.get(f"/admin/regions?region={TOWNSHIP}").text
    assert VILLAGE in deep
    assert f"u{OTHER_COUNTY[:6]}001" not in deep


def test_the_page_of_a_unit_shows_present_and_former_names(system: FlaskClient) -> None:
    form = {"name": NEW_NAME, "on": "2024-03-01", "basis": "石柱府发〔2024〕1号", "one_time_key": "k"}
    assert system.post(f"/admin/regions/{VILLAGE}/rename", data=form).status_code == 303
    page = system.get(f"/admin/regions/{VILLAGE}").text
    assert all(words in page for words in (NEW_NAME, "华溪村民委员会", "2024-03-01", "石柱府发〔2024〕1号"))


def test_a_new_village_takes_assets_at_once(system: FlaskClient) -> None:
    form = {"code": "500240213299", "name": "新设村民委员会", "basis": "x", "one_time_key": "k"}
    assert system.post(f"/admin/regions/{TOWNSHIP}/add", data=form).status_code == 303
    db.session.rollback()
    assert entered(region_code="500240213299").asset_no.startswith("500240213299")


def test_the_county_sets_its_go_live_date_on_the_page(app: Flask) -> None:
    client = app.test_client()
    client.post("/login", data={"username": "county_clerk", "password": PASSWORD})
    form = {"go_live_on": "2026-06-01", "basis": "启用通知", "one_time_key": "k"}
    assert client.post("/admin/go-live", data=form).status_code == 303
    assert (
        client.post("/admin/go-live", data={**form, "go_live_on": "2026-07-01", "one_time_key": "l"}).status_code == 422
    )
    assert "2026-06-01" in client.get("/admin/go-live").text


@pytest.mark.parametrize(
    ("code", "name"),
    [(VILLAGE, "石柱土家族自治县中益乡华溪村"), ("500240213999", "没有这个代码"), ("x", "没有这个代码")],
)
def test_a_code_is_echoed_as_a_name(system: FlaskClient, code: str, name: str) -> None:
    assert name in system.get("/units/name", query_string={"into": code}).text
