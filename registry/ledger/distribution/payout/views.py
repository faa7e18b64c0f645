"""Pages of payout: the list, preparing an order, one order, release, the file for the bank, stopping a plan."""

from io import BytesIO

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.sheets.exporting import MEDIA_TYPES, ExportForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.ledger.distribution.payout.accounts import accounts_waiting, paid_household
from registry.ledger.distribution.payout.files import bank_file
from registry.ledger.distribution.payout.forms import FileForm, OrderReasonForm, PrepareForm, ReleaseForm
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.ledger.distribution.payout.queries import (
    LINE_ROWS,
    PAGE_ROWS,
    OrderFilter,
    count_lines,
    get_order,
    last_told,
    list_checks,
    list_newest_orders,
    list_order_lines,
    list_orders_of,
    list_rounds,
)
from registry.ledger.distribution.payout.rules import PAYABLE, LineStatus, Method, OrderStatus
from registry.ledger.distribution.payout.services import (
    cancel_order,
    prepare_order,
    release_order,
    send_back_order,
)
from registry.ledger.distribution.payout.showing import may_tell, offered_uses, results_of
from registry.ledger.distribution.payout.telling import stop_plan
from registry.ledger.distribution.plans.gathering import instalments_of
from registry.ledger.distribution.plans.queries import get_plan
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.web import BaseForm, actor, finish, page, requires, row_number

blueprint = Blueprint("payouts", __name__)
_P = Permission


def order_url(order_id: int) -> str:
    """Return the address of an order."""
    return url_for("payouts.show", order_id=order_id)


