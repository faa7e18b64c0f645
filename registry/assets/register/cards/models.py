"""The card and everything that hangs on it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assets.register.categories import BY_CODE, Subtype
from registry.assets.register.depreciation import DepreciationPlan, accumulated_fen
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.registration import DatePrecision, FundingFact, PartialDate, Stage
from registry.changes import Audited, Derived, Versioned
from registry.database import STANDS_BY_KEY, Model, only_where
from registry.kinds import Category
from registry.parties.models import Party
from registry.regions import CodeRange

_SUMMED = ("original_value_fen", "poverty_fund_fen")
_CELL = ("stage", "title_status", "use_status", "is_handed_over", "category", "owner_kind", "sector", "assets")
OF_COUNTIES = "substr(region_code, 7) = '000000'"
_COUNTIES = Index("ix_rollup_counties", "region_code", *_CELL, *_SUMMED, **only_where(OF_COUNTIES))
_FILTERED = ("stage", "category", "subtype", "use_status", "title_status", "owner_kind", "project_year")
_NOT_YET, _HANDED_OVER = "handed_over_on IS NULL", "handed_over_on IS NOT NULL"


class Asset(Audited, Versioned, Model):
    """An asset. ``region_code`` is the unit of the managing owner; where it stands is ``location_code``."""

    __tablename__ = "asset"
    __table_args__ = (
        CheckConstraint("original_value_fen >= 0", name="value_not_negative"),
        CheckConstraint("poverty_fund_fen <= original_value_fen", name="fund_within_value"),
        # A list stands in the order (region, id), after an equal condition too; what is summed stands in the index.
        Index("ix_asset_region", "region_code", "id", *_FILTERED, *_SUMMED, "owner_text"),
        Index("ix_asset_category", "category", "region_code", "id", "stage", *_SUMMED),
        Index("ix_asset_subtype", "subtype", "region_code", "id", "stage", *_SUMMED),
        Index("ix_asset_stage", "stage", "region_code", "id", *_SUMMED),
        Index("ix_asset_use", "use_status", "region_code", "id", "stage", *_SUMMED),
        Index("ix_asset_title", "title_status", "region_code", "id", "stage", *_SUMMED, "is_legacy", "accepted_on"),
        Index("ix_asset_entered_by", "entered_by_id", "stage"),
        Index("ix_asset_sector", "sector", "region_code", "id", "stage", *_SUMMED),
        Index("ix_asset_handed_over", "region_code", "id", "stage", *_SUMMED, **only_where(_HANDED_OVER)),
        Index("ix_asset_not_handed_over", "region_code", "id", "stage", *_SUMMED, **only_where(_NOT_YET)),
        # What is late for hand-over or title is counted on every page, and history is never late.
        Index("ix_asset_hand_over_due", "is_legacy", "region_code", "accepted_on", **only_where(_NOT_YET)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.region_code"))
    asset_no: Mapped[str] = mapped_column(String(23), unique=True)
    stage: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    category: Mapped[str] = mapped_column(String(20))
    subtype: Mapped[str] = mapped_column(String(30))
    gbt14885_code: Mapped[str] = mapped_column(String(12), default="")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    project_name: Mapped[str] = mapped_column(String(100), default="")
    project_number: Mapped[str] = mapped_column(String(40), default="")
    project_year: Mapped[int] = mapped_column()
    plan_document: Mapped[str] = mapped_column(String(80), default="")
    location_code: Mapped[str] = mapped_column(String(12), default="")
    location_detail: Mapped[str] = mapped_column(String(200), default="")
    longitude_e6: Mapped[int | None] = mapped_column()
    latitude_e6: Mapped[int | None] = mapped_column()
    acquired_on: Mapped[date] = mapped_column(Date)
    acquired_precision: Mapped[str] = mapped_column(String(5), default="DAY")
    accepted_on: Mapped[date | None] = mapped_column(Date)
    in_use_on: Mapped[date | None] = mapped_column(Date)
    quantity_milli: Mapped[int | None] = mapped_column()
    unit: Mapped[str] = mapped_column(String(10), default="")
    specification: Mapped[str] = mapped_column(String(200), default="")
    scale: Mapped[str] = mapped_column(String(500), default="")
    original_value_fen: Mapped[int] = mapped_column()
    total_investment_fen: Mapped[int | None] = mapped_column()
    poverty_fund_fen: Mapped[int] = mapped_column()
    depreciation_method: Mapped[str] = mapped_column(String(20), default="NONE")
    service_months: Mapped[int] = mapped_column(default=0)
    salvage_bp: Mapped[int] = mapped_column(default=0)
    plan_from_month: Mapped[int] = mapped_column(default=0)
    plan_accumulated_fen: Mapped[int] = mapped_column(default=0)
    plan_remaining_fen: Mapped[int] = mapped_column(default=0)
    plan_months: Mapped[int] = mapped_column(default=0)
    title_status: Mapped[str] = mapped_column(String(20), default="UNCONFIRMED")
    certificate_kind: Mapped[str] = mapped_column(String(40), default="")
    certificate_number: Mapped[str] = mapped_column(String(60), default="")
    certificate_on: Mapped[date | None] = mapped_column(Date)
    sector: Mapped[str] = mapped_column(String(20))
    use_status: Mapped[str] = mapped_column(String(20), default="IN_USE")
    operating_mode: Mapped[str] = mapped_column(String(20), default="")
    industry_class: Mapped[str] = mapped_column(String(20), default="")
    accounting_system: Mapped[str] = mapped_column(String(20), default="NONE")
    publicity: Mapped[str] = mapped_column(String(20), default="NOT_YET")
    #: Under which number the asset-management system carries it.
    accounting_number: Mapped[str] = mapped_column(String(40), default="")
    #: First day in the hands of its first owner, after the builder's.
    handed_over_on: Mapped[date | None] = mapped_column(Date)
    #: From and to which day it stands in the register, where that is not its own life: it came of others, or ended.
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    archives: Mapped[str] = mapped_column(String(500), default="")
    remarks: Mapped[str] = mapped_column(String(1000), default="")
    #: What lists show without asking further tables.
    owner_text: Mapped[str] = mapped_column(String(200), default="")
    funding_text: Mapped[str] = mapped_column(String(200), default="")
    owner_kind: Mapped[str] = mapped_column(String(20), default="")
    is_legacy: Mapped[bool] = mapped_column(default=False)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column()
    sent_back_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def kind(self) -> Category:
        return Category(self.category)

    @property
    def subtype_row(self) -> Subtype:
        return BY_CODE[self.subtype]

    @property
    def state(self) -> Stage:
        return Stage(self.stage)

    @property
    def acquired(self) -> PartialDate:
        return PartialDate(self.acquired_on, DatePrecision(self.acquired_precision))

    @property
    def plan(self) -> DepreciationPlan:
        return DepreciationPlan(
            self.plan_from_month, self.plan_accumulated_fen, self.plan_remaining_fen, self.plan_months
        )

    def net_value_fen(self, on: date) -> int:
        """Return original value less the depreciation of whole months up to a day."""
        return self.original_value_fen - accumulated_fen(self.plan, on)

    @classmethod
    def co_owned_in(cls, codes: CodeRange) -> ColumnElement[bool]:
        """Say which assets managed elsewhere have an owner in these units."""
        owners: Any = select(AssetOwner.asset_id).where(AssetOwner.foreign_region.between(*codes))
        return cls.id.in_(owners.where(AssetOwner.valid_to.is_(None)))

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]:
        """Say which assets are in a custodian's care now."""
        cared = select(AssetRelation.asset_id).where(AssetRelation.user_id == user_id)
        return cls.id.in_(cared.where(AssetRelation.valid_to.is_(None)))


