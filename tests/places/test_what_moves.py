"""Every table says whether its rows follow a unit to its heir, or why they stay."""

import pytest

from registry.accounts.models import ApiToken, User, UserGrant
from registry.approvals.meetings.models import Meeting, MeetingStage, Resolution
from registry.approvals.notices.models import ObjectionAnswer
from registry.approvals.requests.models import Appraisal, ApprovalDecision, ApprovalInterest
from registry.assets.custody.patrols.models import Patrol, PatrolRound, PatrolState
from registry.assets.register.amendments.models import Comment
from registry.assets.register.cards.models import Asset, Draft, FundingLine, Rollup, ValueChange
from registry.assets.register.lookup.models import AssetPaper
from registry.assets.register.projects.models import Project, ProjectFunding
from registry.assets.register.rights.models import AssetLineage, TitleChange, UseChange
from registry.assets.register.sheets.models import HeadingMemory
from registry.changes import Audited, Derived
from registry.database import marked_tables
from registry.disposal.cases.models import DisposalAppraisal
from registry.disposal.gates.models import GateAnswers
from registry.disposal.procedure.models import DisposalExecution
from registry.disposal.proceeds.models import ProceedsReceipt
from registry.evidence.models import Attachment
from registry.jobs import Job
from registry.ledger.books.drafts.models import DroppedPaper
from registry.ledger.books.models import PlatformNumber, Posting, Voucher
from registry.ledger.distribution.payout.models import PayoutDue, PayoutResult, PayoutRound, ReceiptCheck
from registry.ledger.distribution.plans.models import BenefitSum, PlanInput, PlanLine, UseSum
from registry.ledger.distribution.rolls.models import RollReview
from registry.ledger.operation.arrears.models import DemandLetter
from registry.ledger.operation.dues.models import DueSum
from registry.ledger.operation.receipts.models import IncomeRow, IncomeSum, PrepaidLeft, QuietPeriod
from registry.ledger.operation.reviews.models import IndustryReview, OperatingResult
from registry.places.models import Region, RegionName
from registry.policy.models import PolicyRoute, PolicyValue
from registry.reports.prints.models import Print, PrintFile
from registry.supervision.duties.models import DutyHolder
from registry.supervision.engagements.models import EngagementScope
from registry.supervision.evaluation.models import Evaluation, EvaluationScore
from registry.supervision.findings.models import FindingAsset, FindingStep
from registry.supervision.periods.models import MonthFigures
from registry.supervision.stocktaking.models import StockCampaign, StockMark
from registry.supervision.warnings.models import RiskWarning, WarningSum, WarningWord
from registry.workbench.moving import FOLLOWING

