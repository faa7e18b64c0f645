"""Opening the accounts of a disposal."""

from collections.abc import Sequence
from datetime import date

from registry.audit.actions import Action
from registry.audit.services import record
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.kinds import Destination
from registry.disposal.proceeds.models import Proceeds
from registry.disposal.proceeds.rules import Portion
from registry.kinds import OwnerKind
from registry.permissions import Actor
from registry.policy.calendar import add_months
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy

_DESTINATIONS = {
    OwnerKind.VILLAGE_COLLECTIVE: Destination.EARMARKED,
    OwnerKind.GROUP_COLLECTIVE: Destination.EARMARKED,
    OwnerKind.STATE: Destination.TREASURY,
    OwnerKind.TOWNSHIP: Destination.TREASURY,
}


def open_proceeds(
    case: DisposalCase, portions: Sequence[Portion], *, by: Actor, on: date, policy: Policy
) -> list[Proceeds]:
    """Open an account of what a disposal fetched for each owner."""
    rows = [
        Proceeds(
            case_id=case.id, region_code=one.party.region_code, party_id=one.party.id,
            destination=_DESTINATIONS.get(one.party.owner_kind, Destination.OWN).value, due_fen=one.due_fen,
            cost_fen=one.cost_fen, received_fen=one.received_fen, used_fen=0, opened_on=on,
            use_by=add_months(one.received_on or on, policy.number(Parameter.PROCEEDS_MONTHS)),
        )
        for one in portions
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    record(Action.PROCEEDS_OPENED, case, by=by)
    return rows
