"""Filters that people keep."""

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
