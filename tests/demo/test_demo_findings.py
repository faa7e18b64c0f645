"""The demo county's findings stand in every state; an agency has reported; a sample waits for its last results."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.demo.findings import ENGAGEMENTS, FINDINGS, SAMPLES
from registry.demo.people import Staff
from registry.demo.tables import DEMO_TODAY
from registry.supervision.engagements.models import Engagement
from registry.supervision.findings.models import Finding
from registry.supervision.findings.rules import FindingStatus, Source
from registry.supervision.sampling.models import Sample, SampleItem
from registry.workbench.todo import Group, page_of
from tests.demo.conftest import opened

TOLD = max(today(), DEMO_TODAY)


@pytest.fixture(scope="module")
def county(loaded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The loaded demo county, one copy for all who only look."""
    folder = tmp_path_factory.mktemp("findings") / "demo"
    shutil.copytree(loaded_template, folder)
    with opened(folder) as app:
        yield app


def test_there_is_a_finding_of_every_state_one_late_and_one_that_came_back(county: Flask) -> None:
    own = Finding.source != Source.EVALUATION.value
    found = list(db.session.scalars(select(Finding).where(own).order_by(Finding.id)))
    assert len(found) == len(FINDINGS) + len(ENGAGEMENTS) + len(SAMPLES)
    assert {one.state for one in found} == set(FindingStatus)
    assert sum(one.is_late(TOLD) for one in found) == 1
    assert [one.recurrences for one in found if one.recurs_id] == [1]


def test_what_waits_lies_on_the_desks(county: Flask) -> None:
    staff = Staff()
    with county.test_request_context():
        late = page_of(Group.BELOW, staff.named("township_supervisor"), 50).tasks
        mine = page_of(Group.MINE, staff.named("village_clerk"), 90).tasks
    assert "整改逾期" in {task.kind for task in late}
    assert "问题待整改" in {task.kind for task in mine}


def test_the_agency_has_reported_and_its_finding_follows(county: Flask) -> None:
    engagement = db.session.scalars(select(Engagement)).one()
    assert engagement.status == "REPORTED"
    assert db.session.scalars(select(Finding).where(Finding.origin_table == "engagement")).one().source == "AGENCY"


def test_the_sample_has_results_and_waits_for_the_last(county: Flask) -> None:
    sample = db.session.scalars(select(Sample)).one()
    items = list(db.session.scalars(select(SampleItem).order_by(SampleItem.ordinal)))
    results = [one.result for one in items]
    assert (results.count("SOUND"), results.count("UNSOUND"), results.count("")) == (5, 1, 2)
    assert (len(items), sample.status) == (sample.drawn, "OPEN")
