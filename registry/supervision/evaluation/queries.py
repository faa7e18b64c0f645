"""Questions about evaluations; what lies outside the asker's reach does not exist (404)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from registry.approvals.notices.models import Notice, Objection
from registry.approvals.notices.queries import list_notices_of
from registry.assets.register.cards.models import Asset
from registry.assets.register.registration import Stage
from registry.bulk import chunks
from registry.counting import last_number
from registry.database import db
from registry.errors import Missing
from registry.permissions import Actor, Permission
from registry.regions import Level, code_range
from registry.scope import within, within_county
from registry.supervision.evaluation.criteria import Criterion, Grade
from registry.supervision.evaluation.models import Evaluation, EvaluationLine, EvaluationScore
from registry.supervision.evaluation.rules import EvaluationStatus, ScoreKind
from registry.supervision.findings.models import Finding

PAGE_ROWS = 50
TABLE, LINE_TABLE, SCORE_TABLE = "evaluation", "evaluation_line", "evaluation_score"
_READ = Permission.ASSET_READ


def get_evaluation(evaluation_id: int, actor: Actor, permission: Permission = _READ) -> Evaluation:
    """Return an evaluation that concerns the actor (or in whose county a permission holds); raises Missing."""
    reached = (within_county if permission is _READ else within)(Evaluation, actor, permission)
    found = db.session.scalar(select(Evaluation).where(Evaluation.id == evaluation_id, reached))
    if found is None:
        raise Missing
    return found


def list_evaluations(actor: Actor, *, before: int = 0, limit: int = PAGE_ROWS) -> list[Evaluation]:
    """Return evaluations, the newest first; one more than a page to show that there are more."""
    rows = select(Evaluation).where(within_county(Evaluation, actor, _READ))
    rows = rows.where(Evaluation.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Evaluation.id.desc()).limit(limit + 1)))


def next_number(region_code: str, year: int) -> str:
    """Return the number of a county's next evaluation of a year: PJ500240-2025-1. Call it under the log's lock."""
    start = f"PJ{region_code[: Level.COUNTY.width]}-{year}-"
    return f"{start}{last_number(Evaluation.number, start) + 1}"


def list_subjects(region_code: str, units: Sequence[str], categories: Sequence[str], until: date) -> list[Asset]:
    """Return the confirmed assets of these units that were there by a day and were not evaluated for its year."""
    standing = select(EvaluationLine.asset_id).join(Evaluation, Evaluation.id == EvaluationLine.evaluation_id)
    done = standing.where(EvaluationLine.year == until.year, Evaluation.status != EvaluationStatus.VOID.value)
    spans = [Asset.region_code.between(*code_range(code)) for code in units or (region_code,)]
    rows = select(Asset).where(
        Asset.stage == Stage.CONFIRMED.value, Asset.category.in_(categories),
        func.substr(Asset.region_code, 1, Level.COUNTY.width) == region_code[: Level.COUNTY.width],
        or_(*spans), Asset.acquired_on <= until, Asset.id.not_in(done),
    )  # fmt: skip
    return list(db.session.scalars(rows.order_by(Asset.region_code, Asset.id)))


def lines_of_year(asset_ids: Sequence[int], year: int) -> dict[int, int]:
    """Return the line of each of these assets in an evaluation of a year that holds, by asset."""
    rows = (
        select(EvaluationLine.asset_id, EvaluationLine.id)
        .join(Evaluation, Evaluation.id == EvaluationLine.evaluation_id)
        .where(EvaluationLine.year == year, Evaluation.status == EvaluationStatus.DONE.value)
    )
    found: dict[int, int] = {}
    for some in chunks(asset_ids):
        found.update((asset_id, key) for asset_id, key in db.session.execute(rows.where(_of_assets(some))))
    return found


def _of_assets(asset_ids: Sequence[int]) -> ColumnElement[bool]:
    """Ask by asset: what other counties evaluated is not read under this county's lock."""
    return EvaluationLine.asset_id.in_(asset_ids)


# ---- Lines


@dataclass(frozen=True)
class LineFilter:
    """Which lines a list shows: of an evaluation, in a unit and below, of a grade, those that wait for an expert,
    those that an appeal scored anew."""

    evaluation_id: int
    region_code: str = ""
    grade: Grade | None = None
    waiting: bool = False
    rescored: bool = False
    text: str = ""


