"""The JSON resource of what happened since."""

from typing import Any

from flask import Response

from registry.audit.feed import since
from registry.audit.schemas import Changes, ChangesArguments
from registry.permissions import Permission
from registry.rest.calls import actor, api_requires, shown
from registry.rest.openapi import Resources
from registry.token_scopes import Scope

resources = Resources("audit", __name__, "变动")


@resources.get("/changes", "列上次以来的变动")
@api_requires(Permission.TRAIL_READ, scope=Scope.CHANGES_READ)
@resources.arguments(ChangesArguments, location="query")
@resources.response(200, Changes)
def changes(args: dict[str, Any]) -> Response:
    """List the events within reach after a cursor, log by log in their order."""
    feed = since(args["since"], actor(), args["limit"])
    return shown(Changes().dump({"items": feed.events, "cursor": feed.cursor, "more": feed.more}))
