"""Persons in public posts."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.assets.custody.posts.rules import PostStatus
from registry.changes import Audited, Versioned
from registry.database import Model


class PublicPost(Audited, Versioned, Model):
    """A person proposed for, in, or gone from a public post; identity numbers are sealed, found by blind index."""

    __tablename__ = "public_post"
    __sealed__ = frozenset({"resident_id", "resident_index", "head_index", "phone"})
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("pay_fen >= 0", name="pay_not_negative"),
        Index("ix_public_post_person", "resident_index"),
        Index("ix_public_post_household", "head_index"),
        Index("ix_public_post_list", "region_code", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Names the row inside sealed columns before it has an id.
    uid: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(60))
    duties: Mapped[str] = mapped_column(String(500), default="")
    name: Mapped[str] = mapped_column(String(40))
    resident_id: Mapped[str] = mapped_column()
    resident_index: Mapped[str] = mapped_column(String(64))
    head_name: Mapped[str] = mapped_column(String(40))
    head_index: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(default="")
    #: Declared by the applicant; whoever declares kinship is refused, so a stored row says that none was declared.
    is_cadres_kin: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    pay_fen: Mapped[int] = mapped_column()
    pay_source: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(200), default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_by_text: Mapped[str] = mapped_column(String(120))
    proposed_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    reason: Mapped[str] = mapped_column(String(200), default="")
    left_on: Mapped[date | None] = mapped_column(Date)

    @property
    def state(self) -> PostStatus:
        return PostStatus(self.status)
