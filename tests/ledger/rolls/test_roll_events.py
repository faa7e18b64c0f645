"""Events of a household over HTTP: each has its form; a death names the heir, a split takes people along."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.ledger.distribution.rolls.change_queries import find_living
from registry.parties.households.models import Household, Person, Stay
from registry.parties.households.rules import Parting
from registry.parties.households.services import part, send_back_household
from tests.factories import VILLAGE, person
from tests.journeys.browser import Visitor
from tests.ledger.rolls.people import enrolled, number, on_roll


@pytest.mark.parametrize("reason", ["DIED", "MOVED_OUT", "PERSON_ADDED", "SPLIT", "MERGED", "SHARES_MOVED"])
def test_every_event_has_its_form(app: Flask, reason: str) -> None:
    one = on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    assert clerk.open(f"/beneficiaries/{one}/change/{reason}").status_code == 200
    if reason in {"DIED", "SHARES_MOVED"}:
        clerk.open(clerk.link("person_id="))
    clerk.send("", event_on="2026-03-17", basis="x")
    assert clerk.page.status_code in {200, 422}


def test_a_death_names_the_heir_and_a_split_takes_people_along(app: Flask) -> None:
    one = on_roll(1)
    people = {x.name: x.id for x in db.session.scalars(select(Person))}
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/change/DIED?person_id={people['谭正国']}")
    clerk.send("", event_on="2026-03-17", heir_id=people["向素珍"], basis="死亡证明")
    assert "谭** 死亡，由 向** 继承" in clerk.page.text
    clerk.open(f"/beneficiaries/{one}/change/SPLIT")
    clerk.send("", event_on="2026-03-17", people=people["谭小军"], basis="户口簿")
    assert "谭** 分出另立一户" in clerk.page.text


def test_heirs_are_offered_from_the_own_household_first_and_neither_the_dead_nor_the_sent_back(any_app: Flask) -> None:
    neighbours, own, refused = on_roll(1), on_roll(2), enrolled(3)
    with transaction(VILLAGE):
        stays = {one.person.name: one for one in db.session.get_one(Household, own).stays}
        part(db.session.get_one(Household, own), stays["马国芝"].person_id, Parting.DIED, date(2026, 3, 1))
        record(Action.HOUSEHOLD_CHANGED, db.session.get_one(Household, own), by=person("village_clerk"))
        send_back_household(db.session.get_one(Household, refused), "重复", by=person("township_clerk"))
    people = {key: [(one.person.name, one.person_id) for one in _stays(key)] for key in (neighbours, own, refused)}
    (head, wife, son, mother) = (key for _, key in people[own])
    clerk = Visitor(any_app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{own}/change/DIED")
    assert f"person_id={wife}" in clerk.page.text
    assert f"person_id={mother}" not in clerk.page.text
    clerk.open(f"/beneficiaries/{own}/change/DIED?person_id={head}")
    offered = re.findall(r'value="(\d+)"', clerk.page.text.split('name="heir_id"')[1].split("</select>")[0])
    assert [int(one) for one in offered] == [wife, son, *(key for _, key in people[neighbours])]
    clerk.send("", event_on="2026-03-17", heir_id=people[refused][1][1], basis="死亡证明")
    assert clerk.page.status_code == 422


def _stays(household_id: int) -> list[Stay]:
    db.session.rollback()
    return list(db.session.get_one(Household, household_id).stays)


def test_an_heir_whose_registration_was_sent_back_is_refused_by_the_service_too(any_app: Flask) -> None:
    one, refused = on_roll(1), enrolled(2)
    with transaction(VILLAGE):
        send_back_household(db.session.get_one(Household, refused), "重复", by=person("township_clerk"))
    assert find_living(_stays(refused)[1].person_id, VILLAGE) is None
    assert find_living(_stays(one)[1].person_id, VILLAGE) is not None


def test_who_joins_a_household_is_typed_on_the_page_of_the_change(app: Flask) -> None:
    one = on_roll(1)
    clerk = Visitor(app.test_client(), "village_clerk")
    clerk.open(f"/beneficiaries/{one}/change/PERSON_ADDED")
    newcomer = {"newcomer__name": "谭小宝", "newcomer__resident_id": number(20, "20260310")}
    clerk.send("", event_on="2026-03-17", basis="出生证明", **newcomer)
    assert clerk.page.status_code == 200
    assert "谭小宝" in clerk.page.text or "谭**" in clerk.page.text
    clerk.send()
    assert "已提交" in clerk.page.text
