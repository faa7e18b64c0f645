"""Questions about engagements; what lies outside the asker's reach does not exist (404)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.counting import last_number
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import code_range, log_of
from registry.scope import within
from registry.supervision.engagements.models import Engagement, EngagementScope
from registry.supervision.engagements.rules import EngagementStatus

PAGE_ROWS = 50
TABLE = "engagement"
_READ = Permission.ASSET_READ


def get_engagement(engagement_id: int, actor: Actor, permission: Permission = _READ) -> Engagement:
    """Return an engagement within the actor's reach; raises Missing."""
    rows = select(Engagement).where(Engagement.id == engagement_id, within(Engagement, actor, permission))
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def list_engagements(
    region_code: str, actor: Actor, *, status: EngagementStatus | None = None, before: int = 0, limit: int = PAGE_ROWS
) -> list[Engagement]:
    """Return engagements of a unit and below, the newest first; one more than a page to show that there are more."""
    rows = select(Engagement).where(within(Engagement, actor, _READ))
    if region_code:
        rows = rows.where(Engagement.region_code.between(*code_range(region_code)))
    rows = rows.where(Engagement.status == status.value) if status else rows
    rows = rows.where(Engagement.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Engagement.id.desc()).limit(limit + 1)))


def list_units(engagement_id: int) -> list[str]:
    """Return the units that an engagement is about."""
    rows = select(EngagementScope.unit_code).where(
        EngagementScope.engagement_id == engagement_id, EngagementScope.asset_id.is_(None)
    )
    return list(db.session.scalars(rows.order_by(EngagementScope.unit_code)))


def list_assets(engagement_id: int) -> Sequence[Asset]:
    """Return the assets that an engagement the caller may see is about."""
    mine = select(EngagementScope.asset_id).where(EngagementScope.engagement_id == engagement_id)
    return list(db.session.scalars(select(Asset).where(Asset.id.in_(mine)).order_by(Asset.id)))


def next_number(region_code: str, on: date) -> str:
    """Return the next number of a county's engagements of a year: JG500240-2026-001. Call it under the log's lock."""
    start = f"JG{log_of(region_code)}-{on.year}-"
    return f"{start}{last_number(Engagement.number, start) + 1:03d}"
