"""What waits of requests: at my desk, late below me, filed with me, sent on by me."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.requests.inbox import (
    Filed,
    OnDesk,
    count_filed_with,
    count_late_below,
    count_on_desk,
    count_own_elsewhere,
    count_sent_back_to,
    list_filed_with,
    list_late_below,
    list_on_desk,
    list_own_elsewhere,
    list_sent_back_to,
)
from registry.approvals.requests.people import person_of
from registry.approvals.requests.queries import list_decisions
from registry.approvals.requests.states import RequestStatus, Verdict
from registry.clock import now, today
from registry.kinds import Subject
from registry.permissions import Actor, Role
from registry.places.queries import names_of
from registry.policy.procedures import DECIDED, StepKind
from registry.text import N_
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_at_desk(actor: Actor, most: int) -> list[Task]:
    """Return requests that wait for this person, or for somebody they stand in for."""
    rows = list_on_desk(person_of(actor, today()), today(), most)
    names = names_of(row.region_code for row in rows)
    return [_task(row, names, _("我或同岗位的人，先办者为准"), _deed(row)) for row in rows]


def _task(row: OnDesk, names: dict[str, str], desk: str, deed: str) -> Task:
    context = _("%(unit)s · %(who)s 提交", unit=names.get(row.region_code, ""), who=row.submitted_by_text)
    url = url_for("deciding.show", request_id=row.id)
    return Task(
        _(Subject(row.subject).label), row.title, context, row.amount_fen, row.since, desk, url, deed, row.due_on
    )


_DEEDS: dict[StepKind, str] = {
    StepKind.MEETING: N_("去登记会议"),
    StepKind.NOTICE: N_("去办公示"),
    StepKind.APPRAISAL: N_("去登记评估"),
    **dict.fromkeys(DECIDED, N_("去签署")),
}


def _deed(row: OnDesk) -> str:
    return str(_(_DEEDS.get(StepKind(row.step_kind), N_("去处理"))))


def count_at_desk(actor: Actor) -> int:
    """Return how many requests wait for this person."""
    return count_on_desk(person_of(actor, today()), today(), MOST_COUNTED + 1)


def list_late(actor: Actor, most: int) -> list[Task]:
    """Return requests that are late one level below this person's desk."""
    rows = list_late_below(person_of(actor, today()), today(), most)
    names = names_of(code for row in rows for code in (row.region_code, row.desk_code))
    return [_task(row, names, _where(row, names), _("去督办")) for row in rows]


def _where(row: OnDesk, names: dict[str, str]) -> str:
    if row.desk_code:
        return f"{names.get(row.desk_code, '')} {_(Role(row.desk_role).label)}"
    return str(_(RequestStatus(row.status).label))


def count_late(actor: Actor) -> int:
    """Return how many requests are late one level below this person's desk."""
    return count_late_below(person_of(actor, today()), today(), MOST_COUNTED + 1)


def list_sent_back(actor: Actor, most: int) -> list[Task]:
    """Return requests that came back to be mended, with what is to be mended."""
    return [
        Task(
            _("退回修改"), row.title, _defect(row), row.amount_fen, row.since, _("我"),
            url_for("deciding.show", request_id=row.id), _("去修改"),
        )
        for row in list_sent_back_to(actor, most)
    ]  # fmt: skip


def _defect(row: OnDesk) -> str:
    said = [one for one in list_decisions(row.id) if one.verdict == Verdict.SEND_BACK]
    return f"{said[-1].defect}：{said[-1].opinion}" if said else ""


def count_sent_back(actor: Actor) -> int:
    """Return how many requests came back to be mended."""
    return count_sent_back_to(actor, MOST_COUNTED + 1)


def list_filed(actor: Actor, most: int) -> list[Task]:
    """Return requests that were filed with this person's desk and can still be called in."""
    rows: Sequence[Filed] = list_filed_with(person_of(actor, today()), today(), most)
    names = names_of(row.region_code for row in rows)
    return [
        Task(
            _("备案"), row.title, names.get(row.region_code, ""), row.amount_fen, row.started_at or now(),
            _("不用签署；有问题可以调阅"), url_for("deciding.show", request_id=row.id), _("查看"), row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def count_filed(actor: Actor) -> int:
    """Return how many requests that were filed with this person's desk can still be called in."""
    return count_filed_with(person_of(actor, today()), today(), MOST_COUNTED + 1)


def list_own(actor: Actor, most: int) -> list[Task]:
    """Return requests that this person submitted and that lie on others' desks, with the desk."""
    rows = list_own_elsewhere(actor, most)
    names = names_of(code for row in rows for code in (row.region_code, row.desk_code))
    return [_task(row, names, _where(row, names), _("查看")) for row in rows]


def count_own(actor: Actor) -> int:
    """Return how many requests of this person lie on others' desks."""
    return count_own_elsewhere(actor, MOST_COUNTED + 1)
