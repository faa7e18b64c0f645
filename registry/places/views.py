"""Pages of divisions."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("places", __name__)


@blueprint.get("/admin/regions")
@requires(Permission.REGION_CHANGE)
def index() -> ResponseReturnValue:
    """The tree of units."""
    abort(404)


@blueprint.get("/admin/go-live")
@requires(Permission.GO_LIVE_SET)
def go_live() -> ResponseReturnValue:
    """Go-live dates."""
    abort(404)
