"""The workbench: what waits for me, the figures of my unit, what I did last."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import page, requires

blueprint = Blueprint("workbench", __name__)


@blueprint.get("/")
@requires(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    """Show the day's work."""
    return page("workbench/home.html")


@blueprint.get("/todo")
@requires(Permission.ASSET_READ)
def todo() -> ResponseReturnValue:
    """List everything that waits."""
    return page("workbench/home.html")
