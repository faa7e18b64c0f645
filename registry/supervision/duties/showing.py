"""What the page of a unit shows of its duty list: each duty with who answers for it and how it stands."""

from dataclasses import dataclass
from datetime import date

from registry.permissions import Actor, Permission, may
from registry.regions import level_of
from registry.supervision.duties.catalogue import Duty, duties_at
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import list_held, list_waiting
from registry.supervision.duties.rules import Standing, standing_of


@dataclass(frozen=True)
class ShownDuty:
    """One duty of a unit as it stands on a day; ``waiting`` is the entry that waits for a second person."""

    duty: Duty
    holder: DutyHolder | None
    waiting: DutyHolder | None
    standing: Standing


def shown_duties(region_code: str, on: date) -> list[ShownDuty]:
    """Return the duty list of a unit on a day."""
    held = {row.duty: (row, left) for row, left in list_held([region_code], on)}
    waiting = {row.duty: row for row in list_waiting(region_code)}
    return [_shown(duty, held.get(duty.code), waiting.get(duty.code)) for duty in duties_at(level_of(region_code))]


def _shown(duty: Duty, held: tuple[DutyHolder, bool] | None, waiting: DutyHolder | None) -> ShownDuty:
    holder, left = held or (None, False)
    standing = standing_of(held=holder is not None, left=left, waiting=waiting is not None)
    return ShownDuty(duty, holder, waiting, standing)


def may_decide(holder: DutyHolder, reader: Actor) -> bool:
    """Say whether a reader may answer to an entry; nobody is offered what a rule forbids them."""
    other = reader.id is None or reader.id != holder.entered_by_id
    return other and may(reader, Permission.DUTY_CONFIRM, holder.region_code)
