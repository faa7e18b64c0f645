"""Certificates of title."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model


class TitleCertificate(Audited, Versioned, Model):
    """A certificate: number and kind, since when, until when; for real estate the entry in the land register too."""

    __tablename__ = "title_certificate"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_title_certificate_asset", "asset_id"),
        Index("ix_title_certificate_region", "region_code", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("title_case.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    issued_on: Mapped[date] = mapped_column(Date)
    #: Holders and shares as the certificate names them.
    holders: Mapped[str] = mapped_column(String(500))
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    issued_by_text: Mapped[str] = mapped_column(String(120))
    real_estate_number: Mapped[str] = mapped_column(String(60), default="")
    real_estate_on: Mapped[date | None] = mapped_column(Date)
    void_on: Mapped[date | None] = mapped_column(Date)
    void_reason: Mapped[str] = mapped_column(String(200), default="")
