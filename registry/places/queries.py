"""Questions about units. Names are public, so only pickers are limited to a scope."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, select

from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission, may, reaches
from registry.places.models import Region, RegionName
from registry.places.rules import NamePeriod, Successions, name_on, short_name
from registry.regions import Level, ancestor, code_range, covers, is_code, level_of, lineage
from registry.scope import within

#: What each level below the first is moved in by.
_INDENT = "　"


def get_region(code: str) -> Region:
    """Return a unit; raises Missing."""
    region = db.session.get(Region, code) if is_code(code) else None
    if region is None:
        raise Missing
    return region


def heir_of(code: str) -> str:
    """Return the unit that stands for this one today: itself, or the last of those that took over one after another."""
    region = db.session.get(Region, code)
    while region is not None and region.successor_code is not None:
        code, region = region.successor_code, db.session.get(Region, region.successor_code)
    return code


def list_successions() -> Successions:
    """Return for every unit that was merged into another the day and the other."""
    rows = select(Region.region_code, Region.ended_on, Region.successor_code).where(Region.successor_code.is_not(None))
    return {code: (day, heir) for code, day, heir in db.session.execute(rows) if day and heir}


def find_region_in_scope(code: str, actor: Actor, permission: Permission) -> Region | None:
    """Return a unit the actor reaches with this permission, else None."""
    return db.session.scalar(select(Region).where(Region.region_code == code, within(Region, actor, permission)))


def list_children(code: str, *, ended: bool = False) -> list[Region]:
    """Return the units directly below, in code order; ended ones only when asked for."""
    rows = select(Region).where(Region.parent_code == code).order_by(Region.region_code)
    return list(db.session.scalars(rows if ended else rows.where(Region.ended_on.is_(None))))


def list_below(code: str) -> list[Region]:
    """Return a unit and everything below it that still stands, in code order."""
    inside = Region.region_code.between(*code_range(code))
    return list(
        db.session.scalars(select(Region).where(inside, Region.ended_on.is_(None)).order_by(Region.region_code))
    )


def _read_by(actor: Actor) -> ColumnElement[bool]:
    """Say which units a reader of the register reaches; a unit belongs to no sector."""
    held = [reach for reach in reaches(actor, Permission.ASSET_READ) if not reach.own_only]
    return or_(false(), *(Region.region_code.between(*reach.codes) for reach in held))


def get_unit(code: str, actor: Actor) -> Region:
    """Return a unit that a reader of the register reaches; raises Missing."""
    unit = db.session.scalar(select(Region).where(Region.region_code == code, _read_by(actor)))
    if unit is None:
        raise Missing
    return unit


def list_units_after(actor: Actor, parent: str, after: str, limit: int) -> list[Region]:
    """Return units within reach in code order after one, those directly below ``parent`` if it is given."""
    rows = select(Region).where(_read_by(actor), Region.region_code > after)
    rows = rows.where(Region.parent_code == parent) if parent else rows
    return list(db.session.scalars(rows.order_by(Region.region_code).limit(limit)))


def count_below(codes: Iterable[str]) -> dict[str, int]:
    """Return how many standing units lie directly below each of these."""
    rows = select(Region.parent_code, func.count()).where(Region.parent_code.in_(codes), Region.ended_on.is_(None))
    return {str(code): count for code, count in db.session.execute(rows.group_by(Region.parent_code))}


def list_units_to_enter(actor: Actor, permission: Permission) -> list[tuple[str, str]]:
    """Return code and name of the standing units an actor reaches with a permission, for choosing one in a form."""
    rows = select(Region.region_code, Region.name).where(Region.ended_on.is_(None), within(Region, actor, permission))
    found = list(db.session.execute(rows.order_by(Region.region_code)))
    above = {code: short_name(name) for code, name in found}
    return [(code, _within_parent(code, name, above)) for code, name in found]


def _within_parent(code: str, name: str, above: dict[str, str]) -> str:
    township = above.get(ancestor(code, Level.TOWNSHIP), "") if level_of(code) is Level.VILLAGE else ""
    return township + short_name(name)


def count_regions() -> int:
    """Return how many units are known, ended ones included."""
    return db.session.scalar(select(func.count()).select_from(Region)) or 0


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the short names of these units, for a page of rows."""
    wanted = {code for code in codes if code}
    rows = db.session.execute(select(Region.region_code, Region.name).where(Region.region_code.in_(wanted)))
    return {code: short_name(name) for code, name in rows}


