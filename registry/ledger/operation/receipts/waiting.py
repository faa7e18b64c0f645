"""Money paid in advance (预收): what of it waits, and what of that has been earned by a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from registry.assets.register.cards.models import Asset
from registry.database import count_up_to, db
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.kinds import EARNED, OUTSTANDING
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, Receipt
from registry.ledger.operation.receipts.rules import Basis
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import within

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
    later = aliased(IncomeRow)
    begun = exists().where(
        or_(Due.contract_id == IncomeRow.contract_id, Due.equity_id == IncomeRow.equity_id),
        Due.status.in_(_OPEN),
        Due.kind.in_(_EARNED),
        Due.period_from <= on,
    )
    taken = func.coalesce(
        select(func.sum(later.amount_fen))
        .where(later.releases_id == IncomeRow.id, later.kind == IncomeKind.PREPAYMENT.value)
        .scalar_subquery(),
        0,
    )
    return (
        IncomeRow.kind == IncomeKind.PREPAYMENT.value,
        within(IncomeRow, actor, Permission.INCOME_CHECK),
        IncomeRow.amount_fen > 0,
        IncomeRow.basis != Basis.REPORTED.value,
        IncomeRow.reverses_id.is_(None),
        ~exists().where(later.reverses_id == IncomeRow.id),
        IncomeRow.amount_fen + taken > 0,
        or_(and_(IncomeRow.due_id.is_not(None), IncomeRow.earned_from <= on), and_(IncomeRow.due_id.is_(None), begun)),
        Receipt.entered_by_id.is_distinct_from(actor.id),
    )


def list_waiting(actor: Actor, on: date, *, region_code: str | None = None, limit: int = 200) -> list[Waiting]:
    """Return money in advance that can become income on a day, the oldest first."""
    rows = (
        select(IncomeRow, Receipt, Asset)
        .join(Receipt, Receipt.id == IncomeRow.receipt_id)
        .join(Asset, Asset.id == IncomeRow.asset_id)
        .where(*_due_now(actor, on))
    )
    if region_code is not None:
        rows = rows.where(IncomeRow.region_code.between(*code_range(region_code)))
    found = list(db.session.execute(rows.order_by(IncomeRow.id).limit(limit)))
    taken = taken_from([row.id for row, _receipt, _asset in found])
    return [Waiting(row, receipt, asset, row.amount_fen - taken.get(row.id, 0)) for row, receipt, asset in found]


def count_waiting(actor: Actor, on: date, most: int) -> int:
    """Return how many parts of money in advance can become income, counting up to a number."""
    rows = select(IncomeRow.id).join(Receipt, Receipt.id == IncomeRow.receipt_id)
    return count_up_to(rows.where(*_due_now(actor, on)), most)


def taken_from(row_ids: Sequence[int]) -> dict[int, int]:
    """Return what of rows of money in advance became income already (fen)."""
    rows = (
        select(IncomeRow.releases_id, func.sum(IncomeRow.amount_fen))
        .where(IncomeRow.releases_id.in_(row_ids), IncomeRow.kind == IncomeKind.PREPAYMENT.value)
        .group_by(IncomeRow.releases_id)
    )
    return {row_id: -int(fen) for row_id, fen in db.session.execute(rows) if row_id is not None}
