"""The words behind the codes that stand in the trail: each is its own feature's."""

from sqlalchemy import select

from registry.accounts.models import User
from registry.approvals.meetings.kinds import Majority, Matter, MeetingKind, StageKind
from registry.approvals.notices.objecting import Channel, Finding, Ground, ObjectionState
from registry.approvals.notices.rules import NoticeKind, NoticeState
from registry.approvals.requests.rules import Capacity
from registry.approvals.requests.states import RequestStatus, StepStatus, Verdict
from registry.assets.custody.agreements.rules import AgreementStatus, AnswerWay, Condition
from registry.assets.custody.faults.rules import FaultStatus, Payer, Severity
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.custody.patrols.rules import PatrolKind, PatrolResult
from registry.assets.custody.posts.rules import PostStatus
from registry.assets.register.amendments.rules import CorrectionKind, CorrectionStatus, LegacyKind
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import RelationKind
from registry.assets.register.categories import (
    BY_CODE,
    AccountingSystem,
    IndustryClass,
    OperatingMode,
    Publicity,
    ReturnKind,
    TitleStatus,
    UseStatus,
)
from registry.assets.register.funding import FundingLevel, FundingSource
from registry.assets.register.projects.models import Project
from registry.assets.register.projects.rules import ProjectStatus
from registry.assets.register.registration import DatePrecision, DepreciationMethod, Stage, ValueKind
from registry.assets.register.rights.rules import LineageKind
from registry.assets.register.sheets.fields import TableKind
from registry.assets.register.sheets.models import BatchStatus
from registry.assets.title.certificates.rules import CertificateKind
from registry.assets.title.encumbrances.rules import EncumbranceKind
from registry.assets.title.rules import CaseStatus, LineDecision, Verification
from registry.assets.title.rules import Condition as HandedOver
from registry.database import db
from registry.disposal.gates.kinds import Moment
from registry.disposal.kinds import DisposalKind, DisposalStatus, Extent
from registry.disposal.kinds import Ground as DisposalGround
from registry.disposal.kinds import LineDecision as DisposalLineDecision
from registry.disposal.prices.kinds import PriceVerdict, TradeWay
from registry.disposal.procedure.kinds import HouseholdAct, NoteStatus
from registry.disposal.proceeds.kinds import Destination, Purpose
from registry.disposal.proceeds.kinds import ReceiptStatus as ProceedsReceiptStatus
from registry.disposal.proceeds.kinds import UseStatus as ProceedsUseStatus
from registry.evidence.rules import EvidenceKind, MediaType
from registry.kinds import Category, NoticeDays, OwnerKind, Sector, Subject, TitleDeed
from registry.ledger.books.accounts import ChartVersion, Detail
from registry.ledger.books.entries import BookDeed
from registry.ledger.books.periods.rules import ReopeningAnswer
from registry.ledger.books.rules import BookKind, DraftState, PeriodState
from registry.ledger.distribution.payout.rules import LineStatus, Method, OrderStatus, Received, ResultKind
from registry.ledger.distribution.plans.pool import ScopeKind
from registry.ledger.distribution.plans.rules import PlanStatus
from registry.ledger.distribution.plans.shares import Basis as SplitBasis
from registry.ledger.distribution.plans.shares import Entitlement
from registry.ledger.distribution.plans.uses import UseKind
from registry.ledger.distribution.rolls.changes import ChangeStatus, ReasonCode, ReviewVerdict
from registry.ledger.distribution.rolls.rules import BeneficiaryClass
from registry.ledger.distribution.work.rules import WorkKind, WorkStatus
from registry.ledger.operation.arrears.rules import DemandWay, WriteOffStatus
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus, LinkKind, OfficerKind, ShareBasis
from registry.ledger.operation.equity.kinds import ContributionKind, EquityStatus
from registry.ledger.operation.equity.kinds import ReturnKind as DividendKind
from registry.ledger.operation.kinds import DueKind, DueStatus, Frequency, RentKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.rules import Basis, ReceiptStatus
from registry.parties.households.rules import AccountStatus, HouseholdStatus, Labour, Parting, Relation, ShareKind
from registry.parties.models import Party
from registry.permissions import Role
from registry.policy.parameters import Parameter
from registry.policy.procedures import StepKind
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import Bound, PolicyStatus
from registry.regions import Level
from registry.reports.names import ReportName
from registry.reports.supervision_words import SUPERVISION_WORDS
from registry.supervision.duties.catalogue import BY_CODE as DUTIES_BY_CODE
from registry.text import Labelled

