"""What became of the differences that were led elsewhere: read from the things themselves, never copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import FaultStatus
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.assets.title.encumbrances.models import Encumbrance
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.kinds import DisposalStatus
from registry.supervision.stocktaking.models import StockDifference
from registry.supervision.stocktaking.rules import DifferenceState
from registry.text import N_


@dataclass(frozen=True)
class Fate:
    """What a difference became: the table and key of the thing, what it is called there, how it stands.

    ``failed``: it came to nothing, so the difference lies open again.
    """

    table: str = ""
    key: str = ""
    name: str = ""
    status: str = ""
    failed: bool = False
    over: bool = False


NOTHING = Fate()
T = TypeVar("T", Correction, DisposalCase, Asset, Encumbrance, Fault)
_CORRECTION_FAILED = frozenset({CorrectionStatus.REFUSED, CorrectionStatus.VOID})
_CASE_FAILED = frozenset({DisposalStatus.REJECTED, DisposalStatus.WITHDRAWN})


def fates_of(differences: Sequence[StockDifference]) -> dict[int, Fate]:
    """Return by difference what it became; one question for each kind of thing."""
    corrections = _by_id(Correction, (one.correction_id for one in differences))
    cases = _by_id(DisposalCase, (one.disposal_case_id for one in differences))
    cards = _by_id(Asset, (one.asset_id for one in differences))
    weights = _by_id(Encumbrance, (one.encumbrance_id for one in differences))
    faults = _by_id(Fault, (one.fault_id for one in differences))
    return {
        one.id: _correction(corrections.get(one.correction_id))
        or _case(cases.get(one.disposal_case_id))
        or _card(cards.get(one.asset_id))
        or _weight(weights.get(one.encumbrance_id))
        or _fault(faults.get(one.fault_id))
        or NOTHING
        for one in differences
    }


def is_open(difference: StockDifference, fate: Fate) -> bool:
    """Say whether a difference still waits for a way out."""
    return difference.stands is DifferenceState.OPEN or fate.failed


def _by_id(model: type[T], ids: Iterable[int | None]) -> dict[int | None, T]:
    wanted = {key for key in ids if key is not None}
    rows = db.session.scalars(select(model).where(model.id.in_(wanted))) if wanted else ()
    return {row.id: row for row in rows}


def _correction(row: Correction | None) -> Fate | None:
    if row is None:
        return None
    status = CorrectionStatus(row.status)
    failed, over = status in _CORRECTION_FAILED, status is CorrectionStatus.APPLIED
    return Fate("correction", str(row.id), "", status.label, failed, over)


def _case(row: DisposalCase | None) -> Fate | None:
    if row is None:
        return None
    failed, over = row.state in _CASE_FAILED, row.state is DisposalStatus.DONE
    return Fate("disposal_case", str(row.id), row.number, row.state.label, failed, over)


def _card(row: Asset | None) -> Fate | None:
    if row is None:
        return None
    failed, over = row.state is Stage.WITHDRAWN, row.state is Stage.CONFIRMED
    return Fate("asset", row.asset_no, row.asset_no, row.state.label, failed, over)


def _weight(row: Encumbrance | None) -> Fate | None:
    if row is None:
        return None
    over = bool(row.lifted_document)
    return Fate("encumbrance", str(row.id), row.document_no, N_("已解除") if over else N_("争议中"), over=over)


def _fault(row: Fault | None) -> Fate | None:
    if row is None:
        return None
    over = row.state in {FaultStatus.ACCEPTED, FaultStatus.ENDED}
    return Fate("fault", str(row.id), row.description[:40], row.state.label, over=over)
