"""A repair that is given up: what is wrong is still wrong, nobody is owed, and what is gone may be written off."""

from datetime import date

import pytest
from flask import Flask

from registry.assets.custody.faults.rules import (
    FaultStatus,
    NotRepairing,
    Payer,
    PayerMissing,
    StillOwed,
    Stop,
    StopReasonMissing,
)
from registry.assets.custody.faults.services import stop_repair
from registry.audit.actions import Action
from registry.audit.reconcile import reconcile
from registry.database import db, transaction
from registry.disposal.gates.kinds import Gate
from registry.disposal.refusals import GateClosed
from registry.regions import log_of
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.evidence import Span, read_custody
from tests.assets.custody.test_custody_services import actions
from tests.disposal.execution.doing import carried_out
from tests.disposal.execution.test_faults import DEAR, broken, checked, fault_of, mended, mending, waiting
from tests.disposal.scenery import asset_of, machine, policy
from tests.disposal.selling import sold_case
from tests.factories import COUNTY, TODAY, VILLAGE, person

SPENT = Stop("机器烧毁", 120_000, Payer.WELFARE_FUND, is_settled=True)


def stopped(fault_id: int, told: Stop | None = None) -> None:
    """Whoever repairs gives it up."""
    with transaction(VILLAGE):
        stop_repair(fault_of(fault_id), told or Stop("机器烧毁"), [], by=person("village_clerk"), on=TODAY)


@pytest.mark.parametrize("way", ["mending", "sent back"])
def test_what_burns_while_it_is_repaired_is_written_off_once_the_repair_is_given_up(any_app: Flask, way: str) -> None:
    number = machine()
    found = broken(number)
    if way == "mending":
        mending(found)
    else:
        mended(found, DEAR)
        checked(found, good=False)
    case_id = sold_case(number, plans={Gate.REPAIR.value: "先结清维修费，停止维修"})
    with pytest.raises(GateClosed) as refused:
        carried_out(case_id)
    assert refused.value.field == "repair"
    db.session.rollback()
    stopped(found, SPENT)
    fault = fault_of(found)
    assert (fault.state, fault.stopped_on, fault.stop_reason) == (FaultStatus.OPEN, TODAY, "机器烧毁")
    assert (fault.cost_fen, fault.payer, fault.repaired_on) == (120_000, Payer.WELFARE_FUND.value, None)
    assert Action.FAULT_STOPPED in actions()
    assert waiting() == (1, 0)
    carried_out(case_id)
    assert fault_of(found).state is FaultStatus.ENDED
    assert reconcile(log_of(VILLAGE)) == []


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (Stop(" "), StopReasonMissing),
        (Stop("机器烧毁", 1, None, is_settled=True), PayerMissing),
        (Stop("机器烧毁", 1, Payer.OTHER), StillOwed),
    ],
)
def test_a_repair_is_not_given_up_without_a_word_or_owing(app: Flask, told: Stop, refusal: type[Exception]) -> None:
    found = broken(machine())
    mending(found)
    with pytest.raises(refusal):
        stopped(found, told)
    db.session.rollback()
    assert (fault_of(found).state, fault_of(found).stopped_on) == (FaultStatus.REPAIRING, None)


def test_what_a_repair_cost_by_its_report_is_not_forgotten_by_giving_it_up(app: Flask) -> None:
    found = broken(machine())
    mended(found, DEAR)
    checked(found, good=False)
    with pytest.raises(StillOwed):
        stopped(found, Stop("机器烧毁"))
    db.session.rollback()
    stopped(found, Stop("机器烧毁，师傅不收钱", is_settled=True))
    assert (fault_of(found).cost_fen, fault_of(found).payer) == (0, "")


def test_only_a_repair_that_goes_on_is_given_up(app: Flask) -> None:
    found = broken(machine())
    with pytest.raises(NotRepairing):
        stopped(found)
    db.session.rollback()
    mended(found)
    with pytest.raises(NotRepairing):
        stopped(found)
    db.session.rollback()
    checked(found)
    with pytest.raises(NotRepairing):
        stopped(found)


def repaired_in_time(number: str) -> int:
    """How many repairs of an asset an evaluation finds done in time."""
    span = Span(COUNTY, date(2026, 1, 1), date(2027, 12, 31), TODAY, policy(COUNTY))
    return read_custody(span)[Criterion.REPAIR](asset_of(number)).done


def test_an_evaluation_counts_no_repair_that_was_sent_back_or_given_up(app: Flask) -> None:
    number = machine()
    found = broken(number)
    mended(found)
    assert repaired_in_time(number) == 1
    checked(found, good=False)
    assert repaired_in_time(number) == 0
    stopped(found)
    assert repaired_in_time(number) == 0
    mended(found)
    assert repaired_in_time(number) == 1
