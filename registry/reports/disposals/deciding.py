"""Middle chapters of a dossier: what meetings resolved, what hung on boards, what every level said, asked, answered."""

from collections.abc import Iterator

from sqlalchemy import select

from registry.approvals.meetings.kinds import Majority, Matter, MeetingKind, StageKind
from registry.approvals.meetings.models import Meeting
from registry.approvals.meetings.queries import Decided, list_stages
from registry.approvals.notices.models import Notice, Objection, ObjectionAnswer
from registry.approvals.notices.queries import masked_of
from registry.approvals.requests.models import ApprovalDecision, ApprovalInterest, ApprovalRequest, ApprovalStep
from registry.approvals.requests.rules import Capacity
from registry.approvals.requests.states import Verdict
from registry.clock import local
from registry.database import db
from registry.places.queries import full_name, names_of
from registry.regions import level_of
from registry.reports.disposals.applying import SHOWN_DIGEST
from registry.reports.disposals.casefile import CaseFile, waited_days
from registry.reports.disposals.naming import route_label, yuan
from registry.reports.disposals.sections import (
    ABSENT,
    Chapter,
    Section,
    Shape,
    day,
    digest_text,
    facts,
    moment,
    table,
    texts,
)
from registry.text import N_

# ---- Meetings


def meetings(file: CaseFile) -> Chapter:
    """Tell every meeting that decided on the case: who came, how they voted, what was needed."""
    held = {one.meeting.id: one.meeting for one in file.decided}
    sections = [
        section
        for key, meeting in held.items()
        for section in _meeting(meeting, [one for one in file.decided if one.meeting.id == key])
    ]
    return Chapter(N_("会议决议"), tuple(sections))


def _meeting(meeting: Meeting, decided: list[Decided]) -> list[Section]:
    title = f"{meeting.body_name}　{day(meeting.held_on)}"
    stages = (
        (StageKind(one.stage).label, day(one.held_on), *map(_count, (one.due, one.present, one.agreed)))
        for one in list_stages(meeting.id)
    )
    return [
        facts(title, _minutes(meeting)),
        *texts(N_("会议记录"), [(N_("摘要"), meeting.summary), (N_("依据"), meeting.authority)]),
        *table(Shape.STAGES, N_("四议两公开"), stages),
        *table(Shape.VOTES, N_("表决"), map(_vote, decided)),
    ]


def _count(number: int | None) -> str:
    return ABSENT if number is None else str(number)


def _minutes(meeting: Meeting) -> Iterator[tuple[str, str]]:
    kind = MeetingKind(meeting.kind).label
    resolved = f"（{MeetingKind(meeting.resolved_by).label}）" if meeting.resolved_by else ""
    due = N_("应到 %(due)s 人") % {"due": meeting.due}
    there = N_("到会 %(present)s 人，书面委托 %(proxies)s 人")
    yield from (
        (N_("会议种类"), kind + resolved),
        (N_("召开日期"), day(meeting.held_on)),
        (N_("通知日期"), day(meeting.notified_on)),
        (N_("地点"), meeting.place),
        (N_("主持人"), meeting.chair),
        (N_("记录人"), meeting.recorder),
        (N_("到会"), f"{due}，{there % {'present': meeting.present, 'proxies': meeting.proxies}}"),
        (N_("法定人数"), N_("已达到") if meeting.quorate else N_("没有达到")),
        (N_("党组织研究"), day(meeting.party_studied_on)),
        (N_("单位"), full_name(meeting.region_code)),
        (N_("登记"), f"{meeting.entered_by_text}　{moment(meeting.entered_at)}"),
    )


def _vote(one: Decided) -> tuple[str, ...]:
    row = one.resolution
    needed = N_("%(majority)s，至少 %(votes)s 票") % {
        "majority": Majority(row.majority).label, "votes": row.votes_needed
    }  # fmt: skip
    result = (N_("通过") if row.carried else N_("未通过")) + (N_("，后被改变") if one.altered_by else "")
    return (
        f"{Matter(row.matter).label}：{row.text}", str(row.agreed), str(row.opposed), str(row.abstained), needed, result
    )  # fmt: skip


# ---- Notices and objections


def notices(file: CaseFile) -> Chapter:
    """Tell what hung where on which days, who objected (masked), and what each level answered."""
    sections = [section for notice in file.notices for section in _notice(file, notice)]
    return Chapter(N_("公示和异议"), tuple(sections))


def _notice(file: CaseFile, notice: Notice) -> list[Section]:
    shown = notice.table.masked()
    heads = [column.label for column in shown.columns]
    listed = (
        (str(number), "；".join(f"{head}：{cell}" for head, cell in zip(heads, row, strict=True)))
        for number, row in enumerate(shown.rows, 1)
    )
    objections = file.objections[notice.id]
    count = N_("异议（%(count)s 件）") % {"count": len(objections)}
    return [
        facts(f"{notice.notice_kind.label}　{notice.title}", _hung(notice)),
        *texts(N_("公示内容"), [(N_("正文"), notice.body), (N_("提前收回理由"), notice.reason)]),
        *table(Shape.TEXTS, N_("公示清单"), listed),
        *(section for one in objections for section in _objection(count, one, file.answers[one.id])),
        *([] if objections else texts(N_("异议"), [(N_("结果"), N_("公示期内没有收到异议"))])),
    ]


