"""Which units a reader is offered to print, indented as they lie in each other."""

from registry.permissions import Actor, Permission, may, reaches
from registry.places.queries import list_below, list_children, path_of
from registry.regions import Level, is_code, level_of

_INDENT = "　"


def offered_units(actor: Actor, here: str, permission: Permission = Permission.PRINT) -> list[tuple[str, str]]:
    """Return code and indented name of the units around ``here`` that an actor may print, or reaches otherwise.

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


def home_of(actor: Actor, permission: Permission = Permission.PRINT) -> str:
    """Return the actor's own unit if its papers may be printed there, else the first unit where they may."""
    if may(actor, permission, actor.unit_code):
        return actor.unit_code
    return reaches(actor, permission)[0].codes.low
