"""Pages on which a contract goes on: submitted, signed, confirmed, ended; a result stated, a late fee added."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.ledger.operation.contracts.deciding import submit_contract, withdraw_contract
from registry.ledger.operation.contracts.ending import (
    add_late_fee,
    deposit_held_fen,
    end_contract,
    state_result,
)
from registry.ledger.operation.contracts.forms import EndForm, LateFeeForm, ReasonForm, ResultForm, SignForm
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import get_contract
from registry.ledger.operation.contracts.refusals import NotAgreed
from registry.ledger.operation.contracts.rules import check_running
from registry.ledger.operation.contracts.services import void_contract
from registry.ledger.operation.contracts.showing import percent
from registry.ledger.operation.contracts.signing import confirm_legacy, refuse_legacy, sign_contract
from registry.ledger.operation.contracts.views import contract_page
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.queries import get_due, list_dues_of, names_of_shares
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("contract_deeds", __name__)
_P = Permission


def _url(contract_id: int) -> str:
    return url_for("contracts.show", contract_id=contract_id)


def _mine(contract_id: int) -> Contract:
    return get_contract(contract_id, actor(), _P.CONTRACT_ENTER)


@blueprint.post("/contracts/<int:contract_id>/submit")
@requires(Permission.CONTRACT_ENTER)
def submit(contract_id: int) -> ResponseReturnValue:
    """Ask for a contract to be agreed to."""
    contract, on = _mine(contract_id), today()
    region = contract.region_code
    with transaction(*contract.units):
        found = submit_contract(_mine(contract_id), by=actor(), on=on, policy=policy_for(region, on))
        if found is None:
            return finish(_url(contract_id), _("已提交，等另一个人确认。"))
        return finish(url_for("deciding.show", request_id=found.id), _("已提交审批。"))


@blueprint.post("/contracts/<int:contract_id>/void")
@requires(Permission.CONTRACT_ENTER)
def void(contract_id: int) -> ResponseReturnValue:
    """Give up a contract that nobody has signed, or take back one that is being decided."""
    region, on, form = _mine(contract_id).region_code, today(), ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            contract, reason = _mine(contract_id), form.reason.data or ""
            if contract.state is ContractStatus.DECIDING and not contract.is_legacy:
                withdraw_contract(contract, reason, by=actor(), on=on, policy=policy_for(region, on))
                return finish(_url(contract_id), _("已撤回，可以修改后再提交。"))
            void_contract(contract, reason, by=actor())
            return finish(_url(contract_id), _("合同已作废。"))
    return contract_page(_mine(contract_id), form)


@blueprint.route("/contracts/<int:contract_id>/sign", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def sign(contract_id: int) -> ResponseReturnValue:
    """Enter the signed paper: what becomes due is made."""
    region, on, form = _mine(contract_id).region_code, today(), SignForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(*_mine(contract_id).units):
                policy, number = policy_for(region, on), form.paper_number.data or ""
                sign_contract(_mine(contract_id), form.signed_on.data, number, files, by=actor(), on=on, policy=policy)
                return finish(_url(contract_id), _("合同已生效，应收已生成。"))
    contract = _mine(contract_id)
    if contract.state is not ContractStatus.AGREED:
        raise NotAgreed
    form.signed_on.data = form.signed_on.data or on
    return page("contracts/sign.html", form, contract=contract)


@blueprint.post("/contracts/<int:contract_id>/confirm")
@requires(Permission.INCOME_CHECK, proof=True)
def confirm(contract_id: int) -> ResponseReturnValue:
    """Let a contract of the past count, as a second person."""
    contract = get_contract(contract_id, actor(), _P.INCOME_CHECK)
    with transaction(*contract.units):
        confirm_legacy(get_contract(contract_id, actor(), _P.INCOME_CHECK), by=actor(), on=today())
        return finish(_url(contract_id), _("历史合同已确认，应收已生成。"))


@blueprint.post("/contracts/<int:contract_id>/refuse")
@requires(Permission.INCOME_CHECK)
def refuse(contract_id: int) -> ResponseReturnValue:
    """Give a contract of the past back to whoever entered it."""
    region, form = get_contract(contract_id, actor(), _P.INCOME_CHECK).region_code, ReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            contract = get_contract(contract_id, actor(), _P.INCOME_CHECK)
            refuse_legacy(contract, form.reason.data or "", by=actor())
            return finish(_url(contract_id), _("已退回修改。"))
    return contract_page(get_contract(contract_id, actor(), _P.INCOME_CHECK), form)


@blueprint.route("/contracts/<int:contract_id>/end", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def end(contract_id: int) -> ResponseReturnValue:
    """End a contract with its term or before it."""
    form = EndForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(*_mine(contract_id).units):
                end_contract(_mine(contract_id), form.to_facts(), files, by=actor(), on=today())
                return finish(_url(contract_id), _("合同已结束。欠款仍要收回。"))
    contract = _mine(contract_id)
    check_running(contract.state)
    dues = list_dues_of(contract_id=contract_id)
    if not form.is_submitted():
        form.ended_on.data = min(contract.ends_on, today())
    return page(
        "contracts/end.html", form, contract=contract, held_fen=deposit_held_fen(contract, dues),
        open_fen=sum(one.open_fen for one in dues if one.due_on <= today()), on=today(),
    )  # fmt: skip


@blueprint.route("/dues/<int:due_id>/result", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def result(due_id: int) -> ResponseReturnValue:
    """State what a period came to, with the operator's paper."""
    contract, form = _contract_of(_due(due_id)), ResultForm()
    region = contract.region_code
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                due = _due(due_id)
                state_result(due, _contract_of(due), form.to_result(), files, by=actor())
                return finish(_url(contract.id), _("已核定，金额计入应收。"))
    due = _due(due_id)
    contract = _contract_of(due)
    return page("contracts/result.html", form, due=due, contract=contract, share=percent(contract.share_bp))


def _due(due_id: int) -> Due:
    return get_due(due_id, actor(), _P.CONTRACT_ENTER)


def _contract_of(due: Due) -> Contract:
    if due.contract_id is None:
        raise Missing
    return _mine(due.contract_id)


@blueprint.route("/contracts/<int:contract_id>/late-fee", methods=["GET", "POST"])
@requires(Permission.CONTRACT_ENTER)
def late_fee(contract_id: int) -> ResponseReturnValue:
    """Add a fee for paying late, where the contract agrees on one."""
    region, form = _mine(contract_id).region_code, LateFeeForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            add_late_fee(_mine(contract_id), form.amount.data or 0, form.reason.data or "", by=actor(), on=today())
            return finish(_url(contract_id), _("违约金已计入应收。"))
    return page("contracts/late_fee.html", form, contract=_mine(contract_id))


@blueprint.get("/dues/<int:due_id>")
@requires(Permission.LEDGER_READ)
def due(due_id: int) -> ResponseReturnValue:
    """Show one due: what of it is whose, what has come, and its papers."""
    found = get_due(due_id, actor())
    names, assets = names_of_shares(found)
    return page(
        "contracts/due.html", names=names, assets=assets, due=found, on=today(),
        files=list_attachments("due", str(found.id)),
        contract=get_contract(found.contract_id, actor()) if found.contract_id else None,
    )  # fmt: skip


@blueprint.get("/dues/<int:due_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(due_id: int, attachment_id: int) -> Response:
    """Give out a paper on which a due rests."""
    found = get_due(due_id, actor())
    return given_out(get_attachment(attachment_id, "due", str(found.id)))
