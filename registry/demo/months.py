"""The closed months of the demo county: the last few, so that quarter and half-year have figures that stay."""

from datetime import date

from registry.permissions import system_actor
from registry.supervision.periods.queries import area_of, close_days, kept_of
from registry.supervision.periods.rules import last_due
from registry.supervision.periods.services import close_month

#: How many months are closed when the demo is loaded.
CLOSED = 4


def close_months(code: str, on: date) -> None:
    """Close the last months of an area that are due, one after the other, within the running transaction."""
    if kept_of([code])[code].last is not None:
        return
    due = last_due(on, close_days(code, on))
    for month in range(due - CLOSED + 1, due + 1):
        close_month(area_of(code, on), month, by=system_actor(code), on=on)
