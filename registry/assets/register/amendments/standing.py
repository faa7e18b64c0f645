"""Which assets stood in a unit at the end of a day, and how.

Most assets stand as they stood and are asked for as columns, never entities; the others are read card by card.
``reach`` limits what a reader sees; whoever asks for the register itself passes ``true()``.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, not_, or_, select

from registry.assets.register.amendments.past import CardThen, cards_on, changed_since, stood_on
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import STANDING
from registry.database import db
from registry.places.queries import list_successions
from registry.places.rules import unit_on
from registry.regions import code_range, covers

_STAGES = sorted(stage.value for stage in STANDING)
Reach = ColumnElement[bool]


def standing(region_code: str, reach: Reach, on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of assets that a unit manages, formed by a day, that are in reach."""
    return (_inside(region_code), *_in_reach(reach, on))


def _inside(region_code: str) -> ColumnElement[bool]:
    return Asset.region_code.between(*code_range(region_code))


def _in_reach(reach: Reach, on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of what stood at the end of a day and is in reach."""
    return (stood_on(on, _STAGES), reach)


def unchanged(region_code: str, reach: Reach, on: date) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of assets that stood at the end of a day as they stand now."""
    return (*standing(region_code, reach, on), not_(or_(_moved(region_code, on), changed_since(on))))


def _moved(region_code: str, on: date) -> ColumnElement[bool]:
    """Say which assets may have come, after a day, with a merger into a unit in here or out of one."""
    later = {code: ended for code, ended in list_successions().items() if ended[0] > on}
    heirs = {code: unit_on(code, date.max, later) for code in later}
    crossed = {heir for code, heir in heirs.items() if covers(region_code, code) or covers(region_code, heir)}
    return Asset.region_code.in_(sorted(crossed))


def earlier(region_code: str, reach: Reach, on: date) -> list[tuple[Asset, CardThen]]:
    """Return, with the card as it stood at the end of a day in a unit, the assets that may stand otherwise now."""
    differs = or_(_moved(region_code, on), and_(_inside(region_code), changed_since(on)))
    rows = select(Asset).where(differs, *_in_reach(reach, on)).order_by(Asset.id)
    assets: Sequence[Asset] = db.session.scalars(rows).all()
    paired = zip(assets, cards_on(assets, on), strict=True)
    return [(asset, card) for asset, card in paired if covers(region_code, card.facts.region_code)]
