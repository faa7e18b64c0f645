"""JSON resources of corrections, changes of value and remarks."""

from typing import Any

from flask import Response, url_for

from registry.assets.register.amendments.history import add_comment
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.queries import get_correction, list_comments, list_corrections
from registry.assets.register.amendments.schemas import (
    CommentEntry,
    CommentPage,
    CommentRow,
    CorrectionEntry,
    CorrectionPage,
    CorrectionRow,
    Opinion,
    ValueChangePage,
    ValueChangeRow,
    ValueEntry,
)
from registry.assets.register.amendments.services import (
    ValueFacts,
    ask_correction,
    ask_value_change,
    confirm_correction,
    refuse_correction,
    said_before,
    said_lines,
    void_correction,
)
from registry.assets.register.amendments.services import proposed as said_now
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import value_changes
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.cards.services import units_of
from registry.clock import today
from registry.database import db
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_seen, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("amendments", __name__, "更正和批注")
_P, _S = Permission, Scope
_PLAIN = (
    "id", "version_id", "kind", "status", "reason", "document_no", "effective_on", "asked_by_text", "asked_at",
    "decided_by_text", "decided_at", "opinion",
)  # fmt: skip


def _row(correction: Correction, asset: Asset) -> Body:
    plain = {name: getattr(correction, name) for name in _PLAIN}
    if correction.kind == "VALUE":
        kind, lines = said_lines(correction)
        said: dict[str, object] = {"value_kind": kind.value, "lines": lines}
    else:
        said = {"before": said_before(correction), "proposed": said_now(correction)}
    row: Body = CorrectionRow().dump({**plain, **said, "asset_no": asset.asset_no})
    return row


@resources.get("/assets/<asset_no>/corrections", "列更正")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, CorrectionPage)
def corrections(asset_no: str) -> Response:
    """List the changes asked for of an asset, the oldest first."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed([_row(one, asset) for one in list_corrections(asset.id)])


@resources.post("/assets/<asset_no>/corrections", "申请更正")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.arguments(CorrectionEntry)
@resources.response(201, CorrectionRow)
def correct(body: dict[str, Any], asset_no: str) -> Response:
    """Correct a confirmed card; light changes are written at once, weighty ones wait for the level above."""
    with deed(region_of(asset_no, actor(), _P.ASSET_ENTER), *units_of(body["card"])):
        asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
        check_seen(body["version"], asset.version_id)
        correction = ask_correction(
            asset, body["card"], reason=body["reason"], document_no=body["document_no"], by=actor(), on=today()
        )
        return done(_row(correction, asset), 201, location=_address(correction))


@resources.post("/assets/<asset_no>/value-changes", "申请价值变动")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.arguments(ValueEntry)
@resources.response(201, CorrectionRow)
def change_value(facts: ValueFacts, asset_no: str) -> Response:
    """Ask for an enlargement, major repair, partial loss or revaluation."""
    with deed(region_of(asset_no, actor(), _P.ASSET_ENTER)):
        asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
        correction = ask_value_change(asset, facts, by=actor(), on=today())
        return done(_row(correction, asset), 201, location=_address(correction))


def _address(correction: Correction) -> str:
    return url_for("amendments_api.one", correction_id=correction.id)


@resources.get("/corrections/<int:correction_id>", "读一件更正")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, CorrectionRow)
def one(correction_id: int) -> Response:
    """Show a change that was asked for."""
    correction = get_correction(correction_id, actor(), _P.ASSET_READ)
    return shown(_row(correction, db.session.get_one(Asset, correction.asset_id)))


@resources.post("/corrections/<int:correction_id>/confirm", "同意更正（上一级）")
@api_requires(_P.CORRECTION_CONFIRM, scope=_S.ASSETS_WRITE)
@resources.arguments(Opinion)
@resources.response(200, CorrectionRow)
def confirm(body: dict[str, Any], correction_id: int) -> Response:
    """Agree as a person of the level above."""
    with deed(get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM).region_code):
        correction = get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM)
        asset = db.session.get_one(Asset, correction.asset_id)
        confirm_correction(correction, asset, body["opinion"], by=actor(), on=today())
        return done(_row(correction, asset))


@resources.post("/corrections/<int:correction_id>/refuse", "不同意更正（上一级）")
@api_requires(_P.CORRECTION_CONFIRM, scope=_S.ASSETS_WRITE)
@resources.arguments(Opinion)
@resources.response(200, CorrectionRow)
def refuse(body: dict[str, Any], correction_id: int) -> Response:
    """Decline as a person of the level above."""
    with deed(get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM).region_code):
        correction = get_correction(correction_id, actor(), _P.CORRECTION_CONFIRM)
        asset = db.session.get_one(Asset, correction.asset_id)
        refuse_correction(correction, asset, body["opinion"], by=actor())
        return done(_row(correction, asset))


@resources.post("/corrections/<int:correction_id>/void", "撤回自己的更正申请")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.response(200, CorrectionRow)
def void(correction_id: int) -> Response:
    """Take back one's own change while it waits."""
    with deed(get_correction(correction_id, actor(), _P.ASSET_ENTER).region_code):
        correction = get_correction(correction_id, actor(), _P.ASSET_ENTER)
        asset = db.session.get_one(Asset, correction.asset_id)
        void_correction(correction, asset, by=actor())
        return done(_row(correction, asset))


@resources.get("/assets/<asset_no>/value-changes", "列价值变动和资金")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, ValueChangePage)
def changes_of_value(asset_no: str) -> Response:
    """List why the value is what it is, with the money lines."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed(ValueChangeRow(many=True).dump(value_changes(asset.id)))


@resources.get("/assets/<asset_no>/comments", "列批注")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, CommentPage)
def comments(asset_no: str) -> Response:
    """List the remarks on an asset, the oldest first."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed(CommentRow(many=True).dump(list_comments(asset.id)))


@resources.post("/assets/<asset_no>/comments", "写批注")
@api_requires(_P.COMMENT, scope=_S.ASSETS_WRITE)
@resources.arguments(CommentEntry)
@resources.response(201, CommentRow)
def comment(body: dict[str, Any], asset_no: str) -> Response:
    """Remark on an asset."""
    with deed(region_of(asset_no, actor(), _P.COMMENT)):
        row = add_comment(get_asset(asset_no, actor(), _P.COMMENT), body["body"], by=actor())
        return done(CommentRow().dump(row), 201)
