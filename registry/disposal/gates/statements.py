"""What the gates ask the tables about assets, said once and for all: many things in one statement, built only once."""

from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from registry.assets.custody.faults.models import Fault
from registry.assets.custody.faults.rules import FaultStatus
from registry.assets.register.amendments.models import Correction
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.cards.models import AssetRelation
from registry.assets.register.cards.parts import RelationKind
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.rules import OPEN as OPEN_TITLE
from registry.assets.title.rules import LineDecision as TitleDecision
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.kinds import OPEN, LineDecision
from registry.ledger.books.models import Posting
from registry.ledger.operation.contracts.kinds import ContractStatus
from registry.ledger.operation.contracts.models import Contract, ContractAsset
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.kinds import OUTSTANDING
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.ledger.operation.receipts.rules import Basis

Asked: TypeAlias = Select[*tuple[Any, ...]]
Joined: TypeAlias = CompoundSelect[*tuple[Any, ...]]
#: What a row of NAMED tells of, in the order in which one goes before another; and a row of SUMS.
DISPOSAL, TITLE, CORRECTION, CONTRACT, CUSTODIAN, REPAIR, REFUSED_REPAIR = range(7)
OWED, HELD = range(2)
_BINDING = [one.value for one in (ContractStatus.DECIDING, ContractStatus.AGREED, ContractStatus.RUNNING)]
_DEPOSITS = [IncomeKind.DEPOSIT_TAKEN.value, IncomeKind.DEPOSIT_RETURNED.value]
_HELD = [*_DEPOSITS, IncomeKind.PREPAYMENT.value, IncomeKind.PREPAYMENT_RETURNED.value]
#: The assets asked about; the case that asks; the day; a kind of due that is not counted.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_BESIDES: BindParameter[int] = bindparam("besides")
_ON: BindParameter[date] = bindparam("on")
_IGNORING: BindParameter[str] = bindparam("ignoring")

_disposals: Asked = (
    select(literal_column(str(DISPOSAL)).label("what"), DisposalLine.asset_id, DisposalCase.id, DisposalCase.number)
    .join(DisposalCase, DisposalCase.id == DisposalLine.case_id)
    .where(
        DisposalLine.asset_id.in_(_IDS), DisposalLine.decision == LineDecision.TAKEN.value,
        DisposalCase.status.in_([one.value for one in OPEN]), DisposalCase.id != _BESIDES,
    )
)  # fmt: skip
_titles: Asked = (
    select(literal_column(str(TITLE)), TitleLine.asset_id, TitleCase.id, TitleCase.title)
    .join(TitleCase, TitleCase.id == TitleLine.case_id)
    .where(
        TitleLine.asset_id.in_(_IDS), TitleLine.decision != TitleDecision.LEFT_OUT.value,
        TitleCase.status.in_([one.value for one in OPEN_TITLE]),
    )
)  # fmt: skip
_corrections: Asked = select(
    literal_column(str(CORRECTION)), Correction.asset_id, Correction.id, Correction.reason
).where(Correction.asset_id.in_(_IDS), Correction.status == CorrectionStatus.WAITING.value)
_contracts: Asked = (
    select(literal_column(str(CONTRACT)), ContractAsset.asset_id, Contract.id, Contract.name)
    .join(Contract, Contract.id == ContractAsset.contract_id)
    .where(ContractAsset.asset_id.in_(_IDS), ContractAsset.ended_on.is_(None), Contract.status.in_(_BINDING))
)
_custodians: Asked = select(
    literal_column(str(CUSTODIAN)), AssetRelation.asset_id, AssetRelation.id, AssetRelation.name
).where(
    AssetRelation.asset_id.in_(_IDS), AssetRelation.kind == RelationKind.CUSTODIAN.value,
    AssetRelation.valid_to.is_(None),
)  # fmt: skip
_which_repair = case((Fault.status == FaultStatus.REOPENED.value, REFUSED_REPAIR), else_=REPAIR)
_repairs: Asked = select(_which_repair, Fault.asset_id, Fault.id, Fault.description).where(
    Fault.asset_id.in_(_IDS), Fault.is_underway()
)
#: What, asset, number of the row, name: everything open that has a name.
NAMED: Joined = union_all(_disposals, _titles, _corrections, _contracts, _custodians, _repairs)

_owed: Asked = (
    select(
        literal_column(str(OWED)).label("what"), DueShare.asset_id,
        func.sum(DueShare.amount_fen - DueShare.settled_fen - DueShare.written_off_fen),
    )
    .join(Due, Due.id == DueShare.due_id)
    .where(
        DueShare.asset_id.in_(_IDS), Due.status.in_([one.value for one in OUTSTANDING]), Due.due_on <= _ON,
        Due.kind != _IGNORING,
    )
    .group_by(DueShare.asset_id)
)  # fmt: skip
#: Deposits, and money in advance that no due has claimed.
_held: Asked = (
    select(literal_column(str(HELD)), IncomeRow.asset_id, func.sum(IncomeRow.amount_fen))
    .where(
        IncomeRow.asset_id.in_(_IDS), IncomeRow.kind.in_(_HELD), IncomeRow.basis != Basis.REPORTED.value,
        or_(IncomeRow.kind.in_(_DEPOSITS), IncomeRow.due_id.is_(None)),
    )
    .group_by(IncomeRow.asset_id)
)  # fmt: skip
#: What, asset, fen.
SUMS: Joined = union_all(_owed, _held)
#: Asset and the newest day on which something about it was posted.
POSTED: Asked = (
    select(Posting.asset_id, func.max(Posting.booked_on)).where(Posting.asset_id.in_(_IDS)).group_by(Posting.asset_id)
)
