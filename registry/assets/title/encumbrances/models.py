"""Encumbrances of assets."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model


class Encumbrance(Audited, Versioned, Model):
    """Something that weighs on an asset from a day to a day, in whose favour, by which document."""

    __tablename__ = "encumbrance"
    __table_args__ = (Index("ix_encumbrance_asset", "asset_id", "valid_to"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str] = mapped_column(String(80))
    document_no: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(500), default="")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    lifted_document: Mapped[str] = mapped_column(String(80), default="")
    lifted_by_text: Mapped[str] = mapped_column(String(120), default="")
