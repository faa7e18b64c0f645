"""Questions about receipts and income."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from registry.database import db
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis

_DISTRIBUTABLE = sorted(kind.value for kind in DISTRIBUTABLE)


def list_distributable(
    *, until: date, party_id: int | None = None, asset_ids: Collection[int] = (), contract_id: int | None = None
) -> list[IncomeRow]:
    """Return income both earned and received by a day that may be distributed, in order of entry.

    A row that was reversed stands beside the negative row that reverses it (``reverses_id``), so sums are right and
    a plan can tell what it took back. What plans have taken already, distribution knows itself.
    """
    rows = select(IncomeRow).where(
        IncomeRow.kind.in_(_DISTRIBUTABLE), IncomeRow.basis == Basis.OWN.value, IncomeRow.earned_on <= until
    )
    if party_id is not None:
        rows = rows.where(IncomeRow.party_id == party_id)
    if asset_ids:
        rows = rows.where(IncomeRow.asset_id.in_(asset_ids))
    if contract_id is not None:
        rows = rows.where(IncomeRow.contract_id == contract_id)
    return list(db.session.scalars(rows.order_by(IncomeRow.id)))
