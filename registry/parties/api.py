"""JSON resources of holders: to be read, personal data masked."""

from typing import Any

from flask import Response

from registry.parties.models import Party
from registry.parties.queries import get_party, list_parties_after, masked_of
from registry.parties.schemas import PartyArguments, PartyPage, PartyRow
from registry.permissions import Permission
from registry.rest.calls import Body, actor, api_requires, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import cut, number_after
from registry.token_scopes import Scope

resources = Resources("parties", __name__, "权利人")
_P, _S = Permission, Scope
_PLAIN = ("id", "version_id", "kind", "name", "region_code", "credit_code")


def _row(party: Party) -> Body:
    masked = masked_of(party)
    plain = {name: getattr(party, name) for name in _PLAIN}
    row: Body = PartyRow().dump({**plain, "resident_id": masked.resident_id, "phone": masked.phone})
    return row


@resources.get("/parties", "查权利人")
@api_requires(_P.ASSET_READ, scope=_S.PARTIES_READ)
@resources.arguments(PartyArguments, location="query")
@resources.response(200, PartyPage)
def index(args: dict[str, Any]) -> Response:
    """List holders in order of entry."""
    found = list_parties_after(actor(), args.get("q", ""), number_after(args), args["limit"] + 1)
    rows, after = cut(found, args["limit"], lambda party: party.id)
    return listed([*map(_row, rows)], after)


@resources.get("/parties/<int:party_id>", "读一个权利人")
@api_requires(_P.ASSET_READ, scope=_S.PARTIES_READ)
@resources.response(200, PartyRow)
def one(party_id: int) -> Response:
    """Show a holder."""
    return shown(_row(get_party(party_id, actor())))
