"""JSON resources of receipts and income: entered, mended, checked by another person, corrected."""

from typing import Any

from flask import Response, url_for
from werkzeug.datastructures import FileStorage

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.audit.services import thing_of
from registry.clock import today
from registry.database import db
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.schemas import AttachmentArguments, AttachmentFile, AttachmentPage, AttachmentRow
from registry.evidence.services import Caption, attach, take_in
from registry.evidence.views import given_out
from registry.ledger.operation.periods import parse_place, write_place
from registry.ledger.operation.receipts.checking import approve_receipt
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.owing import unit_of, units_of
from registry.ledger.operation.receipts.queries import (
    IncomeFilter,
    ReceiptFilter,
    get_receipt,
    list_income,
    list_receipts,
)
from registry.ledger.operation.receipts.rules import Basis, ReceiptFacts, ReceiptStatus
from registry.ledger.operation.receipts.schemas import (
    IncomeArguments,
    IncomeEntry,
    IncomePage,
    ReceiptArguments,
    ReceiptCorrection,
    ReceiptEntry,
    ReceiptPage,
    ReceiptRow,
)
from registry.ledger.operation.receipts.services import (
    change_receipt,
    correct_receipt,
    enter_receipt,
    send_back_receipt,
    withdraw_receipt,
)
from registry.permissions import Permission
from registry.places.queries import unit_meant
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("receipts", __name__, "收益登记和审核")
_P, _S = Permission, Scope
_PLAIN = tuple(field.attribute or name for name, field in ReceiptRow().fields.items() if name != "asset_no")


def _row(receipt: Receipt, asset: Asset | None = None) -> Body:
    asset_no = (asset or db.session.get_one(Asset, receipt.asset_id)).asset_no
    row: Body = ReceiptRow().dump({**{name: getattr(receipt, name) for name in _PLAIN}, "asset_no": asset_no})
    return row


def _got(receipt_id: int, permission: Permission) -> Receipt:
    """Return a receipt as the caller has seen it, if they say which version that was."""
    receipt = get_receipt(receipt_id, actor(), permission)
    check_match(_row(receipt), needed=False)
    return receipt


def _asset(receipt: Receipt) -> Asset:
    return db.session.get_one(Asset, receipt.asset_id)


@resources.get("/receipts", "列收益登记，新的在前")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.arguments(ReceiptArguments, location="query")
@resources.response(200, ReceiptPage)
def index(args: dict[str, Any]) -> Response:
    """List the receipts of a unit and below."""
    wanted = ReceiptFilter(
        args.get("region") or actor().unit_code,
        ReceiptStatus(args["status"]) if "status" in args else None,
        IncomeKind(args["kind"]) if "kind" in args else None,
        Basis(args["basis"]) if "basis" in args else None,
        args.get("since"),
        args.get("until"),
    )
    found = list_receipts(wanted, actor(), before=parse_place(args.get("after", "")), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda pair: write_place(pair[0].received_on, pair[0].id))
    return listed([_row(receipt, asset) for receipt, asset in rows], after)


@resources.get("/receipts/<int:receipt_id>", "读一笔收益登记")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.response(200, ReceiptRow)
def one(receipt_id: int) -> Response:
    """Show a receipt."""
    return shown(_row(get_receipt(receipt_id, actor(), _P.LEDGER_READ)))


@resources.post("/assets/<asset_no>/receipts", "登记收益，等另一个人审核")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(ReceiptEntry)
@resources.response(201, ReceiptRow)
def enter(told: tuple[ReceiptFacts, bool], asset_no: str) -> Response:
    """Enter what was received for an asset."""
    facts, twice = told
    asset = get_asset(asset_no, actor(), _P.INCOME_ENTER)
    with deed(asset.region_code, unit_of(asset, facts)):
        asset = get_asset(asset_no, actor(), _P.INCOME_ENTER)
        receipt = enter_receipt(asset, facts, by=actor(), on=today(), twice=twice)
        return done(_row(receipt), 201, location=url_for("receipts_api.one", receipt_id=receipt.id))


@resources.put("/receipts/<int:receipt_id>", "修改还没有审核的收益")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(ReceiptEntry)
@resources.response(200, ReceiptRow)
def change(told: tuple[ReceiptFacts, bool], receipt_id: int) -> Response:
    """Mend a receipt that has not been checked."""
    facts, twice = told
    seen = get_receipt(receipt_id, actor(), _P.INCOME_ENTER)
    with deed(seen.region_code, unit_of(_asset(seen), facts)):
        receipt = get_receipt(receipt_id, actor(), _P.INCOME_ENTER)
        check_match(_row(receipt))
        change_receipt(receipt, _asset(receipt), facts, by=actor(), on=today(), twice=twice)
        return done(_row(receipt))


