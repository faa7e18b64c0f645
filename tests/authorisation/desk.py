"""Who may enter the auditor's desk."""

from registry.permissions import Role
from tests.authorisation.roles import ADMINISTRATORS, TRAIL_EXPORTERS, TRAIL_VERIFIERS

#: No administrator has a token for programs.
_EXPORTERS, _VERIFIERS = TRAIL_EXPORTERS - ADMINISTRATORS, TRAIL_VERIFIERS - ADMINISTRATORS

ROUTES: dict[str, frozenset[Role | None]] = {
    "desk.bundle": TRAIL_EXPORTERS,
    "desk.bundle_bytes": TRAIL_EXPORTERS,
    "desk.bundles": TRAIL_EXPORTERS,
    "desk.compare": TRAIL_VERIFIERS,
    "desk.index": TRAIL_VERIFIERS,
    "desk.make_bundle": TRAIL_EXPORTERS,
    "desk.verify": TRAIL_VERIFIERS,
    "desk.verify_one_asset": TRAIL_VERIFIERS,
    "desk.verify_one_unit": TRAIL_VERIFIERS,
    "desk_api.check_one_asset": _VERIFIERS,
    "desk_api.check_one_unit": _VERIFIERS,
    "desk_api.compare": _VERIFIERS,
    "desk_api.print_paper": _VERIFIERS,
    "desk_api.reveals": _VERIFIERS,
    "desk_papers.edits": TRAIL_VERIFIERS,
    "desk_papers.leaving": TRAIL_VERIFIERS,
    "desk_papers.print_edits": TRAIL_VERIFIERS,
    "desk_papers.print_leaving": TRAIL_VERIFIERS,
    "desk_papers.reveals": TRAIL_VERIFIERS,
    "desk_papers.then": TRAIL_VERIFIERS,
    "evidence_bundles_api.ask": _EXPORTERS,
    "evidence_bundles_api.file": _EXPORTERS,
    "evidence_bundles_api.index": _EXPORTERS,
    "evidence_bundles_api.one": _EXPORTERS,
}