@blueprint.get("/payouts")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the orders of a unit and below."""
    args, region = request.args, request.args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    status = OrderStatus(args["status"]) if args.get("status", "") in set(OrderStatus) else None
    wanted = OrderFilter(region, status)
    rows = list_newest_orders(wanted, actor(), before=row_number("before"))
    return page(
        "payouts/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, wanted=wanted, statuses=OrderStatus
    )


@blueprint.get("/distributions/<int:plan_id>/payouts")
@requires(Permission.LEDGER_READ)
def of_plan(plan_id: int) -> ResponseReturnValue:
    """List the orders of one plan."""
    plan = get_plan(plan_id, actor())
    return page("payouts/of_plan.html", plan=plan, rows=list_orders_of(plan.id), results=results_of(plan))


@blueprint.route("/distributions/<int:plan_id>/payout", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def prepare(plan_id: int) -> ResponseReturnValue:
    """Prepare an order: an instalment of some uses of an agreed plan."""
    plan, form = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), PrepareForm()
    region, offered = plan.region_code, offered_uses(plan)
    form.offer([one.number for one in instalments_of(plan)], offered)
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            order = prepare_order(
                get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), form.instalment.data, form.uses.data,
                Method(form.method.data), by=actor(), on=today(), policy=policy_for(region, today()),
            )  # fmt: skip
            return finish(order_url(order.id), _("发放单已做好，等第二个人复核。"))
    if not form.is_submitted():
        form.uses.data = [key for key, _label in offered]
    return page("payouts/prepare.html", form, plan=get_plan(plan_id, actor()), offered=offered)


@blueprint.get("/payouts/<int:order_id>")
@requires(Permission.LEDGER_READ)
def show(order_id: int) -> ResponseReturnValue:
    """Show an order with its lines and what may be done about it."""
    return _shown(get_order(order_id, actor()))


def _shown(order: PayoutOrder, form: BaseForm | None = None) -> ResponseReturnValue:
    """Draw the page; the form that was refused stands in for its blank one."""
    me, region, args = actor(), order.region_code, request.args
    status = LineStatus(args["status"]) if args.get("status", "") in set(LineStatus) else None
    lines = list_order_lines(order.id, status, after=row_number("after"))
    waits, waiting = order.state is OrderStatus.PREPARED, accounts_waiting(order)
    return page(
        "payouts/order.html", form, order=order, lines=lines[:LINE_ROWS], more=len(lines) > LINE_ROWS, chosen=status,
        counts=count_lines(order.id), rounds=list_rounds(order.id), checks=list_checks(order.id),
        waiting=waiting, marked={line.id for line, agreed in lines if paid_household(agreed) in waiting},
        told=last_told([line.id for line, _agreed in lines]),
        release=form if isinstance(form, ReleaseForm) else ReleaseForm(formdata=None),
        cancel=form if isinstance(form, OrderReasonForm) else OrderReasonForm(formdata=None),
        export=form if isinstance(form, FileForm) else FileForm(formdata=None),
        may_release=waits and may(me, _P.PAYOUT_RELEASE, region) and me.id != order.prepared_by_id,
        may_cancel=waits and may(me, _P.DISTRIBUTION_ENTER, region),
        may_pay=order.state in PAYABLE and may_tell(order, me),
        may_ask=bool(order.released_at) and may(me, _P.COMMENT, region), statuses=LineStatus, on=today(),
    )  # fmt: skip


@blueprint.post("/payouts/<int:order_id>/release")
@requires(Permission.PAYOUT_RELEASE, proof=True)
def release(order_id: int) -> ResponseReturnValue:
    """Release an order as a second person, or send it back."""
    region, form = get_order(order_id, actor(), _P.PAYOUT_RELEASE).region_code, ReleaseForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            order = get_order(order_id, actor(), _P.PAYOUT_RELEASE)
            if form.answer.data == "release":
                release_order(order, by=actor(), on=today())
                return finish(order_url(order_id), _("已复核，可以发放。"))
            send_back_order(order, form.reason.data or "", by=actor())
            return finish(order_url(order_id), _("已退回，制单人可以重新做单。"))
    return _shown(get_order(order_id, actor()), form)


@blueprint.post("/payouts/<int:order_id>/cancel")
@requires(Permission.DISTRIBUTION_ENTER)
def cancel(order_id: int) -> ResponseReturnValue:
    """Take back an order that nobody has released."""
    region, form = get_order(order_id, actor(), _P.DISTRIBUTION_ENTER).region_code, OrderReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            cancel_order(get_order(order_id, actor(), _P.DISTRIBUTION_ENTER), form.reason.data or "", by=actor())
            return finish(order_url(order_id), _("已取消。"))
    return _shown(get_order(order_id, actor()), form)


@blueprint.post("/payouts/<int:order_id>/file")
@requires(Permission.PAYOUT_PAY, proof=True)
def file(order_id: int) -> ResponseReturnValue:
    """Give out the file for the bank; whoever takes accounts out says what for."""
    region, form = get_order(order_id, actor(), _P.PAYOUT_PAY).region_code, FileForm()
    if form.validate_on_submit():
        with form.guard():
            kind = ExportForm(form.file_format.data)
            with transaction(region):
                order = get_order(order_id, actor(), _P.PAYOUT_PAY)
                data, name = bank_file(order, kind, form.reason.data or "", by=actor()), order.number
            return send_file(
                BytesIO(data), mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=f"{name}.{kind.value}"
            )
    return _shown(get_order(order_id, actor()), form)


@blueprint.route("/distributions/<int:plan_id>/stop", methods=["GET", "POST"])
@requires(Permission.PAYOUT_RELEASE, proof=True)
def stop(plan_id: int) -> ResponseReturnValue:
    """Stop a plan that was wrong: what was not paid comes back undistributed, for another plan."""
    region, form = get_plan(plan_id, actor(), _P.PAYOUT_RELEASE).region_code, OrderReasonForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            plan = get_plan(plan_id, actor(), _P.PAYOUT_RELEASE)
            stop_plan(plan, form.reason.data or "", by=actor(), on=today())
            address = url_for("distributions.show", plan_id=plan_id)
            return finish(address, _("方案已停止，没有发出的钱已退回待分配。"))
    return page("payouts/stop.html", form, plan=get_plan(plan_id, actor()))
