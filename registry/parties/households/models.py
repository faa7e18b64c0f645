"""Households, persons, who lived where from when to when, and what shares a person holds."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.parties.households.rules import AccountStatus, HouseholdStatus, Labour, Parting, Relation, ShareKind
from registry.parties.models import Party


class Household(Audited, Versioned, Model):
    """A household as a holder of rights: its group, its account, how it began and ended.

    Name, identity number and telephone of the head are sealed in its ``Party``.
    """

    __tablename__ = "household"
    __sealed__ = frozenset({"bank_account"})
    __table_args__ = (
        UniqueConstraint("region_code", "serial"),
        CheckConstraint("unnamed >= 0", name="unnamed_not_negative"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", name="second_person"),
        CheckConstraint("ended_on IS NULL OR ended_on >= formed_on", name="ends_after_start"),
        Index("ix_household_list", "region_code", "status", "serial"),
        Index("ix_household_party", "party_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Names the row inside sealed columns before it has an id.
    uid: Mapped[str] = mapped_column(String(32))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    #: The number of the household in its village; it is never given twice, so it sorts rolls.
    serial: Mapped[int] = mapped_column()
    group_name: Mapped[str] = mapped_column(String(20), default="")
    bank_name: Mapped[str] = mapped_column(String(60), default="")
    bank_account: Mapped[str] = mapped_column(default="")
    is_cadre: Mapped[bool] = mapped_column(Boolean, default=False)
    unnamed: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    #: What the registration is based on: the paper, the batch.
    basis: Mapped[str] = mapped_column(String(200), default="")
    formed_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    parting: Mapped[str] = mapped_column(String(20), default="")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column()
    sent_back_reason: Mapped[str] = mapped_column(String(200), default="")

    party: Mapped[Party] = relationship()
    stays: Mapped[list["Stay"]] = relationship(back_populates="household", order_by="Stay.id")

    @property
    def state(self) -> HouseholdStatus:
        return HouseholdStatus(self.status)

    @property
    def ended_by(self) -> Parting | None:
        return Parting(self.parting) if self.parting else None


class Person(Audited, Versioned, Model):
    """A person of a household, or an heir from outside; the identity number is sealed, found by blind index."""

    __tablename__ = "person"
    __sealed__ = frozenset({"resident_id", "resident_index"})
    __table_args__ = (Index("ix_person_resident_index", "resident_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(40))
    resident_id: Mapped[str] = mapped_column(default="")
    resident_index: Mapped[str] = mapped_column(String(64), default="")
    labour: Mapped[str] = mapped_column(String(20))
    died_on: Mapped[date | None] = mapped_column(Date)
    #: Who receives what the person had earned, and the shares.
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    stays: Mapped[list["Stay"]] = relationship(back_populates="person", order_by="Stay.id")

    @property
    def ability(self) -> Labour:
        return Labour(self.labour)


class Stay(Audited, Model):
    """A person in a household from a day to a day; ``valid_to`` is the first day no more."""

    __tablename__ = "stay"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        Index("ix_stay_household", "household_id", "valid_to"),
        Index("ix_stay_person", "person_id", "valid_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    parting: Mapped[str] = mapped_column(String(20), default="")

    household: Mapped[Household] = relationship(back_populates="stays")
    person: Mapped[Person] = relationship(back_populates="stays")

    @property
    def kinship(self) -> Relation:
        return Relation(self.relation)


class ShareHolding(Audited, Model):
    """Shares a person holds from a day to a day; a transfer ends one row and begins another, the sum stays."""

    __tablename__ = "share_holding"
    __table_args__ = (
        CheckConstraint("hundredths > 0", name="some"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        Index("ix_share_holding_person", "person_id", "valid_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    hundredths: Mapped[int] = mapped_column()
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    #: The holding these shares came from, when they were inherited or moved to another household.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("share_holding.id"))
    basis: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship()

    @property
    def share_kind(self) -> ShareKind:
        return ShareKind(self.kind)


class AccountChange(Audited, Versioned, Model):
    """Another account asked for by one person; money goes there once a second one has confirmed it.

    ``waiting_for`` is the household while nobody has answered: it waits for one change at a time.
    """

    __tablename__ = "account_change"
    __sealed__ = frozenset({"bank_account"})
    __table_args__ = (
        UniqueConstraint("waiting_for", name="uq_account_change_one_waits"),
        CheckConstraint(
            "decided_by_id IS NULL OR status = 'WITHDRAWN' OR decided_by_id <> asked_by_id", name="second_person"
        ),
        Index("ix_account_change_household", "household_id", "id"),
        Index("ix_account_change_list", "region_code", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    waiting_for: Mapped[int | None] = mapped_column()
    bank_name: Mapped[str] = mapped_column(String(60))
    bank_account: Mapped[str] = mapped_column()
    reason: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_text: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column()
    end_reason: Mapped[str] = mapped_column(String(200), default="")

    household: Mapped[Household] = relationship()

    @property
    def state(self) -> AccountStatus:
        return AccountStatus(self.status)
