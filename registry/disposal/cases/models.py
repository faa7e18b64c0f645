"""A case of disposal, its lines, and its reports of appraisal."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assets.register.cards.models import Asset
from registry.changes import Audited, Versioned
from registry.database import Model
from registry.disposal.kinds import MEANINGS, DisposalKind, DisposalStatus, Extent, Ground, LineDecision, Meaning
from registry.kinds import Category, OwnerKind
from registry.parties.models import Party
from registry.policy.procedures import Weight


class DisposalCase(Audited, Versioned, Model):
    """A case: how what is disposed of, why, for whom, what it is worth, and how far it has come."""

    __tablename__ = "disposal_case"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("own_fen >= 0 AND basis_fen >= own_fen", name="basis_holds_own"),
        CheckConstraint("original_fen >= 0 AND net_fen >= 0 AND agreed_fen >= 0", name="values_not_negative"),
        Index("ix_disposal_case_list", "region_code", "id", "status"),
        Index("ix_disposal_case_status", "status", "region_code", "id"),
        Index("ix_disposal_case_window", "owner_id", "kind", "submitted_on"),
        Index("ix_disposal_case_year", "done_on", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(1000))
    #: The day from which it counts; another than the day it is written down.
    effective_on: Mapped[date] = mapped_column(Date)
    category: Mapped[str] = mapped_column(String(20))
    sector: Mapped[str] = mapped_column(String(20), default="")
    owner_kind: Mapped[str] = mapped_column(String(20))
    #: The holder of the largest share, the same for all lines.
    owner_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    is_whole_project: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Words of ``Weight``, separated by blanks.
    weights: Mapped[str] = mapped_column(String(120), default="")
    #: To whom it passes, where that is known beforehand; whoever wins an open trade is told with the price.
    recipient_name: Mapped[str] = mapped_column(String(80), default="")
    recipient_code: Mapped[str] = mapped_column(String(18), default="")
    recipient_kind: Mapped[str] = mapped_column(String(20), default="")
    recipient_region: Mapped[str] = mapped_column(String(12), default="")
    #: What a meeting recognised as its worth where nothing is opened: swap, contribution, buy-back (fen).
    agreed_fen: Mapped[int] = mapped_column(default=0)
    #: Share of the company and how the equity is left again, of a contribution in kind; exit terms of equity.
    share_bp: Mapped[int] = mapped_column(default=0)
    exit_terms: Mapped[str] = mapped_column(String(1000), default="")
    #: For what the money is meant to be used again.
    use_of_proceeds: Mapped[str] = mapped_column(String(500), default="")
    #: Canonical JSON: {gate: how it will be settled until execution}.
    plans: Mapped[str] = mapped_column(default="{}")
    #: Worth of all lines as submitted (fen): own is the highest of the three, basis adds what the window holds.
    original_fen: Mapped[int] = mapped_column(default=0)
    net_fen: Mapped[int] = mapped_column(default=0)
    appraised_fen: Mapped[int | None] = mapped_column()
    own_fen: Mapped[int] = mapped_column(default=0)
    basis_fen: Mapped[int] = mapped_column(default=0)
    window_from: Mapped[date | None] = mapped_column(Date)
    route_key: Mapped[str] = mapped_column(String(40), default="")
    #: A loss that came suddenly was recorded before it was decided on, and has days of its own.
    is_sudden: Mapped[bool] = mapped_column(Boolean, default=False)
    happened_on: Mapped[date | None] = mapped_column(Date)
    decide_by: Mapped[date | None] = mapped_column(Date)
    #: A case that was closed before go-live, entered with its papers.
    is_legacy: Mapped[bool] = mapped_column(Boolean, default=False)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    #: What led to it: a difference of a count, by table and number.
    source_table: Mapped[str] = mapped_column(String(40), default="")
    source_id: Mapped[int | None] = mapped_column()
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_by_text: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column()
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_on: Mapped[date | None] = mapped_column(Date)
    approved_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    owner: Mapped[Party] = relationship(lazy="joined")

    @property
    def about(self) -> DisposalKind:
        return DisposalKind(self.kind)

    @property
    def meaning(self) -> Meaning:
        return MEANINGS[self.about]

    @property
    def why(self) -> Ground:
        return Ground(self.ground)

    @property
    def state(self) -> DisposalStatus:
        return DisposalStatus(self.status)

    @property
    def asset_category(self) -> Category:
        return Category(self.category)

    @property
    def holder_kind(self) -> OwnerKind:
        return OwnerKind(self.owner_kind)

    @property
    def weighty(self) -> frozenset[Weight]:
        return frozenset(Weight(word) for word in self.weights.split())


class DisposalLine(Audited, Versioned, Model):
    """One asset of a case, or part of one, with its worth as submitted; and which card stands for it afterwards."""

    __tablename__ = "disposal_line"
    __table_args__ = (
        UniqueConstraint("case_id", "asset_id"),
        CheckConstraint("quantity_milli > 0", name="quantity_positive"),
        CheckConstraint("share_bp BETWEEN 1 AND 10000", name="share_in_bounds"),
        CheckConstraint("original_fen >= 0 AND net_fen >= 0", name="values_not_negative"),
        Index("ix_disposal_line_asset", "asset_id", "case_id"),
        Index("ix_disposal_line_part", "part_asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    extent: Mapped[str] = mapped_column(String(20), default=Extent.WHOLE.value)
    quantity_milli: Mapped[int | None] = mapped_column()
    #: Whose share, and how much of the whole asset (basis points).
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    share_bp: Mapped[int | None] = mapped_column()
    decision: Mapped[str] = mapped_column(String(20), default=LineDecision.TAKEN.value)
    reason: Mapped[str] = mapped_column(String(200), default="")
    original_fen: Mapped[int] = mapped_column(default=0)
    net_fen: Mapped[int] = mapped_column(default=0)
    #: The card of the part that was disposed of, once it is; and the card of what came for it.
    part_asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    new_asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    asset: Mapped[Asset] = relationship(foreign_keys=[asset_id], lazy="raise")

    @property
    def how_much(self) -> Extent:
        return Extent(self.extent)

    @property
    def is_in(self) -> bool:
        return self.decision == LineDecision.TAKEN


class DisposalAppraisal(Audited, Model):
    """A report of appraisal of what a case disposes of; kept as it was, the newest counts."""

    __tablename__ = "disposal_appraisal"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("value_fen >= 0", name="value_not_negative"),
        CheckConstraint("valid_until >= appraised_on", name="term_forwards"),
        Index("ix_disposal_appraisal_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    agency: Mapped[str] = mapped_column(String(80))
    report_no: Mapped[str] = mapped_column(String(60))
    #: At least two sign (资产评估法第二十八条).
    appraisers: Mapped[str] = mapped_column(String(200))
    value_fen: Mapped[int] = mapped_column()
    appraised_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    #: Whether a statute demands the appraisal, and until when its file is kept (资产评估法第二十九条).
    is_statutory: Mapped[bool] = mapped_column(Boolean)
    keep_until: Mapped[date] = mapped_column(Date)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
