"""A campaign, the sheet of each unit, its lines, the marks that were made, and what each difference became."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assets.register.cards.models import Asset
from registry.changes import Audited, Versioned
from registry.database import Model
from registry.supervision.stocktaking.rules import (
    CampaignKind,
    CampaignStatus,
    CountWay,
    DifferenceState,
    Outcome,
    SheetStatus,
    Way,
    differs,
)


class StockCampaign(Audited, Versioned, Model):
    """A count that a county called: as of which day, until when it is reported, and how it ended."""

    __tablename__ = "stock_campaign"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("report_by > cutoff_on", name="reported_after_cutoff"),
        Index("ix_stock_campaign_list", "region_code", "id"),
        Index("ix_stock_campaign_status", "status", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    year: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(100))
    basis: Mapped[str] = mapped_column(String(200), default="")
    cutoff_on: Mapped[date] = mapped_column(Date)
    report_by: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_by_text: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column()
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_by_text: Mapped[str] = mapped_column(String(120), default="")
    closed_at: Mapped[datetime | None] = mapped_column()
    #: Why it was closed although some sheets were not in, and which.
    closing_note: Mapped[str] = mapped_column(String(1000), default="")
    left_out: Mapped[str] = mapped_column(default="")

    @property
    def state(self) -> CampaignStatus:
        return CampaignStatus(self.status)

    @property
    def about(self) -> CampaignKind:
        return CampaignKind(self.kind)


class StockSheet(Audited, Versioned, Model):
    """The list of one unit and how far its count has come."""

    __tablename__ = "stock_sheet"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> submitted_by_id", name="second_person"),
        Index("ix_stock_sheet_campaign", "campaign_id", "region_code", "id"),
        Index("ix_stock_sheet_status", "status", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("stock_campaign.id"))
    status: Mapped[str] = mapped_column(String(20))
    listed_on: Mapped[date] = mapped_column(Date)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by_text: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column()
    #: What the second person, or the level above, said last.
    opinion: Mapped[str] = mapped_column(String(500), default="")
    #: Digest of what was confirmed: notice and resolution are about exactly this.
    digest: Mapped[str] = mapped_column(String(64), default="")
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reported_by_text: Mapped[str] = mapped_column(String(120), default="")
    reported_at: Mapped[datetime | None] = mapped_column()
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    received_by_text: Mapped[str] = mapped_column(String(120), default="")
    received_at: Mapped[datetime | None] = mapped_column()
    campaign: Mapped[StockCampaign] = relationship(lazy="joined", innerjoin=True)

    @property
    def state(self) -> SheetStatus:
        return SheetStatus(self.status)

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]:
        """Say on which sheets stands an asset in a custodian's care."""
        own: Any = select(StockLine.sheet_id).where(StockLine.cared_for_by(user_id))
        return cls.id.in_(own)


class StockLine(Audited, Versioned, Model):
    """One asset as the register held it at the cut-off, or something that was on no list; and what counts of it now."""

    __tablename__ = "stock_line"
    __table_args__ = (
        CheckConstraint("counted_milli >= 0", name="counted_not_negative"),
        CheckConstraint("(asset_id IS NULL) = (outcome = 'UNEXPECTED')", name="listed_or_unexpected"),
        UniqueConstraint("campaign_id", "asset_id"),
        Index("ix_stock_line_sheet", "sheet_id", "id", "outcome"),
        Index("ix_stock_line_campaign", "campaign_id", "region_code", "id", "outcome", "value_fen", "is_different"),
        Index("ix_stock_line_asset", "asset_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("stock_campaign.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("stock_sheet.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    asset_no: Mapped[str] = mapped_column(String(23), default="")
    name: Mapped[str] = mapped_column(String(100))
    category: Mapped[str] = mapped_column(String(20), default="")
    sector: Mapped[str] = mapped_column(String(20), default="")
    owner_text: Mapped[str] = mapped_column(String(200), default="")
    quantity_milli: Mapped[int | None] = mapped_column()
    unit: Mapped[str] = mapped_column(String(10), default="")
    value_fen: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(300), default="")
    custodian: Mapped[str] = mapped_column(String(80), default="")
    #: What the newest mark says; empty until somebody counted.
    outcome: Mapped[str] = mapped_column(String(20), default="")
    counted_milli: Mapped[int | None] = mapped_column()
    counted_at: Mapped[datetime | None] = mapped_column()
    counted_by_text: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    is_different: Mapped[bool] = mapped_column(Boolean, default=False)
    sheet: Mapped[StockSheet] = relationship()

    @property
    def result(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

    @property
    def is_listed(self) -> bool:
        return self.asset_id is not None

    def take(self, outcome: Outcome, counted_milli: int | None, note: str) -> None:
        """Let what was said count."""
        self.outcome, self.counted_milli, self.note = outcome.value, counted_milli, note
        self.is_different = differs(outcome, self.quantity_milli, counted_milli)

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]:
        """Say which lines are of assets in a custodian's care now."""
        own: Any = select(Asset.id).where(Asset.cared_for_by(user_id))
        return cls.asset_id.in_(own)


class StockMark(Audited, Model):
    """What one person said of one line at one moment. Never altered: the newest counts, the others stay readable."""

    __tablename__ = "stock_mark"
    __append_only__ = True
    __table_args__ = (
        Index("ix_stock_mark_line", "line_id", "id"),
        Index("ix_stock_mark_sheet", "sheet_id", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("stock_sheet.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("stock_line.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    counted_milli: Mapped[int | None] = mapped_column()
    note: Mapped[str] = mapped_column(String(500), default="")
    way: Mapped[str] = mapped_column(String(20))
    #: When it was counted; a mark that waited for the link was counted before it was sent.
    counted_at: Mapped[datetime] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def result(self) -> Outcome:
        return Outcome(self.outcome)

    @property
    def came_by(self) -> CountWay:
        return CountWay(self.way)


class StockDifference(Audited, Versioned, Model):
    """What was found otherwise than the books say, and what it became: never an edit, always a thing of its own."""

    __tablename__ = "stock_difference"
    __table_args__ = (
        UniqueConstraint("line_id"),
        CheckConstraint("(state = 'OPEN') = (way = '')", name="settled_some_way"),
        Index("ix_stock_difference_list", "campaign_id", "region_code", "id", "state"),
        Index("ix_stock_difference_state", "state", "region_code", "id"),
        Index("ix_stock_difference_sheet", "sheet_id", "id"),
        # The page of an asset tells by which count it was found.
        Index("ix_stock_difference_asset", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("stock_campaign.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("stock_sheet.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("stock_line.id"))
    sector: Mapped[str] = mapped_column(String(20), default="")
    outcome: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    found_at: Mapped[datetime] = mapped_column()
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_by_text: Mapped[str] = mapped_column(String(120), default="")
    settled_at: Mapped[datetime | None] = mapped_column()
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    disposal_case_id: Mapped[int | None] = mapped_column(ForeignKey("disposal_case.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    encumbrance_id: Mapped[int | None] = mapped_column(ForeignKey("encumbrance.id"))
    fault_id: Mapped[int | None] = mapped_column(ForeignKey("fault.id"))
    line: Mapped[StockLine] = relationship(lazy="joined", innerjoin=True)

    @property
    def found(self) -> Outcome:
        return Outcome(self.outcome)

    @property
    def stands(self) -> DifferenceState:
        return DifferenceState(self.state)

    @property
    def settled(self) -> Way | None:
        return Way(self.way) if self.way else None
