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
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.models import (
    AccountSum,
    Book,
    BookPeriod,
    PlatformNumber,
    Posting,
    Reopening,
    Voucher,
    VoucherDraft,
)
from registry.ledger.books.periods.queries import moved_in
from registry.ledger.books.periods.rules import ReopeningAnswer, digest_of
from registry.ledger.books.rules import DraftState, PeriodState
from registry.ledger.distribution.payout.models import PayoutOrder, PayoutRound
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.arrears.rules import WriteOffStatus
from registry.ledger.operation.contracts.kinds import ContractStatus, Phase
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.rules import phase_of
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import ArrearsClass, arrears_class
from registry.ledger.operation.equity.kinds import EquityStatus
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.kinds import OUTSTANDING, DueStatus
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rules import Basis, ReceiptStatus
from registry.policy.procedures import StepKind
from registry.policy.queries import policy_for
from tests.demo.conftest import values

TOLD = max(today(), DEMO_TODAY)


def test_contracts_stand_at_every_stage(county: Flask) -> None:
    assert values(Contract.status) == set(ContractStatus)


def test_receipts_stand_at_every_stage_and_are_of_every_kind(county: Flask) -> None:
    assert values(Receipt.status) == set(ReceiptStatus)
    assert values(Receipt.kind) == set(IncomeKind)


def test_what_households_earn_is_noted_and_stands_in_no_book(county: Flask) -> None:
    noted = db.session.scalars(select(Receipt).where(Receipt.status == ReceiptStatus.NOTED.value)).all()
    assert {one.standing for one in noted} == {Basis.REPORTED}
    assert not db.session.scalars(select(IncomeRow).where(IncomeRow.receipt_id.in_({one.id for one in noted}))).all()


def test_something_is_overdue_in_every_class_and_was_demanded(county: Flask) -> None:
    rows = db.session.scalars(select(Due).where(Due.status.in_([one.value for one in OUTSTANDING]), Due.due_on < TOLD))
    policy = policy_for("500240000000", TOLD)
    late = {due.id: arrears_class(due.due_on, TOLD, policy) for due in rows}
    assert set(late.values()) == {ArrearsClass.REMIND, ArrearsClass.DEMAND, ArrearsClass.SUPERVISED}
    demanded = {late[one.due_id] for one in db.session.scalars(select(DemandLetter)) if one.due_id in late}
    assert demanded == {ArrearsClass.DEMAND, ArrearsClass.SUPERVISED}


def test_one_debt_is_to_be_given_up_once_everybody_agrees(county: Flask) -> None:
    case = db.session.scalars(select(WriteOff)).one()
    assert case.state is WriteOffStatus.PROPOSED
    request = find_request("write_off", str(case.id))
    assert request is not None
    assert request.step_kind == StepKind.MEETING


def test_equity_pays_its_dividend_and_other_equity_waits(county: Flask) -> None:
    assert values(Equity.status) == {EquityStatus.HELD, EquityStatus.ENTERED}
    paid = select(func.sum(IncomeRow.amount_fen)).where(IncomeRow.kind == IncomeKind.DIVIDEND.value)
    assert db.session.scalar(paid.where(IncomeRow.equity_id.is_not(None))) == 3 * 67_500_00


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


def test_months_are_closed_with_their_digest_and_one_was_opened_again_by_the_county(county: Flask) -> None:
    periods = db.session.scalars(select(BookPeriod)).all()
    assert {one.stage for one in periods} == {PeriodState.CLOSED, PeriodState.CLOSING}
    for one in periods:
        if one.stage is PeriodState.CLOSED:
            assert one.digest == digest_of(moved_in(db.session.get_one(Book, one.book_id), one.month))
    assert db.session.scalars(select(Reopening)).one().answer == ReopeningAnswer.AGREED


def test_the_collective_s_book_begins_with_its_balances_and_knows_the_platform_s_numbers(county: Flask) -> None:
    book = db.session.scalars(select(Book).where(Book.region_code == "500240213203")).one()
    first = db.session.scalars(select(Voucher).where(Voucher.book_id == book.id).order_by(Voucher.id)).first()
    assert first is not None
    assert (first.number, first.about) == (1, BookDeed.OPENING)
    brought, half_year = select(func.count()).select_from(PlatformNumber), book.opened_on.replace(month=7)
    told = select(func.count()).where(Voucher.book_id == book.id, Voucher.booked_on < half_year)
    assert 0 < (db.session.scalar(brought) or 0) == db.session.scalar(told)


def test_drafts_of_vouchers_wait_and_one_was_sent_back(county: Flask) -> None:
    assert {DraftState(one) for one in values(VoucherDraft.state)} == {
        DraftState.MADE, DraftState.SENT_BACK, DraftState.POSTED,
    }  # fmt: skip


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
    pages = [
        "/contracts",
        "/income",
        "/income/arrears",
        "/beneficiaries",
        "/distributions",
        "/payouts",
        "/books",
        "/equity",
    ]
    keys = db.session.scalars(select(Contract.id).where(Contract.region_code == "500240213203")).all()
    assert len(keys) >= 5
    pages += [f"/contracts/{key}" for key in keys]
    assert {(page, visitor.get(page).status_code) for page in pages} == {(page, 200) for page in pages}
