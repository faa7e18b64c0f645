"""Changes of divisions: each a dated deed with its document, recorded in the trail."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from itertools import groupby

from sqlalchemy import select

from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.services import record
from registry.database import db
from registry.errors import Invalid
from registry.permissions import Actor
from registry.places.models import Region, RegionName
from registry.places.queries import get_region, go_live_of, list_children
from registry.places.rules import BadDivisionRow, Division, NotSiblings, UnitEnded, UnitsBelow, read_division
from registry.regions import Level, covers, is_code, level_of, log_of, log_region, parent
from registry.text import N_


def read_divisions(content: str) -> list[Division]:
    """Read a divisions file; raises BadDivisionRow at the first line that contradicts itself or comes twice."""
    divisions: list[Division] = []
    seen: set[str] = set()
    for number, values in enumerate(csv.DictReader(StringIO(content.removeprefix("\ufeff"))), start=2):
        division = read_division(number, values)
        if division.code in seen:
            raise BadDivisionRow(row=number, problem=f"{division.code} 重复")
        if division.parent_code and division.parent_code not in seen:
            raise BadDivisionRow(row=number, problem=f"{division.code} 的上级不在它前面")
        seen.add(division.code)
        divisions.append(division)
    return divisions


def logs_of(divisions: Iterable[Division]) -> list[str]:
    """Return the units whose logs an import of these divisions writes to."""
    return sorted({log_region(log_of(division.code)) for division in divisions})


def import_divisions(divisions: Sequence[Division], *, by: Actor) -> int:
    """Add the units that are not known yet, one event per log; returns how many. Known names are not overwritten."""
    known = set(db.session.scalars(select(Region.region_code)))
    fresh = [division for division in divisions if division.code not in known]
    for log_id, units in groupby(sorted(fresh, key=lambda d: (log_of(d.code), d.code)), key=lambda d: log_of(d.code)):
        added = [Region(region_code=d.code, name=d.name, parent_code=d.parent_code) for d in units]
        db.session.add_all(added)
        thing = Thing("region", log_region(log_id), log_region(log_id))
        record(Action.REGIONS_IMPORTED, thing, by=by, facts={"units": len(added)})
    return len(fresh)


def rename_region(code: str, name: str, *, on: date, basis: str, by: Actor) -> Region:
    """Give a unit a new name from a day on; papers of earlier days keep the old one."""
    region = _standing(code)
    if not name.strip() or name == region.name:
        raise Invalid(N_("请填写与现名不同的新名称。"), field="name")
    _remember_name(region, on, basis)
    region.name = name.strip()
    record(Action.REGION_RENAMED, region, by=by, reason=basis)
    return region


def merge_region(code: str, into: str, *, on: date, basis: str, by: Actor) -> Region:
    """End a unit and name its successor; what the unit managed is moved by the features that keep it."""
    region, heir = _ending(code), _standing(into)
    if region.level is not heir.level or code == into:
        raise NotSiblings(field="into")
    region.ended_on, region.successor_code = on, into
    record(Action.REGION_MERGED, region, by=by, reason=basis, facts={"into": into})
    return region


def abolish_region(code: str, *, on: date, basis: str, by: Actor) -> Region:
    """End a unit that has no successor."""
    region = _ending(code)
    region.ended_on = on
    record(Action.REGION_ABOLISHED, region, by=by, reason=basis)
    return region


def add_region(code: str, name: str, *, under: str, basis: str, by: Actor) -> Region:
    """Add a newly founded unit somewhere below an existing one."""
    if not is_code(code) or level_of(code) is Level.MUNICIPALITY:
        raise Invalid(N_("请填 12 位区划代码。"), field="code")
    if not covers(under, code):
        raise Invalid(N_("这个代码不在所选上级单位下面。"), field="code")
    above = db.session.get(Region, parent(code) or "")
    if db.session.get(Region, code) or above is None:
        raise Invalid(N_("这个代码已经有了，或者它的上级还没有登记。"), field="code")
    if above.ended_on is not None:
        raise UnitEnded(name=above.short, day=above.ended_on.isoformat())
    region = Region(region_code=code, name=name.strip(), parent_code=above.region_code)
    db.session.add(region)
    record(Action.REGION_ADDED, region, by=by, reason=basis)
    return region


def set_go_live(code: str, day: date, *, basis: str, by: Actor) -> Region:
    """Set the day from which a unit works in this register; facts before it may be entered as history."""
    region, holding = _standing(code), go_live_of(code)
    if holding is not None and day > holding:
        raise Invalid(N_("启用日期只能提前，不能推后，否则会给补录留出口子。"), field="go_live_on")
    region.go_live_on = day
    record(Action.GO_LIVE_SET, region, by=by, reason=basis)
    return region


def _standing(code: str) -> Region:
    region = get_region(code)
    if region.ended_on is not None:
        raise UnitEnded(name=region.short, day=region.ended_on.isoformat())
    return region


def _ending(code: str) -> Region:
    region = _standing(code)
    below = list_children(code)
    if below:
        raise UnitsBelow(name=region.short, count=len(below))
    return region


def _remember_name(region: Region, on: date, basis: str) -> None:
    earlier = db.session.scalar(
        select(RegionName.valid_to)
        .where(RegionName.region_code == region.region_code)
        .order_by(RegionName.valid_to.desc())
        .limit(1)
    )
    if earlier is not None and on <= earlier:
        raise Invalid(N_("更名日期必须晚于上一次更名。"), field="on")
    former = RegionName(region_code=region.region_code, name=region.name, valid_from=earlier, valid_to=on, basis=basis)
    db.session.add(former)
