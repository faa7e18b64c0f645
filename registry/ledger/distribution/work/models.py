"""Work records."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.distribution.work.rules import WorkKind, WorkStatus


class WorkRecord(Audited, Versioned, Model):
    """Work of one person of a household, from its entry until somebody else verified it; paid once, under one plan."""

    __tablename__ = "work_record"
    __table_args__ = (
        CheckConstraint("half_days > 0 AND rate_fen > 0 AND amount_fen > 0", name="work_positive"),
        CheckConstraint("ends_on >= starts_on", name="period_forwards"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> entered_by_id", name="second_person"),
        Index("ix_work_record_list", "region_code", "status", "id"),
        Index("ix_work_record_household", "household_id", "starts_on"),
        Index("ix_work_record_use", "plan_use_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    project: Mapped[str] = mapped_column(String(100))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    half_days: Mapped[int] = mapped_column()
    rate_fen: Mapped[int] = mapped_column()
    amount_fen: Mapped[int] = mapped_column()
    note: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(20))
    #: The use of a plan that pays for it.
    plan_use_id: Mapped[int | None] = mapped_column(ForeignKey("plan_use.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120), default="")
    checked_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(200), default="")

    @property
    def state(self) -> WorkStatus:
        return WorkStatus(self.status)

    @property
    def work(self) -> WorkKind:
        return WorkKind(self.kind)
