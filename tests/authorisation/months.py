"""Who may enter the pages and resources of the periodic tables."""

from registry.permissions import Role
from tests.authorisation.roles import PRINTERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "months.index": PRINTERS,
    "months.print_tables": PRINTERS,
    "months.show": PRINTERS,
    "months_api.figures": PRINTERS,
    "months_api.index": PRINTERS,
}
