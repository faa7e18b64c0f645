"""Who may enter the pages and resources of disposals."""

from registry.permissions import Role
from tests.authorisation.roles import ENTERERS, READERS

#: Whoever owns asks: the clerks of units.
DISPOSAL_ENTERERS: frozenset[Role | None] = ENTERERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "disposals_api.gates": READERS,
    "disposals_api.gates_kept": READERS,
    "disposals_api.index": READERS,
    "disposals_api.lines": READERS,
    "disposals_api.one": READERS,
    "disposals_api.open_one": DISPOSAL_ENTERERS,
    "disposals_api.prices": READERS,
    "disposals_api.reports": READERS,
    "disposals_api.submit": DISPOSAL_ENTERERS,
    "disposals_api.withdraw": DISPOSAL_ENTERERS,
    "disposals_edit_api.add_price": DISPOSAL_ENTERERS,
    "disposals_edit_api.add_report": DISPOSAL_ENTERERS,
    "disposals_edit_api.attach_file": DISPOSAL_ENTERERS,
    "disposals_edit_api.attachment": READERS,
    "disposals_edit_api.attachments": READERS,
    "disposals_edit_api.change": DISPOSAL_ENTERERS,
    "disposals_edit_api.decide": DISPOSAL_ENTERERS,
}
