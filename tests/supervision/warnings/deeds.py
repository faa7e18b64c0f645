"""What is written as a deed, so that something is wrong or mended again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from registry.approvals.notices.models import Notice
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.projects.models import Project
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.models import Proceeds
from registry.ledger.books.models import AccountSum, Book
from registry.ledger.books.rules import month_of
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.rolls.models import BeneficiaryStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.reviews.models import OperatingResult
from registry.parties.households.models import Household, Person, Stay
from registry.parties.models import Party
from registry.supervision.stocktaking.models import StockCampaign, StockSheet
from tests.factories import COUNTY, TODAY
from tests.supervision.warnings.scenery import a_notice, days, make

Deed = Callable[[Asset], Any]


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


def equity(_asset: Asset) -> None:
    investee = make(Party, kind="ENTERPRISE", name="某公司")
    equity = make(Equity, holder_id=owner().id, investee_id=investee.id, status="HELD", return_kind="FIXED",
                  contribution="MONEY", capital_fen=1_000_000, share_bp=1000, starts_on=date(2025, 1, 1),
                  ends_on=date(2030, 12, 31), frequency="YEARLY", yearly_fen=100_000, units=1)  # fmt: skip
    owed(equity_id=equity.id, due_on=days(-60))


def lost(asset: Asset, year: int, cost: int) -> None:
    newest = db.session.scalars(select(Contract).order_by(Contract.id.desc())).first()
    assert newest is not None
    make(OperatingResult, contract_id=newest.id, year=year, turnover_fen=10, cost_fen=cost)


def take_down(kind: str) -> Deed:
    """Hang the next one of a kind in place of the one that hung, and take it down early."""

    def deed(_asset: Asset) -> None:
        old = db.session.scalars(select(Notice).where(Notice.kind == kind)).one()
        new = a_notice(kind=kind, period_from=old.period_from, period_to=old.period_to)
        old.period_from = old.period_to = None
        new.state, new.ended_on = "TAKEN_DOWN", days(-15)
        new.replaces_id = old.id

    return deed


def again(kind: str) -> Deed:
    """Hang the notice taken down anew."""

    def deed(_asset: Asset) -> None:
        old = db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id.desc())).first()
        assert old is not None
        a_notice(kind=kind, period_from=old.period_from, period_to=old.period_to, replaces_id=old.id)

    return deed


def newest(model: type[Any]) -> Any:
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


def hang_project(asset: Asset) -> None:
    asset.project_id = db.session.scalars(select(Project.id)).one()


def bind(asset: Asset) -> None:
    make(ContractAsset, contract_id=contract().id, asset_id=asset.id, weight=1)


def late_count(_asset: Asset) -> None:
    campaign = make(StockCampaign, region_code=COUNTY, kind="YEARLY", year=2025, title="年度清查", status="OPEN",
                    cutoff_on=date(2025, 12, 31), report_by=date(2026, 3, 31))  # fmt: skip
    make(StockSheet, campaign_id=campaign.id, status="COUNTING", listed_on=date(2025, 12, 31))


def plan(**values: Any) -> Deed:
    return lambda _asset: make(
        Plan, party_id=owner().id, year=2025, title="2025年分配方案", period_from=24300, period_to=24311,
        scope="ALL", **values,
    )  # fmt: skip


PAID = alter(Due, status="SETTLED", settled_fen=100_000)


def cash(month: int, fen: int, book_id: int) -> None:
    make(AccountSum, book_id=book_id, month=month, account="101", detail="", debit_fen=fen, credit_fen=0)


def balance(book_id: int, account: str, fen: int) -> None:
    """A balance of an account, on its credit side below 0."""
    sides = {"debit_fen": max(fen, 0), "credit_fen": max(-fen, 0)}
    make(AccountSum, book_id=book_id, month=24300, account=account, detail="", **sides)
