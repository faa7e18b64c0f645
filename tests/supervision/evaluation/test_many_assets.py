"""Evaluations of many assets: what is asked of the database, and written to the trail, stays within bounds."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from registry.audit.actions import Action
from registry.audit.models import TrailEvent
from registry.database import db
from registry.supervision.evaluation.outcomes import list_to_mend
from registry.supervision.evaluation.queries import lines_of_year
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, confirmed, person
from tests.journeys.test_case_agreed import visitor
from tests.rest.program import Program
from tests.supervision.evaluation.scoring import (
    YEAR,
    concluded,
    confirmed_one,
    done_one,
    lines_of,
    published,
    split_over,
    supported_one,
)


def test_lines_of_last_year_are_asked_for_by_asset(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assets = [confirmed(name=name).id for name in ("冷库", "车间", "门店")]
    done_one(YEAR - 1)
    monkeypatch.setattr("registry.bulk.AT_ONCE", 2)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, text, *_: asked.append(text))
    found = lines_of_year(assets[:1], YEAR - 1)
    assert found.keys() == {assets[0]}
    assert all("evaluation_line.asset_id IN" in text for text in asked if "evaluation_line" in text)
    assert lines_of_year(assets, YEAR - 1).keys() == set(assets)
    assert lines_of_year(assets, YEAR) == {}


def test_findings_are_counted_on_once_for_all_poor_assets(any_app: Flask) -> None:
    for name in ("冷库", "车间", "门店"):
        confirmed(name=name)
    evaluation_id = confirmed_one()
    published(evaluation_id)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, text, *_: asked.append(text))
    concluded(evaluation_id, TODAY + timedelta(days=12))
    assert [one for one in asked if "finding.number LIKE" in one] == []
    assert len([one for one in asked if "max(" not in one and "finding.number BETWEEN" in one]) == 1
    numbers = [finding.number for _line, finding in list_to_mend(evaluation_id, person("county_clerk"))]
    assert numbers == [f"WT500240-{TODAY.year}-000{number}" for number in (1, 2, 3)]


def _told(action: Action) -> list[tuple[str, int]]:
    """Of every event of a deed: of which unit, and how many of its assets it changed."""
    events = db.session.scalars(select(TrailEvent).where(TrailEvent.action == action.value).order_by(TrailEvent.seq))
    changes = [json.loads(one.payload)["changes"] for one in events]
    units = [{one["after"]["region_code"] for one in told} for told in changes]
    assert all(len(codes) == 1 for codes in units)
    return [(codes.pop(), len(told)) for codes, told in zip(units, changes, strict=True)]


def test_lists_and_shares_are_told_unit_by_unit(any_app: Flask) -> None:
    confirmed(name="客栈", region_code=SIBLING_VILLAGE)
    evaluation_id = supported_one()
    assert _told(Action.EVALUATION_LISTED) == [(VILLAGE, 3), (SIBLING_VILLAGE, 1)]
    split_over(evaluation_id, 100_000_01)
    assert _told(Action.EVALUATION_SHARED) == [(VILLAGE, 3), (SIBLING_VILLAGE, 1)]
    assert sum(line.support_fen or 0 for line in lines_of(evaluation_id)) == 100_000_01


def test_both_lists_go_on_from_page_to_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.supervision.evaluation.views.PAGE_ROWS", 2)
    supported, clerk = supported_one(), visitor(app, "county_clerk")
    clerk.open(f"/evaluations/{supported}/outcome")
    assert [name in clerk.page.text for name in ("冷库", "门店", "车间")] == [True, True, False]
    clerk.open(clerk.link(r"outcome\?after=2"))
    assert [name in clerk.page.text for name in ("冷库", "门店", "车间")] == [False, False, True]
    program = Program(app.test_client(), "county_clerk")
    first = program.get(f"/evaluations/{supported}/supported?limit=2")
    rest = program.get(f"/evaluations/{supported}/supported?limit=2&after=2")
    assert [[one["name"] for one in page.json["items"]] for page in (first, rest)] == [["冷库", "门店"], ["车间"]]
    assert ("next" in first.headers.get("Link", ""), "next" in rest.headers.get("Link", "")) == (True, False)
    poor = done_one(YEAR - 1)
    clerk.open(f"/evaluations/{poor}/outcome")
    assert clerk.page.text.count("WT500240-") == 2
    clerk.open(clerk.link(r"outcome\?mending="))
    assert clerk.page.text.count("WT500240-") == 1
