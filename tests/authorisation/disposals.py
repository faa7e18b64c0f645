"""Who may enter the pages and resources of disposals."""

from registry.permissions import Role
from tests.authorisation.roles import ENTERERS, READERS

#: Whoever owns asks: the clerks of units.
DISPOSAL_ENTERERS: frozenset[Role | None] = ENTERERS

ROUTES: dict[str, frozenset[Role | None]] = {
    "disposal_edit.autosave": DISPOSAL_ENTERERS,
    "disposal_edit.drop": DISPOSAL_ENTERERS,
    "disposal_edit.facts": DISPOSAL_ENTERERS,
    "disposal_edit.files": DISPOSAL_ENTERERS,
    "disposal_edit.new": DISPOSAL_ENTERERS,
    "disposal_edit.report": DISPOSAL_ENTERERS,
    "disposal_lines.index": DISPOSAL_ENTERERS,
    "disposal_lines.line": DISPOSAL_ENTERERS,
    "disposal_prices.price": DISPOSAL_ENTERERS,
    "disposal_prices.result": ENTERERS,
    "disposals.file": READERS,
    "disposals.index": READERS,
    "disposals.price_file": READERS,
    "disposals.show": READERS,
    "disposals.submit": DISPOSAL_ENTERERS,
    "disposals.withdraw": DISPOSAL_ENTERERS,
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
