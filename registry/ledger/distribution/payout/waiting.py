"""What waits of orders of payment: to be released by a second person, to be paid by the cashier."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from registry.counting import count_up_to
from registry.database import db
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.payout.rules import PAYABLE, UNPAID, OrderStatus
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

_PAYABLE = sorted(status.value for status in PAYABLE)
_UNPAID = sorted(status.value for status in UNPAID)


def sums_to_pay(region_code: str, actor: Actor) -> dict[OrderStatus, tuple[int, int]]:
    """Return how many orders of a unit and below are to be paid or being paid, and how much (fen), by status."""
    statuses = (OrderStatus.RELEASED.value, OrderStatus.PAYING.value)
    rows = select(PayoutOrder.status, func.count(), func.sum(PayoutOrder.total_fen)).where(
        within(PayoutOrder, actor, Permission.LEDGER_READ),
        PayoutOrder.region_code.between(*code_range(region_code)),
        PayoutOrder.status.in_(statuses),
    )
    found = db.session.execute(rows.group_by(PayoutOrder.status))
    return {OrderStatus(status): (int(count), int(fen)) for status, count, fen in found}


def _to_release(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        within(PayoutOrder, actor, Permission.PAYOUT_RELEASE),
        PayoutOrder.status == OrderStatus.PREPARED.value,
        PayoutOrder.prepared_by_id != actor.id,
    )


def list_to_release(actor: Actor, limit: int) -> list[PayoutOrder]:
    """Return orders that this person may release, the oldest first."""
    return list(
        db.session.scalars(select(PayoutOrder).where(*_to_release(actor)).order_by(PayoutOrder.id).limit(limit))
    )


def count_to_release(actor: Actor, most: int) -> int:
    """Return how many orders this person may release, counting up to a number."""
    return count_up_to(select(PayoutOrder.id).where(*_to_release(actor)), most)


def _to_pay(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        within(PayoutOrder, actor, Permission.PAYOUT_PAY),
        PayoutOrder.status.in_(_PAYABLE),
        PayoutOrder.released_by_id != actor.id,
        PayoutOrder.prepared_by_id.is_distinct_from(actor.id),
    )


def list_to_pay(actor: Actor, limit: int) -> list[PayoutOrder]:
    """Return orders that this person has to pay, the oldest first."""
    return list(db.session.scalars(select(PayoutOrder).where(*_to_pay(actor)).order_by(PayoutOrder.id).limit(limit)))


def still_to_pay(order_ids: Collection[int]) -> dict[int, int]:
    """Return how much of each of these orders is still to be paid (fen)."""
    rows = select(PayoutLine.order_id, func.sum(PayoutLine.amount_fen)).where(
        PayoutLine.order_id.in_(order_ids), PayoutLine.status.in_(_UNPAID)
    )
    return {order: int(fen) for order, fen in db.session.execute(rows.group_by(PayoutLine.order_id))}


def count_to_pay(actor: Actor, most: int) -> int:
    """Return how many orders this person has to pay, counting up to a number."""
    return count_up_to(select(PayoutOrder.id).where(*_to_pay(actor)), most)
