"""JSON resources of units: to be read."""

from typing import Any

from flask import Response

from registry.permissions import Permission
from registry.places.queries import get_unit, list_units_after
from registry.places.schemas import UnitArguments, UnitPage, UnitRow
from registry.rest.calls import actor, api_requires, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut
from registry.token_scopes import Scope

resources = Resources("places", __name__, "区划")
_P, _S = Permission, Scope


@resources.get("/units", "列单位")
@api_requires(_P.ASSET_READ, scope=_S.PLACES_READ)
@resources.arguments(UnitArguments, location="query")
@resources.response(200, UnitPage)
def index(args: dict[str, Any]) -> Response:
    """List the units within reach in code order."""
    found = list_units_after(actor(), args.get("parent", ""), args.get("after", ""), args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda unit: unit.region_code)
    return listed(UnitRow(many=True).dump(rows), after)


@resources.get("/units/<region_code>", "读一个单位")
@api_requires(_P.ASSET_READ, scope=_S.PLACES_READ)
@resources.response(200, UnitRow)
def one(region_code: str) -> Response:
    """Show a unit."""
    return shown(UnitRow().dump(get_unit(region_code, actor())))
