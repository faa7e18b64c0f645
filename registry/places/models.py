"""Units and the names they bore."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.places.rules import short_name
from registry.regions import Level, level_of


class Region(Audited, Versioned, Model):
    """A unit of the four levels. A code is never reused and never deleted; an ended unit names its successor."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint("length(region_code) = 12", name="code_length"),)

    region_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("region.region_code"), index=True)
    ended_on: Mapped[date | None] = mapped_column(Date)
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("region.region_code"))
    #: Facts dated before this day may be entered as history (历史补录); the nearest unit above that has one decides.
    go_live_on: Mapped[date | None] = mapped_column(Date)

    @property
    def level(self) -> Level:
        return level_of(self.region_code)

    @property
    def short(self) -> str:
        return short_name(self.name)

    @property
    def id(self) -> str:
        """The trail names a unit by its code."""
        return self.region_code


class RegionName(Audited, Model):
    """A name a unit bore earlier; the present one stands in ``region``."""

    __tablename__ = "region_name"
    __append_only__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(String(200))
