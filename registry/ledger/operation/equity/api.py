"""JSON resources of equity, to read: papers and a second person belong to every entry."""

from typing import Any

from flask import Response

from registry.clock import today
from registry.ledger.operation.equity.kinds import EquityStatus
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.equity.queries import get_equity, list_equity, list_rights
from registry.ledger.operation.equity.schemas import EquityArguments, EquityPage, EquityRow, RightPage, RightRow
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("equity", __name__, "股权和收益份额")
_P, _S = Permission, Scope
_NAMED = frozenset({"holder", "investee"})
_PLAIN = tuple(field.attribute or name for name, field in EquityRow().fields.items() if name not in _NAMED)


def _row(equity: Equity) -> Body:
    plain = {name: getattr(equity, name) for name in _PLAIN}
    row: Body = EquityRow().dump({**plain, "holder": equity.holder.name, "investee": equity.investee.name})
    return row


@resources.get("/equity", "列股权")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.arguments(EquityArguments, location="query")
@resources.response(200, EquityPage)
def index(args: dict[str, Any]) -> Response:
    """List what the collectives of a unit and below hold, in order of entry."""
    status, region = EquityStatus(args["status"]) if "status" in args else None, args.get("region")
    limit, start = args["limit"], number_after(args)
    found = list_equity(actor(), region or actor().unit_code, status, after=start, limit=limit)
    rows, after = cut(found, limit, lambda one: one.id)
    return listed([*map(_row, rows)], after)


@resources.get("/equity/<int:equity_id>", "读一笔股权")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.response(200, EquityRow)
def one(equity_id: int) -> Response:
    """Show equity."""
    return shown(_row(get_equity(equity_id, actor())))


@resources.get("/equity/<int:equity_id>/rights", "列一笔股权现在的收益份额")
@api_requires(_P.LEDGER_READ, scope=_S.CONTRACTS_READ)
@resources.response(200, RightPage)
def rights(equity_id: int) -> Response:
    """List who has a right to the income, today and later."""
    equity = get_equity(equity_id, actor())
    return listed(RightRow(many=True).dump(list_rights(equity.id, today())))
