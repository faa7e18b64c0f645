"""What waits of queries: to be answered by the sender, answered to whoever asked, overdue below."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.requests.models import ApprovalQuery, ApprovalRequest
from registry.approvals.requests.queried import (
    Asked,
    count_answered,
    count_late,
    count_to_answer,
    list_answered,
    list_late,
    list_to_answer,
)
from registry.clock import today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_unanswered(actor: Actor, most: int) -> list[Task]:
    """Return queries that this person's unit owes an answer."""
    return [
        Task(
            _("上级质询"), request.title, _("%(who)s 问：%(what)s", who=query.asked_by_text, what=query.question),
            request.amount_fen, query.asked_at, _("我或同岗位的人，先办者为准"),
            url_for("querying.answer", request_id=request.id, query_id=query.id), _("去答复"), query.answer_by,
        )
        for query, request in list_to_answer(actor, most)
    ]  # fmt: skip


def count_unanswered(actor: Actor) -> int:
    """Return how many queries this person's unit owes an answer."""
    return count_to_answer(actor, MOST_COUNTED + 1)


def list_overdue(actor: Actor, most: int) -> list[Task]:
    """Return queries of this person's desk whose answer is overdue, with the unit that owes it."""
    rows = list_late(actor, today(), most)
    names = _units(rows)
    return [_seen(query, request, names, names.get(query.region_code, ""), _("去督办")) for query, request in rows]


def count_overdue(actor: Actor) -> int:
    """Return how many answers to this person's desk are overdue."""
    return count_late(actor, today(), MOST_COUNTED + 1)


def list_answers(actor: Actor, most: int) -> list[Task]:
    """Return answers that came in of late to queries of this person's desk."""
    rows = list_answered(actor, today(), most)
    names = _units(rows)
    return [_seen(query, request, names, _("我"), _("看答复")) for query, request in rows]


def count_answers(actor: Actor) -> int:
    """Return how many answers came in of late to queries of this person's desk."""
    return count_answered(actor, today(), MOST_COUNTED + 1)


def _units(rows: list[Asked]) -> dict[str, str]:
    return names_of(query.region_code for query, _request in rows)


def _seen(query: ApprovalQuery, request: ApprovalRequest, names: dict[str, str], desk: str, deed: str) -> Task:
    context = _("%(unit)s · 质询：%(what)s", unit=names.get(query.region_code, ""), what=query.question)
    url = url_for("deciding.show", request_id=request.id, _anchor="queries")
    since = query.answered_at or query.asked_at
    due_on = None if query.is_answered else query.answer_by
    return Task(_("质询答复"), request.title, context, request.amount_fen, since, desk, url, deed, due_on)
