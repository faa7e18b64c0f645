"""What the gates answered each time they were asked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class GateAnswers(Audited, Model):
    """All gates of a case as they stood at one moment: canonical JSON of each outcome with its reason."""

    __tablename__ = "disposal_gates"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("passed >= 0 AND arranged >= 0 AND failed >= 0", name="counts_not_negative"),
        Index("ix_disposal_gates_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("disposal_case.id"))
    moment: Mapped[str] = mapped_column(String(20))
    #: [{gate, outcome, blocks, said, params}] in the order of the table.
    answers: Mapped[str] = mapped_column()
    passed: Mapped[int] = mapped_column()
    arranged: Mapped[int] = mapped_column()
    failed: Mapped[int] = mapped_column()
    #: The step at which they were asked, for whoever decides there.
    position: Mapped[int | None] = mapped_column()
    content_digest: Mapped[str] = mapped_column(String(64), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    asked_by_text: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column()
