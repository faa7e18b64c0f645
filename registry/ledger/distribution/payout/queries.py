"""Questions about payout: orders, their lines, what the bank said, who was asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.payout.models import (
    PayoutDue,
    PayoutLine,
    PayoutOrder,
    PayoutResult,
    PayoutRound,
    ReceiptCheck,
)
from registry.ledger.distribution.payout.rules import UNPAID, LineStatus, OrderStatus, ResultKind
from registry.ledger.distribution.plans.models import Plan, PlanLine
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS, LINE_ROWS = 20, 50
_UNPAID = sorted(status.value for status in UNPAID)


@dataclass(frozen=True)
class OrderFilter:
    """Which orders a list shows: of a unit and below, of one status if it is named."""

    region_code: str
    status: OrderStatus | None = None


def get_order(order_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> PayoutOrder:
    """Return an order within the actor's reach; raises Missing."""
    rows = select(PayoutOrder).where(PayoutOrder.id == order_id, within(PayoutOrder, actor, permission))
    order = db.session.scalar(rows)
    if order is None:
        raise Missing
    return order


def list_orders(wanted: OrderFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[PayoutOrder]:
    """Return orders in order of entry; one more than a page to show that there are more."""
    rows = _orders(wanted, actor).where(PayoutOrder.id > after)
    return list(db.session.scalars(rows.order_by(PayoutOrder.id).limit(limit + 1)))


def list_newest_orders(wanted: OrderFilter, actor: Actor, *, before: int = 0) -> list[PayoutOrder]:
    """Return a page of orders, the newest first, from before one of them on (0: from the first); one more."""
    rows = _orders(wanted, actor)
    rows = rows.where(PayoutOrder.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(PayoutOrder.id.desc()).limit(PAGE_ROWS + 1)))


def _orders(wanted: OrderFilter, actor: Actor) -> Select[PayoutOrder]:
    rows = select(PayoutOrder).where(
        within(PayoutOrder, actor, Permission.LEDGER_READ),
        PayoutOrder.region_code.between(*code_range(wanted.region_code)),
    )
    return rows.where(PayoutOrder.status == wanted.status.value) if wanted.status else rows


def list_orders_of(plan_id: int) -> list[PayoutOrder]:
    """Return the orders of a plan, oldest first."""
    rows = select(PayoutOrder).where(PayoutOrder.plan_id == plan_id).order_by(PayoutOrder.id)
    return list(db.session.scalars(rows))


def next_number(region_code: str, year: int) -> str:
    """Return the next number of an order of a unit in a year."""
    prefix = f"FF{region_code}-{year}-"
    last = db.session.scalar(select(func.max(PayoutOrder.number)).where(PayoutOrder.number.startswith(prefix)))
    return f"{prefix}{int(last[len(prefix) :]) + 1 if last else 1:03d}"


def list_unordered(plan_id: int, instalment: int, use_ids: Collection[int]) -> list[PlanLine]:
    """Return agreed lines of some uses and one instalment that stand in no order, in order of writing."""
    taken = select(PayoutLine.id).where(PayoutLine.standing_line == PlanLine.id)
    rows = select(PlanLine).where(
        PlanLine.plan_id == plan_id,
        PlanLine.instalment == instalment,
        PlanLine.use_id.in_(use_ids),
        PlanLine.amount_fen > 0,
        ~taken.exists(),
    )
    return list(db.session.scalars(rows.order_by(PlanLine.id)))


def list_order_lines(
    order_id: int, status: LineStatus | None = None, *, after: int = 0, limit: int = LINE_ROWS
) -> list[tuple[PayoutLine, PlanLine]]:
    """Return lines of an order by their numbers, each with what was agreed; one more than a page."""
    rows = _lines(order_id).where(PayoutLine.serial > after)
    rows = rows.where(PayoutLine.status == status.value) if status else rows
    return [(line, agreed) for line, agreed in db.session.execute(rows.limit(limit + 1))]


