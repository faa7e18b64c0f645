"""Pages of policy: what holds here, for everybody; proposing and confirming, for those who hold the office."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.audit.services import thing_of
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.evidence.queries import get_attachment, list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.evidence.uploads import taken_in
from registry.evidence.views import given_out
from registry.permissions import Permission, may, reaches
from registry.places.queries import full_name, get_region, list_children
from registry.policy.definitions import DEFINITIONS
from registry.policy.forms import AnswerForm, RouteForm, WithdrawalForm, typed_default, value_form
from registry.policy.models import PolicyRoute, PolicyValue
from registry.policy.overview import overview_of, route_effect, steps_effect, value_effect
from registry.policy.parameters import Parameter
from registry.policy.procedures import Route
from registry.policy.proposals import seats_of_proposer
from registry.policy.queries import (
    find_open_route,
    find_open_value,
    get_proposal,
    limits_of,
    list_open_policies,
    list_set,
)
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import standing, standing_route
from registry.policy.services import (
    Proposal,
    checked_route,
    confirm,
    propose_route,
    propose_value,
    refuse,
    withdraw,
)
from registry.policy.values import EXAMPLES
from registry.regions import Level, is_code, level_of
from registry.web import BaseForm, actor, finish, open_to_all, page, requires

blueprint = Blueprint("policy", __name__)
_P = Permission
_VALUE, _ROUTE = "value", "route"


@blueprint.get("/public/<region_code>/policy")
@open_to_all
def public(region_code: str) -> ResponseReturnValue:
    """Tell everybody which rules apply in a unit, from when and on what basis."""
    unit = get_region(region_code)
    return page("policy/public.html", unit=unit, name=full_name(region_code), shown=overview_of(region_code, today()))


@blueprint.get("/policy")
@requires(Permission.ASSET_READ)
def index() -> ResponseReturnValue:
    """Show the policy of one's unit, what waits for a second person first."""
    region_code = request.args.get("region") or actor().unit_code
    if "region" in request.args and not _sees(region_code):
        raise Missing
    own = region_code if region_code in seats_of_proposer(actor()) else ""
    counties = list_children(region_code) if level_of(region_code) is Level.MUNICIPALITY else []
    return page(
        "policy/index.html", unit=get_region(region_code), name=full_name(region_code), own=own, counties=counties,
        shown=overview_of(region_code, today()), waiting=[(_kind(row), row) for row in list_open_policies(actor())],
    )  # fmt: skip


def _sees(code: str) -> bool:
    held = [reach for reach in reaches(actor(), _P.ASSET_READ) if not reach.own_only]
    return is_code(code) and any(reach.codes.low <= code <= reach.codes.high for reach in held)


def _kind(row: Proposal) -> str:
    return _VALUE if isinstance(row, PolicyValue) else _ROUTE


@blueprint.route("/policy/values/<key>/propose", methods=["GET", "POST"], endpoint="propose_value")
@requires(Permission.POLICY_PROPOSE)
def new_value(key: str) -> ResponseReturnValue:
    """Propose another value of a parameter, or a bound for those below."""
    parameter, region = _parameter(key), _own_region()
    if (waiting := find_open_value(region, parameter)) is not None:
        return redirect(_address(waiting))
    held = standing(list_set(region, today())[0], parameter, region, today())
    bounds = level_of(region) is Level.MUNICIPALITY
    form = value_form(parameter, bounds=bounds, data=typed_default(parameter, held.value))
    if form.validate_on_submit():
        with form.guard():
            proposal = form.to_proposal(region, parameter)
            files = taken_in(form.file)
            with transaction(region):
                row = propose_value(proposal, by=actor(), on=today())
                return _proposed(row, files)
    return page(
        "policy/propose_value.html", form, held=held, definition=DEFINITIONS[parameter], region=region,
        example=EXAMPLES[DEFINITIONS[parameter].measure], limits=limits_of(region, parameter, today()),
    )  # fmt: skip


@blueprint.route("/policy/routes/<key>/propose", methods=["GET", "POST"], endpoint="propose_route")
@requires(Permission.POLICY_PROPOSE)
def new_route(key: str) -> ResponseReturnValue:
    """Propose other steps of a procedure; what would change is shown before it is sent."""
    route, region, form, effect = _route(key), _own_region(), RouteForm(), None
    if (waiting := find_open_route(region, key)) is not None:
        return redirect(_address(waiting))
    held = standing_route(list_set(region, today())[1], route, region, today())
    if not form.is_submitted():
        form.fill(held.procedure)
    elif "add" in request.form:
        form.add_row()
    elif form.validate():
        with form.guard():
            proposal = checked_route(form.to_proposal(region, route), by=actor(), on=today())
            effect = steps_effect(held.procedure, proposal.procedure, region, today())
            if "send" in request.form:
                files = taken_in(form.file)
                with transaction(region):
                    return _proposed(propose_route(proposal, by=actor(), on=today()), files)
    may_fix = level_of(region) is Level.MUNICIPALITY
    return page("policy/propose_route.html", form, route=route, region=region, effect=effect, may_fix=may_fix)


