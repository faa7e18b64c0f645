"""What is kept beside warnings in the same transaction: how many stand per unit, sector, risk and severity."""

from collections import Counter
from collections.abc import Iterable

from registry.assets.register.cards.index import summing_units
from registry.summing import Key, add_to_kept
from registry.supervision.warnings.models import RiskWarning, WarningSum


class StandingSums:
    """Gathers which warnings begin and cease to stand somewhere, and brings the kept sums along at the end."""

    def __init__(self) -> None:
        self.found: Counter[Key] = Counter()

    def begins(self, rows: Iterable[RiskWarning]) -> None:
        """Count warnings as they stand now."""
        self._count(rows, 1)

    def ceases(self, rows: Iterable[RiskWarning]) -> None:
        """Count warnings no more as they stand now: they end, or are about to stand otherwise."""
        self._count(rows, -1)

    def _count(self, rows: Iterable[RiskWarning], sign: int) -> None:
        for row in rows:
            for unit in summing_units(row.region_code):
                self.found[unit, row.sector, row.risk, row.severity] += sign

    def keep(self) -> None:
        """Add what was gathered to the kept sums."""
        add_to_kept(WarningSum, {key: (number,) for key, number in self.found.items()})
