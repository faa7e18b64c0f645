"""Pages on which results are told: the bank's file, cash by hand, one line; and households asked by sample."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.uploads import FileMissing
from registry.ledger.distribution.payout.files import read_results
from registry.ledger.distribution.payout.forms import PaidForm, ReceiptForm, ResultForm, ResultsForm
from registry.ledger.distribution.payout.posting import vouchers_behind
from registry.ledger.distribution.payout.queries import (
    all_order_lines,
    find_line,
    find_standing_line,
    get_order,
    get_payout_line,
    lines_by_serial,
    list_checks,
    list_results,
    paid_serials,
)
from registry.ledger.distribution.payout.rules import NEXT, LineUnknown, sample
from registry.ledger.distribution.payout.showing import may_tell, results_by_hand
from registry.ledger.distribution.payout.telling import note_receipt, tell_results
from registry.ledger.distribution.plans.chain import chain_of
from registry.ledger.distribution.plans.queries import get_line, get_plan
from registry.permissions import Permission, may
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.web import BaseForm, actor, finish, page, requires

blueprint = Blueprint("payout_results", __name__)
_P = Permission
_PAY = Permission.PAYOUT_PAY


def _back(order_id: int) -> str:
    return url_for("payouts.show", order_id=order_id)


@blueprint.get("/payouts/<int:order_id>/results")
@requires(Permission.PAYOUT_PAY)
def tell(order_id: int) -> ResponseReturnValue:
    """Choose how results are told."""
    return _ways(order_id)


def _ways(order_id: int, form: BaseForm | None = None) -> ResponseReturnValue:
    by_file = form if isinstance(form, ResultsForm) else ResultsForm(formdata=None, happened_on=today())
    by_hand = form if isinstance(form, PaidForm) else PaidForm(formdata=None, happened_on=today())
    order = get_order(order_id, actor(), _PAY)
    return page("payouts/results.html", form, order=order, by_file=by_file, by_hand=by_hand)


@blueprint.post("/payouts/<int:order_id>/results/file")
@requires(Permission.PAYOUT_PAY, proof=True)
def from_file(order_id: int) -> ResponseReturnValue:
    """Take in the bank's answers: all of them, or none."""
    region, form = get_order(order_id, actor(), _PAY).region_code, ResultsForm()
    if form.validate_on_submit():
        with form.guard():
            if not form.file.data:
                raise FileMissing(field="file")
            results = read_results(form.file.data.stream.read(), form.file.data.filename or "")
            with transaction(region):
                order = get_order(order_id, actor(), _PAY)
                tell_results(order, results, form.happened_on.data, form.source.data, by=actor(), on=today())
                return finish(_back(order_id), _("已登记 %(n)s 行结果。", n=len(results)))
    return _ways(order_id, form)


@blueprint.post("/payouts/<int:order_id>/results/hand")
@requires(Permission.PAYOUT_PAY, proof=True)
def by_hand(order_id: int) -> ResponseReturnValue:
    """Note that all that waited were paid, but for some."""
    region, form = get_order(order_id, actor(), _PAY).region_code, PaidForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            order = get_order(order_id, actor(), _PAY)
            lines = lines_by_serial(order.id)
            results = results_by_hand(lines.values(), form.serials.data or "", form.reason.data or "")
            tell_results(order, results, form.happened_on.data, form.source.data, by=actor(), on=today())
            return finish(_back(order_id), _("已登记 %(n)s 行结果。", n=len(results)))
    return _ways(order_id, form)


@blueprint.get("/distributions/lines/<int:line_id>")
@requires(Permission.LEDGER_READ)
def agreed(line_id: int) -> ResponseReturnValue:
    """Show one agreed line: whose, how much, where the money comes from, and whether it was paid."""
    row = get_line(line_id, actor())
    plan, payment = get_plan(row.plan_id, actor()), find_standing_line(row.id)
    return page("distributions/line.html", line=row, plan=plan, payment=payment, chain=chain_of(row))


@blueprint.get("/payouts/lines/<int:line_id>")
@requires(Permission.LEDGER_READ)
def line(line_id: int) -> ResponseReturnValue:
    """Show one payment: from the household back to plan, contract, asset and receipts."""
    return _line(line_id)


def _line(line_id: int, form: BaseForm | None = None) -> ResponseReturnValue:
    row = get_payout_line(line_id, actor())
    told = form if isinstance(form, ResultForm) else ResultForm(formdata=None, happened_on=today())
    return page(
        "payouts/line.html", form, line=row, agreed=row.agreed, order=row.order, results=list_results(row.id),
        chain=chain_of(row.agreed), vouchers=vouchers_behind(row), told=told,
        may_pay=may_tell(row.order, actor()) and bool(NEXT[row.state]),
    )  # fmt: skip


@blueprint.post("/payouts/lines/<int:line_id>/result")
@requires(Permission.PAYOUT_PAY, proof=True)
def one(line_id: int) -> ResponseReturnValue:
    """Tell what became of one line: paid at the second try, or come back."""
    region, form = get_payout_line(line_id, actor(), _PAY).region_code, ResultForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = get_payout_line(line_id, actor(), _PAY)
            facts, source = form.to_facts(row.serial), _("第 %(n)s 号单独登记", n=row.serial)
            tell_results(row.order, [facts], form.happened_on.data, source, by=actor(), on=today())
            return finish(url_for("payout_results.line", line_id=line_id), _("已登记。"))
    return _line(line_id, form)


@blueprint.route("/payouts/<int:order_id>/receipts", methods=["GET", "POST"])
@requires(Permission.COMMENT)
def receipts(order_id: int) -> ResponseReturnValue:
    """Ask households drawn by lot whether they received what the sheet says."""
    order, form = get_order(order_id, actor()), ReceiptForm()
    region = order.region_code
    if not may(actor(), _P.COMMENT, region):
        raise Missing
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = find_line(get_order(order_id, actor()).id, form.serial.data)
            if row is None:
                raise LineUnknown(field="serial", serial=form.serial.data)
            note_receipt(row, form.to_facts(row.amount_fen), by=actor(), on=today())
            return finish(url_for("payout_results.receipts", order_id=order_id), _("已记下。"))
    if not form.is_submitted():
        form.checked_on.data = today()
    order = get_order(order_id, actor())
    percent = policy_for(region, today()).number(Parameter.RECEIPT_SAMPLE_PERCENT)
    drawn = frozenset(sample(paid_serials(order.id), percent, order.number))
    rows = [(one, agreed) for one, agreed in all_order_lines(order.id) if one.serial in drawn]
    return page("payouts/receipts.html", form, order=order, rows=rows, checks=list_checks(order.id))
