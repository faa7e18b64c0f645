"""Closed months and a running one, for whoever looks at all pages."""

from registry.clock import today
from registry.supervision.periods.closing import close_due
from registry.supervision.periods.queries import kept_of
from registry.supervision.periods.rules import Period, PeriodKind, period_of
from registry.supervision.periods.tables import TableName
from tests.factories import COUNTY, MUNICIPALITY, TOWNSHIP, VILLAGE

#: Role → the pages it is made for; {shut}, {current} and {quarter} are periods.
PAGES: dict[str, tuple[str, ...]] = {
    "village_clerk": ("/periods", f"/periods/{VILLAGE}/{{current}}/income"),
    "township_clerk": (f"/periods/{TOWNSHIP}/{{shut}}/holdings", f"/periods/{TOWNSHIP}/{{current}}/title"),
    "county_agriculture": (
        "/periods?kind=MONTH", *(f"/periods/{COUNTY}/{{quarter}}/{one.value}" for one in TableName)
    ),
    "municipal_supervisor": (
        "/periods", f"/periods/{MUNICIPALITY}/{{shut}}/risks", f"/periods/{MUNICIPALITY}/{{current}}/risks",
    ),
}  # fmt: skip


def of_months() -> dict[str, str]:
    """Close what is due; the names of a closed month, the running one and its quarter."""
    close_due(COUNTY, today())
    closed = kept_of([COUNTY])[COUNTY].last
    assert closed is not None
    running = Period(closed + 1, PeriodKind.MONTH)
    return {
        "shut": Period(closed, PeriodKind.MONTH).name, "current": running.name,
        "quarter": period_of(running.first, PeriodKind.QUARTER).name,
    }  # fmt: skip
