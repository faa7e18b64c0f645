"""What is kept beside warnings in the same transaction: how many stand per unit, sector, risk and severity."""

from collections.abc import Iterable

from registry.summing import Counted, add_rows
from registry.supervision.warnings.models import RiskWarning, WarningSum


class StandingSums:
    """Gathers which warnings begin and cease to stand somewhere, and brings the kept sums along at the end."""

    def __init__(self) -> None:
        self.found: list[Counted] = []

    def begins(self, rows: Iterable[RiskWarning]) -> None:
        """Count warnings as they stand now."""
        self._count(rows, 1)

    def ceases(self, rows: Iterable[RiskWarning]) -> None:
        """Count warnings no more as they stand now: they end, or are about to stand otherwise."""
        self._count(rows, -1)

    def _count(self, rows: Iterable[RiskWarning], sign: int) -> None:
        self.found += [(row.region_code, (row.sector, row.risk, row.severity), (sign,)) for row in rows]

    def keep(self) -> None:
        """Add what was gathered to the kept sums."""
        add_rows(WarningSum, self.found)
