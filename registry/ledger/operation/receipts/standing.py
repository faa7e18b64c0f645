"""What stands behind assets without a due: the contract that runs, the equity that is held, the card."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from registry.assets.register.cards.models import Asset, AssetRelation, Interest
from registry.assets.register.cards.parts import RelationKind
from registry.database import db
from registry.ledger.operation.contracts.kinds import OWN
from registry.ledger.operation.contracts.queries import running_contracts
from registry.ledger.operation.equity.kinds import EquityStatus, ReturnKind
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.offering import BY_RENT, Source, by_card


def agreed_for(asset_ids: Sequence[int], on: date) -> dict[int, Source]:
    """Return the contract with somebody else that runs on a day, or the equity that is held, by asset."""
    found = {
        one.asset_id: Source(
            IncomeKind.GUARANTEED_RETURN if one.returns is ReturnKind.GUARANTEED else IncomeKind.DIVIDEND,
            one.investee.name, equity_id=one.id,
        )
        for one in _held(asset_ids, on)
        if one.asset_id is not None
    }  # fmt: skip
    let = {
        asset_id: Source(BY_RENT[one.rent], one.operator_name, contract_id=one.id)
        for asset_id, one in running_contracts(asset_ids, on).items()
        if one.way not in OWN
    }
    return found | let


def _held(asset_ids: Sequence[int], on: date) -> list[Equity]:
    rows = select(Equity).where(
        Equity.asset_id.in_(asset_ids), Equity.status == EquityStatus.HELD.value, Equity.starts_on <= on
    )
    return list(db.session.scalars(rows.order_by(Equity.id)))


def cards_of(assets: Sequence[Asset], on: date) -> dict[int, Source]:
    """Return what the cards of assets tell of their income on a day, by asset."""
    keys = [one.id for one in assets]
    runs = select(AssetRelation.asset_id, AssetRelation.name).where(
        AssetRelation.asset_id.in_(keys),
        AssetRelation.kind == RelationKind.OPERATOR.value,
        AssetRelation.valid_from <= on,
        or_(AssetRelation.valid_to.is_(None), AssetRelation.valid_to > on),
    )
    owes = select(Interest.asset_id, Interest.investee).where(Interest.asset_id.in_(keys))
    operators = {row.asset_id: row.name for row in db.session.execute(runs.order_by(AssetRelation.id))}
    investees = {row.asset_id: row.investee for row in db.session.execute(owes)}
    return {
        one.id: by_card(one.subtype, one.operating_mode, operators.get(one.id, ""), investees.get(one.id, ""))
        for one in assets
    }


def source_of(receipt: Receipt | None) -> Source | None:
    """Return what a receipt tells of where an asset's income comes from."""
    if receipt is None:
        return None
    return Source(receipt.about, receipt.payer, receipt.contract_id, receipt.equity_id)
