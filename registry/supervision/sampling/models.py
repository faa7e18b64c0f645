"""Samples and what was drawn."""

import json
from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.supervision.sampling.rules import DrawMethod, ItemResult, Population, SampleStatus, Sign


class Sample(Audited, Versioned, Model):
    """A draw: from what, how, with which seed, and the size and digest of the population it was drawn from."""

    __tablename__ = "sample"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("drawn > 0 AND drawn <= size AND drawn <= population_size", name="drawn_within"),
        CheckConstraint("(status = 'DONE') = (done_on IS NOT NULL)", name="done_on_a_day"),
        Index("ix_sample_list", "region_code", "id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    population: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(20), default="")
    year: Mapped[int] = mapped_column(default=0)
    method: Mapped[str] = mapped_column(String(20))
    size: Mapped[int] = mapped_column()
    drawn: Mapped[int] = mapped_column()
    purpose: Mapped[str] = mapped_column(String(200))
    seed: Mapped[str] = mapped_column(String(64))
    population_size: Mapped[int] = mapped_column()
    population_fen: Mapped[int] = mapped_column()
    population_digest: Mapped[str] = mapped_column(String(64))
    #: What weighs less than an interval, summed: fen where it was drawn by value, points where by risk, else 0.
    rest_weight: Mapped[int] = mapped_column(default=0)
    #: Canonical JSON: points of each sign and from which value on a thing is large; empty unless drawn by risk.
    weights: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(String(20))
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    drawn_by_text: Mapped[str] = mapped_column(String(120))
    drawn_on: Mapped[date] = mapped_column(Date)
    drawn_at: Mapped[datetime] = mapped_column()
    done_on: Mapped[date | None] = mapped_column(Date)

    @property
    def state(self) -> SampleStatus:
        return SampleStatus(self.status)

    @property
    def out_of(self) -> Population:
        return Population(self.population)

    @property
    def way(self) -> DrawMethod:
        return DrawMethod(self.method)

    @property
    def points(self) -> list[tuple[Sign, int]]:
        """How many points each sign added, where it was drawn by risk."""
        told = json.loads(self.weights or "{}")
        return [(sign, int(told[sign.value])) for sign in Sign if sign.value in told]

    @property
    def large_fen(self) -> int:
        """From which value on a thing counted as large, where it was drawn by risk."""
        return int(json.loads(self.weights or "{}").get("large_fen", 0))


class SampleItem(Audited, Versioned, Model):
    """One thing that was drawn, as it stood then, and what was found of it. ``region_code`` is the sample's."""

    __tablename__ = "sample_item"
    __table_args__ = (
        UniqueConstraint("sample_id", "ordinal"),
        UniqueConstraint("sample_id", "draw_key"),
        CheckConstraint("(result = 'UNSOUND') = (finding_id IS NOT NULL)", name="unsound_is_a_finding"),
        CheckConstraint("(result = '') = (checked_on IS NULL)", name="checked_on_a_day"),
        Index("ix_sample_item_finding", "finding_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    ordinal: Mapped[int] = mapped_column()
    #: Table and number of the thing: what its ticket is made of.
    draw_key: Mapped[str] = mapped_column(String(40))
    unit_code: Mapped[str] = mapped_column(String(12))
    sector: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    value_fen: Mapped[int] = mapped_column()
    weight: Mapped[int] = mapped_column()
    #: It weighed as much as the interval and was taken for certain.
    is_sure: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Words of ``Sign``, separated by blanks.
    signs: Mapped[str] = mapped_column(String(80), default="")
    facts: Mapped[str] = mapped_column(String(300), default="")
    result: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_by_text: Mapped[str] = mapped_column(String(120), default="")
    checked_on: Mapped[date | None] = mapped_column(Date)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))

    @property
    def found(self) -> ItemResult | None:
        return ItemResult(self.result) if self.result else None

    @property
    def why(self) -> list[Sign]:
        return [Sign(word) for word in self.signs.split()]
