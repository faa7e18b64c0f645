"""Pages of objections for staff: entering one from paper, answering, passing on for somebody, and who it was."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.notices.answering import answer_objection, pass_on, raise_objection, reveal_objector
from registry.approvals.notices.forms import AnswerForm, EnteredObjectionForm, ReasonForm
from registry.approvals.notices.queries import get_notice, get_objection, get_posted_notice
from registry.approvals.notices.showing import shown, shown_objection
from registry.clock import today
from registry.database import transaction
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.sealing import REVEALS_A_DAY
from registry.web import actor, finish, page, requires

blueprint = Blueprint("objections", __name__)
_P = Permission


def _notice_url(notice_id: int) -> str:
    return url_for("notices.notice", notice_id=notice_id)


@blueprint.route("/notices/<int:notice_id>/objections/new", methods=["GET", "POST"])
@requires(_P.OBJECTION_ENTER)
def enter(notice_id: int) -> ResponseReturnValue:
    """Enter an objection that came on paper, by telephone or in person."""
    row, form = get_notice(notice_id, actor(), _P.OBJECTION_ENTER), EnteredObjectionForm()
    policy = policy_for(row.region_code, today())
    if form.validate_on_submit():
        with form.guard(), transaction(row.region_code):
            row = get_notice(notice_id, actor(), _P.OBJECTION_ENTER)
            raised = raise_objection(row, form.entered(), by=actor(), on=today(), policy=policy)
            said = _("异议已登记。回执码 %(code)s，请告诉提出人，凭它查答复、转上一级。", code=raised.receipt)
            return finish(_notice_url(notice_id), said)
    return page("notices/enter.html", form, notice=shown(row, today()))


@blueprint.route("/objections/<int:objection_id>", methods=["GET", "POST"])
@requires(_P.OBJECTION_ANSWER)
def answer(objection_id: int) -> ResponseReturnValue:
    """Show an objection to those who answer in its unit or above, and let the one whose turn it is answer."""
    row, form = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER), AnswerForm()
    notice_id, policy = row.notice_id, policy_for(row.region_code, today())
    if form.validate_on_submit():
        with form.guard(), transaction(row.region_code):
            row = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER)
            answer_objection(row, form.to_facts(), by=actor(), on=today(), policy=policy)
            return finish(_notice_url(notice_id), _("答复已记下，提出人凭回执码可以看到。"))
    return page(
        "notices/answer.html",
        form,
        objection=shown_objection(row, today(), actor()),
        notice=shown(get_posted_notice(notice_id), today()),
    )


@blueprint.route("/objections/<int:objection_id>/pass-on", methods=["GET", "POST"], endpoint="pass_on")
@requires(_P.OBJECTION_ENTER)
def pass_on_for(objection_id: int) -> ResponseReturnValue:
    """Take an answer to the level above for somebody who asked by paper, by telephone or in person."""
    row, form = get_objection(objection_id, actor(), _P.OBJECTION_ENTER), ReasonForm()
    notice_id, policy = row.notice_id, policy_for(row.region_code, today())
    if form.validate_on_submit():
        with form.guard(), transaction(row.region_code):
            row = get_objection(objection_id, actor(), _P.OBJECTION_ENTER)
            pass_on(row, form.reason.data, by=actor(), on=today(), policy=policy)
            return finish(_notice_url(notice_id), _("已转上一级。"))
    return page("notices/pass_on.html", form, objection=shown_objection(row, today(), actor()))


@blueprint.route("/objections/<int:objection_id>/reveal", methods=["GET", "POST"])
@requires(_P.OBJECTION_ANSWER, proof=True)
def reveal(objection_id: int) -> ResponseReturnValue:
    """Ask why, then show who objected; sent a second time the form leads back and shows nothing."""
    row, form, data = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER), ReasonForm(), None
    back = url_for("objections.answer", objection_id=objection_id)
    if form.validate_on_submit():
        with form.guard():
            with transaction(row.region_code):
                finish(back)
                row = get_objection(objection_id, actor(), _P.OBJECTION_ANSWER)
                found = reveal_objector(row, form.reason.data, by=actor())
            data = found
    objection = shown_objection(get_objection(objection_id, actor(), _P.OBJECTION_ANSWER), today(), actor())
    return page("notices/reveal.html", form, objection=objection, data=data, back=back, most=REVEALS_A_DAY)
