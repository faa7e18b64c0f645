"""Who may enter the pages on which disposals are carried out, and what is recorded beside the levels."""

from registry.permissions import Role
from tests.authorisation.roles import ENTERERS, READERS

_R = Role
#: The second persons of a disposal: heads of units, and those above them.
DISPOSAL_HEADS: frozenset[Role | None] = frozenset(
    {_R.VILLAGE_HEAD, _R.TOWNSHIP_SUPERVISOR, _R.COUNTY_AGRICULTURE, _R.MUNICIPAL_SUPERVISOR}
)

ROUTES: dict[str, frozenset[Role | None]] = {
    "disposal_deeds.decide_past": DISPOSAL_HEADS,
    "disposal_deeds.execute": DISPOSAL_HEADS,
    "disposal_deeds.household": ENTERERS,
    "disposal_deeds.loss": ENTERERS,
    "disposal_deeds.note": DISPOSAL_HEADS,
    "disposal_deeds.paper": READERS,
    "disposal_deeds.past": ENTERERS,
    "disposal_deeds_api.execute": DISPOSAL_HEADS,
    "disposal_deeds_api.execution": READERS,
}
