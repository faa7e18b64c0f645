"""The page on which the result of a plan is made public: what was paid to whom, names masked."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.forms import NoticeForm
from registry.approvals.notices.photos import photo_in
from registry.approvals.notices.queries import find_last_notice
from registry.approvals.notices.rules import Case, NoticeKind
from registry.approvals.notices.services import add_first_photo, post_notice
from registry.approvals.notices.tables import pasted
from registry.clock import today
from registry.database import transaction
from registry.ledger.distribution.payout.rules import NothingPaidYet
from registry.ledger.distribution.payout.showing import paid_lines
from registry.ledger.distribution.plans.board import lines_table, result_body
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.queries import TABLE, get_plan
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("plan_publishing", __name__)
_PUBLISHED = frozenset({PlanStatus.PAYING, PlanStatus.DONE, PlanStatus.AMENDED})


def _paid(plan_id: int) -> Plan:
    plan = get_plan(plan_id, actor(), Permission.NOTICE_POST)
    if plan.state not in _PUBLISHED:
        raise NothingPaidYet
    return plan


@blueprint.route("/distributions/<int:plan_id>/result", methods=["GET", "POST"])
@requires(Permission.NOTICE_POST)
def result(plan_id: int) -> ResponseReturnValue:
    """Post the result of a plan on the board of its unit."""
    plan, form, on = _paid(plan_id), NoticeForm(), today()
    region = plan.region_code
    if form.validate_on_submit():
        with form.guard():
            photo, case = photo_in(form.file), Case(TABLE, str(plan.id), plan.digest)
            facts = form.to_facts(NoticeKind.DISTRIBUTION_RESULT, region, case=case)
            with transaction(region):
                notice = post_notice(facts, by=actor(), on=on, policy=policy_for(region, on))
                if photo:
                    add_first_photo(notice, photo, by=actor(), on=on)
                return finish(url_for("notices.notice", notice_id=notice.id), _("公示已张贴，请到公示栏贴出纸质件。"))
    elif not form.is_submitted():
        lines = paid_lines(plan)
        paid = sum(line.amount_fen for line in lines)
        form.carry_over(find_last_notice(region))
        form.title.data = _("%(title)s执行结果", title=plan.title)
        form.body.data = result_body(plan, paid, plan.handed_fen - paid)
        form.table.data = pasted(lines_table(lines))
    return page("distributions/result.html", form, plan=_paid(plan_id))
