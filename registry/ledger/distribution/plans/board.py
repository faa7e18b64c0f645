"""What the board shows of a plan: its figures in words, each household's part with masked names, and what was paid."""

from collections.abc import Sequence

from registry.approvals.notices.tables import MOST_ROWS, Column, NoticeTable
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.showing import PublicLine
from registry.money import format_yuan
from registry.text import N_


def plan_body(plan: Plan) -> str:
    """Return the words of a plan's notice: the figures of the whole, then the uses."""
    uses = "；".join(f"{use.label} {format_yuan(use.amount_fen)} 元" for use in plan.uses)
    return N_(
        "%(from)s 至 %(to)s 到账可分配收益 %(income)s 元，扣除成本 %(costs)s 元，弥补亏损 %(loss)s 元，"
        "提取公积公益金 %(fund)s 元，安排：%(uses)s。现将方案公开，有意见的请在公示期内提出。"
    ) % {
        "from": plan.period_from, "to": plan.period_to, "income": format_yuan(plan.income_fen),
        "costs": format_yuan(plan.costs_fen), "loss": format_yuan(plan.loss_fen), "fund": format_yuan(plan.fund_fen),
        "uses": uses,
    }  # fmt: skip


def lines_table(lines: Sequence[PublicLine]) -> NoticeTable:
    """Return the list on the board; a plan with more lines than a board holds shows its uses with their sums."""
    columns = (Column(N_("用途")), Column(N_("组")), Column(N_("户主姓名"), personal=True), Column(N_("金额（元）")))
    if len(lines) <= MOST_ROWS:
        return NoticeTable(columns, tuple((one.use, one.group, one.name, format_yuan(one.amount_fen)) for one in lines))
    sums: dict[str, list[int]] = {}
    for one in lines:
        kept = sums.setdefault(one.use, [0, 0])
        kept[0], kept[1] = kept[0] + 1, kept[1] + one.amount_fen
    heads = (Column(N_("用途")), Column(N_("户数")), Column(N_("金额（元）")))
    return NoticeTable(heads, tuple((use, str(count), format_yuan(fen)) for use, (count, fen) in sums.items()))


def result_body(plan: Plan, paid_fen: int, unpaid_fen: int) -> str:
    """Return the words of the notice of a result."""
    return N_(
        "%(title)s已经执行：提取公积公益金 %(fund)s 元，已发放 %(paid)s 元，尚未发放 %(unpaid)s 元。"
        "现将结果公开，没有收到或金额不符的，请在公示期内提出。"
    ) % {
        "title": plan.title, "fund": format_yuan(plan.fund_fen), "paid": format_yuan(paid_fen),
        "unpaid": format_yuan(unpaid_fen),
    }  # fmt: skip
