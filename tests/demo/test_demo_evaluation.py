"""The demo county's evaluations: last year's with its lists, this year's being scored."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from registry.database import db
from registry.demo.evaluation import EVALUATED, score_rows
from registry.supervision.evaluation.criteria import Grade
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.queries import all_lines
from registry.supervision.findings.models import Finding
from tests.demo.conftest import opened


@pytest.fixture(scope="module")
def county(loaded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The loaded demo county, one copy for all who only look."""
    folder = tmp_path_factory.mktemp("evaluation") / "demo"
    shutil.copytree(loaded_template, folder)
    with opened(folder) as app:
        yield app


def test_last_year_has_its_lists_and_this_year_is_being_scored(county: Flask) -> None:
    last, this = db.session.scalars(select(Evaluation).order_by(Evaluation.year)).all()
    assert ((last.year, last.status), (this.year, this.status)) == ((EVALUATED[0], "DONE"), (EVALUATED[1], "SCORING"))
    lines = all_lines(last.id)
    supported = [line for line in lines if line.support_order]
    assert {line.graded for line in supported} <= {Grade.EXCELLENT, Grade.GOOD}
    assert sum(line.support_fen or 0 for line in supported) == last.subsidy_fen
    assert len(supported) > 1
    assert {line.graded for line in lines if line.finding_id} == {Grade.POOR}
    assert set(Grade) == {line.graded for line in lines}


def test_what_was_poor_last_year_is_mostly_mended_and_stands_beside_this_year(county: Flask) -> None:
    states = [
        db.session.get_one(Finding, key).status
        for key in db.session.scalars(select(EvaluationLine.finding_id).where(EvaluationLine.finding_id.is_not(None)))
        if key
    ]
    assert {"OPEN", "CHECKED_OFF"} == set(states)
    assert states.count("CHECKED_OFF") > states.count("OPEN")
    assert db.session.scalars(select(EvaluationLine).where(EvaluationLine.last_id.is_not(None))).first()
    assert len(db.session.scalars(select(EvaluationScore)).all()) == len(score_rows())