def _matching(wanted: LineFilter, actor: Actor) -> list[ColumnElement[bool]]:
    found = [within(EvaluationLine, actor, _READ), EvaluationLine.evaluation_id == wanted.evaluation_id]
    if wanted.region_code:
        found.append(EvaluationLine.region_code.between(*code_range(wanted.region_code)))
    if wanted.grade:
        found.append(EvaluationLine.grade == wanted.grade.value)
    if wanted.waiting:
        found.append(EvaluationLine.waiting > 0)
    if wanted.rescored:
        own = and_(EvaluationScore.evaluation_id == wanted.evaluation_id, _is_rescored())
        found.append(EvaluationLine.id.in_(select(EvaluationScore.line_id).where(own)))
    if wanted.text:
        named = EvaluationLine.name.contains(wanted.text, autoescape=True)
        found.append(or_(named, EvaluationLine.asset_no == wanted.text))
    return found


def list_lines(
    wanted: LineFilter, actor: Actor, *, after: int = 0, limit: int = PAGE_ROWS
) -> list[EvaluationLine]:  # fmt: skip
    """Return lines by unit, never by score; one more than a page. They were frozen in the order of units."""
    rows = select(EvaluationLine).where(*_matching(wanted, actor))
    rows = rows.where(EvaluationLine.id > after) if after else rows
    return list(db.session.scalars(rows.order_by(EvaluationLine.id).limit(limit + 1)))


def get_line(line_id: int, actor: Actor, permission: Permission = _READ) -> EvaluationLine:
    """Return a line within the actor's reach, with its evaluation; raises Missing."""
    reached = within(EvaluationLine, actor, permission)
    found = db.session.scalar(select(EvaluationLine).where(EvaluationLine.id == line_id, reached))
    if found is None:
        raise Missing
    return found


def all_lines(evaluation_id: int) -> list[EvaluationLine]:
    """Return every line of an evaluation, by unit, for who sums, confirms and concludes it."""
    rows = select(EvaluationLine).where(EvaluationLine.evaluation_id == evaluation_id)
    return list(db.session.scalars(rows.order_by(EvaluationLine.region_code, EvaluationLine.id)))


def regions_of(evaluation: Evaluation) -> list[str]:
    """Return an evaluation's county, and the units elsewhere into which its assets were merged: their logs tell too."""
    away = ~EvaluationLine.region_code.between(*code_range(evaluation.region_code))
    rows = select(EvaluationLine.region_code).where(EvaluationLine.evaluation_id == evaluation.id, away).distinct()
    return [evaluation.region_code, *db.session.scalars(rows.order_by(EvaluationLine.region_code))]


def count_waiting(evaluation_id: int, *, special: bool) -> int:
    """Return how many lines wait for an expert; ``special``: of specialised assets only."""
    rows = select(func.count()).where(EvaluationLine.evaluation_id == evaluation_id, EvaluationLine.waiting > 0)
    rows = rows.where(EvaluationLine.is_special.is_(True)) if special else rows
    return db.session.scalar(rows) or 0


@dataclass(frozen=True)
class UnitRow:
    """What the lines of one unit come to: (grade, how many), and score and value of each graded asset."""

    region_code: str
    grades: dict[Grade, int]
    assets: tuple[tuple[int, int], ...]


def unit_rows(evaluation_id: int, actor: Actor) -> list[UnitRow]:
    """Return how the units within reach stand, by unit."""
    rows = select(
        EvaluationLine.region_code, EvaluationLine.grade, EvaluationLine.score_cents, EvaluationLine.value_fen
    ).where(EvaluationLine.evaluation_id == evaluation_id, within(EvaluationLine, actor, _READ))
    found: dict[str, list[tuple[Grade, int | None, int]]] = {}
    for code, grade, score, value in db.session.execute(rows.order_by(EvaluationLine.region_code, EvaluationLine.id)):
        found.setdefault(code, []).append((Grade(grade), score, value))
    return [
        UnitRow(
            code, {grade: sum(one[0] is grade for one in lines) for grade in Grade},
            tuple((score, value) for _grade, score, value in lines if score is not None),
        )
        for code, lines in found.items()
    ]  # fmt: skip


