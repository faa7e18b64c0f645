"""What the county set: values and routes with document and day, one waiting for its second person, one refused."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from registry.demo.people import Staff
from registry.demo.places import UnitRow
from registry.demo.tables import DOT, labelled, told_day
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import COUNTED, Value
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure, Route, Seat, StepKind, StepRule
from registry.policy.proposals import RouteProposal, ValueProposal
from registry.policy.routes import ROUTES
from registry.policy.rules import Bound, PolicyStatus
from registry.policy.services import Proposal, confirm, propose_route, propose_value, refuse


class PolicyRow(NamedTuple):
    """A value, or a step put into a route, that the county set or means to set, and the answer."""

    subject: str
    content: str
    proposed_on: str
    effective_on: str
    document: str
    reason: str
    username: str
    status: str
    opinion: str


def tell_policy(row: PolicyRow, county: UnitRow, staff: Staff, today: date) -> None:
    """Propose a value or a route and, unless it still waits, let the second person answer."""
    on = told_day(row.proposed_on, today)
    proposed = _propose(row, county, staff, on, told_day(row.effective_on, today))
    _ANSWERS[labelled(PolicyStatus, row.status)](proposed, row, staff, on)


def _propose(row: PolicyRow, county: UnitRow, staff: Staff, on: date, effective_on: date) -> Proposal:
    by, grounds = staff.named(row.username), (effective_on, row.document, row.reason)
    route = next((one for one in ROUTES if one.label == row.subject), None)
    if route is None:
        parameter = labelled(Parameter, row.subject)
        value = _value(parameter, row.content)
        return propose_value(ValueProposal(county.code, parameter, Bound.VALUE, value, *grounds), by=by, on=on)
    return propose_route(RouteProposal(county.code, route.key, _with_step(route, row.content), *grounds), by=by, on=on)


def _value(parameter: Parameter, text: str) -> Value:
    return int(text) if DEFINITIONS[parameter].measure in COUNTED else text


def _with_step(route: Route, cell: str) -> Procedure:
    """Put a step into a route: kind, seat, title, time limit, and the step before which it comes."""
    kind, seat, label, limit, before = cell.split(DOT)
    step = StepRule(labelled(StepKind, kind), labelled(Seat, seat), label, labelled(Parameter, limit))
    place = next(n for n, one in enumerate(route.procedure) if one.label == before)
    return (*route.procedure[:place], step, *route.procedure[place:])


def _confirmed(proposed: Proposal, row: PolicyRow, staff: Staff, on: date) -> None:
    confirm(proposed, row.opinion, by=staff.named("county_agriculture"), on=on)


def _refused(proposed: Proposal, row: PolicyRow, staff: Staff, _on: date) -> None:
    refuse(proposed, row.opinion, by=staff.named("county_agriculture"))


def _waiting(_proposed: Proposal, _row: PolicyRow, _staff: Staff, _on: date) -> None:
    """Leave it to the second person who tries the demo."""


_ANSWERS: dict[PolicyStatus, Callable[[Proposal, PolicyRow, Staff, date], None]] = {
    PolicyStatus.CONFIRMED: _confirmed,
    PolicyStatus.REFUSED: _refused,
    PolicyStatus.PROPOSED: _waiting,
}
