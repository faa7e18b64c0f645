"""Reading of the register which warnings stand because of each asset on the day of freezing.

They are shown beside the evidence and bring no points: what they warn of is measured by the criteria already, and what
came of them is counted as a finding.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true

from registry.assets.custody.agreements.models import CustodyItem
from registry.assets.custody.faults.models import Fault
from registry.assets.register.cards.models import Asset
from registry.database import db
from registry.ledger.operation.contracts.models import ContractAsset
from registry.ledger.operation.equity.models import Equity
from registry.regions import log_of
from registry.supervision.evaluation.evidence import Span
from registry.supervision.warnings.models import RiskWarning
from registry.supervision.warnings.queries import find_progress
from registry.supervision.warnings.rules import Subject

#: How an asset hangs on what is warned of: the asset's column, the column that names the thing, and while what holds.
_HANGS: tuple[tuple[Subject, Any, Any, ColumnElement[bool]], ...] = (
    (Subject.ASSET, Asset.id, Asset.id, true()),
    (Subject.CONTRACT, ContractAsset.asset_id, ContractAsset.contract_id, ContractAsset.ended_on.is_(None)),
    (Subject.AGREEMENT, CustodyItem.asset_id, CustodyItem.agreement_id, CustodyItem.ended_on.is_(None)),
    (Subject.FAULT, Fault.asset_id, Fault.id, true()),
    (Subject.EQUITY, Equity.asset_id, Equity.id, true()),
)


def read_warnings(span: Span) -> Mapping[int, Counter[str]] | None:
    """Return how many warnings of each risk stand because of each asset of a county, its contracts, custody, faults.

    None of a county that was never asked for them: what nobody looked at is unknown, not sound.
    """
    if find_progress(log_of(span.region_code)) is None:
        return None
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for subject, asset_id, key, holds in _HANGS:
        stands = and_(
            RiskWarning.subject == subject.value, RiskWarning.subject_id == key, RiskWarning.closed_at.is_(None)
        )
        rows = select(asset_id, RiskWarning.risk, func.count(RiskWarning.id.distinct())).select_from(RiskWarning)
        rows = rows.join(key.class_, stands)
        rows = rows if key.class_ is Asset else rows.join(Asset, Asset.id == asset_id)
        rows = rows.where(span.here, holds).group_by(asset_id, RiskWarning.risk)
        for asset, risk, warnings in db.session.execute(rows):
            found[asset][risk] += int(warnings)
    return found
