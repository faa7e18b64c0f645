"""Pages of the administrators: accounts and grants."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from registry.permissions import Permission
from registry.web import requires

blueprint = Blueprint("administration", __name__)


@blueprint.get("/admin/users")
@requires(Permission.USER_MANAGE)
def users() -> ResponseReturnValue:
    """Accounts."""
    abort(404)


@blueprint.get("/admin/grants")
@requires(Permission.GRANT_MANAGE)
def grants() -> ResponseReturnValue:
    """Grants."""
    abort(404)
