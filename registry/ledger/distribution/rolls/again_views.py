"""The page on which a registration that was sent back is mended: pre-filled, looked over, sent to the second person."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.database import transaction
from registry.ledger.distribution.rolls.again import earlier_of, enrol_again, get_sent_back
from registry.ledger.distribution.rolls.enrolling import Earlier
from registry.ledger.distribution.rolls.forms import HouseholdForm, PersonForm
from registry.ledger.distribution.rolls.showing import check_rows, known_of, masked_people
from registry.ledger.distribution.rolls.views import villages
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.web import actor, finish, page, requires, sent_fields

blueprint = Blueprint("roll_again", __name__)


@blueprint.route("/beneficiaries/<int:household_id>/again", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def enter(household_id: int) -> ResponseReturnValue:
    """Mend a registration that was sent back; what is sealed stays as it was unless it is typed anew."""
    household, form = get_sent_back(household_id, actor()), HouseholdForm()
    earlier, reason = earlier_of(household), household.sent_back_reason
    form.offer(villages(Permission.BENEFICIARY_ENTER))
    if "again" not in request.form and form.validate_on_submit():
        with form.guard():
            return _taken(household_id, form, earlier)
    if not form.is_submitted():
        form.begin_again(earlier)
    spare = PersonForm(prefix="persons-__index__-")
    return page("beneficiaries/new.html", form, spare=spare, known=known_of(earlier), sent_back=reason)


def _taken(household_id: int, form: HouseholdForm, earlier: Earlier) -> ResponseReturnValue:
    """Show what would be entered; sent once more, enter it."""
    made, on = form.to_enrolment(earlier.kept), today()
    rows = check_rows(made, on=on)
    if not form.checked.data:
        sent = [(name, value) for name, value in sent_fields() if name != "checked"]
        people, here = masked_people(made), url_for("roll_again.enter", household_id=household_id)
        return page("beneficiaries/check.html", form, rows=rows, made=made, people=people, sent=sent, here=here)
    region = made.household.region_code
    with transaction(region, earlier.enrolment.household.region_code):
        found = enrol_again(household_id, made, by=actor(), on=on, policy=policy_for(region, on))
        return finish(url_for("beneficiaries.show", household_id=found.id), _("已重新登记，等第二人确认。"))
