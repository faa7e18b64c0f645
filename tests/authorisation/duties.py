"""Who may enter the pages and resources of the duty list."""

from registry.permissions import Role
from tests.authorisation.roles import DUTY_CONFIRMERS, DUTY_ENTERERS, PRINTERS, READERS

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
}
