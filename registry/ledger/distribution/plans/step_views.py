"""Pages on which a plan is written step by step: official books, uses, lines, check and submission."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.forms import ActForm
from registry.clock import today
from registry.database import transaction
from registry.errors import RegistryError
from registry.ledger.distribution.plans.choosing import (
    asset_number,
    contract_number,
    find_asset_id,
    find_contract_id,
)
from registry.ledger.distribution.plans.forms import OfficialForm, UseForm, step_labels
from registry.ledger.distribution.plans.gathering import list_entries
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.distribution.plans.queries import LINE_ROWS, get_plan, get_use
from registry.ledger.distribution.plans.rules import check_open
from registry.ledger.distribution.plans.services import add_use, change_use, remove_use, set_official
from registry.ledger.distribution.plans.showing import Shown, shown_plan
from registry.ledger.distribution.plans.submitting import check_plan, submit_plan
from registry.ledger.distribution.plans.writing import UseFacts, number_of
from registry.permissions import Permission
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires, say, whole_number

blueprint = Blueprint("plan_steps", __name__)
_ENTER = Permission.DISTRIBUTION_ENTER
_MOST = 10**6


def _mine(plan_id: int) -> Plan:
    plan = get_plan(plan_id, actor(), _ENTER)
    check_open(plan.state)
    return plan


def _computed(plan: Plan) -> tuple[Shown | None, str]:
    try:
        return shown_plan(plan, by=actor(), on=today(), policy=policy_for(plan.region_code, today())), ""
    except RegistryError as error:
        return None, say(error)


@blueprint.route("/distributions/<int:plan_id>/official", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def official(plan_id: int) -> ResponseReturnValue:
    """Write what the official books and the charter say; the order of law follows."""
    plan, form = _mine(plan_id), OfficialForm()
    region = plan.region_code
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            set_official(_mine(plan_id), form.to_facts(), by=actor())
            return finish(url_for("plan_steps.uses", plan_id=plan_id))
    if not form.is_submitted():
        form.fill(plan, policy_for(region, today()).number(Parameter.FUND_MIN_PERCENT))
    plan = _mine(plan_id)
    shown, problem = _computed(plan)
    return page("distributions/official.html", form, plan=plan, steps=step_labels(), shown=shown, problem=problem)


@blueprint.route("/distributions/<int:plan_id>/uses", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def uses(plan_id: int) -> ResponseReturnValue:
    """Show the uses with what is still to be planned; write another."""
    plan, form = _mine(plan_id), UseForm()
    region = plan.region_code
    if form.validate_on_submit():
        with form.guard():
            facts = _facts(form)
            with transaction(region):
                add_use(_mine(plan_id), facts, by=actor())
                return finish(url_for("plan_steps.uses", plan_id=plan_id), _("已列入。"))
    plan = _mine(plan_id)
    shown, problem = _computed(plan)
    return page(
        "distributions/uses.html",
        form,
        plan=plan,
        steps=step_labels(),
        shown=shown,
        problem=problem,
        use=None,
    )


def _facts(form: UseForm) -> UseFacts:
    asset_id = find_asset_id(form.asset_no.data or "", actor())
    return form.to_facts(asset_id, find_contract_id(form.contract.data or "", actor()))


@blueprint.route("/distributions/<int:plan_id>/uses/<int:use_id>", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def use(plan_id: int, use_id: int) -> ResponseReturnValue:
    """Rewrite one use."""
    plan, form = _mine(plan_id), UseForm()
    row, region = get_use(plan, use_id), plan.region_code
    if form.validate_on_submit():
        with form.guard():
            facts = _facts(form)
            with transaction(region):
                change_use(_mine(plan_id), use_id, facts, by=actor())
                return finish(url_for("plan_steps.uses", plan_id=plan_id), _("已改好。"))
    plan = _mine(plan_id)
    row = get_use(plan, use_id)
    if not form.is_submitted():
        form.fill(row, {entry.household_id: number_of(entry) for entry in list_entries(plan, actor())})
        form.asset_no.data, form.contract.data = asset_number(row.asset_id), contract_number(row.contract_id)
    shown, problem = _computed(plan)
    return page(
        "distributions/uses.html",
        form,
        plan=plan,
        steps=step_labels(),
        shown=shown,
        problem=problem,
        use=row,
    )


@blueprint.post("/distributions/<int:plan_id>/uses/<int:use_id>/remove")
@requires(Permission.DISTRIBUTION_ENTER)
def remove(plan_id: int, use_id: int) -> ResponseReturnValue:
    """Take a use out."""
    region = _mine(plan_id).region_code
    with transaction(region):
        remove_use(_mine(plan_id), use_id, by=actor())
        return finish(url_for("plan_steps.uses", plan_id=plan_id), _("已去掉这一项。"))


@blueprint.get("/distributions/<int:plan_id>/lines")
@requires(Permission.LEDGER_READ)
def lines(plan_id: int) -> ResponseReturnValue:
    """Show who gets how much of one use, computed from what stands now or was frozen."""
    plan, number = get_plan(plan_id, actor()), whole_number("use", 0, 100)
    shown, problem = _computed(plan)
    after = whole_number("after", 0, _MOST)
    chosen = shown.uses[min(number, len(shown.uses) - 1)] if shown and shown.uses else None
    rows = list(chosen.shares[after : after + LINE_ROWS]) if chosen else []
    more = chosen is not None and after + LINE_ROWS < len(chosen.shares)
    return page(
        "distributions/lines.html", ActForm(), plan=plan, steps=step_labels(), shown=shown, problem=problem,
        number=number, chosen=chosen, rows=rows, after=after, more=more,
    )  # fmt: skip


@blueprint.route("/distributions/<int:plan_id>/check", methods=["GET", "POST"])
@requires(Permission.DISTRIBUTION_ENTER)
def check(plan_id: int) -> ResponseReturnValue:
    """Check a plan whole and submit it; from then on it is frozen."""
    region, form = _mine(plan_id).region_code, ActForm()
    policy = policy_for(region, today())
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            found = submit_plan(_mine(plan_id), by=actor(), on=today(), policy=policy)
            return finish(url_for("deciding.show", request_id=found.id), _("方案已冻结并提交，等村党组织研究。"))
    plan, checked, problem = _mine(plan_id), None, ""
    try:
        checked = check_plan(plan, by=actor(), on=today(), policy=policy)
    except RegistryError as error:
        problem = say(error)
    return page("distributions/check.html", form, plan=plan, steps=step_labels(), checked=checked, problem=problem)
