"""Plans for tests: a cold store let, its rent received, households on the roll, and a plan that hands it out."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.states import RequestStatus
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db, transaction
from registry.kinds import OwnerKind
from registry.ledger.distribution.plans.computing import compute
from registry.ledger.distribution.plans.gathering import gather
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.pool import OfficialYear
from registry.ledger.distribution.plans.queries import TABLE
from registry.ledger.distribution.plans.rules import PlanFacts
from registry.ledger.distribution.plans.services import OfficialFacts, add_use, begin_plan, set_official
from registry.ledger.distribution.plans.shares import Basis, Entitlement
from registry.ledger.distribution.plans.submitting import follow_plan_request, submit_plan
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.distribution.plans.writing import UseFacts
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.work.rules import WorkFacts, WorkKind
from registry.ledger.distribution.work.services import check_record, enter_work
from registry.parties.models import Party
from registry.policy.queries import policy_for
from tests.approvals.requests.walking import walk
from tests.factories import TODAY, VILLAGE, confirmed, person
from tests.ledger.receipts.receiving import posted, rent
from tests.ledger.rolls.people import on_roll

RENT = 1_000_000
BOOKS = OfficialYear(0, RENT, 200_000, "2026年收益及收益分配表")
OFFICIAL = OfficialFacts(BOOKS, 2_000, "章程第二十八条", "")
DIVIDEND = UseFacts(UseKind.PERFORMANCE_DIVIDEND, "成员分红", 500_000, Basis.PER_SHARE, Entitlement.MEMBER)
RELIEF = UseFacts(UseKind.PERFORMANCE_DIVIDEND, "帮扶分红", 120_000, Basis.PER_HOUSEHOLD, Entitlement.ASSISTANCE)
CUSTODY = UseFacts(UseKind.CUSTODY, "冷库管护", 180_000, Basis.LUMP, payee="石柱县永盛制冷设备有限公司")
USES = (DIVIDEND, RELIEF, CUSTODY)


def collective() -> Party:
    """The collective of the village."""
    return db.session.query(Party).filter_by(region_code=VILLAGE, kind=OwnerKind.VILLAGE_COLLECTIVE.value).one()


def income(fen: int = RENT) -> None:
    """Rent of the cold store, received, checked and posted."""
    asset = confirmed()
    posted(asset, rent(fen))


def facts(**changes: object) -> PlanFacts:
    """The year's plan of the collective, up to November."""
    told = PlanFacts(VILLAGE, collective().id, 2026, "2026年度收益分配方案", "2026-01", "2026-11")
    return replace(told, **changes)  # type: ignore[arg-type]


def drafted(*uses: UseFacts, official: OfficialFacts | None = None, **changes: object) -> int:
    """A plan with these uses, in draft."""
    about = facts(**changes)
    with transaction(VILLAGE):
        plan = begin_plan(about, by=person("village_clerk"), on=TODAY)
        set_official(plan, official or OFFICIAL, by=person("village_clerk"))
        for use in uses or USES:
            add_use(plan, use, by=person("village_clerk"))
        return plan.id


def prepared(households: int = 3) -> int:
    """Income, a roll of some households, and a draft over them."""
    income()
    for serial in range(1, households + 1):
        on_roll(serial)
    return drafted()


def books(times: int) -> OfficialFacts:
    """The official books of a year in which the rent came so many times."""
    return replace(OFFICIAL, official=replace(BOOKS, result_fen=times * RENT, fund_fen=times * 200_000))


def plan_of(plan_id: int) -> Plan:
    """A plan as it stands."""
    return db.session.get_one(Plan, plan_id)


def submitted(plan_id: int) -> ApprovalRequest:
    """A plan before its deciders."""
    with transaction(VILLAGE):
        policy = policy_for(VILLAGE, TODAY)
        return submit_plan(plan_of(plan_id), by=person("village_clerk"), on=TODAY, policy=policy)


def request_of(plan_id: int) -> ApprovalRequest:
    """The request of a plan."""
    found = find_request(TABLE, str(plan_id))
    assert found is not None
    return found


def become(plan_id: int, status: RequestStatus) -> None:
    """Let the request of a plan come to something, agreed to by all its desks if that is it; the plan follows."""
    with transaction(VILLAGE):
        request, by = request_of(plan_id), person("township_supervisor")
        if status is RequestStatus.APPROVED:
            walk(request)
        request.status = status.value
        record(Action.STEP_AGREED, request, by=by)
        follow_plan_request(request, by=by, on=TODAY, policy=policy_for(VILLAGE, TODAY))


def agreed(plan_id: int) -> int:
    """A plan that was agreed to."""
    submitted(plan_id)
    become(plan_id, RequestStatus.APPROVED)
    return plan_id


def worked(
    household_id: int, half_days: int = 20, *, verified: bool = True, kind: WorkKind = WorkKind.DAY_LABOUR
) -> int:
    """Somebody's work, verified by the head of the village."""
    about = WorkFacts(
        VILLAGE, household_id, "谭小军", kind, "清理排水沟", date(2026, 10, 1), date(2026, 10, 31), half_days, 10_000
    )
    with transaction(VILLAGE):
        work = enter_work(about, by=person("village_clerk"), on=TODAY)
        if verified:
            check_record(work, "", agrees=True, by=person("village_head"))
        return work.id


def end_entitlement(household_id: int, first_day_no_more: date) -> None:
    """Let a household lose its class from a day on, as a change that took effect."""
    with transaction(VILLAGE):
        held = select(BeneficiaryStatus).where(
            BeneficiaryStatus.household_id == household_id, BeneficiaryStatus.person_id.is_(None)
        )
        status = db.session.scalars(held).one()
        status.valid_to = first_day_no_more
        record(Action.ROLL_CHANGED, status, by=person("township_clerk"))


def giving(year: int = 2026) -> int:
    """A plan that gives every household on the roll the same and carries the rest on, agreed to."""
    plan_id, by = drafted(RELIEF, official=books(99), year=year), person("village_clerk")
    db.session.rollback()
    with transaction(VILLAGE):
        left = compute(gather(plan_of(plan_id), by).inputs).order.uses_fen - RELIEF.amount_fen
        add_use(plan_of(plan_id), UseFacts(UseKind.CARRIED, "结转", left, Basis.LUMP), by=by)
    return agreed(plan_id)
