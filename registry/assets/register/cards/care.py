"""Who looks after an asset: one relation at a time, handed on by agreement. No permission, no event of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset, AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.bulk import chunks
from registry.database import db
from registry.errors import Conflict
from registry.text import N_


class CustodianAgreed(Conflict):
    """A custodian who accepted an agreement is not replaced by a correction of the card."""

    message = N_("管护责任人是按协议确定的，换人请到“管护巡查”办理，不能在卡片上改。")


class OperatorContracted(Conflict):
    """An operator by contract is not replaced by a correction of the card."""

    message = N_("经营主体、经营方式和使用状况是按经营合同确定的，变动请到“经营合同”办理，不能在卡片上改。")


@dataclass(frozen=True)
class Custodian:
    """Who takes an asset over, by which paper; a person with an account sees the asset from then on."""

    name: str
    basis: str
    user_id: int | None = None


def current_custodian(asset_id: int) -> AssetRelation | None:
    """Return who looks after an asset now."""
    rows = select(AssetRelation).where(
        AssetRelation.asset_id == asset_id,
        AssetRelation.kind == RelationKind.CUSTODIAN.value,
        AssetRelation.valid_to.is_(None),
    )
    return db.session.scalar(rows.order_by(AssetRelation.id.desc()).limit(1))


def set_custodian(asset: Asset, custodian: Custodian, *, on: date) -> AssetRelation:
    """Hand an asset over to another custodian from a day on; the earlier one keeps the days until then."""
    earlier = current_custodian(asset.id)
    if earlier is not None:
        earlier.valid_to = max(on, earlier.valid_from)
    taken = AssetRelation(
        asset_id=asset.id, region_code=asset.region_code, kind=RelationKind.CUSTODIAN.value,
        name=custodian.name, user_id=custodian.user_id, valid_from=on, basis=custodian.basis,
    )  # fmt: skip
    db.session.add(taken)
    db.session.flush()
    return taken


def end_relations(asset_ids: Sequence[int], *, on: date) -> None:
    """Let custodian, operator and supervisor of assets that are gone end on a day."""
    for row in running_relations(asset_ids):
        row.valid_to = max(on, row.valid_from)


def running_relations(asset_ids: Sequence[int]) -> list[AssetRelation]:
    """Return who looks after, runs and supervises these assets now."""
    found: list[AssetRelation] = []
    for some in chunks(asset_ids):
        rows = select(AssetRelation).where(AssetRelation.asset_id.in_(some), AssetRelation.valid_to.is_(None))
        found += db.session.scalars(rows.order_by(AssetRelation.id))
    return found


def carry_relations(asset: Asset, heir: Asset, *, on: date) -> None:
    """Let what came of an asset keep its custodian, operator and supervisor, by the same papers and persons."""
    for row in running_relations([heir.id]):
        row.valid_to = max(on, row.valid_from)
    for row in running_relations([asset.id]):
        row.valid_to = max(on, row.valid_from)
        kept = AssetRelation(
            asset_id=heir.id, region_code=heir.region_code, kind=row.kind, name=row.name, user_id=row.user_id,
            valid_from=on, basis=row.basis,
        )  # fmt: skip
        db.session.add(kept)
    db.session.flush()


def check_not_agreed(asset_id: int) -> None:
    """Raise CustodianAgreed if the custodian of today holds the asset by agreement."""
    held = current_custodian(asset_id)
    if held is not None and held.basis:
        raise CustodianAgreed(field="custodian")


def check_not_contracted(asset_id: int, changed: str) -> None:
    """Raise OperatorContracted, naming the field, if the operator of today runs the asset by contract."""
    rows = select(AssetRelation.id).where(
        AssetRelation.asset_id == asset_id,
        AssetRelation.kind == RelationKind.OPERATOR.value,
        AssetRelation.valid_to.is_(None),
        AssetRelation.basis != "",
    )
    if db.session.scalar(rows.limit(1)) is not None:
        raise OperatorContracted(field=changed)


def check_not_by_paper(asset_id: int, changed: Iterable[str]) -> None:
    """Raise CustodianAgreed or OperatorContracted if one of these fields is held by agreement or contract."""
    if "custodian" in changed:
        check_not_agreed(asset_id)
    for name in sorted(set(changed) & {"operator", "operating_mode", "use_status"}):
        check_not_contracted(asset_id, name)
