"""What a form of a use offers: meetings that carried something, projects, and the owner's assets."""

from sqlalchemy import select

from registry.approvals.meetings.models import Meeting, Resolution
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.projects.models import Project
from registry.assets.register.registration import Stage
from registry.database import db
from registry.disposal.proceeds.models import Proceeds
from registry.permissions import Actor, Permission
from registry.regions import lineage
from registry.scope import within

MOST_MEETINGS = 30
MOST_PROJECTS = 50
MOST_ASSETS = 200
_READ = Permission.ASSET_READ


def list_meetings_for(account: Proceeds, actor: Actor) -> list[Meeting]:
    """Return meetings of the owner's unit and of those above that carried a resolution, the newest first."""
    carried = select(Resolution.meeting_id).where(Resolution.carried)
    rows = select(Meeting).where(
        Meeting.region_code.in_(lineage(account.region_code)), within(Meeting, actor, _READ), Meeting.id.in_(carried)
    )
    return list(db.session.scalars(rows.order_by(Meeting.held_on.desc(), Meeting.id.desc()).limit(MOST_MEETINGS)))


def list_projects_for(account: Proceeds, actor: Actor) -> list[Project]:
    """Return projects of the owner's unit and of those above, the newest first."""
    rows = select(Project).where(Project.region_code.in_(lineage(account.region_code)), within(Project, actor, _READ))
    return list(db.session.scalars(rows.order_by(Project.year.desc(), Project.id.desc()).limit(MOST_PROJECTS)))


def list_assets_for(account: Proceeds, actor: Actor) -> list[Asset]:
    """Return confirmed assets of the owner, the newest first."""
    held = select(AssetOwner.asset_id).where(AssetOwner.party_id == account.party_id, AssetOwner.valid_to.is_(None))
    rows = select(Asset).where(Asset.id.in_(held), Asset.stage == Stage.CONFIRMED.value, within(Asset, actor, _READ))
    return list(db.session.scalars(rows.order_by(Asset.id.desc()).limit(MOST_ASSETS)))
