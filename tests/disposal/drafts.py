"""A draft of a disposal as a row, inside somebody else's transaction."""

from sqlalchemy import select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.permissions import Actor
from tests.factories import TODAY

#: The days of the route, each late enough for what went before it and none after TODAY.


def bare_case(asset: Asset, by: Actor) -> DisposalCase:
    """A draft about an asset of a unit, with nothing said of it, inside somebody else's transaction."""
    holder = db.session.scalars(select(AssetOwner).where(AssetOwner.asset_id == asset.id)).one()
    case = DisposalCase(
        region_code=asset.region_code, number=f"CZ-{asset.region_code}-1", kind="SALE", ground="IDLE", status="DRAFT",
        title="出售冷库", reason="闲置", effective_on=TODAY, category=asset.category, owner_kind=asset.owner_kind,
        owner_id=holder.party_id, sector=asset.sector, opened_by_id=by.id, opened_by_text="test", opened_at=now(),
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    record(Action.DISPOSAL_OPENED, case, by=by)
    return case
