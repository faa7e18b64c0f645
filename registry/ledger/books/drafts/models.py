"""Papers that somebody set aside while a draft was mended."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited
from registry.database import Model


class DroppedPaper(Audited, Model):
    """An original paper that no longer belongs to a draft; the paper itself stays on file."""

    __tablename__ = "dropped_paper"
    __append_only__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("voucher_draft.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), unique=True)
