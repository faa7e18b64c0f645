"""Projects and the money they were given."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model


class Project(Audited, Versioned, Model):
    """A project: it ends as one or several assets, as nothing formed with a reason, or stands open."""

    __tablename__ = "project"
    __table_args__ = (Index("ix_project_region_year", "region_code", "year", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[str] = mapped_column(String(1000), default="")
    department: Mapped[str] = mapped_column(String(100), default="")
    owner_unit: Mapped[str] = mapped_column(String(100), default="")
    year: Mapped[int] = mapped_column()
    period: Mapped[str] = mapped_column(String(60), default="")
    sector: Mapped[str] = mapped_column(String(20), default="AGRICULTURE")
    status: Mapped[str] = mapped_column(String(20))
    #: Why no asset came of it.
    reason: Mapped[str] = mapped_column(String(300), default="")
    total_fen: Mapped[int] = mapped_column()
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    lines: Mapped[list["ProjectFunding"]] = relationship(order_by="ProjectFunding.id", back_populates="project")


class ProjectFunding(Audited, Model):
    """Money of one source and document given to a project; the lines sum to the project's total."""

    __tablename__ = "project_funding"
    __table_args__ = (
        Index("ix_project_funding_project", "project_id"),
        Index("ix_project_funding_document", "document_no", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    source: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    year: Mapped[int | None] = mapped_column()
    document_no: Mapped[str] = mapped_column(String(80), default="")
    amount_fen: Mapped[int] = mapped_column()
    project: Mapped[Project] = relationship(back_populates="lines")
