"""JSON resources of what weighs on assets."""

from typing import Any

from flask import Response

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.title.encumbrances.models import Encumbrance
from registry.assets.title.encumbrances.queries import get_encumbrance, list_all_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceFacts
from registry.assets.title.encumbrances.schemas import EncumbranceEntry, EncumbrancePage, EncumbranceRow, Lifting
from registry.assets.title.encumbrances.services import add_encumbrance, lift_encumbrance
from registry.clock import today
from registry.database import db
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("encumbrances", __name__, "权利限制和争议")
_P, _S = Permission, Scope


def _row(encumbrance: Encumbrance) -> Body:
    row: Body = EncumbranceRow().dump(encumbrance)
    return row


@resources.get("/assets/<asset_no>/encumbrances", "列一项资产的权利限制，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.TITLE_READ)
@resources.response(200, EncumbrancePage)
def index(asset_no: str) -> Response:
    """List whatever weighs or weighed on an asset."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed([*map(_row, list_all_encumbrances(asset.id))])


@resources.post("/assets/<asset_no>/encumbrances", "登记抵押、查封、异议、争议")
@api_requires(_P.TITLE_REGISTER, scope=_S.TITLE_WRITE)
@resources.arguments(EncumbranceEntry)
@resources.response(201, EncumbranceRow)
def add(facts: EncumbranceFacts, asset_no: str) -> Response:
    """Enter what weighs on an asset."""
    with deed(region_of(asset_no, actor(), _P.TITLE_REGISTER)):
        asset = get_asset(asset_no, actor(), _P.TITLE_REGISTER)
        return done(_row(add_encumbrance(asset, facts, by=actor(), on=today())), 201)


@resources.post("/encumbrances/<int:encumbrance_id>/lift", "解除权利限制")
@api_requires(_P.TITLE_REGISTER, scope=_S.TITLE_WRITE)
@resources.arguments(Lifting)
@resources.response(200, EncumbranceRow)
def lift(body: dict[str, Any], encumbrance_id: int) -> Response:
    """End what weighs on an asset."""
    with deed(get_encumbrance(encumbrance_id, actor(), _P.TITLE_REGISTER).region_code):
        row = get_encumbrance(encumbrance_id, actor(), _P.TITLE_REGISTER)
        check_match(_row(row), needed=False)
        asset, day = db.session.get_one(Asset, row.asset_id), body["lifted_on"]
        lift_encumbrance(row, asset, body["document_no"], lifted_on=day, by=actor(), on=today())
        return done(_row(row))
