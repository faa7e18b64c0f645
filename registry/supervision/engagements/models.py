"""Engagements of agencies and experts, and what they are about."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.supervision.engagements.rules import EngagementKind, EngagementStatus


class Engagement(Audited, Versioned, Model):
    """An agency or expert engaged by a unit (``region_code``): contract, fee in fen, and the report it ended with."""

    __tablename__ = "engagement"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("fee_fen >= 0", name="fee_not_negative"),
        CheckConstraint("report_by >= signed_on", name="report_after_signing"),
        CheckConstraint("(status = 'REPORTED') = (reported_on IS NOT NULL)", name="reported_on_a_day"),
        Index("ix_engagement_list", "region_code", "id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    agency: Mapped[str] = mapped_column(String(80))
    agency_code: Mapped[str] = mapped_column(String(18), default="")
    experts: Mapped[str] = mapped_column(String(200), default="")
    task: Mapped[str] = mapped_column(String(500))
    contract_no: Mapped[str] = mapped_column(String(60), default="")
    fee_fen: Mapped[int] = mapped_column(default=0)
    signed_on: Mapped[date] = mapped_column(Date)
    report_by: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    report_no: Mapped[str] = mapped_column(String(60), default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    conclusions: Mapped[str] = mapped_column(String(2000), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reported_by_text: Mapped[str] = mapped_column(String(120), default="")

    @property
    def state(self) -> EngagementStatus:
        return EngagementStatus(self.status)

    @property
    def about(self) -> EngagementKind:
        return EngagementKind(self.kind)


class EngagementScope(Audited, Model):
    """A unit (with everything below it) or an asset that an engagement is about."""

    __tablename__ = "engagement_scope"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("(asset_id IS NULL) = (unit_code <> '')", name="unit_or_asset"),
        UniqueConstraint("engagement_id", "unit_code", "asset_id"),
        Index("ix_engagement_scope_asset", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"))
    unit_code: Mapped[str] = mapped_column(String(12), default="")
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
