"""JSON resources with which a disposal is carried out by its second person."""

from typing import Any

from flask import Response

from registry.clock import today
from registry.disposal.cases.queries import get_case
from registry.disposal.procedure.api import seen_case
from registry.disposal.procedure.deed_queries import find_execution
from registry.disposal.procedure.deed_schemas import ExecutionParts, ExecutionRow
from registry.disposal.procedure.executing import carry_out, units_of
from registry.errors import Missing
from registry.evidence.services import take_in
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import actor, api_requires, deed, done, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("disposal_deeds", __name__, "资产处置")
_P, _S = Permission, Scope


@resources.get("/disposals/<int:disposal_id>/execution", "读处置怎样执行")
@api_requires(_P.ASSET_READ, scope=_S.DISPOSALS_READ)
@resources.response(200, ExecutionRow)
def execution(disposal_id: int) -> Response:
    """Show how a case was carried out; 404 until it is."""
    row = find_execution(get_case(disposal_id, actor()).id)
    if row is None:
        raise Missing
    return shown(ExecutionRow().dump(row))


@resources.post("/disposals/<int:disposal_id>/execute", "执行处置（第二人）；各关口再核验一次")
@api_requires(_P.DISPOSAL_CARRY_OUT, scope=_S.DECISIONS_WRITE)
@resources.arguments(ExecutionParts, location="multipart")
@resources.response(201, ExecutionRow)
def execute(parts: dict[str, Any], disposal_id: int) -> Response:
    """Carry out what every level has agreed to: card, title, custody, books and proceeds in one deed."""
    case, on = get_case(disposal_id, actor(), _P.DISPOSAL_CARRY_OUT), today()
    files = [take_in(one.stream.read(), one.filename or "") for one in parts["files"]]
    with deed(*units_of(case)):
        mine = seen_case(disposal_id, _P.DISPOSAL_CARRY_OUT)
        policy = policy_for(mine.region_code, on)
        row = carry_out(mine, parts["execution"], files, by=actor(), on=on, policy=policy)
        return done(ExecutionRow().dump(row), 201)
