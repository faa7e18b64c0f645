"""Money paid in advance (预收): what of it waits, and what of that has been earned by a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from registry.assets.register.cards.models import Asset
from registry.counting import count_up_to
from registry.database import db
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import EARNED, OUTSTANDING
from registry.ledger.operation.receipts.models import IncomeRow, PrepaidLeft, Receipt
from registry.permissions import Actor, Permission, reaches
from registry.regions import code_range

_OPEN = sorted(status.value for status in OUTSTANDING)
_EARNED = sorted(kind.value for kind in EARNED)


@dataclass(frozen=True)
class Waiting:
    """One owner's part of money in advance that can become income now, and how much of it is left."""

    row: IncomeRow
    receipt: Receipt
    asset: Asset
    left_fen: int


def _due_now(actor: Actor, on: date) -> tuple[ColumnElement[bool], ...]:
    """Rows whose period has begun, or of a contract that owes for a period that has; one's own entries are others'."""
    owing = exists().where(
        or_(Due.contract_id == IncomeRow.contract_id, Due.equity_id == IncomeRow.equity_id),
        Due.status.in_(_OPEN),
        Due.kind.in_(_EARNED),
        Due.period_from <= on,
    )
    begun = and_(IncomeRow.due_id.is_not(None), IncomeRow.earned_from <= on)
    plain = [one for one in reaches(actor, Permission.INCOME_CHECK) if one.sector is None and not one.own_only]
    return (
        or_(false(), *(PrepaidLeft.region_code.between(*one.codes) for one in plain)),
        or_(begun, and_(IncomeRow.due_id.is_(None), owing)),
        Receipt.entered_by_id.is_distinct_from(actor.id),
    )


def list_waiting(actor: Actor, on: date, *, region_code: str | None = None, limit: int = 200) -> list[Waiting]:
    """Return money in advance that can become income on a day, the oldest first."""
    rows = (
        select(IncomeRow, Receipt, Asset, PrepaidLeft.left_fen)
        .join(PrepaidLeft, PrepaidLeft.row_id == IncomeRow.id)
        .join(Receipt, Receipt.id == IncomeRow.receipt_id)
        .join(Asset, Asset.id == IncomeRow.asset_id)
        .where(*_due_now(actor, on))
    )
    if region_code is not None:
        rows = rows.where(PrepaidLeft.region_code.between(*code_range(region_code)))
    found = db.session.execute(rows.order_by(IncomeRow.id).limit(limit))
    return [Waiting(row, receipt, asset, left_fen) for row, receipt, asset, left_fen in found]


def count_waiting(actor: Actor, on: date, most: int) -> int:
    """Return how many parts of money in advance can become income, counting up to a number."""
    rows = select(PrepaidLeft.row_id).join(IncomeRow, IncomeRow.id == PrepaidLeft.row_id)
    rows = rows.join(Receipt, Receipt.id == IncomeRow.receipt_id)
    return count_up_to(rows.where(*_due_now(actor, on)), most)
