"""Each risk: how it comes about, and how it is mended."""

from datetime import date

from sqlalchemy import select

from registry.approvals.notices.models import Notice, Objection
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.patrols.models import Patrol, PatrolState
from registry.assets.register.cards.models import AssetRelation
from registry.assets.register.projects.models import Project
from registry.assets.register.rights.models import UseChange
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.models import Proceeds
from registry.evidence.models import Attachment
from registry.ledger.books.models import Book
from registry.ledger.books.rules import month_of
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.operation.contracts.models import Contract, OperatorOfficer
from registry.ledger.operation.reviews.models import IndustryReview
from registry.supervision.stocktaking.models import StockSheet
from registry.supervision.warnings.risks import Risk
from tests.factories import TODAY
from tests.supervision.warnings.deeds import (
    PAID,
    Deed,
    a_book,
    a_case,
    a_household,
    add,
    again,
    alter,
    balance,
    bind,
    both,
    card,
    cash,
    contract,
    earned,
    equity,
    hang_project,
    late_count,
    leased,
    lost,
    newest,
    of_asset,
    owed,
    plan,
    proceeds,
    take_down,
)
from tests.supervision.warnings.scenery import LONG_AGO, a_notice, close, days, make

_R = Risk
#: Risk → what breaks it, what mends it.
CASES: dict[Risk, tuple[Deed, Deed]] = {
    _R.UNCONFIRMED: (card(stage="SUBMITTED", entered_at=LONG_AGO), card(stage="CONFIRMED")),
    _R.PROJECT_UNCOVERED: (
        add(Project, name="产业路项目", year=2020, status="OPEN", total_fen=5_000_000, sector="AGRICULTURE"),
        hang_project,
    ),
    _R.TITLE_LATE: (
        card(accepted_on=days(-100), handed_over_on=TODAY, title_status="UNCONFIRMED"), card(title_status="CONFIRMED"),
    ),
    _R.HAND_OVER_LATE: (
        card(accepted_on=days(-100), handed_over_on=None, title_status="CONFIRMED"), card(handed_over_on=TODAY),
    ),
    _R.OWNER_DISPUTED: (card(title_status="DISPUTED"), card(title_status="CONFIRMED")),
    _R.UNDOCUMENTED: (
        card(confirmed_at=LONG_AGO),
        lambda asset: make(Attachment, thing_table="asset", thing_id=str(asset.id), kind="PHOTO"),
    ),
    _R.CUSTODIAN_MISSING: (
        card(confirmed_at=LONG_AGO), of_asset(AssetRelation, kind="CUSTODIAN", name="某人", valid_from=TODAY),
    ),
    _R.CUSTODY_EXPIRED: (
        add(CustodyAgreement, status="ACCEPTED", kind="VILLAGE", custodian_name="某人", frequency_months=1,
            starts_on=days(-400), ends_on=days(-10)),
        alter(CustodyAgreement, status="HANDED_BACK", ended_on=TODAY),
    ),
    _R.PATROL_LATE: (
        both(
            card(confirmed_at=LONG_AGO),
            of_asset(AssetRelation, kind="CUSTODIAN", name="某人", valid_from=date(2020, 1, 1)),
        ),
        both(of_asset(PatrolState, self_on=TODAY, self_due_on=days(30)), of_asset(Patrol, kind="SELF", result="GOOD")),
    ),
    _R.REPAIR_LATE: (
        of_asset(Fault, status="OPEN", severity="B", due_on=days(-3), found_on=days(-20), sector="AGRICULTURE"),
        alter(Fault, status="REPAIRED", repaired_on=TODAY),
    ),
    _R.COUNT_LATE: (late_count, alter(StockSheet, status="REPORTED")),
    _R.RENT_WITHOUT_CONTRACT: (card(use_status="LEASED"), bind),
    _R.CONTRACT_LONG: (
        leased(starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1)), alter(Contract, ends_on=date(2030, 12, 31)),
    ),
    _R.CONTRACT_EXPIRED: (leased(ends_on=days(-1)), alter(Contract, status="ENDED", ended_on=TODAY)),
    _R.RENT_LOW: (leased(appraised_fen=600_001), alter(Contract, yearly_fen=600_001)),
    _R.RENT_UNDER_LOSS: (
        both(bind, card(plan_from_month=month_of(TODAY) - 1, plan_remaining_fen=12_000_020, plan_months=240)),
        card(plan_months=241),
    ),
    _R.NO_TENDER: (leased(award="EXEMPT", award_note="只有一家愿意"), alter(Contract, award="TENDER")),
    _R.KIN_OPERATOR: (
        lambda _asset: make(OperatorOfficer, contract_id=contract().id, name="某人", capacity="KIN", kin_of="某干部"),
        alter(Contract, status="ENDED", ended_on=TODAY),
    ),
    _R.OPERATOR_LOSING: (
        both(leased(), lambda asset: lost(asset, 2024, 11), lambda asset: lost(asset, 2025, 11)),
        lambda asset: lost(asset, 2025, 9),
    ),
    _R.IDLE: (
        both(card(use_status="IDLE"), of_asset(UseChange, use_status="IDLE", changed_on=days(-200))),
        card(use_status="IN_USE"),
    ),
    _R.IDLE_UNREVIVED: (
        both(card(use_status="IDLE"), of_asset(IndustryReview, year=2026, group="REVIVE", revive_by=days(-1))),
        card(use_status="IN_USE"),
    ),
    _R.YIELD_LOW: (
        both(card(entered_at=LONG_AGO), lambda asset: earned(asset, 2024, 10)),
        lambda asset: earned(asset, 2025, 3_859_200),
    ),
    _R.ARREARS: (
        lambda _asset: owed(contract_id=contract().id, due_on=days(-31)), PAID,
    ),
    _R.ARREARS_LONG: (
        lambda _asset: owed(contract_id=contract().id, due_on=days(-91)), PAID,
    ),
    _R.DIVIDEND_LATE: (equity, PAID),
    _R.BOOK_UNCLOSED: (lambda _asset: a_book(closed_month=None), alter(Book, closed_month=month_of(TODAY) - 1)),
    _R.CASH_HIGH: (
        lambda _asset: cash(24300, 600_000, a_book().id),
        both(
            lambda _asset: cash(24301, -200_000, db.session.scalars(select(Book.id)).one()),
            alter(Book, closed_month=month_of(TODAY)),
        ),
    ),
    _R.DEBT_HIGH: (
        both(
            lambda _asset: balance(a_book().id, "151", 1_000_000),
            lambda _asset: balance(newest(Book).id, "221", -700_001),
        ),
        both(lambda _asset: balance(newest(Book).id, "211", 1), alter(Book, closed_month=month_of(TODAY))),
    ),
    _R.DISTRIBUTION_LATE: (lambda asset: earned(asset, 2025, 100_000), plan(status="AGREED", agreed_on=TODAY)),
    _R.PAYOUT_LATE: (plan(status="AGREED", agreed_on=days(-61)), alter(Plan, status="DONE")),
    _R.DECEASED_PAID: (a_household, alter(BeneficiaryStatus, valid_to=date(2026, 4, 1))),
    _R.VILLAGE_UNPUBLISHED: (take_down("VILLAGE_MATTERS"), again("VILLAGE_MATTERS")),
    _R.ACCOUNTS_UNPUBLISHED: (take_down("COLLECTIVE_ACCOUNTS"), again("COLLECTIVE_ACCOUNTS")),
    _R.NOTICE_SHORT: (
        both(lambda _asset: a_notice(), alter(Notice, state="TAKEN_DOWN", ended_on=days(-12))), again("LEDGER"),
    ),
    _R.NOTICE_UNCLOSED: (
        lambda _asset: a_notice(starts_on=days(-21), ends_on=days(-11)), lambda _asset: close(newest(Notice)),
    ),
    _R.OBJECTION_LATE: (
        lambda _asset: make(Objection, notice_id=a_notice().id, channel="PAPER", ground="CONTENT", text="不对",
                            state="OPEN", level="VILLAGE", due_on=days(-1)),
        alter(Objection, state="ANSWERED", answered_on=TODAY, pass_on_until=days(5)),
    ),
    _R.DISPOSAL_SPLIT: (
        both(
            lambda _asset: a_case(own_fen=4_000_000, basis_fen=8_000_000, submitted_on=days(-5)),
            alter(DisposalCase, status="SUBMITTED"),
        ),
        alter(DisposalCase, status="WITHDRAWN"),
    ),
    _R.LOSS_UNDECIDED: (
        lambda _asset: a_case(kind="LOSS", is_sudden=True, happened_on=days(-60), decide_by=days(-30)),
        alter(DisposalCase, status="REJECTED"),
    ),
    _R.PROCEEDS_UNPAID: (
        proceeds(opened_on=days(-31), use_by=days(300)), alter(Proceeds, received_fen=10_000),
    ),
    _R.PROCEEDS_UNUSED: (
        proceeds(opened_on=days(-400), use_by=days(-1), received_fen=10_000), alter(Proceeds, used_fen=10_000),
    ),
}  # fmt: skip
