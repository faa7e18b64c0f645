"""The roll of a day and of a year: who stands on it, as what, with which months and shares."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from registry.database import db, transaction
from registry.ledger.distribution.rolls.queries import list_entitled, list_roll, snapshot
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.parties.households.models import Household
from registry.parties.households.refusals import KnownElsewhere, KnownHere, OwnEntry
from registry.parties.households.rules import PersonFacts, Relation
from registry.parties.households.services import confirm_household
from tests.factories import SIBLING_VILLAGE, TODAY, TOWNSHIP, VILLAGE, person
from tests.ledger.rolls.people import enrolled, enrolment, household, number, on_roll


def test_a_confirmed_household_stands_on_the_roll_masked_with_what_a_plan_weighs_by(any_app: Flask) -> None:
    on_roll(1)
    (entry,) = list_roll(VILLAGE, TODAY, by=person("village_clerk"))
    assert (entry.head_name, entry.group_name, entry.classes) == ("谭正国", "3组", (C.UNSTABLE, C.MEMBER))
    assert (entry.size, entry.members, entry.labour, entry.share_hundredths) == (4, 2, 2, 200)
    assert entry.masked_id == "*" * 14 + number(1)[-4:]
    assert entry.bank_known
    assert entry.entitled_months([C.UNSTABLE]) == frozenset(range(1, 13))


def test_a_household_is_on_the_roll_only_once_a_second_person_has_confirmed_it(any_app: Flask) -> None:
    found = enrolled(1)
    assert list_roll(VILLAGE, TODAY, by=person("village_clerk")) == []
    with pytest.raises(OwnEntry), transaction(VILLAGE):
        confirm_household(db.session.get_one(Household, found), by=person("village_clerk"))


def test_recognition_in_march_is_felt_from_april(any_app: Flask) -> None:
    on_roll(1)
    (entry,) = list_entitled(VILLAGE, 2024, by=person("village_clerk"))
    assert entry.entitled_months([C.UNSTABLE]) == frozenset(range(4, 13))
    assert list_roll(VILLAGE, date(2024, 3, 31), [C.UNSTABLE], by=person("village_clerk")) == []


def test_the_roll_is_sorted_by_village_and_number_and_kept_to_classes_asked_for(any_app: Flask) -> None:
    first = on_roll(1)
    second = on_roll(2, standing=C.LIFTED)
    by = person("township_clerk")
    assert [one.household_id for one in list_roll(TOWNSHIP, TODAY, by=by)] == [first, second]
    assert [one.household_id for one in list_roll(TOWNSHIP, TODAY, [C.LIFTED], by=by)] == [second]


def test_who_does_not_reach_a_village_sees_nobody_of_it(any_app: Flask) -> None:
    on_roll(1)
    assert list_roll(VILLAGE, TODAY, by=person("sibling_clerk")) == []
    assert snapshot(VILLAGE, 2026, by=person("other_clerk")).entries == ()


def test_the_snapshot_of_a_year_is_the_same_text_whenever_it_is_taken(any_app: Flask) -> None:
    on_roll(1)
    by = person("village_clerk")
    taken = snapshot(VILLAGE, 2025, by=by)
    assert taken == snapshot(VILLAGE, 2025, by=by)
    assert number(1) not in taken.text
    on_roll(2)
    assert snapshot(VILLAGE, 2025, by=by).digest != taken.digest


def test_a_person_is_in_one_household_and_of_another_village_nothing_is_told(any_app: Flask) -> None:
    enrolled(1)
    with pytest.raises(KnownHere, match="3组谭正国"):
        enrolled(1)
    with pytest.raises(KnownElsewhere) as refused:
        enrolled(1, by="township_clerk", region_code=SIBLING_VILLAGE)
    assert "3组" not in str(refused.value)


def test_people_not_listed_by_name_count_in_the_size(any_app: Flask) -> None:
    head = PersonFacts("谭正国", Relation.HEAD, number(7))
    on_roll(7, persons=(head,), unnamed=3)
    (entry,) = list_roll(VILLAGE, TODAY, by=person("village_clerk"))
    assert (entry.size, entry.members) == (4, 0)


def test_an_enrolment_can_be_written_down(app: Flask) -> None:
    assert replace(enrolment(1), basis="x").household == household(1)
