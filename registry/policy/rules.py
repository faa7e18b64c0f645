"""Which value holds where and when, and what a region may set. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from registry.kinds import NoticeDays
from registry.policy.calendar import Calendar, end_of_term, parse_calendar
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import Value
from registry.policy.parameters import Parameter
from registry.policy.procedures import Circumstances, Procedure, Route
from registry.policy.routes import ROUTES, ROUTES_BY_KEY
from registry.policy.steps import keeps_fixed
from registry.regions import covers, level_of
from registry.text import N_, Labelled


class Bound(Labelled):
    """What a row sets: the value itself, or how far the units below may go."""

    VALUE = "VALUE", N_("取值")
    FLOOR = "FLOOR", N_("下限")
    CEILING = "CEILING", N_("上限")


class PolicyStatus(Labelled):
    """How far a proposed row has come."""

    PROPOSED = "PROPOSED", N_("待第二人确认")
    CONFIRMED = "CONFIRMED", N_("已确认")
    REFUSED = "REFUSED", N_("未同意")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


@dataclass(frozen=True)
class SetValue:
    """A confirmed row: what a region set for a parameter from a day on, by which document."""

    parameter: Parameter
    bound: Bound
    region_code: str
    value: Value
    effective_on: date
    document: str
    row_id: int


@dataclass(frozen=True)
class SetRoute:
    """A confirmed row: the steps a region set for a route from a day on, by which document."""

    key: str
    region_code: str
    procedure: Procedure
    effective_on: date
    document: str
    row_id: int


@dataclass(frozen=True)
class Standing:
    """What holds of one parameter in a unit on a day: the value, who set it, and the bound that had to mend it."""

    parameter: Parameter
    value: Value
    set_by: SetValue | None = None
    bound_by: SetValue | None = None

    @property
    def is_example(self) -> bool:
        """Whether nobody has settled it and no statute does: the product's own example."""
        return self.set_by is None and self.bound_by is None and not DEFINITIONS[self.parameter].settled


@dataclass(frozen=True)
class StandingRoute:
    """Which steps a route takes in a unit on a day, and who set them; None means the default of the product."""

    route: Route
    procedure: Procedure
    set_by: SetRoute | None = None


def in_force(rows: Iterable[SetValue], parameter: Parameter, bound: Bound, region: str, on: date) -> SetValue | None:
    """Return the row that holds for a unit on a day: of the nearest unit above that has one, the latest."""
    held = [
        row
        for row in rows
        if row.parameter is parameter
        and row.bound is bound
        and row.effective_on <= on
        and covers(row.region_code, region)
    ]
    return max(held, key=_nearest_then_latest, default=None)


def _nearest_then_latest(row: SetValue | SetRoute) -> tuple[int, date, int]:
    return level_of(row.region_code).depth, row.effective_on, row.row_id


def standing(rows: Iterable[SetValue], parameter: Parameter, region: str, on: date) -> Standing:
    """Return what holds of a parameter. A value outside the municipality's bounds is lifted or lowered to them."""
    rows = list(rows)
    chosen = in_force(rows, parameter, Bound.VALUE, region, on)
    value = chosen.value if chosen else DEFINITIONS[parameter].default
    floor = in_force(rows, parameter, Bound.FLOOR, region, on)
    ceiling = in_force(rows, parameter, Bound.CEILING, region, on)
    if isinstance(value, int):
        if floor and value < int(floor.value):
            return Standing(parameter, floor.value, chosen, floor)
        if ceiling and value > int(ceiling.value):
            return Standing(parameter, ceiling.value, chosen, ceiling)
    return Standing(parameter, value, chosen)


def standing_route(rows: Iterable[SetRoute], route: Route, region: str, on: date) -> StandingRoute:
    """Return the steps of a route: the nearest unit's, unless a higher unit has meanwhile fixed a step they lack."""
    held = [row for row in rows if row.key == route.key and row.effective_on <= on and covers(row.region_code, region)]
    latest = {row.region_code: row for row in sorted(held, key=_nearest_then_latest)}
    base, chosen = route.procedure, None
    for code in sorted(latest, key=lambda code: level_of(code).depth):
        if keeps_fixed(latest[code].procedure, base):
            base, chosen = latest[code].procedure, latest[code]
    return StandingRoute(route, base, chosen)


@dataclass(frozen=True)
class Policy:
    """Everything that is required in one unit on one day; services and rules are given this, never a number."""

    region_code: str
    on: date
    values: Mapping[Parameter, Value]
    routes: Mapping[str, Procedure]

    def number(self, parameter: Parameter) -> int:
        """Return a whole number: days, months, basis points, fen, points."""
        value = self.values.get(parameter, DEFINITIONS[parameter].default)
        if not isinstance(value, int):
            raise TypeError(f"{parameter} is no number")
        return value

    def flag(self, parameter: Parameter) -> bool:
        """Return whether something is required."""
        return bool(self.number(parameter))

    def text(self, parameter: Parameter) -> str:
        """Return a choice, a day or a text."""
        return str(self.values.get(parameter, DEFINITIONS[parameter].default))

    @cached_property
    def calendar(self) -> Calendar:
        """The table of holidays and worked weekends."""
        return parse_calendar(self.text(Parameter.HOLIDAYS))

    @property
    def notice_days_kind(self) -> NoticeDays:
        """Whether notices hang calendar days or working days."""
        return NoticeDays(self.text(Parameter.NOTICE_DAYS_KIND))

    def holding(self, parameter: Parameter, value: Value) -> "Policy":
        """Return the policy with one value as a running request copied it."""
        return replace(self, values={**self.values, parameter: value})

    def due_on(self, start: date, parameter: Parameter) -> date:
        """Return the last day of a time limit that is counted in calendar days."""
        return end_of_term(start, self.number(parameter), NoticeDays.CALENDAR, self.calendar)

    def notice_ends_on(self, start: date, parameter: Parameter) -> date:
        """Return the first day on which a notice posted on ``start`` has hung its days, as the region counts."""
        return end_of_term(start, self.number(parameter), self.notice_days_kind, self.calendar)

    def procedure(self, circumstances: Circumstances) -> tuple[Route, Procedure]:
        """Return the route of a case and the steps it takes here today."""
        route = next(route for route in ROUTES if route.fits(circumstances, self._floor(route)))
        return route, self.routes.get(route.key, route.procedure)

    def _floor(self, route: Route) -> int:
        return self.number(route.floor) if route.floor else 0


def policy_of(region: str, on: date, values: Iterable[SetValue], routes: Iterable[SetRoute]) -> Policy:
    """Put together what is required in a unit on a day from the confirmed rows; what no row sets keeps its default."""
    by_parameter: dict[Parameter, list[SetValue]] = {}
    for value in values:
        by_parameter.setdefault(value.parameter, []).append(value)
    by_key: dict[str, list[SetRoute]] = {}
    for route in routes:
        by_key.setdefault(route.key, []).append(route)
    found = {parameter: standing(rows, parameter, region, on).value for parameter, rows in by_parameter.items()}
    steps = {key: standing_route(rows, ROUTES_BY_KEY[key], region, on).procedure for key, rows in by_key.items()}
    return Policy(region, on, found, steps)
