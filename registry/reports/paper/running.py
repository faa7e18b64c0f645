"""Sums of the lines since the last subtotal, handed outwards region by region."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.reports.paper.table import Subtotal, Sums, add_sums
from registry.text import N_


@dataclass(slots=True)
class Running:
    """The sums of the lines since the last subtotal."""

    sums: Sums
    name: str = ""
    count: int = 0
    counted: str = N_("项")

    def take(self, sums: Sums, count: int = 1) -> None:
        """Add one line, or a smaller region's sums."""
        self.sums, self.count = add_sums(self.sums, sums), self.count + count

    def close(self, outer: "Running", *, shown: bool = True) -> Iterator[Subtotal]:
        """Give the subtotal, hand the sums to the region outside and begin anew."""
        if self.count and self.name and shown:
            label = N_("%(name)s小计（%(count)s %(counted)s）")
            yield Subtotal(label % {"name": self.name, "count": self.count, "counted": self.counted}, self.sums)
        outer.take(self.sums, self.count)
        self.sums, self.count = (None,) * len(self.sums), 0
