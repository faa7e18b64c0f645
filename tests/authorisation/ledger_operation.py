"""Who may enter the pages and resources of contracts, dues and equity."""

from registry.permissions import Role
from tests.authorisation.roles import ENTERERS, PRINTERS

_R = Role
#: Who checks what somebody else entered of money.
CHECKERS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_ACCOUNTANT, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE}
)
READERS = PRINTERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "contract_deeds.confirm": CHECKERS,
    "contract_deeds.due": READERS,
    "contract_deeds.end": ENTERERS,
    "contract_deeds.file": READERS,
    "contract_deeds.late_fee": ENTERERS,
    "contract_deeds.refuse": CHECKERS,
    "contract_deeds.result": ENTERERS,
    "contract_deeds.sign": ENTERERS,
    "contract_deeds.submit": ENTERERS,
    "contract_deeds.void": ENTERERS,
    "contracts.asset": READERS,
    "contracts.edit": ENTERERS,
    "contracts.file": READERS,
    "contracts.follow": ENTERERS,
    "contracts.index": READERS,
    "contracts.new": ENTERERS,
    "contracts.show": READERS,
    "contracts.terms": ENTERERS,
    "contracts_api.draft": ENTERERS,
    "contracts_api.dues": READERS,
    "contracts_api.end": ENTERERS,
    "contracts_api.index": READERS,
    "contracts_api.one": READERS,
    "contracts_api.sign": ENTERERS,
    "contracts_api.submit": ENTERERS,
    "contracts_api.void": ENTERERS,
    "equity.confirm": CHECKERS,
    "equity.dividend": ENTERERS,
    "equity.file": READERS,
    "equity.give": ENTERERS,
    "equity.index": READERS,
    "equity.leave": ENTERERS,
    "equity.move": ENTERERS,
    "equity.new": ENTERERS,
    "equity.show": READERS,
    "equity.void": ENTERERS,
    "equity_api.index": READERS,
    "equity_api.one": READERS,
    "equity_api.rights": READERS,
    "reviews.index": READERS,
    "reviews.review": ENTERERS,
    "reviews.year": ENTERERS,
}
