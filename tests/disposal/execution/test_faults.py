"""What is wrong with an asset when it is disposed of: over with it, carried on with what stays, settled if it costs."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.queries import count_faults_to_repair, count_repairs_to_accept
from registry.assets.custody.faults.rules import FaultStatus, Finding, NothingToRepair, Payer, Repair, Severity
from registry.assets.custody.faults.services import (
    accept_repair,
    add_fault,
    reopen_fault,
    report_repair,
    start_repair,
)
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.reconcile import reconcile
from registry.audit.services import record
from registry.database import db, transaction
from registry.disposal.gates.kinds import Gate, GateOutcome
from registry.disposal.gates.queries import answers_of, list_asked
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent
from registry.disposal.procedure.households import confirm_act
from registry.disposal.procedure.models import HouseholdDisposal
from registry.disposal.procedure.past import confirm_past
from registry.disposal.refusals import GateClosed
from registry.disposal.rules import Part, Recipient
from registry.kinds import OwnerKind
from registry.regions import log_of
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.evidence import Span, read_custody
from registry.supervision.stocktaking.fates import fates_of
from registry.supervision.stocktaking.models import StockDifference
from tests.assets.custody.test_custody_services import actions
from tests.disposal.execution.doing import carried_out
from tests.disposal.execution.test_records import THEN, live, noted, past, pigs
from tests.disposal.scenery import approved_case, asset_of, case_of, machine, policy
from tests.disposal.selling import sold_case
from tests.factories import COUNTY, SIBLING_VILLAGE, TODAY, VILLAGE, person

FREE = Repair("换了皮带", TODAY, "谭登周")
DEAR = Repair("换了电机", TODAY, "石柱机修店", 120_000, Payer.WELFARE_FUND)


def fault_of(fault_id: int) -> Fault:
    """Read a fault anew."""
    return db.session.get_one(Fault, fault_id)


def broken(number: str, words: str = "风机不转") -> int:
    """Somebody found something wrong with an asset; its id."""
    region = asset_of(number).region_code
    with transaction(region):
        by = person("village_clerk")
        fault = add_fault(asset_of(number), Finding(Severity.B, words), by=by, on=TODAY, policy=policy(region))
        record(Action.PATROLLED, fault, by=by)
        return fault.id


def mending(fault_id: int) -> None:
    """Somebody has begun to repair it."""
    with transaction(VILLAGE):
        start_repair(fault_of(fault_id), "石柱机修店", by=person("village_clerk"))


def mended(fault_id: int, repair: Repair = FREE) -> None:
    """The repair is said to be done."""
    with transaction(VILLAGE):
        report_repair(fault_of(fault_id), repair, [], by=person("village_clerk"), on=TODAY)


def checked(fault_id: int, *, good: bool = True) -> None:
    """Another person has looked at the repair."""
    with transaction(VILLAGE):
        fault, by = fault_of(fault_id), person("township_supervisor")
        if good:
            accept_repair(fault, "", by=by)
        else:
            reopen_fault(fault, "还在响", by=by, on=TODAY, policy=policy())


def waiting() -> tuple[int, int]:
    """How many faults the clerk has to see repaired, and how many repairs the township may accept."""
    clerk, above = person("village_clerk"), person("township_supervisor")
    return count_faults_to_repair(clerk, TODAY, 99), count_repairs_to_accept(above, TODAY, 99)


def test_faults_of_what_is_sold_are_over_with_it_and_wait_for_nobody(any_app: Flask) -> None:
    number, other = machine(), machine("留下的粉碎机", 1_000_000)
    found, said_done, elsewhere = broken(number), broken(number, "机壳锈蚀"), broken(other)
    mended(said_done)
    assert waiting() == (2, 1)
    case_id = sold_case(number)
    carried_out(case_id)
    case = case_of(case_id)
    reason = f"出售（{case.number}）"
    for key in (found, said_done):
        fault = fault_of(key)
        assert (fault.state, fault.end_reason, fault.ended_on) == (FaultStatus.ENDED, reason, TODAY)
    assert fault_of(said_done).work == "换了皮带"
    assert (fault_of(elsewhere).state, fault_of(elsewhere).ended_on) == (FaultStatus.OPEN, None)
    assert waiting() == (1, 0)
    assert actions().count(Action.FAULT_ENDED) == 2
    assert reconcile(log_of(VILLAGE)) == []
    with pytest.raises(NothingToRepair):
        mended(found)
    db.session.rollback()


def test_nothing_is_over_when_carrying_out_fails(app: Flask) -> None:
    number = machine()
    found = broken(number)
    case_id = sold_case(number)
    with pytest.raises(ValueError, match="NotAnAccount"), pytest.MonkeyPatch.context() as patch:
        patch.setattr("registry.disposal.procedure.executing._open_proceeds", _fail)
        carried_out(case_id)
    db.session.rollback()
    assert (fault_of(found).state, case_of(case_id).state) == (FaultStatus.OPEN, DisposalStatus.APPROVED)


def _fail(*_args: object) -> None:
    raise ValueError("NotAnAccount")


def test_what_stops_in_use_is_still_broken(app: Flask) -> None:
    number = machine()
    found = broken(number)
    mending(found)
    carried_out(approved_case(DisposalKind.STOP_USE, number), sheet=False)
    assert fault_of(found).state is FaultStatus.REPAIRING
    assert asset_of(number).stage == "CONFIRMED"


def test_of_a_part_that_is_sold_the_rest_is_still_broken(any_app: Flask) -> None:
    number = machine("粉碎机", 3_000_000, quantity_milli=30_000)
    found = broken(number)
    mending(found)
    case_id = sold_case(number, fen=1_500_000, parts={number: Part(Extent.QUANTITY, quantity_milli=12_000)})
    carried_out(case_id)
    whole = asset_of(number)
    rest = db.session.scalars(select(Asset).where(Asset.name == whole.name, Asset.stage == "CONFIRMED")).one()
    fault = fault_of(found)
    assert (fault.state, fault.ended_on, fault.asset_id) == (FaultStatus.REPAIRING, None, rest.id)
    assert Action.FAULT_CARRIED in actions()
    assert waiting() == (1, 0)
    assert reconcile(log_of(VILLAGE)) == []
    db.session.rollback()


def test_what_goes_to_another_unit_leaves_its_faults_behind(app: Flask) -> None:
    number = machine()
    found = broken(number)
    to = Recipient(OwnerKind.VILLAGE_COLLECTIVE, "坪坝村股份经济合作社", "", SIBLING_VILLAGE)
    carried_out(approved_case(DisposalKind.ALLOCATION, number, recipient=to))
    assert fault_of(found).state is FaultStatus.ENDED


def test_what_stays_on_its_card_under_another_owner_stays_broken(app: Flask) -> None:
    number = machine()
    found = broken(number)
    to = Recipient(OwnerKind.GROUP_COLLECTIVE, "华溪村一组", "", VILLAGE)
    carried_out(approved_case(DisposalKind.ALLOCATION, number, recipient=to))
    assert asset_of(number).stage == "CONFIRMED"
    assert fault_of(found).state is FaultStatus.OPEN


@pytest.mark.parametrize("way", ["mending", "dear", "dear and sent back"])
def test_a_repair_that_costs_is_planned_first_and_settled_in_the_end(app: Flask, way: str) -> None:
    number = machine()
    found = broken(number)
    if way == "mending":
        mending(found)
    else:
        mended(found, DEAR)
    if way == "dear and sent back":
        checked(found, good=False)
    with pytest.raises(GateClosed) as refused:
        sold_case(number)
    assert refused.value.field == "repair"
    assert ("验收没有通过、费用还没有了结" in str(refused.value)) is (way == "dear and sent back")
    db.session.rollback()


def test_a_planned_repair_lets_the_case_in_and_stops_it_at_execution_until_it_is_accepted(app: Flask) -> None:
    number = machine()
    found = broken(number)
    mended(found, DEAR)
    case_id = sold_case(number, plans={Gate.REPAIR.value: "移交前由乡镇验收，费用从公益金付"})
    kept = next(one for one in answers_of(list_asked(case_id)[-1]) if one.gate is Gate.REPAIR)
    assert kept.outcome is GateOutcome.ARRANGED
    with pytest.raises(GateClosed) as refused:
        carried_out(case_id)
    assert refused.value.field == "repair"
    db.session.rollback()
    assert (fault_of(found).state, case_of(case_id).state) == (FaultStatus.REPAIRED, DisposalStatus.APPROVED)
    checked(found)
    carried_out(case_id)
    assert (fault_of(found).state, fault_of(found).ended_on) == (FaultStatus.ACCEPTED, None)


@pytest.mark.parametrize(("found_on", "ended_on"), [(THEN - timedelta(days=30), THEN), (TODAY, TODAY)])
def test_what_was_disposed_of_before_go_live_is_not_broken_from_then_on(
    app: Flask, found_on: date, ended_on: date
) -> None:
    live()
    number = machine()
    found = broken(number)
    with transaction(VILLAGE):
        fault_of(found).found_on = found_on
        record(Action.PATROLLED, fault_of(found), by=person("village_clerk"))
    case_id = past(number)
    with transaction(VILLAGE):
        confirm_past(case_of(case_id), "与档案一致", by=person("township_supervisor"), on=TODAY)
    assert (fault_of(found).state, fault_of(found).ended_on) == (FaultStatus.ENDED, ended_on)


def test_what_a_household_sold_is_not_broken_any_more(app: Flask) -> None:
    number = pigs()
    found = broken(number, "圈舍漏雨")
    note_id = noted(number)
    with transaction(VILLAGE):
        confirm_act(db.session.get_one(HouseholdDisposal, note_id), asset_of(number), "", by=person("village_head"))
    assert (fault_of(found).state, fault_of(found).end_reason) == (FaultStatus.ENDED, "农户自行处置")


def test_a_difference_that_became_a_repair_is_done_with_once_the_asset_is_gone(app: Flask) -> None:
    number = machine()
    found = broken(number)
    difference = StockDifference(id=1, fault_id=found)
    assert not fates_of([difference])[1].over
    carried_out(sold_case(number))
    assert fates_of([difference])[1].over


def test_an_evaluation_asks_for_no_repair_that_ended_before_its_day(app: Flask) -> None:
    number = machine()
    broken(number)

    def due() -> int:
        span = Span(COUNTY, date(2026, 1, 1), date(2027, 12, 31), TODAY, policy(COUNTY))
        return read_custody(span)[Criterion.REPAIR](asset_of(number)).of

    assert due() == 1
    carried_out(sold_case(number))
    assert due() == 0


def test_what_ended_with_its_asset_is_late_no_more_and_keeps_its_day(app: Flask) -> None:
    number = machine()
    found = broken(number)
    due_on = fault_of(found).due_on
    assert fault_of(found).overdue_days(due_on + timedelta(days=3)) == 3
    carried_out(sold_case(number))
    assert fault_of(found).overdue_days(due_on + timedelta(days=3)) == 0
    assert fault_of(found).due_on == due_on
