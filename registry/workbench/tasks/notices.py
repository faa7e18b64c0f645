"""What waits of notices: objections to answer, notices to take in, publications that fall due."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.inbox import (
    count_due_publications,
    count_late_objections,
    count_notices_to_close,
    count_objections_passed_on,
    count_objections_to_answer,
    list_due_publications,
    list_late_objections,
    list_notices_to_close,
    list_objections_passed_on,
    list_objections_to_answer,
)
from registry.approvals.notices.models import Objection
from registry.approvals.notices.objecting import seat
from registry.approvals.notices.queries import titles_of
from registry.approvals.requests.queries import CASE_TABLE
from registry.clock import start_of, today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_to_answer(actor: Actor, most: int) -> list[Task]:
    """Return objections that wait for this person's answer."""
    rows = list_objections_to_answer(actor, today(), most)
    return _objections(rows, _("我或同岗位的人，先办者为准"), _("去答复"))


def count_to_answer(actor: Actor) -> int:
    """Return how many objections wait for this person's answer."""
    return count_objections_to_answer(actor, today(), MOST_COUNTED + 1)


def list_late(actor: Actor, most: int) -> list[Task]:
    """Return objections that the units right below have not answered in time."""
    return _objections(list_late_objections(actor, today(), most), "", _("去督办"))


def count_late(actor: Actor) -> int:
    """Return how many objections the units right below are late with."""
    return count_late_objections(actor, today(), MOST_COUNTED + 1)


def list_passed_on(actor: Actor, most: int) -> list[Task]:
    """Return objections to this person's own notices that the level above has now."""
    return _objections(list_objections_passed_on(actor, today(), most), "", _("查看"), answering=False)


def count_passed_on(actor: Actor) -> int:
    """Return how many objections to this person's own notices the level above has now."""
    return count_objections_passed_on(actor, today(), MOST_COUNTED + 1)


def _objections(rows: Sequence[Objection], desk: str, deed: str, *, answering: bool = True) -> list[Task]:
    """Tell of objections by the notice they object to; without a desk named, it is the unit's that has to answer."""
    titles = titles_of({row.notice_id for row in rows})
    seats = {row.id: seat(row.region_code, row.lies_at) for row in rows}
    names = names_of([*seats.values(), *(row.region_code for row in rows)])
    return [
        Task(
            _("异议"), titles[row.notice_id],
            _("%(unit)s · %(ground)s", unit=names.get(row.region_code, ""), ground=_(row.objection_ground.label)), None,
            start_of(row.passed_on_on) if row.passed_on_on else row.raised_at, desk or names.get(seats[row.id], ""),
            url_for("objections.answer", objection_id=row.id) if answering
            else url_for("notices.notice", notice_id=row.notice_id, _anchor="objections"),
            deed, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def list_to_close(actor: Actor, most: int) -> list[Task]:
    """Return notices whose days are over; one that a case waits for is told of by the case."""
    rows = list_notices_to_close(actor, today(), most, without=CASE_TABLE)
    names = names_of(row.region_code for row in rows)
    return [
        Task(
            _("公示期满"), row.title, _("%(unit)s · 拍照收回", unit=names.get(row.region_code, "")), None,
            start_of(row.ends_on), _("我或同岗位的人，先办者为准"), url_for("notices.close", notice_id=row.id),
            _("去收回"),
        )
        for row in rows
    ]  # fmt: skip


def count_to_close(actor: Actor) -> int:
    """Return how many notices wait to be taken in."""
    return count_notices_to_close(actor, today(), MOST_COUNTED + 1, without=CASE_TABLE)


def list_due(actor: Actor, most: int) -> list[Task]:
    """Return the publications of village matters and accounts that this person's village owes."""
    rows = list_due_publications(actor, today(), most)
    names = names_of(row.region_code for row in rows)
    return [
        Task(
            _("定期公开"), _(row.kind.label),
            _("%(unit)s · %(first)s 至 %(last)s", unit=names.get(row.region_code, ""), first=row.period.first,
              last=row.period.last), None,
            start_of(row.period.last + timedelta(days=1)), _("我或同岗位的人，先办者为准"),
            url_for("publishing.new", region_code=row.region_code, kind=row.kind.value), _("去公开"), row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def count_due(actor: Actor) -> int:
    """Return how many publications this person's village owes."""
    return count_due_publications(actor, today(), MOST_COUNTED + 1)
