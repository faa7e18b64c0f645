"""Receipts as they are entered and checked, and the income that they became, which never changes."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Derived, Versioned
from registry.database import STANDS_BY_KEY, Model
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.rules import Basis, ReceiptFacts, ReceiptStatus


class Receipt(Audited, Versioned, Model):
    """Money or goods received for an asset or under a contract, from the first entry until another person checked it.

    ``region_code`` is the contract's unit, or the asset's where there is no contract.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("amount_fen > 0 OR (amount_fen = 0 AND corrects_id IS NOT NULL)", name="amount_positive"),
        CheckConstraint("earned_to >= earned_from", name="period_forwards"),
        CheckConstraint("contract_id IS NULL OR equity_id IS NULL", name="of_one_thing"),
        # What waits is counted on every page: few of many.
        Index("ix_receipt_waiting", "status", "region_code", "id", "entered_by_id"),
        Index("ix_receipt_entered_by", "entered_by_id", "status"),
        # A list stands in the order of days received; what it is filtered by stands in the index too.
        Index("ix_receipt_day", "received_on", "id", "region_code", "status", "kind", "basis"),
        Index("ix_receipt_asset", "asset_id", "received_on"),
        Index("ix_receipt_contract", "contract_id", "status"),
        Index("ix_receipt_equity", "equity_id", "status"),
        Index("ix_receipt_bank_reference", "bank_reference"),
        Index("ix_receipt_corrects", "corrects_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    equity_id: Mapped[int | None] = mapped_column(ForeignKey("equity.id"))
    #: The due that the payer says it is for; without one it is for the oldest.
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"))
    #: The asset's sector when it was entered: its department sees the receipt.
    sector: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    received_on: Mapped[date] = mapped_column(Date)
    earned_from: Mapped[date] = mapped_column(Date)
    earned_to: Mapped[date] = mapped_column(Date)
    payer: Mapped[str] = mapped_column(String(80), default="")
    bank_reference: Mapped[str] = mapped_column(String(60), default="")
    goods: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    #: What of the contract was due when it was entered (fen); None: nothing, or no contract.
    due_fen: Mapped[int | None] = mapped_column()
    #: What the asset's receipt before this one came to (fen).
    last_fen: Mapped[int | None] = mapped_column()
    #: Whoever entered it was told of a likely repetition, and said that it is none.
    is_twice: Mapped[bool] = mapped_column(Boolean, default=False)
    #: The receipt that this one replaces once it is checked.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120), default="")
    checked_at: Mapped[datetime | None] = mapped_column()
    sent_back_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def state(self) -> ReceiptStatus:
        return ReceiptStatus(self.status)

    @property
    def about(self) -> IncomeKind:
        return IncomeKind(self.kind)

    @property
    def facts(self) -> ReceiptFacts:
        """The receipt as the rules know it."""
        return ReceiptFacts(
            self.about, self.amount_fen, self.received_on, self.earned_from, self.earned_to, self.payer,
            self.bank_reference, self.goods, self.note, self.contract_id, self.equity_id, self.due_id,
        )  # fmt: skip

    @property
    def standing(self) -> Basis:
        return Basis(self.basis)


class IncomeRow(Audited, Model):
    """One owner's part of a posted receipt: of one asset, kind and due. Never altered; a reversal is another row.

    ``region_code`` is the owner's unit. Money paid out, and what a reversal takes back, is negative.
    """

    __tablename__ = "income_row"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("amount_fen <> 0", name="amount_not_zero"),
        # A list stands in the order (region, id); what is summed stands in the index too.
        Index("ix_income_row_region", "region_code", "id"),
        Index("ix_income_row_month", "month", "region_code", "id"),
        Index("ix_income_row_asset", "asset_id", "id", "kind", "received_on", "amount_fen"),
        Index("ix_income_row_party", "party_id", "earned_on", "kind"),
        Index("ix_income_row_contract", "contract_id", "kind"),
        Index("ix_income_row_receipt", "receipt_id"),
        Index("ix_income_row_due", "due_id"),
        Index("ix_income_row_releases", "releases_id"),
        Index("uq_income_row_reverses", "reverses_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    equity_id: Mapped[int | None] = mapped_column(ForeignKey("equity.id"))
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"))
    due_share_id: Mapped[int | None] = mapped_column(ForeignKey("due_share.id"))
    #: The owner's voucher; None for income older than the books, which stands in their opening balances.
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    sector: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    received_on: Mapped[date] = mapped_column(Date)
    #: Year and month of receipt, as one number (202611).
    month: Mapped[int] = mapped_column()
    earned_from: Mapped[date] = mapped_column(Date)
    earned_to: Mapped[date] = mapped_column(Date)
    #: From which day it is both earned and received; a reversal's is the day of the reversal.
    earned_on: Mapped[date] = mapped_column(Date)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("income_row.id"))
    #: The row of money in advance that this one takes from, or makes income of, now that it is earned.
    releases_id: Mapped[int | None] = mapped_column(ForeignKey("income_row.id"))

    @property
    def about(self) -> IncomeKind:
        return IncomeKind(self.kind)


class IncomeSum(Derived, Model):
    """Rows and fen per unit, month, kind and sector, kept in the same transaction as the rows they sum."""

    __tablename__ = "income_sum"
    __table_args__ = STANDS_BY_KEY

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    rows: Mapped[int] = mapped_column(default=0)
    amount_fen: Mapped[int] = mapped_column(default=0)


class PrepaidLeft(Derived, Model):
    """What of a row of money in advance has not become income yet; gone once nothing is left."""

    __tablename__ = "prepaid_left"
    __table_args__ = (Index("ix_prepaid_left_region", "region_code", "row_id"),)

    row_id: Mapped[int] = mapped_column(ForeignKey("income_row.id"), primary_key=True, autoincrement=False)
    region_code: Mapped[str] = mapped_column(String(12))
    left_fen: Mapped[int] = mapped_column()


class QuietPeriod(Audited, Model):
    """Somebody answers for it that an asset earned nothing in a period: not forgotten, but nothing."""

    __tablename__ = "quiet_period"
    __append_only__ = True
    __table_args__ = (Index("uq_quiet_period_asset", "asset_id", "starts_on", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    said_by_text: Mapped[str] = mapped_column(String(120))
    said_at: Mapped[datetime] = mapped_column()
