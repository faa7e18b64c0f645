"""Who answers for a duty of a unit, from when to when; each change is a row of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.supervision.duties.catalogue import BY_CODE, Duty
from registry.supervision.duties.rules import HolderStatus

_WAITS = text("status = 'WAITING'")
_HOLDS = text("status = 'CONFIRMED' AND valid_to IS NULL")


class DutyHolder(Audited, Versioned, Model):
    """A person who answers, or is to answer, for one duty of a unit. Whoever follows ends whoever came before."""

    __tablename__ = "duty_holder"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> entered_by_id", name="second_person"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        CheckConstraint("name <> ''", name="named"),
        Index("ix_duty_holder_unit", "region_code", "duty", "status", "id"),
        Index("ix_duty_holder_status", "status", "region_code", "id"),
        Index(
            "uq_duty_holder_waiting", "region_code", "duty", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS
        ),
        Index("uq_duty_holder_holds", "region_code", "duty", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(String(40))
    sector: Mapped[str | None] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: Name and post as they were when the person was named.
    name: Mapped[str] = mapped_column(String(40))
    post: Mapped[str] = mapped_column(String(80))
    document: Mapped[str] = mapped_column(String(200), default="")
    valid_from: Mapped[date] = mapped_column(Date)
    #: The first day on which the person no longer answers for it.
    valid_to: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    entered_by_text: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_text: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(500), default="")

    @property
    def state(self) -> HolderStatus:
        return HolderStatus(self.status)

    @property
    def about(self) -> Duty:
        return BY_CODE[self.duty]
