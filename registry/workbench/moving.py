"""What an ended unit managed goes over to its heir: every row that bears its code, in one event per log.

What is never altered once written (value changes, money lines, vouchers, remarks, files, prints) keeps the unit it was
written in; it is read through the asset, book or plan, which has moved.
"""

from sqlalchemy import or_, select

from registry.approvals.notices.models import Notice, Objection
from registry.approvals.requests.models import ApprovalQuery, ApprovalRequest, ApprovalStep, Delegation
from registry.assets.custody.agreements.models import CustodyAgreement, CustodyItem
from registry.assets.custody.faults.models import Fault
from registry.assets.custody.posts.models import PublicPost
from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.rules import CorrectionStatus
from registry.assets.register.cards.index import moving
from registry.assets.register.cards.models import Asset, AssetOwner, AssetRelation, Interest
from registry.assets.register.sheets.models import ImportBatch
from registry.assets.register.sheets.redirecting import redirect_chunks
from registry.assets.title.cases.models import TitleCase, TitleLine, TitleOwner
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.encumbrances.models import Encumbrance
from registry.audit.actions import Action
from registry.audit.services import record
from registry.changes import Audited
from registry.database import db
from registry.disposal.cases.models import DisposalCase, DisposalLine
from registry.disposal.prices.models import DisposalPrice
from registry.disposal.procedure.models import HouseholdDisposal
from registry.disposal.proceeds.models import Proceeds, ProceedsReceiptDraft, ProceedsUse
from registry.ledger.books.models import (
    Accrual,
    Book,
    BookPeriod,
    DraftLine,
    Reopening,
    VoucherDraft,
)
from registry.ledger.distribution.payout.models import PayoutLine, PayoutOrder
from registry.ledger.distribution.plans.benefits import moving_benefits
from registry.ledger.distribution.plans.models import Plan, PlanCost, PlanIncome, PlanUse
from registry.ledger.distribution.plans.use_sums import counting_uses
from registry.ledger.distribution.rolls.models import BeneficiaryStatus, RollChange, RollChangeLine
from registry.ledger.distribution.work.models import WorkRecord
from registry.ledger.operation.arrears.models import WriteOff
from registry.ledger.operation.contracts.models import Contract, ContractAsset, ContractShare, OperatorOfficer
from registry.ledger.operation.dues.models import Due, DueShare
from registry.ledger.operation.dues.sums import moving as moving_dues
from registry.ledger.operation.equity.models import Equity, EquityRight
from registry.ledger.operation.receipts.models import PrepaidLeft, Receipt
from registry.parties.households.models import AccountChange, Household, Person, ShareHolding, Stay
from registry.parties.households.queries import next_serial
from registry.parties.models import Party
from registry.permissions import Actor
from registry.places.queries import get_region
from registry.regions import moved_with
from registry.supervision.duties.services import end_duties
from registry.supervision.engagements.models import Engagement
from registry.supervision.evaluation.models import EvaluationLine
from registry.supervision.findings.models import Finding
from registry.supervision.sampling.models import Sample, SampleItem
from registry.supervision.stocktaking.models import StockDifference, StockLine, StockSheet
from registry.supervision.warnings.models import WarningHandOff
from registry.supervision.warnings.services import move_desks

#: Rows that follow beside the assets themselves, which change sums and search too.
FOLLOWING: tuple[type[Audited], ...] = (
    AssetOwner, AssetRelation, Interest, Correction, LegacyFact, Party, ImportBatch, ApprovalRequest, ApprovalStep,
    ApprovalQuery, Delegation, Notice, Objection, TitleCase, TitleLine, TitleOwner, TitleCertificate, Encumbrance,
    CustodyAgreement, CustodyItem, Fault, PublicPost,
    Book, BookPeriod, Accrual, Reopening, VoucherDraft, DraftLine,
    Contract, ContractAsset, ContractShare, OperatorOfficer, Due, DueShare, Equity, EquityRight, Receipt, WriteOff,
    Household, Person, Stay, ShareHolding, AccountChange, BeneficiaryStatus, RollChange, RollChangeLine,
    StockSheet, StockLine, StockDifference, Finding, Engagement, Sample, SampleItem, EvaluationLine,
    DisposalCase, DisposalLine, DisposalPrice, HouseholdDisposal, Proceeds, ProceedsReceiptDraft, ProceedsUse,
    WarningHandOff, WorkRecord, Plan, PlanUse, PlanIncome, PlanCost, PayoutOrder, PayoutLine,
)  # fmt: skip


