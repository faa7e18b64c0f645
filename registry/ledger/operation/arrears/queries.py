"""Questions about what is overdue."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.approvals.requests.models import ApprovalRequest
from registry.database import db
from registry.errors import Missing
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.arrears.rules import MOST_TOGETHER, WriteOffStatus
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.dues.rules import ArrearsClass
from registry.ledger.operation.kinds import OUTSTANDING
from registry.permissions import Actor, Permission
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_OPEN = sorted(status.value for status in OUTSTANDING)
_P = Permission


def get_overdue(due_id: int, actor: Actor, permission: Permission) -> Due:
    """Return a due within the actor's reach; raises Missing."""
    due = db.session.scalar(select(Due).where(Due.id == due_id, within(Due, actor, permission)))
    if due is None:
        raise Missing
    return due


def get_all_overdue(due_ids: Collection[int], actor: Actor, permission: Permission) -> list[Due]:
    """Return dues within the actor's reach, the longest overdue first; raises Missing if one of them is not there."""
    rows = select(Due).where(Due.id.in_(due_ids), within(Due, actor, permission)).order_by(Due.due_on, Due.id)
    found = list(db.session.scalars(rows))
    if len(found) != len(set(due_ids)):
        raise Missing
    return found


@dataclass(frozen=True)
class ArrearsFilter:
    """Which overdue dues a list shows: of a unit and below, of one class if it is named."""

    region_code: str
    late_class: ArrearsClass | None = None


def list_overdue(
    wanted: ArrearsFilter,
    actor: Actor,
    on: date,
    policy: Policy,
    *,
    after: tuple[date, int] | None = None,
    limit: int = PAGE_ROWS,
) -> list[Due]:
    """Return overdue dues, the longest first; one more than a page to show that there are more."""
    rows = select(Due).where(*_overdue(wanted.region_code, actor, on), *_of_class(wanted.late_class, on, policy))
    if after is not None:
        rows = rows.where(or_(Due.due_on > after[0], and_(Due.due_on == after[0], Due.id > after[1])))
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id).limit(limit + 1)))


def _overdue(region_code: str, actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        within(Due, actor, _P.LEDGER_READ),
        Due.region_code.between(*code_range(region_code)),
        Due.status.in_(_OPEN),
        Due.due_on < on,
    )


def _bounds(policy: Policy) -> tuple[int, int]:
    return policy.number(Parameter.ARREARS_REMIND_DAYS), policy.number(Parameter.ARREARS_DEMAND_DAYS)


def _of_class(late_class: ArrearsClass | None, on: date, policy: Policy) -> list[ColumnElement[bool]]:
    if late_class is None:
        return []
    remind, demand = (on - timedelta(days=days) for days in _bounds(policy))
    return {
        ArrearsClass.REMIND: [Due.due_on >= remind],
        ArrearsClass.DEMAND: [Due.due_on < remind, Due.due_on >= demand],
        ArrearsClass.SUPERVISED: [Due.due_on < demand],
    }.get(late_class, [])


def sums_by_class(region_code: str, actor: Actor, on: date, policy: Policy) -> dict[ArrearsClass, tuple[int, int]]:
    """Return count and open fen of overdue dues by class."""
    owed = func.coalesce(func.sum(Due.amount_fen - Due.settled_fen - Due.written_off_fen), 0)
    found = {}
    for late_class in (ArrearsClass.REMIND, ArrearsClass.DEMAND, ArrearsClass.SUPERVISED):
        conditions = (*_overdue(region_code, actor, on), *_of_class(late_class, on, policy))
        count, fen = db.session.execute(select(func.count(), owed).where(*conditions)).one()
        found[late_class] = (int(count), int(fen or 0))
    return found


def sum_overdue(region_code: str, actor: Actor, on: date) -> tuple[int, int]:
    """Return count and open fen of everything overdue in a unit and below."""
    owed = func.coalesce(func.sum(Due.amount_fen - Due.settled_fen - Due.written_off_fen), 0)
    count, fen = db.session.execute(select(func.count(), owed).where(*_overdue(region_code, actor, on))).one()
    return int(count), int(fen or 0)


def list_demands(due_ids: Sequence[int]) -> dict[int, list[DemandLetter]]:
    """Return the demands sent for dues, the latest first, by due."""
    rows = select(DemandLetter).where(DemandLetter.due_id.in_(due_ids)).order_by(DemandLetter.id.desc())
    found: dict[int, list[DemandLetter]] = {}
    for one in db.session.scalars(rows):
        found.setdefault(one.due_id, []).append(one)
    return found


def list_write_offs(due_id: int) -> list[WriteOff]:
    """Return the cases about a due, the latest first."""
    return list(db.session.scalars(select(WriteOff).where(WriteOff.due_id == due_id).order_by(WriteOff.id.desc())))


def find_waiting(due_id: int) -> WriteOff | None:
    """Return the open case about a due."""
    rows = select(WriteOff).where(WriteOff.due_id == due_id, WriteOff.status == WriteOffStatus.PROPOSED.value)
    return db.session.scalar(rows.limit(1))


def list_given_up(due_ids: Sequence[int]) -> set[int]:
    """Return of which dues a case is open."""
    rows = select(WriteOff.due_id).where(WriteOff.due_id.in_(due_ids), WriteOff.status == WriteOffStatus.PROPOSED.value)
    return set(db.session.scalars(rows))


def list_beside(due: Due, on: date, limit: int = PAGE_ROWS) -> list[Due]:
    """Return what else is overdue under the contract or equity of a due, the longest first."""
    same = Due.contract_id == due.contract_id if due.contract_id is not None else Due.equity_id == due.equity_id
    rows = select(Due).where(same, Due.id != due.id, Due.status.in_(_OPEN), Due.due_on < on)
    return list(db.session.scalars(rows.order_by(Due.due_on, Due.id).limit(limit)))


def list_together(due: Due, on: date) -> list[Due]:
    """Return what one letter can demand: a due, and what else its debtor owes under the same contract or equity.

    Left out is what is about to be given up.
    """
    beside = list_beside(due, on, MOST_TOGETHER - 1)
    given_up = list_given_up([one.id for one in beside])
    return [due, *(one for one in beside if one.debtor_name == due.debtor_name and one.id not in given_up)]


def get_write_off(write_off_id: int, actor: Actor) -> WriteOff:
    """Return a case within the actor's reach; raises Missing."""
    rows = select(WriteOff).where(WriteOff.id == write_off_id, within(WriteOff, actor, _P.LEDGER_READ))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def write_off_of_request(request: ApprovalRequest) -> WriteOff:
    """Return the case a request is about."""
    return db.session.get_one(WriteOff, int(request.case_id))