# ---- Scores and appeals


def list_scores(line_id: int) -> list[EvaluationScore]:
    """Return what persons said of a line, the oldest first."""
    rows = select(EvaluationScore).where(EvaluationScore.line_id == line_id)
    return list(db.session.scalars(rows.order_by(EvaluationScore.id)))


def _is_rescored() -> ColumnElement[bool]:
    return EvaluationScore.kind == ScoreKind.RESCORED.value


def list_rescored(evaluation_id: int, actor: Actor, limit: int) -> list[tuple[EvaluationLine, EvaluationScore]]:
    """Return what appeals changed on lines within reach, the newest first."""
    rows = (
        select(EvaluationLine, EvaluationScore)
        .join(EvaluationScore, EvaluationScore.line_id == EvaluationLine.id)
        .where(EvaluationScore.evaluation_id == evaluation_id, _is_rescored(), within(EvaluationLine, actor, _READ))
    )
    found = db.session.execute(rows.order_by(EvaluationScore.id.desc()).limit(limit))
    return [(line, score) for line, score in found]


def given_to(line_id: int) -> dict[Criterion, int | None]:
    """Return what persons said of each criterion of a line last."""
    return {one.about: one.cents for one in list_scores(line_id)}


def get_score(score_id: int, line: EvaluationLine) -> EvaluationScore:
    """Return a score of a line; raises Missing."""
    rows = select(EvaluationScore).where(EvaluationScore.id == score_id, EvaluationScore.line_id == line.id)
    found = db.session.scalar(rows)
    if found is None:
        raise Missing
    return found


def scorers_of(evaluation_id: int) -> set[int | None]:
    """Return who gave scores in an evaluation."""
    rows = select(EvaluationScore.by_id).where(EvaluationScore.evaluation_id == evaluation_id).distinct()
    return set(db.session.scalars(rows))


def notices_of(evaluation: Evaluation) -> list[Notice]:
    """Return the notices of an evaluation, the oldest first."""
    return list_notices_of(TABLE, str(evaluation.id))


def objections_to(evaluation: Evaluation) -> list[Objection]:
    """Return what was objected to the notices of an evaluation, the oldest first."""
    ids = [notice.id for notice in notices_of(evaluation)]
    rows = select(Objection).where(Objection.notice_id.in_(ids)).order_by(Objection.id)
    return list(db.session.scalars(rows))


def lines_of_asset(asset_id: int, actor: Actor) -> list[EvaluationLine]:
    """Return what every evaluation said of an asset within reach, the newest first."""
    rows = select(EvaluationLine).where(EvaluationLine.asset_id == asset_id, within(EvaluationLine, actor, _READ))
    return list(db.session.scalars(rows.order_by(EvaluationLine.id.desc()).limit(PAGE_ROWS)))


def last_of(line: EvaluationLine) -> EvaluationLine | None:
    """Return the line of the same asset in the year before."""
    return db.session.get(EvaluationLine, line.last_id) if line.last_id else None


def finding_of(line: EvaluationLine) -> Finding | None:
    """Return the finding that a line led to."""
    return db.session.get(Finding, line.finding_id) if line.finding_id else None


def given_by_line(evaluation_id: int) -> dict[int, dict[Criterion, int | None]]:
    """Return what persons said of each criterion last, by line: for papers."""
    rows = select(EvaluationScore).where(EvaluationScore.evaluation_id == evaluation_id).order_by(EvaluationScore.id)
    found: dict[int, dict[Criterion, int | None]] = {}
    for one in db.session.scalars(rows):
        found.setdefault(one.line_id, {})[one.about] = one.cents
    return found


def list_last(evaluation_id: int) -> dict[int, str]:
    """Return which grade each asset of an evaluation had the year before, by line."""
    last = aliased(EvaluationLine)
    rows = (
        select(EvaluationLine.id, last.grade)
        .join(last, last.id == EvaluationLine.last_id)
        .where(EvaluationLine.evaluation_id == evaluation_id)
    )
    return {key: Grade(grade).label for key, grade in db.session.execute(rows)}