@resources.post("/receipts/<int:receipt_id>/correct", "更正已记账的收益：审核后原来一笔红字冲销")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(ReceiptCorrection)
@resources.response(201, ReceiptRow)
def correct(told: tuple[ReceiptFacts, bool, str], receipt_id: int) -> Response:
    """Say what should have stood in a posted receipt."""
    facts, twice, reason = told
    seen = get_receipt(receipt_id, actor(), _P.INCOME_ENTER)
    with deed(seen.region_code, unit_of(_asset(seen), facts)):
        wrong = _got(receipt_id, _P.INCOME_ENTER)
        right = correct_receipt(wrong, _asset(wrong), facts, reason, by=actor(), on=today(), twice=twice)
        return done(_row(right), 201, location=url_for("receipts_api.one", receipt_id=right.id))


@resources.post("/receipts/<int:receipt_id>/withdraw", "撤回还没有审核的收益")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.response(200, ReceiptRow)
def withdraw(receipt_id: int) -> Response:
    """Take back a receipt that has not been checked."""
    with deed(get_receipt(receipt_id, actor(), _P.INCOME_ENTER).region_code):
        receipt = _got(receipt_id, _P.INCOME_ENTER)
        withdraw_receipt(receipt, by=actor())
        return done(_row(receipt))


@resources.post("/receipts/<int:receipt_id>/approve", "审核通过并记账（另一个人）")
@api_requires(_P.INCOME_CHECK, scope=_S.INCOME_WRITE)
@resources.response(200, ReceiptRow)
def approve(receipt_id: int) -> Response:
    """Check a receipt as another person; it is posted."""
    with deed(*units_of([get_receipt(receipt_id, actor(), _P.INCOME_CHECK)])):
        receipt = _got(receipt_id, _P.INCOME_CHECK)
        approve_receipt(receipt, by=actor(), on=today())
        return done(_row(receipt))


@resources.post("/receipts/<int:receipt_id>/send-back", "退回登记人")
@api_requires(_P.INCOME_CHECK, scope=_S.INCOME_WRITE)
@resources.arguments(Reason)
@resources.response(200, ReceiptRow)
def send_back(body: dict[str, Any], receipt_id: int) -> Response:
    """Give a receipt back to whoever entered it."""
    with deed(get_receipt(receipt_id, actor(), _P.INCOME_CHECK).region_code):
        receipt = _got(receipt_id, _P.INCOME_CHECK)
        send_back_receipt(receipt, body["reason"], by=actor())
        return done(_row(receipt))


@resources.get("/income", "列已记账的收益明细")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.arguments(IncomeArguments, location="query")
@resources.response(200, IncomePage)
def income(args: dict[str, Any]) -> Response:
    """List posted income, one row for each owner's part."""
    asset = get_asset(args["asset_no"], actor(), _P.LEDGER_READ) if "asset_no" in args else None
    asked = {name: args.get(name) for name in ("month", "from_month", "until_month", "kind", "sector")}
    wanted = IncomeFilter(unit_meant(args.get("region"), actor()), asset.id if asset else None, **asked)
    found = list_income(wanted, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda row: row.id)
    return listed(IncomeEntry(many=True).dump(rows), after)


@resources.get("/receipts/<int:receipt_id>/attachments", "列收款凭证")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.response(200, AttachmentPage)
def attachments(receipt_id: int) -> Response:
    """List the vouchers of a receipt."""
    receipt = get_receipt(receipt_id, actor(), _P.LEDGER_READ)
    return listed(AttachmentRow(many=True).dump(list_attachments("receipt", str(receipt.id))))


@resources.post("/receipts/<int:receipt_id>/attachments", "上传收款凭证")
@api_requires(_P.INCOME_ENTER, scope=_S.INCOME_WRITE)
@resources.arguments(AttachmentArguments, location="query")
@resources.arguments(AttachmentFile, location="files")
@resources.response(201, AttachmentPage)
def attach_file(args: dict[str, Any], files: dict[str, FileStorage], receipt_id: int) -> Response:
    """Attach a voucher to a receipt."""
    region = get_receipt(receipt_id, actor(), _P.INCOME_ENTER).region_code
    kept = take_in(files["file"].stream.read(), files["file"].filename or "")
    caption = Caption(EvidenceKind(args["kind"]), args["caption"], args["taken_on"])
    with deed(region):
        thing = thing_of(get_receipt(receipt_id, actor(), _P.INCOME_ENTER))
        attach([kept], caption, to=thing, by=actor())
        return done({"items": AttachmentRow(many=True).dump(list_attachments("receipt", thing.id)[-1:])}, 201)


@resources.get("/receipts/<int:receipt_id>/attachments/<int:attachment_id>", "下载收款凭证")
@api_requires(_P.LEDGER_READ, scope=_S.INCOME_READ)
@resources.response(200, {"type": "string", "format": "binary"}, content_type="*/*")
def attachment(receipt_id: int, attachment_id: int) -> Response:
    """Give out a voucher."""
    receipt = get_receipt(receipt_id, actor(), _P.LEDGER_READ)
    return given_out(get_attachment(attachment_id, "receipt", str(receipt.id)))
