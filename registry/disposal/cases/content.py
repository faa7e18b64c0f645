"""What is decided on: a case with its lines as canonical JSON, and what makes it weighty."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.categories import INTERESTS
from registry.assets.register.registration import STANDING
from registry.assets.title.cases.queries import holders_of
from registry.audit.canonical import JsonValue, decode
from registry.database import db
from registry.disposal.cases.models import DisposalAppraisal, DisposalCase, DisposalLine
from registry.disposal.kinds import Extent
from registry.kinds import Subject
from registry.policy.procedures import Circumstances, Weight
from registry.regions import Level, ancestor, level_of

_SAID = (
    "kind", "ground", "title", "reason", "recipient_name", "recipient_code", "recipient_kind", "recipient_region",
    "agreed_fen", "share_bp", "exit_terms", "use_of_proceeds", "document_no", "is_whole_project", "is_sudden",
    "original_fen", "net_fen", "appraised_fen", "basis_fen", "route_key",
)  # fmt: skip


def content_of(case: DisposalCase, lines: Sequence[DisposalLine], report: DisposalAppraisal | None) -> JsonValue:
    """Return exactly what is decided on: nothing in it changes unless the decision would be another."""
    said: dict[str, JsonValue] = {name: getattr(case, name) for name in _SAID}
    return {
        **said,
        "effective_on": case.effective_on.isoformat(),
        "plans": decode(case.plans),
        "report": _report(report) if report else None,
        "lines": [_line(line) for line in lines],
    }


def _report(report: DisposalAppraisal) -> JsonValue:
    return {
        "agency": report.agency,
        "report_no": report.report_no,
        "value_fen": report.value_fen,
        "appraised_on": report.appraised_on.isoformat(),
        "valid_until": report.valid_until.isoformat(),
    }


def _line(line: DisposalLine) -> JsonValue:
    return {
        "asset_no": line.asset.asset_no,
        "name": line.asset.name,
        "extent": line.extent,
        "quantity_milli": line.quantity_milli,
        "holder": line.holder_id,
        "share_bp": line.share_bp,
        "decision": line.decision,
        "reason": line.reason,
        "original_fen": line.original_fen,
        "net_fen": line.net_fen,
    }


def owner_units(case: DisposalCase, lines: Sequence[DisposalLine]) -> tuple[str, ...]:
    """Return the units of everybody whose property it is, the case's own first; of a share, its holder's only."""
    return units_of(case, lines, holders_of([line.asset_id for line in lines]))


def units_of(
    case: DisposalCase, lines: Sequence[DisposalLine], holders: Mapping[int, Sequence[AssetOwner]]
) -> tuple[str, ...]:
    """Return the units of these holders, the case's own first; of a share, its holder's only."""
    shares = {line.holder_id for line in lines if line.holder_id is not None}
    rows = [row for found in holders.values() for row in found if not shares or row.party_id in shares]
    return tuple(dict.fromkeys([case.region_code, *sorted(row.party.region_code for row in rows)]))


def weights_of(case: DisposalCase, lines: Sequence[DisposalLine], units: Sequence[str]) -> frozenset[Weight]:
    """Return what makes a case weighty whatever its value."""
    found = set[Weight]()
    if case.meaning.removes and any(line.asset.subtype_row.real_estate for line in lines):
        found.add(Weight.REAL_ESTATE)
    if case.is_whole_project or is_whole_project(lines):
        found.add(Weight.WHOLE_PROJECT)
    if any(line.asset.subtype_row.nature in INTERESTS for line in lines) or case.share_bp:
        found.add(Weight.EQUITY)
    if level_of(case.region_code) is Level.MUNICIPALITY:
        found.add(Weight.MUNICIPAL)
    elif len({ancestor(unit, Level.COUNTY) for unit in units}) > 1:
        found.add(Weight.CROSS_DISTRICT)
    return frozenset(found)


def is_whole_project(lines: Sequence[DisposalLine]) -> bool:
    """Say whether a case takes everything that a project of several assets left behind."""
    projects = {line.asset.project_id for line in lines}
    if len(projects) != 1 or None in projects or not all(line.how_much is Extent.WHOLE for line in lines):
        return False
    standing = select(func.count()).select_from(Asset).where(
        Asset.project_id == lines[0].asset.project_id, Asset.stage.in_([one.value for one in STANDING])
    )  # fmt: skip
    return len(lines) > 1 and (db.session.scalar(standing) or 0) == len(lines)


def circumstances_of(case: DisposalCase, basis_fen: int, weights: frozenset[Weight]) -> Circumstances:
    """Return what chooses the route of a case."""
    return Circumstances(
        Subject.DISPOSAL, case.kind, case.asset_category, case.holder_kind, basis_fen, weights
    )  # fmt: skip
