"""What waits for a person, and what of theirs waits for others: one table of questions, read top to bottom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice

from registry.counting import count_together
from registry.permissions import Actor, Permission, may
from registry.text import N_, Labelled
from registry.workbench.tasks import (
    books,
    custody,
    disposal,
    disposal_notes,
    distribution,
    duties,
    evaluation,
    findings,
    income,
    notices,
    operation,
    policy,
    proceeds,
    queries,
    register,
    requests,
    rolls,
    stocktaking,
    title,
    warnings,
)
from registry.workbench.tasks.task import MOST_COUNTED, Task


class Group(Labelled):
    """Whose work it is, as the inbox parts it."""

    MINE = "mine", N_("等我办")
    BELOW = "below", N_("下级超期，请督办")
    FILED = "filed", N_("送来备案的")
    ELSEWHERE = "elsewhere", N_("我送出的，在别人手上")


@dataclass(frozen=True)
class Question:
    """One kind of work: who can have it, its first tasks in the order of its own list, and how many there are.

    ``count`` may stop counting above MOST_COUNTED; it is a plain sum (see ``count_together``).
    """

    permission: Permission
    list: Callable[[Actor, int], list[Task]]
    count: Callable[[Actor], int]


_P = Permission
QUESTIONS: dict[Group, tuple[Question, ...]] = {
    Group.MINE: (
        Question(_P.WARNING_ANSWER, warnings.list_handed, warnings.count_handed),
        Question(_P.WARNING_HAND_OFF, warnings.list_answers, warnings.count_answers),
        Question(_P.ASSET_CONFIRM, register.list_confirmations, register.count_confirmations),
        Question(_P.CORRECTION_CONFIRM, register.list_corrections, register.count_corrections),
        Question(_P.ASSET_CONFIRM, register.list_history, register.count_history),
        Question(_P.ASSET_ENTER, register.list_cards_sent_back, register.count_cards_sent_back),
        Question(_P.ASSET_READ, requests.list_at_desk, requests.count_at_desk),
        Question(_P.ASSET_READ, requests.list_sent_back, requests.count_sent_back),
        Question(_P.MEETING_ENTER, queries.list_unanswered, queries.count_unanswered),
        Question(_P.OBJECTION_ANSWER, notices.list_to_answer, notices.count_to_answer),
        Question(_P.NOTICE_POST, notices.list_to_close, notices.count_to_close),
        Question(_P.NOTICE_POST, notices.list_due, notices.count_due),
        Question(_P.POLICY_CONFIRM, policy.list_proposals, policy.count_proposals),
        Question(_P.TITLE_REGISTER, title.list_certificates, title.count_certificates),
        Question(_P.TITLE_ENTER, title.list_sheets, title.count_sheets),
        Question(_P.TITLE_ENTER, title.list_hand_overs, title.count_hand_overs),
        Question(_P.TITLE_ENTER, title.list_titles, title.count_titles),
        Question(_P.CUSTODY_ACCEPT, custody.list_offers, custody.count_offers),
        Question(_P.PATROL_RECORD, custody.list_rounds, custody.count_rounds),
        Question(_P.PATROL_RECORD, custody.list_repairs, custody.count_repairs),
        Question(_P.PATROL_CHECK, custody.list_acceptances, custody.count_acceptances),
        Question(_P.CUSTODY_MANAGE, custody.list_ended, custody.count_ended),
        Question(_P.STOCKTAKE_COUNT, stocktaking.list_counts, stocktaking.count_counts),
        Question(_P.ASSET_ENTER, stocktaking.list_submissions, stocktaking.count_submissions),
        Question(_P.STOCKTAKE_CONFIRM, stocktaking.list_confirmations, stocktaking.count_confirmations),
        Question(_P.ASSET_ENTER, stocktaking.list_reports, stocktaking.count_reports),
        Question(_P.STOCKTAKE_CONFIRM, stocktaking.list_receipts, stocktaking.count_receipts),
        Question(_P.STOCKTAKE_OPEN, stocktaking.list_closings, stocktaking.count_closings),
        Question(_P.DUTY_CONFIRM, duties.list_confirmations, duties.count_confirmations),
        Question(_P.DUTY_ENTER, duties.list_namings, duties.count_namings),
        Question(_P.EVALUATION_ENTER, evaluation.list_scorings, evaluation.count_scorings),
        Question(_P.EVALUATION_ENTER, evaluation.list_experts, evaluation.count_experts),
        Question(_P.EVALUATION_ENTER, evaluation.list_notices, evaluation.count_notices),
        Question(_P.EVALUATION_ENTER, evaluation.list_returns, evaluation.count_returns),
        Question(_P.EVALUATION_CONFIRM, evaluation.list_confirmations, evaluation.count_confirmations),
        Question(_P.EVALUATION_CONFIRM, evaluation.list_conclusions, evaluation.count_conclusions),
        Question(_P.FINDING_MEND, findings.list_mendings, findings.count_mendings),
        Question(_P.FINDING_CHECK, findings.list_checks, findings.count_checks),
        Question(_P.CONTRACT_ENTER, operation.list_signing, operation.count_signing),
        Question(_P.CONTRACT_ENTER, operation.list_renewals, operation.count_renewals),
        Question(_P.CONTRACT_ENTER, operation.list_expired, operation.count_expired),
        Question(_P.INCOME_CHECK, operation.list_second, operation.count_second),
        Question(_P.INCOME_ENTER, income.list_to_enter, income.count_to_enter),
        Question(_P.INCOME_CHECK, income.list_reviews, income.count_reviews),
        Question(_P.INCOME_CHECK, income.list_releases, income.count_releases),
        Question(_P.INCOME_ENTER, income.list_mendings, income.count_mendings),
        Question(_P.INCOME_ENTER, income.list_demands, income.count_demands),
        Question(_P.ASSET_CONFIRM, rolls.list_households, rolls.count_households),
        Question(_P.ASSET_CONFIRM, rolls.list_accounts, rolls.count_accounts),
        Question(_P.BENEFICIARY_ENTER, rolls.list_sent_back, rolls.count_sent_back),
        Question(_P.BENEFICIARY_ENTER, rolls.list_reviews, rolls.count_reviews),
        Question(_P.PAYOUT_RELEASE, distribution.list_work, distribution.count_work),
        Question(_P.PAYOUT_RELEASE, distribution.list_releases, distribution.count_releases),
        Question(_P.PAYOUT_PAY, distribution.list_payments, distribution.count_payments),
        Question(_P.DISTRIBUTION_ENTER, distribution.list_agreed, distribution.count_agreed),
        Question(_P.DISPOSAL_CARRY_OUT, proceeds.list_second, proceeds.count_second),
        Question(_P.DISPOSAL_ENTER, proceeds.list_unpaid, proceeds.count_unpaid),
        Question(_P.DISPOSAL_ENTER, proceeds.list_overdue, proceeds.count_overdue),
        Question(_P.VOUCHER_CHECK, books.list_checks, books.count_checks),
        Question(_P.VOUCHER_MAKE, books.list_mends, books.count_mends),
        Question(_P.VOUCHER_MAKE, books.list_closings, books.count_closings),
        Question(_P.VOUCHER_CHECK, books.list_to_be_closed, books.count_to_be_closed),
        Question(_P.PERIOD_REOPEN, books.list_wishes, books.count_wishes),
        Question(_P.DISPOSAL_ENTER, disposal.list_losses, disposal.count_losses),
        Question(_P.DISPOSAL_ENTER, disposal.list_drafts, disposal.count_drafts),
        Question(_P.DISPOSAL_ENTER, disposal.list_prices, disposal.count_prices),
        Question(_P.DISPOSAL_ENTER, disposal.list_suspended, disposal.count_suspended),
        Question(_P.DISPOSAL_CARRY_OUT, disposal.list_cleared, disposal.count_cleared),
        Question(_P.NOTICE_POST, disposal.list_results, disposal.count_results),
        Question(_P.DISPOSAL_CARRY_OUT, disposal_notes.list_past, disposal_notes.count_past),
        Question(_P.DISPOSAL_CARRY_OUT, disposal_notes.list_notes, disposal_notes.count_notes),
    ),
    Group.BELOW: (
        Question(_P.ASSET_READ, requests.list_late, requests.count_late),
        Question(_P.CASE_DECIDE, queries.list_overdue, queries.count_overdue),
        Question(_P.OBJECTION_ANSWER, notices.list_late, notices.count_late),
        Question(_P.DISPOSAL_CARRY_OUT, proceeds.list_late, proceeds.count_late),
        Question(_P.WARNING_HAND_OFF, warnings.list_late, warnings.count_late),
        Question(_P.FINDING_CHECK, findings.list_late, findings.count_late),
    ),
    Group.FILED: (
        Question(_P.ASSET_READ, requests.list_filed, requests.count_filed),
        Question(_P.CASE_DECIDE, queries.list_answers, queries.count_answers),
    ),
    Group.ELSEWHERE: (
        Question(_P.ASSET_READ, register.list_own_cards, register.count_own_cards),
        Question(_P.ASSET_READ, register.list_own_changes, register.count_own_changes),
        Question(_P.ASSET_READ, requests.list_own, requests.count_own),
        Question(_P.NOTICE_POST, notices.list_passed_on, notices.count_passed_on),
        Question(_P.DISPOSAL_ENTER, disposal.list_called_in, disposal.count_called_in),
    ),
}


#: A list may hold several kinds of work: so many times what is shown is looked through for them.
_LOOKED_THROUGH = 3


@dataclass(frozen=True)
class TaskPage:
    """Some of a group's tasks, counted from 1: their page, and whether more follow."""

    group: Group
    tasks: list[Task]
    number: int
    has_more: bool
    total: str


