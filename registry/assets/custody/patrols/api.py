"""JSON resources of patrols: one asset, a whole round, checks from above."""

from typing import Any

from flask import Response

from registry.assets.custody.patrols.models import Patrol
from registry.assets.custody.patrols.queries import list_by_number, list_patrols
from registry.assets.custody.patrols.rules import PatrolKind, check_kind, own_kind
from registry.assets.custody.patrols.schemas import (
    PatrolPage,
    PatrolRow,
    RoundEntry,
    RoundRow,
    SeenEntry,
    observation,
)
from registry.assets.custody.patrols.services import record_patrol, record_round
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, deed, done, listed
from registry.rest.fields import PageArguments
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("patrols", __name__, "巡查")
_P, _S = Permission, Scope


def _row(patrol: Patrol) -> Body:
    row: Body = PatrolRow().dump(patrol)
    return row


@resources.get("/assets/<asset_no>/patrols", "列一项资产的巡查，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, PatrolPage)
def index(args: dict[str, Any], asset_no: str) -> Response:
    """List the looks at an asset, the latest first."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    found = list_patrols(asset.id, before=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda patrol: patrol.id)
    return listed([*map(_row, rows)], after)


@resources.post("/assets/<asset_no>/patrols", "登记一次巡查；到户类资产是指导走访")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(SeenEntry)
@resources.response(201, PatrolRow)
def patrol(body: dict[str, Any], asset_no: str) -> Response:
    """Note what was seen of an asset in one's care; a fault is opened where something is wrong."""
    with deed(region_of(asset_no, actor(), _P.PATROL_RECORD)):
        asset = get_asset(asset_no, actor(), _P.PATROL_RECORD)
        return _noted(asset, own_kind(asset.kind), body)


@resources.post("/assets/<asset_no>/checks", "登记一次抽查")
@api_requires(_P.PATROL_CHECK, scope=_S.CUSTODY_WRITE)
@resources.arguments(SeenEntry)
@resources.response(201, PatrolRow)
def check(body: dict[str, Any], asset_no: str) -> Response:
    """Note what the township or the county saw of an asset."""
    with deed(region_of(asset_no, actor(), _P.PATROL_CHECK)):
        asset = get_asset(asset_no, actor(), _P.PATROL_CHECK)
        return _noted(asset, check_kind(actor(), asset.region_code, asset.kind), body)


def _noted(asset: Asset, kind: PatrolKind, body: dict[str, Any]) -> Response:
    """Note a look inside its transaction."""
    policy = policy_for(asset.region_code, today())
    return done(_row(record_patrol(asset, observation(kind, **body), by=actor(), on=today(), policy=policy)), 201)


@resources.post("/patrol-rounds", "登记一轮巡查")
@api_requires(_P.PATROL_RECORD, scope=_S.CUSTODY_WRITE)
@resources.arguments(RoundEntry)
@resources.response(201, RoundRow)
def walk(body: dict[str, Any]) -> Response:
    """Note a whole round in one event."""
    said = {one.pop("asset_no"): observation(PatrolKind.SELF, **one) for one in body["lines"]}
    codes = {asset.region_code for asset in _chosen(said)}
    with deed(*codes):
        policies = {code: policy_for(code, today()) for code in codes}
        seen = [(asset, said[asset.asset_no]) for asset in _chosen(said)]
        walked: Body = RoundRow().dump(record_round(seen, by=actor(), on=today(), policies=policies))
        return done(walked, 201)


def _chosen(said: dict[str, Any]) -> list[Asset]:
    """Return the assets that a round names; raises Missing for any that the caller does not patrol."""
    assets = list_by_number(said, actor())
    if len(assets) != len(said):
        raise Missing
    return assets