class AssetOwner(Audited, Model):
    """An owner and its share, from a day to a day."""

    __tablename__ = "asset_owner"
    __table_args__ = (
        CheckConstraint("share_bp BETWEEN 1 AND 10000", name="share_in_bounds"),
        Index("ix_asset_owner_asset", "asset_id"),
        Index("ix_asset_owner_party", "party_id"),
        Index("ix_asset_owner_foreign", "foreign_region", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    share_bp: Mapped[int] = mapped_column()
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    #: The owner's unit where it is not the asset's: that unit sees the asset too.
    foreign_region: Mapped[str | None] = mapped_column(String(12))
    party: Mapped[Party] = relationship(lazy="joined")


class ValueChange(Audited, Model):
    """Why the original value is what it is: one row per change, never altered; the asset's value is their sum."""

    __tablename__ = "value_change"
    __append_only__ = True
    __table_args__ = (Index("ix_value_change_asset", "asset_id", "recorded_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str] = mapped_column(String(20))
    effective_on: Mapped[date] = mapped_column(Date)
    recorded_on: Mapped[date] = mapped_column(Date)
    amount_fen: Mapped[int] = mapped_column()
    document_no: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    lines: Mapped[list["FundingLine"]] = relationship(order_by="FundingLine.id", back_populates="change")


class FundingLine(Audited, Model):
    """Money of one source, level, year and document within a value change; the lines sum to the change."""

    __tablename__ = "funding_line"
    __append_only__ = True
    __table_args__ = (
        Index("ix_funding_line_asset", "asset_id"),
        Index("ix_funding_line_change", "value_change_id"),
        Index("ix_funding_line_document", "document_no", "region_code"),
        Index("ix_funding_line_source", "source", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    value_change_id: Mapped[int] = mapped_column(ForeignKey("value_change.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    source: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    year: Mapped[int | None] = mapped_column()
    document_no: Mapped[str] = mapped_column(String(80), default="")
    amount_fen: Mapped[int] = mapped_column()
    change: Mapped[ValueChange] = relationship(back_populates="lines")

    @property
    def fact(self) -> FundingFact:
        """The line as the rules know it."""
        level = FundingLevel(self.level)
        return FundingFact(FundingSource(self.source), self.amount_fen, level, self.year, self.document_no)


class AssetRelation(Audited, Model):
    """Custodian, operator, beneficiary or supervisor of an asset, from a day to a day: four separate rights."""

    __tablename__ = "asset_relation"
    __table_args__ = (Index("ix_asset_relation_asset", "asset_id"), Index("ix_asset_relation_user", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(200), default="")


class Interest(Audited, Versioned, Model):
    """What an equity or debt asset adds to the card."""

    __tablename__ = "interest"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), primary_key=True, autoincrement=False)
    investee: Mapped[str] = mapped_column(String(80))
    investee_code: Mapped[str] = mapped_column(String(18), default="")
    share_bp: Mapped[int | None] = mapped_column()
    principal_fen: Mapped[int | None] = mapped_column()
    rate_bp: Mapped[int | None] = mapped_column()
    return_kind: Mapped[str] = mapped_column(String(20), default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    exit_terms: Mapped[str] = mapped_column(String(1000), default="")


class Draft(Derived, Model):
    """What a person has typed on a page and not yet submitted, saved as it stands."""

    __tablename__ = "asset_draft"
    __table_args__ = (UniqueConstraint("user_id", "key"), Index("ix_asset_draft_user", "user_id", "updated_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    #: Made by the page that was opened, so that saving by itself needs no answer from the server.
    key: Mapped[str] = mapped_column(String(40))
    page: Mapped[str] = mapped_column(String(20))
    #: The card that is being mended; None for a new one.
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    #: JSON of the form's fields as typed: {name: [values]}.
    content: Mapped[str] = mapped_column()
    updated_at: Mapped[datetime] = mapped_column()


class Rollup(Derived, Model):
    """Count and sums per unit and cell (what boards and lists ask by), kept in the transaction of the rows they sum."""

    __tablename__ = "asset_rollup"
    __table_args__ = (_COUNTIES, STANDS_BY_KEY)

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    sector: Mapped[str] = mapped_column(String(20), primary_key=True)
    owner_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    title_status: Mapped[str] = mapped_column(String(20), primary_key=True)
    use_status: Mapped[str] = mapped_column(String(20), primary_key=True)
    is_handed_over: Mapped[bool] = mapped_column(primary_key=True)
    assets: Mapped[int] = mapped_column(default=0)
    original_value_fen: Mapped[int] = mapped_column(default=0)
    poverty_fund_fen: Mapped[int] = mapped_column(default=0)


class AssetSerial(Derived, Model):
    """The last serial given within a unit, category and year; serials are never given twice."""

    __tablename__ = "asset_serial"

    prefix: Mapped[str] = mapped_column(String(17), primary_key=True)
    last: Mapped[int] = mapped_column()
