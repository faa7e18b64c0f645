"""Notices on the boards of villages, townships and counties, and what people object to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.approvals.notices.objecting import Channel, Finding, Ground, ObjectionState
from registry.approvals.notices.rules import Case, NoticeKind, NoticeState, Period, last_day
from registry.approvals.notices.tables import NoticeTable, read_table
from registry.changes import Audited, Derived, Versioned
from registry.database import Model
from registry.kinds import NoticeDays
from registry.regions import Level


class Notice(Audited, Versioned, Model):
    """One notice: what it says never changes; only how it ended is added."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="hangs"),
        Index("ix_notice_state", "state", "region_code", "id"),
        Index("ix_notice_board", "region_code", "state", "id"),
        Index("ix_notice_case", "case_table", "case_id"),
        Index("ix_notice_period", "region_code", "kind", "period_from"),
        Index("ix_notice_posted_by", "posted_by_id", "state"),
        Index("ix_notice_replaces", "replaces_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20))
    sector: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column()
    #: Canonical JSON of a NoticeTable, whole; the public reads it masked.
    table_json: Mapped[str] = mapped_column()
    place: Mapped[str] = mapped_column(String(200))
    contact_name: Mapped[str] = mapped_column(String(40))
    contact_phone: Mapped[str] = mapped_column(String(40))
    hotline: Mapped[str] = mapped_column(String(100))
    #: The policy as it was when the notice was posted.
    days: Mapped[int] = mapped_column()
    days_kind: Mapped[str] = mapped_column(String(20))
    days_parameter: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date] = mapped_column(Date)
    #: The first day on which it has hung its days.
    ends_on: Mapped[date] = mapped_column(Date)
    case_table: Mapped[str] = mapped_column(String(40), default="")
    case_id: Mapped[str] = mapped_column(String(40), default="")
    content_digest: Mapped[str] = mapped_column(String(64), default="")
    period_from: Mapped[date | None] = mapped_column(Date)
    period_to: Mapped[date | None] = mapped_column(Date)
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    posted_by_text: Mapped[str] = mapped_column(String(120))
    posted_at: Mapped[datetime] = mapped_column()
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposer_text: Mapped[str] = mapped_column(String(120), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    #: Digests of the two photographs of the board, which are attachments of this notice.
    first_photo: Mapped[str] = mapped_column(String(64), default="")
    last_photo: Mapped[str] = mapped_column(String(64), default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_by_text: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def notice_kind(self) -> NoticeKind:
        return NoticeKind(self.kind)

    @property
    def notice_state(self) -> NoticeState:
        return NoticeState(self.state)

    @property
    def table(self) -> NoticeTable:
        return read_table(self.table_json)

    @property
    def counted(self) -> NoticeDays:
        """How its days are counted."""
        return NoticeDays(self.days_kind)

    @property
    def last_day(self) -> date:
        """The last day on which it must still hang."""
        return last_day(self.ends_on)

    @property
    def period(self) -> Period | None:
        return Period(self.period_from, self.period_to) if self.period_from and self.period_to else None

    @property
    def case(self) -> Case | None:
        """The matter it is about; None for a notice of its own."""
        return Case(self.case_table, self.case_id, self.content_digest) if self.case_table else None

    @property
    def proposers(self) -> frozenset[int | None]:
        """Who answers no objection to it: whoever posted it and whoever proposed the matter."""
        return frozenset({self.posted_by_id, self.proposer_id} - {None})


class Objection(Audited, Versioned, Model):
    """What somebody objects to a notice of the unit ``region_code``; it lies at a level of that unit's lineage."""

    __tablename__ = "objection"
    __sealed__ = frozenset({"name", "contact", "receipt_index"})
    __table_args__ = (
        UniqueConstraint("uid"),
        UniqueConstraint("receipt_index"),
        Index("ix_objection_notice", "notice_id", "id"),
        Index("ix_objection_turn", "state", "level", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Names the row inside sealed columns before it has an id.
    uid: Mapped[str] = mapped_column(String(32))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    #: Keyed digest of the code with which the objector comes back; the code itself is kept nowhere.
    receipt_index: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    raised_at: Mapped[datetime] = mapped_column()
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    raised_by_text: Mapped[str] = mapped_column(String(120), default="")
    #: The last day for the level's answer.
    due_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    #: The last day on which the objector may take the answer to the level above.
    pass_on_until: Mapped[date | None] = mapped_column(Date)
    passed_on_on: Mapped[date | None] = mapped_column(Date)
    passed_on_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def objection_state(self) -> ObjectionState:
        return ObjectionState(self.state)

    @property
    def lies_at(self) -> Level:
        return Level(self.level)

    @property
    def objection_ground(self) -> Ground:
        return Ground(self.ground)

    @property
    def came_by(self) -> Channel:
        return Channel(self.channel)


class ObjectionAnswer(Audited, Model):
    """What a level answered, once."""

    __tablename__ = "objection_answer"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("objection_id", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"))
    level: Mapped[str] = mapped_column(String(20))
    finding: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(2000))
    answered_on: Mapped[date] = mapped_column(Date)
    answered_at: Mapped[datetime] = mapped_column()
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by_text: Mapped[str] = mapped_column(String(120))

    @property
    def outcome(self) -> Finding:
        return Finding(self.finding)

    @property
    def at_level(self) -> Level:
        return Level(self.level)


class ObjectionDoor(Derived, Model):
    """How often objections came through the public page within the hour, by address (keyed digest) or by notice."""

    __tablename__ = "objection_door"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(64))
    since: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=0)
