"""Pages of changes: the list, one request, one household's change, a village's sheet of adjustments."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.ledger.distribution.rolls.asking import ChangeFacts, ask_change, check_change
from registry.ledger.distribution.rolls.change_forms import LineForm, SheetForm
from registry.ledger.distribution.rolls.change_queries import (
    PAGE_ROWS,
    find_request,
    get_change,
    list_changes,
    list_living,
)
from registry.ledger.distribution.rolls.changes import EFFECTS, MOST_LINES, ReasonCode
from registry.ledger.distribution.rolls.queries import entry_of, list_roll
from registry.ledger.distribution.rolls.rules import ASSISTED
from registry.ledger.distribution.rolls.showing import groups_of_reasons
from registry.ledger.distribution.rolls.views import asked_region, villages
from registry.parties.households.models import Household
from registry.parties.households.queries import get_household, stays_of
from registry.permissions import Permission, may
from registry.policy.queries import policy_for
from registry.regions import Level, level_of
from registry.web import BaseForm, actor, finish, page, picked_ids, requires, row_number, sent_fields

blueprint = Blueprint("roll_changes", __name__)
_P = Permission


@blueprint.get("/beneficiaries/changes")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """List the changes of a unit and below, the latest first."""
    region = asked_region()
    rows = list_changes(actor(), region, after=row_number("after"))
    return page("roll_changes/index.html", rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS, region=region)


@blueprint.get("/beneficiaries/changes/<int:change_id>")
@requires(Permission.LEDGER_READ)
def show(change_id: int) -> ResponseReturnValue:
    """Show a request for changes as its sheet: each household before and after."""
    change = get_change(change_id, actor())
    return page("roll_changes/change.html", change=change, found=find_request(change))


@blueprint.get("/beneficiaries/<int:household_id>/change")
@requires(Permission.BENEFICIARY_ENTER)
def choose(household_id: int) -> ResponseReturnValue:
    """Ask why a household is to be changed."""
    household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
    return page("roll_changes/choose.html", household=household, groups=groups_of_reasons())


@blueprint.route("/beneficiaries/<int:household_id>/change/<code>", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def ask(household_id: int, code: str) -> ResponseReturnValue:
    """Ask for one change of one household, looked over before it is submitted."""
    household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
    if code not in set(EFFECTS):
        raise Missing
    form, reason = LineForm(ReasonCode(code)), ReasonCode(code)
    people = _whom(form, household)
    if len(people) > 1 and "heir_id" in form and not form.is_submitted():
        return page("roll_changes/who.html", household=household, reason=reason, people=people)
    _offer(form, household, people)
    if "again" not in request.form and form.validate_on_submit():
        with form.guard():
            return _taken(form, form.to_change(household_id, household.region_code))
    household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
    entry = entry_of(household, today())
    return page("roll_changes/ask.html", form, household=household, entry=entry, reason=reason)


def _whom(form: LineForm, household: Household) -> list[tuple[int, str]]:
    """Return the people of a household; where others may take over from one of them, only the one who is chosen."""
    people = [(one.person_id, one.person.name) for one in stays_of(household, today())]
    chosen = picked_ids(request.values.getlist("person_id")) if "heir_id" in form else []
    return [one for one in people if one[0] in chosen] or people


def _offer(form: LineForm, household: Household, people: list[tuple[int, str]]) -> None:
    living = list_living(household, people[0][0] if len(people) == 1 else None) if "heir_id" in form else []
    roll = list_roll(household.region_code, today(), by=actor()) if "target_id" in form else []
    others = [(one.household_id, f"{one.group_name} {one.head_name}") for one in roll]
    form.offer(people, living, [one for one in others if one[0] != household.id])


def _taken(form: LineForm | SheetForm, facts: ChangeFacts) -> ResponseReturnValue:
    """Show what would change; sent once more, submit it."""
    on, policy = today(), policy_for(facts.region_code, today())
    if not form.checked.data:
        lines = check_change(facts, by=actor(), on=on, policy=policy)
        return page("roll_changes/check.html", form, lines=lines, facts=facts, sent=_sent())
    with transaction(facts.region_code):
        change = ask_change(facts, by=actor(), on=on, policy=policy)
        return finish(url_for("roll_changes.show", change_id=change.id), _("已提交，等评议、公示和审核。"))


def _sent() -> list[tuple[str, str]]:
    return [(name, value) for name, value in sent_fields() if name != "checked"]


@blueprint.route("/beneficiaries/adjust", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def adjust() -> ResponseReturnValue:
    """Fill in a village's dynamic adjustment: a line for each household, a reason where something changes."""
    region, form = asked_region(), SheetForm()
    if level_of(region) is not Level.VILLAGE or not may(actor(), _P.BENEFICIARY_ENTER, region):
        return page("roll_changes/villages.html", units=villages(_P.BENEFICIARY_ENTER))
    if "again" not in request.form and form.validate_on_submit():
        with form.guard():
            return _taken(form, form.to_change(region))
    return _sheet(form, region)


def _sheet(form: BaseForm, region: str) -> ResponseReturnValue:
    found = list_roll(region, today(), by=actor())
    if len(found) > MOST_LINES:  # a large village adjusts those who are assisted; others are changed on their own page
        found = [one for one in found if ASSISTED.intersection(one.classes)][:MOST_LINES]
    roll = {one.household_id: one for one in found}
    if isinstance(form, SheetForm) and not form.is_submitted():
        for household_id in roll:
            form.lines.append_entry({"household_id": str(household_id)})
    return page("roll_changes/adjust.html", form, roll=roll, region=region)
