"""Who may enter the pages and resources of the duty list, and the public page."""

from registry.permissions import Role
from tests.authorisation.roles import ANYBODY, DUTY_CONFIRMERS, DUTY_ENTERERS, PRINTERS, READERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "duties.changes": READERS,
    "duties.decide": DUTY_CONFIRMERS,
    "duties.index": READERS,
    "duties.name": DUTY_ENTERERS,
    "duties.show": READERS,
    "duties.withdraw": DUTY_ENTERERS,
    "duties_api.decide": DUTY_CONFIRMERS,
    "duties_api.entry": READERS,
    "duties_api.index": READERS,
    "duties_api.name": DUTY_ENTERERS,
    "duties_api.tallies": READERS,
    "duties_api.withdraw": DUTY_ENTERERS,
    "duty_reports.print_list": PRINTERS,
    "public_pages.figures": ANYBODY,
    "public_pages.find": ANYBODY,
    "public_pages.index": ANYBODY,
    "public_pages.poster": ANYBODY,
    "public_pages.qr": ANYBODY,
    "public_pages.show": ANYBODY,
}
