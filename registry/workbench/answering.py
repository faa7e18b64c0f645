"""Pages for what steps wait for besides decisions: papers, reports of appraisal, taking back, stepping aside."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.answering import appraise
from registry.approvals.requests.forms import AppraisalForm, PapersForm, ReasonForm
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.services import recuse as step_aside
from registry.audit.services import thing_of
from registry.clock import today
from registry.database import transaction
from registry.evidence.queries import get_attachment
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, attach
from registry.evidence.uploads import needed_in
from registry.evidence.views import given_out
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, page, requires
from registry.web import finish as finish_deed
from registry.workbench.deeds import finish as finish_step
from registry.workbench.deeds import submit_again
from registry.workbench.deeds import withdraw as withdraw_request

blueprint = Blueprint("answering", __name__)


def _here(request_id: int) -> str:
    return url_for("deciding.show", request_id=request_id)


@blueprint.post("/requests/<int:request_id>/finish-step")
@requires(Permission.MEETING_ENTER)
def finish(request_id: int) -> ResponseReturnValue:
    """Take a meeting's, notice's or appraisal's step as done once it is, and move on."""
    region, on = get_request(request_id, actor()).region_code, today()
    with transaction(region):
        finish_step(get_request(request_id, actor()), by=actor(), on=on)
        return finish_deed(_here(request_id), _("这个环节已办，转到下一环节。"))


@blueprint.route("/requests/<int:request_id>/appraisal", methods=["GET", "POST"])
@requires(Permission.MEETING_ENTER)
def add_appraisal(request_id: int) -> ResponseReturnValue:
    """Enter a report of appraisal with the report itself."""
    found, form, on = get_request(request_id, actor()), AppraisalForm(), today()
    region = found.region_code
    if form.validate_on_submit():
        with form.guard():
            files = needed_in(form.files)
            with transaction(region):
                found = get_request(request_id, actor())
                row = appraise(found, form.to_facts(), by=actor(), on=on, policy=policy_for(region, on))
                attach(files, Caption(EvidenceKind.APPRAISAL, row.report_no), to=thing_of(row), by=actor())
                return finish_deed(_here(request_id), _("评估报告已登记。"))
    return page("requests/appraisal.html", form, found=found)


@blueprint.route("/requests/<int:request_id>/papers", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_ADD)
def add_papers(request_id: int) -> ResponseReturnValue:
    """Add files that a step needs."""
    found, form = get_request(request_id, actor()), PapersForm()
    region = found.region_code
    if form.validate_on_submit():
        with form.guard():
            files = needed_in(form.files)
            with transaction(region):
                caption = Caption(EvidenceKind(form.kind.data), form.caption.data or "")
                attach(files, caption, to=thing_of(get_request(request_id, actor())), by=actor())
                return finish_deed(_here(request_id), _("材料已传上。"))
    return page("requests/papers.html", form, found=found)


@blueprint.get("/requests/<int:request_id>/papers/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def paper(request_id: int, attachment_id: int) -> Response:
    """Give a file that was added to a request."""
    found = get_request(request_id, actor())
    return given_out(get_attachment(attachment_id, CASE_TABLE, str(found.id)))


@blueprint.post("/requests/<int:request_id>/again")
@requires(Permission.ASSET_READ)
def again(request_id: int) -> ResponseReturnValue:
    """Submit a request again as it is, once the papers are there."""
    region, on = get_request(request_id, actor()).region_code, today()
    with transaction(region):
        submit_again(get_request(request_id, actor()), by=actor(), on=on)
        return finish_deed(_here(request_id), _("已再次提交，回到退回的那个环节。"))


@blueprint.route("/requests/<int:request_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.ASSET_READ)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take a request back before it is carried out."""
    found, form, on = get_request(request_id, actor()), ReasonForm(), today()
    region = found.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            withdraw_request(get_request(request_id, actor()), form.reason.data or "", by=actor(), on=on)
            return finish_deed(_here(request_id), _("已撤回。"))
    return page("requests/withdraw.html", form, found=found)


@blueprint.route("/requests/<int:request_id>/recuse", methods=["GET", "POST"])
@requires(Permission.CASE_DECIDE)
def recuse(request_id: int) -> ResponseReturnValue:
    """Step aside from a case in which one is interested."""
    found, form, on = get_request(request_id, actor()), ReasonForm(), today()
    region = found.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            found = get_request(request_id, actor())
            step_aside(found, form.reason.data or "", by=actor(), on=on, policy=policy_for(region, on))
            return finish_deed(_here(request_id), _("已登记回避，这件事不再由您签署。"))
    return page("requests/recuse.html", form, found=found)
