"""Pages of the roll: the list, a household, registering one, its second person, its telephone and group."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.errors import Missing
from registry.ledger.distribution.rolls.change_queries import list_lines_of, list_statuses
from registry.ledger.distribution.rolls.forms import AnswerForm, ContactForm, HouseholdForm, PersonForm
from registry.ledger.distribution.rolls.listing import PAGE_ROWS, RollFilter, count_roll, list_reviews, page_of_roll
from registry.ledger.distribution.rolls.queries import entry_of
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.rolls.services import enrol_household
from registry.ledger.distribution.rolls.showing import check_rows, masked_people, names_within, people_of
from registry.parties.households.account_queries import list_account_changes, masked_account
from registry.parties.households.queries import get_household, masked_of
from registry.parties.households.rules import HouseholdStatus
from registry.parties.households.services import change_contact, confirm_household, send_back_household
from registry.permissions import Permission, may
from registry.places.queries import list_units_to_enter
from registry.policy.queries import policy_for
from registry.regions import Level, level_of
from registry.web import actor, finish, page, requires, sent_fields

blueprint = Blueprint("beneficiaries", __name__)
_P = Permission
MOST_COUNTED = 10_000


def asked_region() -> str:
    """Return the unit that a page is about: the one asked for, else the reader's own. Raises Missing."""
    region = request.args.get("region") or actor().unit_code
    if not may(actor(), _P.LEDGER_READ, region):
        raise Missing
    return region


def villages(permission: Permission) -> list[tuple[str, str]]:
    """Return the villages in which a person may act."""
    return [(code, name) for code, name in list_units_to_enter(actor(), permission) if level_of(code) is Level.VILLAGE]


@blueprint.get("/beneficiaries")
@requires(Permission.LEDGER_READ)
def index() -> ResponseReturnValue:
    """Show the roll of a unit today, by class."""
    wanted, on = wanted_roll(), today()
    rows = page_of_roll(wanted, on, actor(), after=request.args.get("after", ""))
    return page(
        "beneficiaries/index.html",
        rows=rows[:PAGE_ROWS],
        more=len(rows) > PAGE_ROWS,
        total=count_roll(wanted, on, actor(), MOST_COUNTED + 1),
        most=MOST_COUNTED,
        wanted=wanted,
        class_choices=[("", _("全部")), *((one.value, _(one.label)) for one in BeneficiaryClass)],
        status_choices=[(one.value, _(one.label)) for one in HouseholdStatus],
        terms={key: value for key, value in request.args.items() if value and key != "after"},
        on=on,
    )


def wanted_roll() -> RollFilter:
    """Return which part of the roll the address asks for. Raises Missing for a unit out of reach."""
    chosen, status = request.args.get("class", ""), request.args.get("status", "")
    return RollFilter(
        region_code=asked_region(),
        beneficiary_class=BeneficiaryClass(chosen) if chosen in set(BeneficiaryClass) else None,
        status=HouseholdStatus(status) if status in set(HouseholdStatus) else HouseholdStatus.CONFIRMED,
        text=request.args.get("q", "").strip()[:40],
    )


@blueprint.route("/beneficiaries/new", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def new() -> ResponseReturnValue:
    """Enter a household: typed, looked over on a page of its own, then sent to the second person."""
    form = HouseholdForm()
    form.offer(villages(_P.BENEFICIARY_ENTER))
    if "again" not in request.form and form.validate_on_submit():
        with form.guard():
            made = form.to_enrolment()
            rows = check_rows(made, on=today())
            if form.checked.data:
                with transaction(made.household.region_code):
                    policy = policy_for(made.household.region_code, today())
                    found = enrol_household(made, by=actor(), on=today(), policy=policy)
                    return finish(url_for("beneficiaries.show", household_id=found.id), _("已登记，等第二人确认。"))
            return page(
                "beneficiaries/check.html", form, rows=rows, made=made, people=masked_people(made), sent=_sent(),
                here=url_for("beneficiaries.new"),
            )  # fmt: skip
    if not form.is_submitted():
        form.begin(actor().unit_code)
    return page("beneficiaries/new.html", form, spare=PersonForm(prefix="persons-__index__-"), known={}, sent_back="")


def _sent() -> list[tuple[str, str]]:
    """Return what was typed, to be carried to the second sending."""
    return [(name, value) for name, value in sent_fields() if name != "checked"]


@blueprint.get("/beneficiaries/<int:household_id>")
@requires(Permission.LEDGER_READ)
def show(household_id: int) -> ResponseReturnValue:
    """Show a household: people, classes, shares, what was asked for."""
    return _shown(household_id, AnswerForm())


def _shown(household_id: int, form: AnswerForm) -> ResponseReturnValue:
    household, on = get_household(household_id, actor()), today()
    return page(
        "beneficiaries/household.html",
        form,
        household=household,
        entry=entry_of(household, on),
        data=masked_of(household),
        people=people_of(household, on),
        names=names_within(household),
        statuses=list_statuses(household.id),
        accounts=[(one, masked_account(one)) for one in list_account_changes(household.id)],
        lines=list_lines_of(household),
        reviews=list_reviews(household.id),
        may_enter=may(actor(), _P.BENEFICIARY_ENTER, household.region_code),
        may_answer=_may_answer(household.state, household.entered_by_id, household.region_code),
        may_reveal=may(actor(), _P.REVEAL_PERSONAL, household.region_code),
        on=on,
    )


def _may_answer(state: HouseholdStatus, entered_by: int | None, region: str) -> bool:
    second = may(actor(), _P.ASSET_CONFIRM, region) and entered_by != actor().id
    return second and state is HouseholdStatus.SUBMITTED


@blueprint.post("/beneficiaries/<int:household_id>/answer")
@requires(Permission.ASSET_CONFIRM)
def answer(household_id: int) -> ResponseReturnValue:
    """Confirm a household, or send it back, as the second person."""
    region, form = get_household(household_id, actor(), _P.ASSET_CONFIRM).region_code, AnswerForm()
    if form.validate_on_submit():
        with form.guard(), transaction(region):
            household = get_household(household_id, actor(), _P.ASSET_CONFIRM)
            if form.answer.data == "confirm":
                confirm_household(household, by=actor())
            else:
                send_back_household(household, form.reason.data or "", by=actor())
            return finish(url_for("beneficiaries.show", household_id=household_id), _("已办理。"))
    return _shown(household_id, form)


@blueprint.route("/beneficiaries/<int:household_id>/contact", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def contact(household_id: int) -> ResponseReturnValue:
    """Change telephone number or group of a household."""
    household, form = get_household(household_id, actor(), _P.BENEFICIARY_ENTER), ContactForm()
    if form.validate_on_submit():
        with form.guard(), transaction(household.region_code):
            found = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
            change_contact(found, form.to_contact(), form.reason.data, by=actor())
            return finish(url_for("beneficiaries.show", household_id=household_id), _("已修改，原来的留在操作日志里。"))
    if not form.is_submitted():
        form.begin(household)
    household = get_household(household_id, actor(), _P.BENEFICIARY_ENTER)
    return page("beneficiaries/contact.html", form, household=household, data=masked_of(household))
