"""Demands for what is overdue, and cases in which it is given up."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.operation.arrears.rules import DemandWay, WriteOffStatus


class DemandLetter(Audited, Model):
    """A demand for an overdue due, with the period it gave; never altered."""

    __tablename__ = "demand_letter"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("pay_by > sent_on", name="period_reasonable"),
        Index("ix_demand_letter_due", "due_id", "sent_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    way: Mapped[str] = mapped_column(String(20))
    sent_on: Mapped[date] = mapped_column(Date)
    pay_by: Mapped[date] = mapped_column(Date)
    #: What was owed when it was sent (fen).
    owed_fen: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def sent_by(self) -> DemandWay:
        return DemandWay(self.way)


class WriteOff(Audited, Versioned, Model):
    """A case in which part or all of an overdue due is given up; the request decides, and the books show the loss."""

    __tablename__ = "write_off"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        Index("ix_write_off_due", "due_id"),
        Index("ix_write_off_list", "region_code", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"))
    status: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    grounds: Mapped[str] = mapped_column(String(1000))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_by_text: Mapped[str] = mapped_column(String(120))
    proposed_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def state(self) -> WriteOffStatus:
        return WriteOffStatus(self.status)
