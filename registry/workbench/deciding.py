"""The one view that decides: a request with its facts, its steps and the decision panel."""

from flask import Blueprint, url_for
from flask import request as http
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.cases import list_interests
from registry.approvals.requests.forms import DecisionForm
from registry.approvals.requests.inbox import list_requests
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.queried import queried
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.refusals import SeenOldContent
from registry.approvals.requests.showing import steps_of
from registry.approvals.requests.states import RUNNING, Outcome, RequestStatus, Verdict
from registry.clock import today
from registry.database import transaction
from registry.disposal.refusals import GateClosed
from registry.evidence.queries import list_attachments
from registry.permissions import Permission
from registry.text import N_
from registry.web import actor, finish, page, requires, row_number
from registry.workbench.bringing import to_bring
from registry.workbench.deeds import offered, take
from registry.workbench.subjects import DECIDE

blueprint = Blueprint("deciding", __name__)
_SAID = {
    Outcome.OPEN: N_("已签署，转到下一环节。"),
    Outcome.APPROVED: N_("已签署，全部环节都已同意。"),
    Outcome.SENT_BACK: N_("已退回提交人修改。"),
    Outcome.REJECTED: N_("已否决，提交人会看到理由。"),
    Outcome.WITHDRAWN: N_("已撤回。"),
    Outcome.SUSPENDED: N_("已调阅，这件事暂停执行，等您放行或退回。"),
}


@blueprint.get("/requests")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the requests of the reader's units, newest first."""
    status = http.args.get("status", "")
    chosen = RequestStatus(status) if status in set(RequestStatus) else None
    before, after = row_number("before"), row_number("after")
    found = list_requests(actor(), chosen, before=before, after=after)
    return page("requests/index.html", found=found, chosen=chosen, statuses=RequestStatus, today=today())


@blueprint.get("/requests/<int:request_id>")
@requires(Permission.ASSET_READ)
def show(request_id: int) -> ResponseReturnValue:
    """Show a request: what is asked for, as if approved, and how far it has come."""
    found = get_request(request_id, actor())
    return _shown(found, DecisionForm.of(found, offered(found, actor(), today())))


@blueprint.post("/requests/<int:request_id>/decide")
@requires(Permission.CASE_DECIDE, proof=True)
def decide(request_id: int) -> ResponseReturnValue:
    """Agree, send back, reject, call in or release, by the content and state that was seen."""
    found, on = get_request(request_id, actor()), today()
    form, region = DecisionForm.of(found, offered(found, actor(), on) or tuple(Verdict)), found.region_code
    if form.validate_on_submit():
        try:
            with form.guard(GateClosed), transaction(region):
                outcome = take(get_request(request_id, actor()), form.to_decision(), by=actor(), on=on)
                return finish(url_for("deciding.show", request_id=request_id), _(_SAID[outcome]))
        except SeenOldContent as error:
            form.refuse(error)
            return _shown(get_request(request_id, actor()), form, 409)
    return _shown(get_request(request_id, actor()), form)


def _shown(found: ApprovalRequest, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    on, handling, open_to_me = today(), DECIDE[found.about], offered(found, actor(), today())
    trial, beside = handling.trial(found), handling.beside(found, on, mine=Verdict.AGREE in open_to_me)
    form.catch_up(found, beside.suggested)
    return page(
        beside.template,
        form,
        status,
        found=found,
        trial=trial,
        facts=[(label, value, False) for label, value in trial.facts],
        steps=steps_of(found, on),
        interests=list_interests(found),
        files=list_attachments(CASE_TABLE, str(found.id)),
        offered=open_to_me,
        to_bring=to_bring(found, actor(), on),
        queried=queried(found, actor(), on),
        is_running=found.state in RUNNING,
        own=actor().id == found.submitted_by_id,
        on=on,
        **beside.values,
    )
