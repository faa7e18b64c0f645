"""One thing that waits."""

from dataclasses import dataclass
from datetime import date, datetime

from registry.clock import local

#: More than this is said as 99+.
MOST_COUNTED = 99


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, how long, until when, on whose desk, and the page on which it is done."""

    kind: str
    subject: str
    context: str
    amount_fen: int | None
    since: datetime
    desk: str
    url: str
    deed: str
    due_on: date | None = None
    #: Other ways to be done with it: what the button says, and its page.
    others: tuple[tuple[str, str], ...] = ()

    def days(self, today: date) -> int:
        """Return how many days it has lain on this desk."""
        return max((today - local(self.since).date()).days, 0)

    @property
    def whose(self) -> tuple[str, str]:
        """Return on whose desk it lies, and what is added to that after a comma, in either language."""
        desk, _comma, added = self.desk.replace("，", ", ", 1).partition(", ")
        return desk, added

    def pressing(self, today: date) -> str:
        """Return how pressing it is: nothing below half of its time, soon from half on, late when it is over."""
        if self.due_on is None:
            return ""
        if today > self.due_on:
            return "late"
        start = local(self.since).date()
        return "soon" if (today - start) * 2 >= self.due_on - start else ""
