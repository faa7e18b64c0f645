"""Pages of arrears: the list by classes of lateness, one overdue due with its demands and cases."""

from datetime import timedelta

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import db, transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.ledger.operation.arrears.forms import DemandForm, WriteOffForm
from registry.ledger.operation.arrears.models import DemandLetter
from registry.ledger.operation.arrears.queries import (
    PAGE_ROWS,
    ArrearsFilter,
    find_waiting,
    get_all_overdue,
    get_overdue,
    get_write_off,
    list_beside,
    list_demands,
    list_given_up,
    list_overdue,
    list_together,
    list_write_offs,
    sums_by_class,
)
from registry.ledger.operation.arrears.rules import days_late
from registry.ledger.operation.arrears.services import note_demands, propose_write_off
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import ArrearsClass, arrears_class
from registry.ledger.operation.periods import parse_place, write_place
from registry.ledger.operation.receipts.entered import entered_for
from registry.ledger.operation.receipts.held import held_fen
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.showing import assets_of_due, units_below
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import is_code
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("arrears", __name__)
_P = Permission
#: What a form suggests as a reasonable period to pay.
DAYS_TO_PAY = timedelta(days=15)


@blueprint.get("/income/arrears")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List what is overdue in a unit, the longest first, with counts and sums by class of lateness."""
    args, region, on = request.args, request.args.get("region") or actor().unit_code, today()
    if not (is_code(region) and may(actor(), _P.LEDGER_READ, region)):
        raise Missing
    policy = policy_for(region, on)
    chosen = ArrearsClass(args["class"]) if args.get("class", "") in set(ArrearsClass) else None
    rows = list_overdue(ArrearsFilter(region, chosen), actor(), on, policy, after=parse_place(args.get("after", "")))
    shown = rows[:PAGE_ROWS]
    return page(
        "arrears/index.html",
        rows=[(due, arrears_class(due.due_on, on, policy), days_late(due.due_on, on)) for due in shown],
        demands=list_demands([due.id for due in shown]),
        entered=entered_for(shown),
        given_up=list_given_up([due.id for due in shown]),
        next_place=write_place(shown[-1].due_on, shown[-1].id) if len(rows) > PAGE_ROWS else "",
        sums=sums_by_class(region, actor(), on, policy),
        region=region,
        chosen=chosen,
        units=units_below(region, actor(), _P.LEDGER_READ),
    )


@blueprint.get("/income/arrears/<int:due_id>")
@requires(Permission.LEDGER_READ)
def show(due_id: int) -> ResponseReturnValue:
    """Show one due: what is owed, how it was demanded, what is held as deposit, the cases about it."""
    return _shown(get_overdue(due_id, actor(), _P.LEDGER_READ))


def _shown(due: Due, form: BaseForm | None = None) -> ResponseReturnValue:
    on, demands = today(), list_demands([due.id]).get(due.id, [])
    may_enter = may(actor(), _P.INCOME_ENTER, due.region_code) and bool(due.open_fen) and due.due_on < on
    together = list_together(due, on) if may_enter else []
    blank = DemandForm(formdata=None, sent_on=on, pay_by=on + DAYS_TO_PAY, due_ids=[one.id for one in together])
    asked = form if isinstance(form, DemandForm) else blank
    asked.offer(together)
    held = held_fen(due.contract_id, IncomeKind.DEPOSIT_RETURNED) if due.contract_id is not None else 0
    return page(
        "arrears/due.html",
        form,
        due=due,
        late=days_late(due.due_on, on),
        late_class=arrears_class(due.due_on, on, policy_for(due.region_code, on)),
        assets=assets_of_due(due.id),
        demands=[(one, list_attachments("demand_letter", str(one.id))) for one in demands],
        cases=list_write_offs(due.id),
        held=held,
        entered_fen=entered_for([due]).get(due.id, 0),
        beside=list_beside(due, on),
        demand=asked,
        write_off=form if isinstance(form, WriteOffForm) else WriteOffForm(formdata=None, amount=due.open_fen),
        together={one.id: one for one in together},
        may_demand=may_enter,
        may_propose=may_enter and bool(demands) and find_waiting(due.id) is None,
    )


@blueprint.post("/income/arrears/<int:due_id>/demand")
@requires(Permission.INCOME_ENTER)
def demand(due_id: int) -> ResponseReturnValue:
    """Note that an overdue due was demanded, and what else the same letter demanded."""
    due, form = get_overdue(due_id, actor(), _P.INCOME_ENTER), DemandForm()
    region = due.region_code
    form.offer(list_together(due, today()))
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                told = form.to_demand()
                dues = get_all_overdue(told.due_ids, actor(), _P.INCOME_ENTER)
                note_demands(dues, told, files, by=actor(), on=today())
                said = _("已登记催缴。") if len(dues) == 1 else _("已登记催缴，共 %(n)s 笔。", n=len(dues))
                return finish(url_for("arrears.show", due_id=due_id), said)
    return _shown(get_overdue(due_id, actor(), _P.INCOME_ENTER), form)


@blueprint.post("/income/arrears/<int:due_id>/write-off")
@requires(Permission.INCOME_ENTER)
def write_off(due_id: int) -> ResponseReturnValue:
    """Ask for an overdue due to be given up."""
    region, form = get_overdue(due_id, actor(), _P.INCOME_ENTER).region_code, WriteOffForm()
    if form.validate_on_submit():
        with form.guard():
            files = taken_in(form.file)
            with transaction(region):
                due, policy = get_overdue(due_id, actor(), _P.INCOME_ENTER), policy_for(region, today())
                propose_write_off(due, form.to_facts(), files, by=actor(), on=today(), policy=policy)
                return finish(url_for("arrears.show", due_id=due_id), _("已提交核销申请，等审批。"))
    return _shown(get_overdue(due_id, actor(), _P.INCOME_ENTER), form)


@blueprint.get("/income/arrears/<int:due_id>/demands/<int:letter_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def file(due_id: int, letter_id: int, attachment_id: int) -> Response:
    """Give out a letter or receipt of a demand."""
    due, letter = get_overdue(due_id, actor(), _P.LEDGER_READ), db.session.get(DemandLetter, letter_id)
    if letter is None or letter.due_id != due.id:
        raise Missing
    return given_out(get_attachment(attachment_id, "demand_letter", str(letter.id)))


@blueprint.get("/income/write-offs/<int:write_off_id>/files/<int:attachment_id>")
@requires(Permission.LEDGER_READ)
def proof(write_off_id: int, attachment_id: int) -> Response:
    """Give out a paper of a case."""
    case = get_write_off(write_off_id, actor())
    return given_out(get_attachment(attachment_id, "write_off", str(case.id)))
