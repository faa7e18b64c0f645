"""A public post as the request pages show it; the person is named as notices name people."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.custody.posts.queries import post_of_request
from registry.money import format_yuan
from registry.text import N_
from registry.workbench.showing.trial import Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return a post as if it were given."""
    post = post_of_request(request)
    facts = (
        (_("岗位"), post.title),
        (_("人选"), post.name),
        (_("职责"), post.duties),
        (_("任期"), _("%(start)s 至 %(end)s", start=post.starts_on, end=post.ends_on)),
        (_("报酬（元）"), format_yuan(post.pay_fen)),
    )
    changes = (Change(post.title, _("空缺"), _("%(name)s 上岗", name=post.name)),)
    return Trial(url_for("posts.show", post_id=post.id), facts, changes)


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a post begins."""
    post = post_of_request(request)
    table = NoticeTable(
        (Column(N_("岗位")), Column(N_("姓名"), personal=True), Column(N_("任期"))),
        ((post.title, post.name, f"{post.starts_on} — {post.ends_on}"),),
    )
    body = N_("经个人申请、村级评议，拟聘用下列人员到公益性岗位，现予公示。有异议的请在公示期内提出。")
    return Posting(NoticeKind.PUBLIC_POST, request.title, body, table)
