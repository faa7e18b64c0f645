"""While absent: letting another person decide in one's place, dated and recorded."""

from dataclasses import dataclass
from datetime import date

from registry.accounts.queries import find_actor
from registry.approvals.requests.models import Delegation
from registry.approvals.requests.refusals import NoDeputy
from registry.approvals.requests.rules import check_delegation
from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.permissions import Actor, Permission, may
from registry.policy.rules import Policy


@dataclass(frozen=True)
class DelegationFacts:
    """Who stands in, from which day to which, and why."""

    deputy_id: int
    valid_from: date
    valid_to: date
    reason: str


def delegate(facts: DelegationFacts, *, by: Actor, on: date, policy: Policy) -> Delegation:
    """Let another person of the unit or of one above decide in one's place. Raises NoDeputy and what dates break."""
    check_delegation(facts.valid_from, facts.valid_to, on, policy)
    deputy = find_actor(facts.deputy_id, on)
    able = deputy is not None and may(deputy, Permission.CASE_DECIDE, by.unit_code) and not deputy.is_administrator
    if deputy is None or not able or deputy.id == by.id or by.id is None:
        raise NoDeputy(field="deputy_id")
    row = Delegation(
        region_code=by.unit_code, principal_id=by.id, principal_text=signature(by), deputy_id=facts.deputy_id,
        deputy_text=signature(deputy), valid_from=facts.valid_from, valid_to=facts.valid_to, reason=facts.reason,
    )  # fmt: skip
    db.session.add(row)
    record(Action.DELEGATED, row, by=by, reason=facts.reason)
    return row


def end_delegation(delegation: Delegation, *, by: Actor) -> None:
    """Take a delegation back before its time."""
    delegation.ended_at = now()
    record(Action.DELEGATION_ENDED, delegation, by=by)