def path_of(code: str) -> list[Region]:
    """Return the units from the municipality down to this one."""
    found = {r.region_code: r for r in db.session.scalars(select(Region).where(Region.region_code.in_(lineage(code))))}
    return [found[one] for one in lineage(code) if one in found]


def full_name(code: str, *, without_top: bool = True) -> str:
    """Return the name in full, as papers write it: 石柱土家族自治县中益乡华溪村."""
    return "".join(region.short for region in _named(code, without_top=without_top))


def full_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these units in full, for a page of rows, in one question."""
    wanted = [*codes]
    names = names_of(above for code in wanted for above in lineage(code))
    return {code: "".join(names.get(one, "") for one in lineage(code)[1:] or [code]) for code in wanted}


def full_name_on(code: str, day: date) -> str:
    """Return the name in full as papers wrote it on a day."""
    return "".join(short_name(name_of_on(region.region_code, day)) for region in _named(code, without_top=True))


def _named(code: str, *, without_top: bool) -> list[Region]:
    path = path_of(code)
    return path[1:] if without_top and len(path) > 1 else path


def list_former_names(code: str) -> list[RegionName]:
    """Return the names a unit bore earlier, oldest first."""
    rows = select(RegionName).where(RegionName.region_code == code)
    return list(db.session.scalars(rows.order_by(RegionName.valid_to)))


def name_of_on(code: str, day: date) -> str:
    """Return the full official name a unit bore on a day."""
    former = [NamePeriod(row.name, row.valid_from, row.valid_to) for row in list_former_names(code)]
    return name_on(get_region(code).name, former, day)


def go_live_of(code: str) -> date | None:
    """Return the go-live date that holds for a unit: its own, or that of the nearest unit above that has one."""
    dates = [region.go_live_on for region in path_of(code) if region.go_live_on]
    return dates[-1] if dates else None


def offered_units(actor: Actor, here: str, permission: Permission) -> list[tuple[str, str]]:
    """Return code and indented name of the units around ``here`` in which a permission holds, to choose from.

    A county is offered with everything below it; of the municipality only its counties, until one is chosen.
    """
    top = here if is_code(here) and may(actor, permission, here) else home_of(actor, permission)
    above = [unit for unit in path_of(top)[:-1] if may(actor, permission, unit.region_code)]
    if level_of(top) is Level.MUNICIPALITY:
        units = [*path_of(top), *list_children(top)]
    else:
        county = next((unit.region_code for unit in above if unit.level is Level.COUNTY), top)
        above = [unit for unit in above if unit.level is Level.MUNICIPALITY]
        units = [*above, *list_below(county)]
    least = min((unit.level.depth for unit in units), default=0)
    return [(unit.region_code, _INDENT * (unit.level.depth - least) + unit.short) for unit in units]


def offered_below(actor: Actor, here: str, permission: Permission) -> list[tuple[str, str]]:
    """Return offered_units() without the municipality itself, for what can only lie with a unit below it."""
    units = offered_units(actor, here, permission)
    kept = [(code, name) for code, name in units if level_of(code) is not Level.MUNICIPALITY]
    return kept if len(kept) == len(units) else [(code, name.removeprefix(_INDENT)) for code, name in kept]


def home_of(actor: Actor, permission: Permission) -> str:
    """Return the actor's own unit if the permission holds there, else the first unit where it does."""
    if may(actor, permission, actor.unit_code):
        return actor.unit_code
    return reaches(actor, permission)[0].codes.low


def unit_meant(named: str | None, actor: Actor) -> str:
    """Return the unit that an address names, the actor's own where it names none; raises Missing."""
    return get_unit(named, actor).region_code if named else actor.unit_code


def unit_around(named: str | None, actor: Actor) -> str:
    """Return unit_meant(), or a unit above the actor's own: there they see what concerns their own. Raises Missing."""
    return named if named and is_code(named) and covers(named, actor.unit_code) else unit_meant(named, actor)
