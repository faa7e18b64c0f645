"""Reports over HTTP: one print per form, files for ever, a public page that tells nothing personal."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.audit.models import TrailEvent
from registry.database import db
from registry.reports import classified_ledger
from registry.reports.parameters import NOTHING
from registry.reports.prints.models import Print
from registry.reports.prints.rules import print_serial
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person
from tests.reports.printing import asked, print_by_page, printed, signed_in, township


@pytest.fixture
def browser(app: Flask, client: FlaskClient) -> FlaskClient:
    township()
    return client


def count_prints() -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(Print)) or 0


def events(action: str) -> list[TrailEvent]:
    db.session.rollback()
    return list(db.session.scalars(db.select(TrailEvent).where(TrailEvent.action == action)))


def test_a_print_made_by_page_is_shown_and_downloaded(browser: FlaskClient) -> None:
    with signed_in(browser, "village_clerk"):
        answer = print_by_page(browser)
        assert answer.status_code == 303
        shown = browser.get(answer.location)
        assert shown.status_code == 200
        assert "扶贫项目资产分类台账" in shown.text
        first = browser.get(answer.location + ".pdf")
        assert (first.status_code, first.mimetype) == (200, "application/pdf")
        assert browser.get(answer.location + ".pdf").data == first.data
        assert browser.get(answer.location + ".xlsx").data.startswith(b"PK")


def test_a_double_tap_makes_one_print(browser: FlaskClient) -> None:
    with signed_in(browser, "village_clerk"):
        first, second = print_by_page(browser), print_by_page(browser)
        assert first.location == second.location
    assert count_prints() == 1


def test_the_last_choice_is_remembered(browser: FlaskClient) -> None:
    with signed_in(browser, "township_clerk"):
        print_by_page(browser, report="summary", region_code=VILLAGE)
        page = browser.get("/reports").text
        assert re.search(r'<option selected value="summary"', page)
        assert re.search(rf'<option selected value="{VILLAGE}"', page)


@pytest.mark.parametrize("region_code", [SIBLING_VILLAGE, TOWNSHIP, COUNTY, OTHER_COUNTY, "x"])
def test_a_foreign_unit_is_404_and_prints_nothing(browser: FlaskClient, region_code: str) -> None:
    with signed_in(browser, "village_clerk"):
        assert print_by_page(browser, region_code=region_code).status_code == 404
        assert browser.get(f"/reports/summary?region={region_code}").status_code == 404
    assert count_prints() == 0


def test_a_day_to_come_is_said_beside_its_field(browser: FlaskClient) -> None:
    with signed_in(browser, "village_clerk"):
        answer = print_by_page(browser, on="2999-01-01")
        assert answer.status_code == 422
        assert "截止日期不能晚于今天" in answer.text
    assert count_prints() == 0


def test_a_foreign_print_is_404_but_can_be_verified(browser: FlaskClient) -> None:
    row = printed()
    with signed_in(browser, "sibling_clerk"):
        for url in (f"/prints/{row.serial}", f"/prints/{row.serial}.pdf", f"/prints/{row.serial}.xlsx"):
            assert browser.get(url).status_code == 404
    with signed_in(browser, "township_supervisor"):
        assert browser.get(f"/prints/{row.serial}").status_code == 200
    assert browser.get(f"/verify/{row.serial}").status_code == 200


def test_verification_names_no_person_and_no_row(browser: FlaskClient) -> None:
    row = printed()
    page = browser.get(f"/verify/{row.serial}").text
    figures = classified_ledger.collect(TOWNSHIP, NOTHING, actor=person("township_clerk"), on=TODAY)
    told = {row.printed_by_name}
    told |= {text for part in figures.parts for line in part.lines for text in (line.name, line.owner, line.number)}
    assert [text for text in told if text in page] == []
    assert row.serial in page
    assert "请拿着纸，逐项对一对" in page
    assert row.printed_by_post in page


def test_the_four_outcomes_look_different(browser: FlaskClient) -> None:
    old, new = printed(), printed()
    assert "verdict-orange" in browser.get(f"/verify/{old.serial}").text
    assert new.serial in browser.get(f"/verify/{old.serial}").text
    assert "verdict-green" in browser.get(f"/verify/{new.serial}").text
    assert "verdict-red" in browser.get(f"/verify/{print_serial(500240, 2026, 9)}").text


def test_whoever_finds_a_difference_is_led_to_where_it_is_taken_in(browser: FlaskClient) -> None:
    serial = printed(asked(region_code=VILLAGE), "village_clerk").serial
    visitor = browser.application.test_client()
    page = visitor.get(f"/verify/{serial}").text
    address = f"/public/{VILLAGE}#complaints"
    assert f'href="{address}"' in page
    assert "12317" in page
    assert 'id="complaints"' in visitor.get(address).text
    # A serial that nobody registered leads to the municipality, one that was mistyped nowhere.
    unknown = print_serial(500240, 2026, 999_999)
    assert f'href="/public/{MUNICIPALITY}#complaints"' in visitor.get(f"/verify/{unknown}").text
    assert "complaints" not in visitor.get(f"/verify/{unknown[:-1]}").text
    assert "complaints" not in visitor.get("/verify").text


def test_a_serial_can_be_typed(browser: FlaskClient) -> None:
    row = printed()
    typed = row.serial.lower().replace("-", " ")
    assert browser.get("/verify", query_string={"serial": typed}).location == f"/verify/{row.serial}"
    assert browser.get("/verify").status_code == 200


def test_every_figure_of_the_summary_leads_to_its_rows(browser: FlaskClient) -> None:
    with signed_in(browser, "township_clerk"):
        page = browser.get("/reports/summary").text
        links = re.findall(r'<a href="(/assets\?[^"]+)">(\d+) 项</a>', page)
        assert len(links) > 6
        for url, count in links:
            rows = browser.get(url.replace("&amp;", "&")).text
            assert len(set(re.findall(r"/assets/(5002\d{8}[JGD]\d{9}[0-9A-Z])\b", rows))) == int(count), url


def test_an_auditor_who_reads_a_report_leaves_an_event_and_a_clerk_none(browser: FlaskClient) -> None:
    with signed_in(browser, "township_clerk"):
        browser.get("/reports/summary")
    assert events("READ") == []
    with signed_in(browser, "auditor"):
        browser.get(f"/reports/summary?region={TOWNSHIP}")
    assert [(event.thing_id, event.region_code) for event in events("READ")] == [("summary", TOWNSHIP)]


def test_a_card_and_labels_are_printed_from_their_buttons(browser: FlaskClient) -> None:
    figures = classified_ledger.collect(VILLAGE, NOTHING, actor=person("village_clerk"), on=TODAY)
    number = figures.parts[0].lines[0].number
    with signed_in(browser, "village_clerk"):
        card = browser.post(f"/assets/{number}/print", data={"one_time_key": "card"})
        assert card.status_code == 303
        assert browser.get(card.location).status_code == 200
        stickers = browser.post("/labels", data={"no": [number], "one_time_key": "labels"}, follow_redirects=True)
        assert stickers.mimetype == "application/pdf"
    with signed_in(browser, "other_clerk"):
        assert browser.post(f"/assets/{number}/print", data={"one_time_key": "card"}).status_code == 404
        assert browser.post("/labels", data={"no": [number], "one_time_key": "l"}).status_code == 404
    assert [event.action for event in events("PRINTED")] == ["PRINTED"] * 2


def test_reading_pages_writes_nothing(browser: FlaskClient) -> None:
    row = printed(asked(region_code=VILLAGE), "village_clerk")
    with signed_in(browser, "village_clerk"):
        before = db.session.scalar(db.select(db.func.count()).select_from(TrailEvent))
        for url in ("/reports", "/reports/summary", f"/prints/{row.serial}", f"/prints/{row.serial}.pdf", "/verify"):
            assert browser.get(url).status_code == 200
        assert db.session.scalar(db.select(db.func.count()).select_from(TrailEvent)) == before
