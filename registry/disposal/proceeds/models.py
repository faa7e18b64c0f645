"""The money of a disposal: of each owner one account, what came in, and for what it was used again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.disposal.proceeds.kinds import WATCHED, Destination, Purpose, ReceiptStatus, UseStatus
from registry.parties.models import Party


class Proceeds(Audited, Versioned, Model):
    """What a disposal fetched for one owner, what of it has come in and been used; ``region_code`` is the owner's."""

    __tablename__ = "proceeds"
    __table_args__ = (
        UniqueConstraint("case_id", "party_id"),
        CheckConstraint("due_fen >= 0 AND cost_fen >= 0 AND received_fen >= 0 AND used_fen >= 0", name="not_negative"),
        CheckConstraint("received_fen <= due_fen", name="received_within_due"),
        CheckConstraint("used_fen + cost_fen <= received_fen OR used_fen = 0", name="used_within_received"),
        Index("ix_proceeds_list", "region_code", "opened_on", "id"),
        Index("ix_proceeds_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    destination: Mapped[str] = mapped_column(String(20))
    #: The owner's part of the price, and of the cost of clearing.
    due_fen: Mapped[int] = mapped_column()
    cost_fen: Mapped[int] = mapped_column(default=0)
    received_fen: Mapped[int] = mapped_column(default=0)
    used_fen: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date] = mapped_column(Date)
    #: Until when policy wants it used again.
    use_by: Mapped[date] = mapped_column(Date)
    party: Mapped[Party] = relationship(lazy="joined")

    @property
    def goes_to(self) -> Destination:
        return Destination(self.destination)

    @property
    def is_watched(self) -> bool:
        return self.goes_to in WATCHED

    @property
    def open_fen(self) -> int:
        """What of the price has not come in."""
        return self.due_fen - self.received_fen

    @property
    def balance_fen(self) -> int:
        """What has come in and waits to be used."""
        return max(self.received_fen - self.cost_fen, 0) - self.used_fen

    @property
    def spent_fen(self) -> int:
        """What of the money that came in is gone: the oldest goes first, into the cost of clearing and into uses."""
        return self.cost_fen + self.used_fen


class ProceedsReceiptDraft(Audited, Versioned, Model):
    """Money that somebody entered as come in; it counts once another person has looked at it."""

    __tablename__ = "proceeds_receipt_draft"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("decided_by_id <> entered_by_id", name="two_persons"),
        Index("ix_proceeds_receipt_draft_proceeds", "proceeds_id", "id"),
        Index("ix_proceeds_receipt_draft_waiting", "status", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proceeds_id: Mapped[int] = mapped_column(ForeignKey("proceeds.id"))
    status: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    received_on: Mapped[date] = mapped_column(Date)
    paper_no: Mapped[str] = mapped_column(String(80))
    opinion: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_text: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column()

    @property
    def state(self) -> ReceiptStatus:
        return ReceiptStatus(self.status)


class ProceedsReceipt(Audited, Model):
    """Money of a disposal that came in."""

    __tablename__ = "proceeds_receipt"
    __append_only__ = True
    __table_args__ = (
        UniqueConstraint("draft_id"),
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("by_id <> prepared_by_id", name="two_persons"),
        Index("ix_proceeds_receipt_proceeds", "proceeds_id", "received_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proceeds_id: Mapped[int] = mapped_column(ForeignKey("proceeds.id"))
    #: As what it was entered; what had been paid when the disposal was carried out was looked at then.
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("proceeds_receipt_draft.id"))
    amount_fen: Mapped[int] = mapped_column()
    received_on: Mapped[date] = mapped_column(Date)
    paper_no: Mapped[str] = mapped_column(String(80), default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    prepared_by_text: Mapped[str] = mapped_column(String(120))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


class ProceedsUse(Audited, Versioned, Model):
    """For what part of the money is used again, by which decision; undone by two persons as it was made by two."""

    __tablename__ = "proceeds_use"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount_positive"),
        CheckConstraint("meeting_id IS NOT NULL OR document_no <> ''", name="decided"),
        CheckConstraint("purpose <> 'NEW_ASSET' OR asset_id IS NOT NULL", name="new_asset_named"),
        CheckConstraint("confirmed_by_id <> entered_by_id", name="two_persons"),
        CheckConstraint("undone_by_id <> undo_by_id", name="two_persons_undo"),
        CheckConstraint("status = 'WAITING' OR confirmed_at IS NOT NULL", name="answered"),
        Index("ix_proceeds_use_proceeds", "proceeds_id", "id"),
        Index("ix_proceeds_use_waiting", "status", "region_code", "id"),
        Index("ix_proceeds_use_asset", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proceeds_id: Mapped[int] = mapped_column(ForeignKey("proceeds.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    amount_fen: Mapped[int] = mapped_column()
    used_on: Mapped[date] = mapped_column(Date)
    #: Who decided it: the meeting recorded here, or the document.
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    #: What came of it.
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    note: Mapped[str] = mapped_column(String(500))
    opinion: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    #: Who looked at it as the second person, and agreed or refused.
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column()
    undo_reason: Mapped[str] = mapped_column(String(500), default="")
    undo_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undo_by_text: Mapped[str] = mapped_column(String(120), default="")
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_by_text: Mapped[str] = mapped_column(String(120), default="")

    @property
    def state(self) -> UseStatus:
        return UseStatus(self.status)

    @property
    def about(self) -> Purpose:
        return Purpose(self.purpose)
