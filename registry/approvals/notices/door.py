"""The throttle of the public page: counted in the database, per address and per notice, by the hour."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from registry.approvals.notices.models import ObjectionDoor
from registry.approvals.notices.objecting import (
    OBJECTIONS_AN_HOUR_FROM_ADDRESS,
    OBJECTIONS_AN_HOUR_TO_NOTICE,
    TooManyObjections,
)
from registry.database import db
from registry.regions import log_of
from registry.sealing import blind_index

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)


def pass_door(address: str, notice_id: int, region_code: str, at: datetime) -> None:
    """Count one objection from an address to a notice, in the transaction that writes it; raises TooManyObjections.

    Addresses are kept for a day at most, as a keyed digest, and per log, whose lock lets nobody count past the limit.
    """
    rows = delete(ObjectionDoor).where(ObjectionDoor.since < at - _KEPT)
    db.session.execute(rows, execution_options={"synchronize_session": False})
    _count("address", blind_index(f"{log_of(region_code)}\x1f{address}"), OBJECTIONS_AN_HOUR_FROM_ADDRESS, at)
    _count("notice", str(notice_id), OBJECTIONS_AN_HOUR_TO_NOTICE, at)


def _count(kind: str, subject: str, most: int, at: datetime) -> None:
    row = db.session.scalar(select(ObjectionDoor).filter_by(kind=kind, subject=subject))
    if row is None:
        row = ObjectionDoor(kind=kind, subject=subject, since=at, count=0)
        db.session.add(row)
    if at - row.since >= _HOUR:
        row.since, row.count = at, 0
    if row.count >= most:
        raise TooManyObjections
    row.count += 1
