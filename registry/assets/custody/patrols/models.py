"""Patrols, the rounds they belong to, and when each asset was last looked at."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.assets.custody.patrols.rules import PatrolKind
from registry.changes import Audited, Derived
from registry.database import Model


class PatrolRound(Audited, Model):
    """A walk along several assets, told in one go."""

    __tablename__ = "patrol_round"
    __append_only__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    done_on: Mapped[date] = mapped_column(Date)
    assets: Mapped[int] = mapped_column()
    faults: Mapped[int] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


class Patrol(Audited, Model):
    """One look at one asset; never altered. ``region_code`` is the unit it was made in."""

    __tablename__ = "patrol"
    __append_only__ = True
    __table_args__ = (Index("ix_patrol_asset", "asset_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("patrol_round.id"))
    fault_id: Mapped[int | None] = mapped_column(ForeignKey("fault.id"))
    kind: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    done_on: Mapped[date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()


class PatrolState(Derived, Model):
    """The last look of each kind at an asset, and the day by which the next is due.

    The due day is set by the policy and agreement of the day of the last look, so a change of policy holds from the
    next look on; lists of what is due read this one row per asset, however many patrols there are.
    """

    __tablename__ = "patrol_state"

    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), primary_key=True, autoincrement=False)
    self_on: Mapped[date | None] = mapped_column(Date)
    self_due_on: Mapped[date | None] = mapped_column(Date)
    township_on: Mapped[date | None] = mapped_column(Date)
    township_due_on: Mapped[date | None] = mapped_column(Date)
    county_on: Mapped[date | None] = mapped_column(Date)
    county_due_on: Mapped[date | None] = mapped_column(Date)
    visit_on: Mapped[date | None] = mapped_column(Date)
    visit_due_on: Mapped[date | None] = mapped_column(Date)

    def last_on(self, kind: PatrolKind) -> date | None:
        """Return the day of the last look of a kind."""
        found: date | None = getattr(self, f"{kind.value.lower()}_on")
        return found

    def due_on(self, kind: PatrolKind) -> date | None:
        """Return the day by which the next look of a kind is due."""
        found: date | None = getattr(self, f"{kind.value.lower()}_due_on")
        return found

    def note(self, kind: PatrolKind, on: date, due_on: date) -> None:
        """Take in a look; one entered late does not put the clock back."""
        last = self.last_on(kind)
        if last is None or on >= last:
            setattr(self, f"{kind.value.lower()}_on", on)
            setattr(self, f"{kind.value.lower()}_due_on", due_on)
