"""Evaluations of many assets: what is asked of the database, and written to the trail, stays within bounds."""

import pytest
from flask import Flask
from sqlalchemy import event

from registry.database import db
from registry.supervision.evaluation.queries import lines_of_year
from tests.factories import confirmed
from tests.supervision.evaluation.scoring import YEAR, done_one


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
