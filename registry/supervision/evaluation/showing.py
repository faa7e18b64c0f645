"""What the pages of an evaluation show, gathered: how it stands, and what this reader may do next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.queries import has_hung
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.money import format_yuan
from registry.permissions import Actor, Permission, may, reaches
from registry.supervision.evaluation.concluding import find_published, involved_in
from registry.supervision.evaluation.criteria import (
    Award,
    Criterion,
    Fact,
    Grade,
    How,
    award_of,
    points_text,
    unit_score,
)
from registry.supervision.evaluation.figures import WARNED
from registry.supervision.evaluation.frozen import FACT_LABELS
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.queries import (
    SCORE_TABLE,
    UnitRow,
    count_waiting,
    finding_of,
    last_of,
    list_rescored,
    list_scores,
    objections_to,
    unit_rows,
)
from registry.supervision.evaluation.refusals import OwnEvaluation
from registry.supervision.evaluation.rules import EvaluationStatus, check_second, find_mark
from registry.supervision.evaluation.services import awards_of
from registry.supervision.findings.models import Finding
from registry.supervision.warnings.risks import MONEY, ROWS, Risk, RiskRow
from registry.supervision.warnings.rules import Severity

_P, _S = Permission, EvaluationStatus
_BP_OF_PERCENT = 100
_WARNED = WARNED.rstrip("_")
_GRAVEST = {severity: place for place, severity in enumerate(Severity)}
_ORDER = {key: place for place, key in enumerate(FACT_LABELS)}


@dataclass(frozen=True)
class ShownEvaluation:
    """One evaluation as a reader of a day sees it."""

    units: tuple[UnitRow, ...]
    grades: Counter[Grade]
    waiting: int
    notice: Notice | None
    has_hung: bool
    may_enter: bool
    may_confirm: bool
    may_post: bool
    may_conclude: bool
    may_split: bool

    def score_of(self, unit: UnitRow) -> int | None:
        """The score of a unit, weighted by value."""
        return unit_score(unit.assets)


def shown_evaluation(evaluation: Evaluation, reader: Actor, on: date) -> ShownEvaluation:
    """Return how an evaluation stands for a reader; nobody is offered what a rule forbids them."""
    state, region = evaluation.state, evaluation.region_code
    units = tuple(unit_rows(evaluation.id, reader))
    grades: Counter[Grade] = Counter()
    for unit in units:
        grades.update(unit.grades)
    notice = find_published(evaluation)
    hung = notice is not None and has_hung(notice, on)
    enters, second = may(reader, _P.EVALUATION_ENTER, region), _is_second(evaluation, reader)
    return ShownEvaluation(
        units=units,
        grades=grades,
        waiting=count_waiting(evaluation.id, special=False) if state is _S.SCORING else 0,
        notice=notice,
        has_hung=hung,
        may_enter=enters and state is _S.SCORING,
        may_confirm=second and state in {_S.SUBMITTED, _S.APPEALED},
        may_post=state is _S.CONFIRMED and notice is None and may(reader, _P.NOTICE_POST, region),
        may_conclude=second and hung and state is _S.CONFIRMED,
        may_split=enters and state is _S.DONE,
    )


def _is_second(evaluation: Evaluation, reader: Actor) -> bool:
    if not may(reader, _P.EVALUATION_CONFIRM, evaluation.region_code):
        return False
    try:
        check_second(reader, involved_in(evaluation))
    except OwnEvaluation:
        return False
    return True


@dataclass(frozen=True)
class ShownLine:
    """One asset of an evaluation as a reader sees it, beside its line of the year before."""

    awards: tuple[Award, ...]
    scores: tuple[EvaluationScore, ...]
    files: dict[int, tuple[Attachment, ...]]
    last: EvaluationLine | None
    last_finding: Finding | None
    finding: Finding | None
    objections: tuple[Objection, ...]
    may_score: bool
    may_rescore: bool


def shown_line(line: EvaluationLine, reader: Actor) -> ShownLine:
    """Return how a line stands for a reader."""
    evaluation, scores, last = line.evaluation, list_scores(line.id), last_of(line)
    awards = tuple(awards_of(line))
    scoring = evaluation.state is _S.SCORING and any(one.mark.how is How.EXPERT for one in awards)
    appealing = evaluation.state in {_S.CONFIRMED, _S.APPEALED} and may(
        reader, _P.EVALUATION_ENTER, evaluation.region_code
    )
    objections = tuple(objections_to(evaluation)) if appealing and find_published(evaluation) else ()
    return ShownLine(
        awards=awards,
        scores=tuple(scores),
        files={one.id: tuple(list_attachments(SCORE_TABLE, str(one.id))) for one in scores},
        last=last,
        last_finding=finding_of(last) if last else None,
        finding=finding_of(line),
        objections=objections,
        may_score=scoring and may(reader, _P.EVALUATION_ENTER, line.region_code),
        may_rescore=appealing and bool(objections),
    )


@dataclass(frozen=True)
class Rescored:
    """A score that an appeal changed, beside what the criterion brought before."""

    line: EvaluationLine
    score: EvaluationScore
    most: int
    was: int | None


def shown_rescored(evaluation_id: int, reader: Actor, limit: int) -> list[Rescored]:
    """Return what appeals changed, the newest first."""
    return [_rescored(line, score) for line, score in list_rescored(evaluation_id, reader, limit)]


def _rescored(line: EvaluationLine, score: EvaluationScore) -> Rescored:
    mark = find_mark(line.marks, score.about)
    before = {one.about: one.cents for one in list_scores(line.id) if one.id < score.id}
    return Rescored(line, score, mark.points, award_of(mark, before).cents)


@dataclass(frozen=True)
class Told:
    """A frozen figure as it is read; a word is translated, a number is not."""

    label: str
    value: str
    is_word: bool


def told(facts: Sequence[tuple[str, Fact]]) -> list[Told]:
    """Return the frozen figures of a criterion as they are read; warnings are no part of what it is measured by."""
    measured = [fact for fact in facts if not fact[0].startswith(_WARNED)]
    return [
        Told(FACT_LABELS[key], _value(key, value), isinstance(value, str))
        for key, value in sorted(measured, key=_place)
    ]


@dataclass(frozen=True)
class Warned:
    """How many warnings of one risk stood when the evidence was frozen."""

    row: RiskRow
    number: int


def warned(line: EvaluationLine, reader: Actor) -> list[Warned] | None:
    """Return the warnings that stood when a line was frozen, the gravest first; None of evidence that knows of none."""
    facts = dict(find_mark(line.marks, Criterion.RISK).measured.facts)
    if "warned" not in facts:
        return None
    found = [Warned(ROWS[Risk(risk)], int(facts[key])) for key, risk in _risks_in(facts) if _may_know(risk, reader)]
    return sorted(found, key=lambda one: (_GRAVEST[one.row.severity], _ORDER[f"{WARNED}{one.row.risk.value}"]))


def known_facts(facts: Sequence[tuple[str, Fact]], reader: Actor) -> dict[str, Fact]:
    """Return the frozen figures of a criterion, without warnings about money for whoever may not read the books."""
    hidden = {key for key, risk in _risks_in(dict(facts)) if not _may_know(risk, reader)}
    known = {key: value for key, value in facts if key not in hidden}
    if hidden:
        known[_WARNED] = sum(int(known[key]) for key, _risk in _risks_in(known))
    return known


def _risks_in(facts: Mapping[str, Fact]) -> list[tuple[str, str]]:
    return [(key, key.removeprefix(WARNED)) for key in facts if key.startswith(WARNED)]


def _may_know(risk: str, reader: Actor) -> bool:
    return risk not in MONEY or reaches(reader, _P.LEDGER_READ) == reaches(reader, _P.ASSET_READ)


def _place(fact: tuple[str, Fact]) -> int:
    """Return where a figure stands in the order of reading; canonical text knows only that of the alphabet."""
    return _ORDER[fact[0]]


def _value(key: str, value: Fact) -> str:
    if isinstance(value, str):
        return value
    if key.endswith("_fen"):
        return format_yuan(value)
    if key.endswith("_bp"):
        return f"{value // _BP_OF_PERCENT}.{value % _BP_OF_PERCENT:02d}%"
    return str(value)


def award_text(award: Award) -> str:
    """Write what a criterion brought: 7.50 of 10.00, or that it does not apply."""
    return How.ABSENT.label if award.cents is None else points_text(award.cents)
