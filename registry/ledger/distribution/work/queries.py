"""Questions about work records."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.distribution.work.rules import WorkKind, WorkStatus
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20


@dataclass(frozen=True)
class WorkFilter:
    """Which records a list shows: of a unit and below, of one status if it is named."""

    region_code: str
    status: WorkStatus | None = None


def get_work(work_id: int, actor: Actor, permission: Permission = Permission.LEDGER_READ) -> WorkRecord:
    """Return a work record within the actor's reach; raises Missing."""
    found = db.session.scalar(select(WorkRecord).where(WorkRecord.id == work_id, within(WorkRecord, actor, permission)))
    if found is None:
        raise Missing
    return found


def list_work(wanted: WorkFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS) -> list[WorkRecord]:
    """Return work records in order of entry; one more than a page to show that there are more."""
    rows = select(WorkRecord).where(
        within(WorkRecord, actor, Permission.LEDGER_READ),
        WorkRecord.region_code.between(*code_range(wanted.region_code)),
        WorkRecord.id > after,
    )
    rows = rows.where(WorkRecord.status == wanted.status.value) if wanted.status else rows
    return list(db.session.scalars(rows.order_by(WorkRecord.id).limit(limit + 1)))


def list_payable_work(region_code: str, kind: WorkKind, until: date) -> list[WorkRecord]:
    """Return verified work of a unit up to a day that no plan pays for yet, in order of entry."""
    rows = select(WorkRecord).where(
        WorkRecord.region_code == region_code,
        WorkRecord.kind == kind.value,
        WorkRecord.status == WorkStatus.VERIFIED.value,
        WorkRecord.ends_on <= until,
        WorkRecord.plan_use_id.is_(None),
    )
    return list(db.session.scalars(rows.order_by(WorkRecord.id)))


def list_work_of_uses(use_ids: Collection[int]) -> list[WorkRecord]:
    """Return the work that these uses of a plan pay for."""
    rows = select(WorkRecord).where(WorkRecord.plan_use_id.in_(use_ids)).order_by(WorkRecord.id)
    return list(db.session.scalars(rows))


def _to_check(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        within(WorkRecord, actor, Permission.PAYOUT_RELEASE),
        WorkRecord.status == WorkStatus.ENTERED.value,
        WorkRecord.entered_by_id != actor.id,
    )


def list_work_to_check(actor: Actor, limit: int) -> list[WorkRecord]:
    """Return records that this person may verify, the oldest first."""
    return list(db.session.scalars(select(WorkRecord).where(*_to_check(actor)).order_by(WorkRecord.id).limit(limit)))


def count_work_to_check(actor: Actor, most: int) -> int:
    """Return how many records this person may verify, counting up to a number."""
    return count_up_to(select(WorkRecord.id).where(*_to_check(actor)), most)
