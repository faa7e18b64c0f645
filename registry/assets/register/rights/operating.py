"""Who runs an asset, how it is used and classed: kept true by contracts and reviews. No permission, no event."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import IndustryClass, OperatingMode, UseStatus
from registry.assets.register.rights.models import UseChange
from registry.clock import now
from registry.database import db


@dataclass(frozen=True)
class Operation:
    """How an asset is run from a day on, by which paper; without an operator nobody else runs it."""

    mode: OperatingMode
    use: UseStatus
    basis: str
    operator: str = ""


def find_operator(asset_id: int) -> AssetRelation | None:
    """Return who runs an asset now."""
    rows = select(AssetRelation).where(
        AssetRelation.asset_id == asset_id,
        AssetRelation.kind == RelationKind.OPERATOR.value,
        AssetRelation.valid_to.is_(None),
    )
    return db.session.scalar(rows.order_by(AssetRelation.id.desc()).limit(1))


def set_operation(asset: Asset, operation: Operation, *, on: date) -> None:
    """Let an asset be run so from a day on; the earlier operator keeps the days until then."""
    earlier = find_operator(asset.id)
    if earlier is not None:
        earlier.valid_to = max(on, earlier.valid_from)
    if operation.operator:
        relation = AssetRelation(
            asset_id=asset.id, region_code=asset.region_code, kind=RelationKind.OPERATOR.value,
            name=operation.operator, valid_from=on, basis=operation.basis,
        )  # fmt: skip
        db.session.add(relation)
    _remember(asset, operation.basis, on)
    with moving([asset]):
        asset.operating_mode, asset.use_status = operation.mode.value, operation.use.value
    db.session.flush()


def set_use(asset: Asset, use: UseStatus, basis: str, *, on: date) -> None:
    """Say how an asset is used from a day on; who runs it, and how, stays."""
    _remember(asset, basis, on)
    with moving([asset]):
        asset.use_status = use.value
    db.session.flush()


def set_industry_class(asset: Asset, group: IndustryClass, basis: str, *, on: date) -> None:
    """Put an asset into one of the four groups from a day on."""
    _remember(asset, basis, on)
    asset.industry_class = group.value
    db.session.flush()


def _remember(asset: Asset, basis: str, on: date) -> None:
    change = UseChange(
        asset_id=asset.id, region_code=asset.region_code, changed_on=on, changed_at=now(),
        use_status=asset.use_status, operating_mode=asset.operating_mode, industry_class=asset.industry_class,
        basis=basis[:200],
    )  # fmt: skip
    db.session.add(change)
