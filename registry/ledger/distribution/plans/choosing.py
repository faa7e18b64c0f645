"""What a plan's forms let people name: collectives, assets and contracts by their numbers."""

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.codes import typed_number
from registry.database import db
from registry.errors import Invalid
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.services import COLLECTIVES
from registry.ledger.operation.contracts.models import Contract
from registry.parties.models import Party
from registry.permissions import Actor, Permission
from registry.scope import within
from registry.text import N_

MOST = 500


class AssetUnknown(Invalid):
    """An asset is named by its number."""

    message = N_("没有找到编号为“%(number)s”的资产。")


class ContractUnknown(Invalid):
    """A contract is named by its number."""

    message = N_("没有找到编号为“%(number)s”的合同。")


def list_collectives(actor: Actor) -> list[Party]:
    """Return the collectives whose plans a person drafts."""
    kinds = sorted(kind.value for kind in COLLECTIVES)
    rows = select(Party).where(within(Party, actor, Permission.DISTRIBUTION_ENTER), Party.kind.in_(kinds))
    return list(db.session.scalars(rows.order_by(Party.region_code, Party.id).limit(MOST)))


def find_asset_id(number: str, actor: Actor) -> int | None:
    """Return the asset of a number; None if none is named. Raises AssetUnknown."""
    if not number.strip():
        return None
    rows = select(Asset.id).where(Asset.asset_no == typed_number(number), within(Asset, actor, Permission.ASSET_READ))
    found = db.session.scalar(rows)
    if found is None:
        raise AssetUnknown(field="asset_no", number=number.strip())
    return found


def find_contract_id(number: str, actor: Actor) -> int | None:
    """Return the contract of a number; None if none is named. Raises ContractUnknown."""
    if not number.strip():
        return None
    rows = select(Contract.id).where(Contract.number == number.strip(), within(Contract, actor, Permission.LEDGER_READ))
    found = db.session.scalar(rows)
    if found is None:
        raise ContractUnknown(field="contract", number=number.strip())
    return found


def numbers_of(plan: Plan) -> tuple[str, str]:
    """Return the numbers of the asset and the contract of a plan's scope, empty where it has none."""
    return asset_number(plan.asset_id), contract_number(plan.contract_id)


def asset_number(asset_id: int | None) -> str:
    """Return the number of an asset; empty for none."""
    if asset_id is None:
        return ""
    return db.session.scalar(select(Asset.asset_no).where(Asset.id == asset_id)) or ""


def contract_number(contract_id: int | None) -> str:
    """Return the number of a contract; empty for none."""
    if contract_id is None:
        return ""
    return db.session.scalar(select(Contract.number).where(Contract.id == contract_id)) or ""
