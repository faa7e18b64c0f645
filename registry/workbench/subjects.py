"""What each subject means to the request pages: what happens when a decision is taken, and what the decider sees.

One row per subject, read top to bottom. A feature acts on the outcome; nothing calls back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from registry.approvals.meetings.kinds import Matter
from registry.approvals.notices.recurring import Prefilled
from registry.approvals.notices.rules import NoticeKind
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import Outcome
from registry.kinds import Subject
from registry.permissions import Actor
from registry.policy.rules import Policy


class Settle(Protocol):
    """The feature takes note of an outcome, and carries out what was approved where nothing else is waited for."""

    def __call__(self, request: ApprovalRequest, outcome: Outcome, *, by: Actor, on: date, policy: Policy) -> None: ...


@dataclass(frozen=True)
class Change:
    """One thing that will be otherwise once a case is approved."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """A case "as if approved": its page, its facts, what will change; ``fields`` may be named when it is sent back."""

    url: str
    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Posting:
    """What a notice of a case says before anybody changes its words."""

    kind: NoticeKind
    begun: Prefilled


@dataclass(frozen=True)
class Handling:
    """How one subject is settled and shown, put up for notice, and put to the vote."""

    settle: Settle
    trial: Callable[[ApprovalRequest], Trial]
    posting: Callable[[ApprovalRequest], Posting]
    matter: Matter


DECIDE: dict[Subject, Handling] = {}


def settle(request: ApprovalRequest, outcome: Outcome, *, by: Actor, on: date, policy: Policy) -> None:
    """Let the feature of a request act on what became of it."""
    DECIDE[request.about].settle(request, outcome, by=by, on=on, policy=policy)
