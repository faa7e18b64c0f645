"""How far a request has come over the four levels: village, township, county, municipality, each with its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.meetings.queries import Decided, list_resolutions
from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import count_objections, list_notices_of
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queries import CASE_TABLE
from registry.approvals.requests.showing import Said, StepShown, steps_of
from registry.approvals.requests.states import RequestStatus, StepStatus
from registry.clock import local
from registry.permissions import Role
from registry.places.queries import names_of
from registry.policy.procedures import DECIDED, StepKind
from registry.regions import Level, level_of
from registry.text import N_

LEVELS: tuple[tuple[Level, str], ...] = (
    (Level.VILLAGE, N_("村")),
    (Level.TOWNSHIP, N_("乡镇")),
    (Level.COUNTY, N_("区县")),
    (Level.MUNICIPALITY, N_("市")),
)
#: The desks of a county that one tier asks and another does not.
_COUNTY_DESKS = (Role.COUNTY_AGRICULTURE, Role.COUNTY_FINANCE, Role.COUNTY_GOVERNMENT)
_OVER = frozenset({RequestStatus.SENT_BACK, RequestStatus.REJECTED, RequestStatus.WITHDRAWN})


@dataclass(frozen=True)
class Place:
    """One step within its level: what, whose desk, when or what it waits for, and what came of it."""

    label: str
    desk: str
    state: str
    tone: str
    note: str
    url: str
    said: tuple[Said, ...]
    waited: str
    is_mine: bool = False


@dataclass(frozen=True)
class LevelShown:
    """One level: its name, its dot, the time it used or has waited, and its steps; ``skipped`` desks are not asked."""

    label: str
    dot: str
    time: str
    tone: str
    places: tuple[Place, ...]
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """What the steps of one request rest on."""

    request: ApprovalRequest
    names: dict[str, str]
    votes: dict[str, Decided]
    notices: dict[str, Notice]
    mine: bool
    next_position: int | None


def levels_of(request: ApprovalRequest, on: date, *, mine: bool = False) -> list[LevelShown]:
    """Return the four levels of a request; ``mine``: the reader sits at the desk it has reached."""
    steps = steps_of(request, on)
    known = _Known(
        request, names_of({step.desk.unit_code for step in steps}),
        {str(one.meeting.id): one for one in list_resolutions(CASE_TABLE, str(request.id))},
        {str(one.id): one for one in list_notices_of(CASE_TABLE, str(request.id))},
        mine, next((step.position for step in steps if step.state is StepStatus.WAITING), None),
    )  # fmt: skip
    return [_level(level, label, steps, known) for level, label in LEVELS]


def _level(level: Level, label: str, steps: Sequence[StepShown], known: _Known) -> LevelShown:
    here = [step for step in steps if level_of(step.desk.unit_code) is level]
    if not here:
        return LevelShown(_(label), "future", _("这一级不需要办"), "soft", (), ())
    time, tone = _time(here)
    asked = {step.desk.role for step in here}
    skipped = [role for role in _COUNTY_DESKS if role not in asked] if level is Level.COUNTY else []
    places = tuple(_place(step, known) for step in here)
    return LevelShown(_(label), _dot(here), time, tone, places, tuple(_(role.label) for role in skipped))


def _dot(here: Sequence[StepShown]) -> str:
    """Return the mark of a level: its present step, else done when all of it is, else still to come."""
    dots = [step.dot for step in here]
    for one in ("corrected", "now"):
        if one in dots:
            return one
    if all(dot in {"decided", "fact"} for dot in dots):
        return "decided" if "decided" in dots else "fact"
    return "future"


def _time(here: Sequence[StepShown]) -> tuple[str, str]:
    """Say how long a level used, or has waited and until when it may."""
    now = next((step for step in here if step.state is StepStatus.CURRENT), None)
    if now is not None:
        text = _("已等 %(n)s 天", n=now.days)
        if now.limit_days:
            text = _("已等 %(n)s 天，时限 %(limit)s 天", n=now.days, limit=now.limit_days)
        return text, "text-bad" if now.late else "text-primary"
    started = [local(step.started_at).date() for step in here if step.started_at]
    done = [local(step.done_at).date() for step in here if step.done_at]
    if started and len(done) == len(here):
        return _("用 %(n)s 天", n=(max(done) - min(started)).days), "soft"
    off = next((step for step in here if isinstance(step.state, RequestStatus)), None)
    return (str(_(off.state.label)), "text-warn") if off else ("", "soft")


def _place(step: StepShown, known: _Known) -> Place:
    note, url = _answer(step, known)
    state, tone = _state(step, known)
    mine = known.mine and step.state is StepStatus.CURRENT
    waited = _("用了 %(n)s 天", n=step.days) if step.done_at and step.days else ""
    return Place(_(step.label), _desk(step, known), state, tone, note, url, step.said, waited, mine)


def _desk(step: StepShown, known: _Known) -> str:
    desk = f"{known.names.get(step.desk.unit_code, '')} {_(step.desk.role.label)}"
    return _("%(desk)s（本级应回避或无人，由上一级办）", desk=desk) if step.moved else desk


def _state(step: StepShown, known: _Known) -> tuple[str, str]:
    """Say where a step stands: its day, whose turn it is, or what it waits for."""
    if isinstance(step.state, RequestStatus):
        return _(step.state.label), "text-warn"
    if step.state is StepStatus.CURRENT:
        return (_("等您决定") if known.mine else _("正在办")), "text-primary"
    if step.state is StepStatus.WAITING:
        return _waiting(step, known), "soft"
    if step.state is StepStatus.RECEIVED:
        return _("%(day)s 自动接收", day=_day(step)), "soft"
    if step.state is StepStatus.CALLED_IN:
        return _("已提级调阅"), "text-warn"
    vote = known.votes.get(step.answer_id) if step.answer_table == "meeting" else None
    return (vote.meeting.held_on.isoformat() if vote else _day(step)), "soft"


def _day(step: StepShown) -> str:
    moment = step.done_at or step.started_at
    return local(moment).date().isoformat() if moment else "—"


def _waiting(step: StepShown, known: _Known) -> str:
    if known.request.state in _OVER:
        return "—"
    if step.kind is StepKind.FILING:
        return str(_("批准后自动接收"))
    if step.position == known.next_position:
        return str(_("您同意后送达") if known.mine else _("下一个办"))
    return str(_("时限 %(n)s 天", n=step.limit_days) if step.limit_days else _("随后办"))


def _answer(step: StepShown, known: _Known) -> tuple[str, str]:
    """Say what a meeting or notice came to, and where it is read; how long a filed case may be called in."""
    if step.answer_table == "meeting" and (vote := known.votes.get(step.answer_id)):
        return _vote(vote), url_for("meetings.show", meeting_id=vote.meeting.id)
    if step.answer_table == "notice" and (notice := known.notices.get(step.answer_id)):
        return _notice(notice), url_for("notices.notice", notice_id=notice.id)
    if step.kind is StepKind.FILING:
        if step.state is StepStatus.RECEIVED and step.due_on:
            return _("%(day)s 前、执行以前可以提级调阅", day=step.due_on), ""
        return _("执行以前可以提级调阅") if step.state is StepStatus.WAITING else "", ""
    if step.kind is StepKind.NOTICE and step.hang_days and not step.done_at:
        return _("要挂 %(n)s 天", n=step.hang_days), ""
    return "", ""


def _vote(decided: Decided) -> str:
    meeting, vote = decided.meeting, decided.resolution
    said = _(
        "应到 %(due)s 人，到会 %(there)s 人；同意 %(yes)s 人，反对 %(no)s 人，弃权 %(none)s 人", due=meeting.due,
        there=meeting.present + meeting.proxies, yes=vote.agreed, no=vote.opposed, none=vote.abstained,
    )  # fmt: skip
    return str(said)


def _notice(notice: Notice) -> str:
    count = count_objections(notice.id)
    objections = _("异议 %(n)s 件，均已答复", n=count) if count else _("无异议")
    said = _("%(start)s 至 %(end)s，%(objections)s", start=notice.starts_on, end=notice.ends_on, objections=objections)
    return str(said)


def waits_for(request: ApprovalRequest) -> str:
    """Say how whoever decides is told in one line what happens next; empty if nothing is decided now."""
    steps = list(request.steps)
    now = next((one for one in steps if one.state is StepStatus.CURRENT), None)
    if now is None or now.step_kind not in DECIDED:
        return ""
    after = next((one for one in steps if one.position > now.position), None)
    if after is None or after.step_kind is StepKind.FILING:
        return str(_("您是最后一个审批环节：同意后即获批准，自动报上级备案，由另一个人核对后执行。"))
    unit = names_of([after.desk_code]).get(after.desk_code, "")
    return str(_("同意后送%(unit)s%(role)s。", unit=unit, role=_(after.desk.role.label)))
