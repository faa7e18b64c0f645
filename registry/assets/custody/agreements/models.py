"""Custody agreements and the assets they are about."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.assets.custody.agreements.rules import AgreementStatus, Phase, phase_of
from registry.changes import Audited, Versioned
from registry.database import Model


class CustodyAgreement(Audited, Versioned, Model):
    """One agreement of a unit with a custodian about many assets. It is never reworded: another one takes its place."""

    __tablename__ = "custody_agreement"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("pay_fen >= 0", name="pay_not_negative"),
        CheckConstraint("frequency_months > 0", name="patrolled"),
        Index("ix_custody_agreement_list", "region_code", "id"),
        Index("ix_custody_agreement_user", "custodian_user_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    custodian_name: Mapped[str] = mapped_column(String(80))
    custodian_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("public_post.id"))
    standards: Mapped[str] = mapped_column()
    frequency_months: Mapped[int] = mapped_column()
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    pay_fen: Mapped[int] = mapped_column()
    pay_period: Mapped[str] = mapped_column(String(20))
    pay_source: Mapped[str] = mapped_column(String(20), default="")
    duties: Mapped[str] = mapped_column(String(1000), default="")
    liability: Mapped[str] = mapped_column(String(1000), default="")
    hand_over: Mapped[str] = mapped_column(String(1000), default="")
    #: Digest of terms and list: what the custodian signed.
    content_digest: Mapped[str] = mapped_column(String(64))
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    offered_by_text: Mapped[str] = mapped_column(String(120))
    offered_at: Mapped[datetime] = mapped_column()
    answer_way: Mapped[str] = mapped_column(String(20), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_by_text: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column()
    #: The day from which the assets are in the custodian's care.
    taken_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(500), default="")
    meanwhile: Mapped[str] = mapped_column(String(80), default="")
    items: Mapped[list["CustodyItem"]] = relationship(order_by="CustodyItem.id", back_populates="agreement")

    @property
    def state(self) -> AgreementStatus:
        return AgreementStatus(self.status)

    def phase(self, on: date) -> Phase:
        """Return what the agreement is on a day."""
        return phase_of(self.state, self.ends_on, on)

    @classmethod
    def cared_for_by(cls, user_id: int | None) -> ColumnElement[bool]:
        """Say which agreements are a custodian's own."""
        return cls.custodian_user_id == user_id


class CustodyItem(Audited, Model):
    """An asset under an agreement, until when, and in which state it was handed back."""

    __tablename__ = "custody_item"
    __table_args__ = (
        UniqueConstraint("agreement_id", "asset_id"),
        Index("ix_custody_item_asset", "asset_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("custody_agreement.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    ended_on: Mapped[date | None] = mapped_column(Date)
    condition: Mapped[str] = mapped_column(String(20), default="")
    agreement: Mapped[CustodyAgreement] = relationship(back_populates="items")
