"""Who may enter the pages and resources of the duty list, and the public page."""

from registry.permissions import Role
from tests.authorisation.roles import ANYBODY, DUTY_CONFIRMERS, DUTY_ENTERERS, PRINTERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "duties.changes": PRINTERS,
    "duties.decide": DUTY_CONFIRMERS,
    "duties.index": PRINTERS,
    "duties.name": DUTY_ENTERERS,
    "duties.show": PRINTERS,
    "duties.withdraw": DUTY_ENTERERS,
    "duties_api.decide": DUTY_CONFIRMERS,
    "duties_api.entry": PRINTERS,
    "duties_api.index": PRINTERS,
    "duties_api.name": DUTY_ENTERERS,
    "duties_api.tallies": PRINTERS,
    "duties_api.withdraw": DUTY_ENTERERS,
    "duty_reports.print_list": PRINTERS,
    "public_pages.figures": ANYBODY,
    "public_pages.find": ANYBODY,
    "public_pages.index": ANYBODY,
    "public_pages.poster": ANYBODY,
    "public_pages.qr": ANYBODY,
    "public_pages.show": ANYBODY,
}
