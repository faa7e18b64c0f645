"""Faults and their repair."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from registry.assets.custody.faults.rules import REPORTED, FaultStatus, Severity, overdue_days
from registry.assets.register.cards.models import Asset
from registry.changes import Audited, Versioned
from registry.database import Model


class Fault(Audited, Versioned, Model):
    """Something wrong with an asset, from the day it was found until somebody else accepts the repair."""

    __tablename__ = "fault"
    __table_args__ = (
        CheckConstraint("cost_fen >= 0", name="cost_not_negative"),
        Index("ix_fault_asset", "asset_id", "id"),
        Index("ix_fault_list", "region_code", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    #: The asset's sector when it was found: its department sees the fault.
    sector: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(1))
    description: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20))
    found_on: Mapped[date] = mapped_column(Date)
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    found_by_text: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date] = mapped_column(Date)
    repairer: Mapped[str] = mapped_column(String(80), default="")
    work: Mapped[str] = mapped_column(String(500), default="")
    repaired_on: Mapped[date | None] = mapped_column(Date)
    repaired_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    repaired_by_text: Mapped[str] = mapped_column(String(120), default="")
    reported_at: Mapped[datetime | None] = mapped_column()
    cost_fen: Mapped[int] = mapped_column(default=0)
    payer: Mapped[str] = mapped_column(String(20), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120), default="")
    checked_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(500), default="")
    #: From which day nobody repairs it any more, and by which case: the asset is gone.
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str | None] = mapped_column(String(200))
    #: When a repair was given up last, and why: what is wrong is still wrong.
    stopped_on: Mapped[date | None] = mapped_column(Date)
    stop_reason: Mapped[str | None] = mapped_column(String(200))

    @property
    def state(self) -> FaultStatus:
        return FaultStatus(self.status)

    @property
    def grade(self) -> Severity:
        return Severity(self.severity)

    def overdue_days(self, on: date) -> int:
        """Return by how many days the repair is late."""
        return overdue_days(self.state, self.due_on, on)

    @classmethod
    def is_underway(cls) -> ColumnElement[bool]:
        """Say of which faults the repair costs, or may cost, somebody money by now."""
        reported = cls.status.in_(sorted(status.value for status in REPORTED))
        return or_(cls.status == FaultStatus.REPAIRING.value, and_(reported, cls.cost_fen > 0))

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]:
        """Say which faults are of assets in a custodian's care now."""
        own: Any = select(Asset.id).where(Asset.cared_for_by(user_id))
        return cls.asset_id.in_(own)
