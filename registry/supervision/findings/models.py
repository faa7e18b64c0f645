"""Findings, the assets they are about, and the steps of their life."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.supervision.findings.rules import FindingStatus, Source, Step, is_overdue


class Finding(Audited, Versioned, Model):
    """A problem in a unit (``region_code``), what is demanded of the unit that mends it, and how far that has come.

    Its words never change. ``origin_table`` and ``origin_id`` name the row of another feature that it came of.
    """

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("recurs_id"),
        CheckConstraint("due_on >= found_on", name="due_after_found"),
        CheckConstraint("(recurs_id IS NULL) = (recurrences = 0)", name="recurrences_counted"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> reported_by_id", name="second_person"),
        Index("ix_finding_list", "region_code", "id", "status", "source"),
        Index("ix_finding_found", "found_on", "source", "status"),
        Index("ix_finding_due", "status", "due_on", "mender_code"),
        Index("ix_finding_origin", "origin_table", "origin_id"),
        Index("ix_finding_contract", "contract_id"),
        Index("ix_finding_disposal", "disposal_case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    #: The unit that has to mend: the unit itself, or one above it.
    mender_code: Mapped[str] = mapped_column(String(12))
    person: Mapped[str] = mapped_column(String(80), default="")
    sector: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(20))
    origin_table: Mapped[str] = mapped_column(String(40), default="")
    origin_id: Mapped[int | None] = mapped_column()
    problem: Mapped[str] = mapped_column(String(1000))
    basis: Mapped[str] = mapped_column(String(300))
    demand: Mapped[str] = mapped_column(String(1000))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    disposal_case_id: Mapped[int | None] = mapped_column(ForeignKey("disposal_case.id"))
    found_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    #: The finding that was checked off and came back, and how often it has come back by now.
    recurs_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    recurrences: Mapped[int] = mapped_column(default=0)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    #: What the newest report and the newest check say; all of them stand in the steps.
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reported_by_text: Mapped[str] = mapped_column(String(120), default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    report: Mapped[str] = mapped_column(String(2000), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120), default="")
    checked_on: Mapped[date | None] = mapped_column(Date)
    opinion: Mapped[str] = mapped_column(String(1000), default="")

    @property
    def state(self) -> FindingStatus:
        return FindingStatus(self.status)

    @property
    def found_by(self) -> Source:
        return Source(self.source)

    def is_late(self, on: date) -> bool:
        """Whether its last day has passed and it waits to be mended."""
        return is_overdue(self.state, self.due_on, on)


class FindingAsset(Audited, Model):
    """An asset a finding is about."""

    __tablename__ = "finding_asset"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("finding_id", "asset_id"), Index("ix_finding_asset_asset", "asset_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))


class FindingStep(Audited, Model):
    """What one person did with a finding. Never altered; evidence is attached to the step it proves."""

    __tablename__ = "finding_step"
    __append_only__ = True
    __table_args__ = (Index("ix_finding_step_finding", "finding_id", "id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(2000))
    stepped_on: Mapped[date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def about(self) -> Step:
        return Step(self.kind)
