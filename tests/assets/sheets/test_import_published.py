"""Published tables of real counties go through the whole import as a person decided."""

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.register.projects.models import Project
from registry.assets.register.sheets.checking import Upload
from registry.assets.register.sheets.choosing import Choices
from registry.database import db, transaction
from registry.money import Unit
from registry.permissions import system_actor
from registry.places.services import add_region
from tests.assets.sheets.importing import (
    bring_in,
    check,
)
from tests.assets.sheets.sheet_samples import PUBLISHED, names
from tests.factories import COUNTY

pytestmark = pytest.mark.usefixtures("app")


#: Table → what the person chose, and importable, invalid, duplicate, skipped through the real precheck.
PUBLISHED_OUTCOMES: dict[str, tuple[Choices, tuple[int, int, int, int]]] = {
    "T_banan_2026_project_library_partial": (Choices(unit=Unit.WAN), (1, 0, 0, 2)),
    "T_beiguan_2018_fund_table": (Choices(project_year=2018), (3, 0, 0, 1)),
    "T_beita_2020_fund_table": (Choices(unit=Unit.WAN, project_year=2020), (15, 1, 0, 4)),
    "T_daye_2024_plan_table": (Choices(unit=Unit.WAN, project_year=2024), (0, 1, 0, 3)),
    "T_qinghe_2024_income_table": (Choices(), (0, 0, 0, 6)),
    "T_xinxiang_hitech_2018_fund_table": (Choices(unit=Unit.WAN, project_year=2018), (1, 0, 0, 1)),
}


@pytest.fixture
def their_villages(app: Flask) -> None:
    """Found the villages of the published tables inside the county, so that they lie in the clerk's scope."""
    assert app
    by = system_actor(COUNTY)
    for number, township in enumerate(dict.fromkeys(unit.code[:9] for unit in names())):
        for unit in (one for one in names() if one.code.startswith(township) and not one.code.startswith("500240")):
            code = f"5002409{number:02d}{unit.code[9:]}"
            with transaction(COUNTY):
                add_region(code, unit.name, under=COUNTY, basis="test", by=by)


@pytest.mark.usefixtures("their_villages")
@pytest.mark.parametrize("name", PUBLISHED_OUTCOMES)
def test_a_published_table_goes_through_the_real_import_as_decided(name: str) -> None:
    choices, counts = PUBLISHED_OUTCOMES[name]
    upload = Upload((PUBLISHED / f"{name}.csv").read_bytes(), f"{name}.csv")
    found = check(upload, "county_clerk", choices)
    assert (found.added, found.invalid, found.duplicate, found.skipped) == counts
    if not found.added:
        return
    assert bring_in(upload, "county_clerk", choices).added == counts[0]
    projects = db.session.scalars(select(Project)).all()
    assert {project.status for project in projects} == {"OPEN"}
    assert all(project.total_fen == sum(line.amount_fen for line in project.lines) for project in projects)


def test_villages_of_another_province_are_rows_to_mend() -> None:
    choices, _counts = PUBLISHED_OUTCOMES["T_beiguan_2018_fund_table"]
    upload = Upload((PUBLISHED / "T_beiguan_2018_fund_table.csv").read_bytes(), "a.csv")
    assert check(upload, "county_clerk", choices).invalid == 3
