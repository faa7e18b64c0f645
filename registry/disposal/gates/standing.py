"""What stands in the way of assets, asked for hundreds of them at once; whoever may see the case may know it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.cards.models import AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.certificates.queries import certificates_of
from registry.assets.title.encumbrances.queries import first_encumbrances
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.assets.title.rules import OPEN as OPEN_TITLE
from registry.assets.title.rules import LineDecision
from registry.bulk import chunks
from registry.database import db
from registry.disposal.cases.queries import busy_assets
from registry.ledger.books.models import Posting
from registry.ledger.distribution.plans.queries import free_by_asset
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import OUTSTANDING, DueKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis

_BINDING = [one.value for one in (ContractStatus.DECIDING, ContractStatus.AGREED, ContractStatus.RUNNING)]
_HELD = [
    one.value
    for one in (
        IncomeKind.DEPOSIT_TAKEN, IncomeKind.DEPOSIT_RETURNED, IncomeKind.PREPAYMENT, IncomeKind.PREPAYMENT_RETURNED
    )
]  # fmt: skip
_DEPOSITS = [IncomeKind.DEPOSIT_TAKEN.value, IncomeKind.DEPOSIT_RETURNED.value]


@dataclass(frozen=True)
class Standing:
    """What was found, by id of the asset."""

    cases: dict[int, str]
    encumbrances: dict[int, str]
    papers: dict[int, str]
    contracts: dict[int, str]
    owed: dict[int, int]
    held: dict[int, int]
    undistributed: dict[int, int]
    custodians: dict[int, str]
    posted: dict[int, date]


def standing_of(asset_ids: Sequence[int], on: date, *, besides: int, is_exit: bool = False) -> Standing:
    """Return what stands in the way of these assets on a day; ``besides`` is the case that asks.

    What leaves a company brings the principal back itself: it is owed no longer beside the price.
    """
    return Standing(
        cases=_cases(asset_ids, besides),
        encumbrances={
            asset_id: f"{EncumbranceKind(row.kind).label}（{row.holder}，{row.document_no}）"
            for some in chunks(asset_ids)
            for asset_id, row in first_encumbrances(some, on).items()
        },
        papers={asset_id: row.number for some in chunks(asset_ids) for asset_id, row in certificates_of(some).items()},
        contracts=_contracts(asset_ids),
        owed=_owed(asset_ids, on, ignoring=DueKind.PRINCIPAL if is_exit else None),
        held=_held(asset_ids),
        undistributed=free_by_asset(asset_ids, on),
        custodians=_custodians(asset_ids),
        posted=_posted(asset_ids),
    )


def _cases(asset_ids: Sequence[int], besides: int) -> dict[int, str]:
    """Other open cases: of disposal, of title, corrections that wait."""
    found = {asset_id: case.number for asset_id, case in busy_assets(asset_ids, besides=besides).items()}
    for some in chunks(asset_ids):
        titles = (
            select(TitleLine.asset_id, TitleCase.title)
            .join(TitleCase, TitleCase.id == TitleLine.case_id)
            .where(
                TitleLine.asset_id.in_(some), TitleLine.decision != LineDecision.LEFT_OUT.value,
                TitleCase.status.in_([one.value for one in OPEN_TITLE]),
            )
        )  # fmt: skip
        waiting = select(Correction.asset_id, Correction.reason).where(
            Correction.asset_id.in_(some), Correction.status == CorrectionStatus.WAITING.value
        )
        for asset_id, title in (*db.session.execute(titles), *db.session.execute(waiting)):
            found.setdefault(asset_id, title)
    return found


def _contracts(asset_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(asset_ids):
        rows = (
            select(ContractAsset.asset_id, Contract.name)
            .join(Contract, Contract.id == ContractAsset.contract_id)
            .where(
                ContractAsset.asset_id.in_(some), ContractAsset.ended_on.is_(None), Contract.status.in_(_BINDING)
            )
        )  # fmt: skip
        for asset_id, name in db.session.execute(rows.order_by(Contract.id)):
            found.setdefault(asset_id, name)
    return found


def _owed(asset_ids: Sequence[int], on: date, *, ignoring: DueKind | None) -> dict[int, int]:
    open_fen = DueShare.amount_fen - DueShare.settled_fen - DueShare.written_off_fen
    found: dict[int, int] = {}
    for some in chunks(asset_ids):
        rows = (
            select(DueShare.asset_id, func.sum(open_fen))
            .join(Due, Due.id == DueShare.due_id)
            .where(
                DueShare.asset_id.in_(some), Due.status.in_([one.value for one in OUTSTANDING]), Due.due_on <= on,
                Due.kind != (ignoring.value if ignoring else ""),
            )
            .group_by(DueShare.asset_id)
        )  # fmt: skip
        found |= {asset_id: int(fen) for asset_id, fen in db.session.execute(rows) if asset_id is not None and fen}
    return found


def _held(asset_ids: Sequence[int]) -> dict[int, int]:
    """Deposits, and money in advance that no due has claimed."""
    found: dict[int, int] = defaultdict(int)
    for some in chunks(asset_ids):
        rows = select(IncomeRow.asset_id, func.sum(IncomeRow.amount_fen)).where(
            IncomeRow.asset_id.in_(some), IncomeRow.kind.in_(_HELD), IncomeRow.basis != Basis.REPORTED.value,
            or_(IncomeRow.kind.in_(_DEPOSITS), IncomeRow.due_id.is_(None)),
        )  # fmt: skip
        for asset_id, fen in db.session.execute(rows.group_by(IncomeRow.asset_id)):
            found[asset_id] += max(int(fen), 0)
    return dict(found)


def _custodians(asset_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(asset_ids):
        rows = select(AssetRelation.asset_id, AssetRelation.name).where(
            AssetRelation.asset_id.in_(some), AssetRelation.kind == RelationKind.CUSTODIAN.value,
            AssetRelation.valid_to.is_(None),
        )  # fmt: skip
        found |= {row.asset_id: row.name for row in db.session.execute(rows)}
    return found


def _posted(asset_ids: Sequence[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for some in chunks(asset_ids):
        rows = select(Posting.asset_id, func.max(Posting.booked_on)).where(Posting.asset_id.in_(some))
        found |= {asset_id: day for asset_id, day in db.session.execute(rows.group_by(Posting.asset_id)) if asset_id}
    return found
