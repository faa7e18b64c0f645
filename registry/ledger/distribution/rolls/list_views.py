"""Pages on which many households are dealt with at once: confirmed, reviewed, brought in from a sheet."""

from io import BytesIO

from flask import Blueprint, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.sheets.exporting import MEDIA_TYPES, ExportForm
from registry.clock import today
from registry.database import transaction
from registry.errors import Invalid
from registry.ledger.distribution.rolls.forms import ImportForm, PickForm, ReviewForm
from registry.ledger.distribution.rolls.importing import FILE_NAME, Roster, check_roster, import_households, template
from registry.ledger.distribution.rolls.listing import (
    MOST_REVIEWED,
    PAGE_ROWS,
    list_to_review,
    list_waiting,
    review_due,
    villages_to_review,
)
from registry.ledger.distribution.rolls.services import confirm_households, review_households
from registry.ledger.distribution.rolls.sheets import Reading
from registry.ledger.distribution.rolls.views import asked_region, villages
from registry.parties.households.queries import get_household
from registry.permissions import Permission
from registry.places.queries import names_of
from registry.policy.queries import policy_for
from registry.text import N_
from registry.web import actor, finish, page, requires, say

blueprint = Blueprint("roll_lists", __name__)
_P = Permission
MOST_TOLD = 200


@blueprint.route("/beneficiaries/waiting", methods=["GET", "POST"])
@requires(Permission.ASSET_CONFIRM)
def waiting() -> ResponseReturnValue:
    """Let the second person look over a village's households and confirm those that are right."""
    form = PickForm()
    if form.validate_on_submit():
        with form.guard(), transaction(*_regions(form.picked, _P.ASSET_CONFIRM)):
            count = confirm_households(form.picked, by=actor())
            return finish(url_for("roll_lists.waiting"), _("已确认 %(n)s 户。", n=count))
    rows = list_waiting(actor(), asked_region())
    return page("beneficiaries/waiting.html", form, rows=rows[:PAGE_ROWS], more=len(rows) > PAGE_ROWS)


def _regions(household_ids: list[int], permission: Permission) -> list[str]:
    """Return the villages of the households ticked. Raises Missing for one out of reach."""
    return sorted({get_household(one, actor(), permission).region_code for one in household_ids})


@blueprint.route("/beneficiaries/review", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def review() -> ResponseReturnValue:
    """Go through the households of a village once a year: unchanged, or a change asked for."""
    form, on, region = ReviewForm(), today(), asked_region()
    if form.validate_on_submit():
        with form.guard(), transaction(*_regions(form.picked, _P.BENEFICIARY_ENTER)):
            count = review_households(form.picked, form.note.data, on.year, by=actor())
            return finish(url_for("roll_lists.review", region=region), _("已复核 %(n)s 户。", n=count))
    places = villages_to_review(actor(), on.year, on, PAGE_ROWS)
    rows = list_to_review(actor(), region, on.year, on)
    due = review_due(on.year, policy_for(region, on))
    return page(
        "beneficiaries/review.html", form, rows=rows[:MOST_REVIEWED], more=len(rows) > MOST_REVIEWED, due=due,
        on=on, region=region, places=names_of(places),
    )  # fmt: skip


@blueprint.route("/beneficiaries/import", methods=["GET", "POST"])
@requires(Permission.BENEFICIARY_ENTER)
def bring_in() -> ResponseReturnValue:
    """Take a sheet of households; all of them are entered, or none and every wrong line is told."""
    form, on, reading = ImportForm(), today(), Reading()
    form.offer(villages(_P.BENEFICIARY_ENTER))
    if form.validate_on_submit():
        with form.guard():
            reading = check_roster(_roster(form), on)
            if reading.problems or not reading.households:
                raise Invalid(N_("没有导入：有 %(n)s 处要改，改好再传。"), field="file", n=len(reading.problems))
            made, region = [one for _row, one in reading.households], form.region_code.data
            with transaction(region):
                count = import_households(made, by=actor(), on=on, policy=policy_for(region, on))
                target = url_for("beneficiaries.index", region=region, status="SUBMITTED")
                return finish(target, _("已登记 %(n)s 户，等第二人确认。", n=count))
    elif not form.is_submitted():
        form.region_code.data = actor().unit_code
    told = [(one.row, say(one.error)) for one in reading.problems[:MOST_TOLD]]
    return page("beneficiaries/import.html", form, told=told, problems=len(reading.problems))


def _roster(form: ImportForm) -> Roster:
    """Return what was handed in. Raises Invalid if nothing was."""
    file, pasted = form.file.data, (form.pasted.data or "").strip("\r\n")
    has_file = bool(file and file.filename)
    if not has_file and not pasted.strip():
        raise Invalid(N_("请选一个文件，或把单元格粘贴到下面的框里。"), field="file")
    data, name = (file.read(), str(file.filename)) if has_file else (b"", "")
    return Roster(
        form.region_code.data, form.basis.data.strip(), form.day, data, name, "" if has_file else pasted
    )  # fmt: skip


@blueprint.get("/beneficiaries/import/template.xlsx")
@requires(Permission.BENEFICIARY_ENTER)
def blank() -> ResponseReturnValue:
    """Hand out the empty sheet."""
    return send_file(
        BytesIO(template()), mimetype=MEDIA_TYPES[ExportForm.XLSX], as_attachment=True, download_name=_(FILE_NAME)
    )
