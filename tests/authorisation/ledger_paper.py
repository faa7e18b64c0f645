"""Who may print the papers of the ledger."""

from registry.permissions import Role
from tests.authorisation.roles import PRINTERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "ledger_reports.print_book": PRINTERS,
    "ledger_reports.print_change": PRINTERS,
    "ledger_reports.print_order": PRINTERS,
    "ledger_reports.print_plan": PRINTERS,
    "ledger_reports.print_statement": PRINTERS,
    "ledger_reports.print_voucher": PRINTERS,
}
