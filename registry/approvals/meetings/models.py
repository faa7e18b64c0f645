"""Meetings, the stages of four discussions, and resolutions. Nothing here is changed: a new meeting decides anew."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.approvals.meetings.facts import Attendance, Case, Vote
from registry.approvals.meetings.kinds import KINDS, KindRule, Majority, MeetingKind
from registry.approvals.meetings.rules import Needed, Verdict
from registry.changes import Audited
from registry.database import Model


class Meeting(Audited, Model):
    """A meeting as its minutes tell it, with what a quorum needed on that day."""

    __tablename__ = "meeting"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("present + proxies <= due", name="attendance_within_due"),
        CheckConstraint("households_present <= households_due", name="households_within_due"),
        Index("ix_meeting_unit", "region_code", "held_on", "id"),
        Index("ix_meeting_newest", "held_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    #: Which meeting was the fourth of the four discussions.
    resolved_by: Mapped[str | None] = mapped_column(String(20))
    body_name: Mapped[str] = mapped_column(String(80))
    held_on: Mapped[date] = mapped_column(Date)
    notified_on: Mapped[date | None] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(100), default="")
    due: Mapped[int] = mapped_column()
    present: Mapped[int] = mapped_column()
    proxies: Mapped[int] = mapped_column()
    households_due: Mapped[int] = mapped_column()
    households_present: Mapped[int] = mapped_column()
    representatives: Mapped[int] = mapped_column()
    women: Mapped[int] = mapped_column()
    people_needed: Mapped[int | None] = mapped_column()
    households_needed: Mapped[int | None] = mapped_column()
    quorate: Mapped[bool] = mapped_column(Boolean)
    chair: Mapped[str] = mapped_column(String(40), default="")
    recorder: Mapped[str] = mapped_column(String(40), default="")
    summary: Mapped[str] = mapped_column(String(2000), default="")
    authority: Mapped[str] = mapped_column(String(200), default="")
    party_studied_on: Mapped[date | None] = mapped_column(Date)
    readable_on: Mapped[date | None] = mapped_column(Date)
    is_history: Mapped[bool] = mapped_column(Boolean, default=False)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()

    @property
    def deciding(self) -> MeetingKind:
        """Whose rules of quorum and majority held."""
        return MeetingKind(self.resolved_by or self.kind)

    @property
    def rule(self) -> KindRule:
        return KINDS[self.deciding]

    @property
    def attendance(self) -> Attendance:
        return Attendance(
            self.due, self.present, self.proxies, self.households_due, self.households_present, self.representatives,
            self.women,
        )  # fmt: skip

    def needed(self, majority: Majority, votes: int) -> Needed:
        """Return what was demanded of the meeting and of one of its votes."""
        return Needed(self.people_needed, self.households_needed, majority, votes)


class MeetingStage(Audited, Model):
    """One of the four discussions, or one of the two publications."""

    __tablename__ = "meeting_stage"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("meeting_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    stage: Mapped[str] = mapped_column(String(30))
    held_on: Mapped[date] = mapped_column(Date)
    due: Mapped[int | None] = mapped_column()
    present: Mapped[int | None] = mapped_column()
    agreed: Mapped[int | None] = mapped_column()


class Resolution(Audited, Model):
    """What one item of a meeting came to. It stands until a later meeting's carried resolution alters it."""

    __tablename__ = "resolution"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("meeting_id", "item"),
        UniqueConstraint("alters_id"),
        CheckConstraint(
            "(case_table IS NULL) = (case_id IS NULL) AND (case_id IS NULL) = (content_digest IS NULL)",
            name="case_whole",
        ),
        CheckConstraint("NOT carried OR agreed >= votes_needed", name="carried_by_votes"),
        Index("ix_resolution_case", "case_table", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item: Mapped[int] = mapped_column()
    matter: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(1000))
    agreed: Mapped[int] = mapped_column()
    opposed: Mapped[int] = mapped_column()
    abstained: Mapped[int] = mapped_column()
    majority: Mapped[str] = mapped_column(String(30))
    votes_needed: Mapped[int] = mapped_column()
    carried: Mapped[bool] = mapped_column(Boolean)
    case_table: Mapped[str | None] = mapped_column(String(40))
    case_id: Mapped[str | None] = mapped_column(String(40))
    content_digest: Mapped[str | None] = mapped_column(String(64))
    alters_id: Mapped[int | None] = mapped_column(ForeignKey("resolution.id"))

    @property
    def case(self) -> Case | None:
        if self.case_table is None or self.case_id is None or self.content_digest is None:
            return None
        return Case(self.case_table, self.case_id, self.content_digest)

    def judged(self, meeting: Meeting) -> Verdict:
        """Return the verdict as it was given on the day, from the numbers that were kept."""
        needed = meeting.needed(Majority(self.majority), self.votes_needed)
        return Verdict(needed, meeting.attendance, Vote(self.agreed, self.opposed, self.abstained))
