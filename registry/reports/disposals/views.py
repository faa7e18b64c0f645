"""Printing papers of a disposal from the page of its case."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.disposal.cases.queries import get_case
from registry.errors import Missing
from registry.permissions import Permission
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.web import actor, requires

blueprint = Blueprint("disposal_reports", __name__)
#: What is printed of one case, as the form names it.
OF_CASE = {one.value: one for one in (ReportName.DISPOSAL_SHEET, ReportName.DISPOSAL_DOSSIER)}


@blueprint.post("/disposals/<int:disposal_id>/print")
@requires(Permission.PRINT)
def print_case(disposal_id: int) -> ResponseReturnValue:
    """Print the sheet of approvals or the dossier of a case; the form says which."""
    case = get_case(disposal_id, actor(), Permission.PRINT)
    report = OF_CASE.get(request.form.get("report", ""))
    if report is None:
        raise Missing
    asked = Asked(report, case.region_code, today(), Parameters(case_id=case.id))
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))