def hand_over(old: str, new: str, *, by: Actor) -> int:
    """Hand everything an ended unit managed to the unit that took over; returns how many assets moved."""
    undecided = _undecided(old)
    moved, taken = _move_assets(old, new), next_serial(new) - 1
    rows = [row for model in FOLLOWING for row in db.session.scalars(select(model).where(model.region_code == old))]
    with (
        moving_dues([row for row in rows if isinstance(row, Due)]), moving_benefits(old, new),
        counting_uses([row for row in rows if isinstance(row, Plan)]),
    ):  # fmt: skip
        for row in rows:
            row.region_code = new
            if isinstance(row, Household):
                row.serial += taken  # a number is borne once in a unit: those who come are counted on
    db.session.flush()
    for correction, asset in undecided:
        # The move altered nothing that was asked for or agreed to, so the request is as fresh as it was.
        correction.asset_version = asset.version_id
    _move_owners(old, new)
    _move_desks(old, new)
    move_desks(old, new)
    _move_menders(old, new)
    _move_waiting(old, new)
    end_duties(old)
    redirect_chunks(old, new)
    record(Action.ASSETS_MOVED, get_region(old), by=by, facts={"into": new, "assets": moved, "rows": len(rows)})
    return moved


def _move_assets(old: str, new: str) -> int:
    assets = list(db.session.scalars(select(Asset).where(Asset.region_code == old).order_by(Asset.id)))
    with moving(assets):
        for asset in assets:
            asset.region_code = new
    return len(assets)


def _undecided(region_code: str) -> list[tuple[Correction, Asset]]:
    """Return the corrections that wait for a decision on a card nobody has changed since."""
    rows = (
        select(Correction, Asset)
        .join(Asset, Asset.id == Correction.asset_id)
        .where(
            Asset.region_code == region_code,
            Correction.status == CorrectionStatus.WAITING.value,
            Correction.asset_version == Asset.version_id,
        )
    )
    return [(correction, asset) for correction, asset in db.session.execute(rows)]


def _move_desks(old: str, new: str) -> None:
    """Let steps that lie in the ended unit, or above it, lie in its heir, or above that."""
    at_old = or_(ApprovalStep.seat_code == old, ApprovalStep.desk_code == old, ApprovalStep.region_code == new)
    for step in db.session.scalars(select(ApprovalStep).where(at_old)):
        step.seat_code, step.desk_code = moved_with(step.seat_code, old, new), moved_with(step.desk_code, old, new)
    there = or_(ApprovalRequest.desk_code == old, ApprovalRequest.region_code == new)
    for request in db.session.scalars(select(ApprovalRequest).where(there, ApprovalRequest.desk_code != "")):
        request.desk_code = moved_with(request.desk_code, old, new)
        request.above_code = moved_with(request.above_code, old, new)


def _move_menders(old: str, new: str) -> None:
    """Let what the ended unit had to mend, or the unit above it, be mended by its heir, or above that."""
    for finding in db.session.scalars(select(Finding).where(Finding.region_code == new)):
        finding.mender_code = moved_with(finding.mender_code, old, new)


def _move_waiting(old: str, new: str) -> None:
    """Let money in advance wait on the heir's desk."""
    for row in db.session.scalars(select(PrepaidLeft).where(PrepaidLeft.region_code == old)):
        row.region_code = new


def _move_owners(old: str, new: str) -> None:
    """Let the owners' own units follow: what was another unit's owner may be one's own now, and the reverse."""
    rows = select(AssetOwner).where(AssetOwner.foreign_region.in_((old, new)), AssetOwner.valid_to.is_(None))
    for row in db.session.scalars(rows):
        row.foreign_region = None if row.region_code == new else new
