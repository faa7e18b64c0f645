"""Patrols, checks, faults and repairs: what may be noted by whom, and when the next look is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.custody.faults import rules as faults
from registry.assets.custody.faults.rules import FaultStatus, Finding, Payer, Repair, Severity
from registry.assets.custody.patrols import rules as patrols
from registry.assets.custody.patrols.rules import Looked, Observation, PatrolKind, PatrolResult
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Grant, Role
from tests.assets.custody.test_custody_rules import CLERK, CUSTODIAN, DAYS, POLICY, SUPERVISOR, seated
from tests.factories import COUNTY, TODAY, VILLAGE

THING = Looked("产业路", Category.PUBLIC_WELFARE, Stage.CONFIRMED, date(2019, 10, 26), 7)
PIGS = replace(THING, category=Category.HOUSEHOLD, acquired_on=date(2025, 3, 1), custodian_id=None)
BROKEN = Observation(PatrolKind.SELF, PatrolResult.FAULT, "", Finding(Severity.B, "边沟塌了"))


@pytest.mark.parametrize(
    ("seen", "thing", "by", "refusal"),
    [
        (Observation(PatrolKind.SELF), THING, CUSTODIAN, None),
        (BROKEN, THING, CUSTODIAN, None),
        (Observation(PatrolKind.SELF), replace(THING, stage=Stage.SUBMITTED), CUSTODIAN, patrols.NotPatrolled),
        (Observation(PatrolKind.SELF), PIGS, CLERK, patrols.OtherKind),
        (Observation(PatrolKind.VISIT), THING, CLERK, patrols.OtherKind),
        (Observation(PatrolKind.VISIT), PIGS, CLERK, None),
        (Observation(PatrolKind.VISIT, PatrolResult.ADVISED, "建议及时免疫"), PIGS, CLERK, None),
        (Observation(PatrolKind.VISIT, PatrolResult.FAULT, "要修"), PIGS, CLERK, patrols.NoSuchResult),
        (Observation(PatrolKind.SELF, PatrolResult.ADVISED, "x"), THING, CLERK, patrols.NoSuchResult),
        (Observation(PatrolKind.SELF, PatrolResult.FAULT), THING, CLERK, patrols.NotSaid),
        (Observation(PatrolKind.SELF, PatrolResult.NOT_FOUND), THING, CLERK, patrols.NotSaid),
        (Observation(PatrolKind.VISIT), replace(PIGS, acquired_on=date(2023, 11, 22)), CLERK, patrols.SupportOver),
        (Observation(PatrolKind.VISIT), replace(PIGS, acquired_on=date(2023, 11, 23)), CLERK, None),
        (Observation(PatrolKind.TOWNSHIP), THING, CUSTODIAN, patrols.CustodianChecks),
        (Observation(PatrolKind.COUNTY), THING, CUSTODIAN, patrols.CustodianChecks),
        (Observation(PatrolKind.TOWNSHIP), THING, SUPERVISOR, None),
    ],
)
def test_who_may_note_what_about_an_asset(
    seen: Observation, thing: Looked, by: Actor, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        patrols.check_patrol(seen, thing, by=by, on=TODAY, policy=POLICY)
        return
    with pytest.raises(refusal):
        patrols.check_patrol(seen, thing, by=by, on=TODAY, policy=POLICY)


@pytest.mark.parametrize(
    ("by", "category", "kind"),
    [
        (SUPERVISOR, Category.OPERATING, PatrolKind.TOWNSHIP),
        (seated(Role.COUNTY_AGRICULTURE, COUNTY), Category.OPERATING, PatrolKind.COUNTY),
        (SUPERVISOR, Category.HOUSEHOLD, PatrolKind.VISIT),
        (
            Actor(1, "x", "x", COUNTY, "x", (Grant(Role.COUNTY_AGRICULTURE, COUNTY), *SUPERVISOR.grants)),
            Category.OPERATING,
            PatrolKind.TOWNSHIP,
        ),
    ],
)
def test_a_check_is_of_the_level_of_whoever_checks(by: Actor, category: Category, kind: PatrolKind) -> None:
    assert patrols.check_kind(by, VILLAGE, category) is kind


def test_a_village_checks_nothing_from_above() -> None:
    with pytest.raises(patrols.NoCheckHere):
        patrols.check_kind(seated(Role.VILLAGE_HEAD, VILLAGE), VILLAGE, Category.OPERATING)


@pytest.mark.parametrize(
    ("kind", "category", "agreed", "due"),
    [
        (PatrolKind.SELF, Category.PUBLIC_WELFARE, None, date(2026, 12, 23)),
        (PatrolKind.SELF, Category.OPERATING, None, date(2027, 2, 23)),
        (PatrolKind.SELF, Category.OPERATING, 1, date(2026, 12, 23)),
        (PatrolKind.SELF, Category.PUBLIC_WELFARE, 6, date(2026, 12, 23)),
        (PatrolKind.VISIT, Category.HOUSEHOLD, None, date(2027, 5, 23)),
        (PatrolKind.TOWNSHIP, Category.PUBLIC_WELFARE, 1, date(2027, 2, 23)),
        (PatrolKind.COUNTY, Category.PUBLIC_WELFARE, None, date(2027, 11, 23)),
    ],
)
def test_when_the_next_look_is_due(kind: PatrolKind, category: Category, agreed: int | None, due: date) -> None:
    assert patrols.next_due(kind, category, TODAY, POLICY, agreed) == due


@given(DAYS, st.sampled_from([PatrolKind.SELF, PatrolKind.TOWNSHIP, PatrolKind.COUNTY]), st.integers(1, 24))
def test_an_agreement_never_puts_a_patrol_off(on: date, kind: PatrolKind, agreed: int) -> None:
    usual = patrols.next_due(kind, Category.OPERATING, on, POLICY)
    assert on < patrols.next_due(kind, Category.OPERATING, on, POLICY, agreed) <= usual


def repaired(**changes: object) -> Repair:
    return replace(Repair("重砌边沟", TODAY, "本村", 30_000, Payer.WELFARE_FUND), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "repair", "refusal"),
    [
        (FaultStatus.OPEN, repaired(), None),
        (FaultStatus.REPAIRING, repaired(), None),
        (FaultStatus.REOPENED, repaired(cost_fen=0, payer=None), None),
        (FaultStatus.REPAIRED, repaired(), faults.NothingToRepair),
        (FaultStatus.ACCEPTED, repaired(), faults.NothingToRepair),
        (FaultStatus.OPEN, repaired(work=" "), faults.WorkMissing),
        (FaultStatus.OPEN, repaired(payer=None), faults.PayerMissing),
        (FaultStatus.OPEN, repaired(repaired_on=TODAY + timedelta(days=1)), faults.RepairedAtOddDay),
        (FaultStatus.OPEN, repaired(repaired_on=TODAY - timedelta(days=9)), faults.RepairedAtOddDay),
    ],
)
def test_what_may_be_reported_as_repaired(status: FaultStatus, repair: Repair, refusal: type[Exception] | None) -> None:
    found_on = TODAY - timedelta(days=8)
    if refusal is None:
        faults.check_repair(status, repair, found_on=found_on, on=TODAY)
        return
    with pytest.raises(refusal):
        faults.check_repair(status, repair, found_on=found_on, on=TODAY)


@pytest.mark.parametrize("status", FaultStatus)
@pytest.mark.parametrize("by", [CUSTODIAN, CLERK, SUPERVISOR])
def test_only_a_third_person_accepts_and_only_what_is_repaired(status: FaultStatus, by: Actor) -> None:
    allowed = status is FaultStatus.REPAIRED and by is SUPERVISOR
    if allowed:
        faults.check_acceptance(status, by, repaired_by_id=2, custodian_id=7)
        return
    with pytest.raises((faults.NotRepaired, faults.OwnRepair)):
        faults.check_acceptance(status, by, repaired_by_id=2, custodian_id=7)


@given(DAYS, DAYS, st.sampled_from(FaultStatus))
def test_only_what_is_not_repaired_is_late(due_on: date, on: date, status: FaultStatus) -> None:
    late = faults.overdue_days(status, due_on, on)
    assert (late > 0) is (status in faults.UNREPAIRED and on > due_on)
