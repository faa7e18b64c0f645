"""What waits for a person, and what of theirs waits for others: one table of questions, read top to bottom."""

from collections.abc import Callable

from registry.approvals.requests.inbox import count_sent_back_to
from registry.assets.register.cards.queries import count_sent_back
from registry.permissions import Actor, Permission, may
from registry.workbench.tasks import custody, notices, policy, register, requests, title
from registry.workbench.tasks.task import MOST_COUNTED, Task

#: What a person must do, and what of theirs lies elsewhere.
MINE: tuple[Callable[[Actor], list[Task]], ...] = (
    register.list_confirmations,
    register.list_corrections,
    register.list_history,
    register.list_cards_sent_back,
    requests.list_at_desk,
    requests.list_sent_back,
    notices.list_to_answer,
    notices.list_to_close,
    notices.list_due,
    policy.list_proposals,
    title.list_certificates,
    title.list_sheets,
    title.list_hand_overs,
    title.list_titles,
    custody.list_offers,
    custody.list_rounds,
    custody.list_repairs,
    custody.list_acceptances,
    custody.list_ended,
)
#: What is late at the desks below, and what was sent for information.
BELOW: tuple[Callable[[Actor], list[Task]], ...] = (requests.list_late, notices.list_late)
FILED: tuple[Callable[[Actor], list[Task]], ...] = (requests.list_filed,)
ELSEWHERE: tuple[Callable[[Actor], list[Task]], ...] = (
    register.list_own_cards,
    register.list_own_changes,
    requests.list_own,
    notices.list_passed_on,
)

#: How much of MINE waits, without reading it: the permission one needs to have such work, and the count.
COUNTED: tuple[tuple[Permission, Callable[[Actor], int]], ...] = (
    (Permission.ASSET_CONFIRM, register.count_confirmations),
    (Permission.CORRECTION_CONFIRM, register.count_corrections),
    (Permission.ASSET_CONFIRM, register.count_history),
    (Permission.ASSET_ENTER, count_sent_back),
    (Permission.ASSET_READ, requests.count_at_desk),
    (Permission.ASSET_READ, count_sent_back_to),
    (Permission.OBJECTION_ANSWER, notices.count_to_answer),
    (Permission.NOTICE_POST, notices.count_to_close),
    (Permission.NOTICE_POST, notices.count_due),
    (Permission.POLICY_CONFIRM, policy.count_proposals),
    (Permission.TITLE_REGISTER, title.count_certificates),
    (Permission.TITLE_ENTER, title.count_sheets),
    (Permission.TITLE_ENTER, title.count_hand_overs),
    (Permission.TITLE_ENTER, title.count_titles),
    (Permission.CUSTODY_ACCEPT, custody.count_offers),
    (Permission.PATROL_RECORD, custody.count_rounds),
    (Permission.PATROL_RECORD, custody.count_repairs),
    (Permission.PATROL_CHECK, custody.count_acceptances),
    (Permission.CUSTODY_MANAGE, custody.count_ended),
)


def count_mine(actor: Actor) -> str:
    """Return how much waits for this person, for the menu of every page; empty for nothing."""
    count = sum(question(actor) for permission, question in COUNTED if may(actor, permission))
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def list_mine(actor: Actor) -> list[Task]:
    """Return what waits for this person, the oldest first."""
    return _asked(MINE, actor)


def list_below(actor: Actor) -> list[Task]:
    """Return what is late at the desks one level below, the oldest first."""
    return _asked(BELOW, actor)


def list_filed(actor: Actor) -> list[Task]:
    """Return what was sent to this person's desk for information, the oldest first."""
    return _asked(FILED, actor)


def list_elsewhere(actor: Actor) -> list[Task]:
    """Return what this person has sent on and others have not answered, the oldest first."""
    return _asked(ELSEWHERE, actor)


def _asked(questions: tuple[Callable[[Actor], list[Task]], ...], actor: Actor) -> list[Task]:
    return sorted((task for question in questions for task in question(actor)), key=lambda task: task.since)
