"""Equity, and to whom the right to its income belongs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.operation.equity.kinds import EquityStatus, ReturnKind
from registry.ledger.operation.kinds import Frequency
from registry.parties.models import Party


class Equity(Audited, Versioned, Model):
    """What a collective holds in a company or cooperative: capital, share, what it pays, when the principal returns."""

    __tablename__ = "equity"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("capital_fen > 0", name="capital_positive"),
        CheckConstraint("share_bp BETWEEN 0 AND 10000", name="share_in_bounds"),
        CheckConstraint("yearly_fen >= 0 AND returned_fen >= 0 AND arrears_fen >= 0", name="money_not_negative"),
        CheckConstraint("planned_from > starts_on", name="planned_later"),
        CheckConstraint("arrears_fen = 0 OR planned_from IS NOT NULL", name="arrears_of_the_past"),
        CheckConstraint("returned_fen <= capital_fen", name="returned_within_capital"),
        CheckConstraint("ends_on >= starts_on", name="term_forwards"),
        Index("ix_equity_list", "region_code", "id", "status"),
        Index("ix_equity_holder", "holder_id"),
        Index("ix_equity_asset", "asset_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    sector: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    #: The card of the equity in the register, and the contract it was agreed in, where there are such.
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    investee_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    contribution: Mapped[str] = mapped_column(String(20))
    capital_fen: Mapped[int] = mapped_column()
    share_bp: Mapped[int] = mapped_column(default=0)
    return_kind: Mapped[str] = mapped_column(String(20))
    yearly_fen: Mapped[int] = mapped_column(default=0)
    frequency: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    principal_due_on: Mapped[date | None] = mapped_column(Date)
    #: Of equity of the past: from which day its return is planned here, and what was in arrears by then.
    planned_from: Mapped[date | None] = mapped_column(Date)
    arrears_fen: Mapped[int] = mapped_column(default=0)
    #: What of the capital has come back.
    returned_fen: Mapped[int] = mapped_column(default=0)
    exit_terms: Mapped[str] = mapped_column(String(1000))
    #: Into how many equal units the right to the income is divided among named persons; 0: the holder's own.
    units: Mapped[int] = mapped_column(default=0)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    exited_on: Mapped[date | None] = mapped_column(Date)
    exit_reason: Mapped[str] = mapped_column(String(500), default="")
    holder: Mapped[Party] = relationship(foreign_keys=[holder_id], lazy="joined")
    investee: Mapped[Party] = relationship(foreign_keys=[investee_id], lazy="joined")
    rights: Mapped[list["EquityRight"]] = relationship(order_by="EquityRight.id", back_populates="equity")

    @property
    def state(self) -> EquityStatus:
        return EquityStatus(self.status)

    @property
    def returns(self) -> ReturnKind:
        return ReturnKind(self.return_kind)

    @property
    def pays(self) -> Frequency:
        return Frequency(self.frequency)


class EquityRight(Audited, Model):
    """A named person's right to part of the income, from a day to a day; the principal is never theirs."""

    __tablename__ = "equity_right"
    __table_args__ = (
        CheckConstraint("units > 0", name="units_positive"),
        CheckConstraint("valid_to >= valid_from", name="term_forwards"),
        Index("ix_equity_right_equity", "equity_id", "valid_to"),
        Index("ix_equity_right_party", "party_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equity_id: Mapped[int] = mapped_column(ForeignKey("equity.id"))
    #: The household; the collective itself holds what nobody is entitled to.
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    units: Mapped[int] = mapped_column()
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    #: From whom it came, and why (脱贫转股).
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("equity_right.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    equity: Mapped[Equity] = relationship(back_populates="rights")
    party: Mapped[Party] = relationship(lazy="joined")
