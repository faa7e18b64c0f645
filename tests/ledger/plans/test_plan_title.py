"""A plan that nobody named bears the village's name and the year, however it was begun, and its papers say the same."""

import re

from flask import Flask
from sqlalchemy import select

from registry.clock import today
from registry.database import db
from registry.ledger.distribution.plans.models import Plan
from registry.reports import distribution_figures
from registry.reports.parameters import Parameters
from tests.factories import TODAY, VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.plans.planning import collective, drafted, income, plan_of, submitted
from tests.ledger.rolls.people import on_roll
from tests.rest.program import Program

TITLE = "华溪村 2026 年度收益分配方案"


def test_a_new_plan_is_offered_under_the_villages_name(any_app: Flask) -> None:
    income()
    clerk = Visitor(any_app.test_client(), "village_clerk")
    year = today().year - 1
    shown = re.search(r'<input[^>]*id="title"[^>]*>', clerk.open("/distributions/new").text)
    assert shown
    assert f'value="华溪村 {year} 年度收益分配方案"' in shown[0]


def test_a_title_left_empty_follows_the_year_that_was_typed(app: Flask) -> None:
    income()
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open("/distributions/new")
    typed = {"party": collective().id, "year": 2026, "period_from": "2026-01", "period_to": "2026-11", "title": " "}
    assert TITLE in clerk.send(**typed).text
    db.session.rollback()
    (plan_id,) = db.session.scalars(select(Plan.id))
    assert plan_of(plan_id).title == TITLE
    db.session.rollback()
    clerk.open(f"/distributions/{plan_id}/basics")
    refused = clerk.send(title=" ")
    assert (refused.status_code, 'id="title-error"' in refused.text) == (422, True)


def test_a_program_that_says_no_title_gets_the_same(app: Flask) -> None:
    income()
    body = {
        "region_code": VILLAGE, "party_id": collective().id, "year": 2026, "period_from": "2026-01",
        "period_to": "2026-11",
    }  # fmt: skip
    begun = Program(app.test_client(), "village_clerk").post("/distribution-plans", body)
    assert (begun.status_code, begun.get_json()["title"]) == (201, TITLE)


def test_the_paper_of_a_plan_bears_its_title(app: Flask) -> None:
    income()
    on_roll(1)
    plan_id = drafted(title="")
    submitted(plan_id)
    assert plan_of(plan_id).title == TITLE
    wanted = Parameters(plan_id=plan_id)
    figures = distribution_figures.collect(VILLAGE, wanted, actor=person("village_clerk"), on=TODAY)
    assert figures.title == TITLE