def all_order_lines(order_id: int) -> list[tuple[PayoutLine, PlanLine]]:
    """Return every line of an order with what was agreed: the payout sheet, the bank's file."""
    return [(line, agreed) for line, agreed in db.session.execute(_lines(order_id))]


def _lines(order_id: int) -> Select[PayoutLine, PlanLine]:
    return (
        select(PayoutLine, PlanLine)
        .join(PlanLine, PlanLine.id == PayoutLine.plan_line_id)
        .where(PayoutLine.order_id == order_id)
        .order_by(PayoutLine.serial)
    )


def lines_by_serial(order_id: int) -> dict[int, PayoutLine]:
    """Return the lines of an order by their numbers, to write results on."""
    rows = select(PayoutLine).where(PayoutLine.order_id == order_id)
    return {line.serial: line for line in db.session.scalars(rows)}


def uses_by_serial(order_id: int) -> dict[int, int]:
    """Return of which use each line of an order is, by its number."""
    rows = (
        select(PayoutLine.serial, PlanLine.use_id)
        .join(PlanLine, PlanLine.id == PayoutLine.plan_line_id)
        .where(PayoutLine.order_id == order_id)
    )
    return dict(db.session.execute(rows).all())


def count_lines(order_id: int) -> dict[LineStatus, tuple[int, int]]:
    """Return how many lines of an order, and how much (fen), stand in each status."""
    rows = (
        select(PayoutLine.status, func.count(), func.sum(PayoutLine.amount_fen))
        .where(PayoutLine.order_id == order_id)
        .group_by(PayoutLine.status)
    )
    return {LineStatus(status): (int(count), int(fen)) for status, count, fen in db.session.execute(rows)}


