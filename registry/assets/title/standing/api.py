"""JSON resources of one asset's title: where it stands, and what it came of. To be read."""

from typing import Any

from flask import Response

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.rights.queries import Relative, list_children, list_parents
from registry.assets.title.standing.queries import Standing, get_standing
from registry.assets.title.standing.schemas import LineageRow, StandingRow
from registry.clock import today
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("title_standing", __name__, "权属状态")
_P, _S = Permission, Scope
_ASSET = ("asset_no", "version_id", "title_status", "handed_over_on", "accounting_system", "accounting_number")
_LINK = ("kind", "took_place_on", "value_fen", "quantity_milli")


@resources.get("/assets/<asset_no>/title", "读一项资产的权属状态")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, StandingRow)
def one(asset_no: str) -> Response:
    """Show where an asset stands, who held it when, and which cases it lay in."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return shown(_row(asset, get_standing(asset, today())))


def _row(asset: Asset, standing: Standing) -> Body:
    plain: dict[str, Any] = {name: getattr(asset, name) for name in _ASSET}
    cases = [
        {"id": case.id, "title": case.title, "deed": case.deed, "status": case.status, "decision": line.decision}
        for case, line in standing.cases
    ]
    told = {"holders": [*map(_holder, standing.owners)], "cases": cases, "position": standing.position}
    row: Body = StandingRow().dump(
        {**plain, **told, "certificates": standing.certificates, "weighing": standing.weighing}
    )
    return row


def _holder(owner: AssetOwner) -> dict[str, Any]:
    party = owner.party
    return {
        "party_id": owner.party_id, "kind": party.kind, "name": party.name, "share_bp": owner.share_bp,
        "valid_from": owner.valid_from, "valid_to": owner.valid_to,
    }  # fmt: skip


@resources.get("/assets/<asset_no>/lineage", "读一项资产的分拆合并来历")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, LineageRow)
def lineage(asset_no: str) -> Response:
    """Show what an asset came of, and what came of it."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    parents, children = map(_relatives, (list_parents(asset.id), list_children(asset.id)))
    return shown(LineageRow().dump({"parents": parents, "children": children}))


def _relatives(found: list[Relative]) -> list[dict[str, Any]]:
    return [
        {"asset_no": one.asset_no, "name": one.name, "stage": one.stage}
        | {name: getattr(one.link, name) for name in _LINK}
        for one in found
    ]
