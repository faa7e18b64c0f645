"""The words behind the codes of supervision: counts, warnings, findings, samples, duties."""

from registry.supervision.duties.rules import HolderStatus
from registry.supervision.engagements.rules import EngagementKind, EngagementStatus
from registry.supervision.evaluation.criteria import Criterion, Grade
from registry.supervision.evaluation.rules import EvaluationStatus, ScoreKind
from registry.supervision.findings.rules import FindingStatus, Source, Step
from registry.supervision.periods.rules import Extent
from registry.supervision.sampling.rules import DrawMethod, ItemResult, Population, SampleStatus
from registry.supervision.stocktaking.rules import (
    CampaignKind,
    CampaignStatus,
    CountWay,
    DifferenceState,
    Outcome,
    SheetStatus,
    Way,
)
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import EndWay, HandOffState, Word
from registry.text import Labelled

SUPERVISION_WORDS: dict[str, type[Labelled]] = {
    "duty_holder.status": HolderStatus,
    "engagement.kind": EngagementKind,
    "engagement.status": EngagementStatus,
    "evaluation.status": EvaluationStatus,
    "evaluation_line.grade": Grade,
    "evaluation_score.criterion": Criterion,
    "evaluation_score.kind": ScoreKind,
    "finding.source": Source,
    "finding.status": FindingStatus,
    "finding_step.kind": Step,
    "month_figures.extent": Extent,
    "sample.method": DrawMethod,
    "sample.population": Population,
    "sample.status": SampleStatus,
    "sample_item.result": ItemResult,
    "stock_campaign.kind": CampaignKind,
    "stock_campaign.status": CampaignStatus,
    "stock_difference.outcome": Outcome,
    "stock_difference.state": DifferenceState,
    "stock_difference.way": Way,
    "stock_line.outcome": Outcome,
    "stock_mark.outcome": Outcome,
    "stock_mark.way": CountWay,
    "stock_sheet.status": SheetStatus,
    "warning_hand_off.end_way": EndWay,
    "warning_hand_off.risk": Risk,
    "warning_hand_off.state": HandOffState,
    "warning_word.word": Word,
}
