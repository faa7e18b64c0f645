"""JSON resources of policy: what holds where and when, its history, proposals and the second person's answer."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission
from registry.places.queries import get_unit
from registry.policy.definitions import DEFINITIONS
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.proposals import RouteProposal, check_proposer
from registry.policy.queries import get_proposal, list_confirmed, list_proposals, list_standing
from registry.policy.rules import PolicyStatus, Standing, StandingRoute
from registry.policy.schemas import (
    DayArguments,
    PolicyOpinion,
    PolicyRouteEntry,
    PolicyValueEntry,
    ProposalArguments,
    ProposalPage,
    ProposalRow,
    StandingSteps,
    StandingStepsPage,
    StandingValue,
    StandingValuePage,
)
from registry.policy.services import Proposal, confirm, propose_route, propose_value, refuse, withdraw
from registry.policy.steps import step_to_json
from registry.policy.values import say_value, stored_value, typed_value
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("policy", __name__, "政策参数和流程")
_P, _S = Permission, Scope
#: The two kinds of proposals, as addresses name them.
MODELS: dict[str, type[PolicyValue] | type[PolicyRoute]] = {"value": PolicyValue, "route": PolicyRoute}
_PLAIN = (
    "id", "version_id", "region_code", "status", "effective_on", "document", "reason", "digest", "proposed_by_text",
    "proposed_at", "decided_by_text", "decided_at", "opinion",
)  # fmt: skip


def _standing(one: Standing) -> Body:
    definition = DEFINITIONS[one.parameter]
    row: Body = StandingValue().dump(
        {
            "parameter": one.parameter.value, "label": one.parameter.label, "group": definition.group.value,
            "measure": definition.measure.value, "value": typed_value(one.parameter, one.value),
            "said": str(say_value(one.parameter, one.value)), "basis": definition.basis, "is_example": one.is_example,
            "set_by": one.set_by, "bound_by": one.bound_by,
        }
    )  # fmt: skip
    return row


def _steps(one: StandingRoute) -> Body:
    row: Body = StandingSteps().dump(
        {
            "route": one.route.key, "label": one.route.label, "basis": one.route.basis,
            "steps": [step_to_json(step) for step in one.procedure], "set_by": one.set_by,
        }
    )  # fmt: skip
    return row


def _row(row: Proposal) -> Body:
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    if isinstance(row, PolicyValue):
        parameter = Parameter(row.parameter)
        value = typed_value(parameter, stored_value(parameter, row.value))
        plain |= {"kind": "value", "parameter": row.parameter, "bound": row.bound, "value": value}
    else:
        plain |= {"kind": "route", "route": row.route, "steps": [step_to_json(step) for step in row.procedure]}
    body: Body = ProposalRow().dump(plain)
    return body


@resources.get("/units/<region_code>/policy/values", "读某单位某日的政策参数")
@api_requires(_P.ASSET_READ, scope=_S.POLICY_READ)
@resources.arguments(DayArguments, location="query")
@resources.response(200, StandingValuePage)
def values(args: dict[str, Any], region_code: str) -> Response:
    """List what holds of every parameter in a unit on a day."""
    unit = get_unit(region_code, actor())
    return listed([_standing(one) for one in list_standing(unit.region_code, args.get("on", today()))[0]])


@resources.get("/units/<region_code>/policy/values/<key>/history", "读一个参数的历次规定")
@api_requires(_P.ASSET_READ, scope=_S.POLICY_READ)
@resources.response(200, ProposalPage)
def history(region_code: str, key: str) -> Response:
    """List every confirmed row of a parameter, the latest first, those to come too."""
    unit = get_unit(region_code, actor())
    if key not in set(Parameter):
        raise Missing
    return listed([_row(row) for row in list_confirmed(PolicyValue, unit.region_code) if row.parameter == key])


@resources.get("/units/<region_code>/policy/routes", "读某单位某日的办理流程")
@api_requires(_P.ASSET_READ, scope=_S.POLICY_READ)
@resources.arguments(DayArguments, location="query")
@resources.response(200, StandingStepsPage)
def routes(args: dict[str, Any], region_code: str) -> Response:
    """List the steps of every route in a unit on a day."""
    unit = get_unit(region_code, actor())
    return listed([_steps(one) for one in list_standing(unit.region_code, args.get("on", today()))[1]])


@resources.get("/policy/proposals/<kind>", "列提议")
@api_requires(_P.ASSET_READ, scope=_S.POLICY_READ)
@resources.arguments(ProposalArguments, location="query")
@resources.response(200, ProposalPage)
def proposals(args: dict[str, Any], kind: str) -> Response:
    """List proposals within reach, the newest first."""
    status = PolicyStatus(args["status"]) if "status" in args else None
    after, limit = number_after(args), args["limit"]
    found: list[Any] = list_proposals(_model(kind), actor(), status, after=after, limit=limit + 1)
    rows, rest = cut(found, limit, lambda row: row.id)
    return listed([*map(_row, rows)], rest)


def _model(kind: str) -> Any:
    if kind not in MODELS:
        raise Missing
    return MODELS[kind]


def _found(kind: str, proposal_id: int, permission: Permission) -> Proposal:
    found: Proposal = get_proposal(_model(kind), proposal_id, actor(), permission)
    return found


@resources.get("/policy/proposals/<kind>/<int:proposal_id>", "读一件提议")
@api_requires(_P.ASSET_READ, scope=_S.POLICY_READ)
@resources.response(200, ProposalRow)
def one(kind: str, proposal_id: int) -> Response:
    """Show a proposal."""
    return shown(_row(_found(kind, proposal_id, _P.ASSET_READ)))


def _proposed(row: Proposal) -> Response:
    body = _row(row)
    return done(body, 201, location=url_for("policy_api.one", kind=body["kind"], proposal_id=row.id))


@resources.post("/policy/values", "提出参数的新取值，等第二人确认")
@api_requires(_P.POLICY_PROPOSE, scope=_S.POLICY_WRITE)
@resources.arguments(PolicyValueEntry)
@resources.response(201, ProposalRow)
def new_value(body: dict[str, Any]) -> Response:
    """Propose another value of a parameter, or a bound for those below."""
    proposal = PolicyValueEntry().to_proposal(body)
    check_proposer(proposal.region_code, actor())
    with deed(proposal.region_code):
        return _proposed(propose_value(proposal, by=actor(), on=today()))


@resources.post("/policy/routes", "提出流程的新环节，等第二人确认")
@api_requires(_P.POLICY_PROPOSE, scope=_S.POLICY_WRITE)
@resources.arguments(PolicyRouteEntry)
@resources.response(201, ProposalRow)
def new_route(proposal: RouteProposal) -> Response:
    """Propose other steps of a route."""
    check_proposer(proposal.region_code, actor())
    with deed(proposal.region_code):
        return _proposed(propose_route(proposal, by=actor(), on=today()))


@resources.post("/policy/proposals/<kind>/<int:proposal_id>/confirm", "确认提议（第二人）")
@api_requires(_P.POLICY_CONFIRM, scope=_S.DECISIONS_WRITE)
@resources.arguments(PolicyOpinion)
@resources.response(200, ProposalRow)
def agree(body: dict[str, Any], kind: str, proposal_id: int) -> Response:
    """Agree as the second person."""
    with deed(_found(kind, proposal_id, _P.POLICY_CONFIRM).region_code):
        row = _found(kind, proposal_id, _P.POLICY_CONFIRM)
        check_match(_row(row), needed=False)
        confirm(row, body["opinion"], by=actor(), on=today())
        return done(_row(row))


@resources.post("/policy/proposals/<kind>/<int:proposal_id>/refuse", "不同意提议（第二人）")
@api_requires(_P.POLICY_CONFIRM, scope=_S.DECISIONS_WRITE)
@resources.arguments(PolicyOpinion)
@resources.response(200, ProposalRow)
def decline(body: dict[str, Any], kind: str, proposal_id: int) -> Response:
    """Decline as the second person, saying why."""
    with deed(_found(kind, proposal_id, _P.POLICY_CONFIRM).region_code):
        row = _found(kind, proposal_id, _P.POLICY_CONFIRM)
        check_match(_row(row), needed=False)
        refuse(row, body["opinion"], by=actor())
        return done(_row(row))


@resources.post("/policy/proposals/<kind>/<int:proposal_id>/withdraw", "撤回自己的提议")
@api_requires(_P.POLICY_PROPOSE, scope=_S.POLICY_WRITE)
@resources.response(200, ProposalRow)
def take_back(kind: str, proposal_id: int) -> Response:
    """Take back one's own proposal while it waits."""
    with deed(_found(kind, proposal_id, _P.POLICY_PROPOSE).region_code):
        row = _found(kind, proposal_id, _P.POLICY_PROPOSE)
        check_match(_row(row), needed=False)
        withdraw(row, by=actor())
        return done(_row(row))
