"""The trail in plain words."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("audit", __name__)


@blueprint.get("/trail")
@requires(Permission.TRAIL_READ)
def events() -> ResponseReturnValue:
    """Events."""
    abort(404)
