"""JSON resources of custody agreements: the offer, the answer, the hand-back."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.agreements.queries import (
    get_agreement,
    list_agreements,
    list_assets_of,
    list_chosen,
    list_people_able,
)
from registry.assets.custody.agreements.rules import AgreementStatus, AnswerWay, Condition, HandBack, Terms
from registry.assets.custody.agreements.schemas import (
    AgreementArguments,
    AgreementPage,
    AgreementRow,
    HandBackEntry,
    ItemPage,
    ItemRow,
    OfferEntry,
    PaperAnswer,
    PaperArguments,
    SignedSheet,
)
from registry.assets.custody.agreements.services import (
    accept_on_paper,
    accept_on_screen,
    decline,
    hand_back,
    offer_agreement,
    withdraw_offer,
)
from registry.clock import today
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.schemas import AttachmentPage, AttachmentRow
from registry.evidence.services import take_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, check_unit, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("agreements", __name__, "管护协议")
_P, _S = Permission, Scope
_TABLE = "custody_agreement"
_COMPUTED = frozenset({"phase"})
_PLAIN = tuple(
    field.attribute or name for name, field in AgreementRow().fields.items() if name not in _COMPUTED
)  # fmt: skip


def _row(agreement: CustodyAgreement) -> Body:
    plain = {name: getattr(agreement, name) for name in _PLAIN}
    row: Body = AgreementRow().dump({**plain, "phase": agreement.phase(today())})
    return row


def _got(agreement_id: int, permission: Permission) -> CustodyAgreement:
    """Return an agreement as the caller has seen it, if they say which version that was."""
    agreement = get_agreement(agreement_id, actor(), permission)
    check_match(_row(agreement), needed=False)
    return agreement


def _region(agreement_id: int, permission: Permission) -> str:
    return get_agreement(agreement_id, actor(), permission).region_code


@resources.get("/custody-agreements", "列管护协议")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.arguments(AgreementArguments, location="query")
@resources.response(200, AgreementPage)
def index(args: dict[str, Any]) -> Response:
    """List the agreements of a unit and below in order of entry."""
    status, region = AgreementStatus(args["status"]) if "status" in args else None, args.get("region")
    limit, start = args["limit"], number_after(args)
    found = list_agreements(actor(), region or actor().unit_code, status, after=start, limit=limit)
    rows, after = cut([agreement for agreement, _assets in found], limit, lambda one: one.id)
    return listed([*map(_row, rows)], after)


@resources.get("/custody-agreements/<int:agreement_id>", "读一份管护协议")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, AgreementRow)
def one(agreement_id: int) -> Response:
    """Show an agreement."""
    return shown(_row(get_agreement(agreement_id, actor(), _P.ASSET_READ)))


@resources.get("/custody-agreements/<int:agreement_id>/assets", "列协议里的资产")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, ItemPage)
def assets(agreement_id: int) -> Response:
    """List the assets of an agreement, all of them: what is signed is one sheet."""
    pairs = list_assets_of(get_agreement(agreement_id, actor(), _P.ASSET_READ))
    rows = [
        {"asset_no": asset.asset_no, "name": asset.name, "ended_on": item.ended_on, "condition": item.condition}
        for item, asset in pairs
    ]
    return listed(ItemRow(many=True).dump(rows))


@resources.post("/custody-agreements", "提出管护协议")
@api_requires(_P.CUSTODY_MANAGE, scope=_S.CUSTODY_WRITE)
@resources.arguments(OfferEntry)
@resources.response(201, AgreementRow)
def offer(body: dict[str, Any]) -> Response:
    """Offer the care of assets; the present custodian stays until it is accepted."""
    region: str = body["region_code"]
    terms: Terms = body["terms"]
    check_unit(_P.CUSTODY_MANAGE, region)
    with deed(region):
        chosen, policy = list_chosen(body["assets"], actor()), policy_for(region, today())
        agreement = offer_agreement(region, chosen, terms, by=actor(), on=today(), policy=policy)
        return done(_row(agreement), 201, location=url_for("agreements_api.one", agreement_id=agreement.id))


@resources.post("/custody-agreements/<int:agreement_id>/accept", "管护人本人接受管护")
@api_requires(_P.CUSTODY_ACCEPT, scope=_S.CUSTODY_WRITE)
@resources.response(200, AgreementRow)
def accept(agreement_id: int) -> Response:
    """Accept custody by the custodian's own token."""
    with deed(_region(agreement_id, _P.CUSTODY_ACCEPT)):
        agreement = _got(agreement_id, _P.CUSTODY_ACCEPT)
        accept_on_screen(agreement, by=actor(), on=today())
        return done(_row(agreement))


