"""Printing papers of a count from its pages."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.clock import today
from registry.errors import Missing
from registry.permissions import Permission, may
from registry.regions import covers, is_code
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.supervision.stocktaking.queries import get_campaign, get_sheet
from registry.web import actor, requires

blueprint = Blueprint("stock_reports", __name__)


def _shown(serial: str) -> str:
    return url_for("reports.show_print", serial=serial)


@blueprint.post("/stocktaking/sheets/<int:sheet_id>/print")
@requires(Permission.PRINT)
def print_sheet(sheet_id: int) -> ResponseReturnValue:
    """Print the list of a unit to take along."""
    sheet = get_sheet(sheet_id, actor(), Permission.PRINT)
    asked = Asked(ReportName.COUNT_SHEET, sheet.region_code, today(), Parameters(sheet_id=sheet.id))
    return print_now(asked, _shown, _("已打印并登记。"))


@blueprint.post("/stocktaking/<int:campaign_id>/print")
@requires(Permission.PRINT)
def print_result(campaign_id: int) -> ResponseReturnValue:
    """Print the result of a count in a unit and below."""
    campaign = get_campaign(campaign_id, actor())
    region = request.args.get("region") or actor().unit_code
    if not is_code(region) or not covers(campaign.region_code, region) or not may(actor(), Permission.PRINT, region):
        raise Missing
    asked = Asked(ReportName.COUNT_REPORT, region, today(), Parameters(campaign_id=campaign.id))
    return print_now(asked, _shown, _("已打印并登记。"))
