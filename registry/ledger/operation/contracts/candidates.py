"""Which assets a contract may be made about, and under which unit it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.database import db
from registry.errors import Missing
from registry.kinds import Category
from registry.ledger.operation.contracts.rules import MOST_ASSETS
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within


@dataclass(frozen=True)
class Candidates:
    """Assets of a unit and below; what is typed narrows them down."""

    region_code: str
    text: str = ""


def list_candidates(wanted: Candidates, actor: Actor, limit: int = MOST_ASSETS) -> list[Asset]:
    """Return confirmed operating assets by name, number or project; one more than the limit."""
    rows = select(Asset).where(
        within(Asset, actor, Permission.CONTRACT_ENTER),
        Asset.region_code.between(*code_range(wanted.region_code)),
        Asset.stage == Stage.CONFIRMED.value,
        Asset.category == Category.OPERATING.value,
    )
    if wanted.text:
        same = (one.contains(wanted.text, autoescape=True) for one in (Asset.name, Asset.project_name))
        rows = rows.where(or_(Asset.asset_no == wanted.text, *same))
    return list(db.session.scalars(rows.order_by(Asset.region_code, Asset.id).limit(limit + 1)))


def list_chosen(numbers: Iterable[str], actor: Actor) -> list[Asset]:
    """Return the assets with these numbers in the actor's reach, in order of entry; raises Missing for any other."""
    wanted = set(numbers)
    rows = select(Asset).where(Asset.asset_no.in_(wanted), within(Asset, actor, Permission.CONTRACT_ENTER))
    found = list(db.session.scalars(rows.order_by(Asset.id)))
    if len(found) != len(wanted):
        raise Missing
    return found


def unit_of(assets: Sequence[Asset], chosen: str) -> str:
    """Return the unit that manages a contract: the assets' own if it is one, else the one the clerk works in."""
    units = {asset.region_code for asset in assets}
    return units.pop() if len(units) == 1 else chosen
