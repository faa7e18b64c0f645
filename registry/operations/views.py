"""Health and status."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("operations", __name__)


@blueprint.get("/admin/status")
@requires(Permission.STATUS_READ)
def status() -> ResponseReturnValue:
    """Status."""
    abort(404)
