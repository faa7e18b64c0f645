"""How a person calls what a deed was about: one question for each table, however many deeds."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from registry.approvals.notices.models import Notice
from registry.approvals.requests.models import ApprovalRequest
from registry.assets.custody.faults.models import Fault
from registry.assets.register.amendments.models import Correction
from registry.assets.register.cards.models import Asset
from registry.assets.register.projects.models import Project
from registry.database import db
from registry.disposal.cases.models import DisposalCase
from registry.disposal.proceeds.models import Proceeds, ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse
from registry.ledger.books.models import Book, BookPeriod, Reopening, Voucher, VoucherDraft
from registry.ledger.distribution.payout.models import PayoutOrder
from registry.ledger.distribution.plans.models import Plan
from registry.ledger.operation.arrears.models import DemandLetter, WriteOff
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.dues.models import Due
from registry.ledger.operation.equity.models import Equity
from registry.ledger.operation.receipts.models import Receipt
from registry.parties.models import Party
from registry.places.models import Region
from registry.supervision.duties.models import DutyHolder
from registry.supervision.engagements.models import Engagement
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.findings.models import Finding
from registry.supervision.periods.models import MonthFigures
from registry.supervision.sampling.models import Sample, SampleItem
from registry.supervision.stocktaking.models import StockCampaign, StockLine
from registry.supervision.warnings.models import WarningHandOff

#: Row of the trail, as it names a thing: table and key.
Named = tuple[str, str]
#: Table → key and name of its things.
_NAMES: dict[str, Select[int, str]] = {
    "asset": select(Asset.id, Asset.name),
    "correction": select(Correction.id, Asset.name).join(Asset, Asset.id == Correction.asset_id),
    "fault": select(Fault.id, Asset.name).join(Asset, Asset.id == Fault.asset_id),
    "project": select(Project.id, Project.name),
    "party": select(Party.id, Party.name),
    "notice": select(Notice.id, Notice.title),
    "approval_request": select(ApprovalRequest.id, ApprovalRequest.title),
    "contract": select(Contract.id, Contract.name),
    "equity": select(Equity.id, Party.name).join(Party, Party.id == Equity.investee_id),
    "receipt": select(Receipt.id, Asset.name).join(Asset, Asset.id == Receipt.asset_id),
    "due": select(Due.id, Due.debtor_name),
    "demand_letter": select(DemandLetter.id, Due.debtor_name).join(Due, Due.id == DemandLetter.due_id),
    "write_off": select(WriteOff.id, Due.debtor_name).join(Due, Due.id == WriteOff.due_id),
    "book": select(Book.id, Party.name).join(Party, Party.id == Book.party_id),
    "book_period": select(BookPeriod.id, Party.name).join(Book, Book.id == BookPeriod.book_id)
    .join(Party, Party.id == Book.party_id),
    "book_reopening": select(Reopening.id, Party.name).join(Book, Book.id == Reopening.book_id)
    .join(Party, Party.id == Book.party_id),
    "voucher": select(Voucher.id, Voucher.summary),
    "voucher_draft": select(VoucherDraft.id, VoucherDraft.summary),
    "plan": select(Plan.id, Plan.title),
    "disposal_case": select(DisposalCase.id, DisposalCase.title),
    **{
        model.__tablename__: select(model.id, DisposalCase.title)
        .join(Proceeds, Proceeds.id == model.proceeds_id)
        .join(DisposalCase, DisposalCase.id == Proceeds.case_id)
        for model in (ProceedsReceipt, ProceedsReceiptDraft, ProceedsUse)
    },
    "proceeds": select(Proceeds.id, DisposalCase.title).join(DisposalCase, DisposalCase.id == Proceeds.case_id),
    "payout_order": select(PayoutOrder.id, PayoutOrder.number),
    "duty_holder": select(DutyHolder.id, DutyHolder.name),
    "finding": select(Finding.id, Finding.problem),
    "engagement": select(Engagement.id, Engagement.agency),
    "evaluation": select(Evaluation.id, Evaluation.title),
    "evaluation_line": select(EvaluationLine.id, EvaluationLine.name),
    "month_figures": select(MonthFigures.id, Region.name).join(Region, Region.region_code == MonthFigures.region_code),
    "sample": select(Sample.id, Sample.number),
    "sample_item": select(SampleItem.id, SampleItem.name),
    "stock_campaign": select(StockCampaign.id, StockCampaign.title),
    "stock_line": select(StockLine.id, StockLine.name),
    "warning_hand_off": select(WarningHandOff.id, WarningHandOff.title),
}  # fmt: skip


def names_of_things(things: Iterable[Named]) -> dict[Named, str]:
    """Return the present names of things that deeds were about; those without a name are left out."""
    wanted: dict[str, set[int]] = {}
    for table, key in things:
        if table in _NAMES and key.isdigit():
            wanted.setdefault(table, set()).add(int(key))
    return {
        (table, str(key)): name
        for table, keys in wanted.items()
        for key, name in db.session.execute(_named(table, keys))
    }


def _named(table: str, keys: set[int]) -> Select[int, str]:
    rows = _NAMES[table]
    return rows.where(rows.selected_columns[0].in_(keys))
