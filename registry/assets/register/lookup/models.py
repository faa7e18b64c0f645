"""Filters that people keep, and the papers on which an asset stands."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Derived
from registry.database import Model


class SavedView(Derived, Model):
    """A filter a person keeps under a name."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_user", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(20))
    query: Mapped[str] = mapped_column(String(1000))


class AssetPaper(Derived, Model):
    """A card or label that was printed of an asset; the print register holds the same the other way round."""

    __tablename__ = "asset_paper"

    asset_no: Mapped[str] = mapped_column(String(23), primary_key=True)
    serial: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The unit the print belongs to: whoever may print there may see it.
    region_code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(100))
    printed_at: Mapped[datetime] = mapped_column()
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    printed_by_text: Mapped[str] = mapped_column(String(120))