WORDS: dict[str, type[Labelled]] = {
    "above_role": Role,
    "accounting_system": AccountingSystem,
    "capacity": Capacity,
    "desk_role": Role,
    "seat_role": Role,
    "step_kind": StepKind,
    "subject": Subject,
    "verdict": Verdict,
    "approval_request.deed": TitleDeed,
    "beneficiary_class": BeneficiaryClass,
    "beneficiary_status.end_reason": ReasonCode,
    "beneficiary_status.reason": ReasonCode,
    "account_change.status": AccountStatus,
    "household.status": HouseholdStatus,
    "labour": Labour,
    "parting": Parting,
    "relation": Relation,
    "roll_change.status": ChangeStatus,
    "roll_change_line.reason": ReasonCode,
    "roll_review.verdict": ReviewVerdict,
    "share_holding.kind": ShareKind,
    "approval_request.status": RequestStatus,
    "approval_step.kind": StepKind,
    "approval_step.status": StepStatus,
    "answer_way": AnswerWay,
    "acquired_precision": DatePrecision,
    "category": Category,
    "depreciation_method": DepreciationMethod,
    "industry_class": IndustryClass,
    "level": FundingLevel,
    "media_type": MediaType,
    "operating_mode": OperatingMode,
    "pay_period": PayPeriod,
    "pay_source": PaySource,
    "payer": Payer,
    "owner_kind": OwnerKind,
    "publicity": Publicity,
    "report": ReportName,
    "return_kind": ReturnKind,
    "role": Role,
    "sector": Sector,
    "severity": Severity,
    "receipt.kind": IncomeKind,
    "receipt.basis": Basis,
    "receipt.status": ReceiptStatus,
    "income_row.kind": IncomeKind,
    "income_row.basis": Basis,
    "demand_letter.way": DemandWay,
    "write_off.status": WriteOffStatus,
    "source": FundingSource,
    "stage": Stage,
    "title_status": TitleStatus,
    "use_status": UseStatus,
    "book.chart": ChartVersion,
    "book.kind": BookKind,
    "book_period.state": PeriodState,
    "book_reopening.answer": ReopeningAnswer,
    "period_accrual.deed": BookDeed,
    "posting.detail": Detail,
    "voucher.deed": BookDeed,
    "voucher_draft.deed": BookDeed,
    "voucher_draft.state": DraftState,
    "voucher_draft_line.detail": Detail,
    "asset_relation.kind": RelationKind,
    "asset_lineage.kind": LineageKind,
    "attachment.kind": EvidenceKind,
    "correction.kind": CorrectionKind,
    "correction.status": CorrectionStatus,
    "custody_agreement.kind": CustodianKind,
    "custody_agreement.status": AgreementStatus,
    "custody_item.condition": Condition,
    "fault.status": FaultStatus,
    "import_batch.kind": TableKind,
    "import_batch.status": BatchStatus,
    "legacy_fact.kind": LegacyKind,
    "majority": Majority,
    "matter": Matter,
    "meeting.kind": MeetingKind,
    "meeting_stage.stage": StageKind,
    "notice.days_kind": NoticeDays,
    "notice.days_parameter": Parameter,
    "notice.kind": NoticeKind,
    "notice.state": NoticeState,
    "objection.channel": Channel,
    "objection.ground": Ground,
    "objection.level": Level,
    "objection.state": ObjectionState,
    "objection_answer.finding": Finding,
    "objection_answer.level": Level,
    "party.kind": OwnerKind,
    "payout_line.status": LineStatus,
    "payout_order.method": Method,
    "payout_order.status": OrderStatus,
    "payout_result.kind": ResultKind,
    "plan.scope": ScopeKind,
    "plan.status": PlanStatus,
    "plan_use.basis": SplitBasis,
    "plan_use.entitlement": Entitlement,
    "plan_use.kind": UseKind,
    "receipt_check.answer": Received,
    "work_record.kind": WorkKind,
    "work_record.status": WorkStatus,
    "policy_route.status": PolicyStatus,
    "policy_value.bound": Bound,
    "policy_value.parameter": Parameter,
    "policy_value.status": PolicyStatus,
    "resolved_by": MeetingKind,
    "project.status": ProjectStatus,
    "encumbrance.kind": EncumbranceKind,
    "title_case.deed": TitleDeed,
    "title_case.status": CaseStatus,
    "title_certificate.kind": CertificateKind,
    "title_change.new_status": TitleStatus,
    "title_line.condition": HandedOver,
    "title_line.decision": LineDecision,
    "title_line.verification": Verification,
    "patrol.kind": PatrolKind,
    "patrol.result": PatrolResult,
    "patrol_round.kind": PatrolKind,
    "public_post.status": PostStatus,
    "contract.award": AwardWay,
    "contract.link": LinkKind,
    "contract.mode": OperatingMode,
    "contract.share_basis": ShareBasis,
    "contract.status": ContractStatus,
    "due.kind": DueKind,
    "due.status": DueStatus,
    "equity.contribution": ContributionKind,
    "equity.return_kind": DividendKind,
    "equity.status": EquityStatus,
    "frequency": Frequency,
    "industry_review.group": IndustryClass,
    "operator_officer.capacity": OfficerKind,
    "rent_kind": RentKind,
    "value_change.kind": ValueKind,
    "disposal_case.ground": DisposalGround,
    "disposal_case.kind": DisposalKind,
    "disposal_case.recipient_kind": OwnerKind,
    "disposal_case.status": DisposalStatus,
    "disposal_gates.moment": Moment,
    "disposal_line.decision": DisposalLineDecision,
    "disposal_line.extent": Extent,
    "disposal_price.buyer_kind": OwnerKind,
    "disposal_price.verdict": PriceVerdict,
    "disposal_price.way": TradeWay,
    "household_disposal.act": HouseholdAct,
    "household_disposal.status": NoteStatus,
    "proceeds.destination": Destination,
    "proceeds_receipt_draft.status": ProceedsReceiptStatus,
    "proceeds_use.purpose": Purpose,
    "proceeds_use.status": ProceedsUseStatus,
    **SUPERVISION_WORDS,
}
#: People type the kind of a project as they like; subtypes and routes are named by tables of their own.
FREE = frozenset({"project.kind", "policy_route.route"})


def code_word(code: str, table: str, column: str) -> str:
    """Return the label of a code in a column of a table; a code that no feature knows any more stands for itself."""
    if column == "subtype":
        return BY_CODE[code].label if code in BY_CODE else code
    if column == "duty":
        return DUTIES_BY_CODE[code].title if code in DUTIES_BY_CODE else code
    if column in {"route", "route_key"}:
        return ROUTES_BY_KEY[code].label if code in ROUTES_BY_KEY else code
    words = WORDS.get(f"{table}.{column}") or WORDS.get(column)
    return words(code).label if words and code in set(words) else code


_NAMED: dict[str, type[Asset | Party | Project | User]] = {
    "asset": Asset,
    "party": Party,
    "project": Project,
    "user": User,
}


def name_of_row(table: str, key: str) -> str:
    """Return the present name of a row that an event is about; empty for things without one."""
    model = _NAMED.get(table)
    if model is None or not key.isdigit():
        return ""
    return db.session.scalar(select(model.name).where(model.id == int(key))) or ""
