"""Dues, and whose part of them it is."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Derived, Versioned
from registry.database import STANDS_BY_KEY, Model
from registry.ledger.operation.dues.rules import OpenDue
from registry.ledger.operation.kinds import OUTSTANDING, DueKind, DueStatus
from registry.regions import CodeRange


class Due(Audited, Versioned, Model):
    """What somebody owes for a period, under a contract or for equity; it stays when the contract is over.

    ``region_code`` is the unit of the contract or equity. The parts of it (``shares``) sum to it, column by column.
    """

    __tablename__ = "due"
    __table_args__ = (
        CheckConstraint("(contract_id IS NULL) <> (equity_id IS NULL)", name="of_one_thing"),
        CheckConstraint("period_to >= period_from", name="period_forwards"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("settled_fen >= 0 AND written_off_fen >= 0", name="met_not_negative"),
        CheckConstraint("settled_fen + written_off_fen <= coalesce(amount_fen, 0)", name="met_within_amount"),
        # A list stands in the order (region, id); what it is filtered by stands in the index too.
        Index("ix_due_region", "region_code", "id", "due_on", "status", "sector"),
        Index("ix_due_list", "region_code", "status", "due_on", "id"),
        Index("ix_due_contract", "contract_id", "due_on"),
        Index("ix_due_equity", "equity_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    equity_id: Mapped[int | None] = mapped_column(ForeignKey("equity.id"))
    #: Who owes it; None if the one who owes is known by name only (history).
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    debtor_name: Mapped[str] = mapped_column(String(80))
    sector: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    #: None until the result of the period has been stated.
    amount_fen: Mapped[int | None] = mapped_column()
    settled_fen: Mapped[int] = mapped_column(default=0)
    written_off_fen: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    #: What a stated result was reckoned from (turnover or profit of the period), and who stated it.
    stated_base_fen: Mapped[int | None] = mapped_column()
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    stated_by_text: Mapped[str] = mapped_column(String(120), default="")
    stated_at: Mapped[datetime | None] = mapped_column()
    note: Mapped[str] = mapped_column(String(500), default="")
    shares: Mapped[list["DueShare"]] = relationship(order_by="DueShare.id", back_populates="due")

    @property
    def state(self) -> DueStatus:
        return DueStatus(self.status)

    @property
    def about(self) -> DueKind:
        return DueKind(self.kind)

    @property
    def open_fen(self) -> int:
        """What is still to come."""
        if self.state not in OUTSTANDING:
            return 0
        return (self.amount_fen or 0) - self.settled_fen - self.written_off_fen

    @property
    def as_open(self) -> OpenDue:
        """The due as settling knows it."""
        return OpenDue(self.id, self.due_on, self.open_fen)

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]:
        """Say of which dues managed elsewhere an owner in these units has a part."""
        return cls.id.in_(select(DueShare.due_id).where(DueShare.region_code.between(*codes)))


class DueShare(Audited, Model):
    """One owner's part of a due for one asset; ``region_code`` is the owner's unit."""

    __tablename__ = "due_share"
    __table_args__ = (
        UniqueConstraint("due_id", "asset_id", "party_id"),
        CheckConstraint("settled_fen >= 0 AND written_off_fen >= 0", name="met_not_negative"),
        CheckConstraint("settled_fen + written_off_fen <= coalesce(amount_fen, 0)", name="met_within_amount"),
        Index("ix_due_share_asset", "asset_id", "due_id"),
        Index("ix_due_share_party", "party_id", "due_id"),
        Index("ix_due_share_region", "region_code", "due_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    amount_fen: Mapped[int | None] = mapped_column()
    settled_fen: Mapped[int] = mapped_column(default=0)
    written_off_fen: Mapped[int] = mapped_column(default=0)
    due: Mapped[Due] = relationship(back_populates="shares")

    @property
    def open_fen(self) -> int:
        """What of this part is still to come."""
        return (self.amount_fen or 0) - self.settled_fen - self.written_off_fen


class DueSum(Derived, Model):
    """What is due per unit, sector and month, and what was met of it, kept in the transaction of the dues they sum.

    Dues nobody has stated and dues that fell are in none of them; a due counts for the unit of its contract or equity.
    """

    __tablename__ = "due_sum"
    __table_args__ = STANDS_BY_KEY

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: Year and month of ``due_on``, as one number (202611).
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dues: Mapped[int] = mapped_column(default=0)
    amount_fen: Mapped[int] = mapped_column(default=0)
    settled_fen: Mapped[int] = mapped_column(default=0)
    written_off_fen: Mapped[int] = mapped_column(default=0)
    open_dues: Mapped[int] = mapped_column(default=0)
