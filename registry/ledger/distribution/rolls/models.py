"""Classes held by households and persons, changes asked for, and the yearly look at each household."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.ledger.distribution.rolls.changes import ChangeStatus, ReasonCode
from registry.ledger.distribution.rolls.rules import BeneficiaryClass, Held
from registry.parties.households.models import Household, Person


class BeneficiaryStatus(Audited, Model):
    """A class held from a day to a day; ``valid_to`` is the first day no more. A person's if ``person_id`` is set."""

    __tablename__ = "beneficiary_status"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        Index("ix_beneficiary_status_household", "household_id", "valid_from"),
        Index("ix_beneficiary_status_list", "region_code", "beneficiary_class", "valid_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    beneficiary_class: Mapped[str] = mapped_column(String(20))
    #: The day of recognition; it is felt from ``valid_from``.
    event_on: Mapped[date] = mapped_column(Date)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(20))
    end_reason: Mapped[str] = mapped_column(String(20), default="")
    change_id: Mapped[int | None] = mapped_column(ForeignKey("roll_change.id"))
    end_change_id: Mapped[int | None] = mapped_column(ForeignKey("roll_change.id"))

    @property
    def held(self) -> Held:
        return Held(BeneficiaryClass(self.beneficiary_class), self.valid_from, self.valid_to, self.person_id)


class RollChange(Audited, Versioned, Model):
    """Changes of a village's roll asked for in one request: one line, or a whole dynamic adjustment."""

    __tablename__ = "roll_change"
    __table_args__ = (UniqueConstraint("uid"), Index("ix_roll_change_list", "region_code", "status", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(200), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    end_reason: Mapped[str] = mapped_column(String(500), default="")

    lines: Mapped[list["RollChangeLine"]] = relationship(order_by="RollChangeLine.position")

    @property
    def state(self) -> ChangeStatus:
        return ChangeStatus(self.status)


class RollChangeLine(Audited, Model):
    """One change of one household: why, when it happened, what was before and what comes after, as people read it.

    ``content`` is what is carried out, as canonical JSON; an identity number of somebody new is sealed beside it.
    """

    __tablename__ = "roll_change_line"
    __sealed__ = frozenset({"resident_id"})
    __table_args__ = (
        UniqueConstraint("change_id", "position"),
        Index("ix_roll_change_line_household", "household_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    change_id: Mapped[int] = mapped_column(ForeignKey("roll_change.id"))
    position: Mapped[int] = mapped_column()
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(20))
    event_on: Mapped[date] = mapped_column(Date)
    effective_on: Mapped[date] = mapped_column(Date)
    content: Mapped[str] = mapped_column()
    resident_id: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(String(500))
    after: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(200), default="")

    household: Mapped[Household] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def why(self) -> ReasonCode:
        return ReasonCode(self.reason)


class RollReview(Audited, Model):
    """A household looked at in a year: it stays as it is, or a change was asked for."""

    __tablename__ = "roll_review"
    __append_only__ = True
    __table_args__ = (UniqueConstraint("household_id", "year"), Index("ix_roll_review_year", "region_code", "year"))

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    year: Mapped[int] = mapped_column()
    verdict: Mapped[str] = mapped_column(String(20))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("roll_change.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()