@resources.post("/custody-agreements/<int:agreement_id>/decline", "管护人本人不接受管护")
@api_requires(_P.CUSTODY_ACCEPT, scope=_S.CUSTODY_WRITE)
@resources.arguments(Reason)
@resources.response(200, AgreementRow)
def refuse(body: dict[str, Any], agreement_id: int) -> Response:
    """Decline custody by the custodian's own token, saying why."""
    with deed(_region(agreement_id, _P.CUSTODY_ACCEPT)):
        agreement = _got(agreement_id, _P.CUSTODY_ACCEPT)
        decline(agreement, body["reason"], by=actor())
        return done(_row(agreement))


@resources.post("/custody-agreements/<int:agreement_id>/paper", "登记管护人的纸质答复，上传签字的协议")
@api_requires(_P.CUSTODY_MANAGE, scope=_S.CUSTODY_WRITE)
@resources.arguments(PaperArguments, location="query")
@resources.arguments(SignedSheet, location="files")
@resources.response(200, AgreementRow)
def paper(args: dict[str, Any], files: dict[str, FileStorage], agreement_id: int) -> Response:
    """Enter what the custodian answered on paper, with the signed sheet."""
    region = _region(agreement_id, _P.CUSTODY_MANAGE)
    kept = [take_in(files["file"].stream.read(), files["file"].filename or "")]
    with deed(region):
        agreement = _got(agreement_id, _P.CUSTODY_MANAGE)
        if args["answer"] == PaperAnswer.ACCEPT:
            accept_on_paper(agreement, args["signed_on"], kept, by=actor(), on=today())
        else:
            decline(agreement, args["reason"], by=actor(), way=AnswerWay.PAPER)
        return done(_row(agreement))


@resources.post("/custody-agreements/<int:agreement_id>/withdraw", "撤回没有答复的协议")
@api_requires(_P.CUSTODY_MANAGE, scope=_S.CUSTODY_WRITE)
@resources.response(200, AgreementRow)
def withdraw(agreement_id: int) -> Response:
    """Take an unanswered offer back."""
    with deed(_region(agreement_id, _P.CUSTODY_MANAGE)):
        agreement = _got(agreement_id, _P.CUSTODY_MANAGE)
        withdraw_offer(agreement, by=actor())
        return done(_row(agreement))


@resources.post("/custody-agreements/<int:agreement_id>/hand-back", "交还管护，逐项写明状况和代管人")
@api_requires(_P.CUSTODY_ACCEPT, scope=_S.CUSTODY_WRITE)
@resources.arguments(HandBackEntry)
@resources.response(200, AgreementRow)
def give_back(body: dict[str, Any], agreement_id: int) -> Response:
    """Hand the assets back, each with its condition."""
    with deed(_region(agreement_id, _P.CUSTODY_ACCEPT)):
        agreement = _got(agreement_id, _P.CUSTODY_ACCEPT)
        hand_back(agreement, _facts(body, agreement), by=actor(), on=today())
        return done(_row(agreement))


def _facts(body: dict[str, Any], agreement: CustodyAgreement) -> HandBack:
    """Return what is said of the end of care; raises Missing for an asset that the agreement is not about."""
    ids = {asset.asset_no: asset.id for _item, asset in list_assets_of(agreement)}
    said = {one["asset_no"]: Condition(one["condition"]) for one in body["conditions"]}
    if not said.keys() <= ids.keys():
        raise Missing
    user_id = body["meanwhile_user_id"]
    names = {user.id: user.name for user in list_people_able(agreement.region_code, today())} if user_id else {}
    meanwhile = names.get(user_id, "") if user_id else body["meanwhile"].strip()
    return HandBack(body["reason"], meanwhile, {ids[number]: one for number, one in said.items()}, user_id)


@resources.get("/custody-agreements/<int:agreement_id>/attachments", "列协议的附件")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, AttachmentPage)
def attachments(agreement_id: int) -> Response:
    """List the signed sheets of an agreement."""
    agreement = get_agreement(agreement_id, actor(), _P.ASSET_READ)
    return listed(AttachmentRow(many=True).dump(list_attachments(_TABLE, str(agreement.id))))


@resources.get("/custody-agreements/<int:agreement_id>/attachments/<int:attachment_id>", "下载协议的附件")
@api_requires(_P.ASSET_READ, scope=_S.CUSTODY_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(agreement_id: int, attachment_id: int) -> Response:
    """Give out a signed sheet."""
    agreement = get_agreement(agreement_id, actor(), _P.ASSET_READ)
    return given_out(get_attachment(attachment_id, _TABLE, str(agreement.id)))