#: Every table with the code of a unit, or of an asset, that does not follow the asset, and why not.
STAYING: dict[type[Audited] | type[Derived], str] = {
    ValueChange: "never altered: says in which unit's time the value changed; read through the asset",
    FundingLine: "never altered: belongs to its value change",
    ApprovalDecision: "never altered: what was said of a request, read through it",
    ApprovalInterest: "never altered: who was interested in a request, read through it",
    Appraisal: "never altered: belongs to its request",
    AssetLineage: "never altered: of which assets an asset came",
    Meeting: "never altered: a body of the ended unit met; its resolutions speak for the heir",
    MeetingStage: "never altered: belongs to its meeting",
    ObjectionAnswer: "never altered: belongs to its objection",
    Resolution: "never altered: belongs to its meeting",
    UseChange: "never altered: how the asset was used, in which unit's time; read through the asset",
    TitleChange: "never altered: how far title was, in which unit's time; read through the asset",
    Comment: "never altered: says who remarked what, in which unit's time; read through the asset",
    Attachment: "never altered: read through the thing it is attached to",
    Print: "never altered: an old paper keeps the unit it was printed for",
    PrintFile: "never altered: belongs to its print",
    Region: "is the unit itself",
    RegionName: "never altered: a name the unit bore",
    User: "people are re-assigned one by one",
    UserGrant: "roles are given anew by the security administrator",
    ApiToken: "ends when its person is moved to another unit",
    AssetPaper: "the unit its print belongs to",
    Patrol: "never altered: the unit it was made in; read through its asset",
    PatrolRound: "never altered: the unit it was walked in",
    PatrolState: "bears no unit; hangs on its asset",
    Draft: "bears no unit; what was typed is redirected when it is opened",
    HeadingMemory: "the ledger of the ended unit; its heir's may be headed otherwise",
    DutyHolder: "ended with their unit: its people answered there, the heir names its own",
    StockCampaign: "called by a county, which is no village that merges; its sheets and lines follow their assets",
    FindingAsset: "never altered: belongs to its finding",
    FindingStep: "never altered: what was done in the ended unit's time; read through its finding",
    EngagementScope: "never altered: belongs to its engagement",
    Evaluation: "opened by a county, which is no village that merges; its lines follow their assets",
    MonthFigures: "never altered: what was counted in the ended unit's time; the sums above hold it",
    EvaluationScore: "never altered: what was said in the ended unit's time; read through its line",
    StockMark: "never altered: who counted what in the ended unit's time; read through its line",
    PolicyRoute: "the steps the ended county took; its heir's villages take its heir's",
    PolicyValue: "what the ended county required; under its heir its heir's policy holds",
    Voucher: "never altered: posted in the ended unit's time; read through its book",
    Posting: "never altered: belongs to its voucher",
    PlatformNumber: "never altered: belongs to its voucher",
    DroppedPaper: "never altered: belongs to its draft",
    IncomeRow: "never altered: earned in the ended unit's time; read through its receipt, asset and owner",
    IncomeSum: "what came in in the ended unit's time is counted there, and in the units above both",
    QuietPeriod: "never altered: what was said of an asset in the ended unit's time",
    DemandLetter: "never altered: belongs to its due",
    IndustryReview: "never altered: how an asset was seen in the ended unit's time",
    OperatingResult: "never altered: belongs to its contract",
    PlanInput: "never altered: belongs to its plan",
    PlanLine: "never altered: belongs to its plan",
    PayoutDue: "never altered: belongs to its order",
    PayoutRound: "never altered: belongs to its order",
    PayoutResult: "never altered: belongs to its line",
    ReceiptCheck: "never altered: belongs to its order",
    RollReview: "never altered: who looked at a household in the ended unit's time",
    DisposalAppraisal: "never altered: belongs to its case",
    GateAnswers: "never altered: how the questions of a case stood, read through it",
    DisposalExecution: "never altered: carried out in the ended unit's time; read through its case",
    ProceedsReceipt: "never altered: belongs to its account",
    WarningSum: "kept in line with the warnings it counts",
    RiskWarning: "computed: brought in line with its thing when the event of the move is read",
    WarningWord: "never altered: belongs to its matter",
    Job: "whose job it was; what it writes is redirected with its chunks",
    UseSum: "brought from one unit to the other with the plans",
    BenefitSum: "brought from one unit to the other with the households",
    DueSum: "brought from one unit to the other with the dues",
    Rollup: "brought from one unit to the other with each asset",
}


MOVED_BESIDE = (Asset, Project, ProjectFunding, PrepaidLeft)


def tables() -> list[type[Audited] | type[Derived]]:
    """Every table that bears the code of a unit or hangs on an asset, whatever feature brings it."""
    found = {**marked_tables(Audited), **marked_tables(Derived)}
    return [
        model for _, model in sorted(found.items()) if {"region_code", "asset_id"} & set(model.__table__.columns.keys())
    ]


@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__tablename__)
def test_every_table_of_a_unit_follows_or_is_known_to_stay(model: type[Audited]) -> None:
    assert (model in (*FOLLOWING, *MOVED_BESIDE)) != bool(STAYING.get(model))


@pytest.mark.parametrize(
    "model", [one for one in STAYING if issubclass(one, Audited)], ids=lambda one: one.__tablename__
)
def test_what_says_it_is_never_altered_is_guarded(model: type[Audited]) -> None:
    assert model.__append_only__ == STAYING[model].startswith("never altered")
