"""Prints stand on the life of an asset, and labels are printed for what a filter shows."""

import re
import runpy
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.assets.register.lookup.filters import Filter
from registry.assets.register.lookup.models import AssetPaper
from registry.config import resource
from registry.database import db
from registry.errors import Missing
from registry.reports import labels
from registry.reports.labels import TooManyLabels, numbers_shown, units_of
from registry.reports.prints.models import Print
from tests.factories import SIBLING_VILLAGE, VILLAGE, confirmed, person
from tests.journeys.browser import Visitor


def print_card(client: FlaskClient, number: str) -> str:
    answer = client.post(f"/assets/{number}/print", data={"one_time_key": f"card{number}"})
    assert answer.status_code == 303
    return str(answer.location.rpartition("/")[2])


def papers() -> list[tuple[str, str, str]]:
    db.session.rollback()
    rows = db.session.execute(select(AssetPaper.asset_no, AssetPaper.serial, AssetPaper.printed_by_text))
    return [(no, serial, by) for no, serial, by in rows]


def test_a_printed_card_stands_on_the_life_of_its_asset_and_leads_to_its_page(client: FlaskClient) -> None:
    number = confirmed().asset_no
    visitor = Visitor(client, "village_clerk")
    serial = print_card(client, number)
    page = visitor.open(f"/assets/{number}")
    assert f'<a href="/prints/{serial}">' in page.text
    assert visitor.open(f"/prints/{serial}").status_code == 200


def test_labels_stand_on_the_life_of_every_asset_they_are_for(client: FlaskClient) -> None:
    numbers = [confirmed().asset_no, confirmed(name="脆红李采摘园").asset_no]
    Visitor(client, "township_clerk")
    client.post("/labels", data={"no": numbers, "one_time_key": "k"})
    assert sorted(no for no, _, _ in papers()) == sorted(numbers)


def test_a_paper_of_a_unit_above_has_no_link_for_the_village(app: Flask) -> None:
    numbers = [confirmed().asset_no, confirmed(region_code=SIBLING_VILLAGE, name="水厂").asset_no]
    clerk = app.test_client()
    Visitor(clerk, "township_clerk")
    clerk.post("/labels", data={"no": numbers, "one_time_key": "k"})
    page = Visitor(app.test_client(), "village_clerk").open(f"/assets/{numbers[0]}").text
    assert "资产标签" in page
    assert "/prints/" not in page
    assert "/prints/" in Visitor(app.test_client(), "township_clerk").open(f"/assets/{numbers[0]}").text


def test_a_card_tells_nothing_of_other_papers_so_its_figures_stay_the_same(client: FlaskClient) -> None:
    number = confirmed().asset_no
    Visitor(client, "village_clerk")
    print_card(client, number)
    client.post(f"/assets/{number}/print", data={"one_time_key": "again"})
    db.session.rollback()
    assert len(set(db.session.scalars(select(Print.figures_digest)))) == 1
    assert len(papers()) == 2


def test_the_migration_remembers_what_was_printed_before_it(app: Flask, client: FlaskClient) -> None:
    number = confirmed().asset_no
    Visitor(client, "village_clerk")
    print_card(client, number)
    (before,) = papers()
    module = runpy.run_path(str(resource("migrations") / "versions" / "0003_asset_papers.py"))
    remember = module["_remember_earlier_prints"]
    with db.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM asset_paper"))
        remember.__globals__["op"] = SimpleNamespace(get_bind=lambda: connection)
        remember()
    assert papers() == [before]


def test_labels_are_printed_for_all_that_a_filter_shows(client: FlaskClient) -> None:
    wanted = {confirmed(name=f"光伏电站{one}").asset_no for one in "甲乙"}
    confirmed(name="冷库")
    Visitor(client, "township_clerk")
    answer = client.post("/labels?q=光伏", data={"all": "1", "one_time_key": "k"})
    assert answer.location.endswith(".pdf")
    assert {no for no, _, _ in papers()} == wanted


def test_more_labels_than_a_hundred_sheets_are_refused_with_the_limit(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in "甲乙丙":
        confirmed(name=f"光伏电站{one}")
    monkeypatch.setattr(labels, "MOST", 2)
    with pytest.raises(TooManyLabels):
        numbers_shown(Filter(q="光伏"), person("township_clerk"))
    Visitor(client, "township_clerk")
    answer = client.post("/labels?q=光伏", data={"all": "1", "one_time_key": "k"})
    assert answer.status_code == 422
    assert re.search("超过 2 项", answer.text)
    assert papers() == []


@pytest.mark.usefixtures("app")
def test_no_label_is_printed_for_nothing_or_for_what_is_out_of_reach() -> None:
    number = confirmed().asset_no
    assert units_of([number], person("village_clerk")) == [VILLAGE]
    for numbers, reader in (([number], "sibling_clerk"), ([], "village_clerk"), ([number, "x"], "village_clerk")):
        with pytest.raises(Missing):
            units_of(numbers, person(reader))
    with pytest.raises(Missing):
        numbers_shown(Filter(q="没有的"), person("village_clerk"))
