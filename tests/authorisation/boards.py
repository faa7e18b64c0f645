"""Who may enter the boards."""

from registry.permissions import Role
from tests.authorisation.roles import PRINTERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "boards.print_board": PRINTERS,
    "boards.show": PRINTERS,
    "boards_api.one": PRINTERS,
}
