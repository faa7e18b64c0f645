"""What waits for whom in the duty list."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select

from registry.counting import count_up_to
from registry.database import db
from registry.permissions import Actor, Permission
from registry.places.models import Region
from registry.regions import level_of
from registry.scope import within
from registry.supervision.duties.catalogue import duties_at
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import has_left, held_on
from registry.supervision.duties.rules import HolderStatus

_P = Permission
_WAITS = DutyHolder.status == HolderStatus.WAITING.value


def _to_name(actor: Actor, on: date) -> Select[str, int]:
    """The actor's own unit with how many of its duties nobody present answers for and nobody was entered for."""
    seen = select(func.count(DutyHolder.duty.distinct())).where(
        DutyHolder.region_code == Region.region_code, or_(_WAITS, held_on(on) & ~has_left(on))
    )
    lacking = len(duties_at(level_of(actor.unit_code))) - seen.correlate(Region).scalar_subquery()
    return select(Region.region_code, lacking).where(
        Region.region_code == actor.unit_code, Region.ended_on.is_(None), within(Region, actor, _P.DUTY_ENTER),
        lacking > 0,
    )  # fmt: skip


def list_to_name(actor: Actor, on: date) -> Sequence[tuple[str, int]]:
    """Return the actor's own unit if it has to name people, with how many duties lack one."""
    return [(code, int(lacking)) for code, lacking in db.session.execute(_to_name(actor, on))]


def count_to_name(actor: Actor, on: date, most: int) -> int:
    """Return 1 if the actor's own unit has to name people."""
    return count_up_to(_to_name(actor, on), most)


def _to_confirm(actor: Actor) -> Select[DutyHolder]:
    own = DutyHolder.entered_by_id.is_distinct_from(actor.id)
    return select(DutyHolder).where(
        _WAITS, DutyHolder.region_code == actor.unit_code, within(DutyHolder, actor, _P.DUTY_CONFIRM), own
    )


def list_to_confirm(actor: Actor, limit: int) -> Sequence[DutyHolder]:
    """Return the entries of the actor's own unit that they may confirm, the oldest first."""
    return list(db.session.scalars(_to_confirm(actor).order_by(DutyHolder.entered_at, DutyHolder.id).limit(limit)))


def count_to_confirm(actor: Actor, most: int) -> int:
    """Return how many entries the actor may confirm."""
    return count_up_to(_to_confirm(actor).with_only_columns(DutyHolder.id), most)
