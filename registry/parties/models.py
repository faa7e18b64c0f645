"""Holders of assets."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.kinds import OwnerKind


class Party(Audited, Versioned, Model):
    """A collective, department, enterprise or household; ``region_code`` is the unit it belongs to."""

    __tablename__ = "party"
    __sealed__ = frozenset({"resident_id", "phone", "resident_index"})
    __table_args__ = (
        UniqueConstraint("uid"),
        Index("ix_party_name", "region_code", "kind", "name"),
        Index("ix_party_credit_code", "credit_code"),
        Index("ix_party_resident_index", "resident_index"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Names the row inside sealed columns before it has an id.
    uid: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    credit_code: Mapped[str] = mapped_column(String(18), default="")
    resident_id: Mapped[str] = mapped_column(default="")
    resident_index: Mapped[str] = mapped_column(String(64), default="")
    phone: Mapped[str] = mapped_column(default="")

    @property
    def owner_kind(self) -> OwnerKind:
        return OwnerKind(self.kind)