def get_payout_line(line_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> PayoutLine:
    """Return a line of an order within the actor's reach; raises Missing."""
    line = db.session.scalar(select(PayoutLine).where(PayoutLine.id == line_id, within(PayoutLine, actor, permission)))
    if line is None:
        raise Missing
    return line


def find_line(order_id: int, serial: int) -> PayoutLine | None:
    """Return the line of an order that bears a number; None if none does."""
    return db.session.scalar(select(PayoutLine).where(PayoutLine.order_id == order_id, PayoutLine.serial == serial))


def find_standing_line(plan_line_id: int) -> PayoutLine | None:
    """Return the line of an order that stands and pays an agreed line; None if none does."""
    return db.session.scalar(select(PayoutLine).where(PayoutLine.standing_line == plan_line_id))


def list_results(line_id: int) -> list[tuple[PayoutResult, PayoutRound]]:
    """Return what was told of a line, oldest first."""
    rows = (
        select(PayoutResult, PayoutRound)
        .join(PayoutRound, PayoutRound.id == PayoutResult.round_id)
        .where(PayoutResult.line_id == line_id)
        .order_by(PayoutResult.number)
    )
    return [(result, told) for result, told in db.session.execute(rows)]


def last_told(line_ids: Collection[int]) -> dict[int, PayoutResult]:
    """Return what was told last of each line of which something was told."""
    rows = select(PayoutResult).where(PayoutResult.line_id.in_(line_ids)).order_by(PayoutResult.number)
    return {one.line_id: one for one in db.session.scalars(rows)}


def list_dues(order_id: int) -> list[PayoutDue]:
    """Return what a released order owes, by use."""
    return list(db.session.scalars(select(PayoutDue).where(PayoutDue.order_id == order_id).order_by(PayoutDue.id)))


def list_rounds(order_id: int) -> list[PayoutRound]:
    """Return each time that results of an order were told, oldest first."""
    return list(
        db.session.scalars(select(PayoutRound).where(PayoutRound.order_id == order_id).order_by(PayoutRound.id))
    )


def list_checks(order_id: int) -> list[ReceiptCheck]:
    """Return what households of an order said when they were asked, oldest first."""
    rows = select(ReceiptCheck).where(ReceiptCheck.order_id == order_id).order_by(ReceiptCheck.id)
    return list(db.session.scalars(rows))


def paid_serials(order_id: int) -> list[int]:
    """Return the numbers of the lines that were paid, to draw a sample from."""
    rows = select(PayoutLine.serial).where(PayoutLine.order_id == order_id, PayoutLine.status == LineStatus.PAID.value)
    return list(db.session.scalars(rows.order_by(PayoutLine.serial)))


def unpaid_lines(plan_id: int) -> list[tuple[PlanLine, PayoutLine | None]]:
    """Return the agreed lines of a plan of which nothing was paid that stayed paid, with the standing line if any."""
    rows = (
        select(PlanLine, PayoutLine)
        .outerjoin(PayoutLine, PayoutLine.standing_line == PlanLine.id)
        .where(PlanLine.plan_id == plan_id, PlanLine.amount_fen > 0)
        .where(PayoutLine.id.is_(None) | PayoutLine.status.in_(_UNPAID))
        .order_by(PlanLine.id)
    )
    return [(agreed, line) for agreed, line in db.session.execute(rows)]


def is_paid_out(plan_id: int) -> bool:
    """Say whether every agreed line of a plan has been paid or withheld."""
    rows = (
        select(PlanLine.id)
        .outerjoin(PayoutLine, PayoutLine.standing_line == PlanLine.id)
        .where(PlanLine.plan_id == plan_id, PlanLine.amount_fen > 0)
        .where(PayoutLine.id.is_(None) | PayoutLine.status.in_(_UNPAID))
    )
    return db.session.scalar(rows.limit(1)) is None


def paid_by_use(plan_id: int) -> dict[int, int]:
    """Return how much of each use of a plan was paid and stayed paid (fen): the result that is made public."""
    rows = (
        select(PlanLine.use_id, func.sum(PayoutLine.amount_fen))
        .join(PlanLine, PlanLine.id == PayoutLine.standing_line)
        .where(PlanLine.plan_id == plan_id, PayoutLine.status == LineStatus.PAID.value)
        .group_by(PlanLine.use_id)
    )
    return {use: int(fen) for use, fen in db.session.execute(rows)}


def list_paid(plan_id: int) -> list[tuple[PlanLine, int]]:
    """Return the lines of a plan that were paid and stayed paid, with how much (fen)."""
    rows = (
        select(PlanLine, PayoutLine.amount_fen)
        .join(PayoutLine, PayoutLine.standing_line == PlanLine.id)
        .where(PlanLine.plan_id == plan_id, PayoutLine.status == LineStatus.PAID.value)
        .order_by(PlanLine.id)
    )
    return [(line, int(fen)) for line, fen in db.session.execute(rows)]


def payments_of_household(household_id: int, most: int) -> list[tuple[PlanLine, Plan, PayoutLine | None]]:
    """Return what a household is agreed to get, the newest first, each with the line that pays it if one does."""
    rows = (
        select(PlanLine, Plan, PayoutLine)
        .join(Plan, Plan.id == PlanLine.plan_id)
        .outerjoin(PayoutLine, PayoutLine.standing_line == PlanLine.id)
        .where(PlanLine.household_id == household_id)
        .order_by(PlanLine.id.desc())
        .options(joinedload(PlanLine.use))
        .limit(most)
    )
    return [(agreed, plan, line) for agreed, plan, line in db.session.execute(rows)]


def paid_on(line_ids: Collection[int]) -> dict[int, date]:
    """Return the day on which each of these lines was paid last."""
    rows = (
        select(PayoutResult.line_id, func.max(PayoutRound.happened_on))
        .join(PayoutRound, PayoutRound.id == PayoutResult.round_id)
        .where(PayoutResult.line_id.in_(line_ids), PayoutResult.kind == ResultKind.PAID.value)
        .group_by(PayoutResult.line_id)
    )
    return dict(db.session.execute(rows).all())
