"""The policy of a unit as a reader is shown it: grouped values with their history, procedures in plain words."""

from dataclasses import dataclass
from datetime import date
from difflib import Match, SequenceMatcher

from registry.evidence.rules import EvidenceKind
from registry.kinds import NoticeDays
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import Group
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Definition, Parameter
from registry.policy.procedures import Procedure, Route, Seat, StepKind, StepRule
from registry.policy.queries import list_confirmed, list_set, list_standing, policy_for
from registry.policy.rules import Bound, Policy, Standing, StandingRoute, standing, standing_route
from registry.text import N_

#: What a step asks for, said to somebody who never saw a procedure.
SENTENCES: dict[StepKind, str] = {
    StepKind.MEETING: N_("%(who)s召集会议表决，%(days)s 天内办完"),
    StepKind.COUNTERSIGN: N_("%(who)s核对并签署意见，%(days)s 天内办完"),
    StepKind.NOTICE: N_("%(who)s张贴公示，挂满 %(days)s 天；有异议先答复，没有异议才往下办"),
    StepKind.APPRAISAL: N_("%(who)s委托评估机构评估，%(days)s 天内办完"),
    StepKind.REVIEW: N_("%(who)s审核，%(days)s 天内办完"),
    StepKind.APPROVAL: N_("%(who)s审批，%(days)s 天内办完"),
    StepKind.FILING: N_("自动报%(who)s备案，不用等；%(days)s 天内可以调阅复查"),
}
_WORKING_NOTICE = N_("%(who)s张贴公示，挂满 %(days)s 个工作日；有异议先答复，没有异议才往下办")


@dataclass(frozen=True)
class ShownStep:
    """One step in plain words: a sentence with who and how many days, and what it needs."""

    label: str
    sentence: str
    seat: Seat
    days: int
    papers: tuple[EvidenceKind, ...]
    each_owner: bool
    fixed: bool


@dataclass(frozen=True)
class ShownValue:
    """One parameter: how it is described, what holds, and every row that was ever set for it, the latest first."""

    definition: Definition
    standing: Standing
    history: tuple[PolicyValue, ...]
    on: date

    @property
    def parameter(self) -> Parameter:
        """What is set."""
        return self.standing.parameter

    @property
    def coming(self) -> PolicyValue | None:
        """The next row that is confirmed and does not hold yet."""
        ahead = [row for row in self.history if row.effective_on > self.on and row.bound == Bound.VALUE]
        return ahead[-1] if ahead else None


@dataclass(frozen=True)
class ShownRoute:
    """One procedure with its steps in plain words and every row that was ever set for it, the latest first."""

    standing: StandingRoute
    steps: tuple[ShownStep, ...]
    history: tuple[PolicyRoute, ...]
    on: date

    @property
    def route(self) -> Route:
        """Which procedure it is."""
        return self.standing.route

    @property
    def coming(self) -> PolicyRoute | None:
        """The next row that is confirmed and does not hold yet."""
        ahead = [row for row in self.history if row.effective_on > self.on]
        return ahead[-1] if ahead else None


@dataclass(frozen=True)
class Overview:
    """Everything that is required in a unit on a day."""

    region_code: str
    on: date
    groups: tuple[tuple[Group, tuple[ShownValue, ...]], ...]
    routes: tuple[ShownRoute, ...]

    @property
    def examples(self) -> int:
        """How many values nobody has settled yet."""
        return sum(one.standing.is_example for _group, shown in self.groups for one in shown)


def overview_of(region_code: str, on: date) -> Overview:
    """Return what a unit's policy page shows for a day."""
    values, routes = list_standing(region_code, on)
    set_values, set_routes = list_confirmed(PolicyValue, region_code), list_confirmed(PolicyRoute, region_code)
    policy = policy_for(region_code, on)
    shown = [
        ShownValue(
            DEFINITIONS[one.parameter], one, tuple(row for row in set_values if row.parameter == one.parameter), on
        )
        for one in values
    ]
    return Overview(
        region_code,
        on,
        tuple((group, tuple(one for one in shown if one.definition.group is group)) for group in Group),
        tuple(
            ShownRoute(
                one, shown_steps(one.procedure, policy), tuple(r for r in set_routes if r.route == one.route.key), on
            )
            for one in routes
        ),
    )


def shown_steps(procedure: Procedure, policy: Policy) -> tuple[ShownStep, ...]:
    """Say the steps of a procedure in plain words, with the days that hold in a unit."""
    return tuple(_shown_step(step, policy) for step in procedure)


def _shown_step(step: StepRule, policy: Policy) -> ShownStep:
    term = step.days or step.limit
    working = step.kind is StepKind.NOTICE and policy.notice_days_kind is NoticeDays.WORKING
    return ShownStep(
        step.label,
        _WORKING_NOTICE if working else SENTENCES[step.kind],
        step.seat,
        policy.number(term) if term else 0,
        step.papers,
        step.each_owner,
        step.fixed,
    )


@dataclass(frozen=True)
class ValueEffect:
    """What holds from the day of a proposal on, without it and as if it were confirmed."""

    before: Standing
    after: Standing


@dataclass(frozen=True)
class RouteEffect:
    """Which steps are taken from the day of a proposal on, without it and as if it were confirmed."""

    before: tuple[ShownStep, ...]
    after: tuple[ShownStep, ...]

    @property
    def gone(self) -> frozenset[int]:
        """The places, before, of steps that are taken out, moved or changed."""
        kept = {place for block in self._kept() for place in range(block.a, block.a + block.size)}
        return frozenset(range(len(self.before))) - kept

    @property
    def fresh(self) -> frozenset[int]:
        """The places, after, of steps that are added, moved or changed."""
        kept = {place for block in self._kept() for place in range(block.b, block.b + block.size)}
        return frozenset(range(len(self.after))) - kept

    def _kept(self) -> list[Match]:
        return SequenceMatcher(None, self.before, self.after, autojunk=False).get_matching_blocks()


def value_effect(row: PolicyValue) -> ValueEffect:
    """Return what a proposed value or bound changes in its own region."""
    rows, _routes = list_set(row.region_code, row.effective_on)
    mine = row.to_set()
    others = [one for one in rows if (one.parameter, one.row_id) != (mine.parameter, mine.row_id)]
    return ValueEffect(
        standing(others, mine.parameter, row.region_code, row.effective_on),
        standing([*others, mine], mine.parameter, row.region_code, row.effective_on),
    )


def route_effect(row: PolicyRoute) -> RouteEffect:
    """Return what a proposed route changes in its own region."""
    _values, routes = list_set(row.region_code, row.effective_on)
    others = [one for one in routes if (one.key, one.row_id) != (row.route, row.id)]
    held = standing_route(others, row.definition, row.region_code, row.effective_on)
    return steps_effect(held.procedure, row.procedure, row.region_code, row.effective_on)


def steps_effect(before: Procedure, after: Procedure, region_code: str, on: date) -> RouteEffect:
    """Say two procedures in plain words, with the days that hold in a region on a day."""
    policy = policy_for(region_code, on)
    return RouteEffect(shown_steps(before, policy), shown_steps(after, policy))
