"""What a question is given, and the form in which it answers: one row of facts for each thing that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, extract, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from registry.assets.register.registration import MONTHS
from registry.policy.calendar import add_months
from registry.policy.definitions import DEFINITIONS
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.supervision.warnings.figures import LIMITS, Figure

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Asked:
    """The day of the question, and what is required on it where the things are."""

    on: date
    policy: Policy

    def number(self, parameter: Parameter) -> int:
        """Return a limit of the policy."""
        return self.policy.number(parameter)

    def before(self, parameter: Parameter) -> date:
        """Return the first day for which a limit in days or months has not passed; what lies before it is late."""
        number = self.policy.number(parameter)
        if LIMITS[DEFINITIONS[parameter].measure] is Figure.LIMIT_MONTHS:
            return add_months(self.on, -number)
        return self.on - timedelta(days=number)

    def limit(self, parameter: Parameter) -> dict[Figure, Column]:
        """Return a limit of the policy as a figure to be told."""
        return {LIMITS[DEFINITIONS[parameter].measure]: literal(self.policy.number(parameter))}


def wrong(name: Column, key: Column, sector: Column | None, figures: Mapping[Figure, Column]) -> Select[Any]:
    """Begin a question: what a thing is called, by what its page names it, its sector, and what is told of it."""
    return select(
        name.label("name"), key.label("key"), (literal("") if sector is None else sector).label("sector"),
        *(column.label(figure.value) for figure, column in figures.items()),
    )  # fmt: skip


def month_number(column: Column) -> ColumnElement[int]:
    """Count the months of a stored day since year 0, in either database."""
    return extract("year", column) * MONTHS + extract("month", column)


def longer_than(starts: Column, ends: Column, months: int) -> ColumnElement[bool]:
    """Say whether a term of whole days is longer than so many months."""
    between = month_number(ends) - month_number(starts)
    on_the_day = (between == months) & (extract("day", ends) >= extract("day", starts))
    return or_(between > months, on_the_day)
