"""JSON resources for letting another person decide in one's place while absent."""

from flask import Response

from registry.approvals.requests.delegating import DelegationFacts, delegate, end_delegation
from registry.approvals.requests.models import Delegation
from registry.approvals.requests.queries import get_delegation, list_delegations
from registry.approvals.requests.schemas import DelegationEntry, DelegationPage, DelegationRow
from registry.clock import today
from registry.database import db
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("delegations", __name__, "委托代办")
_P, _S = Permission, Scope


def _row(delegation: Delegation) -> Body:
    row: Body = DelegationRow().dump(delegation)
    return row


@resources.get("/delegations", "列我给出的和给我的委托")
@api_requires(_P.CASE_DECIDE, scope=_S.CASES_READ)
@resources.response(200, DelegationPage)
def index() -> Response:
    """List the delegations from and to the caller that are not over."""
    return listed([*map(_row, list_delegations(actor(), today()))])


@resources.post("/delegations", "委托别人代办")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.arguments(DelegationEntry)
@resources.response(201, DelegationRow)
def give(facts: DelegationFacts) -> Response:
    """Let another person decide in the caller's place from a day to a day."""
    unit, on = actor().unit_code, today()
    with deed(unit):
        row = delegate(facts, by=actor(), on=on, policy=policy_for(unit, on))
        db.session.flush()
        return done(_row(row), 201)


@resources.post("/delegations/<int:delegation_id>/end", "收回委托")
@api_requires(_P.CASE_DECIDE, scope=_S.DECISIONS_WRITE)
@resources.response(200, DelegationRow)
def end(delegation_id: int) -> Response:
    """Take a delegation back before its time."""
    with deed(get_delegation(delegation_id, actor()).region_code):
        row = get_delegation(delegation_id, actor())
        check_match(_row(row), needed=False)
        end_delegation(row, by=actor())
        return done(_row(row))
