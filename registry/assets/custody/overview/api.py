"""JSON resources of what is looked after: who keeps it, and what is due. To be read."""

from typing import Any

from flask import Response

from registry.assets.custody.overview.queries import KeptFilter, custodians_of, list_kept, parse_place, place_of
from registry.assets.custody.overview.schemas import KeptArguments, KeptPage, KeptRow
from registry.assets.custody.patrols.queries import DueAsset
from registry.assets.custody.patrols.rules import PatrolKind
from registry.clock import today
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("custody", __name__, "管护情况")
_P, _S = Permission, Scope


@resources.get("/custody-assets", "列管护的资产；due=true 只列到期该看的，mine=true 只列本人管的")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.arguments(KeptArguments, location="query")
@resources.response(200, KeptPage)
def index(args: dict[str, Any]) -> Response:
    """List what is looked after by unit and entry."""
    region, kind = args.get("region") or actor().unit_code, PatrolKind(args["kind"])
    wanted = KeptFilter(region, kind, args["due"], args["uncared"], args["mine"], args["q"].strip())
    found = list_kept(wanted, actor(), today(), after=parse_place(args.get("after", "")), limit=args["limit"])
    rows = found[: args["limit"]]
    names = custodians_of(one.asset.id for one in rows)
    items = [_plain(one, names.get(one.asset.id, "")) for one in rows]
    return listed(KeptRow(many=True).dump(items), place_of(rows) if len(found) > len(rows) else None)


def _plain(one: DueAsset, custodian: str) -> dict[str, Any]:
    asset = one.asset
    return {
        "asset_no": asset.asset_no, "name": asset.name, "region_code": asset.region_code, "category": asset.category,
        "custodian": custodian, "last_on": one.last_on, "due_on": one.due_on,
        "overdue_days": one.overdue_days(today()),
    }  # fmt: skip
