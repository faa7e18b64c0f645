"""Money that was entered under contracts and equity and waits to be checked: nobody is asked for it meanwhile."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select

from registry.database import db
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.receipts.models import Receipt
from registry.ledger.operation.receipts.rules import IN_HAND

_OPEN = sorted(status.value for status in OUTSTANDING)
#: Corrections replace what is posted already.
_WAITS = (Receipt.status.in_(sorted(status.value for status in IN_HAND)), Receipt.corrects_id.is_(None))
#: A contract or equity.
Key = tuple[int | None, int | None]


def waiting_sums(wanted: Iterable[Key]) -> dict[Key, int]:
    """Return what waits to be checked under contracts and equity (fen), by contract and equity."""
    keys = set(wanted)
    contracts = {contract for contract, _ in keys if contract is not None}
    equity = {one for _, one in keys if one is not None}
    rows = (
        select(Receipt.contract_id, Receipt.equity_id, func.sum(Receipt.amount_fen))
        .where(*_WAITS, Receipt.contract_id.in_(contracts) | Receipt.equity_id.in_(equity))
        .group_by(Receipt.contract_id, Receipt.equity_id)
    )
    return {(contract, one): int(fen) for contract, one, fen in db.session.execute(rows)}


def entered_for(dues: Sequence[Due]) -> dict[int, int]:
    """Return what of each due has been entered and waits (fen), the oldest due of a contract or equity first."""
    waiting = waiting_sums((due.contract_id, due.equity_id) for due in dues)
    if not waiting:
        return {}
    contracts, equity = {contract for contract, _ in waiting}, {one for _, one in waiting}
    rows = select(Due).where(Due.status.in_(_OPEN), Due.contract_id.in_(contracts) | Due.equity_id.in_(equity))
    found = {}
    for due in db.session.scalars(rows.order_by(Due.due_on, Due.id)):
        left = waiting.get((due.contract_id, due.equity_id), 0)
        if left:
            found[due.id] = min(left, due.open_fen)
            waiting[due.contract_id, due.equity_id] = left - found[due.id]
    return found


def waiting_beside_due() -> ColumnElement[int]:
    """Say in a query over dues what waits to be checked under the contract or equity of each (fen)."""
    of_contract, of_equity = (
        func.coalesce(select(func.sum(Receipt.amount_fen)).where(same, *_WAITS).scalar_subquery(), 0)
        for same in (Receipt.contract_id == Due.contract_id, Receipt.equity_id == Due.equity_id)
    )
    return of_contract + of_equity
