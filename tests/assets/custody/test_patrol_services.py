"""Patrols and faults as they are recorded: never altered, counted once, repaired and accepted."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import count_faults_to_repair, count_repairs_to_accept
from registry.assets.custody.faults.rules import FaultStatus, Finding, OwnRepair, Repair, Severity
from registry.assets.custody.faults.services import accept_repair, reopen_fault, report_repair
from registry.assets.custody.patrols.models import Patrol, PatrolState
from registry.assets.custody.patrols.queries import count_due, list_due
from registry.assets.custody.patrols.rules import CustodianChecks, Observation, PatrolKind, PatrolResult
from registry.assets.custody.patrols.services import record_patrol, record_round
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.reconcile import reconcile
from registry.database import db, transaction
from registry.permissions import Role
from tests.assets.custody.keeping import accepted, in_office, policy, road
from tests.assets.custody.test_custody_services import actions, asset_of
from tests.factories import TODAY, VILLAGE, add_person, person


def look(asset: Asset, seen: Observation, username: str = "custodian", on: date = TODAY) -> int:
    key, region, by = asset.id, asset.region_code, person(username)
    with transaction(region):
        return record_patrol(asset_of(key), seen, by=by, on=on, policy=policy(region)).id


def test_a_patrol_is_never_altered_and_sets_the_next_day(any_app: Flask) -> None:
    asset = road()
    accepted(asset)
    key = look(asset, Observation(PatrolKind.SELF))
    state = db.session.get_one(PatrolState, asset.id)
    assert (state.self_on, state.self_due_on) == (TODAY, date(2026, 12, 23))
    with pytest.raises(DatabaseError), transaction(VILLAGE):
        db.session.get_one(Patrol, key).note = "改"
        db.session.flush()


@pytest.mark.usefixtures("app")
def test_a_patrol_entered_late_does_not_put_the_clock_back() -> None:
    asset = road()
    accepted(asset)
    look(asset, Observation(PatrolKind.SELF))
    look(asset, Observation(PatrolKind.SELF), on=TODAY - timedelta(days=5))
    assert db.session.get_one(PatrolState, asset.id).self_on == TODAY


@pytest.mark.usefixtures("app")
def test_the_state_of_an_asset_equals_its_patrols() -> None:
    asset = road()
    accepted(asset)
    for days in (0, 9, 3):
        look(asset, Observation(PatrolKind.SELF), on=TODAY + timedelta(days=days))
    look(asset, Observation(PatrolKind.TOWNSHIP), "township_supervisor")
    rows = select(Patrol.kind, func.max(Patrol.done_on)).where(Patrol.asset_id == asset.id).group_by(Patrol.kind)
    state = db.session.get_one(PatrolState, asset.id)
    found = dict(db.session.execute(rows).all())
    assert len(found) == 2
    assert {kind: state.last_on(PatrolKind(kind)) for kind in found} == found


@pytest.mark.usefixtures("app")
def test_what_is_due_is_in_my_care_or_in_nobodys_of_my_unit() -> None:
    mine, nobodys = road(), road(name="李家沟便道")
    accepted(mine)
    assert [one.asset.id for one in list_due(person("custodian"), TODAY)] == [mine.id]
    assert [one.asset.id for one in list_due(person("village_clerk"), TODAY)] == [nobodys.id]
    assert count_due(person("county_clerk"), TODAY, 99) == 0
    look(mine, Observation(PatrolKind.SELF))
    assert count_due(person("custodian"), date(2026, 12, 22), 99) == 0
    assert count_due(person("custodian"), date(2026, 12, 23), 99) == 1


@pytest.mark.usefixtures("app")
def test_a_round_is_one_event_with_a_look_at_each_asset() -> None:
    assets = [road(), road(name="李家沟便道"), road(name="坪上便道")]
    accepted(*assets)
    before, by = len(actions()), person("custodian")
    bad = Observation(PatrolKind.SELF, PatrolResult.FAULT, "边沟塌了", Finding(Severity.A, "边沟塌了"))
    with transaction(VILLAGE):
        seen = [(asset_of(one.id), Observation(PatrolKind.SELF)) for one in assets[1:]]
        walk = record_round([(asset_of(assets[0].id), bad), *seen], by=by, on=TODAY, policies={VILLAGE: policy()})
        assert (walk.assets, walk.faults) == (3, 1)
    assert actions()[before:] == [Action.PATROLLED]
    fault = db.session.scalars(select(Fault)).one()
    assert (fault.asset_id, fault.due_on) == (assets[0].id, TODAY + timedelta(days=7))


@pytest.mark.usefixtures("app")
def test_the_custodian_of_an_asset_does_not_check_it_from_above() -> None:
    asset = road()
    with transaction(VILLAGE):
        add_person("both", Role.VILLAGE_CLERK, VILLAGE, person("system_administrator"))
    accepted(asset, username="both")
    with pytest.raises(CustodianChecks):
        look(asset, Observation(PatrolKind.TOWNSHIP), "both")


def broken() -> Fault:
    asset = road()
    accepted(asset)
    look(asset, Observation(PatrolKind.SELF, PatrolResult.FAULT, "边沟塌了", Finding(Severity.B, "边沟塌了")))
    return db.session.scalars(select(Fault)).one()


def test_a_repair_is_accepted_by_another_and_reopened_with_new_days(any_app: Flask) -> None:
    key = broken().id
    repair = Repair("重砌", TODAY)
    with transaction(VILLAGE):
        report_repair(db.session.get_one(Fault, key), repair, [], by=person("custodian"), on=TODAY)
    with pytest.raises(OwnRepair), transaction(VILLAGE):
        accept_repair(db.session.get_one(Fault, key), "", by=person("custodian"))
    assert count_repairs_to_accept(person("village_head"), TODAY, 99) == 1
    later = TODAY + timedelta(days=2)
    with transaction(VILLAGE):
        fault = db.session.get_one(Fault, key)
        reopen_fault(fault, "没有勾缝", by=person("village_head"), on=later, policy=policy(on=later))
        assert (fault.state, fault.due_on) == (FaultStatus.REOPENED, later + timedelta(days=15))
    assert count_faults_to_repair(person("custodian"), later, 99) == 1
    with transaction(VILLAGE):
        report_repair(db.session.get_one(Fault, key), Repair("勾缝", later), [], by=person("custodian"), on=later)
    with transaction(VILLAGE):
        accept_repair(db.session.get_one(Fault, key), "合格", by=person("township_supervisor"))
    assert db.session.get_one(Fault, key).state is FaultStatus.ACCEPTED
    assert count_faults_to_repair(person("custodian"), later, 99) == 0


def test_the_rows_of_custody_equal_what_the_trail_recorded(any_app: Flask) -> None:
    broken()
    in_office()
    assert reconcile(500240) == []
