"""First chapters of a dossier: what was applied for, what is disposed of, what it is worth, how the gates stood."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.rules import percent
from registry.database import db
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.cases.opening import plans_of
from registry.disposal.cases.queries import earlier_cases
from registry.disposal.gates.kinds import Asked, Gate, Moment
from registry.disposal.gates.models import GateAnswers
from registry.disposal.gates.queries import answers_of
from registry.disposal.kinds import Extent, LineDecision
from registry.kinds import OwnerKind, Sector
from registry.money import capital_amount, format_yuan
from registry.parties.models import Party
from registry.places.queries import full_name
from registry.reports.bookkeeping import shown_name
from registry.reports.disposals.casefile import CaseFile
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
from registry.reports.wording import quantity_text
from registry.text import N_

SHOWN_DIGEST = 16


# ---- What was applied for


def application(file: CaseFile) -> Chapter:
    """Tell who asked for what, why, from which day, for whom, and how what is open was to be settled."""
    case = file.case
    said = [(N_("具体情况"), case.reason), (N_("退出办法"), case.exit_terms), (N_("收入拟用于"), case.use_of_proceeds)]
    plans = [(Gate(gate).label, said) for gate, said in plans_of(case).items() if gate in set(Gate)]
    return Chapter(
        N_("处置申请"),
        (
            facts(N_("申请事项"), _asked_for(case)),
            *texts(N_("理由和打算"), said),
            *texts(N_("执行前的安排"), plans),
            *texts(N_("结束原因"), [(N_("说明"), case.end_reason)]),
        ),
    )


def _asked_for(case: DisposalCase) -> Iterator[tuple[str, str]]:
    yield from (
        (N_("处置编号"), case.number),
        (N_("事项名称"), case.title),
        (N_("处置方式"), case.about.label),
        (N_("处置理由"), case.why.label),
        (N_("权利人"), shown_name(case.owner_kind, case.owner.name)),
        (N_("权利人类型"), case.holder_kind.label),
        (N_("资产类别"), case.asset_category.label),
        (N_("行业"), Sector(case.sector).label if case.sector else ""),
        (N_("生效日期"), day(case.effective_on)),
        (N_("登记单位"), full_name(case.region_code)),
        (N_("接收方"), case.recipient_name),
        (N_("接收方代码"), case.recipient_code),
        (N_("接收方类型"), OwnerKind(case.recipient_kind).label if case.recipient_kind else ""),
        (N_("会议认定价值"), yuan(case.agreed_fen or None)),
        (N_("入股占比"), f"{percent(case.share_bp)}%" if case.share_bp else ""),
        (N_("文号"), case.document_no),
    )
    yield from _days(case)


def _days(case: DisposalCase) -> Iterator[tuple[str, str]]:
    yield from (
        (N_("起草人"), case.opened_by_text),
        (N_("起草时间"), moment(case.opened_at)),
        (N_("提交日期"), day(case.submitted_on)),
        (N_("批准日期"), day(case.approved_on)),
        (N_("执行日期"), day(case.done_on)),
        (N_("现状"), case.state.label),
        (N_("突发损失日期"), day(case.happened_on)),
        (N_("补办审批期限"), day(case.decide_by)),
        (N_("历史补录"), N_("是") if case.is_legacy else ""),
    )


# ---- What is disposed of


def assets(file: CaseFile) -> Chapter:
    """List every asset of the case, taken in or left out, and the cards that stand for it afterwards."""
    taken = [line for line in file.lines if line.is_in]
    holders = _names({line.holder_id for line in file.lines if line.holder_id})
    rows = (_line(number, line, holders) for number, line in enumerate(file.lines, 1))
    count = N_("纳入 %(taken)s 项，不纳入 %(left)s 项") % {"taken": len(taken), "left": len(file.lines) - len(taken)}
    sums = [format_yuan(sum(fen)) for fen in (_fen(taken, "original_fen"), _fen(taken, "net_fen"))]
    total = ("", "", N_("合计（纳入的）"), count, *sums, "")
    return Chapter(
        N_("处置的资产"),
        (*table(Shape.ASSETS, N_("资产清单"), rows, total), *table(Shape.CARDS, N_("登记变动"), _cards(file))),
    )


def _fen(lines: Sequence[DisposalLine], column: str) -> list[int]:
    return [int(getattr(line, column)) for line in lines]


def _names(ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(select(Party.id, Party.kind, Party.name).where(Party.id.in_(ids)))
    return {key: shown_name(kind, name) for key, kind, name in rows}


def extent_text(line: DisposalLine, holders: dict[int, str]) -> str:
    """Say how much of an asset a line takes."""
    if line.how_much is Extent.QUANTITY:
        return quantity_text(line.quantity_milli, line.asset.unit)
    if line.how_much is Extent.SHARE:
        return f"{holders.get(line.holder_id or 0, '')} {percent(line.share_bp or 0)}%".strip()
    return line.how_much.label


def _line(number: int, line: DisposalLine, holders: dict[int, str]) -> tuple[str, ...]:
    said = LineDecision(line.decision).label + (f"：{line.reason}" if line.reason else "")
    return (
        str(number), line.asset.asset_no, line.asset.name, extent_text(line, holders), format_yuan(line.original_fen),
        format_yuan(line.net_fen), said,
    )  # fmt: skip


def _cards(file: CaseFile) -> Iterator[tuple[str, ...]]:
    """Say what became of each card, once the case was carried out."""
    if file.execution is None:
        return
    ids = {key for line in file.lines for key in (line.part_asset_id, line.new_asset_id) if key}
    rows = db.session.execute(select(Asset.id, Asset.asset_no).where(Asset.id.in_(ids)))
    numbers = {key: number for key, number in rows}  # noqa: C416 -- a Row is no pair to dict() for the type checker
    for line in file.lines:
        if line.is_in:
            closed = line.asset.closed_on
            state = line.asset.state.label + (f"（{closed.isoformat()}）" if closed else "")
            others = [numbers.get(key or 0, ABSENT) for key in (line.part_asset_id, line.new_asset_id)]
            yield (f"{line.asset.name}　{line.asset.asset_no}", *others, state)


# ---- What it is worth


def worth(file: CaseFile) -> Chapter:
    """Tell what it is worth, how that was found, which tier it leads to, and what else the window holds."""
    case = file.case
    highest = yuan(case.own_fen)
    told = (
        (N_("原值"), yuan(case.original_fen)),
        (N_("净值"), yuan(case.net_fen)),
        (N_("评估价"), yuan(case.appraised_fen)),
        (N_("本件最高价值"), f"{highest}（{capital_amount(case.own_fen)}）"),
        (N_("定档价值"), yuan(case.basis_fen)),
        (N_("合并计算自"), day(case.window_from)),
        (N_("档次和流程"), route_label(case.route_key)),
        (N_("重大情形"), "、".join(sorted(one.label for one in case.weighty)) or N_("没有")),
    )
    reports = (facts(N_("评估报告 %(number)s") % {"number": one.report_no}, _report(one)) for one in file.reports)
    return Chapter(
        N_("价值和评估"),
        (facts(N_("价值和档次"), told), *table(Shape.EARLIER, N_("合并计算的同类处置"), _earlier(case)), *reports),
    )


def _earlier(case: DisposalCase) -> Iterator[tuple[str, ...]]:
    """List what was counted with it: submitted before it, within its window."""
    if case.window_from is None or case.submitted_on is None:
        return
    for one in earlier_cases(case.owner_id, case.about, case.window_from, besides=case.id):
        if one.submitted_on <= case.submitted_on:
            yield one.number, day(one.submitted_on), format_yuan(one.highest_fen)


def _report(one: DisposalAppraisal) -> Iterator[tuple[str, str]]:
    yield from (
        (N_("评估机构"), one.agency),
        (N_("评估师"), one.appraisers),
        (N_("评估价"), yuan(one.value_fen)),
        (N_("评估基准日"), day(one.appraised_on)),
        (N_("有效期至"), day(one.valid_until)),
        (N_("法定评估"), N_("是") if one.is_statutory else N_("否")),
        (N_("档案保存到"), day(one.keep_until)),
        (N_("登记"), f"{one.entered_by_text}　{moment(one.entered_at)}"),
    )


# ---- How the gates stood


def gates(file: CaseFile) -> Chapter:
    """Tell what every gate answered each time they were asked, word for word."""
    return Chapter(N_("关口核验"), tuple(section for row in file.asked for section in _asked(row)))


def _asked(row: GateAnswers) -> list[Section]:
    values = {
        "moment": Moment(row.moment).label, "at": moment(row.asked_at), "passed": row.passed,
        "arranged": row.arranged, "failed": row.failed,
    }  # fmt: skip
    title = N_("%(moment)s　%(at)s　通过 %(passed)s，有安排 %(arranged)s，未通过 %(failed)s") % values
    rows = [(one.gate.label, one.outcome.label, gate_text(one)) for one in answers_of(row)]
    step = N_("第 %(step)s 步") % {"step": row.position + 1} if row.position is not None else ""
    digest = N_("内容摘要 %(digest)s") % {"digest": digest_text(row.content_digest, SHOWN_DIGEST)}
    who = "　".join(filter(None, (row.asked_by_text, step, digest if row.content_digest else "")))
    return table(Shape.GATES, title, [*rows, (N_("核验时办理人"), "", who)])


def gate_text(one: Asked) -> str:
    """Write a gate's reason, with the plan that settles it."""
    answer = one.answer
    said = answer.said % answer.params if answer.params else answer.said
    plan = answer.params.get("plan", "")
    return f"{said}。{N_('安排：')}{plan}" if plan else said


def last_asked(rows: Sequence[GateAnswers]) -> tuple[GateAnswers | None, tuple[Asked, ...]]:
    """Return the gates as they were asked last."""
    last = rows[-1] if rows else None
    return last, answers_of(last) if last else ()


def text_of_day(value: date | None) -> str:
    """Write a day, or a dash."""
    return day(value) or ABSENT
