"""How a case was carried out: one row, never altered; and what households did with what is their own."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.disposal.procedure.kinds import HouseholdAct, NoteStatus


class DisposalExecution(Audited, Model):
    """That a case was carried out: from which day it counts, handed over to whom, at which price and cost."""

    __tablename__ = "disposal_execution"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("case_id"),
        CheckConstraint("price_fen >= 0 AND cost_fen >= 0", name="money_not_negative"),
        Index("ix_disposal_execution_day", "region_code", "effective_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    price_id: Mapped[int | None] = mapped_column(ForeignKey("disposal_price.id"))
    effective_on: Mapped[date] = mapped_column(Date)
    handed_over_on: Mapped[date | None] = mapped_column(Date)
    recipient_name: Mapped[str] = mapped_column(String(80), default="")
    recipient_signed_by: Mapped[str] = mapped_column(String(80), default="")
    price_fen: Mapped[int] = mapped_column(default=0)
    cost_fen: Mapped[int] = mapped_column(default=0)
    #: Whether the price had been paid by then; what is paid later goes to the proceeds.
    is_paid: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Whether what is owed is owed by a member of the collective; nothing is said where nothing is owed.
    owes_as_member: Mapped[bool | None] = mapped_column(Boolean)
    paper_no: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_by_text: Mapped[str] = mapped_column(String(120))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


class HouseholdDisposal(Audited, Versioned, Model):
    """What a household did with its own asset, as it says so; a second person confirms, and the card is closed."""

    __tablename__ = "household_disposal"
    __table_args__ = (
        CheckConstraint("confirmed_by_id <> entered_by_id", name="two_persons"),
        CheckConstraint("status = 'WAITING' OR confirmed_at IS NOT NULL", name="answered"),
        Index("ix_household_disposal_asset", "asset_id"),
        Index("ix_household_disposal_waiting", "status", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    act: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date] = mapped_column(Date)
    statement: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20))
    opinion: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column()

    @property
    def about(self) -> HouseholdAct:
        return HouseholdAct(self.act)

    @property
    def state(self) -> NoteStatus:
        return NoteStatus(self.status)
