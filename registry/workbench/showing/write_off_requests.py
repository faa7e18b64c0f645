"""A debt that is to be given up, as the request pages show it."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.database import db
from registry.ledger.operation.arrears.queries import write_off_of_request
from registry.ledger.operation.dues.models import Due
from registry.money import format_yuan
from registry.text import N_
from registry.workbench.showing.trial import Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return a debt as if it were given up."""
    case = write_off_of_request(request)
    due = db.session.get_one(Due, case.due_id)
    facts = (
        (_("欠款人"), due.debtor_name),
        (_("什么款"), _(due.about.label)),
        (_("到期日期"), due.due_on.isoformat()),
        (_("应收（元）"), format_yuan(due.amount_fen or 0)),
        (_("已收（元）"), format_yuan(due.settled_fen)),
        (_("申请核销（元）"), format_yuan(case.amount_fen)),
        (_("理由和证明"), case.grounds),
    )
    left = max(due.open_fen - case.amount_fen, 0)
    changes = (Change(_("还欠（元）"), format_yuan(due.open_fen), format_yuan(left)),)
    return Trial(url_for("arrears.show", due_id=due.id), facts, changes)


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a write-off begins."""
    case = write_off_of_request(request)
    due = db.session.get_one(Due, case.due_id)
    table = NoticeTable(
        (
            Column(N_("欠款人"), personal=True),
            Column(N_("到期日期")),
            Column(N_("还欠（元）")),
            Column(N_("核销（元）")),
        ),
        ((due.debtor_name, due.due_on.isoformat(), format_yuan(due.open_fen), format_yuan(case.amount_fen)),),
    )
    body = N_("下列欠款经多次催缴无法收回，拟予核销，现予公示。知道欠款人有财产可供清偿的，请在公示期内提出。")
    return Posting(NoticeKind.VILLAGE_MATTERS, request.title, body, table)
