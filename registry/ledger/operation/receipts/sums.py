"""What is kept beside income in the same transaction: sums per unit, month, kind and sector, and what waits of 预收."""

from collections.abc import Iterable

from registry.database import db
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum, PrepaidLeft
from registry.ledger.operation.receipts.rules import Basis
from registry.summing import add_rows


def add_to_sums(rows: Iterable[IncomeRow]) -> None:
    """Add new income to the sums of its unit and of every unit above; what others own is in no total."""
    own = [row for row in rows if row.basis != Basis.REPORTED.value]
    add_rows(IncomeSum, [(row.region_code, (row.month, row.kind, row.sector), (1, row.amount_fen)) for row in own])


def keep_prepaid(rows: Iterable[IncomeRow]) -> None:
    """Keep what of money in advance has not become income: new rows wait, released and reversed ones wait no longer."""
    for row in rows:
        if row.about is not IncomeKind.PREPAYMENT or row.basis == Basis.REPORTED.value:
            continue
        if row.reverses_id is not None:
            _take(row.reverses_id, None)
        elif row.releases_id is not None:
            _take(row.releases_id, -row.amount_fen)
        else:
            db.session.add(PrepaidLeft(row_id=row.id, region_code=row.region_code, left_fen=row.amount_fen))
    db.session.flush()


def _take(row_id: int, fen: int | None) -> None:
    """Take some of what waits of a row, or all of it; what is gone already stays gone."""
    left = db.session.get(PrepaidLeft, row_id)
    if left is None:
        return
    left.left_fen -= left.left_fen if fen is None else fen
    if not left.left_fen:
        db.session.delete(left)
