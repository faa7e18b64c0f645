"""What the demo county earns, who gets it, and that its books hold."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from registry.approvals.requests.queries import find_request
from registry.clock import today
from registry.database import Model, db
from registry.demo.people import DEMO_PASSWORD
from registry.demo.tables import DEMO_TODAY
from registry.ledger.books.models import AccountSum, Posting, Voucher
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder, PayoutResult, PayoutRound
from registry.ledger.distribution.payout.rules import LineStatus, ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanIncome, PlanLine
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.rolls.changes import ChangeStatus
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollChange
from registry.ledger.distribution.rolls.rules import ASSISTED, BeneficiaryClass
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.rules import WorkStatus
from registry.ledger.operation.contracts.kinds import ContractStatus, Phase
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.rules import phase_of
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rules import ReceiptStatus
from registry.parties.households.models import Household, Stay
from registry.policy.procedures import StepKind

TOLD = max(today(), DEMO_TODAY)


def values(column: object) -> set[str]:
    """Return what stands in a column."""
    return set(db.session.scalars(select(column).distinct()))  # type: ignore[call-overload]


def test_contracts_are_drafted_decided_on_and_running(county: Flask) -> None:
    assert values(Contract.status) >= {ContractStatus.DRAFT, ContractStatus.DECIDING, ContractStatus.RUNNING}


def test_receipts_stand_at_every_stage_of_the_collective(county: Flask) -> None:
    assert values(Receipt.status) == set(ReceiptStatus) - {ReceiptStatus.NOTED}
    kinds = values(Receipt.kind)
    assert kinds >= {IncomeKind.RENT, IncomeKind.PV_SETTLEMENT, IncomeKind.SELF_RUN, IncomeKind.IN_KIND}


def test_a_contract_is_to_be_renewed_soon(county: Flask) -> None:
    phases = Counter(
        phase_of(one.state, one.ends_on, TOLD, renewal_days=90) for one in db.session.scalars(select(Contract))
    )
    assert phases[Phase.RENEWING] >= 1
    assert phases[Phase.EXPIRED] >= 1


def test_the_cold_store_was_let_after_everybody_had_agreed_and_owes_the_rest_of_a_year(county: Flask) -> None:
    lease = db.session.scalars(select(Contract).where(Contract.name == "中益冷链仓库租赁合同")).one()
    assert not lease.is_legacy
    assert lease.agreed_on is not None
    assert lease.signed_on is not None
    assert lease.agreed_on <= lease.signed_on
    rents = list(db.session.scalars(select(Due).where(Due.contract_id == lease.id, Due.kind == "RENT")))
    states = [due.state for due in sorted(rents, key=lambda due: due.due_on)]
    assert states[:2] == [DueStatus.SETTLED, DueStatus.PART]


def test_a_contract_of_the_past_brought_its_arrears(county: Flask) -> None:
    legacy = db.session.scalars(select(Contract).where(Contract.is_legacy, Contract.arrears_fen > 0)).all()
    assert legacy
    for contract in legacy:
        late = select(Due).where(Due.contract_id == contract.id, Due.status.in_([one.value for one in OUTSTANDING]))
        assert any(due.due_on < TOLD for due in db.session.scalars(late))


def test_a_joint_asset_s_income_is_split_between_three_villages(county: Flask) -> None:
    owners = select(IncomeRow.receipt_id).group_by(IncomeRow.receipt_id)
    joint = db.session.scalars(owners.having(func.count(IncomeRow.party_id.distinct()) == 3)).all()
    assert len(joint) == 1


def test_no_receipt_was_checked_by_whoever_entered_it(county: Flask) -> None:
    rows = db.session.scalars(select(Receipt).where(Receipt.checked_by_id.is_not(None))).all()
    assert rows
    assert all(row.checked_by_id != row.entered_by_id for row in rows)


def test_households_stand_in_every_class(county: Flask) -> None:
    assert values(BeneficiaryStatus.beneficiary_class) >= ASSISTED | {
        BeneficiaryClass.ORDINARY,
        BeneficiaryClass.MEMBER,
    }
    assert 12 <= (db.session.scalar(select(func.count()).select_from(Household)) or 0) <= 15


def test_changes_of_the_roll_are_asked_for_and_carried_out(county: Flask) -> None:
    statuses = Counter(db.session.scalars(select(RollChange.status)))
    assert statuses[ChangeStatus.ASKED] == 1
    assert statuses[ChangeStatus.DONE] == 2
    assert db.session.scalar(select(func.count()).select_from(Stay).where(Stay.parting == "DIED")) == 1


def test_the_plan_of_last_year_was_paid_and_what_failed_for_one_household_was_paid_again(county: Flask) -> None:
    plan = db.session.scalars(select(Plan).where(Plan.region_code == "500240213203")).one()
    assert plan.state is PlanStatus.DONE
    lines = db.session.scalars(select(PayoutLine)).all()
    assert {line.state for line in lines} == {LineStatus.PAID}
    assert [line.attempts for line in lines if line.attempts > 1] == [2, 2]
    assert len({line.agreed.payee_name for line in lines if line.attempts > 1}) == 1
    assert values(PayoutResult.kind) == {ResultKind.PAID, ResultKind.FAILED}
    handed = db.session.scalar(select(func.sum(PlanLine.amount_fen)).where(PlanLine.plan_id == plan.id))
    assert handed == plan.handed_fen == sum(line.amount_fen for line in lines)
    assert handed <= plan.uses_fen <= plan.income_fen


def test_one_plan_hangs_out_to_be_read_before_the_meeting(county: Flask) -> None:
    waiting = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.SUBMITTED.value)).one()
    request = find_request("plan", str(waiting.id))
    assert request is not None
    assert request.step_kind == StepKind.NOTICE


def test_no_plan_takes_more_than_was_received(county: Flask) -> None:
    for row, taken in db.session.execute(
        select(IncomeRow, func.sum(PlanIncome.taken_fen))
        .join(PlanIncome, PlanIncome.income_row_id == IncomeRow.id)
        .group_by(IncomeRow.id)
    ):
        assert taken <= row.amount_fen


def test_work_was_verified_before_it_was_paid_and_some_waits(county: Flask) -> None:
    works = db.session.scalars(select(WorkRecord)).all()
    assert {work.state for work in works} == {WorkStatus.ENTERED, WorkStatus.VERIFIED}
    assert all(work.state is WorkStatus.VERIFIED for work in works if work.plan_use_id is not None)
    assert all(work.checked_by_id != work.entered_by_id for work in works)


def test_the_books_balance_and_their_sums_are_what_was_posted(county: Flask) -> None:
    debit, credit = db.session.execute(select(func.sum(Posting.debit_fen), func.sum(Posting.credit_fen))).one()
    assert debit == credit != 0
    columns = (Posting.book_id, Posting.month, Posting.account, Posting.detail)
    posted = select(*columns, func.sum(Posting.debit_fen), func.sum(Posting.credit_fen)).group_by(*columns)
    kept = select(
        AccountSum.book_id, AccountSum.month, AccountSum.account, AccountSum.detail, AccountSum.debit_fen,
        AccountSum.credit_fen,
    )  # fmt: skip
    assert {tuple(row) for row in db.session.execute(posted)} == {tuple(row) for row in db.session.execute(kept)}
    assert all(one.made_by_id != one.checked_by_id for one in db.session.scalars(select(Voucher)))


def test_the_numbers_of_every_book_and_year_have_no_gap(county: Flask) -> None:
    rows = db.session.execute(
        select(func.count(), func.max(Voucher.number)).group_by(Voucher.book_id, Voucher.year)
    ).all()
    assert len(rows) >= 5
    assert all(count == last for count, last in rows)


@pytest.mark.parametrize(
    ("model", "column"),
    [(Contract, "signed_on"), (Contract, "agreed_on"), (Receipt, "received_on"), (Voucher, "booked_on"),
     (PayoutOrder, "done_on"), (PayoutRound, "happened_on"), (WorkRecord, "ends_on"), (Plan, "agreed_on"),
     (BeneficiaryStatus, "event_on")],
)  # fmt: skip
def test_nothing_of_the_ledger_is_told_of_the_future(county: Flask, model: type[Model], column: str) -> None:
    latest: date | None = db.session.scalar(select(func.max(getattr(model, column))))
    assert latest is not None
    assert latest <= TOLD


def test_the_pages_of_the_ledger_open(county: Flask) -> None:
    visitor = county.test_client()
    visitor.post("/login", data={"username": "village_clerk", "password": DEMO_PASSWORD})
    pages = ["/contracts", "/income", "/beneficiaries", "/distributions"]
    keys = db.session.scalars(select(Contract.id).where(Contract.region_code == "500240213203")).all()
    assert len(keys) >= 5
    pages += [f"/contracts/{key}" for key in keys]
    assert {(page, visitor.get(page).status_code) for page in pages} == {(page, 200) for page in pages}
