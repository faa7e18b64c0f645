"""JSON resources of assets: entering, replacing, confirming, and the files attached."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset, region_of
from registry.assets.register.cards.readback import registration_of
from registry.assets.register.cards.schemas import AssetBody, AssetEntry, AssetState
from registry.assets.register.cards.services import confirm_asset, register_asset, resubmit, send_back, units_of
from registry.assets.register.cards.services import withdraw as take_back
from registry.assets.register.projects.queries import get_project, project_id_of
from registry.assets.register.registration import Registration
from registry.audit.services import thing_of
from registry.clock import today
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import Reason, Remark
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("assets", __name__, "资产")
_P, _S = Permission, Scope


def asset_body(asset: Asset) -> Body:
    """Return an asset as the API gives it."""
    plain = {name: getattr(asset, name) for name in _PLAIN}
    body: Body = AssetState().dump(
        {**plain, "net_value_fen": asset.net_value_fen(today()), "card": registration_of(asset)}
    )
    return body


_PLAIN = (
    "asset_no", "version_id", "stage", "poverty_fund_fen", "project_id", "is_legacy", "entered_at", "confirmed_at",
    "sent_back_reason",
)  # fmt: skip


@resources.get("/assets/<asset_no>", "读一项资产")
@api_requires(_P.ASSET_READ, scope=_S.ASSETS_READ)
@resources.response(200, AssetState)
def one(asset_no: str) -> Response:
    """Show an asset."""
    return shown(asset_body(get_asset(asset_no, actor(), _P.ASSET_READ)))


@resources.post("/assets", "登记资产，等第二人确认")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.arguments(AssetEntry)
@resources.response(201, AssetState)
def enter(body: dict[str, Any]) -> Response:
    """Enter an asset as submitted."""
    facts: Registration = body["card"]
    check_unit(_P.ASSET_ENTER, facts.region_code)
    with deed(*units_of(facts)):
        wanted = project_id_of(body.get("project_id", ""))
        project = get_project(wanted, actor(), _P.ASSET_ENTER) if wanted else None
        asset = register_asset(facts, by=actor(), on=today(), project=project)
        return done(asset_body(asset), 201, location=url_for("assets_api.one", asset_no=asset.asset_no))


@resources.put("/assets/<asset_no>", "退回后修改，再次提交")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.arguments(AssetBody)
@resources.response(200, AssetState)
def replace(body: dict[str, Any], asset_no: str) -> Response:
    """Submit a card anew."""
    with deed(region_of(asset_no, actor(), _P.ASSET_ENTER), *units_of(body["card"])):
        asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
        check_match(asset_body(asset))
        resubmit(asset, body["card"], by=actor(), on=today())
        return done(asset_body(asset))


@resources.post("/assets/<asset_no>/confirm", "确认登记（第二人）")
@api_requires(_P.ASSET_CONFIRM, scope=_S.ASSETS_WRITE)
@resources.arguments(Remark)
@resources.response(200, AssetState)
def confirm(body: dict[str, Any], asset_no: str) -> Response:
    """Confirm a card as its second person."""
    with deed(region_of(asset_no, actor(), _P.ASSET_CONFIRM)):
        asset = get_asset(asset_no, actor(), _P.ASSET_CONFIRM)
        check_match(asset_body(asset), needed=False)
        confirm_asset(asset, by=actor(), reason=body["reason"])
        return done(asset_body(asset))


@resources.post("/assets/<asset_no>/send-back", "退回登记")
@api_requires(_P.ASSET_CONFIRM, scope=_S.ASSETS_WRITE)
@resources.arguments(Reason)
@resources.response(200, AssetState)
def return_card(body: dict[str, Any], asset_no: str) -> Response:
    """Send a card back to the person who entered it."""
    with deed(region_of(asset_no, actor(), _P.ASSET_CONFIRM)):
        asset = get_asset(asset_no, actor(), _P.ASSET_CONFIRM)
        check_match(asset_body(asset), needed=False)
        send_back(asset, body["reason"], by=actor())
        return done(asset_body(asset))


@resources.post("/assets/<asset_no>/withdraw", "撤销登记")
@api_requires(_P.ASSET_ENTER, scope=_S.ASSETS_WRITE)
@resources.arguments(Reason)
@resources.response(200, AssetState)
def withdraw(body: dict[str, Any], asset_no: str) -> Response:
    """Take back a card that nobody has confirmed."""
    with deed(region_of(asset_no, actor(), _P.ASSET_ENTER)):
        asset = get_asset(asset_no, actor(), _P.ASSET_ENTER)
        check_match(asset_body(asset), needed=False)
        take_back(asset, body["reason"], by=actor())
        return done(asset_body(asset))


@resources.get("/assets/<asset_no>/attachments", "列附件")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, AttachmentPage)
def attachments(asset_no: str) -> Response:
    """List the files of an asset."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return listed(AttachmentRow(many=True).dump(list_attachments("asset", str(asset.id))))


@resources.post("/assets/<asset_no>/attachments", "上传附件")
@api_requires(_P.EVIDENCE_ADD, scope=_S.FILES_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], asset_no: str) -> Response:
    """Attach a file to an asset."""
    region = region_of(asset_no, actor(), _P.EVIDENCE_ADD)
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_asset(asset_no, actor(), _P.EVIDENCE_ADD))
        attach([kept], caption, to=thing, by=actor())
        rows = AttachmentRow(many=True).dump(list_attachments("asset", thing.id)[-1:])
        return done({"items": rows}, 201)


@resources.get("/assets/<asset_no>/attachments/<int:attachment_id>", "下载附件")
@api_requires(_P.ASSET_READ, scope=_S.FILES_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(asset_no: str, attachment_id: int) -> Response:
    """Give out a file of an asset."""
    asset = get_asset(asset_no, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, "asset", str(asset.id)))
