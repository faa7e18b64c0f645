"""Questions about faults."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import UNREPAIRED, UNSETTLED, FaultStatus, Severity
from registry.assets.register.cards.models import Asset
from registry.bulk import chunks
from registry.counting import count_up_to
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

PAGE_ROWS = 20
_UNREPAIRED = sorted(status.value for status in UNREPAIRED)
_UNSETTLED = sorted(status.value for status in UNSETTLED)


def get_fault(fault_id: int, actor: Actor, permission: Permission) -> Fault:
    """Return a fault within the actor's reach; raises Missing."""
    fault = db.session.scalar(select(Fault).where(Fault.id == fault_id, within(Fault, actor, permission)))
    if fault is None:
        raise Missing
    return fault


@dataclass(frozen=True)
class FaultFilter:
    """Which faults a list shows: of a unit and below, unsettled ones unless a status is named."""

    region_code: str
    status: FaultStatus | None = None
    severity: Severity | None = None
    overdue: bool = False


def list_faults(
    wanted: FaultFilter, actor: Actor, on: date, *, after: int = 0, limit: int = PAGE_ROWS
) -> list[tuple[Fault, Asset]]:
    """Return faults with their assets in order of entry; one more than a page to show that there are more."""
    rows = (
        select(Fault, Asset)
        .join(Asset, Asset.id == Fault.asset_id)
        .where(
            within(Fault, actor, Permission.ASSET_READ),
            Fault.region_code.between(*code_range(wanted.region_code)),
            Fault.id > after,
            *_conditions(wanted, on),
        )
    )
    return [(fault, asset) for fault, asset in db.session.execute(rows.order_by(Fault.id).limit(limit + 1))]


def _conditions(wanted: FaultFilter, on: date) -> list[ColumnElement[bool]]:
    statuses = [wanted.status.value] if wanted.status else _UNSETTLED
    found: list[ColumnElement[bool]] = [Fault.status.in_(statuses)]
    if wanted.severity:
        found.append(Fault.severity == wanted.severity.value)
    if wanted.overdue:
        found.append(and_(Fault.due_on < on, Fault.status.in_(_UNREPAIRED)))
    return found


def list_faults_of(asset_id: int, limit: int = PAGE_ROWS) -> list[Fault]:
    """Return the latest faults of an asset the caller has been allowed to see, the latest first."""
    rows = select(Fault).where(Fault.asset_id == asset_id).order_by(Fault.id.desc())
    return list(db.session.scalars(rows.limit(limit)))


def list_unsettled(asset_ids: Sequence[int]) -> list[Fault]:
    """Return the faults of these assets that are not over, whoever asks: a deed that ends the assets ends them."""
    rows = (select(Fault).where(Fault.asset_id.in_(some), Fault.status.in_(_UNSETTLED)) for some in chunks(asset_ids))
    return sorted((fault for found in rows for fault in db.session.scalars(found)), key=lambda fault: fault.id)


def count_unsettled(asset_id: int) -> int:
    """Return how many faults of an asset are not over."""
    rows = select(func.count()).where(Fault.asset_id == asset_id, Fault.status.in_(_UNSETTLED))
    return db.session.scalar(rows) or 0


def _to_repair(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Faults of assets in one's own care, and of one's own unit for whoever arranges custody there."""
    mine = Fault.cared_for_by(actor.id)
    unit = and_(Fault.region_code == actor.unit_code, within(Fault, actor, Permission.CUSTODY_MANAGE))
    return Fault.status.in_(_UNREPAIRED), within(Fault, actor, Permission.PATROL_RECORD), or_(mine, unit)


def list_faults_to_repair(actor: Actor, on: date, limit: int = 50) -> Sequence[tuple[Fault, Asset]]:
    """Return faults that the actor has to see repaired, those due first."""
    del on  # every unrepaired fault waits, late or not
    rows = select(Fault, Asset).join(Asset, Asset.id == Fault.asset_id).where(*_to_repair(actor))
    found = db.session.execute(rows.order_by(Fault.due_on, Fault.id).limit(limit))
    return [(fault, asset) for fault, asset in found]


def count_faults_to_repair(actor: Actor, on: date, most: int) -> int:
    """Return how many faults the actor has to see repaired, counting up to a number."""
    del on
    return count_up_to(select(Fault.id).where(*_to_repair(actor)), most)


def _to_accept(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Fault.status == FaultStatus.REPAIRED.value,
        within(Fault, actor, Permission.PATROL_CHECK),
        Fault.repaired_by_id.is_distinct_from(actor.id),
        ~Fault.cared_for_by(actor.id),
    )


def list_repairs_to_accept(actor: Actor, on: date, limit: int = 50) -> Sequence[tuple[Fault, Asset]]:
    """Return repairs that the actor may accept, the oldest report first; one's own are somebody else's work."""
    del on
    rows = select(Fault, Asset).join(Asset, Asset.id == Fault.asset_id).where(*_to_accept(actor))
    found = db.session.execute(rows.order_by(Fault.reported_at, Fault.id).limit(limit))
    return [(fault, asset) for fault, asset in found]


def count_repairs_to_accept(actor: Actor, on: date, most: int) -> int:
    """Return how many repairs the actor may accept, counting up to a number."""
    del on
    return count_up_to(select(Fault.id).where(*_to_accept(actor)), most)
