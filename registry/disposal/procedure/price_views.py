"""Pages after approval: telling what a trade fetched, and making the result of a case public."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.forms import NoticeForm
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice
from registry.approvals.notices.rules import Case, NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.notices.tables import pasted
from registry.approvals.requests.queries import find_request
from registry.clock import today
from registry.database import transaction
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import TABLE
from registry.disposal.cases.queries import get_case
from registry.disposal.kinds import DisposalStatus
from registry.disposal.prices.forms import PriceForm
from registry.disposal.prices.kinds import PriceVerdict
from registry.disposal.prices.services import enter_price
from registry.disposal.procedure.board import names_to_mask, result_body, result_table
from registry.disposal.procedure.sheet import prices_of
from registry.disposal.procedure.submitting import check_starter
from registry.disposal.refusals import NotCleared
from registry.evidence.uploads import taken_in
from registry.permissions import Permission
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.text import N_
from registry.web import actor, finish, page, requires

blueprint = Blueprint("disposal_prices", __name__)
_SAID = {
    PriceVerdict.ACCEPTED: N_("成交结果已登记，可以由另一个人执行。"),
    PriceVerdict.WAITING: N_("成交价低于评估价，已重新送各级审批。"),
    PriceVerdict.SUSPENDED: N_("成交价过低，处置已中止。可以重新公开交易，或撤回。"),
}


@blueprint.route("/disposals/<int:disposal_id>/price", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def price(disposal_id: int) -> ResponseReturnValue:
    """Tell what a trade fetched; the page says beforehand what follows from which price."""
    case, form, on = get_case(disposal_id, actor(), Permission.DISPOSAL_ENTER), PriceForm(), today()
    region, policy = case.region_code, policy_for(case.region_code, on)
    check_starter(case, actor())
    if form.validate_on_submit():
        with form.guard():
            kept = taken_in(form.files)
            with transaction(region):
                case = get_case(disposal_id, actor(), Permission.DISPOSAL_ENTER)
                row = enter_price(case, form.to_result(), kept, by=actor(), on=on, policy=policy)
                return finish(url_for("disposals.show", disposal_id=disposal_id), _(_SAID[PriceVerdict(row.verdict)]))
    accept, suspend = (policy.number(one) for one in (Parameter.MIN_PRICE_PERCENT, Parameter.SUSPEND_PRICE_PERCENT))
    case = get_case(disposal_id, actor(), Permission.DISPOSAL_ENTER)
    return page("disposals/price.html", form, case=case, prices=prices_of(case), accept=accept, suspend=suspend)


def _done(disposal_id: int) -> DisposalCase:
    case = get_case(disposal_id, actor(), Permission.NOTICE_POST)
    if case.state is not DisposalStatus.DONE:
        raise NotCleared(status=case.state.label)
    return case


@blueprint.route("/disposals/<int:disposal_id>/result", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def result(disposal_id: int) -> ResponseReturnValue:
    """Post the result of a disposal on the board of its unit; persons who bought are masked."""
    case, form, on = _done(disposal_id), NoticeForm(), today()
    region, request = case.region_code, find_request(TABLE, str(case.id))
    if form.validate_on_submit():
        with form.guard():
            photo = photo_in(form.file)
            about = Case(TABLE, str(case.id), request.content_digest if request else "")
            facts = form.to_facts(NoticeKind.DISPOSAL_RESULT, region, case=about)
            with transaction(region):
                notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        form.carry_over(find_last_notice(region))
        form.title.data, form.body.data = _("%(title)s处置结果", title=case.title)[:120], result_body(case)
        form.table.data, form.names.data = pasted(result_table(case)), names_to_mask(case)
    return page("disposals/result.html", form, case=_done(disposal_id))
