"""Pages of earmarked money: the list of a unit with its sums, one account, what came in later."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import transaction
from registry.disposal.proceeds.ageing import roll_up, sum_of, waiting_since
from registry.disposal.proceeds.forms import OpinionForm, ReceiptForm
from registry.disposal.proceeds.kinds import Destination, Standing
from registry.disposal.proceeds.models import Proceeds, ProceedsReceiptDraft
from registry.disposal.proceeds.queries import (
    PAGE_ROWS,
    Wanted,
    get_draft,
    get_proceeds,
    list_proceeds,
    region_of_proceeds,
    sold_in,
)
from registry.disposal.proceeds.services import enter_receipt, refuse_receipt, take_receipt
from registry.disposal.proceeds.showing import shown
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.ledger.operation.receipts.showing import units_below
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import Level, is_code, level_of
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("proceeds", __name__)
_P = Permission
DRAFT = ProceedsReceiptDraft.__tablename__


def url(proceeds_id: int) -> str:
    """Return the address of an account."""
    return url_for("proceeds.show", proceeds_id=proceeds_id)


def _region() -> str:
    region = request.args.get("region") or actor().unit_code
    if not (is_code(region) and may(actor(), _P.LEDGER_READ, region)):
        raise Missing
    return region


@blueprint.get("/proceeds")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the accounts of a unit and below with balance and age, and roll them up by the units below it."""
    region, on, chosen = _region(), today(), request.args.get("show", "")
    standing = Standing(chosen) if chosen in set(Standing) else None
    whose = request.args.get("destination", "")
    destination = Destination(whose) if whose in set(Destination) else None
    before = row_number("before") or None
    rows = list_proceeds(Wanted(region, standing, destination), actor(), on, before=before)
    accounts = rows[:PAGE_ROWS]
    return page(
        "proceeds/index.html", rows=accounts, more=len(rows) > PAGE_ROWS, region=region, standing=standing,
        destination=destination, standings=Standing, destinations=Destination, on=on,
        since=waiting_since([account.id for account, _case in accounts]),
        sold=sold_in([case.id for _account, case in accounts]),
        total=sum_of(region, actor(), on), below=roll_up(region, actor(), on) if _has_below(region) else [],
        units=units_below(region, actor(), _P.LEDGER_READ),
    )  # fmt: skip


def _has_below(region: str) -> bool:
    return level_of(region) is not Level.VILLAGE


@blueprint.get("/proceeds/<int:proceeds_id>")
@requires(Permission.LEDGER_READ)
def show(proceeds_id: int) -> ResponseReturnValue:
    """Show one account: what is due, what came in, for what it was used, what is left and for how long."""
    account, on = get_proceeds(proceeds_id, actor()), today()
    enters = may(actor(), _P.DISPOSAL_ENTER, account.region_code)
    return page("proceeds/show.html", account=account, shown=shown(account, on), enters=enters, on=on)


@blueprint.route("/proceeds/<int:proceeds_id>/receipts/new", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def receive(proceeds_id: int) -> ResponseReturnValue:
    """Enter money of the price that came in."""
    region, on, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), today(), ReceiptForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                account = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER)
                draft = enter_receipt(account, form.to_arrival(), files, by=actor(), on=on)
                return finish(_draft_url(proceeds_id, draft.id), _("已登记，等另一个人核对。"))
    told = shown(get_proceeds(proceeds_id, actor(), _P.DISPOSAL_ENTER), on)
    if not form.is_submitted():
        form.amount.data, form.received_on.data = max(told.to_receive_fen, 0) or None, on
    return page("proceeds/receive.html", form, shown=told, account=told.account)


def _draft_url(proceeds_id: int, draft_id: int) -> str:
    return url_for("proceeds.receipt", proceeds_id=proceeds_id, draft_id=draft_id)


@blueprint.get("/proceeds/<int:proceeds_id>/receipts/<int:draft_id>")
@requires(Permission.LEDGER_READ)
def receipt(proceeds_id: int, draft_id: int) -> ResponseReturnValue:
    """Show what was entered as come in, for the second person to look at."""
    account = get_proceeds(proceeds_id, actor())
    return _receipt(account, get_draft(draft_id, account))


def _receipt(account: Proceeds, draft: ProceedsReceiptDraft, form: BaseForm | None = None) -> ResponseReturnValue:
    second = may(actor(), _P.DISPOSAL_CARRY_OUT, account.region_code) and actor().id != draft.entered_by_id
    return page(
        "proceeds/receipt.html", form, account=account, draft=draft, shown=shown(account, today()),
        files=list_attachments(DRAFT, str(draft.id)), act=form if isinstance(form, ActForm) else ActForm(formdata=None),
        refusal=form if isinstance(form, OpinionForm) else OpinionForm(formdata=None),
        may_answer=second and draft.status == "WAITING",
    )  # fmt: skip


def _second(proceeds_id: int, draft_id: int) -> tuple[Proceeds, ProceedsReceiptDraft]:
    account = get_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT)
    return account, get_draft(draft_id, account)


@blueprint.post("/proceeds/<int:proceeds_id>/receipts/<int:draft_id>/take")
@requires(Permission.DISPOSAL_CARRY_OUT, proof=True)
def take(proceeds_id: int, draft_id: int) -> ResponseReturnValue:
    """Take in what was entered, as a second person."""
    region, on, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), today(), ActForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            account, draft = _second(proceeds_id, draft_id)
            take_receipt(draft, account, by=actor(), on=on, policy=policy_for(region, on))
            return finish(url(proceeds_id), _("已核对到账，记入账簿。"))
    return _receipt(*_second(proceeds_id, draft_id), form)


@blueprint.post("/proceeds/<int:proceeds_id>/receipts/<int:draft_id>/refuse")
@requires(Permission.DISPOSAL_CARRY_OUT)
def refuse_entry(proceeds_id: int, draft_id: int) -> ResponseReturnValue:
    """Refuse what was entered, as a second person."""
    region, form = region_of_proceeds(proceeds_id, actor(), _P.DISPOSAL_CARRY_OUT), OpinionForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            _account, draft = _second(proceeds_id, draft_id)
            refuse_receipt(draft, form.opinion.data or "", by=actor())
            return finish(url(proceeds_id), _("已退回，请登记人核实后重新登记。"))
    return _receipt(*_second(proceeds_id, draft_id), form)


@blueprint.get("/proceeds/<int:proceeds_id>/receipts/<int:draft_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def receipt_file(proceeds_id: int, draft_id: int, attachment_id: int) -> Response:
    """Give out a bank slip of money that came in."""
    draft = get_draft(draft_id, get_proceeds(proceeds_id, actor()))
    return given_out(get_attachment(attachment_id, DRAFT, str(draft.id)))
