"""Pages of plans: the list, beginning one, one plan with everything that hangs on it."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.approvals.requests.queries import find_request
from registry.approvals.requests.showing import steps_of
from registry.clock import today
from registry.database import transaction
from registry.errors import Missing, RegistryError
from registry.ledger.distribution.plans.choosing import find_asset_id, find_contract_id, list_collectives, numbers_of
from registry.ledger.distribution.plans.forms import PlanForm, PlanReasonForm, step_labels
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.queries import (
    LINE_ROWS,
    PAGE_ROWS,
    TABLE,
    PlanFilter,
    get_plan,
    list_lines,
    list_newest_plans,
    plan_totals,
    use_totals,
)
from registry.ledger.distribution.plans.rules import OPEN, PlanFacts, PlanStatus, usual_title
from registry.ledger.distribution.plans.services import begin_amendment, begin_plan, change_plan, drop_plan
from registry.ledger.distribution.plans.showing import Shown, shown_plan
from registry.ledger.distribution.plans.uses import UseKind
from registry.permissions import Permission, may
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires, row_number, say, whole_number

blueprint = Blueprint("distributions", __name__)
_P = Permission
_LAST_YEAR = 2100
_TERMS = ("region", "year", "status", "agreed", "use")


def plan_url(plan_id: int, step: str = "show") -> str:
    """Return the address of a plan, or of a step of writing it."""
    return url_for(f"distributions.{step}" if step == "show" else f"plan_steps.{step}", plan_id=plan_id)


@blueprint.get("/distributions")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the plans of a unit and below."""
    args, region = request.args, request.args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    status = PlanStatus(args["status"]) if args.get("status", "") in set(PlanStatus) else None
    use = UseKind(args["use"]) if args.get("use", "") in set(UseKind) else None
    wanted = PlanFilter(
        region, whole_number("year", 0, _LAST_YEAR) or None, status, agreed=args.get("agreed") == "1", use=use
    )
    rows = list_newest_plans(wanted, actor(), before=row_number("before"))
    return page(
        "distributions/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, wanted=wanted,
        statuses=PlanStatus, totals=plan_totals(wanted, actor()),
        terms={key: args[key] for key in _TERMS if args.get(key)},
    )  # fmt: skip


@blueprint.route("/distributions/new", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def new() -> ResponseReturnValue:
    """Begin a plan: whose income, of which months."""
    form, parties = PlanForm(), list_collectives(actor())
    form.offer([(party.id, party.name) for party in parties])
    if form.validate_on_submit():
        with form.guard():
            party = next(one for one in parties if one.id == form.party.data)
            facts = _facts(form, party.region_code)
            with transaction(party.region_code):
                plan = begin_plan(facts, by=actor(), on=today())
                return finish(plan_url(plan.id, "official"), _("已起草，接着填正式账和章程。"))
    if not form.is_submitted():
        year = today().year - 1
        names = names_of(one.region_code for one in parties)
        form.year.data = year
        # Where several collectives are to be chosen from, the title follows from the choice.
        form.title.data = usual_title(names[parties[0].region_code], year) if len(names) == 1 else ""
        form.period_from.data, form.period_to.data = f"{year}-01", f"{year}-12"
    return page("distributions/basics.html", form, plan=None, steps=step_labels())


def _facts(form: PlanForm, region_code: str) -> PlanFacts:
    asset_id = find_asset_id(form.asset_no.data or "", actor())
    return form.to_facts(region_code, asset_id, find_contract_id(form.contract.data or "", actor()))


@blueprint.route("/distributions/<int:plan_id>/basics", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def basics(plan_id: int) -> ResponseReturnValue:
    """Change what an open plan is about."""
    plan, form = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), PlanForm()
    region = plan.region_code
    form.offer([(plan.party_id, plan.party.name)])
    if form.validate_on_submit():
        with form.guard():
            facts = _facts(form, region)
            with transaction(region):
                change_plan(get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), facts, by=actor(), on=today())
                return finish(plan_url(plan_id, "official"))
    if not form.is_submitted():
        form.fill(plan, *numbers_of(plan))
    return page("distributions/basics.html", form, plan=get_plan(plan_id, actor()), steps=step_labels())


@blueprint.get("/distributions/<int:plan_id>")
@requires(Permission.LEDGER_READ)
def show(plan_id: int) -> ResponseReturnValue:
    """Show a plan: where the money comes from, the order of law, the uses, the lines, how far it has come."""
    plan = get_plan(plan_id, actor())
    found, problem = _shown(plan)
    after = row_number("after")
    lines = list_lines(plan.id, after=after) if plan.agreed_on else []
    return page(
        "distributions/plan.html", ActForm(), plan=plan, shown=found, problem=problem, asset_no=numbers_of(plan)[0],
        contract=numbers_of(plan)[1], lines=lines[:LINE_ROWS], more=len(lines) > LINE_ROWS,
        totals=use_totals(plan.id), is_open=plan.state in OPEN,
        may_write=plan.state in OPEN and may(actor(), _P.DISTRIBUTION_ENTER, plan.region_code), **_request(plan),
    )  # fmt: skip


def _shown(plan: Plan) -> tuple[Shown | None, str]:
    """Return a plan computed, or why it cannot be."""
    try:
        return shown_plan(plan, by=actor(), on=today(), policy=policy_for(plan.region_code, today())), ""
    except RegistryError as error:
        return None, say(error)


def _request(plan: Plan) -> dict[str, Any]:
    found = find_request(TABLE, str(plan.id))
    return {"found": found, "request_steps": steps_of(found, today()) if found else [], "on": today()}


@blueprint.route("/distributions/<int:plan_id>/drop", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def drop(plan_id: int) -> ResponseReturnValue:
    """Give up a draft."""
    plan, form = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), PlanReasonForm()
    region = plan.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            drop_plan(get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), form.reason.data or "", by=actor())
            return finish(plan_url(plan_id), _("已放弃这份草稿。"))
    return page("distributions/drop.html", form, plan=get_plan(plan_id, actor()))


@blueprint.route("/distributions/<int:plan_id>/amend", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def amend(plan_id: int) -> ResponseReturnValue:
    """Begin the plan that takes the place of one that was stopped."""
    old, form = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER), PlanReasonForm()
    region = old.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            old = get_plan(plan_id, actor(), _P.DISTRIBUTION_ENTER)
            plan = begin_amendment(old, form.title.data or "", form.reason.data or "", by=actor(), on=today())
            return finish(plan_url(plan.id, "official"), _("已起草调整方案，用途照原方案抄了一份，请改正。"))
    if not form.is_submitted():
        form.title.data = _("%(title)s（调整）", title=old.title)
    return page("distributions/amend.html", form, plan=get_plan(plan_id, actor()))
