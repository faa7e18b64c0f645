"""What weighs on assets of the demo county, and who stands in for whom."""

from datetime import timedelta
from typing import NamedTuple

from registry.approvals.requests.delegating import DelegationFacts, delegate
from registry.assets.title.encumbrances.rules import EncumbranceFacts, EncumbranceKind
from registry.assets.title.encumbrances.services import add_encumbrance, lift_encumbrance
from registry.demo.places import units
from registry.demo.tables import labelled
from registry.demo.telling import Telling
from registry.permissions import Role

#: How long ago the township's supervisor let somebody stand in, and for how long.
_SINCE, _FOR = timedelta(days=3), timedelta(days=23)


class EncumbranceRow(NamedTuple):
    """What weighs on an asset, and by what it was lifted."""

    unit_name: str
    name: str
    kind: str
    holder: str
    document_no: str
    valid_from: str
    note: str
    lifted_on: str
    lifted_by: str


def tell_encumbrance(row: EncumbranceRow, told: Telling) -> None:
    """Enter what weighs on an asset and, where the table says so, lift it."""
    unit, on = units()[row.unit_name], told.day(row.valid_from)
    by, asset = told.staff.holding(Role.TOWNSHIP_CLERK, unit), told.assets[row.unit_name, row.name]
    facts = EncumbranceFacts(labelled(EncumbranceKind, row.kind), row.holder, row.document_no, on, note=row.note)
    entered = add_encumbrance(asset, facts, by=by, on=on)
    if row.lifted_on:
        day = told.day(row.lifted_on)
        lift_encumbrance(entered, asset, row.lifted_by, lifted_on=day, by=by, on=day)


def tell_delegation(told: Telling) -> None:
    """Let the deputy stand in for the township's supervisor, who is away on training."""
    principal, deputy = told.staff.named("township_supervisor"), told.staff.named("deputy")
    on = told.today - _SINCE
    facts = DelegationFacts(deputy.id or 0, on, on + _FOR, "参加市里组织的业务培训")
    delegate(facts, by=principal, on=on, policy=told.policy(principal.unit_code, on))
