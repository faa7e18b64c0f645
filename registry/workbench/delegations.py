"""Pages for letting another person decide in one's place while absent."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.accounts.queries import list_deciders
from registry.approvals.requests.delegating import delegate, end_delegation
from registry.approvals.requests.forms import DelegationForm
from registry.approvals.requests.queries import get_delegation, list_delegations
from registry.clock import today
from registry.database import transaction
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires

blueprint = Blueprint("delegations", __name__)


@blueprint.route("/me/delegations", methods=["GET", "POST"])
@requires(Permission.CASE_DECIDE, proof=True)
def index() -> ResponseReturnValue:
    """List one's delegations and give a new one."""
    on, form, unit = today(), DelegationForm(), actor().unit_code
    form.offer(list_deciders(unit, on, besides=actor().id))
    if form.validate_on_submit():
        with form.guard(), transaction(unit):
            delegate(form.to_facts(), by=actor(), on=on, policy=policy_for(unit, on))
            return finish(url_for("delegations.index"), _("委托已登记，期间由代办人签署，记录里写明代谁签。"))
    return page("requests/delegations.html", form, rows=list_delegations(actor(), on), me=actor().id, on=on)


@blueprint.post("/me/delegations/<int:delegation_id>/end")
@requires(Permission.CASE_DECIDE)
def end(delegation_id: int) -> ResponseReturnValue:
    """Take a delegation back before its time."""
    region = get_delegation(delegation_id, actor()).region_code
    with transaction(region):
        end_delegation(get_delegation(delegation_id, actor()), by=actor())
        return finish(url_for("delegations.index"), _("委托已收回。"))
