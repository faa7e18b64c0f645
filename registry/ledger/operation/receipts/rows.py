"""Posted income row by row with its total: the rows beneath a board's income. What others own is in no total."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, tuple_

from registry.assets.register.cards.stock import summed_units
from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.periods import UnitPlace, months_between
from registry.ledger.operation.receipts.kinds import DISTRIBUTABLE, IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis
from registry.ledger.operation.receipts.totals import income_by
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.scope import whole_reach, within

PAGE_ROWS = 20
_P = Permission


@dataclass(frozen=True)
class RowsOfMonths:
    """Which income a list shows: of a unit and below, received in these months (202611), of a kind or sector."""

    region_code: str
    from_month: int
    until_month: int
    kind: IncomeKind | None = None
    sector: Sector | None = None
    #: Only what the assets earned: no deposits, no money in advance, nothing that stands for an asset.
    earned: bool = False

    def takes(self, kind: str) -> bool:
        """Say whether income of a kind is listed."""
        return self.kind in {None, kind} and (not self.earned or kind in DISTRIBUTABLE)


@dataclass(frozen=True)
class RowsSum:
    """What a list comes to, and how many rows it has in each month that has any, the latest first."""

    rows: int
    amount_fen: int
    months: tuple[tuple[int, int], ...]


def sum_rows(wanted: RowsOfMonths, actor: Actor) -> RowsSum:
    """Return what a list comes to: from the kept sums where these answer, else from the rows."""
    reach = whole_reach(wanted.region_code, actor, _P.LEDGER_READ)
    sector = wanted.sector or (reach.sector if reach else None)
    if reach is None or reach.sector not in {None, sector}:
        return _added(wanted, actor)
    period = months_between(wanted.from_month, wanted.until_month)
    found = income_by(summed_units(wanted.region_code), period, "month", "kind", sector=sector)
    return _summed([(int(one.key[0]), one.rows, one.amount_fen) for one in found if wanted.takes(str(one.key[1]))])


def _added(wanted: RowsOfMonths, actor: Actor) -> RowsSum:
    rows = select(IncomeRow.month, func.count(), func.sum(IncomeRow.amount_fen)).where(
        *_conditions(wanted, actor), IncomeRow.month.between(wanted.from_month, wanted.until_month)
    )
    found = db.session.execute(rows.group_by(IncomeRow.month))
    return _summed([(int(month), int(count), int(fen)) for month, count, fen in found])


def _summed(found: Sequence[tuple[int, int, int]]) -> RowsSum:
    months: dict[int, int] = defaultdict(int)
    for month, count, _fen in found:
        months[month] += count
    return RowsSum(sum(months.values()), sum(fen for *_, fen in found), tuple(sorted(months.items(), reverse=True)))


def list_rows(
    wanted: RowsOfMonths,
    months: Sequence[int],
    actor: Actor,
    *,
    after: tuple[int, UnitPlace] | None = None,
    limit: int = PAGE_ROWS,
) -> list[IncomeRow]:
    """Return income of these months, the latest month first, in each by unit; one more than a page to show more.

    One month after the other is asked for, so that each walks its own stretch of the index.
    """
    found: list[IncomeRow] = []
    for month in sorted((one for one in months if after is None or one <= after[0]), reverse=True):
        rows = select(IncomeRow).where(*_conditions(wanted, actor), IncomeRow.month == month)
        if after is not None and month == after[0]:
            rows = rows.where(tuple_(IncomeRow.region_code, IncomeRow.id) > tuple_(*after[1]))
        ordered = rows.order_by(IncomeRow.region_code, IncomeRow.id).limit(limit + 1 - len(found))
        found += db.session.scalars(ordered)
        if len(found) > limit:
            break
    return found


def _conditions(wanted: RowsOfMonths, actor: Actor) -> list[ColumnElement[bool]]:
    found = [
        within(IncomeRow, actor, _P.LEDGER_READ),
        IncomeRow.region_code.between(*code_range(wanted.region_code)),
        IncomeRow.basis != Basis.REPORTED.value,
    ]
    if wanted.earned:
        found.append(IncomeRow.kind.in_(sorted(kind.value for kind in DISTRIBUTABLE)))
    equal = ((IncomeRow.kind, wanted.kind), (IncomeRow.sector, wanted.sector))
    return [*found, *(column == value.value for column, value in equal if value is not None)]
