"""Projects and their money."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("projects", __name__)


@blueprint.get("/projects")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """Projects."""
    abort(404)
