"""Printing the duty list from its page."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.regions import is_code
from registry.reports.catalogue import ReportName
from registry.reports.parameters import NOTHING
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.web import actor, requires

blueprint = Blueprint("duty_reports", __name__)


@blueprint.post("/duties/<region_code>/print")
@requires(Permission.PRINT)
def print_list(region_code: str) -> ResponseReturnValue:
    """Print the duty list of a unit and the units right below it."""
    if not is_code(region_code) or not may(actor(), Permission.PRINT, region_code):
        raise Missing
    asked = Asked(ReportName.DUTY_LIST, region_code, today(), NOTHING)
    return print_now(asked, lambda serial: url_for("reports.show_print", serial=serial), _("已打印并登记。"))
