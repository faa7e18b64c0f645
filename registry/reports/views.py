"""Reports and prints."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
@requires(Permission.PRINT)
def index() -> ResponseReturnValue:
    """Reports."""
    abort(404)
