"""The count at the menu is what the list of waiting work holds."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.assets.register.amendments.services import ask_correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.services import send_back
from registry.database import db, transaction
from registry.permissions import Permission, Role
from registry.workbench import todo
from registry.workbench.todo import COUNTED, MINE, count_mine, list_mine
from tests.factories import SEATS, TODAY, VILLAGE, confirmed, entered, person, registration
from tests.journeys.browser import Visitor


@pytest.fixture
def work(app: Flask) -> None:
    """Two cards that wait, one sent back, one correction."""
    entered(name="甲")
    entered(name="乙")
    back, changed = entered(name="丙").id, confirmed(name="丁").id
    with transaction(VILLAGE):
        send_back(db.session.get_one(Asset, back), "原值不符", by=person("township_clerk"))
    with transaction(VILLAGE):
        facts = registration(name="丁", quantity_milli=2000)
        ask_correction(db.session.get_one(Asset, changed), facts, reason="盘点", by=person("village_clerk"), on=TODAY)


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("role", Role, ids=str)
def test_the_count_is_the_length_of_the_list(app: Flask, role: Role) -> None:
    with app.test_request_context():
        actor = person(role.value.lower())
        assert count_mine(actor) == str(len(list_mine(actor)) or "")


@pytest.mark.usefixtures("work")
def test_somebody_has_work_of_every_kind_that_waits() -> None:
    counted = {role: count_mine(person(role.value.lower())) for role in SEATS}
    assert counted[Role.TOWNSHIP_CLERK] == "2"
    assert counted[Role.VILLAGE_CLERK] == "4", "a card sent back, a round, two publications owed"
    assert counted[Role.AUDITOR] == ""


def test_every_kind_of_work_is_counted() -> None:
    assert len(COUNTED) == len(MINE)


@pytest.mark.usefixtures("work")
def test_more_than_a_menu_can_say_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo, "MOST_COUNTED", 1)
    assert count_mine(person("township_clerk")) == "1+"


@pytest.mark.usefixtures("work")
def test_the_menu_of_every_page_shows_the_count(client: FlaskClient) -> None:
    visitor = Visitor(client, "township_clerk")
    assert re.search(r'href="/todo".*?class="count">.*?2</span>', visitor.open("/assets").text, re.S)


def test_no_work_shows_no_count(client: FlaskClient) -> None:
    assert 'class="count"' not in Visitor(client, "township_clerk").open("/assets").text


@pytest.mark.usefixtures("work")
def test_who_may_not_do_a_kind_of_work_is_not_asked_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_actor: object) -> int:
        raise AssertionError

    monkeypatch.setattr(todo, "COUNTED", ((Permission.ASSET_CONFIRM, never),))
    assert count_mine(person("auditor")) == ""
    with pytest.raises(AssertionError):
        count_mine(person("township_clerk"))
