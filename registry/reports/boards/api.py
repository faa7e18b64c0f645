"""The JSON resource of a board."""

from typing import Any

from flask import Response

from registry.clock import today
from registry.permissions import Permission
from registry.places.queries import unit_meant
from registry.reports.boards.collecting import collect
from registry.reports.boards.schemas import BoardArguments, BoardBody, said
from registry.reports.parameters import Parameters
from registry.rest.calls import actor, api_requires, shown
from registry.rest.openapi import Resources
from registry.supervision.findings.rules import FindingStatus
from registry.token_scopes import Scope

resources = Resources("boards", __name__, "监督看板")


@resources.get("/boards/<region_code>", "读一个单位的看板")
@api_requires(Permission.LEDGER_READ, scope=Scope.SUPERVISION_READ)
@resources.arguments(BoardArguments, location="query")
@resources.response(200, BoardBody)
def one(args: dict[str, Any], region_code: str) -> Response:
    """Show the board of a unit as it stands today."""
    parameters = Parameters(sector=args["sector"], year=args.get("year", 0))
    board = collect(unit_meant(region_code, actor()), parameters, actor=actor(), on=today())
    return shown(said(board, tuple(status.value for status in FindingStatus)))
