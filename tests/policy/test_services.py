"""Two persons, a document, a day: how a region comes to require something."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.errors import Forbidden, RegistryError
from registry.kinds import Category, OwnerKind, Subject, TitleDeed
from registry.permissions import Role, system_actor
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances
from registry.policy.proposals import (
    BoundsAreTheMunicipalitys,
    DocumentMissing,
    EffectiveInPast,
    NoBounds,
    OtherUnitsPolicy,
    PolicyReasonMissing,
    ProposalDecided,
    ProposalOpen,
    RefusalUnexplained,
    SecondPersonNeeded,
    TooHigh,
    TooLow,
)
from registry.policy.queries import count_waiting_policies, list_waiting_policies, policy_for
from registry.policy.rules import Bound
from registry.policy.services import confirm, refuse, withdraw
from registry.policy.steps import StepMissing, StepsOutOfOrder
from tests.factories import COUNTY, MUNICIPALITY, OTHER_COUNTY, TODAY, TOWNSHIP, VILLAGE, add_person, person
from tests.policy.setting import (
    FINANCE,
    LONGER,
    NOTICE,
    ROUTE,
    agreed,
    proposed,
    route_proposal,
    value_proposal,
)

TITLE = Circumstances(Subject.TITLE, TitleDeed.FIRST_TITLE, Category.OPERATING, OwnerKind.VILLAGE_COLLECTIVE)
LATER = TODAY + timedelta(30)


def notice_days(region: str = VILLAGE, on: date = TODAY) -> int:
    return policy_for(region, on).number(NOTICE)


def decide(model: type[PolicyValue] | type[PolicyRoute], number: int, deed: str, by: str, on: date = TODAY) -> None:
    region = db.session.get_one(model, number).region_code
    with transaction(region):
        row = db.session.get_one(model, number)
        if deed == "confirm":
            confirm(row, "同意", by=person(by), on=on)
        elif deed == "refuse":
            refuse(row, "依据不足", by=person(by))
        else:
            withdraw(row, by=person(by))


def municipal(**changes: object):
    """What the municipality proposes, with its second person ready."""
    if db.session.scalar(select(TrailEvent.seq).where(TrailEvent.payload.contains("second_supervisor"))) is None:
        with transaction(MUNICIPALITY):
            add_person("second_supervisor", Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY, system_actor(MUNICIPALITY))
    proposal = value_proposal(region_code=MUNICIPALITY, **changes)
    return agreed(proposal, "municipal_supervisor", "second_supervisor")


def test_a_value_holds_from_its_day_on_once_a_second_person_agreed(any_app: Flask) -> None:
    number = proposed(value_proposal(effective_on=LATER))
    assert notice_days(on=LATER) == 10
    decide(PolicyValue, number, "confirm", "county_agriculture")
    assert notice_days(on=LATER - timedelta(1)) == 10
    assert notice_days(on=LATER) == 15
    assert notice_days(OTHER_COUNTY, LATER) == 10
    assert notice_days(MUNICIPALITY, LATER) == 10


def test_new_steps_hold_from_their_day_on_and_earlier_days_keep_theirs(any_app: Flask) -> None:
    agreed(route_proposal(effective_on=LATER))
    assert policy_for(VILLAGE, TODAY).procedure(TITLE) == (ROUTE, ROUTE.procedure)
    assert policy_for(VILLAGE, LATER).procedure(TITLE)[1] == LONGER
    assert policy_for(OTHER_COUNTY, LATER).procedure(TITLE)[1] == ROUTE.procedure


@pytest.mark.usefixtures("app")
def test_a_later_row_takes_the_place_of_an_earlier_one_which_stays_as_it_was() -> None:
    first = agreed()
    before = {name: value for name, value in vars(db.session.get_one(PolicyValue, first)).items() if name[0] != "_"}
    agreed(value_proposal(20, effective_on=LATER))
    db.session.expire_all()
    row = db.session.get_one(PolicyValue, first)
    assert {name: getattr(row, name) for name in before} == before
    assert (notice_days(on=LATER - timedelta(1)), notice_days(on=LATER)) == (15, 20)


@pytest.mark.usefixtures("app")
def test_the_trail_says_who_proposed_and_who_agreed_to_the_same_content() -> None:
    row = db.session.get_one(PolicyValue, agreed())
    events = list(db.session.scalars(select(TrailEvent).where(TrailEvent.thing_table == "policy_value")))
    assert [event.action for event in events] == ["POLICY_PROPOSED", "POLICY_CONFIRMED"]
    assert all(row.digest in event.payload for event in events)
    assert row.digest == value_proposal().digest()
    assert row.digest != value_proposal(16).digest()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"document": " "}, DocumentMissing),
        ({"reason": ""}, PolicyReasonMissing),
        ({"effective_on": TODAY - timedelta(1)}, EffectiveInPast),
        ({"value": 9}, TooLow),
        ({"value": 61}, TooHigh),
        ({"bound": Bound.FLOOR}, BoundsAreTheMunicipalitys),
        ({"region_code": TOWNSHIP}, OtherUnitsPolicy),
        ({"region_code": OTHER_COUNTY}, OtherUnitsPolicy),
        ({"region_code": MUNICIPALITY}, OtherUnitsPolicy),
    ],
)
def test_what_a_county_may_not_propose(changes: dict[str, object], refusal: type[RegistryError]) -> None:
    with pytest.raises(refusal):
        proposed(value_proposal(**changes))
    assert db.session.scalar(select(PolicyValue.id)) is None


@pytest.mark.usefixtures("app")
def test_the_municipality_does_not_propose_for_a_county() -> None:
    with pytest.raises(OtherUnitsPolicy):
        proposed(by="municipal_supervisor")


@pytest.mark.usefixtures("app")
def test_a_refusal_names_the_statute_that_forbids() -> None:
    with pytest.raises(TooLow) as refused:
        proposed(value_proposal(7))
    assert "10 天" in str(refused.value)
    assert "第三十条" in str(refused.value)
    with pytest.raises(TooHigh, match="合理范围"):
        proposed(value_proposal(90))


@pytest.mark.usefixtures("app")
def test_a_county_stays_within_the_bounds_that_the_municipality_has_set_by_that_day() -> None:
    municipal(value=12, bound=Bound.FLOOR, effective_on=LATER)
    proposed(value_proposal(11))
    decide(PolicyValue, 2, "withdraw", "county_clerk")
    with pytest.raises(TooLow) as refused:
        proposed(value_proposal(11, effective_on=LATER))
    assert "12 天" in str(refused.value)
    with pytest.raises(TooLow):
        municipal(value=11, bound=Bound.CEILING, effective_on=LATER)


@pytest.mark.usefixtures("app")
def test_a_floor_lifts_the_values_that_counties_set_before() -> None:
    agreed(value_proposal(12))
    municipal(value=15, bound=Bound.FLOOR, effective_on=LATER)
    assert (notice_days(on=LATER - timedelta(1)), notice_days(on=LATER)) == (12, 15)
    assert notice_days(OTHER_COUNTY, LATER) == 15


@pytest.mark.usefixtures("app")
def test_only_what_is_counted_has_bounds() -> None:
    with pytest.raises(NoBounds):
        municipal(parameter=Parameter.VOTE_RULE, value="FOUR_FIFTHS_OF_ALL", bound=Bound.FLOOR)


@pytest.mark.usefixtures("app")
def test_a_floor_set_meanwhile_stops_the_confirmation() -> None:
    number = proposed(value_proposal(11, effective_on=LATER))
    municipal(value=12, bound=Bound.FLOOR, effective_on=TODAY)
    with pytest.raises(TooLow):
        decide(PolicyValue, number, "confirm", "county_agriculture")
    assert notice_days(on=LATER) == 12


@pytest.mark.usefixtures("app")
def test_one_proposal_about_one_thing_waits_at_a_time() -> None:
    number = proposed()
    with pytest.raises(ProposalOpen):
        proposed(value_proposal(16))
    proposed(value_proposal(45, parameter=Parameter.TRANSFER_DAYS))
    proposed(route_proposal())
    with pytest.raises(ProposalOpen):
        proposed(route_proposal())
    decide(PolicyValue, number, "refuse", "county_government")
    proposed(value_proposal(16))


def test_the_database_itself_lets_one_proposal_wait(any_app: Flask) -> None:
    number = proposed()
    with pytest.raises(IntegrityError), transaction(COUNTY):
        first = db.session.get_one(PolicyValue, number)
        copy = {column.name: getattr(first, column.name) for column in PolicyValue.__table__.columns}
        db.session.add(PolicyValue(**{**copy, "id": None}))
        db.session.flush()


@pytest.mark.usefixtures("app")
def test_the_proposer_never_confirms() -> None:
    number = proposed(by="county_agriculture")
    for deed in ("confirm", "refuse"):
        with pytest.raises(SecondPersonNeeded):
            decide(PolicyValue, number, deed, "county_agriculture")
    decide(PolicyValue, number, "confirm", "county_government")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("deed", ["confirm", "refuse", "withdraw"])
def test_a_proposal_is_decided_once(deed: str) -> None:
    number = agreed()
    with pytest.raises(ProposalDecided):
        decide(PolicyValue, number, deed, "county_clerk" if deed == "withdraw" else "county_government")


@pytest.mark.usefixtures("app")
def test_a_refusal_says_why_and_changes_nothing() -> None:
    number = proposed()
    with pytest.raises(RefusalUnexplained), transaction(COUNTY):
        refuse(db.session.get_one(PolicyValue, number), " ", by=person("county_agriculture"))
    decide(PolicyValue, number, "refuse", "county_agriculture")
    assert notice_days() == 10


@pytest.mark.usefixtures("app")
def test_only_the_proposer_takes_a_proposal_back() -> None:
    number = proposed()
    with pytest.raises(Forbidden):
        decide(PolicyValue, number, "withdraw", "county_agriculture")
    decide(PolicyValue, number, "withdraw", "county_clerk")
    assert notice_days() == 10


@pytest.mark.usefixtures("app")
def test_what_was_to_hold_before_it_was_confirmed_is_proposed_anew() -> None:
    number = proposed()
    with pytest.raises(EffectiveInPast):
        decide(PolicyValue, number, "confirm", "county_agriculture", TODAY + timedelta(1))


@pytest.mark.usefixtures("app")
def test_a_county_keeps_the_steps_that_the_municipality_has_fixed() -> None:
    with transaction(MUNICIPALITY):
        add_person("second_supervisor", Role.MUNICIPAL_SUPERVISOR, MUNICIPALITY, system_actor(MUNICIPALITY))
    fixed = tuple(replace(step, fixed=True) for step in LONGER)
    agreed(
        route_proposal(fixed, region_code=MUNICIPALITY, effective_on=LATER), "municipal_supervisor", "second_supervisor"
    )
    proposal = route_proposal((*ROUTE.procedure, replace(FINANCE, label="县里另加")), effective_on=LATER)
    with pytest.raises(StepsOutOfOrder, match="区县审核登记"):
        proposed(proposal)
    with pytest.raises(StepMissing, match="区县财政会审"):
        proposed(route_proposal(ROUTE.procedure, effective_on=LATER))
    proposed(route_proposal(LONGER, effective_on=LATER))


@pytest.mark.usefixtures("app")
def test_a_county_fixes_nothing_of_its_own() -> None:
    fixed = tuple(replace(step, fixed=True) for step in LONGER)
    row = db.session.get_one(PolicyRoute, agreed(route_proposal(fixed)))
    assert [step.fixed for step in row.procedure] == [step.fixed for step in LONGER]


def test_proposals_wait_for_those_who_may_confirm_them_and_did_not_make_them(any_app: Flask) -> None:
    proposed()
    proposed(route_proposal(), by="county_agriculture")
    assert [len(list_waiting_policies(person(who))) for who in ("county_agriculture", "county_government")] == [1, 2]
    assert count_waiting_policies(person("county_government"), 100) == 2
    assert count_waiting_policies(person("county_government"), 1) == 1
    for stranger in ("county_clerk", "other_supervisor", "village_head", "auditor"):
        assert list_waiting_policies(person(stranger)) == []
        assert count_waiting_policies(person(stranger), 100) == 0
