"""Bringing in a ledger, taking out a list."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("sheets", __name__)


@blueprint.get("/import")
@requires(Permission.ASSET_ENTER)
def upload() -> ResponseReturnValue:
    """Upload."""
    abort(404)
