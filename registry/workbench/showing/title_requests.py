"""A title case as the request pages show it."""

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.title.cases.content import as_if_approved, owners_words
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.cases.submitting import case_of_request
from registry.kinds import OwnerKind, TitleDeed
from registry.money import format_yuan
from registry.text import N_
from registry.workbench.showing.trial import Change, Posting, Trial

_KINDS = {TitleDeed.HAND_OVER: NoticeKind.HAND_OVER}
#: Holders who are persons: their names are masked wherever the public reads them.
_PERSONS = frozenset({OwnerKind.HOUSEHOLD})


def trial(request: ApprovalRequest) -> Trial:
    """Return a title case as if it were approved."""
    case = case_of_request(request)
    lines = list_lines(case.id)
    left_out = sum(not line.is_in for line in lines)
    facts = (
        (_("办理事项"), _(case.kind.label)),
        (_("资产"), _("%(n)s 项", n=len(lines) - left_out) + (_("，不列入 %(n)s 项", n=left_out) if left_out else "")),
        (_("类别"), _(case.asset_category.label)),
        *(((_("移交方"), case.giver),) if case.giver else ()),
        *(((_("依据"), case.document_no),) if case.document_no else ()),
        *(((_("说明"), case.reason),) if case.reason else ()),
    )
    changes = tuple(Change(_(one.label), _(one.old) if one.old else "", one.new) for one in as_if_approved(case, lines))
    return Trial(url_for("title.show", case_id=case.id), facts, changes, is_mended_there=True)


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a title case begins: item by item, with who shall hold it."""
    case = case_of_request(request)
    taken = [line for line in list_lines(case.id) if line.is_in]
    body = N_(
        "现将下列资产的%(deed)s情况公示。对资产的名称、数量、价值或者归属有异议的，"
        "请在公示期内向村委会、村务监督委员会提出，也可以扫码提出。"
    ) % {"deed": case.kind.label}
    return Posting(_KINDS.get(case.kind, NoticeKind.TITLE), case.title, body, _table(case, taken))


def _table(case: TitleCase, lines: list[TitleLine]) -> NoticeTable:
    personal = any(owner.party.owner_kind in _PERSONS for line in lines for owner in line.owners)
    columns = (
        Column(N_("资产编号")), Column(N_("资产名称")), Column(N_("原值（元）")),
        Column(N_("权利人（户主姓名）") if personal else N_("权利人"), personal=personal),
    )  # fmt: skip
    rows = tuple(
        (line.asset.asset_no, line.asset.name, format_yuan(line.asset.original_value_fen), _holder(case, line))
        for line in lines
    )
    return NoticeTable(columns, rows)


def _holder(case: TitleCase, line: TitleLine) -> str:
    return case.new_name if case.kind is TitleDeed.OWNER_NAME else owners_words(line.owners)
