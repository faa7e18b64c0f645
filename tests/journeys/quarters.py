"""What is due in the quarter in which a test runs, or was in the one before; and what requests have written."""

from typing import Any

from sqlalchemy import Select

from registry.clock import today
from registry.database import db
from registry.ledger.operation.dues.plan import Period
from registry.ledger.operation.periods import quarter_of


def stored(query: Select[Any]) -> list[Any]:
    """Read what the requests have written, past the snapshot that the test itself still holds."""
    db.session.rollback()
    return list(db.session.scalars(query))


def this_quarter() -> tuple[Period, ...]:
    """The quarter in which the test runs, due on its first day."""
    quarter = quarter_of(today())
    return (Period(quarter.first, quarter.last, quarter.first),)


def last_quarters() -> tuple[Period, ...]:
    """The quarter before, due on its first day: more than thirty days late."""
    quarter = quarter_of(today()).before
    return (Period(quarter.first, quarter.last, quarter.first),)
