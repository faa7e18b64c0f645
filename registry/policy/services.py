"""Setting policy: one person proposes with a document, another confirms; from its day on the new row holds."""

from dataclasses import replace
from datetime import date

from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.errors import Forbidden
from registry.permissions import Actor
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.parameters import Parameter
from registry.policy.proposals import (
    ProposalDecided,
    ProposalOpen,
    RefusalUnexplained,
    RouteProposal,
    ValueProposal,
    check_bound,
    check_decision,
    check_grounds,
    check_proposer,
    check_within,
    own_limits,
)
from registry.policy.queries import Row, bases_of, find_open_route, find_open_value, limits_of
from registry.policy.rules import Bound, PolicyStatus
from registry.policy.steps import check_steps, steps_to_text, with_fixed
from registry.policy.values import stored_value
from registry.regions import Level, level_of

Proposal = PolicyValue | PolicyRoute


def propose_value(proposal: ValueProposal, *, by: Actor, on: date) -> PolicyValue:
    """Propose a value or a bound; it holds from its day on once a second person has confirmed.

    Raises OtherUnitsPolicy, DocumentMissing, EffectiveInPast, TooLow, TooHigh, ProposalOpen and their like.
    """
    check_proposer(proposal.region_code, by)
    check_grounds(proposal.document, proposal.reason, proposal.effective_on, on)
    _check_value(proposal)
    if find_open_value(proposal.region_code, proposal.parameter) is not None:
        raise ProposalOpen
    row = PolicyValue(
        parameter=proposal.parameter.value, bound=proposal.bound.value, value=str(proposal.value),
        **_grounds(proposal, by),
    )  # fmt: skip
    return _proposed(row, by)


def propose_route(proposal: RouteProposal, *, by: Actor, on: date) -> PolicyRoute:
    """Propose the steps of a route; requests opened from its day on will take them.

    Raises what propose_value raises, and for steps StepMissing, StepWeakened, StepsOutOfOrder and their like.
    """
    proposal = checked_route(proposal, by=by, on=on)
    row = PolicyRoute(route=proposal.key, steps=steps_to_text(proposal.procedure), **_grounds(proposal, by))
    return _proposed(row, by)


def checked_route(proposal: RouteProposal, *, by: Actor, on: date) -> RouteProposal:
    """Return a route as it would be proposed, its fixed steps marked, without proposing it; raises the same."""
    check_proposer(proposal.region_code, by)
    check_grounds(proposal.document, proposal.reason, proposal.effective_on, on)
    bases = bases_of(proposal.region_code, proposal.key, proposal.effective_on)
    check_steps(proposal.procedure, *bases)
    if find_open_route(proposal.region_code, proposal.key) is not None:
        raise ProposalOpen
    may_fix = level_of(proposal.region_code) is Level.MUNICIPALITY
    return replace(proposal, procedure=with_fixed(proposal.procedure, bases, may_fix=may_fix))


def _grounds(proposal: ValueProposal | RouteProposal, by: Actor) -> dict[str, object]:
    return {
        "region_code": proposal.region_code,
        "effective_on": proposal.effective_on,
        "document": proposal.document,
        "reason": proposal.reason,
        "digest": proposal.digest(),
        "status": PolicyStatus.PROPOSED.value,
        "proposed_by_id": by.id,
        "proposed_by_text": _signature(by),
        "proposed_at": now(),
    }


def _proposed(row: Row, by: Actor) -> Row:
    db.session.add(row)
    db.session.flush()
    record(Action.POLICY_PROPOSED, row, by=by, reason=row.reason, content=row.digest)
    return row


def confirm(row: Proposal, opinion: str, *, by: Actor, on: date) -> None:
    """Agree as the second person; the row holds from its day on, and is never changed again.

    Raises ProposalDecided, SecondPersonNeeded, EffectiveInPast, and what proposing would raise today.
    """
    check_decision(row.status, row.proposed_by_id, by)
    check_grounds(row.document, row.reason, row.effective_on, on)
    if isinstance(row, PolicyValue):
        _check_value(proposal_of(row))
    else:
        check_steps(row.procedure, *bases_of(row.region_code, row.route, row.effective_on))
    _decided(row, PolicyStatus.CONFIRMED, opinion, by)
    record(Action.POLICY_CONFIRMED, row, by=by, reason=row.opinion, content=row.digest)


def refuse(row: Proposal, opinion: str, *, by: Actor) -> None:
    """Decline as the second person, saying why; what held still holds."""
    check_decision(row.status, row.proposed_by_id, by)
    if not opinion.strip():
        raise RefusalUnexplained(field="opinion")
    _decided(row, PolicyStatus.REFUSED, opinion, by)
    record(Action.POLICY_REFUSED, row, by=by, reason=row.opinion, content=row.digest)


def withdraw(row: Proposal, *, by: Actor) -> None:
    """Take back one's own proposal while it waits."""
    if row.status != PolicyStatus.PROPOSED:
        raise ProposalDecided
    if row.proposed_by_id != by.id:
        raise Forbidden
    _decided(row, PolicyStatus.WITHDRAWN, "", by)
    record(Action.POLICY_WITHDRAWN, row, by=by, content=row.digest)


def proposal_of(row: PolicyValue) -> ValueProposal:
    """Return a stored proposal as it was made."""
    parameter = Parameter(row.parameter)
    return ValueProposal(
        row.region_code, parameter, Bound(row.bound), stored_value(parameter, row.value), row.effective_on,
        row.document, row.reason,
    )  # fmt: skip


def _decided(row: Proposal, status: PolicyStatus, opinion: str, by: Actor) -> None:
    row.status, row.opinion = status.value, opinion.strip()
    row.decided_by_id, row.decided_by_text, row.decided_at = by.id, _signature(by), now()


def _signature(by: Actor) -> str:
    """Write who acted as papers do: unit, post, name."""
    return f"{by.unit_name} {by.post} {by.name}".strip()


def _check_value(proposal: ValueProposal) -> None:
    check_bound(proposal)
    least, most = limits_of(proposal.region_code, proposal.parameter, proposal.effective_on)
    if proposal.bound is Bound.FLOOR:
        least = own_limits(proposal.parameter)[0]
    if proposal.bound is Bound.CEILING:
        most = own_limits(proposal.parameter)[1]
    check_within(proposal, least, most)
