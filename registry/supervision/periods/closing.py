"""Closing what is due, area by area, each month in a transaction of its own."""

from datetime import date, timedelta

from registry.audit.services import make_checkpoint
from registry.clock import now
from registry.database import transaction
from registry.permissions import system_actor
from registry.regions import log_of
from registry.supervision.periods.queries import area_of, close_days, kept_of, list_due
from registry.supervision.periods.rules import months_to_close
from registry.supervision.periods.services import close_month

_CHECKPOINT_REASON = "months"


def keep_closing(on: date, time_for: timedelta) -> int:
    """Close the months that are due, as far as time lasts; what is left waits for the next time. Returns how many."""
    until, closed = now() + time_for, 0
    for code in list_due(on):
        if now() >= until:
            break
        closed += close_due(code, on)
    return closed


def close_due(code: str, on: date) -> int:
    """Close the months of an area that are due, and sign its log; returns how many. Nothing is closed twice."""
    closed = 0
    while _close_next(code, on):
        closed += 1
    if closed:
        make_checkpoint(log_of(code), _CHECKPOINT_REASON)
    return closed


def _close_next(code: str, on: date) -> bool:
    """Close the first month of an area that is due, if any: what is due is asked again under the lock."""
    with transaction(code):
        waiting = months_to_close(kept_of([code])[code].last, on, close_days(code, on))
        if waiting:
            close_month(area_of(code, on), waiting[0], by=system_actor(code), on=on)
        return bool(waiting)
