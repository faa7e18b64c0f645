"""A disposal as the request pages show it: the case itself, or a price that is decided on again."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.tables import Column, NoticeTable
from registry.approvals.requests.models import ApprovalRequest
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import list_lines
from registry.disposal.kinds import Extent, Pricing
from registry.disposal.prices.services import price_of_request
from registry.disposal.procedure.progress import levels_of, waits_for
from registry.disposal.procedure.sheet import CaseSheet, PriceShown, sheet_of
from registry.disposal.procedure.showing import badge_of
from registry.disposal.procedure.submitting import case_of_request
from registry.money import format_yuan
from registry.policy.queries import policy_for
from registry.text import N_
from registry.workbench.showing.trial import Beside, Change, Posting, Trial


def trial(request: ApprovalRequest) -> Trial:
    """Return a disposal as if it were carried out."""
    if request.case_table != TABLE:
        return _price_trial(request)
    case = case_of_request(request)
    facts = (
        (_("处置方式"), _(case.about.label)),
        (_("理由"), _(case.why.label)),
        (_("具体情况"), case.reason),
        (_("原值（元）"), format_yuan(case.original_fen)),
        (_("净值（元）"), format_yuan(case.net_fen)),
        *(((_("评估价（元）"), format_yuan(case.appraised_fen)),) if case.appraised_fen is not None else ()),
        (_("定档价值（元）"), format_yuan(case.basis_fen)),
        (_("生效日期"), case.effective_on.isoformat()),
        *(((_("转给"), case.recipient_name),) if case.recipient_name else ()),
        *(((_("收入拟用于"), case.use_of_proceeds),) if case.use_of_proceeds else ()),
    )
    return Trial(url_for("disposals.show", disposal_id=case.id), facts, _changes(case), is_mended_there=True)


def _price_trial(request: ApprovalRequest) -> Trial:
    row = price_of_request(request)
    facts = (
        (_("成交价（元）"), format_yuan(row.price_fen)),
        (_("评估价（元）"), format_yuan(row.base_fen)),
        (_("受让方"), row.buyer_name),
        (_("交易登记号"), row.record_no),
    )
    return Trial(url_for("disposals.show", disposal_id=row.case_id), facts)


def beside(request: ApprovalRequest, on: date, /, *, mine: bool) -> Beside:
    """Return the case beside the decision: its values, every gate asked anew now, its papers, its four levels."""
    price = None if request.case_table == TABLE else price_of_request(request)
    case = case_of_request(request) if price is None else db.session.get_one(DisposalCase, price.case_id)
    sheet = sheet_of(case, on=on, policy=policy_for(case.region_code, on), mine=mine and price is None)
    values: dict[str, Any] = {
        "sheet": sheet,
        "case": case,
        "badge": badge_of(case.status),
        "what_next": waits_for(request),
        "renewal": levels_of(request, on, mine=mine) if price is not None else [],
        "asked_price": next((one for one in sheet.prices if price is not None and one.row.id == price.id), None),
    }
    return Beside("requests/disposal.html", values, _suggested(sheet, values["asked_price"]))


def _suggested(sheet: CaseSheet, price: PriceShown | None) -> str:
    """Return what is written if one agrees without a word: to what exactly, and what must be settled first."""
    if price is not None:
        said = N_("同意按成交价 %(price)s 元成交（评估价的 %(percent)s%%）。")
        return said % {"price": format_yuan(price.row.price_fen), "percent": price.percent}
    case = sheet.case
    said = N_("同意%(kind)s。") % {"kind": case.about.label}
    if case.meaning.pricing is Pricing.OPENED and case.appraised_fen is not None:
        said = N_("同意按不低于评估价 %(value)s 元公开%(kind)s。") % {
            "value": format_yuan(case.appraised_fen), "kind": case.about.label
        }  # fmt: skip
    open_ = [gate.name for gate in sheet.gates.rows if gate.settled_later]
    return said + (N_("%(what)s结清后方可执行。") % {"what": "、".join(open_)} if open_ else "")


def _changes(case: DisposalCase) -> tuple[Change, ...]:
    after = _("已处置（%(kind)s）", kind=_(case.about.label)) if case.meaning.removes else _(case.about.label)
    return tuple(
        Change(
            line.asset.name,
            _("在册"),
            after
            if line.how_much is Extent.WHOLE
            else _("%(extent)s：%(after)s", extent=_(line.how_much.label), after=after),
        )
        for line in list_lines(case.id, taken=True)
    )


def posting(request: ApprovalRequest) -> Posting:
    """Return how the notice of a disposal begins."""
    row = None if request.case_table == TABLE else price_of_request(request)
    case = case_of_request(request) if row is None else db.session.get_one(DisposalCase, row.case_id)
    rows = tuple(
        (line.asset.name, case.about.label, format_yuan(line.original_fen), format_yuan(line.net_fen))
        for line in list_lines(case.id, taken=True)
    )
    columns = (
        Column(N_("资产")), Column(N_("处置方式")), Column(N_("原值（元）")), Column(N_("净值（元）"))
    )  # fmt: skip
    body = N_("经会议决定，拟按下列方式处置资产，现予公示。有异议的请在公示期内提出。")
    return Posting(NoticeKind.DISPOSAL_PLAN, request.title, body, NoticeTable(columns, rows))