def count_of(group: Group, actor: Actor) -> str:
    """Return how much a group holds for a person, without reading it; empty for nothing, 99+ for more than that."""
    return _said(sum(_waiting(group, actor).values()))


def page_of(group: Group, actor: Actor, size: int, number: int = 1) -> TaskPage:
    """Return a page of what a group holds for a person, the oldest first; supervision goes by the time limit.

    The lists are merged, not sorted: a list keeps its own order, so the pages of a group hold every task once.
    """
    waiting = _waiting(group, actor)
    before = (number - 1) * size
    lists = [question.list(actor, before + size + 1) for question, count in waiting.items() if count]
    found = list(islice(merge(*lists, key=_ORDER[group]), before, before + size + 1))
    return TaskPage(group, found[:size], number, len(found) > size, _said(sum(waiting.values())))


def first_of(group: Group, actor: Actor, size: int) -> TaskPage:
    """Return what a person sees of a group first: the oldest of every kind, then the oldest of what is left.

    No kind of work hides the others by being many; the pages of the group go by age alone.
    """
    waiting = _waiting(group, actor)
    lists = [question.list(actor, _LOOKED_THROUGH * size) for question, count in waiting.items() if count]
    found = list(merge(*lists, key=_ORDER[group]))
    firsts: dict[str, Task] = {}
    for task in found:
        firsts.setdefault(task.kind, task)
    heads = list(firsts.values())
    rest = [task for task in found if task is not firsts[task.kind]]
    shown = [*heads, *rest[: max(size - len(heads), 0)]]
    return TaskPage(group, shown, 1, len(found) > len(shown), _said(sum(waiting.values())))


def _said(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def _waiting(group: Group, actor: Actor) -> dict[Question, int]:
    """Return how much waits by question: most hold nothing for most people, and need not be listed."""
    asked = [question for question in QUESTIONS[group] if may(actor, question.permission)]
    counts = count_together([partial(question.count, actor) for question in asked])
    return dict(zip(asked, counts, strict=True))


def _waited(task: Task) -> float:
    return task.since.timestamp()


def _due(task: Task) -> float:
    return (task.due_on or date.max).toordinal()


_ORDER: dict[Group, Callable[[Task], float]] = {
    Group.MINE: _waited,
    Group.BELOW: _due,
    Group.FILED: _due,
    Group.ELSEWHERE: _waited,
}
