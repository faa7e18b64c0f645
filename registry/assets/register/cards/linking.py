"""Hanging assets on the projects they came of. Projects do not know cards, so the deed stands here."""

from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.services import mark_formed, mark_open
from registry.assets.register.registration import Stage
from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.errors import Conflict, Invalid
from registry.permissions import Actor
from registry.text import N_


class AssetUnknown(Invalid):
    """An asset is named by its number; a foreign one is as unknown as one that does not exist."""

    message = N_("没有找到编号为“%(number)s”的资产。")


class LinkedElsewhere(Conflict):
    """An asset comes of one project."""

    message = N_("“%(name)s”已经挂在一个项目上，请先从那里取下。")


class NotThere(Conflict):
    """The asset does not hang on this project."""

    message = N_("“%(name)s”没有挂在这个项目上。")


def hang_on(asset: Asset, project: Project) -> None:
    """Note that an asset came of a project; the caller records. Raises LinkedElsewhere, NotOpen."""
    if asset.project_id is not None or asset.stage == Stage.WITHDRAWN:
        raise LinkedElsewhere(name=asset.name)
    asset.project_id = project.id
    mark_formed(project)


def link_asset(asset: Asset, project: Project, *, by: Actor) -> None:
    """Hang an asset that stands in the register on the project it came of."""
    hang_on(asset, project)
    record(Action.PROJECT_CHANGED, project, by=by, facts={"linked": asset.asset_no})


def unlink_asset(asset: Asset, project: Project, *, left: int, by: Actor) -> None:
    """Take an asset off a project it was hung on by mistake; ``left`` is how many others still hang there."""
    if asset.project_id != project.id:
        raise NotThere(name=asset.name)
    asset.project_id = None
    db.session.flush()
    if not left:
        mark_open(project)
    record(Action.PROJECT_CHANGED, project, by=by, facts={"unlinked": asset.asset_no})
