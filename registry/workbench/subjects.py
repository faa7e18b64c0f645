"""What each subject means to the request pages: what happens with an outcome, and what people see of a case.

One row per subject, read top to bottom. A feature acts on what became of its request; nothing calls back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from registry.approvals.meetings.kinds import Matter
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.custody.posts.services import follow_post_request
from registry.assets.title.cases.submitting import follow_request
from registry.disposal.procedure.following import check_before_agreeing, follow_disposal_request
from registry.kinds import Subject
from registry.ledger.distribution.plans.submitting import follow_plan_request
from registry.ledger.distribution.rolls.carrying_out import follow_change_request
from registry.ledger.operation.arrears.services import follow_write_off
from registry.ledger.operation.contracts.deciding import follow_contract_request
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.workbench.showing import (
    contract_requests,
    disposal_requests,
    plan_requests,
    post_requests,
    roll_requests,
    title_requests,
    write_off_requests,
)
from registry.workbench.showing.trial import Beside, Posting, Trial


class Follow(Protocol):
    """The feature takes note of what became of a request, and carries out what was approved."""

    def __call__(self, request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None: ...


class Showing(Protocol):
    """What a request's page shows beside the decision."""

    def __call__(self, request: ApprovalRequest, on: date, /, *, mine: bool) -> Beside: ...


def _nothing_to_ask(_request: ApprovalRequest, /, *, by: Actor, on: date, policy: Policy) -> None:
    """Let whoever sits there agree: the request itself says all there is to know."""


def _as_it_is(_request: ApprovalRequest, _on: date, /, *, mine: bool) -> Beside:
    """Show a request by its trial alone."""
    return Beside()


@dataclass(frozen=True)
class Handling:
    """How one subject is followed up and shown, put up for notice, and put to the vote.

    ``before_agreeing`` asks again, for whoever agrees, what may have changed since the case was submitted; ``beside``
    is what stands beside the decision, for a reader whose turn it is or who only looks.
    """

    follow: Follow
    trial: Callable[[ApprovalRequest], Trial]
    posting: Callable[[ApprovalRequest], Posting]
    matter: Matter
    before_agreeing: Follow = _nothing_to_ask
    beside: Showing = _as_it_is


DECIDE: dict[Subject, Handling] = {
    Subject.TITLE: Handling(
        follow_request, title_requests.trial, title_requests.posting, Matter.TITLE_CONFIRMATION
    ),
    Subject.PUBLIC_POST: Handling(
        follow_post_request, post_requests.trial, post_requests.posting, Matter.OTHER
    ),
    Subject.BENEFICIARY: Handling(
        follow_change_request, roll_requests.trial, roll_requests.posting, Matter.BENEFICIARIES
    ),
    Subject.DISTRIBUTION: Handling(
        follow_plan_request, plan_requests.trial, plan_requests.posting, Matter.DISTRIBUTION_PLAN
    ),
    Subject.WRITE_OFF: Handling(
        follow_write_off, write_off_requests.trial, write_off_requests.posting, Matter.OTHER
    ),
    Subject.OPERATION: Handling(
        follow_contract_request, contract_requests.trial, contract_requests.posting, Matter.CONTRACT
    ),
    Subject.DISPOSAL: Handling(
        follow_disposal_request, disposal_requests.trial, disposal_requests.posting, Matter.IMPORTANT_DISPOSAL,
        before_agreeing=check_before_agreeing, beside=disposal_requests.beside,
    ),
}  # fmt: skip


def settle(request: ApprovalRequest, *, by: Actor, on: date, policy: Policy) -> None:
    """Let the feature of a request act on what became of it."""
    DECIDE[request.about].follow(request, by=by, on=on, policy=policy)
