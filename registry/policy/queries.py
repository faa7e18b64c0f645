"""What is required where and when, how it came about, and what waits for a second person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)

from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.policy.definitions import PARAMETERS
from registry.policy.models import PolicyRoute, PolicyValue, Proposed
from registry.policy.parameters import Parameter
from registry.policy.procedures import Procedure
from registry.policy.proposals import Limit, own_limits
from registry.policy.routes import ROUTES, ROUTES_BY_KEY
from registry.policy.rules import (
    Bound,
    Policy,
    PolicyStatus,
    SetRoute,
    SetValue,
    Standing,
    StandingRoute,
    in_force,
    policy_of,
    standing,
    standing_route,
)
from registry.policy.steps import steps_from_text
from registry.policy.values import stored_value
from registry.regions import Level, ancestor, level_of
from registry.scope import within

Row = TypeVar("Row", PolicyValue, PolicyRoute)
_ROUTE = "ROUTE"
_LINEAGE: tuple[BindParameter[str], ...] = (bindparam("municipality"), bindparam("county"))
#: Both tables in one statement, said once: this question stands before most deeds.
_IN_FORCE = union_all(
    select(
        PolicyValue.bound.label("sort"), PolicyValue.parameter.label("key"), PolicyValue.region_code,
        PolicyValue.value.label("content"), PolicyValue.effective_on, PolicyValue.document, PolicyValue.id,
    ).where(
        PolicyValue.region_code.in_(_LINEAGE), PolicyValue.status == PolicyStatus.CONFIRMED.value,
        PolicyValue.effective_on <= bindparam("on", type_=Date),
    ),
    select(
        literal(_ROUTE), PolicyRoute.route, PolicyRoute.region_code, PolicyRoute.steps, PolicyRoute.effective_on,
        PolicyRoute.document, PolicyRoute.id,
    ).where(
        PolicyRoute.region_code.in_(_LINEAGE), PolicyRoute.status == PolicyStatus.CONFIRMED.value,
        PolicyRoute.effective_on <= bindparam("on", type_=Date),
    ),
)  # fmt: skip


def _stamp(model: type[Proposed]) -> ScalarSelect[str]:
    said = cast(func.count(), Text) + "@" + func.coalesce(cast(func.max(model.decided_at), Text), "")
    confirmed = model.region_code.in_(_LINEAGE), model.status == PolicyStatus.CONFIRMED.value
    return select(said).where(*confirmed).scalar_subquery()


#: How many rows are confirmed and when the last was: these are never changed, so it tells one set from any other.
_STAMP = select(_stamp(PolicyValue), _stamp(PolicyRoute))


def policy_for(region_code: str, on: date) -> Policy:
    """Return everything that is required in a unit on a day.

    Asked before most deeds, so what was put together once is kept as long as nobody confirms anything new.
    """
    stamp = tuple(db.session.execute(_STAMP, _lineage(region_code)).one())
    return replace(_policy_of_county(ancestor(region_code, Level.COUNTY), on, stamp), region_code=region_code)


@lru_cache(maxsize=512)
def _policy_of_county(county: str, on: date, _stamp: tuple[str, ...]) -> Policy:
    return policy_of(county, on, *list_set(county, on))


def list_set(region_code: str, on: date) -> tuple[list[SetValue], list[SetRoute]]:
    """Return the confirmed values and routes of a unit's county and of the municipality that hold by a day."""
    values, routes = [], []
    for sort, key, region, content, effective_on, document, row_id in db.session.execute(
        _IN_FORCE, {**_lineage(region_code), "on": on}
    ):
        if sort == _ROUTE:
            routes.append(SetRoute(key, region, steps_from_text(content), effective_on, document, row_id))
        else:
            parameter = Parameter(key)
            value = stored_value(parameter, content)
            values.append(SetValue(parameter, Bound(sort), region, value, effective_on, document, row_id))
    return values, routes


def _lineage(region_code: str) -> dict[str, str]:
    return {
        "municipality": ancestor(region_code, Level.MUNICIPALITY),
        "county": ancestor(region_code, Level.COUNTY),
    }


def list_standing(region_code: str, on: date) -> tuple[list[Standing], list[StandingRoute]]:
    """Return what holds of every parameter and route in a unit on a day, in the order of their tables."""
    values, routes = list_set(region_code, on)
    by_parameter: dict[Parameter, list[SetValue]] = {}
    for row in values:
        by_parameter.setdefault(row.parameter, []).append(row)
    return (
        [standing(by_parameter.get(one.parameter, []), one.parameter, region_code, on) for one in PARAMETERS],
        [standing_route(routes, route, region_code, on) for route in ROUTES],
    )


