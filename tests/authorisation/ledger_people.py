"""Who may enter the pages and resources of beneficiaries."""

from registry.permissions import Role
from tests.authorisation.roles import CONFIRMERS, EXPORTERS, LEDGER_READERS, MONEY_ENTERERS, REVEALERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "beneficiaries.answer": CONFIRMERS,
    "beneficiaries.contact": MONEY_ENTERERS,
    "beneficiaries.index": LEDGER_READERS,
    "beneficiaries.new": MONEY_ENTERERS,
    "beneficiaries.show": LEDGER_READERS,
    "beneficiaries_api.ask": MONEY_ENTERERS,
    "beneficiaries_api.change": LEDGER_READERS,
    "beneficiaries_api.changes": LEDGER_READERS,
    "beneficiaries_api.confirm": CONFIRMERS,
    "beneficiaries_api.enrol": MONEY_ENTERERS,
    "beneficiaries_api.index": LEDGER_READERS,
    "beneficiaries_api.one": LEDGER_READERS,
    "household_accounts.answer": CONFIRMERS,
    "household_accounts.ask": MONEY_ENTERERS,
    "household_accounts.show": LEDGER_READERS,
    "household_accounts.waiting": CONFIRMERS,
    "household_accounts.withdraw": MONEY_ENTERERS,
    "households.reveal": REVEALERS,
    "households.reveal_one": REVEALERS,
    "roll_again.enter": MONEY_ENTERERS,
    "roll_changes.adjust": MONEY_ENTERERS,
    "roll_changes.ask": MONEY_ENTERERS,
    "roll_changes.choose": MONEY_ENTERERS,
    "roll_changes.index": LEDGER_READERS,
    "roll_changes.show": LEDGER_READERS,
    "roll_exports.masked": EXPORTERS,
    "roll_exports.ways": LEDGER_READERS,
    "roll_exports.whole": REVEALERS,
    "roll_lists.blank": MONEY_ENTERERS,
    "roll_lists.bring_in": MONEY_ENTERERS,
    "roll_lists.review": MONEY_ENTERERS,
    "roll_lists.waiting": CONFIRMERS,
}
