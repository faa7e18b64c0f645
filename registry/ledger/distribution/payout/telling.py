"""What the bank or the cashier says became of an order, and stopping a plan that was wrong."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder, PayoutResult, PayoutRound, ReceiptCheck
from registry.ledger.distribution.payout.posting import lessen_dues, post_round
from registry.ledger.distribution.payout.queries import (
    is_paid_out,
    lines_by_serial,
    list_orders_of,
    paid_by_use,
    unpaid_lines,
    uses_by_serial,
)
from registry.ledger.distribution.payout.rules import (
    AFTER,
    CheckFacts,
    LineStatus,
    OrderLine,
    OrderStatus,
    OwnOrder,
    ResultFacts,
    ResultKind,
    check_asking,
    check_pay,
    check_results,
    order_status,
)
from registry.ledger.distribution.payout.services import undo_order
from registry.ledger.distribution.plans.benefits import cease_benefits
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.returning import give_back
from registry.ledger.distribution.plans.rules import PlanStatus, check_amendable
from registry.ledger.distribution.plans.use_sums import counting_uses
from registry.ledger.distribution.plans.uses import USES
from registry.ledger.distribution.work.queries import list_work_of_uses
from registry.permissions import Actor

_SIGNS = {ResultKind.PAID: 1, ResultKind.FAILED: 0, ResultKind.RETURNED: -1}


def tell_results(
    order: PayoutOrder, results: Sequence[ResultFacts], happened_on: date, source: str, *, by: Actor, on: date
) -> PayoutRound:
    """Write down what became of lines, and post what was paid and what came back: all of it or nothing.

    Raises what check_pay and check_results raise, and what posting raises.
    """
    check_pay(order.state, by, hands=order.hands)
    lines = lines_by_serial(order.id)
    known = [OrderLine(line.serial, line.amount_fen, line.state) for line in lines.values()]
    check_results(known, results, happened_on, on)
    amounts = {kind: _sum(lines, results, kind) for kind in ResultKind}
    told = PayoutRound(
        region_code=order.region_code, order_id=order.id, happened_on=happened_on, source=source.strip(),
        paid_fen=amounts[ResultKind.PAID], returned_fen=amounts[ResultKind.RETURNED], by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(told)
    db.session.flush()
    moved = _write(told, lines, results)
    _settle(order, lines, happened_on)
    db.session.flush()
    post_round(order, told, moved, by=by, on=on)
    # What comes back of a plan that was stopped does not let it stand again.
    if order.plan.state is not PlanStatus.AMENDED:
        order.plan.status = (PlanStatus.DONE if is_paid_out(order.plan_id) else PlanStatus.PAYING).value
    record(Action.PAYOUT_TOLD, order, by=by, reason=told.source)
    return told


def _sum(lines: dict[int, PayoutLine], results: Sequence[ResultFacts], kind: ResultKind) -> int:
    return sum(lines[one.serial].amount_fen for one in results if one.kind is kind)


def _write(told: PayoutRound, lines: dict[int, PayoutLine], results: Sequence[ResultFacts]) -> dict[int, int]:
    """Write the results; returns how much money moved under each use, what came back being negative."""
    moved: dict[int, int] = defaultdict(int)
    uses = uses_by_serial(told.order_id)
    for one in results:
        line = lines[one.serial]
        line.attempts += 1
        line.status = AFTER[one.kind].value
        moved[uses[one.serial]] += _SIGNS[one.kind] * line.amount_fen
    add_many([_result(told, lines[one.serial], one) for one in results])
    return {use: fen for use, fen in moved.items() if fen}


def _result(told: PayoutRound, line: PayoutLine, one: ResultFacts) -> PayoutResult:
    return PayoutResult(
        region_code=told.region_code, line_id=line.id, round_id=told.id, number=line.attempts,
        kind=one.kind.value, amount_fen=line.amount_fen, reference=one.reference.strip(), reason=one.reason.strip(),
    )  # fmt: skip


def _settle(order: PayoutOrder, lines: dict[int, PayoutLine], happened_on: date) -> None:
    order.status = order_status(line.state for line in lines.values()).value
    order.done_on = happened_on if order.state is OrderStatus.DONE else None


def stop_plan(plan: Plan, reason: str, *, by: Actor, on: date) -> int:
    """Stop a plan that was wrong: what was not paid comes back undistributed, for another plan; returns how much (fen).

    Whoever drafted it does not stop it: the books ask for two persons. Raises NotAgreed, ReasonMissing, OwnOrder.
    """
    check_amendable(plan.state, reason)
    if by.id is None or by.id == plan.submitted_by_id:
        raise OwnOrder
    orders = list_orders_of(plan.id)
    for order in orders:
        if order.state is OrderStatus.PREPARED:
            undo_order(order, OrderStatus.CANCELLED, reason)
    plan.end_reason = reason.strip()
    total, by_order = _give_up_lines(plan)
    released = [order for order in orders if order.released_at]
    for order in released:
        order.status = OrderStatus.DONE.value
        lessen_dues(order, by_order[order.id], by=by, on=on)
    give_back(plan, total)
    _release_work(plan)
    cease_benefits(plan)
    # Nothing stands in the books of a plan of which nothing was released: it takes nothing of the income either.
    with counting_uses([plan]):
        plan.status = (PlanStatus.AMENDED if released else PlanStatus.WITHDRAWN).value
    db.session.flush()
    record(Action.PLAN_AMENDED, plan, by=by, reason=plan.end_reason)
    return total


def _give_up_lines(plan: Plan) -> tuple[int, dict[int, dict[int, int]]]:
    """Cancel every line that was not paid; returns how much is given up, and how much of it by order and use (fen)."""
    total, by_order = 0, defaultdict[int, dict[int, int]](dict)
    for agreed, line in unpaid_lines(plan.id):
        total += line.amount_fen if line is not None else agreed.amount_fen
        if line is not None:
            uses = by_order[line.order_id]
            uses[agreed.use_id] = uses.get(agreed.use_id, 0) + line.amount_fen
            line.standing_line, line.status = None, LineStatus.CANCELLED.value
    db.session.flush()
    return total, by_order


def _release_work(plan: Plan) -> None:
    """Let another plan pay for work of which nothing was paid."""
    for use in plan.uses:
        if USES[use.about].is_work and not paid_by_use(plan.id).get(use.id):
            for work in list_work_of_uses([use.id]):
                work.plan_use_id = None


def note_receipt(line: PayoutLine, facts: CheckFacts, *, by: Actor, on: date) -> ReceiptCheck:
    """Note what a household says it received. Raises what check_asking raises."""
    order = line.order
    check_asking(line.state, line.amount_fen, facts, by, hands=order.hands, on=on)
    row = ReceiptCheck(
        region_code=line.region_code, order_id=order.id, line_id=line.id, answer=facts.answer.value,
        said_fen=facts.said_fen, note=facts.note.strip(), checked_on=facts.checked_on, by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record(Action.RECEIPT_CHECKED, row, by=by, reason=row.note)
    return row