def _hung(notice: Notice) -> Iterator[tuple[str, str]]:
    days = N_("%(days)s 个%(kind)s") % {"days": notice.days, "kind": notice.counted.label}
    yield from (
        (N_("公示期"), N_("%(first)s 至 %(last)s") % {"first": notice.starts_on, "last": notice.last_day}),
        (N_("要求天数"), days),
        (N_("张贴处"), notice.place),
        (N_("状态"), notice.notice_state.label),
        (N_("张贴"), f"{notice.posted_by_text}　{moment(notice.posted_at)}"),
        (N_("收回"), f"{notice.ended_by_text}　{day(notice.ended_on)}".strip()),
        (N_("联系人"), f"{notice.contact_name} {notice.contact_phone}"),
        (N_("监督电话"), notice.hotline),
        (N_("张贴照片摘要"), digest_text(notice.first_photo, SHOWN_DIGEST)),
        (N_("期满照片摘要"), digest_text(notice.last_photo, SHOWN_DIGEST)),
        (N_("内容摘要"), digest_text(notice.content_digest, SHOWN_DIGEST)),
    )


def _objection(title: str, one: Objection, answers: list[ObjectionAnswer]) -> list[Section]:
    who = masked_of(one)
    told = (
        (N_("提出时间"), moment(one.raised_at)),
        (N_("渠道"), one.came_by.label),
        (N_("理由"), one.objection_ground.label),
        (N_("提出人"), " ".join(filter(None, (who.name, who.contact))) or N_("没有留姓名")),
        (N_("状态"), one.objection_state.label),
        (N_("答复期限"), day(one.due_on)),
        (N_("转上一级"), day(one.passed_on_on)),
    )
    said = [(N_("异议"), one.text), (N_("转上一级理由"), one.passed_on_reason)]
    rows = (
        (row.at_level.label, row.outcome.label, row.text, row.answered_by_text, day(row.answered_on)) for row in answers
    )
    return [facts(title, told), *texts(N_("异议内容"), said), *table(Shape.ANSWERS, N_("答复"), rows)]


# ---- What every level said


def opinions(file: CaseFile) -> Chapter:
    """Tell every step of every request of the case, and what was said there by whom, of which content."""
    sections = [section for request in file.requests for section in request_sections(file, request)]
    return Chapter(N_("各级意见"), tuple(sections))


def request_sections(file: CaseFile, request: ApprovalRequest) -> list[Section]:
    """Tell one request: how it was submitted and ended, its steps, what was said, who had an interest."""
    decisions = file.decisions[request.id]
    names = names_of(step.desk_code for step in request.steps)
    steps = [_step(step, names) for step in request.steps]
    said = [_said(request, one) for one in decisions]
    return [
        facts(request.title, _submitted(request)),
        *texts(N_("结束"), [(N_("原因"), request.end_reason)]),
        *table(Shape.STEPS, N_("四级流程"), steps),
        *table(Shape.OPINIONS, N_("意见"), said),
        *table(Shape.INTERESTS, N_("利害关系和回避"), _interests(request)),
    ]


def _submitted(request: ApprovalRequest) -> Iterator[tuple[str, str]]:
    yield from (
        (N_("流程"), route_label(request.route_key)),
        (N_("现状"), request.state.label),
        (N_("提交人"), request.submitted_by_text),
        (N_("提交时间"), moment(request.submitted_at)),
        (N_("办结时间"), moment(request.ended_at)),
        (N_("定档价值"), yuan(request.amount_fen)),
        (N_("内容版本"), N_("第 %(number)s 版") % {"number": request.content_version}),
        (N_("内容摘要"), digest_text(request.content_digest)),
    )


def _step(step: ApprovalStep, names: dict[str, str]) -> tuple[str, ...]:
    start, end = (local(at).date() if at else None for at in (step.started_at, step.done_at))
    used = N_("%(days)s 天") % {"days": waited_days(start, end)} if start and end else ABSENT
    desk = f"{names.get(step.desk_code, step.desk_code)} {step.desk.role.label}"
    papers = "、".join(one.label for one in step.needed_papers)
    label = step.label + (f"（{N_('材料：')}{papers}）" if papers else "")
    return (
        str(step.position + 1), level_of(step.seat_code).label, label, desk, step.state.label,
        "—".join(filter(None, (day(start), day(end)))) or ABSENT, used,
    )  # fmt: skip


def _said(request: ApprovalRequest, one: ApprovalDecision) -> tuple[str, ...]:
    who = one.by_text + (N_("（代 %(who)s）") % {"who": one.for_text} if one.for_text else "")
    words = "；".join(filter(None, (one.opinion, N_("问题：%(what)s") % {"what": one.defect} if one.defect else "")))
    void = "" if one.content_digest == request.content_digest else N_("（内容已改，作废）")
    digest = digest_text(one.content_digest, SHOWN_DIGEST) + void
    waited = N_("%(days)s 天") % {"days": one.waited_days}
    return (
        str(one.position + 1), who, Verdict(one.verdict).label, words, moment(one.at), waited, digest
    )  # fmt: skip


def _interests(request: ApprovalRequest) -> Iterator[tuple[str, ...]]:
    rows = select(ApprovalInterest).where(ApprovalInterest.request_id == request.id).order_by(ApprovalInterest.id)
    for one in db.session.scalars(rows):
        yield one.name, Capacity(one.capacity).label, one.note


def queries(file: CaseFile) -> Chapter:
    """Tell what levels above asked about the case, and what was answered."""
    rows = (
        (
            str(one.position + 1), f"{one.asked_by_text}　{moment(one.asked_at)}", one.question, day(one.answer_by),
            f"{one.answered_by_text}　{moment(one.answered_at)}".strip() or N_("还没有答复"), one.answer,
        )
        for one in file.queries
    )  # fmt: skip
    return Chapter(N_("上级质询和答复"), tuple(table(Shape.QUERIES, N_("质询"), rows)))
