"""Warnings, how far they are evaluated, and what a level above handed to a unit because of one."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Derived, Versioned
from registry.database import STANDS_BY_KEY, Model
from registry.supervision.warnings.figures import Figure, days_over, from_text
from registry.supervision.warnings.risks import ROWS, Risk, RiskRow
from registry.supervision.warnings.rules import EndWay, HandOffState, Severity, Subject, Word

if TYPE_CHECKING:
    from collections.abc import Mapping

_STANDING = text("closed_at IS NULL")
_OPEN = text("ended_at IS NULL")


class RiskWarning(Derived, Model):
    """One episode of a risk of one thing: from the moment it was found until its cause was gone.

    Computed from what the trail carries: the same question asked again gives the same rows that stand.
    """

    __tablename__ = "warning"
    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opening"),
        Index(
            "uq_warning_standing", "risk", "subject_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING
        ),
        Index(
            "ix_warning_standing", "region_code", "severity", "risk", "sector",
            sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
        Index(
            "ix_warning_gravest", "severity", "id", "region_code", "risk", "sector",
            sqlite_where=_STANDING, postgresql_where=_STANDING,
        ),
        Index("ix_warning_list", "region_code", "id"),
        Index("ix_warning_subject", "subject", "subject_id", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(String(12))
    sector: Mapped[str] = mapped_column(String(20), default="")
    risk: Mapped[str] = mapped_column(String(30))
    severity: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column()
    #: What the thing is called, and by what its page names it.
    title: Mapped[str] = mapped_column(String(300))
    page_key: Mapped[str] = mapped_column(String(40))
    #: Canonical JSON: what made it fire.
    figures: Mapped[str] = mapped_column()
    opened_at: Mapped[datetime] = mapped_column()
    closed_at: Mapped[datetime | None] = mapped_column()

    @property
    def row(self) -> RiskRow:
        return ROWS[Risk(self.risk)]

    @property
    def weight(self) -> Severity:
        return Severity(self.severity)

    @property
    def about(self) -> Subject:
        return Subject(self.subject)

    @property
    def told(self) -> "Mapping[Figure, int | str]":
        return from_text(self.figures)

    def days_over(self, on: date) -> int:
        """Return for how many days a day by which it should have been done is past; 0 if none is."""
        return days_over(self.told, on) if self.closed_at is None else 0


class WarningSum(Derived, Model):
    """How many warnings stand by unit, sector, risk and severity, kept in the transaction that opens or ends them."""

    __tablename__ = "warning_sum"
    __table_args__ = STANDS_BY_KEY

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    risk: Mapped[str] = mapped_column(String(30), primary_key=True)
    severity: Mapped[str] = mapped_column(String(10), primary_key=True)
    warnings: Mapped[int] = mapped_column(default=0)


class WarningProgress(Derived, Model):
    """How far one log's events were looked at, and on which day everything of its units was asked anew."""

    __tablename__ = "warning_progress"

    log_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column()
    whole_on: Mapped[date] = mapped_column(Date)
    whole_at: Mapped[datetime] = mapped_column()


class WarningHandOff(Audited, Versioned, Model):
    """A warning handed to a unit by a desk above: ``region_code`` is the unit that has it.

    Title and figures are kept as the desk saw them.
    """

    __tablename__ = "warning_hand_off"
    __table_args__ = (
        Index(
            "uq_warning_hand_off_open", "warning_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index("ix_warning_hand_off_unit", "region_code", "state", "id"),
        Index("ix_warning_hand_off_desk", "from_code", "state", "due_on"),
        Index("ix_warning_hand_off_above", "above_code", "state", "due_on"),
        Index("ix_warning_hand_off_warning", "warning_id", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    warning_id: Mapped[int] = mapped_column(ForeignKey("warning.id"))
    sector: Mapped[str] = mapped_column(String(20), default="")
    risk: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(300))
    figures: Mapped[str] = mapped_column()
    state: Mapped[str] = mapped_column(String(20))
    from_code: Mapped[str] = mapped_column(String(12))
    above_code: Mapped[str] = mapped_column(String(12), default="")
    text: Mapped[str] = mapped_column(String(1000))
    due_on: Mapped[date] = mapped_column(Date)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handed_by_text: Mapped[str] = mapped_column(String(120))
    handed_at: Mapped[datetime] = mapped_column()
    answered_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    end_way: Mapped[str] = mapped_column(String(20), default="")
    warning: Mapped[RiskWarning] = relationship(lazy="joined", innerjoin=True)

    @property
    def stands(self) -> HandOffState:
        return HandOffState(self.state)

    @property
    def ended_by(self) -> EndWay | None:
        return EndWay(self.end_way) if self.end_way else None

    @property
    def row(self) -> RiskRow:
        return ROWS[Risk(self.risk)]

    @property
    def told(self) -> "Mapping[Figure, int | str]":
        return from_text(self.figures)

    def is_late(self, on: date) -> bool:
        """Say whether the unit should have answered by now."""
        return self.stands is HandOffState.OPEN and self.due_on < on


class WarningWord(Audited, Model):
    """What was said of something handed on: how the unit answered, and what the desk said to that."""

    __tablename__ = "warning_word"
    __append_only__ = True
    __table_args__ = (Index("ix_warning_word_hand_off", "hand_off_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hand_off_id: Mapped[int] = mapped_column(ForeignKey("warning_hand_off.id"))
    word: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def kind(self) -> Word:
        return Word(self.word)
