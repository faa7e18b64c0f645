"""Evaluations of many assets: what is asked of the database, and written to the trail, stays within bounds."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from registry.database import db
from registry.supervision.evaluation.queries import lines_of_year, list_to_mend
from tests.factories import TODAY, confirmed, person
from tests.supervision.evaluation.scoring import YEAR, concluded, confirmed_one, done_one, published


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
