"""Printing papers of title from the pages of an asset and of a case."""

from collections.abc import Callable

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.cards.queries import region_of
from registry.assets.title.cases.queries import get_case
from registry.clock import today
from registry.permissions import Permission
from registry.reports.catalogue import ReportName
from registry.reports.parameters import Parameters
from registry.reports.prints.queries import Asked
from registry.reports.views import print_now
from registry.web import actor, requires

blueprint = Blueprint("title_reports", __name__)


@blueprint.post("/assets/<asset_no>/title/print")
@requires(Permission.PRINT)
def print_certificate(asset_no: str) -> ResponseReturnValue:
    """Print the certificate of one asset."""
    region_code = region_of(asset_no, actor(), Permission.PRINT)
    asked = Asked(ReportName.TITLE_CERTIFICATE, region_code, today(), Parameters((asset_no,)))
    return print_now(asked, _shown(), _("已打印并登记。"))


@blueprint.post("/title/<int:case_id>/hand-over/print")
@requires(Permission.PRINT)
def print_sheet(case_id: int) -> ResponseReturnValue:
    """Print the list of a hand-over."""
    case = get_case(case_id, actor(), Permission.PRINT)
    asked = Asked(ReportName.HAND_OVER_SHEET, case.region_code, today(), Parameters(case_id=case.id))
    return print_now(asked, _shown(), _("已打印并登记。"))


def _shown() -> Callable[[str], str]:
    return lambda serial: url_for("reports.show_print", serial=serial)
