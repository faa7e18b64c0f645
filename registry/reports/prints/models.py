"""The print register."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class Print(Audited, Model):
    """A paper handed out: what, of which unit, as of when, by whom, and the digests of its figures and its bytes."""

    __tablename__ = "print"
    __append_only__ = True
    __table_args__ = (Index("ix_print_region", "region_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(String(24), unique=True)
    report: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    #: Canonical JSON of the parameters the report was asked with.
    parameters: Mapped[str] = mapped_column()
    #: JSON: what the page of verification shows beside the paper, pairs of label and value.
    glance: Mapped[str] = mapped_column()
    #: Canonical JSON: the last event of every log in range when the figures were read.
    as_of: Mapped[str] = mapped_column()
    figures_digest: Mapped[str] = mapped_column(String(64))
    #: Where the figures lie, so that the same paper can be drawn again.
    figures_sha256: Mapped[str] = mapped_column(String(64))
    printed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    printed_by_name: Mapped[str] = mapped_column(String(40))
    printed_by_post: Mapped[str] = mapped_column(String(60))
    printed_by_unit: Mapped[str] = mapped_column(String(60))
    printed_at: Mapped[datetime] = mapped_column()
    #: Where the paper sends its reader; empty when it was printed from the console.
    verify_url: Mapped[str] = mapped_column(String(200), default="")
    demo: Mapped[bool] = mapped_column(Boolean, default=False)


class PrintFile(Audited, Model):
    """The bytes a serial was drawn to, once."""

    __tablename__ = "print_file"
    __append_only__ = True

    print_id: Mapped[int] = mapped_column(ForeignKey("print.id"), primary_key=True, autoincrement=False)
    format: Mapped[str] = mapped_column(String(4), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    checkpoint_size: Mapped[int] = mapped_column()
