"""Imports: the file, what the precheck found, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Derived, Versioned
from registry.database import Model


class ImportBatch(Audited, Versioned, Model):
    """One file brought in: its digest, its four counts, who confirmed it, whether it was undone."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_file", "file_sha256", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(120))
    file_sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column(default=0)
    importable: Mapped[int] = mapped_column(default=0)
    invalid: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    #: Canonical JSON: sheet, heading mapping, defaults chosen on the mapping page.
    choices: Mapped[str] = mapped_column(default="{}")
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column()
    confirmed_at: Mapped[datetime | None] = mapped_column()
    undone_at: Mapped[datetime | None] = mapped_column()


class HeadingMemory(Derived, Model):
    """Which heading a unit's ledger uses for which field, so that the mapping page is needed once."""

    __tablename__ = "heading_memory"

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    heading: Mapped[str] = mapped_column(String(80), primary_key=True)
    field: Mapped[str] = mapped_column(String(60))
