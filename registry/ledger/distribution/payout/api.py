"""JSON resources of payout: preparing, releasing, telling results, asking households."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.ledger.distribution.payout.accounts import accounts_waiting, paid_household
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.payout.queries import (
    OrderFilter,
    find_line,
    get_order,
    list_order_lines,
    list_orders,
)
from registry.ledger.distribution.payout.rules import CheckFacts, LineUnknown, Method, OrderStatus
from registry.ledger.distribution.payout.schemas import (
    HouseholdAnswerEntry,
    HouseholdAnswerRow,
    OrderArguments,
    OrderEntry,
    OrderLinePage,
    OrderLineRow,
    OrderPage,
    OrderRow,
    ResultsEntry,
)
from registry.ledger.distribution.payout.services import cancel_order, prepare_order, release_order, send_back_order
from registry.ledger.distribution.payout.telling import note_receipt, tell_results
from registry.ledger.distribution.plans.models import PlanLine
from registry.ledger.distribution.plans.queries import get_plan
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_match, deed, done, listed, shown
from registry.rest.fields import PageArguments, Reason
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.sealing import masked_name
from registry.token_scopes import Scope

resources = Resources("payout_orders", __name__, "发放")
_P, _S = Permission, Scope


def _row(order: PayoutOrder) -> Body:
    row: Body = OrderRow().dump(order)
    return row


def _seen(order_id: int, permission: Permission) -> PayoutOrder:
    """Return an order as the caller has seen it, if they say which version that was."""
    order = get_order(order_id, actor(), permission)
    check_match(_row(order), needed=False)
    return order


def _region(order_id: int, permission: Permission) -> str:
    return get_order(order_id, actor(), permission).region_code


@resources.get("/payouts", "列发放单")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(OrderArguments, location="query")
@resources.response(200, OrderPage)
def index(args: dict[str, Any]) -> Response:
    """List the orders of a unit and below in order of entry."""
    status = OrderStatus(args["status"]) if "status" in args else None
    wanted = OrderFilter(args.get("region") or actor().unit_code, status)
    found = list_orders(wanted, actor(), after=number_after(args), limit=args["limit"])
    rows, after = cut(found, args["limit"], lambda order: order.id)
    return listed([_row(order) for order in rows], after)


@resources.get("/payouts/<int:order_id>", "读一张发放单")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.response(200, OrderRow)
def one(order_id: int) -> Response:
    """Show an order."""
    return shown(_row(get_order(order_id, actor())))


@resources.get("/payouts/<int:order_id>/lines", "列发放明细（姓名遮盖）")
@api_requires(_P.LEDGER_READ, scope=_S.DISTRIBUTION_READ)
@resources.arguments(PageArguments, location="query")
@resources.response(200, OrderLinePage)
def lines(args: dict[str, Any], order_id: int) -> Response:
    """List the lines of an order by their numbers."""
    order, limit = get_order(order_id, actor()), args["limit"]
    found = list_order_lines(order.id, after=number_after(args), limit=limit)
    rows, after = cut(found, limit, lambda pair: pair[0].serial)
    waiting = accounts_waiting(order)
    return listed([_line(line, agreed, waiting) for line, agreed in rows], after)


def _line(line: PayoutLine, agreed: PlanLine, waiting: set[int]) -> Body:
    names = ("id", "serial", "plan_line_id", "amount_fen", "withheld_fen", "status", "attempts")
    payee = masked_name(agreed.payee_name) if agreed.household_id else agreed.payee_name
    told = {name: getattr(line, name) for name in names}
    waits = paid_household(agreed) in waiting
    row: Body = OrderLineRow().dump(
        {**told, "payee_name": payee, "use": agreed.use.label, "account_change_waits": waits}
    )
    return row


@resources.post("/distribution-plans/<int:plan_id>/payouts", "做发放单")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(OrderEntry)
@resources.response(201, OrderRow)
def prepare(body: dict[str, Any], plan_id: int) -> Response:
    """Prepare an order: an instalment of some uses of an agreed plan."""
    region = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER).region_code
    with deed(region):
        plan = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER)
        order = prepare_order(
            plan, body["instalment"], body["use_ids"], Method(body["method"]), by=actor(), on=today(),
            policy=policy_for(region, today()),
        )  # fmt: skip
        return done(_row(order), 201, location=url_for("payout_orders_api.one", order_id=order.id))


@resources.post("/payouts/<int:order_id>/release", "复核发放单（第二人）")
@api_requires(_P.PAYOUT_RELEASE, scope=_S.DECISIONS_WRITE)
@resources.response(200, OrderRow)
def release(order_id: int) -> Response:
    """Release an order as a second person."""
    with deed(_region(order_id, _P.PAYOUT_RELEASE)):
        order = _seen(order_id, _P.PAYOUT_RELEASE)
        release_order(order, by=actor(), on=today())
        return done(_row(order))


@resources.post("/payouts/<int:order_id>/send-back", "退回发放单（第二人）")
@api_requires(_P.PAYOUT_RELEASE, scope=_S.DECISIONS_WRITE)
@resources.arguments(Reason)
@resources.response(200, OrderRow)
def send_back(body: dict[str, Any], order_id: int) -> Response:
    """Send an order back as a second person."""
    with deed(_region(order_id, _P.PAYOUT_RELEASE)):
        order = _seen(order_id, _P.PAYOUT_RELEASE)
        send_back_order(order, body["reason"], by=actor())
        return done(_row(order))


@resources.post("/payouts/<int:order_id>/cancel", "取消发放单")
@api_requires(_P.DISTRIBUTION_ENTER, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(Reason)
@resources.response(200, OrderRow)
def cancel(body: dict[str, Any], order_id: int) -> Response:
    """Take back an order that nobody has released."""
    with deed(_region(order_id, _P.DISTRIBUTION_ENTER)):
        order = _seen(order_id, _P.DISTRIBUTION_ENTER)
        cancel_order(order, body["reason"], by=actor())
        return done(_row(order))


@resources.post("/payouts/<int:order_id>/results", "登记发放结果，记账")
@api_requires(_P.PAYOUT_PAY, scope=_S.DECISIONS_WRITE)
@resources.arguments(ResultsEntry)
@resources.response(200, OrderRow)
def results(body: dict[str, Any], order_id: int) -> Response:
    """Write down what became of lines: all of it, or nothing."""
    with deed(_region(order_id, _P.PAYOUT_PAY)):
        order = _seen(order_id, _P.PAYOUT_PAY)
        tell_results(order, body["results"], body["happened_on"], body["source"], by=actor(), on=today())
        return done(_row(order))


@resources.post("/payouts/<int:order_id>/receipts", "登记抽查到户的答复")
@api_requires(_P.COMMENT, scope=_S.DISTRIBUTION_WRITE)
@resources.arguments(HouseholdAnswerEntry)
@resources.response(201, HouseholdAnswerRow)
def receipts(told: tuple[int, CheckFacts], order_id: int) -> Response:
    """Note what a household says it received."""
    serial, facts = told
    with deed(_region(order_id, _P.COMMENT)):
        line = find_line(get_order(order_id, actor(), _P.COMMENT).id, serial)
        if line is None:
            raise LineUnknown(field="serial", serial=serial)
        row = note_receipt(line, facts, by=actor(), on=today())
        return done(HouseholdAnswerRow().dump(row), 201)
