"""Pages on which each asset of a case is decided: taken in whole or in part, or left out with the reason."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.title.cases.queries import holders_of
from registry.clock import today
from registry.database import transaction
from registry.disposal.cases.deciding import chosen_lines, decide_lines
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import check_editable, decide_line
from registry.disposal.cases.queries import get_case, get_line
from registry.disposal.kinds import LineDecision
from registry.disposal.procedure.forms import LineForm, LinesForm
from registry.disposal.procedure.sheet import list_shown
from registry.disposal.refusals import InAnotherCase
from registry.permissions import Permission
from registry.web import actor, finish, page, requires, row_number

blueprint = Blueprint("disposal_lines", __name__)


def _to_edit(disposal_id: int) -> DisposalCase:
    case = get_case(disposal_id, actor(), Permission.DISPOSAL_ENTER)
    check_editable(case)
    return case


@blueprint.route("/disposals/<int:disposal_id>/lines", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def index(disposal_id: int) -> ResponseReturnValue:
    """Take the assets that are ticked, or all, in or leave them out."""
    case, form = _to_edit(disposal_id), LinesForm()
    region, after = case.region_code, row_number("after")
    here = url_for("disposal_lines.index", disposal_id=disposal_id, after=after)
    if form.validate_on_submit():
        with form.guard(InAnotherCase), transaction(region):
            case = _to_edit(disposal_id)
            chosen = chosen_lines(case, request.form.getlist("line"), whole=form.whole.data)
            decide_lines(case, chosen, LineDecision(form.decision.data), form.reason.data or "", by=actor())
            return finish(here, _("已记下 %(n)s 项。", n=len(chosen)))
    lines, next_after = list_shown(disposal_id, after)
    return page(
        "disposals/lines.html", form, case=_to_edit(disposal_id), lines=lines, next_after=next_after, after=after
    )


@blueprint.route("/disposals/<int:disposal_id>/lines/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.DISPOSAL_ENTER)
def line(disposal_id: int, line_id: int) -> ResponseReturnValue:
    """Decide one asset: whole, so much of its quantity, so much of a holder's share, or left out."""
    case, form, on = _to_edit(disposal_id), LineForm(), today()
    region, row = case.region_code, get_line(line_id, case)
    form.offer_part(row.asset, holders_of([row.asset_id]).get(row.asset_id, []))
    if form.validate_on_submit():
        with form.guard(InAnotherCase), transaction(region):
            case = _to_edit(disposal_id)
            row, decision = get_line(line_id, case), LineDecision(form.decision.data)
            decide_line(row, case, decision, form.reason.data or "", form.to_part(), by=actor(), on=on)
            return finish(url_for("disposal_lines.index", disposal_id=disposal_id), _("已记下。"))
    if not form.is_submitted():
        form.fill(row)
    case = _to_edit(disposal_id)
    return page("disposals/line.html", form, case=case, line=get_line(line_id, case))
