"""How a case was carried out: one row, never altered."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


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
    paper_no: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_by_text: Mapped[str] = mapped_column(String(120))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()
