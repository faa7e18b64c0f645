"""Pages of receipts: entering on a phone, one receipt, correcting it, an asset's income, the list."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.clock import today
from registry.database import db, transaction
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.receipts.forms import CorrectionForm, ReceiptForm, SendBackForm
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.owing import list_agreed, list_payable, unit_of
from registry.ledger.operation.receipts.queries import find_correction, get_receipt, list_rows_of
from registry.ledger.operation.receipts.rules import IN_HAND, ReceiptStatus
from registry.ledger.operation.receipts.services import (
    attach_vouchers,
    change_receipt,
    correct_receipt,
    enter_receipt,
    send_back_receipt,
    withdraw_receipt,
)
from registry.ledger.operation.receipts.showing import rows_with_owners, vouchers_behind
from registry.ledger.operation.receipts.suggesting import suggested
from registry.permissions import Permission, may
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("receipts", __name__)
_P = Permission


def _url(receipt_id: int) -> str:
    return url_for("receipts.show", receipt_id=receipt_id)


def _offer(form: ReceiptForm, asset: Asset, named_id: int | None = None) -> None:
    agreed = list_agreed(asset.id)
    form.offer(agreed, list_payable(agreed, named_id))


@blueprint.route("/assets/<asset_no>/income/new", methods=["GET", "POST"])
@requires(Permission.INCOME_ENTER)
def new(asset_no: str) -> ResponseReturnValue:
    """Enter what was received for an asset; the form begins with the oldest due."""
    asset, form = get_asset(asset_no, actor(), _P.INCOME_ENTER), ReceiptForm()
    _offer(form, asset)
    if form.validate_on_submit():
        facts = form.to_facts()
        with form.guard():
            files = taken_in(form.file)
            with transaction(asset.region_code, unit_of(asset, facts)):
                asset = get_asset(asset_no, actor(), _P.INCOME_ENTER)
                receipt = enter_receipt(asset, facts, by=actor(), on=today(), twice=form.twice.data)
                attach_vouchers(receipt, files, by=actor())
                return finish(url_for("income.asset", asset_no=asset_no), _("已登记，等另一个人审核。"))
    if not form.is_submitted():
        due_id = row_number("due")
        form.fill(suggested(asset, today(), due_id=due_id or None))
    return page("receipts/new.html", form, asset=asset)


@blueprint.get("/income/<int:receipt_id>")
@requires(Permission.LEDGER_READ)
def show(receipt_id: int) -> ResponseReturnValue:
    """Show one receipt, what it became, and what may be done about it."""
    return _shown(get_receipt(receipt_id, actor(), _P.LEDGER_READ))


def _shown(receipt: Receipt, form: BaseForm | None = None) -> ResponseReturnValue:
    me, unit = actor(), receipt.region_code
    entering = may(me, _P.INCOME_ENTER, unit)
    checking = receipt.state is ReceiptStatus.SUBMITTED and me.id != receipt.entered_by_id
    rows = list_rows_of(receipt.id)
    return page(
        "receipts/receipt.html",
        form,
        receipt=receipt,
        asset=db.session.get_one(Asset, receipt.asset_id),
        files=list_attachments("receipt", str(receipt.id)),
        rows=rows_with_owners(rows),
        vouchers=vouchers_behind(rows),
        named=db.session.get(Due, receipt.due_id) if receipt.due_id else None,
        contract=db.session.get(Contract, receipt.contract_id) if receipt.contract_id else None,
        correction=find_correction(receipt.id),
        act=ActForm(formdata=None),
        back=form or SendBackForm(formdata=None),
        may_change=entering and receipt.state in IN_HAND,
        may_correct=entering and receipt.state is ReceiptStatus.POSTED,
        may_check=checking and may(me, _P.INCOME_CHECK, unit),
    )


@blueprint.route("/income/<int:receipt_id>/change", methods=["GET", "POST"])
@requires(Permission.INCOME_ENTER)
def change(receipt_id: int) -> ResponseReturnValue:
    """Mend a receipt that has not been checked."""
    receipt, form = get_receipt(receipt_id, actor(), _P.INCOME_ENTER), ReceiptForm()
    asset, unit = db.session.get_one(Asset, receipt.asset_id), receipt.region_code
    _offer(form, asset, receipt.due_id)
    if form.validate_on_submit():
        facts = form.to_facts()
        with form.guard():
            files = taken_in(form.file)
            with transaction(unit, unit_of(asset, facts)):
                receipt = get_receipt(receipt_id, actor(), _P.INCOME_ENTER)
                asset = db.session.get_one(Asset, receipt.asset_id)
                change_receipt(receipt, asset, facts, by=actor(), on=today(), twice=form.twice.data)
                attach_vouchers(receipt, files, by=actor())
                return finish(_url(receipt_id), _("已修改，等另一个人审核。"))
    if not form.is_submitted():
        form.fill(receipt.facts)
    return page("receipts/change.html", form, asset=asset, receipt=receipt)


@blueprint.route("/income/<int:receipt_id>/correct", methods=["GET", "POST"])
@requires(Permission.INCOME_ENTER)
def correct(receipt_id: int) -> ResponseReturnValue:
    """Say what should have stood in a posted receipt; an amount of 0 says that nothing was received."""
    wrong, form = get_receipt(receipt_id, actor(), _P.INCOME_ENTER), CorrectionForm()
    asset, unit = db.session.get_one(Asset, wrong.asset_id), wrong.region_code
    _offer(form, asset, wrong.due_id)
    if form.validate_on_submit():
        facts, reason = form.to_facts(), form.reason.data
        with form.guard():
            files = taken_in(form.file)
            with transaction(unit, unit_of(asset, facts)):
                wrong = get_receipt(receipt_id, actor(), _P.INCOME_ENTER)
                asset = db.session.get_one(Asset, wrong.asset_id)
                right = correct_receipt(wrong, asset, facts, reason, by=actor(), on=today(), twice=form.twice.data)
                attach_vouchers(right, files, by=actor())
                return finish(_url(right.id), _("已提交更正：审核通过后原来一笔红字冲销，按这一笔记账。"))
    if not form.is_submitted():
        form.fill(wrong.facts)
    return page("receipts/correct.html", form, asset=asset, receipt=wrong)


@blueprint.post("/income/<int:receipt_id>/withdraw")
@requires(Permission.INCOME_ENTER)
def withdraw(receipt_id: int) -> ResponseReturnValue:
    """Take back a receipt that has not been checked."""
    with transaction(get_receipt(receipt_id, actor(), _P.INCOME_ENTER).region_code):
        withdraw_receipt(get_receipt(receipt_id, actor(), _P.INCOME_ENTER), by=actor())
        return finish(_url(receipt_id), _("已撤回。"))


@blueprint.post("/income/<int:receipt_id>/back")
@requires(Permission.INCOME_CHECK)
def send_back(receipt_id: int) -> ResponseReturnValue:
    """Give a receipt back to whoever entered it."""
    unit, form = get_receipt(receipt_id, actor(), _P.INCOME_CHECK).region_code, SendBackForm()
    if form.validate_on_submit():
        with form.guard(), transaction(unit):
            send_back_receipt(get_receipt(receipt_id, actor(), _P.INCOME_CHECK), form.reason.data, by=actor())
            return finish(_url(receipt_id), _("已退回登记人。"))
    return _shown(get_receipt(receipt_id, actor(), _P.INCOME_CHECK), form)


@blueprint.get("/income/<int:receipt_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(receipt_id: int, attachment_id: int) -> Response:
    """Give out a voucher of a receipt."""
    receipt = get_receipt(receipt_id, actor(), _P.LEDGER_READ)
    return given_out(get_attachment(attachment_id, "receipt", str(receipt.id)))
