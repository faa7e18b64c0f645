"""An evaluation, the line of each asset with its frozen evidence, and every score that a person gave."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.kinds import Category
from registry.supervision.evaluation.criteria import Criterion, Grade, Mark, Scheme
from registry.supervision.evaluation.frozen import marks_in, scheme_in
from registry.supervision.evaluation.rules import EvaluationStatus, ScoreKind


class Evaluation(Audited, Versioned, Model):
    """The evaluation of a year: of which categories, units and sectors, by which scheme, and how far it has come."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("subsidy_fen IS NULL OR subsidy_fen > 0", name="subsidy_positive"),
        CheckConstraint("(status = 'DONE') = (concluded_on IS NOT NULL)", name="done_on_a_day"),
        Index("ix_evaluation_list", "region_code", "id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30))
    year: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(120))
    #: Categories, units (empty: the whole county) and sectors of specialised assets, separated by blanks.
    categories: Mapped[str] = mapped_column(String(60))
    units: Mapped[str] = mapped_column(default="")
    specials: Mapped[str] = mapped_column(String(200), default="")
    #: Figures count up to this day, as the register held them on the day of freezing.
    until_on: Mapped[date] = mapped_column(Date)
    frozen_on: Mapped[date] = mapped_column(Date)
    #: Canonical JSON of the scheme.
    scheme_text: Mapped[str] = mapped_column()
    assets: Mapped[int] = mapped_column()
    status: Mapped[str] = mapped_column(String(20))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_by_text: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column()
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    submitted_by_text: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None] = mapped_column()
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_by_text: Mapped[str] = mapped_column(String(120), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column()
    #: What the second person said last; why it was given up.
    opinion: Mapped[str] = mapped_column(String(500), default="")
    #: Digest of the results that were confirmed first: the notice is about exactly these.
    digest: Mapped[str] = mapped_column(String(64), default="")
    #: Digest of the results that hold, appeals included.
    final_digest: Mapped[str] = mapped_column(String(64), default="")
    #: How many scores appeals have changed: each one makes another version of what the second person confirms.
    rescored: Mapped[int] = mapped_column(default=0)
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    concluded_by_text: Mapped[str] = mapped_column(String(120), default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    #: Total to be split over the supported assets, if the county says one, and on which paper.
    subsidy_fen: Mapped[int | None] = mapped_column()
    subsidy_basis: Mapped[str] = mapped_column(String(200), default="")

    @property
    def state(self) -> EvaluationStatus:
        return EvaluationStatus(self.status)

    @property
    def scheme(self) -> Scheme:
        return scheme_in(self.scheme_text)

    @property
    def kinds(self) -> list[Category]:
        return [Category(word) for word in self.categories.split()]


class EvaluationLine(Audited, Versioned, Model):
    """One asset: what the register said of it, frozen; what it comes to; and what followed of that."""

    __tablename__ = "evaluation_line"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "asset_id"),
        CheckConstraint("earned_cents >= 0 AND earned_cents <= applicable_cents", name="earned_within"),
        CheckConstraint("applicable_cents <= 10000", name="at_most_a_hundred"),
        CheckConstraint("score_cents BETWEEN 0 AND 10000", name="score_within"),
        CheckConstraint("(score_cents IS NULL) = (grade = 'UNGRADED')", name="graded_by_score"),
        CheckConstraint("support_fen IS NULL OR support_order IS NOT NULL", name="supported_in_order"),
        Index("ix_evaluation_line_list", "evaluation_id", "region_code", "id", "grade"),
        Index("ix_evaluation_line_asset", "asset_id", "year"),
        Index("ix_evaluation_line_finding", "finding_id"),
        Index("ix_evaluation_line_last", "last_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    year: Mapped[int] = mapped_column()
    asset_no: Mapped[str] = mapped_column(String(23))
    name: Mapped[str] = mapped_column(String(100))
    category: Mapped[str] = mapped_column(String(20))
    sector: Mapped[str] = mapped_column(String(20))
    value_fen: Mapped[int] = mapped_column()
    owner_text: Mapped[str] = mapped_column(String(200), default="")
    #: Of a sector in which experts say what the register cannot.
    is_special: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Canonical JSON of the figures per criterion.
    evidence: Mapped[str] = mapped_column()
    evidence_digest: Mapped[str] = mapped_column(String(64))
    earned_cents: Mapped[int] = mapped_column()
    applicable_cents: Mapped[int] = mapped_column()
    score_cents: Mapped[int | None] = mapped_column()
    grade: Mapped[str] = mapped_column(String(20))
    #: How many criteria wait for an expert.
    waiting: Mapped[int] = mapped_column(default=0)
    #: The line of the same asset in the evaluation of the year before.
    last_id: Mapped[int | None] = mapped_column(ForeignKey("evaluation_line.id"))
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    support_order: Mapped[int | None] = mapped_column()
    support_fen: Mapped[int | None] = mapped_column()
    evaluation: Mapped[Evaluation] = relationship(lazy="joined", innerjoin=True)

    @property
    def graded(self) -> Grade:
        return Grade(self.grade)

    @property
    def kind(self) -> Category:
        return Category(self.category)

    @property
    def marks(self) -> list[Mark]:
        return marks_in(self.evidence)


class EvaluationScore(Audited, Model):
    """What a person said of one criterion of one asset, and why. Never altered: the newest counts."""

    __tablename__ = "evaluation_score"
    __append_only__ = True
    __table_args__ = (
        CheckConstraint("cents IS NULL OR (cents >= 0 AND cents <= points_cents)", name="within_points"),
        CheckConstraint("(kind = 'RESCORED') = (objection_id IS NOT NULL)", name="appeal_names_objection"),
        CheckConstraint("reason <> '' AND paper <> ''", name="explained"),
        Index("ix_evaluation_score_line", "line_id", "id"),
        Index("ix_evaluation_score_evaluation", "evaluation_id", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("evaluation_line.id"))
    kind: Mapped[str] = mapped_column(String(20))
    criterion: Mapped[str] = mapped_column(String(20))
    points_cents: Mapped[int] = mapped_column()
    #: None: it does not apply.
    cents: Mapped[int | None] = mapped_column()
    reason: Mapped[str] = mapped_column(String(500))
    paper: Mapped[str] = mapped_column(String(120))
    scorer: Mapped[str] = mapped_column(String(80), default="")
    objection_id: Mapped[int | None] = mapped_column(ForeignKey("objection.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_text: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column()

    @property
    def about(self) -> Criterion:
        return Criterion(self.criterion)

    @property
    def why(self) -> ScoreKind:
        return ScoreKind(self.kind)
