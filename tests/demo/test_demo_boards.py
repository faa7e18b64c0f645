"""Boards of the lived demo county: every number leads to exactly its rows, in two clicks from the municipality."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.database import db
from registry.demo.people import DEMO_PASSWORD
from tests.demo.conftest import opened
from tests.factories import COUNTY, MUNICIPALITY, TOWNSHIP, VILLAGE
from tests.reports.boards.following import numbers_of, told_otherwise

READERS = {
    "municipal_supervisor": MUNICIPALITY, "county_agriculture": COUNTY,
    "township_supervisor": TOWNSHIP, "village_clerk": VILLAGE,
}  # fmt: skip


@pytest.fixture(scope="module")
def county(loaded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The loaded demo county, one copy for all who only look."""
    folder = tmp_path_factory.mktemp("boards") / "demo"
    shutil.copytree(loaded_template, folder)
    with opened(folder) as app:
        yield app


def reader(app: Flask, username: str) -> FlaskClient:
    """Sign somebody of the demo county in."""
    client = app.test_client()
    assert client.post("/login", data={"username": username, "password": DEMO_PASSWORD}).status_code == 303
    return client


@pytest.mark.parametrize("username", READERS)
def test_every_number_leads_to_exactly_its_rows(county: Flask, username: str) -> None:
    client = reader(county, username)
    assert len(numbers_of(client.get("/board").text)) > 25
    assert list(told_otherwise(client, "/board")) == []


@pytest.mark.parametrize("query", ["sector=AGRICULTURE", "year=2025"])
def test_so_it_does_of_a_sector_and_of_an_earlier_year(county: Flask, query: str) -> None:
    for username, region in (("municipal_supervisor", TOWNSHIP), ("county_agriculture", COUNTY)):
        assert list(told_otherwise(reader(county, username), f"/board?region={region}&{query}")) == []


def test_the_municipality_is_two_clicks_from_a_villages_rows(county: Flask) -> None:
    client = reader(county, "municipal_supervisor")
    town = client.get(f"/board?region={COUNTY}")
    assert f"region={TOWNSHIP}" in town.text
    board = client.get(f"/board?region={TOWNSHIP}").text
    wanted = [one for one in numbers_of(board) if f"region={VILLAGE}" in one.url and one.head == "资产（项）"]
    rows = client.get(wanted[0].url)
    assert f"共 <strong>{wanted[0].text}</strong>" in re.sub(r"\s+", " ", rows.text)


def test_units_stand_in_the_order_of_their_codes(county: Flask) -> None:
    for username in ("county_agriculture", "township_supervisor"):
        page = reader(county, username).get("/board").text
        section = page[page.index("确权、移交、闲置") :]
        codes = re.findall(r'<th class="name" scope="row"><a href="/board\?region=(\d{12})"', section)
        tables = len(codes) // len(set(codes))
        assert codes == sorted(set(codes)) * tables


def alter(was: str, to: str) -> None:
    """Alter how one asset of the village is used, past everything that would record it."""
    with sqlite3.connect(str(db.engine.url.database), isolation_level=None) as forger:
        forger.execute(
            "UPDATE asset SET use_status = ? WHERE id = (SELECT min(id) FROM asset WHERE use_status = ?"
            " AND stage = 'CONFIRMED' AND region_code = ?)", (to, was, VILLAGE)
        )  # fmt: skip


def test_the_check_finds_one_row_that_was_altered(county: Flask) -> None:
    client = reader(county, "village_clerk")
    alter("IDLE", "STOPPED")
    found = list(told_otherwise(client, "/board"))
    alter("STOPPED", "IDLE")
    assert any("闲置" in one for one in found)
