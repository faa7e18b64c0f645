"""How far the trail has come, asked in one statement along its indexes: what a page has shown is new until it moves."""

from collections.abc import Sequence

from sqlalchemy import func, select

from registry.audit.models import TrailEvent
from registry.database import db
from registry.regions import log_of


def region_marks(region_codes: Sequence[str]) -> tuple[int, ...]:
    """Return the number of the last event of each of these very units, 0 for one without any."""
    last = [
        select(func.max(TrailEvent.region_seq))
        .where(TrailEvent.log_id == log_of(code), TrailEvent.region_code == code)
        .scalar_subquery()
        for code in region_codes
    ]
    return tuple(int(one or 0) for one in db.session.execute(select(*last)).one())


def log_marks(region_codes: Sequence[str]) -> tuple[int, ...]:
    """Return the number of the last event of the logs of these units (counties, the municipality)."""
    last = [
        select(func.max(TrailEvent.seq)).where(TrailEvent.log_id == log_of(code)).scalar_subquery()
        for code in region_codes
    ]
    return tuple(int(one or 0) for one in db.session.execute(select(*last)).one())
