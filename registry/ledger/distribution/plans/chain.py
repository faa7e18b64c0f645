"""From a household's line back to where the money came from: the plan's income rows, their contracts and assets."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.distribution.plans.models import PlanIncome, PlanLine
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.receipts.models import IncomeRow

MOST = 50
#: What was taken and given back whole is no source of any line.
_KEPT = PlanIncome.taken_fen != PlanIncome.returned_fen


@dataclass(frozen=True)
class Link:
    """One income row a plan took from, with its asset and contract; amounts in fen."""

    row: IncomeRow
    taken_fen: int
    asset: Asset
    contract: Contract | None


def income_chain(plan_id: int, *, after: int = 0, limit: int = MOST) -> list[Link]:
    """Return the income rows of a plan with asset and contract; one more than a page to show that there are more."""
    return _links(plan_id, after, limit + 1)


def _links(plan_id: int, after: int, limit: int, *conditions: ColumnElement[bool]) -> list[Link]:
    rows = (
        select(IncomeRow, PlanIncome.taken_fen - PlanIncome.returned_fen, Asset, Contract)
        .join(PlanIncome, PlanIncome.income_row_id == IncomeRow.id)
        .join(Asset, Asset.id == IncomeRow.asset_id)
        .outerjoin(Contract, Contract.id == IncomeRow.contract_id)
        .where(PlanIncome.plan_id == plan_id, IncomeRow.id > after, *conditions)
        .order_by(IncomeRow.id)
        .limit(limit)
    )
    return [Link(row, taken, asset, contract) for row, taken, asset, contract in db.session.execute(rows)]


def chain_of(line: PlanLine) -> list[Link]:
    """Return where the money of a line came from: its use's own contract or asset first, else the whole plan's."""
    use = line.use
    own = [
        column == value
        for column, value in ((IncomeRow.contract_id, use.contract_id), (IncomeRow.asset_id, use.asset_id))
        if value is not None
    ]
    found = _links(line.plan_id, 0, MOST, _KEPT, or_(*own)) if own else []
    return found or _links(line.plan_id, 0, MOST, _KEPT)
