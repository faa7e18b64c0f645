"""What waits of the books: drafts to check or to mend, months to close, wishes to open one again."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.ledger.books.drafts.queries import (
    count_drafts_sent_back,
    count_drafts_to_check,
    list_drafts_sent_back,
    list_drafts_to_check,
)
from registry.ledger.books.models import VoucherDraft
from registry.ledger.books.periods.queries import (
    count_closings_due,
    count_reopenings_to_answer,
    count_to_close,
    list_closings_due,
    list_reopenings_to_answer,
    list_to_close,
    next_to_close,
)
from registry.ledger.books.rules import first_day, month_of, say_month
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_checks(actor: Actor, most: int) -> list[Task]:
    """Return drafts that this person may check."""
    desk = _("我或同岗位的人，先办者为准")
    return _drafts(list_drafts_to_check(actor, most), _("凭证复核"), _("去复核"), desk)


def count_checks(actor: Actor) -> int:
    """Return how many drafts this person may check."""
    return count_drafts_to_check(actor, MOST_COUNTED + 1)


def list_mends(actor: Actor, most: int) -> list[Task]:
    """Return this person's own drafts that were sent back."""
    return _drafts(list_drafts_sent_back(actor, most), _("凭证退回"), _("去修改"), _("我"))


def count_mends(actor: Actor) -> int:
    """Return how many of this person's own drafts were sent back."""
    return count_drafts_sent_back(actor, MOST_COUNTED + 1)


def _drafts(rows: Sequence[VoucherDraft], kind: str, deed: str, desk: str) -> list[Task]:
    return [
        Task(
            kind, one.summary, one.book.party.name, one.total_fen or None, one.made_at, desk,
            url_for("voucher_drafts.show", draft_id=one.id), deed,
        )
        for one in rows
    ]  # fmt: skip


def _before(actor: Actor) -> int:
    """Return the month before which everything has to be closed by now."""
    days = policy_for(actor.unit_code, today()).number(Parameter.CLOSING_DAYS)
    return month_of(today() - timedelta(days=days))


def list_closings(actor: Actor, most: int) -> list[Task]:
    """Return books of which this person has to ask for a month to be closed."""
    days = policy_for(actor.unit_code, today()).number(Parameter.CLOSING_DAYS)
    tasks = []
    for one in list_closings_due(actor, _before(actor), most):
        over = first_day(next_to_close(one) + 1)
        tasks.append(
            Task(
                _("结账"), one.party.name, say_month(next_to_close(one)), None, start_of(over),
                _("我或同岗位的人，先办者为准"), url_for("periods.index", book_id=one.id), _("申请结账"),
                over + timedelta(days=days),
            )
        )  # fmt: skip
    return sorted(tasks, key=lambda task: task.since)


def count_closings(actor: Actor) -> int:
    """Return of how many books this person has to ask for a month to be closed."""
    return count_closings_due(actor, _before(actor), MOST_COUNTED + 1)


def list_to_be_closed(actor: Actor, most: int) -> list[Task]:
    """Return months that another person asked this one to close."""
    return [
        Task(
            _("结账"), book.party.name, say_month(period.month), None, period.begun_at or start_of(today()),
            _("我或同岗位的人，先办者为准"), url_for("periods.index", book_id=book.id), _("核对结账"),
        )
        for period, book in list_to_close(actor, most)
    ]  # fmt: skip


def count_to_be_closed(actor: Actor) -> int:
    """Return how many months this person may close."""
    return count_to_close(actor, MOST_COUNTED + 1)


def list_wishes(actor: Actor, most: int) -> list[Task]:
    """Return wishes to open a month again that this person answers."""
    return [
        Task(
            _("反结账"), book.party.name, f"{say_month(wish.month)} {wish.reason}", None, wish.asked_at,
            _("我或同岗位的人，先办者为准"), url_for("periods.reopening", reopening_id=wish.id), _("去答复"),
        )
        for wish, book in list_reopenings_to_answer(actor, most)
    ]  # fmt: skip


def count_wishes(actor: Actor) -> int:
    """Return how many wishes this person answers."""
    return count_reopenings_to_answer(actor, MOST_COUNTED + 1)
