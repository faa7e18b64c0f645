"""Attachments: what a file proves, of which thing, and its digest."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class Attachment(Audited, Model):
    """A file added to a thing. The bytes lie under their sha256 in the data folder; the row is never changed."""

    __tablename__ = "attachment"
    __append_only__ = True
    __table_args__ = (Index("ix_attachment_thing", "thing_table", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thing_table: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    media_type: Mapped[str] = mapped_column(String(30))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column()
    file_name: Mapped[str] = mapped_column(String(120))
    caption: Mapped[str] = mapped_column(String(200), default="")
    taken_on: Mapped[date | None] = mapped_column(Date)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column()
