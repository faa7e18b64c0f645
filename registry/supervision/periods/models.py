"""The figures of one unit and month, as they were when the month was closed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class MonthFigures(Audited, Model):
    """A closed month of a unit, never altered: of what it manages itself, or with everything below it.

    All figures are canonical JSON. Only rows of a unit's own say how much had happened so far, from the first day on:
    the next month counts what has come to that since.
    """

    __tablename__ = "month_figures"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("month", "extent", "region_code"),
        CheckConstraint("extent IN ('OWN', 'WHOLE')", name="extent_known"),
        Index("ix_month_figures_unit", "region_code", "extent", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Counted as the books count months.
    month: Mapped[int] = mapped_column()
    extent: Mapped[str] = mapped_column(String(10))
    figures: Mapped[str] = mapped_column()
    by_sector: Mapped[str] = mapped_column()
    so_far: Mapped[str] = mapped_column(default="{}")
    digest: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime] = mapped_column()
