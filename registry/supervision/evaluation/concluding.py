"""From the scored evaluation to what follows of it: the second person, the notice, appeals, lists, findings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import find_notice, has_hung
from registry.approvals.notices.rules import Case
from registry.assets.register.amendments.services import signature
from registry.audit.actions import Action
from registry.audit.canonical import encode
from registry.audit.services import record
from registry.clock import now
from registry.permissions import Actor, Permission, may
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import covers
from registry.supervision.evaluation.criteria import SUPPORTED, Award, Grade, award_of, points_text
from registry.supervision.evaluation.frozen import digest_of
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.queries import (
    LINE_TABLE,
    TABLE,
    all_lines,
    count_waiting,
    given_by_line,
    given_to,
    objections_to,
    scorers_of,
)
from registry.supervision.evaluation.refusals import (
    ExpertsMissing,
    NotHung,
    NotItsObjection,
    NotPublished,
    NotYourCounty,
    OpinionMissing,
    Rescoring,
)
from registry.supervision.evaluation.rules import (
    EvaluationStatus,
    Given,
    ScoreKind,
    check_confirmed,
    check_confirming,
    check_rescore,
    check_scoring,
    check_second,
    check_subsidy,
    find_mark,
    split,
)
from registry.supervision.evaluation.services import awards_of, keep_score, reckon
from registry.supervision.findings.rules import FindingFacts, Origin, Source
from registry.supervision.findings.services import enter_findings
from registry.text import N_

_S = EvaluationStatus
_PROBLEM = N_("%(year)s 年度绩效评价得 %(score)s 分，评为“差”")
_BASIS = N_("%(number)s %(title)s")
_DEMAND = N_("针对失分指标制定整改措施并落实：%(lost)s")
_LOST = N_("%(criterion)s（%(cents)s/%(points)s 分）")
#: So many of the criteria that cost most are named in what is demanded.
_MOST_LOST = 4


def results_digest(lines: Sequence[EvaluationLine]) -> str:
    """Return the digest of what the assets came to, in the order in which they were frozen."""
    return digest_of(encode([[one.asset_no, one.earned_cents, one.applicable_cents, one.grade] for one in lines]))


def _by_id(evaluation: Evaluation) -> list[EvaluationLine]:
    return sorted(all_lines(evaluation.id), key=lambda line: line.id)


def submit_evaluation(evaluation: Evaluation, *, by: Actor) -> None:
    """Hand an evaluation to the second person. Raises NotScoring, ExpertsMissing."""
    check_scoring(evaluation.state)
    lacking = count_waiting(evaluation.id, special=True)
    if lacking:
        raise ExpertsMissing(count=lacking)
    evaluation.status = _S.SUBMITTED.value
    evaluation.submitted_by_id, evaluation.submitted_by_text, evaluation.submitted_at = by.id, signature(by), now()
    record(Action.EVALUATION_SUBMITTED, evaluation, by=by)


def involved_in(evaluation: Evaluation) -> set[int | None]:
    """Return who opened, scored or submitted an evaluation: none of them confirms it."""
    return {evaluation.opened_by_id, evaluation.submitted_by_id, *scorers_of(evaluation.id)}


def confirm_evaluation(evaluation: Evaluation, opinion: str, *, by: Actor) -> None:
    """Confirm an evaluation, or what was re-scored after an appeal. Raises NotSubmitted, OwnEvaluation."""
    check_confirming(evaluation.state)
    check_second(by, involved_in(evaluation))
    digest = results_digest(_by_id(evaluation))
    if evaluation.state is _S.SUBMITTED:
        evaluation.digest = digest
    evaluation.final_digest, evaluation.status, evaluation.opinion = digest, _S.CONFIRMED.value, opinion.strip()
    evaluation.confirmed_by_id, evaluation.confirmed_by_text, evaluation.confirmed_at = by.id, signature(by), now()
    record(Action.EVALUATION_CONFIRMED, evaluation, by=by, reason=evaluation.opinion, content=digest)


def send_back(evaluation: Evaluation, opinion: str, *, by: Actor) -> None:
    """Send an evaluation back to be scored further. Raises NotSubmitted, OwnEvaluation, OpinionMissing.

    What was re-scored after an appeal stays, and waits for the clerk to score it anew.
    """
    check_confirming(evaluation.state)
    check_second(by, involved_in(evaluation))
    if not opinion.strip():
        raise OpinionMissing(field="opinion")
    if evaluation.state is _S.SUBMITTED:
        evaluation.status = _S.SCORING.value
    evaluation.opinion = opinion.strip()
    record(Action.EVALUATION_SENT_BACK, evaluation, by=by, reason=evaluation.opinion)


def notice_case(evaluation: Evaluation) -> Case:
    """Return the case under which the results are published."""
    return Case(TABLE, str(evaluation.id), evaluation.digest)


def find_published(evaluation: Evaluation) -> Notice | None:
    """Return the notice of the results that were confirmed, unless it was taken down early."""
    if not evaluation.digest:
        return None
    return find_notice(TABLE, str(evaluation.id), evaluation.digest, evaluation.region_code)


def rescore(line: EvaluationLine, given: Given, objection_id: int, *, by: Actor) -> EvaluationScore:
    """Give a criterion another score after an appeal; another person confirms it.

    Raises NotYourCounty, NotConfirmed, NotPublished, NotItsObjection, NotInLine, PointsOdd, ReasonMissing,
    PaperMissing, SameScore.
    """
    evaluation = line.evaluation
    if not may(by, Permission.EVALUATION_ENTER, evaluation.region_code):
        raise NotYourCounty
    check_confirmed(evaluation.state)
    if find_published(evaluation) is None:
        raise NotPublished
    if objection_id not in {one.id for one in objections_to(evaluation)}:
        raise NotItsObjection(field="objection")
    mark = find_mark(line.marks, given.criterion)
    check_rescore(mark, given, award_of(mark, given_to(line.id)).cents)
    score = keep_score(line, mark, given, ScoreKind.RESCORED, by=by, objection_id=objection_id)
    reckon(line)
    # What the second person said last was not of this score.
    evaluation.status, evaluation.rescored, evaluation.opinion = _S.APPEALED.value, evaluation.rescored + 1, ""
    record(Action.EVALUATION_RESCORED, line, by=by, reason=score.reason, facts={"criterion": score.criterion})
    return score


def conclude(evaluation: Evaluation, *, by: Actor, on: date, policy: Policy) -> None:
    """Let the results hold: the support list is drawn up, and each poor asset becomes a finding.

    One event for the results, then one for the assets of each unit: an event of all would be beyond reading. The
    transaction holds the logs of regions_of().
    Raises NotConfirmed, Rescoring, NotHung, OwnEvaluation and what enter_finding raises.
    """
    check_confirmed(evaluation.state)
    check_second(by, involved_in(evaluation))
    if evaluation.state is _S.APPEALED:
        raise Rescoring
    notice = find_published(evaluation)
    if notice is None or not has_hung(notice, on):
        raise NotHung
    evaluation.status, evaluation.concluded_on = _S.DONE.value, on
    evaluation.concluded_by_id, evaluation.concluded_by_text = by.id, signature(by)
    record(Action.EVALUATION_CONCLUDED, evaluation, by=by, content=evaluation.final_digest)
    lines = _by_id(evaluation)
    _support(evaluation, lines, by)
    # What was merged into another county meanwhile is that county's to mend, and to find.
    poor = [one for one in lines if one.graded is Grade.POOR and covers(evaluation.region_code, one.region_code)]
    _demand(evaluation, poor, by, on, policy)


def _by_unit(lines: Iterable[EvaluationLine]) -> Iterator[list[EvaluationLine]]:
    for _code, own in groupby(sorted(lines, key=_unit), key=_unit):
        yield [*own]


def _unit(line: EvaluationLine) -> str:
    return line.region_code


def _support(evaluation: Evaluation, lines: Sequence[EvaluationLine], by: Actor) -> None:
    """Put what deserves support in order: by score, then by number."""
    grades = SUPPORTED[evaluation.scheme.support]
    chosen = [line for line in lines if line.graded in grades]
    chosen.sort(key=lambda line: (-(line.score_cents or 0), line.asset_no))
    orders = {line.id: order for order, line in enumerate(chosen, 1)}
    for own in _by_unit(chosen):
        for line in own:
            line.support_order = orders[line.id]
        record(Action.EVALUATION_LISTED, evaluation, by=by, facts={"assets": len(own)})


def _demand(evaluation: Evaluation, poor: Sequence[EvaluationLine], by: Actor, on: date, policy: Policy) -> None:
    """Enter the findings that poor results are, each for the unit that manages the asset."""
    due_on, given = on + timedelta(days=policy.number(Parameter.FINDING_DAYS)), given_by_line(evaluation.id)
    basis = _BASIS % {"number": evaluation.number, "title": evaluation.title}
    many = [
        FindingFacts(
            line.region_code, Source.EVALUATION, _problem(line), basis,
            _DEMAND % {"lost": _lost(awards_of(line, given.get(line.id, {})))}, on, due_on, sector=line.sector,
            assets=(line.asset_no,), origin=Origin(LINE_TABLE, line.id),
        )
        for line in poor
    ]  # fmt: skip
    entered = enter_findings(evaluation.region_code, many, by=by, on=on)
    findings = {line.id: finding.id for line, finding in zip(poor, entered, strict=True)}
    for own in _by_unit(poor):
        for line in own:
            line.finding_id = findings[line.id]
        record(Action.EVALUATION_RECTIFIED, evaluation, by=by, facts={"assets": len(own)})


def _problem(line: EvaluationLine) -> str:
    problem = _PROBLEM % {"year": line.year, "score": points_text(line.score_cents or 0)}
    return f"{line.name}：{problem}"


def _lost(awards: Sequence[Award]) -> str:
    """Say which criteria cost an asset most."""
    lost = [(award.mark.points - award.cents, award) for award in awards if award.cents is not None]
    worst = sorted((one for one in lost if one[0] > 0), key=lambda one: -one[0])[:_MOST_LOST]
    return "、".join(
        _LOST % {
            "criterion": award.mark.criterion.label, "cents": points_text(award.cents or 0),
            "points": points_text(award.mark.points),
        }
        for _points, award in worst
    )  # fmt: skip


def set_subsidy(evaluation: Evaluation, total_fen: int, basis: str, *, by: Actor) -> None:
    """Split the total that the county says over the support list, by score. Raises what check_subsidy raises.

    Said again the split is made anew; the trail keeps what was proposed before.
    """
    chosen = sorted(
        (line for line in all_lines(evaluation.id) if line.support_order is not None),
        key=lambda line: line.support_order or 0,
    )
    check_subsidy(evaluation.state, total_fen, basis, len(chosen))
    evaluation.subsidy_fen, evaluation.subsidy_basis = total_fen, basis.strip()
    record(Action.EVALUATION_SUBSIDY_PROPOSED, evaluation, by=by, reason=evaluation.subsidy_basis)
    scores = [line.score_cents or 0 for line in chosen]
    shares = {line.id: share for line, share in zip(chosen, split(total_fen, scores), strict=True)}
    for own in _by_unit(chosen):
        for line in own:
            line.support_fen = shares[line.id]
        record(Action.EVALUATION_SHARED, evaluation, by=by, facts={"assets": len(own)})
