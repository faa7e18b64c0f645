"""Preparing, releasing, sending back and cancelling orders: two persons before any money moves."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutDue, PayoutLine, PayoutOrder
from registry.ledger.distribution.payout.posting import post_due, post_fund
from registry.ledger.distribution.payout.queries import (
    all_order_lines,
    lines_by_serial,
    list_orders_of,
    list_unordered,
    next_number,
)
from registry.ledger.distribution.payout.rules import (
    LineStatus,
    Method,
    NothingToPay,
    NotPrepared,
    OrderStatus,
    PlanNotPayable,
    ReasonMissing,
    check_release,
)
from registry.ledger.distribution.payout.stopping import stopped_since
from registry.ledger.distribution.plans.carrying import carry_out
from registry.ledger.distribution.plans.gathering import frozen_inputs
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.ledger.distribution.plans.returning import give_back
from registry.ledger.distribution.plans.rules import PAYABLE, PlanStatus
from registry.permissions import Actor
from registry.policy.rules import Policy


def prepare_order(
    plan: Plan, instalment: int, use_ids: Collection[int], method: Method, *, by: Actor, on: date, policy: Policy
) -> PayoutOrder:
    """Put agreed lines that stand in no order into one, as the roll of today has them; the first carries the plan out.

    Raises PlanNotPayable, NothingToPay, and what carry_out raises.
    """
    if plan.state not in PAYABLE:
        raise PlanNotPayable
    agreed = plan.state is PlanStatus.AGREED
    inputs = carry_out(plan, by=by, on=on, policy=policy) if agreed else frozen_inputs(plan)
    lines = list_unordered(plan.id, instalment, use_ids)
    if not lines:
        raise NothingToPay(field="uses")
    stopped = stopped_since(plan, inputs, lines)
    withheld = sum(stopped.values())
    order = PayoutOrder(
        region_code=plan.region_code, number=next_number(plan.region_code, on.year), plan_id=plan.id,
        instalment=instalment, method=method.value, status=OrderStatus.PREPARED.value, withheld_fen=withheld,
        total_fen=sum(line.amount_fen for line in lines) - withheld, prepared_by_id=by.id,
        prepared_by_text=signature(by), prepared_at=now(),
    )  # fmt: skip
    db.session.add(order)
    db.session.flush()
    _add_lines(order, lines, stopped)
    record(Action.PAYOUT_PREPARED, order, by=by)
    return order


def _add_lines(order: PayoutOrder, lines: Sequence[PlanLine], stopped: dict[int, int]) -> None:
    add_many([_line(order, serial, line, stopped.get(line.id, 0)) for serial, line in enumerate(lines, 1)])


def _line(order: PayoutOrder, serial: int, agreed: PlanLine, withheld_fen: int) -> PayoutLine:
    status = LineStatus.WAITING if agreed.amount_fen > withheld_fen else LineStatus.WITHHELD
    return PayoutLine(
        region_code=order.region_code, order_id=order.id, plan_line_id=agreed.id, standing_line=agreed.id,
        serial=serial, amount_fen=agreed.amount_fen - withheld_fen, withheld_fen=withheld_fen, status=status.value,
    )  # fmt: skip


def release_order(order: PayoutOrder, *, by: Actor, on: date) -> None:
    """Release an order as a second person: what it owes is posted, the first of a plan posts the fund too.

    Raises NotPrepared, OwnOrder, PlanNotPayable, and what posting raises.
    """
    check_release(order.state, by, prepared_by_id=order.prepared_by_id)
    if order.plan.state not in PAYABLE:
        raise PlanNotPayable
    if not any(other.released_at for other in list_orders_of(order.plan_id)):
        post_fund(order.plan, made_by=order.maker, by=by, on=on)
    if order.withheld_fen:
        give_back(order.plan, order.withheld_fen)
    _owe(order, by, on)
    order.status = OrderStatus.RELEASED.value if order.total_fen else OrderStatus.DONE.value
    order.released_by_id, order.released_by_text, order.released_at = by.id, signature(by), now()
    record(Action.PAYOUT_RELEASED, order, by=by)


def _owe(order: PayoutOrder, by: Actor, on: date) -> None:
    """Post what the order owes of each use."""
    amounts: dict[int, int] = defaultdict(int)
    for line, agreed in all_order_lines(order.id):
        amounts[agreed.use_id] += line.amount_fen
    for use_id, fen in sorted(amounts.items()):
        if fen:
            due = PayoutDue(region_code=order.region_code, order_id=order.id, use_id=use_id, amount_fen=fen)
            db.session.add(due)
            db.session.flush()
            post_due(due, order, by=by, on=on)


def send_back_order(order: PayoutOrder, reason: str, *, by: Actor) -> None:
    """Send an order back as a second person; its lines may be ordered again. Raises NotPrepared, OwnOrder."""
    check_release(order.state, by, prepared_by_id=order.prepared_by_id)
    undo_order(order, OrderStatus.SENT_BACK, reason)
    record(Action.PAYOUT_SENT_BACK, order, by=by, reason=order.reason)


def cancel_order(order: PayoutOrder, reason: str, *, by: Actor) -> None:
    """Take back an order that nobody has released yet. Raises NotPrepared, ReasonMissing."""
    if order.state is not OrderStatus.PREPARED:
        raise NotPrepared
    undo_order(order, OrderStatus.CANCELLED, reason)
    record(Action.PAYOUT_CANCELLED, order, by=by, reason=order.reason)


def undo_order(order: PayoutOrder, status: OrderStatus, reason: str) -> None:
    """Let the lines of an order that nobody released be ordered again; the caller records. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    order.status, order.reason = status.value, reason.strip()
    for line in lines_by_serial(order.id).values():
        line.standing_line, line.status = None, LineStatus.CANCELLED.value
    db.session.flush()
