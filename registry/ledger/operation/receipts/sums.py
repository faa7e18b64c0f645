"""What is kept beside income in the same transaction: sums per unit, month and kind."""

from collections.abc import Iterable

from sqlalchemy import select

from registry.assets.register.cards.index import summing_units
from registry.database import db
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum
from registry.ledger.operation.receipts.rules import Basis

_MONTHS = 100
Key = tuple[str, int, str]


def month_of(year: int, month: int) -> int:
    """Write year and month as one number: 202611."""
    return year * _MONTHS + month


def add_to_sums(rows: Iterable[IncomeRow]) -> None:
    """Add new income to the sums of its unit and of every unit above; what others own is in no total."""
    found: dict[Key, list[int]] = {}
    for row in rows:
        if row.basis == Basis.REPORTED.value:
            continue
        for unit in summing_units(row.region_code):
            kept = found.setdefault((unit, row.month, row.kind), [0, 0])
            kept[:] = kept[0] + 1, kept[1] + row.amount_fen
    standing = _standing(found.keys())
    for key in sorted(found):
        one = standing.get(key) or _new(key)
        one.rows += found[key][0]
        one.amount_fen += found[key][1]
    db.session.flush()


def _standing(keys: Iterable[Key]) -> dict[Key, IncomeSum]:
    wanted = set(keys)
    rows = select(IncomeSum).where(
        IncomeSum.region_code.in_({unit for unit, *_ in wanted}), IncomeSum.month.in_({month for _, month, _ in wanted})
    )
    return {(one.region_code, one.month, one.kind): one for one in db.session.scalars(rows)}


def _new(key: Key) -> IncomeSum:
    unit, month, kind = key
    one = IncomeSum(region_code=unit, month=month, kind=kind, rows=0, amount_fen=0)
    db.session.add(one)
    return one
