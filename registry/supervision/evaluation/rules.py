"""How far an evaluation has come, who may score, confirm and appeal, and who is supported. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from registry.errors import RegistryError, refuse_all
from registry.kinds import Category
from registry.money import allocate
from registry.permissions import Actor, Permission, may
from registry.regions import Level, covers, level_of
from registry.supervision.evaluation.criteria import BOTH, CENTS, Criterion, How, Mark
from registry.supervision.evaluation.refusals import (
    BasisMissing,
    NobodySupported,
    NotByExpert,
    NotConfirmed,
    NotDone,
    NothingChosen,
    NotInLine,
    NotScoring,
    NotSubmitted,
    NotYourCounty,
    OtherUnit,
    OwnEvaluation,
    PaperMissing,
    PointsOdd,
    ReasonMissing,
    SameScore,
    ScorerMissing,
    TotalOdd,
    YearOdd,
)
from registry.text import N_, Labelled

MAX_REASON, MAX_PAPER, MAX_SCORER, MAX_BASIS = 500, 120, 80, 200
#: The first year after the handing over of project assets was ordered; nothing older is evaluated.
FIRST_YEAR = 2021
_LAST_MONTH, _LAST_DAY = 12, 31


class EvaluationStatus(Labelled):
    """How far an evaluation has come."""

    SCORING = "SCORING", N_("评分中")
    SUBMITTED = "SUBMITTED", N_("待复核")
    CONFIRMED = "CONFIRMED", N_("已复核")
    APPEALED = "APPEALED", N_("复议待复核")
    DONE = "DONE", N_("已生效")
    VOID = "VOID", N_("已作废")


class ScoreKind(Labelled):
    """Why a person gave a score."""

    EXPERT = "EXPERT", N_("专家或第三方评分")
    RESCORED = "RESCORED", N_("异议复议")


_S = EvaluationStatus


@dataclass(frozen=True)
class Opening:
    """What is to be evaluated: a year, categories, units of a county (none: all), sectors that experts look at."""

    region_code: str
    year: int
    categories: tuple[Category, ...] = BOTH
    units: tuple[str, ...] = ()
    specials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What a person says of a criterion of one asset; ``cents`` None: it does not apply."""

    criterion: Criterion
    cents: int | None
    reason: str
    paper: str
    scorer: str = ""


def until_of(year: int, on: date) -> date:
    """Return the last day whose figures count: the end of the year, or today while that has not come."""
    return min(date(year, _LAST_MONTH, _LAST_DAY), on)


def check_opening(opening: Opening, *, by: Actor, on: date) -> None:
    """Raise NotYourCounty, YearOdd, NothingChosen, OtherUnit."""
    region = opening.region_code
    if level_of(region) is not Level.COUNTY or not may(by, Permission.EVALUATION_ENTER, region):
        raise NotYourCounty
    if not FIRST_YEAR <= opening.year <= on.year:
        raise YearOdd(field="year", first=FIRST_YEAR)
    if not opening.categories or not set(opening.categories) <= set(BOTH):
        raise NothingChosen(field="categories")
    if not all(covers(region, unit) for unit in opening.units):
        raise OtherUnit(field="units")


def check_scoring(status: EvaluationStatus) -> None:
    """Raise NotScoring unless the evaluation is being made."""
    if status is not _S.SCORING:
        raise NotScoring(status=status.label)


def check_confirming(status: EvaluationStatus) -> None:
    """Raise NotSubmitted unless a second person is waited for."""
    if status not in {_S.SUBMITTED, _S.APPEALED}:
        raise NotSubmitted(status=status.label)


def check_confirmed(status: EvaluationStatus) -> None:
    """Raise NotConfirmed unless the evaluation lies between its confirmation and its effect."""
    if status not in {_S.CONFIRMED, _S.APPEALED}:
        raise NotConfirmed(status=status.label)


def check_second(by: Actor, involved: Collection[int | None]) -> None:
    """Raise OwnEvaluation for anybody who opened, scored or submitted, and for the system."""
    if by.id is None or by.id in involved:
        raise OwnEvaluation


def find_mark(marks: Sequence[Mark], criterion: Criterion) -> Mark:
    """Return the frozen criterion of an asset. Raises NotInLine."""
    found = next((mark for mark in marks if mark.criterion is criterion), None)
    if found is None:
        raise NotInLine(field="criterion", criterion=criterion.label)
    return found


def check_expert(mark: Mark, given: Given) -> None:
    """Raise unless an expert may say this of a criterion; everything that is wrong is told at once."""
    if mark.how is not How.EXPERT:
        raise NotByExpert(field="criterion", criterion=mark.criterion.label)
    found = _wrong_with(mark, given)
    if not given.scorer.strip():
        found.append(ScorerMissing(field="scorer"))
    refuse_all(found)


def check_rescore(mark: Mark, given: Given, now_cents: int | None) -> None:
    """Raise unless an appeal gives a criterion another score, with reason and paper."""
    refuse_all(_wrong_with(mark, given))
    if given.cents == now_cents:
        raise SameScore(field="points")


def _wrong_with(mark: Mark, given: Given) -> list[RegistryError]:
    found: list[RegistryError] = []
    if given.cents is not None and not 0 <= given.cents <= mark.points:
        found.append(PointsOdd(field="points", most=mark.points // CENTS))
    if not given.reason.strip():
        found.append(ReasonMissing(field="reason"))
    if not given.paper.strip():
        found.append(PaperMissing(field="paper"))
    return found


def check_subsidy(status: EvaluationStatus, total_fen: int, basis: str, supported: int) -> None:
    """Raise unless a total may be split over the list. Raises NotDone, NobodySupported, TotalOdd, BasisMissing."""
    if status is not _S.DONE:
        raise NotDone
    if not supported:
        raise NobodySupported
    found: list[RegistryError] = []
    if total_fen <= 0:
        found.append(TotalOdd(field="total"))
    if not basis.strip():
        found.append(BasisMissing(field="basis"))
    refuse_all(found)


def split(total_fen: int, scores: Sequence[int]) -> list[int]:
    """Split a total over the supported assets by their scores, to the last fen."""
    return allocate(total_fen, scores)
