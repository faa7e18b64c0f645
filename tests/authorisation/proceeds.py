"""Who may enter the pages and resources of earmarked money."""

from registry.permissions import Role
from tests.authorisation.roles import ENTERERS, LEDGER_READERS, UPPER_CONFIRMERS

#: The second person of a disposal: heads of units.
SECOND: frozenset[Role | None] = UPPER_CONFIRMERS | {Role.VILLAGE_HEAD}

ROUTES: dict[str, frozenset[Role | None]] = {
    "proceeds.index": LEDGER_READERS,
    "proceeds.receipt": LEDGER_READERS,
    "proceeds.receipt_file": LEDGER_READERS,
    "proceeds.receive": ENTERERS,
    "proceeds.refuse_entry": SECOND,
    "proceeds.show": LEDGER_READERS,
    "proceeds.take": SECOND,
    "proceeds_uses.agree": SECOND,
    "proceeds_uses.confirm": SECOND,
    "proceeds_uses.file": LEDGER_READERS,
    "proceeds_uses.keep": SECOND,
    "proceeds_uses.new": ENTERERS,
    "proceeds_uses.papers": ENTERERS,
    "proceeds_uses.refuse": SECOND,
    "proceeds_uses.show": LEDGER_READERS,
    "proceeds_uses.undo": ENTERERS,
    "proceeds_api.drafts": LEDGER_READERS,
    "proceeds_api.index": LEDGER_READERS,
    "proceeds_api.one": LEDGER_READERS,
    "proceeds_api.receipts": LEDGER_READERS,
    "proceeds_api.receive": ENTERERS,
    "proceeds_api.refuse": SECOND,
    "proceeds_api.sums": LEDGER_READERS,
    "proceeds_api.take": SECOND,
    "proceeds_uses_api.agree": SECOND,
    "proceeds_uses_api.attach": ENTERERS,
    "proceeds_uses_api.attachment": LEDGER_READERS,
    "proceeds_uses_api.attachments": LEDGER_READERS,
    "proceeds_uses_api.confirm": SECOND,
    "proceeds_uses_api.enter": ENTERERS,
    "proceeds_uses_api.index": LEDGER_READERS,
    "proceeds_uses_api.keep": SECOND,
    "proceeds_uses_api.of_asset": LEDGER_READERS,
    "proceeds_uses_api.one": LEDGER_READERS,
    "proceeds_uses_api.refuse": SECOND,
    "proceeds_uses_api.undo": ENTERERS,
}
