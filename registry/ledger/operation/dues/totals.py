"""What is due to whole units, and what was met of it: from the kept sums alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from registry.database import db
from registry.kinds import Sector
from registry.ledger.operation.dues.models import DueSum


@dataclass(frozen=True, slots=True)
class DueTotal:
    """Dues that share a key, one value for each column they are grouped by; ``open_dues`` are still outstanding."""

    key: tuple[str | int, ...]
    dues: int
    amount_fen: int
    settled_fen: int
    written_off_fen: int
    open_dues: int

    @property
    def open_fen(self) -> int:
        """What is still to come."""
        return self.amount_fen - self.settled_fen - self.written_off_fen


def due_by(
    units: Sequence[str], until_month: int, from_month: int, *by: str, sector: Sector | None = None
) -> list[DueTotal]:
    """Return the kept sums of exactly these units for dues of these months (202611), grouped and ordered by columns.

    A unit's sums hold what lies below it too, but for the municipality: summed_units() names its counties beside it.
    """
    columns = [DueSum.__table__.c[name] for name in by]
    figures = (DueSum.dues, DueSum.amount_fen, DueSum.settled_fen, DueSum.written_off_fen, DueSum.open_dues)
    rows = select(*columns, *(func.sum(figure) for figure in figures)).where(
        DueSum.region_code.in_(units), DueSum.month.between(from_month, until_month)
    )
    if sector is not None:
        rows = rows.where(DueSum.sector == sector.value)
    if columns:
        rows = rows.group_by(*columns).order_by(*columns)
    found = db.session.execute(rows)
    return [DueTotal(tuple(row[: len(by)]), *map(int, row[len(by) :])) for row in found if row[len(by)]]
