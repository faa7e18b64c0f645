"""The duty list of the demo county: some units whole, one with gaps and an entry that waits."""

from typing import NamedTuple

from registry.demo.places import CLERKS, UnitRow, units_by_code
from registry.demo.tables import day_of
from registry.demo.telling import Telling
from registry.permissions import Actor, Role
from registry.regions import Level
from registry.supervision.duties.catalogue import Duty, duties_at
from registry.supervision.duties.rules import Naming
from registry.supervision.duties.services import decide_holder, name_holder

_CITY = Role.MUNICIPAL_SUPERVISOR
_SECONDS = {
    Level.VILLAGE: Role.VILLAGE_HEAD,
    Level.TOWNSHIP: Role.TOWNSHIP_SUPERVISOR,
    Level.COUNTY: Role.COUNTY_AGRICULTURE,
}
_YES = "是"


class DutyRow(NamedTuple):
    """Who answers for a duty of a unit: an account, or a name and a post; whether a second person has confirmed."""

    unit_name: str
    title: str
    username: str
    name: str
    post: str
    valid_from: str
    confirmed: str


def tell_duty(row: DutyRow, told: Telling) -> None:
    """Enter a person, and let the second one confirm if the table says so."""
    unit = next(one for one in units_by_code().values() if one.name == row.unit_name)
    user_id = told.staff.named(row.username).id if row.username else None
    since = day_of(row.valid_from) or told.today
    enters, second = _people(unit, told)
    naming = Naming(user_id, row.name, row.post, since)
    holder = name_holder(unit.code, _duty(unit, row.title), naming, by=enters, on=told.today)
    if row.confirmed == _YES:
        decide_holder(holder, "", agrees=True, by=second)


def _duty(unit: UnitRow, title: str) -> Duty:
    return next(duty for duty in duties_at(unit.level) if duty.title == title)


def _people(unit: UnitRow, told: Telling) -> tuple[Actor, Actor]:
    """Return who enters and who confirms; two supervisors where there is no clerk."""
    if unit.level is Level.MUNICIPALITY:
        first = told.staff.holding(_CITY, unit)
        return first, told.staff.deciding(_CITY, unit, first.id)
    return told.staff.holding(CLERKS[unit.level], unit), told.staff.holding(_SECONDS[unit.level], unit)
