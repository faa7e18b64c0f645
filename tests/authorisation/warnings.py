"""Who may enter the pages and resources of warnings."""

from registry.permissions import Role
from tests.authorisation.roles import READERS, WARNING_ANSWERERS, WARNING_DESKS

ROUTES: dict[str, frozenset[Role | None]] = {
    "warning_hand_offs.answer": WARNING_ANSWERERS,
    "warning_hand_offs.file": READERS,
    "warning_hand_offs.index": READERS,
    "warning_hand_offs.judge": WARNING_DESKS,
    "warning_hand_offs.new": WARNING_DESKS,
    "warning_hand_offs.show": READERS,
    "warning_hand_offs.withdraw": WARNING_DESKS,
    "warnings.index": READERS,
    "warnings.show": READERS,
    "warnings_api.answer": WARNING_ANSWERERS,
    "warnings_api.file": READERS,
    "warnings_api.files": READERS,
    "warnings_api.hand_offs": READERS,
    "warnings_api.hand_on": WARNING_DESKS,
    "warnings_api.handed": READERS,
    "warnings_api.judge": WARNING_DESKS,
    "warnings_api.prove": WARNING_ANSWERERS,
    "warnings_api.warning": READERS,
    "warnings_api.warnings": READERS,
    "warnings_api.withdraw": WARNING_DESKS,
    "warnings_api.words": READERS,
}
