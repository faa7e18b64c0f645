"""Whom a unit's clerk has to demand money of: one debtor and contract is one matter, however many dues it takes in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from registry.counting import count_up_to
from registry.database import db
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.arrears.rules import WriteOffStatus
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.receipts.entered import waiting_beside_due
from registry.permissions import Actor, Permission
from registry.scope import within

#: A unit with more overdue dues sees the oldest of them first.
_MOST_DUES = 1_000
_OPEN = sorted(status.value for status in OUTSTANDING)


@dataclass(frozen=True)
class ToDemand:
    """What a debtor owes under one contract or equity: its overdue dues, the oldest first, less what waits (fen)."""

    dues: tuple[Due, ...]
    owed_fen: int


def _to_demand(actor: Actor, on: date) -> Select[tuple[int, int]]:
    """Ask for the unit's own overdue dues that were not paid, demanded or put up to be given up, with what is left.

    Money that waits to be checked is laid on the oldest dues of its contract first, as posting will do.
    """
    owed = Due.amount_fen - Due.settled_fen - Due.written_off_fen
    so_far = func.sum(owed).over(partition_by=(Due.contract_id, Due.equity_id), order_by=(Due.due_on, Due.id))
    overdue = (
        select(Due.id, (so_far - waiting_beside_due()).label("left"))
        .where(
            Due.region_code == actor.unit_code,
            within(Due, actor, Permission.INCOME_ENTER),
            Due.status.in_(_OPEN),
            Due.due_on < on,
        )
        .subquery()
    )
    running = select(DemandLetter.due_id).where(DemandLetter.pay_by >= on)
    given_up = select(WriteOff.due_id).where(WriteOff.status == WriteOffStatus.PROPOSED.value)
    return select(overdue.c.id, overdue.c.left).where(
        overdue.c.left > 0, overdue.c.id.not_in(running), overdue.c.id.not_in(given_up)
    )


def list_to_demand(actor: Actor, on: date, limit: int = 50) -> list[ToDemand]:
    """Return whom the actor should demand money of, the longest overdue first."""
    asked = _to_demand(actor, on).subquery()
    rows = select(Due, asked.c.left).join(asked, asked.c.id == Due.id).order_by(Due.due_on, Due.id)
    found: dict[tuple[int | None, int | None, str], list[tuple[Due, int]]] = {}
    for due, left in db.session.execute(rows.limit(_MOST_DUES)):
        key = (due.contract_id, due.equity_id, due.debtor_name)
        found.setdefault(key, []).append((due, min(int(left), due.open_fen)))
    return [
        ToDemand(tuple(due for due, _ in pairs), sum(fen for _, fen in pairs)) for pairs in [*found.values()][:limit]
    ]


def count_to_demand(actor: Actor, on: date, most: int) -> int:
    """Return of how many the actor should demand money, counting up to a number."""
    asked = _to_demand(actor, on).subquery()
    debtors = select(Due.contract_id, Due.equity_id, Due.debtor_name).join(asked, asked.c.id == Due.id)
    return count_up_to(debtors.distinct(), most)
