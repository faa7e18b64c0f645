"""What a finding may come of in features below, and what is taken over from there when it is entered."""

from dataclasses import dataclass

from registry.approvals.notices.queries import get_objection
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.supervision.findings.rules import Origin, Source
from registry.supervision.stocktaking.queries import get_difference

OBJECTION, DIFFERENCE = "objection", "stock_difference"


@dataclass(frozen=True)
class Begun:
    """What a row of another feature says of the finding that comes of it."""

    origin: Origin
    source: Source
    region_code: str
    problem: str
    assets: tuple[str, ...] = ()


def begun_from(table: str, key: int, actor: Actor) -> Begun:
    """Return what an objection or a difference of a count says. Raises Missing."""
    if table == OBJECTION:
        objection = get_objection(key, actor, Permission.ASSET_READ)
        return Begun(Origin(table, key), Source.OBJECTION, objection.region_code, objection.text)
    if table == DIFFERENCE:
        difference = get_difference(key, actor)
        line = difference.line
        words = f"{line.name}：{difference.found.label}。{line.note}"
        assets = (line.asset_no,) if line.asset_no else ()
        return Begun(Origin(table, key), Source.STOCKTAKING, difference.region_code, words, assets)
    raise Missing
