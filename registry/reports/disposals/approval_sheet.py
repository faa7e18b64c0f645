"""处置审批表: one sheet of A4 with what is disposed of, its worth, its tier, the gates, and every level's opinion."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.models import ApprovalDecision, ApprovalRequest, ApprovalStep
from registry.approvals.requests.states import StepStatus, Verdict
from registry.clock import local
from registry.disposal.gates.kinds import Moment
from registry.disposal.prices.kinds import PriceVerdict
from registry.errors import Conflict
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.policy.procedures import StepKind
from registry.regions import level_of
from registry.reports.bookkeeping import shown_name
from registry.reports.covering import covered
from registry.reports.disposals.applying import last_asked
from registry.reports.disposals.casefile import CaseFile, read_case
from registry.reports.disposals.naming import ratio_text, route_label, yuan
from registry.reports.disposals.sections import day, digest_text, moment
from registry.reports.paper.imprint import figures_digest
from registry.reports.parameters import Parameters
from registry.text import N_

TITLE = N_("资产处置审批表")
_SHOWN_DIGEST = 32
#: A level is named without what stands in brackets behind it.
_OPENING = "（"


class NotSubmitted(Conflict):
    """A sheet of approvals has a request whose steps it shows."""

    message = N_("这件处置事项还没有提交过审批，没有审批表可打印。")


@dataclass(frozen=True, slots=True)
class Told:
    """One label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large letters; in fen, None where there is none."""

    label: str
    fen: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One gate and how it answered."""

    gate: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One step: level, what is asked for, whose desk, what was said, by whom and when; empty where nothing was yet."""

    level: str
    label: str
    desk: str
    said: str
    who: str
    on: str


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """The figures of a sheet of approvals."""

    unit_name: str
    region_code: str
    number: str
    title: str
    facts: tuple[Told, ...]
    reason: str
    tiles: tuple[Tile, ...]
    tier: str
    weights: str
    asked: str
    marks: tuple[Mark, ...]
    content: str
    slots: tuple[Slot, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> ApprovalSheet:
    """Read a case for its sheet of approvals. Raises Missing, NotSubmitted."""
    file = read_case(region_code, parameters.case_id, actor)
    if not file.requests:
        raise NotSubmitted
    case, request = file.case, file.requests[-1]
    asked, answers = last_asked(file.asked)
    when = f"{Moment(asked.moment).label}　{moment(asked.asked_at)}" if asked else ""
    return ApprovalSheet(
        unit_name=covered(region_code, actor, on).unit_name,
        region_code=region_code,
        number=case.number,
        title=case.title,
        facts=tuple(Told(label, value) for label, value in _facts(file)),
        reason=case.reason,
        tiles=_tiles(file),
        tier=route_label(case.route_key),
        weights="、".join(sorted(one.label for one in case.weighty)),
        asked=when,
        marks=tuple(Mark(one.gate.label, one.outcome.label) for one in answers),
        content=digest_text(request.content_digest, _SHOWN_DIGEST),
        slots=tuple(_slots(file, request)),
    )


def _facts(file: CaseFile) -> Iterator[tuple[str, str]]:
    case, taken = file.case, [line for line in file.lines if line.is_in]
    name = taken[0].asset.name if taken else ""
    many = N_("%(name)s等 %(count)s 项") % {"name": name, "count": len(taken)}
    buyer = file.prices[-1].buyer_name if file.prices else case.recipient_name
    yield from (
        (N_("事项名称"), case.title),
        (N_("处置资产"), many if len(taken) > 1 else name),
        (N_("权利人"), shown_name(case.owner_kind, case.owner.name)),
        (N_("接收方"), buyer or N_("公开交易确定")),
        (N_("处置方式"), case.about.label),
        (N_("处置理由"), case.why.label),
        (N_("生效日期"), day(case.effective_on)),
        (N_("申请人"), case.opened_by_text),
        (N_("成交结果"), _fetched(file)),
        (N_("现状"), case.state.label),
    )


def _fetched(file: CaseFile) -> str:
    if not file.prices:
        return N_("还没有") if file.case.meaning.passes else N_("没有价款")
    last = file.prices[-1]
    ratio = ratio_text(last.price_fen, last.base_fen)
    return f"{yuan(last.price_fen)}（{ratio}，{PriceVerdict(last.verdict).label}）"


def _tiles(file: CaseFile) -> tuple[Tile, ...]:
    case = file.case
    worth = case.appraised_fen if case.appraised_fen is not None else case.agreed_fen or None
    label = N_("会议认定价值") if case.appraised_fen is None and case.agreed_fen else N_("评估价")
    return (
        Tile(N_("原值"), case.original_fen), Tile(N_("净值"), case.net_fen), Tile(label, worth),
        Tile(N_("定档价值"), case.basis_fen),
    )  # fmt: skip


# ---- What every level said


def _slots(file: CaseFile, request: ApprovalRequest) -> Iterator[Slot]:
    names = names_of(step.desk_code for step in request.steps)
    said = [one for one in file.decisions[request.id] if one.content_digest == request.content_digest]
    for step in request.steps:
        here = [one for one in said if one.position == step.position]
        told, who, on = _decided(here[-1]) if here else _answered(file, step)
        desk = f"{names.get(step.desk_code, step.desk_code)} {step.desk.role.label}"
        yield Slot(level_of(step.seat_code).label.split(_OPENING)[0], step.label, desk, told, who, on)


def _decided(one: ApprovalDecision) -> tuple[str, str, str]:
    verdict = Verdict(one.verdict).label
    words = one.opinion if one.opinion.startswith(verdict) else f"{verdict}：{one.opinion}"
    behalf = N_("（代 %(who)s）") % {"who": one.for_text} if one.for_text else ""
    return words, one.by_text + behalf, day(local(one.at).date())


def _answered(file: CaseFile, step: ApprovalStep) -> tuple[str, str, str]:
    """Tell of a meeting, a notice or a filing what came of it; nothing before it is done."""
    if step.step_kind is StepKind.FILING and step.state is not StepStatus.WAITING:
        return step.state.label, "", day(local(step.started_at).date()) if step.started_at else ""
    if step.done_at is None:
        return "", "", ""
    if step.step_kind is StepKind.MEETING:
        return _resolved(file, step.answer_id)
    return _hung(file, step) if step.step_kind is StepKind.NOTICE else ("", "", "")


def _resolved(file: CaseFile, answer_id: str) -> tuple[str, str, str]:
    found = next((one for one in file.decided if str(one.resolution.id) == answer_id), None)
    if found is None:
        return "", "", ""
    meeting = found.meeting
    there, yes = meeting.present + meeting.proxies, found.resolution.agreed
    said = N_("应到 %(due)s 人，到会 %(there)s 人，同意 %(yes)s 票，通过")
    return said % {"due": meeting.due, "there": there, "yes": yes}, meeting.body_name, day(meeting.held_on)


def _hung(file: CaseFile, step: ApprovalStep) -> tuple[str, str, str]:
    found = next((one for one in file.notices if str(one.id) == step.answer_id), None)
    if found is None:
        return "", "", ""
    days = {"first": day(found.starts_on), "last": day(found.last_day)}
    said = N_("%(first)s 至 %(last)s 公示") % days
    count = N_("异议 %(count)s 件") % {"count": len(file.objections[found.id])}
    return f"{said}，{count}", found.posted_by_text, day(found.ended_on)
