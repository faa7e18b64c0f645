"""Opening an evaluation, freezing what the register says of each asset, and entering what experts say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.bulk import add_many
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.permissions import Actor
from registry.places.queries import get_region
from registry.policy.rules import Policy
from registry.supervision.evaluation.criteria import (
    Award,
    Criterion,
    Mark,
    Measured,
    Result,
    Scheme,
    award_of,
    mark_of,
    pending,
    result_of,
    rules_for,
    scheme_of,
)
from registry.supervision.evaluation.earnings import read_earnings
from registry.supervision.evaluation.evidence import Findings, Span, read_custody
from registry.supervision.evaluation.frozen import digest_of, evidence_text, scheme_text
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.queries import given_to, lines_of_year, list_subjects, next_number
from registry.supervision.evaluation.refusals import NothingToEvaluate, VoidReasonMissing
from registry.supervision.evaluation.rules import (
    EvaluationStatus,
    Given,
    Opening,
    ScoreKind,
    check_expert,
    check_opening,
    check_scoring,
    find_mark,
    until_of,
)
from registry.text import N_

_TITLE = N_("%(unit)s%(year)s年度扶贫项目资产绩效评价")


@dataclass(frozen=True)
class Prepared:
    """An evaluation that has been read and is not kept yet."""

    opening: Opening
    span: Span
    scheme: Scheme
    subjects: Sequence[Asset]
    findings: Findings


def prepare(opening: Opening, *, by: Actor, on: date, policy: Policy) -> Prepared:
    """Read the scheme, the assets and their figures. Raises what check_opening and scheme_of raise, NothingToEvaluate.

    It is called inside the transaction: what is frozen is what the register holds at that moment.
    """
    check_opening(opening, by=by, on=on)
    scheme, until = scheme_of(policy), until_of(opening.year, on)
    subjects = list_subjects(opening.region_code, opening.units, [one.value for one in opening.categories], until)
    if not subjects:
        raise NothingToEvaluate(field="units")
    span = Span(opening.region_code, date(opening.year, 1, 1), until, on, policy)
    return Prepared(opening, span, scheme, subjects, {**read_custody(span), **read_earnings(span, scheme.yield_bp)})


def open_evaluation(opening: Opening, *, by: Actor, on: date, policy: Policy) -> Evaluation:
    """Open an evaluation and freeze its scheme and evidence: one event for it, and one for the assets of each unit.

    Raises what prepare raises.
    """
    prepared = prepare(opening, by=by, on=on, policy=policy)
    evaluation = _new(prepared, by)
    db.session.add(evaluation)
    db.session.flush()
    record(Action.EVALUATION_OPENED, evaluation, by=by, facts={"assets": evaluation.assets})
    last = lines_of_year([one.id for one in prepared.subjects], opening.year - 1)
    for _code, assets in groupby(prepared.subjects, lambda asset: asset.region_code):
        lines = [_line(evaluation, asset, prepared, last.get(asset.id)) for asset in assets]
        add_many(lines)
        record(Action.EVALUATION_FROZEN, evaluation, by=by, facts={"assets": len(lines)})
    return evaluation


def _new(prepared: Prepared, by: Actor) -> Evaluation:
    opening, span = prepared.opening, prepared.span
    return Evaluation(
        region_code=opening.region_code, number=next_number(opening.region_code, opening.year), year=opening.year,
        title=_TITLE % {"unit": get_region(opening.region_code).short, "year": opening.year},
        categories=" ".join(opening.categories), units=" ".join(opening.units), specials=" ".join(opening.specials),
        until_on=span.until, frozen_on=span.on, scheme_text=scheme_text(prepared.scheme),
        assets=len(prepared.subjects), status=EvaluationStatus.SCORING.value, rescored=0, opened_by_id=by.id,
        opened_by_text=signature(by), opened_at=now(),
    )  # fmt: skip


def _line(evaluation: Evaluation, asset: Asset, prepared: Prepared, last_id: int | None) -> EvaluationLine:
    is_special = asset.sector in prepared.opening.specials
    marks = marks_of(asset, prepared.scheme, prepared.findings, is_special=is_special)
    text, result = evidence_text(marks), result_of([award_of(mark, {}) for mark in marks], prepared.scheme)
    line = EvaluationLine(
        evaluation_id=evaluation.id, region_code=asset.region_code, asset_id=asset.id, year=evaluation.year,
        asset_no=asset.asset_no, name=asset.name, category=asset.category, sector=asset.sector,
        value_fen=asset.original_value_fen, owner_text=asset.owner_text, is_special=is_special, evidence=text,
        evidence_digest=digest_of(text), waiting=len(pending(marks, {})), last_id=last_id,
    )  # fmt: skip
    take(line, result)
    return line


def marks_of(asset: Asset, scheme: Scheme, findings: Findings, *, is_special: bool) -> list[Mark]:
    """Return the criteria of an asset with the figures that the register holds now; experts are asked the rest."""
    return [
        mark_of(
            rule, scheme.points[rule.criterion], findings.get(rule.criterion, _nothing)(asset), is_special=is_special
        )
        for rule in rules_for(asset.kind)
    ]


def _nothing(_asset: Asset) -> Measured:
    return Measured()


def take(line: EvaluationLine, result: Result) -> None:
    """Let what an asset comes to stand on its line."""
    line.earned_cents, line.applicable_cents = result.earned, result.applicable
    line.score_cents, line.grade = result.score, result.grade.value


def awards_of(line: EvaluationLine, given: dict[Criterion, int | None] | None = None) -> list[Award]:
    """Return what each criterion of a line brings, as far as persons have spoken."""
    said = given_to(line.id) if given is None else given
    return [award_of(mark, said) for mark in line.marks]


def score_line(
    line: EvaluationLine, given: Given, files: Sequence[KeptFile] = (), *, by: Actor, on: date
) -> EvaluationScore:
    """Enter what an expert or third party says of a criterion. Raises NotScoring, NotInLine, NotByExpert and the words.

    Said again it counts anew; what was said before stays readable.
    """
    check_scoring(line.evaluation.state)
    mark = find_mark(line.marks, given.criterion)
    check_expert(mark, given)
    score = keep_score(line, mark, given, ScoreKind.EXPERT, by=by)
    reckon(line)
    record(Action.EVALUATION_SCORED, line, by=by, reason=score.reason, facts={"criterion": score.criterion})
    if files:
        attach([*files], Caption(EvidenceKind.OTHER, score.paper, on), to=thing_of(score), by=by)
    return score


def keep_score(
    line: EvaluationLine, mark: Mark, given: Given, kind: ScoreKind, *, by: Actor, objection_id: int | None = None
) -> EvaluationScore:
    """Keep what a person says of a criterion."""
    score = EvaluationScore(
        evaluation_id=line.evaluation_id, line_id=line.id, region_code=line.region_code, kind=kind.value,
        criterion=mark.criterion.value, points_cents=mark.points, cents=given.cents, reason=given.reason.strip(),
        paper=given.paper.strip(), scorer=given.scorer.strip(), objection_id=objection_id, by_id=by.id,
        by_text=signature(by), at=now(),
    )  # fmt: skip
    db.session.add(score)
    db.session.flush()
    return score


def reckon(line: EvaluationLine) -> None:
    """Sum a line anew from its frozen evidence and what persons said."""
    given, marks = given_to(line.id), line.marks
    take(line, result_of([award_of(mark, given) for mark in marks], line.evaluation.scheme))
    line.waiting = len(pending(marks, given))


def void_evaluation(evaluation: Evaluation, reason: str, *, by: Actor) -> None:
    """Give up an evaluation that is still being made; its assets may be evaluated anew. Raises NotScoring."""
    check_scoring(evaluation.state)
    if not reason.strip():
        raise VoidReasonMissing(field="reason")
    evaluation.status, evaluation.opinion = EvaluationStatus.VOID.value, reason.strip()
    record(Action.EVALUATION_VOIDED, evaluation, by=by, reason=evaluation.opinion)
