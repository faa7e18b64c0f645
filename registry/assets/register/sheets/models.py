"""Imports: the file with what the precheck found, what waits to be written, and what came of it."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Derived, Versioned
from registry.database import Model
from registry.text import N_, Labelled


class UploadStatus(Labelled):
    """How far a file has come."""

    MAPPING = "MAPPING", N_("待对列名")
    CHECKED = "CHECKED", N_("已预检")
    CONFIRMED = "CONFIRMED", N_("已确认导入")


class BatchStatus(Labelled):
    """How far a batch has come."""

    RUNNING = "RUNNING", N_("正在导入")
    DONE = "DONE", N_("已导入")
    UNDOING = "UNDOING", N_("正在撤销")
    UNDONE = "UNDONE", N_("已撤销")


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
    #: New things written, corrections made or asked for, and rows that were refused when it came to writing.
    added: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    #: Canonical JSON: sheet, heading mapping, defaults chosen on the mapping page.
    choices: Mapped[str] = mapped_column(default="{}")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime] = mapped_column()
    undone_at: Mapped[datetime | None] = mapped_column()


class ImportUpload(Derived, Model):
    """A file somebody uploaded and what the precheck found; nothing of the register changes until it is confirmed."""

    __tablename__ = "import_upload"
    __table_args__ = (Index("ix_import_upload_user", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    status: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10), default="UNKNOWN")
    file_name: Mapped[str] = mapped_column(String(120))
    file_sha256: Mapped[str] = mapped_column(String(64))
    #: Where the sealed bytes of the file lie: it may hold identity numbers.
    stored_sha256: Mapped[str] = mapped_column(String(64))
    is_pasted: Mapped[bool] = mapped_column(Boolean, default=False)
    choices: Mapped[str] = mapped_column(default="{}")
    #: Sealed JSON: problems, notices, duplicates and skipped rows, as the page shows them.
    report: Mapped[str] = mapped_column(default="")
    rows: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[int] = mapped_column(default=0)
    invalid: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    checked_ms: Mapped[int] = mapped_column(default=0)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    uploaded_at: Mapped[datetime] = mapped_column()

    @property
    def importable(self) -> int:
        """How many rows would be written."""
        return self.added + self.corrected


class ImportChunk(Derived, Model):
    """Up to 500 rows that wait to be written, or that were written in one transaction."""

    __tablename__ = "import_chunk"

    upload_id: Mapped[int] = mapped_column(ForeignKey("import_upload.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[int] = mapped_column()
    #: Codes of the units whose logs the chunk writes to, separated by blanks.
    regions: Mapped[str] = mapped_column()
    #: Sealed JSON of the planned rows; emptied once they are written.
    content: Mapped[str] = mapped_column()
    #: JSON of the rows that were refused when it came to writing: [row, message id, parameters].
    refused: Mapped[str] = mapped_column(default="[]")
    written_at: Mapped[datetime | None] = mapped_column()


class HeadingMemory(Derived, Model):
    """Which heading a unit's ledger uses for which field, so that the mapping page is needed once."""

    __tablename__ = "heading_memory"

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    heading: Mapped[str] = mapped_column(String(80), primary_key=True)
    field: Mapped[str] = mapped_column(String(60))


class ExportFile(Derived, Model):
    """A list that a program asked for, waiting to be fetched; the file is sealed and gone after a day."""

    __tablename__ = "export_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    form: Mapped[str] = mapped_column(String(4))
    sha256: Mapped[str] = mapped_column(String(64))
    #: Where the sealed bytes lie.
    stored_sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(index=True)
