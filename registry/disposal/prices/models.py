"""Results of trades: one row each, never altered; another result is another row."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model


class DisposalPrice(Audited, Versioned, Model):
    """What was opened for a case: the price against the appraised value, with the record of the public platform."""

    __tablename__ = "disposal_price"
    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        CheckConstraint("price_fen >= 0 AND base_fen >= 0", name="money_not_negative"),
        CheckConstraint("suspend_bp <= accept_bp", name="bounds_in_order"),
        # What is accepted at once reaches the bound of its day; what is suspended does not reach the lower one.
        CheckConstraint(
            "verdict <> 'ACCEPTED' OR price_fen * 10000 >= base_fen * accept_bp", name="accepted_reaches_value"
        ),
        CheckConstraint(
            "verdict <> 'RENEWED' OR price_fen * 10000 >= base_fen * suspend_bp", name="renewed_above_bound"
        ),
        Index("ix_disposal_price_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    #: The how-manieth result of the case.
    round: Mapped[int] = mapped_column()
    way: Mapped[str] = mapped_column(String(20))
    platform: Mapped[str] = mapped_column(String(80), default="")
    record_no: Mapped[str] = mapped_column(String(80), default="")
    opened_on: Mapped[date] = mapped_column(Date)
    bidders: Mapped[int | None] = mapped_column()
    price_fen: Mapped[int] = mapped_column()
    #: Against what it is measured: the appraised value, else what the meeting recognised.
    base_fen: Mapped[int] = mapped_column()
    #: The bounds of the day, in basis points of the base.
    accept_bp: Mapped[int] = mapped_column()
    suspend_bp: Mapped[int] = mapped_column()
    #: Words of ``PriceVerdict``.
    verdict: Mapped[str] = mapped_column(String(20))
    buyer_name: Mapped[str] = mapped_column(String(80))
    buyer_code: Mapped[str] = mapped_column(String(18), default="")
    buyer_kind: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
