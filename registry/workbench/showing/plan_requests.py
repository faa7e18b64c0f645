"""A distribution plan as the request pages show it; on the board households are named as notices name people."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.requests.models import ApprovalRequest
from registry.ledger.distribution.plans.board import lines_table, plan_body
from registry.ledger.distribution.plans.queries import plan_of_request
from registry.ledger.distribution.plans.showing import public_lines
from registry.money import format_yuan
from registry.workbench.showing.trial import Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return a plan as if it were agreed to: where the money comes from, the order of law, the uses."""
    plan = plan_of_request(request)
    facts = (
        (_("方案"), plan.title),
        (_("收益期间"), f"{plan.period_from} — {plan.period_to}"),
        (_("到账未分配（元）"), format_yuan(plan.income_fen)),
        (_("已入账成本（元）"), format_yuan(plan.costs_fen)),
        (_("弥补亏损（元）"), format_yuan(plan.loss_fen)),
        (_("公积公益金（元）"), format_yuan(plan.fund_fen)),
        (_("发放和列支（元）"), format_yuan(plan.handed_fen)),
        (_("正式账依据"), plan.official_paper),
        *(((_("对提醒的说明"), plan.remarks),) if plan.remarks else ()),
    )
    changes = tuple(
        Change(use.label, "", f"{format_yuan(use.amount_fen)} {_('元')}，{_(use.split_by.label)}") for use in plan.uses
    )
    return Trial(url_for("distributions.show", plan_id=plan.id), facts, changes, is_mended_there=True)


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a plan begins: what comes in, what it is for, and each household's part, masked."""
    plan = plan_of_request(request)
    return Posting(NoticeKind.DISTRIBUTION_PLAN, plan.title, plan_body(plan), lines_table(public_lines(plan)))
