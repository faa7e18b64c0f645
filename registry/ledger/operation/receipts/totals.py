"""What posted income comes to, within what a person may see: from the sums that are kept, else from the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from registry.database import db
from registry.ledger.operation.periods import Period
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum
from registry.ledger.operation.receipts.rules import Basis
from registry.ledger.operation.receipts.sums import month_of
from registry.permissions import Actor, Permission, reaches
from registry.places.queries import list_children
from registry.regions import Level, code_range, level_of
from registry.scope import within


@dataclass(frozen=True)
class KindSum:
    """Posted income of one kind: rows and fen."""

    kind: IncomeKind
    rows: int
    amount_fen: int


def _month(day: date) -> int:
    return month_of(day.year, day.month)


def sums_within(region_code: str, period: Period, actor: Actor) -> list[KindSum]:
    """Return what the posted income of a unit and below comes to in a period, by kind; nothing others own."""
    if _sees_all_of(region_code, actor):
        return list_sums(summed_units(region_code), period)
    return _counted(region_code, period, actor)


def _sees_all_of(region_code: str, actor: Actor) -> bool:
    """Say whether every row of a unit may be seen, so that the kept sums answer."""
    plain = [one for one in reaches(actor, Permission.LEDGER_READ) if one.sector is None and not one.own_only]
    low, high = code_range(region_code)
    return any(one.codes.low <= low and high <= one.codes.high for one in plain)


def summed_units(region_code: str) -> list[str]:
    """Return the units whose kept sums make up a unit's: itself, or the counties for the municipality."""
    if level_of(region_code) is not Level.MUNICIPALITY:
        return [region_code]
    return [region_code, *(unit.region_code for unit in list_children(region_code))]


def list_sums(region_codes: Sequence[str], period: Period) -> list[KindSum]:
    """Return the kept sums of units in a period by kind, whoever asks."""
    rows = (
        select(IncomeSum.kind, func.sum(IncomeSum.rows), func.sum(IncomeSum.amount_fen))
        .where(
            IncomeSum.region_code.in_(region_codes),
            IncomeSum.month.between(_month(period.first), _month(period.last)),
        )
        .group_by(IncomeSum.kind)
        .order_by(IncomeSum.kind)
    )
    return [KindSum(IncomeKind(kind), int(count), int(fen)) for kind, count, fen in db.session.execute(rows)]


def _counted(region_code: str, period: Period, actor: Actor) -> list[KindSum]:
    rows = (
        select(IncomeRow.kind, func.count(), func.sum(IncomeRow.amount_fen))
        .where(
            within(IncomeRow, actor, Permission.LEDGER_READ),
            IncomeRow.region_code.between(*code_range(region_code)),
            IncomeRow.month.between(_month(period.first), _month(period.last)),
            IncomeRow.basis != Basis.REPORTED.value,
        )
        .group_by(IncomeRow.kind)
        .order_by(IncomeRow.kind)
    )
    return [KindSum(IncomeKind(kind), int(count), int(fen)) for kind, count, fen in db.session.execute(rows)]
