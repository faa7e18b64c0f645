"""JSON resources of the list of assets, and of what the trail says of one."""

from dataclasses import asdict
from typing import Any

from flask import Response

from registry.assets.register.cards.queries import get_asset
from registry.assets.register.lookup.filters import filter_of
from registry.assets.register.lookup.paging import place_after
from registry.assets.register.lookup.queries import key_of, list_page, order_for, reach_of
from registry.assets.register.lookup.rows import Row
from registry.assets.register.lookup.schemas import AssetArguments, AssetPage, AssetRow, EventPage, EventRow
from registry.audit.queries import list_events_of
from registry.clock import today
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, listed
from registry.rest.fields import MOST_AT_ONCE
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("lookup", __name__, "资产")
_P, _S = Permission, Scope


def _row(row: Row) -> Body:
    plain: Body = AssetRow().dump({**asdict(row), "net_value_fen": row.net_value_fen(today())})
    return plain


@resources.get("/assets", "查资产台账")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.arguments(AssetArguments, location="query")
@resources.response(200, AssetPage)
def assets(args: dict[str, Any]) -> Response:
    """List the assets that the conditions ask for."""
    after, limit = args.pop("after", ""), args.pop("limit")
    chosen = filter_of(args)
    parts = reach_of(actor(), chosen.region)
    order = order_for(chosen, parts, None)
    found = list_page(chosen, parts, order, place_after(after, order, limit))
    return listed([*map(_row, found.rows)], str(key_of(found.rows[-1], order)) if found.more else None)


@resources.get("/assets/<asset_no>/events", "列一项资产的操作日志")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, EventPage)
def events(asset_no: str) -> Response:
    """List the latest events that speak of an asset, the newest first."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    found = list_events_of("asset", str(asset.id), actor(), MOST_AT_ONCE)
    return listed(EventRow(many=True).dump(found))
