"""What posted income comes to, within what a person may see: from the sums that are kept, else from the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from registry.assets.register.cards.stock import summed_units
from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.periods import Period, month_of
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum
from registry.ledger.operation.receipts.rules import Basis
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import whole_reach, within


@dataclass(frozen=True)
class KindSum:
    """Posted income of one kind: rows and fen."""

    kind: IncomeKind
    rows: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class IncomeTotal:
    """Posted income that shares a key, one value for each column it is grouped by: rows and fen."""

    key: tuple[str | int, ...]
    rows: int
    amount_fen: int


def sums_within(region_code: str, period: Period, actor: Actor) -> list[KindSum]:
    """Return what the posted income of a unit and below comes to in a period, by kind; nothing others own."""
    reach = whole_reach(region_code, actor, Permission.LEDGER_READ)
    if reach is not None:
        return list_sums(summed_units(region_code), period, reach.sector)
    return _counted(region_code, period, actor)


def list_sums(region_codes: Sequence[str], period: Period, sector: Sector | None = None) -> list[KindSum]:
    """Return the kept sums of units in a period by kind, whoever asks."""
    found = income_by(region_codes, period, "kind", sector=sector)
    return [KindSum(IncomeKind(str(one.key[0])), one.rows, one.amount_fen) for one in found]


def income_by(units: Sequence[str], period: Period, *by: str, sector: Sector | None = None) -> list[IncomeTotal]:
    """Return the kept sums of exactly these units in a period, grouped by columns of IncomeSum's key, ordered by them.

    A unit's sums hold what lies below it too, but for the municipality: summed_units() names its counties beside it.
    """
    columns = [IncomeSum.__table__.c[name] for name in by]
    rows = select(*columns, func.sum(IncomeSum.rows), func.sum(IncomeSum.amount_fen)).where(
        IncomeSum.region_code.in_(units), IncomeSum.month.between(month_of(period.first), month_of(period.last))
    )
    if sector is not None:
        rows = rows.where(IncomeSum.sector == sector.value)
    if columns:
        rows = rows.group_by(*columns).order_by(*columns)
    return [IncomeTotal(tuple(key), int(count), int(fen)) for *key, count, fen in db.session.execute(rows) if count]


def _counted(region_code: str, period: Period, actor: Actor) -> list[KindSum]:
    rows = (
        select(IncomeRow.kind, func.count(), func.sum(IncomeRow.amount_fen))
        .where(
            within(IncomeRow, actor, Permission.LEDGER_READ),
            IncomeRow.region_code.between(*code_range(region_code)),
            IncomeRow.month.between(month_of(period.first), month_of(period.last)),
            IncomeRow.basis != Basis.REPORTED.value,
        )
        .group_by(IncomeRow.kind)
        .order_by(IncomeRow.kind)
    )
    return [KindSum(IncomeKind(kind), int(count), int(fen)) for kind, count, fen in db.session.execute(rows)]
