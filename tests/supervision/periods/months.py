"""Months for tests: closed by the system on the day they are due, and what was kept of them."""

import json
from datetime import date

from sqlalchemy import select

from registry.database import db, transaction
from registry.ledger.books.rules import month_of
from registry.permissions import system_actor
from registry.supervision.periods.models import MonthFigures
from registry.supervision.periods.queries import area_of, close_days
from registry.supervision.periods.rules import Extent, Figures, closes_on
from registry.supervision.periods.services import close_month
from tests.factories import COUNTY

OCTOBER, NOVEMBER, DECEMBER = (month_of(date(2026, month, 1)) for month in (10, 11, 12))


def closed(month: int, county: str = COUNTY) -> None:
    """Close a county's month on the day it is due."""
    with transaction(county):
        on = closes_on(month, close_days(county, date(2026, 11, 23)))
        close_month(area_of(county, on), month, by=system_actor(county), on=on)


def kept(region_code: str, month: int, extent: Extent = Extent.OWN) -> Figures:
    """The figures kept of a unit's month."""
    found: Figures = json.loads(row_of(region_code, month, extent).figures)
    return found


def row_of(region_code: str, month: int, extent: Extent = Extent.OWN) -> MonthFigures:
    """The row kept of a unit's month."""
    db.session.rollback()
    rows = select(MonthFigures).where(
        MonthFigures.region_code == region_code, MonthFigures.month == month, MonthFigures.extent == extent.value
    )
    return db.session.scalars(rows).one()
