"""What regions set: values and routes, each proposed by one person, confirmed by another, in force from a day on."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Audited, Versioned
from registry.database import Model
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Route
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import Bound, PolicyStatus, SetRoute, SetValue
from registry.policy.steps import steps_from_text
from registry.policy.values import stored_value

_WAITS = text("status = 'PROPOSED'")


def _one_open(table: str, column: str) -> Index:
    """Let one proposal about one thing wait in a region, not two."""
    name = f"uq_{table}_open"
    return Index(name, "region_code", column, unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS)


class Proposed(Audited, Versioned):
    """What every row says of itself: from when, by which document, why, who proposed and who answered.

    A confirmed row is never changed; a later row takes its place from its own day on.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    effective_on: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(500))
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(10))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_by_text: Mapped[str] = mapped_column(String(120))
    proposed_at: Mapped[datetime] = mapped_column()
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_text: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column()
    opinion: Mapped[str] = mapped_column(String(500), default="")

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has still to answer."""
        return self.status == PolicyStatus.PROPOSED

    @property
    def status_label(self) -> str:
        """How far it has come, in words."""
        return PolicyStatus(self.status).label


class PolicyValue(Proposed, Model):
    """The value of a parameter, or the bound that the municipality sets for it, in a region from a day on."""

    __tablename__ = "policy_value"
    __table_args__ = (
        Index("ix_policy_value_in_force", "region_code", "status", "decided_at"),
        Index(
            "uq_policy_value_open",
            "region_code",
            "parameter",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    parameter: Mapped[str] = mapped_column(String(40))
    bound: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column()

    @property
    def subject_label(self) -> str:
        """What it is about, in words."""
        return Parameter(self.parameter).label

    def to_set(self) -> SetValue:
        """Return the row as rules are given it."""
        parameter = Parameter(self.parameter)
        return SetValue(
            parameter, Bound(self.bound), self.region_code, stored_value(parameter, self.value), self.effective_on,
            self.document, self.id,
        )  # fmt: skip


class PolicyRoute(Proposed, Model):
    """The steps of a route in a region from a day on."""

    __tablename__ = "policy_route"
    __table_args__ = (
        Index("ix_policy_route_in_force", "region_code", "status", "decided_at"),
        Index(
            "uq_policy_route_open", "region_code", "route", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS
        ),
    )

    route: Mapped[str] = mapped_column(String(40))
    #: Canonical JSON: a list of steps as ``policy/steps.py`` writes them.
    steps: Mapped[str] = mapped_column()

    @property
    def definition(self) -> Route:
        """The route as the product declares it."""
        return ROUTES_BY_KEY[self.route]

    @property
    def subject_label(self) -> str:
        """What it is about, in words."""
        return self.definition.label

    @property
    def procedure(self) -> Procedure:
        """The steps, read back."""
        return steps_from_text(self.steps)

    def to_set(self) -> SetRoute:
        """Return the row as rules are given it."""
        return SetRoute(self.route, self.region_code, self.procedure, self.effective_on, self.document, self.id)
