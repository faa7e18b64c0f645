"""A case of title, its assets, and who shall hold them."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assets.register.cards.models import Asset
from registry.assets.title.rules import CaseStatus, Condition, LineDecision, Verification
from registry.changes import Audited, Versioned
from registry.database import Model
from registry.kinds import Category, OwnerKind, TitleDeed
from registry.parties.models import Party


class TitleCase(Audited, Versioned, Model):
    """A case: what it does, for which unit, by whom brought in, and how far it has come."""

    __tablename__ = "title_case"
    __table_args__ = (
        Index("ix_title_case_status", "status", "region_code", "id"),
        Index("ix_title_case_opened_by", "opened_by_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(100))
    category: Mapped[str] = mapped_column(String(20))
    owner_kind: Mapped[str] = mapped_column(String(20))
    #: The one sector of all assets, empty where they are of several.
    sector: Mapped[str] = mapped_column(String(20), default="")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    spans_villages: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Who hands over, in a hand-over.
    giver: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    document_no: Mapped[str] = mapped_column(String(80), default="")
    #: The holder whose name changes, and to what.
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    new_name: Mapped[str] = mapped_column(String(80), default="")
    new_credit_code: Mapped[str] = mapped_column(String(18), default="")
    #: What assets that become one will be called; canonical JSON of the parts of one that is split.
    merged_name: Mapped[str] = mapped_column(String(100), default="")
    parts: Mapped[str] = mapped_column(default="[]")
    #: Canonical JSON: {document: [state, reason]}, for all assets of the case.
    documents: Mapped[str] = mapped_column(default="{}")
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_by_text: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column()
    submitted_at: Mapped[datetime | None] = mapped_column()
    approved_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def kind(self) -> TitleDeed:
        return TitleDeed(self.deed)

    @property
    def state(self) -> CaseStatus:
        return CaseStatus(self.status)

    @property
    def asset_category(self) -> Category:
        return Category(self.category)

    @property
    def holder_kind(self) -> OwnerKind:
        return OwnerKind(self.owner_kind)


class TitleLine(Audited, Versioned, Model):
    """One asset of a case: what was found on the spot, and whether the case takes it in."""

    __tablename__ = "title_line"
    __table_args__ = (UniqueConstraint("case_id", "asset_id"), Index("ix_title_line_asset", "asset_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("title_case.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    verification: Mapped[str] = mapped_column(String(20), default="")
    decision: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    condition: Mapped[str] = mapped_column(String(20), default="")
    condition_note: Mapped[str] = mapped_column(String(200), default="")
    asset: Mapped[Asset] = relationship(lazy="raise")
    owners: Mapped[list["TitleOwner"]] = relationship(
        lazy="raise", order_by="TitleOwner.id", back_populates="line", cascade="all, delete-orphan"
    )

    @property
    def found(self) -> Verification | None:
        return Verification(self.verification) if self.verification else None

    @property
    def decided(self) -> LineDecision | None:
        return LineDecision(self.decision) if self.decision else None

    @property
    def state_of_asset(self) -> Condition | None:
        return Condition(self.condition) if self.condition else None

    @property
    def is_in(self) -> bool:
        return self.decision == LineDecision.CONFIRMED


class TitleOwner(Audited, Model):
    """Who shall hold an asset, with which share; and what it invested where several villages own together."""

    __tablename__ = "title_owner"
    __table_args__ = (
        CheckConstraint("share_bp BETWEEN 1 AND 10000", name="share_in_bounds"),
        Index("ix_title_owner_line", "line_id"),
        Index("ix_title_owner_party", "party_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("title_line.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    share_bp: Mapped[int] = mapped_column()
    invested_fen: Mapped[int | None] = mapped_column()
    line: Mapped[TitleLine] = relationship(back_populates="owners")
    party: Mapped[Party] = relationship(lazy="raise")
