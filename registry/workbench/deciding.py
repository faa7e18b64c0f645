"""The one view that decides: a request with its facts, its steps and the decision panel."""

from datetime import date

from flask import Blueprint, url_for
from flask import request as http
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.approvals.requests.cases import case_of, list_interests, reseated
from registry.approvals.requests.forms import DecisionForm
from registry.approvals.requests.inbox import list_requests
from registry.approvals.requests.machine import principal_at
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.people import person_of
from registry.approvals.requests.queries import CASE_TABLE, get_request
from registry.approvals.requests.refusals import SeenOldContent
from registry.approvals.requests.services import Decision, answer_call_in, call_in
from registry.approvals.requests.services import decide as decide_step
from registry.approvals.requests.showing import steps_of
from registry.approvals.requests.states import RUNNING, Outcome, RequestStatus, StepStatus, Verdict
from registry.clock import today
from registry.database import transaction
from registry.errors import RegistryError
from registry.evidence.queries import list_attachments
from registry.permissions import Actor, Permission, may
from registry.policy.procedures import DECIDED
from registry.policy.queries import policy_for
from registry.text import N_
from registry.web import actor, finish, page, requires, whole_number
from registry.workbench.bringing import to_bring
from registry.workbench.subjects import DECIDE, settle

blueprint = Blueprint("deciding", __name__)
_SAID = {
    Outcome.OPEN: N_("已签署，转到下一环节。"),
    Outcome.APPROVED: N_("已签署，全部环节都已同意。"),
    Outcome.SENT_BACK: N_("已退回提交人修改。"),
    Outcome.REJECTED: N_("已否决，提交人会看到理由。"),
    Outcome.WITHDRAWN: N_("已撤回。"),
    Outcome.SUSPENDED: N_("已调阅，这件事暂停执行，等您放行或退回。"),
}
_MOST = 2**53


@blueprint.get("/requests")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """List the requests of the reader's units, newest first."""
    status = http.args.get("status", "")
    chosen = RequestStatus(status) if status in set(RequestStatus) else None
    before, after = whole_number("before", 0, _MOST), whole_number("after", 0, _MOST)
    found = list_requests(actor(), chosen, before=before, after=after)
    return page("requests/index.html", found=found, chosen=chosen, statuses=RequestStatus, today=today())


@blueprint.get("/requests/<int:request_id>")
@requires(Permission.ASSET_READ)
def show(request_id: int) -> ResponseReturnValue:
    """Show a request: what is asked for, as if approved, and how far it has come."""
    found = get_request(request_id, actor())
    return _shown(found, DecisionForm.of(found, _offered(found, actor(), today())))


@blueprint.post("/requests/<int:request_id>/decide")
@requires(Permission.CASE_DECIDE, proof=True)
def decide(request_id: int) -> ResponseReturnValue:
    """Agree, send back, reject, call in or release, by the content and state that was seen."""
    found, on = get_request(request_id, actor()), today()
    form, region = DecisionForm.of(found, _offered(found, actor(), on) or tuple(Verdict)), found.region_code
    if form.validate_on_submit():
        try:
            with form.guard(), transaction(region):
                outcome = _take(get_request(request_id, actor()), form.to_decision(), actor(), on)
                return finish(url_for("deciding.show", request_id=request_id), _(_SAID[outcome]))
        except SeenOldContent as error:
            form.refuse(error)
            return _shown(get_request(request_id, actor()), form, 409)
    return _shown(get_request(request_id, actor()), form)


def _take(found: ApprovalRequest, decision: Decision, by: Actor, on: date) -> Outcome:
    policy = policy_for(found.region_code, on)
    if decision.verdict is Verdict.CALL_IN:
        position = _filed_at(found, by, on)
        return call_in(found, position if position is not None else 0, decision, by=by, on=on, policy=policy)
    deed = answer_call_in if found.state is RequestStatus.CALLED_IN else decide_step
    outcome = deed(found, decision, by=by, on=on, policy=policy)
    settle(found, by=by, on=on, policy=policy)
    return outcome


def _offered(found: ApprovalRequest, by: Actor, on: date) -> tuple[Verdict, ...]:
    """Return what this person may say of a request now; nothing if they only look."""
    if not may(by, Permission.CASE_DECIDE):
        return ()
    if _sits_at(found, {StepStatus.CURRENT}, by, on, decided=True):
        return (Verdict.AGREE, Verdict.SEND_BACK, Verdict.REJECT)
    if _sits_at(found, {StepStatus.CALLED_IN}, by, on, decided=False):
        return (Verdict.RELEASE, Verdict.SEND_BACK)
    return (Verdict.CALL_IN,) if _filed_at(found, by, on) is not None else ()


def _filed_at(found: ApprovalRequest, by: Actor, on: date) -> int | None:
    if found.state not in {RequestStatus.OPEN, RequestStatus.APPROVED}:
        return None
    in_time = [row.position for row in found.steps if row.due_on is None or on <= row.due_on]
    places = _places(found, {StepStatus.RECEIVED}, by, on)
    return next((position for position in places if position in in_time), None)


def _sits_at(found: ApprovalRequest, states: set[StepStatus], by: Actor, on: date, *, decided: bool) -> bool:
    places = _places(found, states, by, on)
    return any(not decided or found.steps[position].step_kind in DECIDED for position in places)


def _places(found: ApprovalRequest, states: set[StepStatus], by: Actor, on: date) -> list[int]:
    """Return the steps in these states at which a person may act."""
    case, person = reseated(case_of(found), found, on), person_of(by, on)
    places = []
    for position, step in enumerate(case.steps):
        if step.status in states:
            try:
                principal_at(case, position, person)
            except RegistryError:
                continue
            places.append(position)
    return places


def _shown(found: ApprovalRequest, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    on, trial = today(), DECIDE[found.about].trial(found)
    form.catch_up(found)
    return page(
        "requests/show.html",
        form,
        status,
        found=found,
        trial=trial,
        facts=[(label, value, False) for label, value in trial.facts],
        steps=steps_of(found, on),
        interests=list_interests(found),
        files=list_attachments(CASE_TABLE, str(found.id)),
        offered=_offered(found, actor(), on),
        to_bring=to_bring(found, actor(), on),
        is_running=found.state in RUNNING,
        own=actor().id == found.submitted_by_id,
        on=on,
    )
