"""People named for duties."""

from datetime import date, timedelta

from registry.clock import today
from registry.database import transaction
from registry.permissions import Actor, Permission
from registry.supervision.duties.models import DutyHolder
from registry.supervision.duties.queries import get_duty, get_holder
from registry.supervision.duties.rules import Naming
from registry.supervision.duties.services import decide_holder, name_holder
from tests.factories import VILLAGE, person

CUSTODY = "V-CUSTODY"


def naming(
    name: str = "谭正国", post: str = "村委会委员", since: date | None = None, user_id: int | None = None
) -> Naming:
    """Somebody without an account, from thirty days ago."""
    return Naming(user_id, name, post, since or today() - timedelta(days=30), "分工〔2026〕1号")


def named(said: Naming | None = None, duty: str = CUSTODY, region: str = VILLAGE, by: Actor | None = None) -> int:
    """Enter somebody for a duty; the entry."""
    with transaction(region):
        by = by or person("village_clerk")
        return name_holder(region, get_duty(duty, region), said or naming(), by=by, on=today()).id


def decided(holder_id: int, by: Actor | None = None, opinion: str = "", *, agrees: bool = True) -> None:
    """Answer to an entry as the head of the village."""
    by = by or person("village_head")
    with transaction(VILLAGE):
        decide_holder(get_holder(holder_id, by, Permission.DUTY_CONFIRM), opinion, agrees=agrees, by=by)


def confirmed_holder(said: Naming | None = None, duty: str = CUSTODY) -> DutyHolder:
    """Somebody who answers for a duty of the village."""
    holder_id = named(said, duty)
    decided(holder_id)
    return get_holder(holder_id, person("village_head"), Permission.ASSET_READ)
