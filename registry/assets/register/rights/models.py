"""What the register remembers of title and use: each change of them, and which assets came of which."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class TitleChange(Audited, Model):
    """How far title was before it changed, and on which day: so a paper of an earlier day shows what stood then."""

    __tablename__ = "title_change"
    __append_only__ = True
    __table_args__ = (Index("ix_title_change_asset", "asset_id", "changed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    changed_on: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column()
    title_status: Mapped[str] = mapped_column(String(20))
    certificate_kind: Mapped[str] = mapped_column(String(40))
    certificate_number: Mapped[str] = mapped_column(String(60))
    certificate_on: Mapped[date | None] = mapped_column(Date)
    accounting_system: Mapped[str] = mapped_column(String(20))
    new_status: Mapped[str] = mapped_column(String(20))


class UseChange(Audited, Model):
    """How an asset was used, run and classed before that changed, and on which day."""

    __tablename__ = "use_change"
    __append_only__ = True
    __table_args__ = (Index("ix_use_change_asset", "asset_id", "changed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    changed_on: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column()
    use_status: Mapped[str] = mapped_column(String(20))
    operating_mode: Mapped[str] = mapped_column(String(20))
    industry_class: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(200), default="")


class AssetLineage(Audited, Model):
    """One asset came of another, by split, merger or disposal: how much of its value and quantity went over."""

    __tablename__ = "asset_lineage"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("parent_id <> child_id", name="not_itself"),
        Index("ix_asset_lineage_parent", "parent_id"),
        Index("ix_asset_lineage_child", "child_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    kind: Mapped[str] = mapped_column(String(20))
    took_place_on: Mapped[date] = mapped_column(Date)
    value_fen: Mapped[int] = mapped_column()
    quantity_milli: Mapped[int | None] = mapped_column()
