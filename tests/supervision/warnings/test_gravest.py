"""In which order warnings stand on a list, page by page, on either database; for how long what is due is over."""

import random
import re
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from registry.clock import today
from registry.database import db
from registry.errors import Missing
from registry.permissions import system_actor
from registry.regions import Level, ancestor
from registry.supervision.warnings.figures import Figure, days_over
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.queries import WarningFilter, list_warnings
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import Severity
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person
from tests.journeys.test_case_agreed import visitor
from tests.rest.program import Program
from tests.supervision.warnings.deeds import contract
from tests.supervision.warnings.scenery import MOMENT, ask_all, days, deed, make, sound_world

F = Figure


def a_mixture(number: int = 25) -> None:
    """Warnings of every weight in two villages, found in no order; every fifth is mended."""
    luck = random.Random(7)
    with deed():
        for n in range(number):
            make(
                RiskWarning, severity=luck.choice(list(Severity)).value, risk=Risk.IDLE.value, subject="ASSET",
                subject_id=1000 + n, region_code=luck.choice([VILLAGE, SIBLING_VILLAGE]), figures="{}",
                closed_at=None if n % 5 else MOMENT,
            )  # fmt: skip


def rank(row: RiskWarning) -> tuple[int, int]:
    return list(Severity).index(row.weight), row.id


def by_pages(wanted: WarningFilter, username: str, limit: int = 3) -> list[RiskWarning]:
    found: list[RiskWarning] = []
    while True:
        page = list_warnings(wanted, person(username), after=found[-1].id if found else 0, limit=limit)
        found += page[:limit]
        if len(page) <= limit:
            return found


@pytest.mark.parametrize("region", [COUNTY, TOWNSHIP, VILLAGE])
def test_the_gravest_stand_first_and_of_these_the_longest_standing(any_app: Flask, region: str) -> None:
    del any_app
    a_mixture()
    found = by_pages(WarningFilter(region), "county_agriculture")
    plain = [row for row in db.session.query(RiskWarning).all() if row.closed_at is None and region in lineage_of(row)]
    assert found == sorted(plain, key=rank)
    assert found != sorted(plain, key=lambda row: -row.id)  # as they would stand by the day they were found


def lineage_of(row: RiskWarning) -> list[str]:
    return [ancestor(row.region_code, level) for level in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)]


def test_a_narrower_list_keeps_the_order_and_what_is_mended_begins_with_the_latest(app: Flask) -> None:
    del app
    a_mixture()
    for wanted in (WarningFilter(COUNTY, severity=Severity.MEDIUM), WarningFilter(COUNTY, lighter=True)):
        found = by_pages(wanted, "county_agriculture", limit=2)
        assert found
        assert all(rank(one) < rank(other) for one, other in pairwise(found))
        assert Severity.HIGH not in {row.weight for row in found}
    mended = [row.id for row in by_pages(WarningFilter(COUNTY, closed=True), "county_agriculture", limit=2)]
    assert mended == sorted(mended, reverse=True)
    assert len(mended) == 5


def test_a_place_that_no_warning_has_is_not_found(app: Flask) -> None:
    del app
    with pytest.raises(Missing):
        list_warnings(WarningFilter(COUNTY), system_actor(COUNTY), after=10**9)


def test_pages_and_programs_show_the_same_order(app: Flask) -> None:
    a_mixture(40)
    county = visitor(app, "county_agriculture")
    county.open("/warnings")
    second = county.open(county.link(r"/warnings\?after="))
    assert second.status_code == 200
    assert county.client.get("/warnings?after=999999").status_code == 404
    db.session.rollback()
    program, seen, here = Program(app.test_client(), "county_agriculture"), [], "/warnings?limit=7"
    while here:
        answer = program.get(here)
        seen += [(list(Severity).index(Severity(one["severity"])), int(one["id"])) for one in answer.json["items"]]
        following = re.search(r"<[^>]*(/warnings\?[^>]*)>", answer.headers.get("Link", ""))
        here = following[1] if following else ""
    assert seen == sorted(seen)
    assert len(seen) == 32


@pytest.mark.parametrize(
    ("told", "over"),
    [
        ({F.DUE_ON: days(-12).isoformat()}, 12),
        ({F.DUE_ON: TODAY.isoformat()}, 0),
        ({F.ENDS_ON: days(-1).isoformat(), F.LIMIT_DAYS: 10}, 1),
        ({F.STARTS_ON: days(-9).isoformat(), F.ENDS_ON: days(400).isoformat()}, 0),
        ({F.ACCEPTED_ON: days(-100).isoformat(), F.LIMIT_DAYS: 90}, 10),
        ({F.ENTERED_ON: days(-3).isoformat(), F.ACCEPTED_ON: days(-40).isoformat(), F.LIMIT_DAYS: 30}, 10),
        ({F.ORIGINAL_FEN: 5}, 0),
        ({F.LIMIT_DAYS: 5, F.HAPPENED_ON: days(-90).isoformat()}, 0),
    ],
)
def test_days_are_counted_from_the_day_it_was_due(told: dict[Figure, int | str], over: int) -> None:
    assert days_over(told, TODAY) == over


@given(st.dates())
def test_a_day_is_over_from_the_next_one_on(due: date) -> None:
    assert days_over({F.DUE_ON: due.isoformat()}, TODAY) == max((TODAY - due).days, 0)


def test_a_list_and_a_page_say_for_how_long_a_day_is_past(app: Flask) -> None:
    sound_world()
    with deed():
        contract(ends_on=today().fromordinal(today().toordinal() - 12))
    ask_all(today())
    town = visitor(app, "township_supervisor")
    assert "已超 12 天" in town.open("/warnings").text
    one = db.session.query(RiskWarning).filter_by(risk=Risk.CONTRACT_EXPIRED.value).one().id
    assert "已超 12 天" in town.open(f"/warnings/{one}").text
