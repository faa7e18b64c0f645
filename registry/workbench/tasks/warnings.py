"""What waits of warnings: handed to my unit, answered to my desk, overdue below."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from registry.clock import today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.supervision.warnings import waiting
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.showing import title_of
from registry.workbench.tasks.task import MOST_COUNTED, Task

_MOST = MOST_COUNTED + 1


def _task(kind: str, row: WarningHandOff, context: str, since: datetime, desk: str, deed: str) -> Task:
    subject = f"{_(row.row.risk.label)}：{title_of(row.row.subject, row.title)}"
    url = url_for("warning_hand_offs.show", hand_off_id=row.id)
    return Task(kind, subject, context, None, since, desk, url, deed, row.due_on)


def _names(rows: Sequence[WarningHandOff]) -> dict[str, str]:
    return names_of({code for row in rows for code in (row.region_code, row.from_code)})


def list_handed(actor: Actor, most: int) -> list[Task]:
    """Return what this person's unit was handed and has to answer."""
    rows = waiting.list_handed_to(actor, most)
    names = _names(rows)
    desk = _("我或同岗位的人，先办者为准")
    return [
        _task(
            _("上级交办的预警"), one, _("%(unit)s交办", unit=names.get(one.from_code, "")), one.handed_at, desk,
            _("去办理"),
        )
        for one in rows
    ]  # fmt: skip


def count_handed(actor: Actor) -> int:
    """Return how much this person's unit was handed."""
    return waiting.count_handed_to(actor, _MOST)


def list_answers(actor: Actor, most: int) -> list[Task]:
    """Return answers to what this person's desk handed on."""
    rows = waiting.list_to_judge(actor, most)
    names = _names(rows)
    desk = _("我或同岗位的人，先办者为准")
    return [
        _task(
            _("交办待核实"), one, _("%(unit)s已回复", unit=names.get(one.region_code, "")),
            one.answered_at or one.handed_at, desk, _("去核实"),
        )
        for one in rows
    ]  # fmt: skip


def count_answers(actor: Actor) -> int:
    """Return how many answers wait for this person's desk."""
    return waiting.count_to_judge(actor, _MOST)


def list_late(actor: Actor, most: int) -> list[Task]:
    """Return what units below were handed and have not answered in time."""
    rows = waiting.list_late_below(actor, today(), most)
    names = _names(rows)
    return [
        _task(
            _("交办超期"), one, _("%(unit)s交办", unit=names.get(one.from_code, "")), one.handed_at,
            names.get(one.region_code, ""), _("去督办"),
        )
        for one in rows
    ]  # fmt: skip


def count_late(actor: Actor) -> int:
    """Return how much of that there is."""
    return waiting.count_late_below(actor, today(), _MOST)
