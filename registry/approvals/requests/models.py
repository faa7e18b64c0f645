"""Requests with their steps, what was decided, who is interested, who stands in for whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.approvals.requests.states import Desk, RequestStatus, StepStatus
from registry.changes import Audited, Versioned
from registry.database import Model
from registry.evidence.rules import EvidenceKind
from registry.kinds import Sector, Subject
from registry.permissions import Role
from registry.policy.procedures import StepKind


class ApprovalRequest(Audited, Versioned, Model):
    """A case submitted for agreement. What is decided on stands in ``content``; where it lies, in the desk columns.

    The desk columns are empty when it lies on no desk; ``step_kind`` says what the desk must do.
    """

    __tablename__ = "approval_request"
    __table_args__ = (
        Index("ix_approval_request_desk", "desk_code", "desk_role", "since"),
        Index("ix_approval_request_late", "above_code", "above_role", "due_on"),
        Index("ix_approval_request_case", "case_table", "case_id"),
        Index("ix_approval_request_submitter", "submitted_by_id", "status"),
        Index("ix_approval_request_status", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    deed: Mapped[str] = mapped_column(String(20))
    route_key: Mapped[str] = mapped_column(String(40))
    case_table: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    amount_fen: Mapped[int | None] = mapped_column()
    sector: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column()
    content_digest: Mapped[str] = mapped_column(String(64))
    content_version: Mapped[int] = mapped_column(default=1)
    step_kind: Mapped[str] = mapped_column(String(20), default="")
    desk_role: Mapped[str] = mapped_column(String(40), default="")
    desk_code: Mapped[str] = mapped_column(String(12), default="")
    #: Who is told when the step is late.
    above_role: Mapped[str] = mapped_column(String(40), default="")
    above_code: Mapped[str] = mapped_column(String(12), default="")
    since: Mapped[datetime] = mapped_column()
    due_on: Mapped[date | None] = mapped_column(Date)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by_text: Mapped[str] = mapped_column(String(120))
    submitted_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    steps: Mapped[list["ApprovalStep"]] = relationship(order_by="ApprovalStep.position")

    @property
    def state(self) -> RequestStatus:
        return RequestStatus(self.status)

    @property
    def about(self) -> Subject:
        return Subject(self.subject)


class ApprovalStep(Audited, Model):
    """One step of a request, as it was copied when the request was opened."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("request_id", "position"),
        Index("ix_approval_step_filed", "desk_code", "desk_role", "status", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"))
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(60))
    #: The desk by policy, and the one it lies on after everybody there was barred.
    seat_role: Mapped[str] = mapped_column(String(40))
    seat_code: Mapped[str] = mapped_column(String(12))
    desk_role: Mapped[str] = mapped_column(String(40))
    desk_code: Mapped[str] = mapped_column(String(12))
    sector: Mapped[str | None] = mapped_column(String(20))
    limit_days: Mapped[int | None] = mapped_column()
    hang_days: Mapped[int | None] = mapped_column()
    papers: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(20), default=StepStatus.WAITING.value)
    started_at: Mapped[datetime | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column(Date)
    done_at: Mapped[datetime | None] = mapped_column()
    #: What answered the step's question: a resolution, a notice or an appraisal, by table and number.
    answer_table: Mapped[str] = mapped_column(String(40), default="")
    answer_id: Mapped[str] = mapped_column(String(40), default="")

    @property
    def step_kind(self) -> StepKind:
        return StepKind(self.kind)

    @property
    def state(self) -> StepStatus:
        return StepStatus(self.status)

    @property
    def desk(self) -> Desk:
        return Desk(Role(self.desk_role), self.desk_code, Sector(self.sector) if self.sector else None)

    @property
    def seat(self) -> Desk:
        return Desk(Role(self.seat_role), self.seat_code, Sector(self.sector) if self.sector else None)

    @property
    def needed_papers(self) -> tuple[EvidenceKind, ...]:
        return tuple(EvidenceKind(kind) for kind in self.papers.split() if kind)


class ApprovalDecision(Audited, Model):
    """What somebody said at a step, in whose place, of which content; void once the content is another."""

    __tablename__ = "approval_decision"
    __append_only__ = True
    __table_args__ = (
        Index("ix_approval_decision_request", "request_id", "position"),
        Index("ix_approval_decision_person", "by_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"))
    position: Mapped[int] = mapped_column()
    verdict: Mapped[str] = mapped_column(String(20))
    opinion: Mapped[str] = mapped_column(String(500))
    defect: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    for_text: Mapped[str] = mapped_column(String(120), default="")
    content_digest: Mapped[str] = mapped_column(String(64))
    content_version: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    #: How many days the step had lain on the desk.
    waited_days: Mapped[int] = mapped_column()


class ApprovalInterest(Audited, Model):
    """Somebody with a particular interest in a request, as the feature named them or they themselves did."""

    __tablename__ = "approval_interest"
    __append_only__ = True
    __table_args__ = (Index("ix_approval_interest_request", "request_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"))
    #: The version of the content that names them; a recusal holds for all.
    content_version: Mapped[int | None] = mapped_column()
    name: Mapped[str] = mapped_column(String(80))
    capacity: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(String(200), default="")


class ApprovalQuery(Audited, Versioned, Model):
    """What a level asked about a case that was filed with it, and what its sender answered."""

    __tablename__ = "approval_query"
    __table_args__ = (
        Index("ix_approval_query_request", "request_id", "id"),
        Index("ix_approval_query_open", "answered_at", "answer_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"))
    #: The filing at which it was put.
    position: Mapped[int] = mapped_column()
    question: Mapped[str] = mapped_column(String(500))
    content_digest: Mapped[str] = mapped_column(String(64))
    answer_by: Mapped[date] = mapped_column(Date)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column()
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by_text: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column()

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class Appraisal(Audited, Model):
    """A report of appraisal brought to a step; kept as it was."""

    __tablename__ = "appraisal"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("value_fen >= 0", name="value_not_negative"),
        Index("ix_appraisal_request", "request_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_request.id"))
    content_digest: Mapped[str] = mapped_column(String(64))
    agency: Mapped[str] = mapped_column(String(80))
    report_no: Mapped[str] = mapped_column(String(60))
    appraisers: Mapped[str] = mapped_column(String(200))
    value_fen: Mapped[int] = mapped_column()
    appraised_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column()


class Delegation(Audited, Versioned, Model):
    """While absent, somebody lets another decide in their place, from a day to a day."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
        Index("ix_delegation_deputy", "deputy_id", "valid_to"),
        Index("ix_delegation_principal", "principal_id", "valid_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    principal_text: Mapped[str] = mapped_column(String(120))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    deputy_text: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date] = mapped_column(Date)
    #: The last day on which it holds.
    valid_to: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column()