def limits_of(region_code: str, parameter: Parameter, on: date) -> tuple[list[Limit], list[Limit]]:
    """Return every least and every most that a value must keep on a day: the product's table's, the municipality's."""
    least, most = own_limits(parameter)
    rows, _routes = list_set(region_code, on)
    floor = in_force(rows, parameter, Bound.FLOOR, region_code, on)
    ceiling = in_force(rows, parameter, Bound.CEILING, region_code, on)
    least += [Limit(int(floor.value), floor.document)] if floor else []
    most += [Limit(int(ceiling.value), ceiling.document)] if ceiling else []
    return least, most


def bases_of(region_code: str, key: str, on: date) -> list[Procedure]:
    """Return the procedures whose fixed steps a region's own steps must keep: the default, the municipality's row."""
    route = ROUTES_BY_KEY[key]
    if level_of(region_code) is Level.MUNICIPALITY:
        return [route.procedure]
    municipality = ancestor(region_code, Level.MUNICIPALITY)
    _values, routes = list_set(municipality, on)
    return [route.procedure, standing_route(routes, route, municipality, on).procedure]


def list_confirmed(model: type[Row], region_code: str) -> list[Row]:
    """Return every confirmed row of a unit's county and of the municipality, the latest first, those to come too."""
    rows = select(model).where(
        model.region_code.in_(_lineage(region_code).values()), model.status == PolicyStatus.CONFIRMED.value
    )
    return list(db.session.scalars(rows.order_by(model.effective_on.desc(), model.id.desc())))


def get_proposal(model: type[Row], proposal_id: int, actor: Actor, permission: Permission) -> Row:
    """Return a proposal of a unit within the actor's reach; raises Missing."""
    row = db.session.scalar(select(model).where(model.id == proposal_id, within(model, actor, permission)))
    if row is None:
        raise Missing
    return row


def list_proposals(
    model: type[Row], actor: Actor, status: PolicyStatus | None = None, *, after: int = 0, limit: int = 50
) -> list[Row]:
    """Return proposals in the actor's reach, answered ones too, the newest first; those older than one if named."""
    rows = select(model).where(within(model, actor, Permission.ASSET_READ))
    rows = rows.where(model.status == status.value) if status else rows
    rows = rows.where(model.id < after) if after else rows
    return list(db.session.scalars(rows.order_by(model.id.desc()).limit(limit)))


def find_open_value(region_code: str, parameter: Parameter) -> PolicyValue | None:
    """Return what waits for a second person about a parameter in a region."""
    rows = select(PolicyValue).filter_by(region_code=region_code, parameter=parameter.value)
    return db.session.scalar(rows.where(PolicyValue.status == PolicyStatus.PROPOSED.value))


def find_open_route(region_code: str, key: str) -> PolicyRoute | None:
    """Return what waits for a second person about a route in a region."""
    rows = select(PolicyRoute).filter_by(region_code=region_code, route=key)
    return db.session.scalar(rows.where(PolicyRoute.status == PolicyStatus.PROPOSED.value))


def list_open_policies(actor: Actor, limit: int = 50) -> list[PolicyValue | PolicyRoute]:
    """Return every proposal that waits in the actor's reach, one's own too, the oldest first."""
    return _oldest_first(
        list(db.session.scalars(_open(PolicyValue, actor).order_by(PolicyValue.proposed_at).limit(limit))),
        list(db.session.scalars(_open(PolicyRoute, actor).order_by(PolicyRoute.proposed_at).limit(limit))),
    )[:limit]


def _open(model: type[Row], actor: Actor) -> Select[Row]:
    return select(model).where(model.status == PolicyStatus.PROPOSED.value, within(model, actor, Permission.ASSET_READ))


def _waiting(model: type[Row], actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        model.status == PolicyStatus.PROPOSED.value,
        within(model, actor, Permission.POLICY_CONFIRM),
        model.proposed_by_id.is_distinct_from(actor.id),
    )


def list_waiting_policies(actor: Actor, limit: int = 50) -> list[PolicyValue | PolicyRoute]:
    """Return proposals that the actor may confirm, the oldest first; one's own are somebody else's work."""
    values = select(PolicyValue).where(*_waiting(PolicyValue, actor)).order_by(PolicyValue.proposed_at).limit(limit)
    routes = select(PolicyRoute).where(*_waiting(PolicyRoute, actor)).order_by(PolicyRoute.proposed_at).limit(limit)
    return _oldest_first(list(db.session.scalars(values)), list(db.session.scalars(routes)))[:limit]


def _oldest_first(values: Sequence[PolicyValue], routes: Sequence[PolicyRoute]) -> list[PolicyValue | PolicyRoute]:
    return sorted([*values, *routes], key=lambda row: (row.proposed_at, row.id))


def count_waiting_policies(actor: Actor, most: int) -> int:
    """Return how many proposals the actor may confirm, counting up to a number."""
    ids = union_all(
        select(PolicyValue.id).where(*_waiting(PolicyValue, actor)),
        select(PolicyRoute.id).where(*_waiting(PolicyRoute, actor)),
    )
    return count_up_to(ids, most)
