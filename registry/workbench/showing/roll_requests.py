"""Changes of the roll of beneficiaries as the request pages show them: the sheet with before and after."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.ledger.distribution.rolls.change_queries import change_of_request
from registry.text import N_
from registry.workbench.showing.trial import Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return the roll as if the changes were made: household by household, before and after."""
    change = change_of_request(request)
    facts = ((_("依据"), change.basis), (_("户数"), str(len(change.lines))))
    changes = tuple(
        Change(
            _(
                "%(head)s 户（%(reason)s，%(day)s 起）", head=one.household.party.name, reason=_(one.why.label),
                day=one.effective_on,
            ),
            one.before,
            one.after,
        )
        for one in change.lines
    )  # fmt: skip
    return Trial(url_for("roll_changes.show", change_id=change.id), facts, changes)


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of changes begins; whoever reads it sees names masked."""
    change = change_of_request(request)
    table = NoticeTable(
        (
            Column(N_("户主"), personal=True), Column(N_("调整原因")), Column(N_("调整前")), Column(N_("调整后")),
            Column(N_("生效日期")),
        ),
        tuple(
            (one.household.party.name, one.why.label, one.before[:120], one.after[:120], one.effective_on.isoformat())
            for one in change.lines
        ),
    )  # fmt: skip
    body = N_("经入户核查、民主评议，拟对下列受益对象作出调整，自生效日期起执行，现予公示。有异议的请在公示期内提出。")
    return Posting(NoticeKind.BENEFICIARIES, request.title, body, table)
