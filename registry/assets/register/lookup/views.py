"""Finding assets."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("lookup", __name__)


@blueprint.get("/assets")
@requires(Permission.ASSET_READ)
def assets() -> ResponseReturnValue:
    """The list."""
    abort(404)
