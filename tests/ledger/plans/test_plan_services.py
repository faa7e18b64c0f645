"""A plan from its draft to agreement, on both databases: what it takes, freezes, says, and who may write it."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.approvals.requests.cases import list_interests
from registry.approvals.requests.states import RequestStatus
from registry.database import db, transaction
from registry.ledger.distribution.plans.carrying import InputsChanged, NotAgreedYet, carry_out
from registry.ledger.distribution.plans.computing import compute
from registry.ledger.distribution.plans.freezing import digest_of, freeze
from registry.ledger.distribution.plans.gathering import frozen_inputs
from registry.ledger.distribution.plans.models import PlanIncome, PlanInput, PlanLine
from registry.ledger.distribution.plans.pool import NothingReceived
from registry.ledger.distribution.plans.queries import distributed_of, list_income, list_lines
from registry.ledger.distribution.plans.rules import NotOpen, PeriodInFuture, PlanStatus
from registry.ledger.distribution.plans.services import (
    NotACollective,
    NoWork,
    OthersPlan,
    ScopeOdd,
    add_use,
    begin_plan,
    change_use,
    drop_plan,
    remove_use,
)
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.showing import public_lines
from registry.ledger.distribution.plans.submitting import ContentChanged, check_plan, follow_plan_request
from registry.ledger.distribution.plans.uses import UseKind, UsesNotWhole
from registry.ledger.distribution.plans.writing import HouseholdUnknown, UseFacts
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.rules import OwnRecord
from registry.ledger.distribution.work.services import HouseholdOdd, check_record
from registry.policy.queries import policy_for
from tests.factories import SIBLING_VILLAGE, TODAY, VILLAGE, person
from tests.ledger.plans.planning import (
    CUSTODY,
    DIVIDEND,
    RELIEF,
    agreed,
    become,
    collective,
    drafted,
    end_entitlement,
    facts,
    income,
    plan_of,
    prepared,
    request_of,
    submitted,
    worked,
)
from tests.ledger.rolls.people import on_roll


def check(plan_id: int) -> None:
    check_plan(plan_of(plan_id), by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_a_plan_is_frozen_taken_from_the_income_and_sent_to_its_deciders(any_app: Flask) -> None:
    plan_id = prepared()
    request = submitted(plan_id)
    plan = plan_of(plan_id)
    assert (plan.state, plan.income_fen, plan.loss_fen, plan.fund_fen, plan.uses_fen) == (
        PlanStatus.SUBMITTED, 1_000_000, 0, 200_000, 800_000,
    )  # fmt: skip
    assert plan.digest == digest_of(freeze(frozen_inputs(plan)))
    assert [(row.taken_fen, row.fresh_fen, row.returned_fen) for row in list_income(plan_id)] == [
        (1_000_000, 1_000_000, 0)
    ]
    assert [step.label for step in request.steps] == [
        "村党组织研究", "会前公开方案", "成员（代表）会议表决", "会后公示方案",
        "村务监督委员会审核", "乡镇审核", "区县备案",
    ]  # fmt: skip
    assert request.amount_fen == 800_000


def test_income_that_one_plan_took_is_not_there_for_another(any_app: Flask) -> None:
    submitted(prepared())
    second = drafted()
    with pytest.raises(NothingReceived):
        check(second)


@pytest.mark.parametrize("end", [RequestStatus.REJECTED, RequestStatus.WITHDRAWN])
def test_a_plan_that_came_to_nothing_lets_its_income_go(app: Flask, end: RequestStatus) -> None:
    plan_id = prepared()
    submitted(plan_id)
    become(plan_id, end)
    assert plan_of(plan_id).state in {PlanStatus.REFUSED, PlanStatus.WITHDRAWN}
    check(drafted())


def test_a_plan_sent_back_keeps_its_income_and_is_frozen_anew_when_it_was_changed(any_app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    become(plan_id, RequestStatus.SENT_BACK)
    with transaction(VILLAGE):
        plan = plan_of(plan_id)
        change_use(plan, plan.uses[0].id, replace(DIVIDEND, label="全体成员分红"), by=person("village_clerk"))
    assert plan_of(plan_id).digest == ""
    before = request_of(plan_id).content_digest
    submitted(plan_id)
    rows = db.session.scalars(select(PlanInput).where(PlanInput.plan_id == plan_id).order_by(PlanInput.version)).all()
    assert [row.version for row in rows] == [1, 2]
    assert request_of(plan_id).content_digest != before
    assert len(list_income(plan_id)) == 1


def test_a_plan_that_was_rewritten_is_not_submitted_again_as_it_was(app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    become(plan_id, RequestStatus.SENT_BACK)
    with transaction(VILLAGE):
        remove_use(plan_of(plan_id), plan_of(plan_id).uses[0].id, by=person("village_clerk"))
    with pytest.raises(ContentChanged), transaction(VILLAGE):
        request = request_of(plan_id)
        request.status = RequestStatus.OPEN.value
        follow_plan_request(request, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_a_submitted_plan_is_not_written_any_more(app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    with pytest.raises(NotOpen), transaction(VILLAGE):
        add_use(plan_of(plan_id), CUSTODY, by=person("village_clerk"))
    with pytest.raises(NotOpen), transaction(VILLAGE):
        drop_plan(plan_of(plan_id), "不做了", by=person("village_clerk"))


def test_lines_are_written_once_from_what_was_frozen(any_app: Flask) -> None:
    plan_id = prepared()
    with pytest.raises(NotAgreedYet), transaction(VILLAGE):
        carry_out(plan_of(plan_id), by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    agreed(plan_id)
    with transaction(VILLAGE):
        carry_out(plan_of(plan_id), by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    lines = list_lines(plan_id, limit=100)
    assert sum(line.amount_fen for line in lines) == 800_000 == plan_of(plan_id).handed_fen
    assert [line.amount_fen for line in lines if line.use.label == "成员分红"] == [166_667, 166_667, 166_666]
    assert [line.odd_fen for line in lines if line.use.label == "成员分红"] == [1, 1, 0]
    assert [line.payee_name for line in lines if line.use.label == "冷库管护"] == ["石柱县永盛制冷设备有限公司"]
    with pytest.raises(NotAgreedYet), transaction(VILLAGE):
        carry_out(plan_of(plan_id), by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))
    assert db.session.scalar(select(func.count()).select_from(PlanLine)) == len(lines)


def test_a_plan_computes_the_same_lines_years_later_though_the_roll_is_another(app: Flask) -> None:
    plan_id = prepared()
    submitted(plan_id)
    then = compute(frozen_inputs(plan_of(plan_id)))
    on_roll(9)
    income(77_700)
    assert compute(frozen_inputs(plan_of(plan_id))) == then


def test_a_plan_whose_archive_does_not_fit_what_was_agreed_to_is_not_carried_out(app: Flask) -> None:
    plan_id = agreed(prepared())
    with pytest.raises(InputsChanged), transaction(VILLAGE):
        plan = plan_of(plan_id)
        plan.digest = "0" * 64
        carry_out(plan, by=person("village_clerk"), on=TODAY, policy=policy_for(VILLAGE, TODAY))


def test_what_is_carried_over_is_there_for_the_next_plan_without_a_second_fund(any_app: Flask) -> None:
    income()
    on_roll(1)
    carried = UseFacts(UseKind.CARRIED, "结转", 300_000, Basis.LUMP)
    first = agreed(drafted(replace(DIVIDEND, amount_fen=500_000), carried))
    assert [row.returned_fen for row in list_income(first)] == [300_000]
    assert distributed_of(collective().id, 2026, besides=0) == 700_000
    second = drafted(replace(DIVIDEND, amount_fen=300_000))
    request = submitted(second)
    plan = plan_of(second)
    assert (plan.income_fen, plan.fund_fen, plan.uses_fen, request.amount_fen) == (300_000, 0, 300_000, 300_000)


def test_work_precedes_pay_and_is_paid_under_one_plan(any_app: Flask) -> None:
    income()
    household = on_roll(1)
    labour = UseFacts(UseKind.DAY_LABOUR, "清淤用工", 0, Basis.WORK)
    worked(household, verified=False)
    with pytest.raises(NoWork):
        drafted(labour)
    worked(household, 20)
    worked(household, 3)
    plan_id = drafted(labour, replace(DIVIDEND, amount_fen=800_000 - 115_000))
    assert plan_of(plan_id).uses[0].amount_fen == 115_000
    submitted(plan_id)
    use_id = plan_of(plan_id).uses[0].id
    assert {work.plan_use_id for work in db.session.scalars(select(WorkRecord)) if work.status == "VERIFIED"} == {
        use_id
    }
    assert interested(plan_id) == ["谭小军", "谭正国"]
    become(plan_id, RequestStatus.REJECTED)
    assert {work.plan_use_id for work in db.session.scalars(select(WorkRecord))} == {None}


def interested(plan_id: int) -> list[str]:
    return sorted(one.name for one in list_interests(request_of(plan_id)))


def test_nobody_verifies_work_they_entered_and_households_are_of_the_unit(app: Flask) -> None:
    household = on_roll(1)
    work_id = worked(household, verified=False)
    with pytest.raises(OwnRecord), transaction(VILLAGE):
        check_record(db.session.get_one(WorkRecord, work_id), "", agrees=True, by=person("village_clerk"))
    with pytest.raises(HouseholdOdd):
        worked(household + 999)


def test_amounts_are_named_by_the_number_or_the_head_of_a_household(app: Flask) -> None:
    income()
    on_roll(1)
    award = UseFacts(UseKind.AWARD, "产业奖补", 800_000, Basis.NAMED, named=(("谭正国", 800_000),))
    plan_id = drafted(award)
    check(plan_id)
    with pytest.raises(HouseholdUnknown), transaction(VILLAGE):
        add_use(plan_of(plan_id), replace(award, named=(("无此人", 1),)), by=person("village_clerk"))


def test_uses_that_are_not_the_whole_do_not_go_on(app: Flask) -> None:
    income()
    on_roll(1)
    plan_id = drafted(DIVIDEND)
    with pytest.raises(UsesNotWhole):
        submitted(plan_id)
    assert plan_of(plan_id).state is PlanStatus.DRAFT
    assert db.session.scalar(select(func.count()).select_from(PlanIncome)) == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"period_to": "2026-12"}, PeriodInFuture),
        ({"asset_id": 10**9}, ScopeOdd),
        ({"region_code": SIBLING_VILLAGE}, NotACollective),
    ],
)
def test_a_plan_that_cannot_be_is_not_begun(app: Flask, changes: dict[str, object], refusal: type[Exception]) -> None:
    income()
    about = facts(**changes)
    with pytest.raises(refusal), transaction(VILLAGE):
        begin_plan(about, by=person("village_clerk"), on=TODAY)


def test_a_plan_is_written_in_its_own_unit(app: Flask) -> None:
    plan_id = prepared(1)
    with pytest.raises(OthersPlan), transaction(VILLAGE):
        add_use(plan_of(plan_id), CUSTODY, by=person("sibling_clerk"))


def test_the_board_names_households_as_notices_name_people(app: Flask) -> None:
    plan_id = prepared(2)
    submitted(plan_id)
    lines = public_lines(plan_of(plan_id))
    assert {line.name for line in lines} == {"谭**", "石柱县永盛制冷设备有限公司"}
    assert sum(line.amount_fen for line in lines) == 800_000


def test_months_after_entitlement_ended_are_withheld_and_come_back(any_app: Flask) -> None:
    income()
    on_roll(1)
    leaver = on_roll(2)
    end_entitlement(leaver, date(2026, 4, 1))
    plan_id = drafted(replace(RELIEF, amount_fen=220_000), replace(DIVIDEND, amount_fen=580_000))
    submitted(plan_id)
    shares = compute(frozen_inputs(plan_of(plan_id))).shares[0]
    assert [(one.months, one.of_months, one.amount_fen, one.withheld_fen) for one in shares] == [
        (11, 11, 110_000, 0),
        (3, 11, 30_000, 80_000),
    ]
    assert [row.returned_fen for row in list_income(plan_id)] == [80_000]
    assert plan_of(plan_id).handed_fen == 720_000


def test_entitlement_is_asked_of_assistance_only(app: Flask) -> None:
    income()
    household = on_roll(1)
    end_entitlement(household, date(2026, 4, 1))
    plan_id = drafted(replace(DIVIDEND, amount_fen=800_000, entitlement=Entitlement.MEMBER))
    submitted(plan_id)
    (share,) = compute(frozen_inputs(plan_of(plan_id))).shares[0]
    assert (share.amount_fen, share.withheld_fen) == (800_000, 0)
