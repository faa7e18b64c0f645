"""Changes after confirmation, facts from before go-live, and remarks."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model


class Correction(Audited, Versioned, Model):
    """A change asked for after confirmation: what, from what to what, why, by whom, and who agreed."""

    __tablename__ = "correction"
    __table_args__ = (
        Index("ix_correction_asset", "asset_id"),
        Index("ix_correction_waiting", "status", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    status: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    effective_on: Mapped[date] = mapped_column(Date)
    #: Canonical JSON: {field: {"old": …, "new": …}} in stored values.
    content: Mapped[str] = mapped_column()
    asset_version: Mapped[int] = mapped_column()
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_text: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(500), default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))


class LegacyFact(Audited, Versioned, Model):
    """A fact from before go-live (历史补录), with its document, confirmed by a second person."""

    __tablename__ = "legacy_fact"
    __table_args__ = (
        Index("ix_legacy_fact_asset", "asset_id"),
        Index("ix_legacy_fact_waiting", "confirmed_at", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str] = mapped_column(String(20))
    fact_on: Mapped[date] = mapped_column(Date)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    amount_fen: Mapped[int | None] = mapped_column()
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column()


class Comment(Audited, Model):
    """A remark of a supervisor, the work team or a committee on an asset."""

    __tablename__ = "comment"
    __append_only__ = True
    __table_args__ = (Index("ix_comment_asset", "asset_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    body: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()
