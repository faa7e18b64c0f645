"""Yearly reviews of operating assets, and yearly results of contracts; never altered, a newer row takes their place."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.assets.register.categories import IndustryClass
from registry.changes import Audited
from registry.database import Model


class IndustryReview(Audited, Model):
    """Into which of the four groups an operating asset was put in a year, why, and what is to be done by when."""

    __tablename__ = "industry_review"
    __append_only__ = True
    __table_args__ = (Index("ix_industry_review_asset", "asset_id", "year", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    year: Mapped[int] = mapped_column()
    group: Mapped[str] = mapped_column(String(20))
    finding: Mapped[str] = mapped_column(String(500))
    measures: Mapped[str] = mapped_column(String(500), default="")
    idle_since: Mapped[date | None] = mapped_column(Date)
    revive_by: Mapped[date | None] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def about(self) -> IndustryClass:
        return IndustryClass(self.group)


class OperatingResult(Audited, Model):
    """What a year of a contract or of own running came to; what went to managers, and back to members by trade."""

    __tablename__ = "operating_result"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("turnover_fen >= 0 AND incentive_fen >= 0 AND returned_fen >= 0", name="money_not_negative"),
        Index("ix_operating_result_contract", "contract_id", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    year: Mapped[int] = mapped_column()
    turnover_fen: Mapped[int] = mapped_column()
    cost_fen: Mapped[int] = mapped_column()
    #: What managers got as an incentive out of the net result.
    incentive_fen: Mapped[int] = mapped_column(default=0)
    #: What a cooperative returned to members by their trade with it (利润返还).
    returned_fen: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def net_fen(self) -> int:
        return self.turnover_fen - self.cost_fen
