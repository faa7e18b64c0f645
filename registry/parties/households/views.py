"""Showing sealed data of a household or a person whole: with a reason, once, and never without a trace."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from registry.database import transaction
from registry.parties.forms import RevealForm
from registry.parties.households.queries import get_household, get_person, masked_number, masked_of
from registry.parties.households.rules import HouseholdData
from registry.parties.households.services import reveal_household, reveal_person
from registry.permissions import Permission
from registry.sealing import REVEALS_A_DAY
from registry.web import actor, finish, local_path, page, requires

blueprint = Blueprint("households", __name__)


def _back() -> str:
    return local_path(request.values.get("next", "")) or url_for("workbench.home")


@blueprint.route("/households/<int:household_id>/reveal", methods=["GET", "POST"])
@requires(Permission.REVEAL_PERSONAL, proof=True)
def reveal(household_id: int) -> ResponseReturnValue:
    """Ask why, then show number, telephone and account; sent a second time the form shows nothing."""
    household, form, data = get_household(household_id, actor(), Permission.REVEAL_PERSONAL), RevealForm(), None
    if form.validate_on_submit():
        with form.guard():
            with transaction(household.region_code):
                finish(_back())
                shown = reveal_household(household_id, reason=form.reason.data.strip(), by=actor())
            data = shown
    household = get_household(household_id, actor(), Permission.REVEAL_PERSONAL)
    return _shown(form, household.party.name, household.region_code, data, masked_of(household))


@blueprint.route("/persons/<int:person_id>/reveal", methods=["GET", "POST"])
@requires(Permission.REVEAL_PERSONAL, proof=True)
def reveal_one(person_id: int) -> ResponseReturnValue:
    """Ask why, then show a person's identity number."""
    person, form, data = get_person(person_id, actor(), Permission.REVEAL_PERSONAL), RevealForm(), None
    if form.validate_on_submit():
        with form.guard():
            with transaction(person.region_code):
                finish(_back())
                shown = reveal_person(person_id, reason=form.reason.data.strip(), by=actor())
            data = shown
    person = get_person(person_id, actor(), Permission.REVEAL_PERSONAL)
    return _shown(form, person.name, person.region_code, data, HouseholdData(masked_number(person), "", ""))


def _shown(
    form: RevealForm, name: str, region_code: str, data: HouseholdData | None, masked: HouseholdData
) -> ResponseReturnValue:
    return page(
        "beneficiaries/reveal.html",
        form,
        name=name,
        region=region_code,
        data=data or masked,
        whole=data is not None,
        back=_back(),
        most=REVEALS_A_DAY,
    )