def _parameter(key: str) -> Parameter:
    if key not in set(Parameter):
        raise Missing
    return Parameter(key)


def _route(key: str) -> Route:
    if key not in ROUTES_BY_KEY:
        raise Missing
    return ROUTES_BY_KEY[key]


def _own_region() -> str:
    """Return the unit whose policy the reader proposes to change: the one named, or the first of their own."""
    seats = seats_of_proposer(actor())
    asked = request.args.get("region") or (seats[0] if seats else "")
    if asked not in seats:
        raise Missing
    return asked


def _proposed(row: Proposal, files: list[KeptFile]) -> ResponseReturnValue:
    """Attach the document, if it was scanned, and lead to the proposal."""
    if files:
        attach(files, Caption(EvidenceKind.APPROVAL, row.document), to=thing_of(row), by=actor())
    return finish(_address(row), _("已提出，等第二个人确认；确认以前照现在的办。"))


def _address(row: Proposal) -> str:
    return url_for("policy.proposal", kind=_kind(row), proposal_id=row.id)


def _found(kind: str, proposal_id: int, permission: Permission) -> Proposal:
    if kind == _VALUE:
        return get_proposal(PolicyValue, proposal_id, actor(), permission)
    if kind == _ROUTE:
        return get_proposal(PolicyRoute, proposal_id, actor(), permission)
    raise Missing


@blueprint.get("/policy/proposals/<kind>/<int:proposal_id>")
@requires(Permission.ASSET_READ)
def proposal(kind: str, proposal_id: int) -> ResponseReturnValue:
    """Show a proposal as if it were confirmed, with the answer form for who may give it."""
    return _shown(_found(kind, proposal_id, _P.ASSET_READ), AnswerForm())


def _shown(row: Proposal, form: BaseForm) -> ResponseReturnValue:
    by = actor()
    effect = value_effect(row) if isinstance(row, PolicyValue) else route_effect(row)
    own = row.proposed_by_id == by.id
    return page(
        "policy/proposal.html", form, row=row, kind=_kind(row), effect=effect,
        withdrawal=WithdrawalForm() if row.is_waiting and own else None,
        answers=row.is_waiting and not own and may(by, _P.POLICY_CONFIRM, row.region_code),
        files=list_attachments(thing_of(row).table, str(row.id)),
    )  # fmt: skip


@blueprint.post("/policy/proposals/<kind>/<int:proposal_id>/answer")
@requires(Permission.POLICY_CONFIRM, proof=True)
def answer(kind: str, proposal_id: int) -> ResponseReturnValue:
    """Agree or refuse as the second person."""
    region, form = _found(kind, proposal_id, _P.POLICY_CONFIRM).region_code, AnswerForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            row = _found(kind, proposal_id, _P.POLICY_CONFIRM)
            if form.answer.data == "agree":
                confirm(row, form.opinion.data or "", by=actor(), on=today())
                return finish(_address(row), _("已确认，%(day)s 起执行。", day=row.effective_on))
            refuse(row, form.opinion.data or "", by=actor())
            return finish(_address(row), _("已答复不同意，规定没有变。"))
    return _shown(_found(kind, proposal_id, _P.POLICY_CONFIRM), form)


@blueprint.post("/policy/proposals/<kind>/<int:proposal_id>/withdraw", endpoint="withdraw")
@requires(Permission.POLICY_PROPOSE)
def take_back(kind: str, proposal_id: int) -> ResponseReturnValue:
    """Take back one's own proposal while it waits."""
    region = _found(kind, proposal_id, _P.POLICY_PROPOSE).region_code
    with transaction(region):
        row = _found(kind, proposal_id, _P.POLICY_PROPOSE)
        withdraw(row, by=actor())
        return finish(_address(row), _("提议已撤回。"))


@blueprint.get("/policy/proposals/<kind>/<int:proposal_id>/files/<int:attachment_id>")
@requires(Permission.ASSET_READ)
def file(kind: str, proposal_id: int, attachment_id: int) -> Response:
    """Give out the scanned document of a proposal."""
    thing = thing_of(_found(kind, proposal_id, _P.ASSET_READ))
    return given_out(get_attachment(attachment_id, thing.table, thing.id))
