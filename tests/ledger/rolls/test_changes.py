"""Changes of the roll: asked for, agreed to, and felt from the month after; what follows for people and shares."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import RequestStatus
from registry.audit.models import TrailEvent
from registry.database import db, transaction
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change
from registry.ledger.distribution.rolls.carrying_out import carry_out, follow_change_request
from registry.ledger.distribution.rolls.change_queries import find_request, list_statuses
from registry.ledger.distribution.rolls.changes import LineFacts
from registry.ledger.distribution.rolls.changes import ReasonCode as R
from registry.ledger.distribution.rolls.models import RollChange
from registry.ledger.distribution.rolls.queries import entry_of, list_entitled, list_roll
from registry.ledger.distribution.rolls.refusals import HouseholdBusy, NotInRegister, ReasonUnfit, SharesTooFew
from registry.ledger.distribution.rolls.rules import BeneficiaryClass as C
from registry.parties.households.models import Household, Person, ShareHolding
from registry.parties.households.rules import Labour, Payee, PersonFacts, Relation
from registry.policy.queries import policy_for
from tests.factories import TODAY, VILLAGE, person
from tests.ledger.rolls.people import enrolled, household, number, on_roll

MARCH = date(2026, 3, 17)


def asked(*lines: LineFacts) -> int:
    facts = ChangeFacts(VILLAGE, "2026年动态调整", lines)
    with transaction(VILLAGE):
        return ask_change(facts, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY)).id


def done(*lines: LineFacts) -> int:
    """Ask for changes and carry them out, as if everybody had agreed."""
    change_id = asked(*lines)
    with transaction(VILLAGE):
        carry_out(db.session.get_one(RollChange, change_id), by=person("township_supervisor"))
    return change_id


def line(household_id: int, reason: R, event_on: date = MARCH, **more: object) -> LineFacts:
    return LineFacts(household_id, reason, event_on, **more)  # type: ignore[arg-type]


def person_of(household_id: int, name: str) -> int:
    db.session.rollback()
    found = db.session.get_one(Household, household_id)
    return next(stay.person_id for stay in found.stays if stay.person.name == name)


def entry(household_id: int, on: date = TODAY):
    db.session.rollback()
    return entry_of(db.session.get_one(Household, household_id), on)


def total_shares(on: date = TODAY) -> int:
    rows = select(func.sum(ShareHolding.hundredths)).where(
        ShareHolding.valid_from <= on, ShareHolding.valid_to.is_(None) | (ShareHolding.valid_to > on)
    )
    return db.session.scalar(rows) or 0


def test_a_household_whose_risk_ended_in_march_is_not_entitled_in_april(any_app: Flask) -> None:
    one = on_roll(1)
    done(line(one, R.RISK_REMOVED, new_class=C.LIFTED))
    found = entry(one)
    assert found.entitled_months([C.UNSTABLE]) == frozenset({1, 2, 3})
    assert found.entitled_months([C.LIFTED]) == frozenset(range(4, 13))
    assert found.classes == (C.LIFTED, C.MEMBER)


def test_one_request_changes_many_households_each_with_its_before_and_after(any_app: Flask) -> None:
    one, two = on_roll(1), on_roll(2, standing=C.ORDINARY)
    change_id = asked(line(one, R.RISK_REMOVED, new_class=C.LIFTED), line(two, R.NEWLY_MONITORED, new_class=C.SUDDEN))
    change = db.session.get_one(RollChange, change_id)
    assert [(x.before, x.after) for x in change.lines] == [
        ("监测对象：脱贫不稳定户，4 人", "脱贫户（稳定），4 人"),
        ("其他农户，4 人", "监测对象：突发严重困难户，4 人"),
    ]
    assert {x.effective_on for x in change.lines} == {date(2026, 4, 1)}
    request = find_request(change)
    assert request is not None
    assert request.route_key == "BENEFICIARY.CLASSES"
    assert "谭正国" not in request.content
    assert entry(one).classes == (C.UNSTABLE, C.MEMBER)


def test_a_dead_members_shares_go_to_the_heir_and_the_sum_stays(any_app: Flask) -> None:
    one = on_roll(1)
    head, wife = person_of(one, "谭正国"), person_of(one, "向素珍")
    before = total_shares()
    done(line(one, R.DIED, person_id=head, heir_id=wife))
    assert total_shares() == before
    found = entry(one)
    assert (found.head_name, found.size, found.members, found.share_hundredths) == ("向素珍", 3, 1, 200)
    assert {x.person_id: x.share_hundredths for x in found.persons if x.share_hundredths} == {wife: 200}
    assert next(x.heir_id for x in found.persons if x.person_id == head) == wife
    assert found.masked_id[-4:] == number(301)[-4:]


def test_while_no_heir_is_named_the_shares_stay_with_the_household(any_app: Flask) -> None:
    one = on_roll(1)
    done(line(one, R.DIED, person_id=person_of(one, "谭正国")))
    assert entry(one).share_hundredths == 200


def test_who_lived_alone_ends_the_household_and_the_heir_from_outside_is_paid(any_app: Flask) -> None:
    alone = (PersonFacts("冉启明", Relation.HEAD, number(9), Labour.NONE, True, 50),)
    one = on_roll(9, persons=alone, standing=C.LIFTED)
    nephew = PersonFacts("冉小松", Relation.OTHER, number(10))
    done(line(one, R.DIED, person_id=person_of(one, "冉启明"), newcomer=nephew))
    (left,) = list_entitled(VILLAGE, 2026, by=person("village_clerk"))
    assert left.entitled_months([C.LIFTED]) == frozenset({1, 2, 3})
    heir = db.session.get_one(Person, left.payee.heir_id)
    assert heir.name == "冉小松"
    assert list_roll(VILLAGE, TODAY, by=person("village_clerk")) == []
    (later,) = list_entitled(VILLAGE, 2027, by=person("village_clerk"))
    assert (later.months, later.size, later.share_hundredths) == ((), 0, 50)
    assert later.payee == left.payee


def test_a_household_that_died_out_leaves_the_list_when_its_heir_lives_on_another_roll(any_app: Flask) -> None:
    alone = (PersonFacts("冉启明", Relation.HEAD, number(9), Labour.NONE, True, 50),)
    one, two = on_roll(9, persons=alone, standing=C.LIFTED), on_roll(2)
    done(line(one, R.DIED, person_id=person_of(one, "冉启明"), heir_id=person_of(two, "向素珍")))
    found = list_entitled(VILLAGE, 2027, by=person("village_clerk"))
    assert [(x.household_id, x.share_hundredths) for x in found] == [(two, 250)]


def test_what_an_heir_from_outside_holds_counts_where_it_came_from(any_app: Flask) -> None:
    one = on_roll(1)
    cousin = PersonFacts("谭远亲", Relation.OTHER, number(11))
    done(line(one, R.DIED, person_id=person_of(one, "谭正国"), newcomer=cousin))
    assert entry(one).share_hundredths == 200
    assert entry(one, date(2027, 6, 30)).share_hundredths == 200
    assert entry(one, MARCH - timedelta(days=1)).share_hundredths == 200


def test_a_household_that_moved_away_is_itself_paid_what_it_had_earned(any_app: Flask) -> None:
    one = on_roll(1)
    done(line(one, R.MOVED_OUT))
    found = entry(one)
    assert found.entitled_months(C) == frozenset({1, 2, 3})
    assert found.payee == Payee(household_id=one)


def test_a_split_leaves_every_share_with_its_holder_and_both_stand_in_the_same_class(any_app: Flask) -> None:
    one = on_roll(1)
    wife, son = person_of(one, "向素珍"), person_of(one, "谭小军")
    before = total_shares()
    done(line(one, R.SPLIT, people=(son, wife)))
    old, new = list_roll(VILLAGE, TODAY, by=person("village_clerk"))
    assert (old.head_name, old.size, old.members, old.share_hundredths) == ("谭正国", 2, 1, 100)
    assert (new.head_name, new.size, new.members, new.share_hundredths) == ("谭小军", 2, 1, 100)
    assert C.UNSTABLE in old.classes
    assert C.UNSTABLE in new.classes
    assert total_shares() == before
    both = old.entitled_months([C.UNSTABLE]), new.entitled_months([C.UNSTABLE])
    assert both == (frozenset(range(1, 13)), frozenset(range(4, 13)))


def test_a_merger_moves_everybody_and_what_was_earned_is_paid_to_the_household_merged_into(any_app: Flask) -> None:
    one, two = on_roll(1), on_roll(2, standing=C.LIFTED)
    before = total_shares()
    done(line(one, R.MERGED, target_id=two))
    (left,) = list_roll(VILLAGE, TODAY, by=person("village_clerk"))
    assert (left.household_id, left.size, left.members, left.share_hundredths) == (two, 8, 4, 400)
    assert total_shares() == before
    merged = entry(one)
    assert merged.entitled_months([C.UNSTABLE]) == frozenset({1, 2, 3})
    assert merged.payee == Payee(household_id=two)


def test_shares_given_to_a_poor_household_move_on_when_it_is_lifted_and_the_sum_stays(any_app: Flask) -> None:
    persons = (replace(household(1).persons[0], assistance_hundredths=4000), *household(1).persons[1:])
    one, two = on_roll(1, persons=persons), on_roll(2)
    giver, taker = person_of(one, "谭正国"), person_of(two, "谭正国")
    before = total_shares()
    with pytest.raises(SharesTooFew):
        asked(line(one, R.SHARES_MOVED, person_id=giver, heir_id=taker, share_hundredths=4001))
    done(line(one, R.SHARES_MOVED, person_id=giver, heir_id=taker, share_hundredths=3000))
    assert total_shares() == before
    assert (entry(one).assistance_hundredths, entry(two).assistance_hundredths) == (1000, 3000)
    assert (entry(one, MARCH).assistance_hundredths, entry(two, MARCH).assistance_hundredths) == (4000, 0)


def test_a_newborn_counts_from_the_day_and_is_a_member_from_the_month_after(any_app: Flask) -> None:
    one = on_roll(1)
    baby = PersonFacts("谭小宝", Relation.GRANDCHILD, number(20, "20260310"), Labour.NONE, True, 100)
    done(line(one, R.PERSON_ADDED, newcomer=baby))
    assert (entry(one).size, entry(one).members, entry(one).share_hundredths) == (5, 3, 300)
    march = entry(one, date(2026, 3, 31))
    assert (march.size, march.members, march.share_hundredths) == (5, 2, 200)


def test_a_cadres_household_is_marked_and_loses_its_assistance(any_app: Flask) -> None:
    one = on_roll(1)
    done(line(one, R.CADRE_REVIEW, new_class=C.ORDINARY))
    assert entry(one).is_cadre
    assert entry(one).classes == (C.ORDINARY, C.MEMBER)


@pytest.mark.parametrize("reason", [R.LOW_INCOME_ENDED, R.EXTREME_ENDED, R.ENROLLED])
def test_a_reason_that_does_not_fit_is_refused(any_app: Flask, reason: R) -> None:
    with pytest.raises(ReasonUnfit, match="谭正国"):
        asked(line(on_roll(1), reason))


def test_a_household_in_a_running_request_or_not_confirmed_is_not_changed(any_app: Flask) -> None:
    one, two = on_roll(1), enrolled(2)
    asked(line(one, R.RISK_REMOVED, new_class=C.LIFTED))
    with pytest.raises(HouseholdBusy):
        asked(line(one, R.WAIVED, new_class=C.ORDINARY))
    with pytest.raises(NotInRegister):
        asked(line(two, R.RISK_REMOVED, new_class=C.LIFTED))


def test_a_refused_request_changes_nothing_and_frees_the_household(any_app: Flask) -> None:
    one = on_roll(1)
    change_id = asked(line(one, R.RISK_REMOVED, new_class=C.LIFTED))
    with transaction(VILLAGE):
        request = db.session.scalars(select(ApprovalRequest)).one()
        request.status, request.end_reason = RequestStatus.REJECTED.value, "仍有风险"
        policy = policy_for(VILLAGE, TODAY)
        follow_change_request(request, by=person("township_supervisor"), on=TODAY, policy=policy)
    assert db.session.get_one(RollChange, change_id).status == "REFUSED"
    assert [x.valid_to for x in list_statuses(one)] == [None, None, None]
    asked(line(one, R.RISK_REMOVED, new_class=C.LIFTED))


def test_the_trail_holds_no_number_of_anybody(any_app: Flask) -> None:
    one = on_roll(1)
    done(line(one, R.PERSON_ADDED, newcomer=PersonFacts("谭小宝", Relation.GRANDCHILD, number(20, "20260310"))))
    told = "".join(db.session.scalars(select(TrailEvent.payload)))
    hidden = (number(1), number(20, "20260310"), household(1).bank_account, household(1).phone)
    assert [secret for secret in hidden if secret in told] == []
