"""Each risk: how it comes about, and how it is mended."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from registry.approvals.notices.models import Notice, Objection
from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.patrols.models import Patrol, PatrolState
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation
from registry.assets.register.projects.models import Project
from registry.assets.register.rights.models import UseChange
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.models import Proceeds
from registry.evidence.models import Attachment
from registry.ledger.books.models import AccountSum, Book
from registry.ledger.books.rules import month_of
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset, OperatorOfficer
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.reviews.models import IndustryReview, OperatingResult
from registry.parties.households.models import Household, Person, Stay
from registry.parties.models import Party
from registry.supervision.stocktaking.models import StockCampaign, StockSheet
from registry.supervision.warnings.risks import Risk
from tests.factories import COUNTY, TODAY
from tests.supervision.warnings.scenery import LONG_AGO, a_notice, close, days, make

Deed = Callable[[Asset], Any]
_R = Risk


def alter(model: type[Any], **values: Any) -> Deed:
    """Alter the newest row of a table."""

    def deed(_asset: Asset) -> None:
        row = db.session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()
        for name, value in values.items():
            setattr(row, name, value)

    return deed


def card(**values: Any) -> Deed:
    """Alter the card."""

    def deed(asset: Asset) -> None:
        for name, value in values.items():
            setattr(asset, name, value)

    return deed


def add(model: type[Any], **values: Any) -> Deed:
    """Add a row."""
    return lambda _asset: make(model, **values)


def of_asset(model: type[Any], **values: Any) -> Deed:
    """Add a row about the asset."""
    return lambda asset: make(model, asset_id=asset.id, **values)


def both(*deeds: Deed) -> Deed:
    """Do one after the other."""

    def deed(asset: Asset) -> None:
        for one in deeds:
            one(asset)
            db.session.flush()

    return deed


def contract(**values: Any) -> Any:
    """A running lease of which nothing is wrong."""
    usual: dict[str, Any] = {
        "name": "冷链仓库租赁合同", "mode": "LEASE", "status": "RUNNING", "operator_name": "某公司",
        "rent_kind": "FIXED", "yearly_fen": 600_000, "frequency": "YEARLY", "award": "TENDER",
        "starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), "sector": "AGRICULTURE", "is_written": True,
    }  # fmt: skip
    return make(Contract, **{**usual, **values})


def leased(**values: Any) -> Deed:
    """Add such a lease, altered."""
    return lambda _asset: contract(**values)


def owner() -> Party:
    """The collective that owns the asset."""
    return db.session.scalars(select(Party).join(AssetOwner, AssetOwner.party_id == Party.id)).first()  # type: ignore[return-value]


def earned(asset: Asset, year: int, fen: int) -> None:
    """Income of the asset in a year."""
    day = date(year, 6, 30)
    said = {"kind": "RENT", "basis": "OWN", "amount_fen": fen, "received_on": day, "earned_from": day, "earned_to": day}
    receipt = make(Receipt, asset_id=asset.id, status="POSTED", sector="AGRICULTURE", **said)
    make(IncomeRow, receipt_id=receipt.id, asset_id=asset.id, party_id=owner().id, month=month_of(day), earned_on=day,
         sector="AGRICULTURE", **said)  # fmt: skip


def owed(**values: Any) -> Any:
    """An open due."""
    return make(Due, kind="RENT", status="OPEN", amount_fen=100_000, debtor_name="某公司", sector="AGRICULTURE",
                period_from=date(2026, 1, 1), period_to=date(2026, 12, 31), **values)  # fmt: skip


def a_book(**values: Any) -> Any:
    """A book that is closed up to last month."""
    closed = {"closed_month": month_of(TODAY) - 1, **values}
    return make(Book, party_id=owner().id, kind="SUBSIDIARY", chart="C2024", opened_on=date(2025, 1, 1), **closed)


def a_case(**values: Any) -> Any:
    """A disposal."""
    usual: dict[str, Any] = {
        "kind": "SALE", "ground": "OTHER", "title": "出售旧机器", "category": "OPERATING",
        "owner_kind": "VILLAGE_COLLECTIVE", "status": "DRAFT", "owner_id": owner().id, "sector": "AGRICULTURE",
        "effective_on": TODAY,
    }  # fmt: skip
    return make(DisposalCase, **{**usual, **values})


def proceeds(**values: Any) -> Deed:
    """Add an account of proceeds of a disposal that was carried out."""

    def deed(_asset: Asset) -> None:
        case = a_case()
        make(Proceeds, case_id=case.id, party_id=owner().id, destination="EARMARKED", due_fen=10_000, **values)

    return deed


def a_household(_asset: Asset) -> None:
    """A household of one who died and is still on the roll."""
    party = make(Party, kind="HOUSEHOLD", name="某户")
    household = make(Household, party_id=party.id, serial=1, status="CONFIRMED", formed_on=date(2020, 1, 1))
    person = make(Person, name="某人", labour="NONE", died_on=date(2026, 3, 1))
    make(Stay, household_id=household.id, person_id=person.id, relation="HEAD", valid_from=date(2020, 1, 1))
    make(BeneficiaryStatus, household_id=household.id, person_id=person.id, beneficiary_class="LIFTED",
         event_on=date(2020, 1, 1), valid_from=date(2020, 1, 1), reason="ADDED")  # fmt: skip


def _equity(_asset: Asset) -> None:
    investee = make(Party, kind="ENTERPRISE", name="某公司")
    equity = make(Equity, holder_id=owner().id, investee_id=investee.id, status="HELD", return_kind="FIXED",
                  contribution="MONEY", capital_fen=1_000_000, share_bp=1000, starts_on=date(2025, 1, 1),
                  ends_on=date(2030, 12, 31), frequency="YEARLY", yearly_fen=100_000, units=1)  # fmt: skip
    owed(equity_id=equity.id, due_on=days(-60))


def _lost(asset: Asset, year: int, cost: int) -> None:
    newest = db.session.scalars(select(Contract).order_by(Contract.id.desc())).first()
    assert newest is not None
    make(OperatingResult, contract_id=newest.id, year=year, turnover_fen=10, cost_fen=cost)


def _take_down(kind: str) -> Deed:
    """Hang the next one of a kind in place of the one that hung, and take it down early."""

    def deed(_asset: Asset) -> None:
        old = db.session.scalars(select(Notice).where(Notice.kind == kind)).one()
        new = a_notice(kind=kind, period_from=old.period_from, period_to=old.period_to)
        old.period_from = old.period_to = None
        new.state, new.ended_on = "TAKEN_DOWN", days(-15)
        new.replaces_id = old.id

    return deed


def _again(kind: str) -> Deed:
    """Hang the notice taken down anew."""

    def deed(_asset: Asset) -> None:
        old = db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id.desc())).first()
        assert old is not None
        a_notice(kind=kind, period_from=old.period_from, period_to=old.period_to, replaces_id=old.id)

    return deed


def _newest(model: type[Any]) -> Any:
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


def _hang_project(asset: Asset) -> None:
    asset.project_id = db.session.scalars(select(Project.id)).one()


def _bind(asset: Asset) -> None:
    make(ContractAsset, contract_id=contract().id, asset_id=asset.id, weight=1)


def _count(_asset: Asset) -> None:
    campaign = make(StockCampaign, region_code=COUNTY, kind="YEARLY", year=2025, title="年度清查", status="OPEN",
                    cutoff_on=date(2025, 12, 31), report_by=date(2026, 3, 31))  # fmt: skip
    make(StockSheet, campaign_id=campaign.id, status="COUNTING", listed_on=date(2025, 12, 31))


def _plan(**values: Any) -> Deed:
    return lambda _asset: make(
        Plan, party_id=owner().id, year=2025, title="2025年分配方案", period_from=24300, period_to=24311,
        scope="ALL", **values,
    )  # fmt: skip


_PAID = alter(Due, status="SETTLED", settled_fen=100_000)


def _cash(month: int, fen: int, book_id: int) -> None:
    make(AccountSum, book_id=book_id, month=month, account="101", detail="", debit_fen=fen, credit_fen=0)


def _sum(book_id: int, account: str, fen: int) -> None:
    """A balance of an account, on its credit side below 0."""
    sides = {"debit_fen": max(fen, 0), "credit_fen": max(-fen, 0)}
    make(AccountSum, book_id=book_id, month=24300, account=account, detail="", **sides)


#: Risk → what breaks it, what mends it.
CASES: dict[Risk, tuple[Deed, Deed]] = {
    _R.UNCONFIRMED: (card(stage="SUBMITTED", entered_at=LONG_AGO), card(stage="CONFIRMED")),
    _R.PROJECT_UNCOVERED: (
        add(Project, name="产业路项目", year=2020, status="OPEN", total_fen=5_000_000, sector="AGRICULTURE"),
        _hang_project,
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
    _R.COUNT_LATE: (_count, alter(StockSheet, status="REPORTED")),
    _R.RENT_WITHOUT_CONTRACT: (card(use_status="LEASED"), _bind),
    _R.CONTRACT_LONG: (
        leased(starts_on=date(2026, 1, 1), ends_on=date(2031, 1, 1)), alter(Contract, ends_on=date(2030, 12, 31)),
    ),
    _R.CONTRACT_EXPIRED: (leased(ends_on=days(-1)), alter(Contract, status="ENDED", ended_on=TODAY)),
    _R.RENT_LOW: (leased(appraised_fen=600_001), alter(Contract, yearly_fen=600_001)),
    _R.RENT_UNDER_LOSS: (
        both(_bind, card(plan_from_month=month_of(TODAY) - 1, plan_remaining_fen=12_000_020, plan_months=240)),
        card(plan_months=241),
    ),
    _R.NO_TENDER: (leased(award="EXEMPT", award_note="只有一家愿意"), alter(Contract, award="TENDER")),
    _R.KIN_OPERATOR: (
        lambda _asset: make(OperatorOfficer, contract_id=contract().id, name="某人", capacity="KIN", kin_of="某干部"),
        alter(Contract, status="ENDED", ended_on=TODAY),
    ),
    _R.OPERATOR_LOSING: (
        both(leased(), lambda asset: _lost(asset, 2024, 11), lambda asset: _lost(asset, 2025, 11)),
        lambda asset: _lost(asset, 2025, 9),
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
        lambda _asset: owed(contract_id=contract().id, due_on=days(-31)), _PAID,
    ),
    _R.ARREARS_LONG: (
        lambda _asset: owed(contract_id=contract().id, due_on=days(-91)), _PAID,
    ),
    _R.DIVIDEND_LATE: (_equity, _PAID),
    _R.BOOK_UNCLOSED: (lambda _asset: a_book(closed_month=None), alter(Book, closed_month=month_of(TODAY) - 1)),
    _R.CASH_HIGH: (
        lambda _asset: _cash(24300, 600_000, a_book().id),
        both(
            lambda _asset: _cash(24301, -200_000, db.session.scalars(select(Book.id)).one()),
            alter(Book, closed_month=month_of(TODAY)),
        ),
    ),
    _R.DEBT_HIGH: (
        both(
            lambda _asset: _sum(a_book().id, "151", 1_000_000),
            lambda _asset: _sum(_newest(Book).id, "221", -700_001),
        ),
        both(lambda _asset: _sum(_newest(Book).id, "211", 1), alter(Book, closed_month=month_of(TODAY))),
    ),
    _R.DISTRIBUTION_LATE: (lambda asset: earned(asset, 2025, 100_000), _plan(status="AGREED", agreed_on=TODAY)),
    _R.PAYOUT_LATE: (_plan(status="AGREED", agreed_on=days(-61)), alter(Plan, status="DONE")),
    _R.DECEASED_PAID: (a_household, alter(BeneficiaryStatus, valid_to=date(2026, 4, 1))),
    _R.VILLAGE_UNPUBLISHED: (_take_down("VILLAGE_MATTERS"), _again("VILLAGE_MATTERS")),
    _R.ACCOUNTS_UNPUBLISHED: (_take_down("COLLECTIVE_ACCOUNTS"), _again("COLLECTIVE_ACCOUNTS")),
    _R.NOTICE_SHORT: (
        both(lambda _asset: a_notice(), alter(Notice, state="TAKEN_DOWN", ended_on=days(-12))), _again("LEDGER"),
    ),
    _R.NOTICE_UNCLOSED: (
        lambda _asset: a_notice(starts_on=days(-21), ends_on=days(-11)), lambda _asset: close(_newest(Notice)),
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
