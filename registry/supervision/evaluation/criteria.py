"""What is evaluated, how many points each criterion has, what it is computed from, and what it comes to. Pure.

Points are whole hundredths, so that every sum is exact. A criterion without data does not apply: its points leave the
sum, and the rest is scaled to a hundred; it is never zero in silence.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.kinds import Category
from registry.policy.parameters import Parameter, SupportFrom
from registry.policy.rules import Policy
from registry.supervision.evaluation.refusals import GradesOdd, PointsUnreadable, SchemeNotWhole
from registry.text import N_, Labelled

#: Hundredths of a point.
CENTS = 100
#: A hundred points.
WHOLE = 100 * CENTS
_POINTS = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?", re.ASCII)
#: A fact of a criterion: a number, a day or a word.
Fact = int | str


def read_points(text: str) -> int:
    """Read points as people type them, in hundredths: 12, 12.5, full-width digits too. Raises PointsUnreadable."""
    match = _POINTS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise PointsUnreadable(field="points")
    return int(match[1]) * CENTS + int((match[2] or "").ljust(2, "0"))


def points_text(cents: int) -> str:
    """Write hundredths of a point: 87.05."""
    return f"{cents // CENTS}.{cents % CENTS:02d}"


class Criterion(Labelled):
    """What is looked at, of one asset."""

    TITLE = "TITLE", N_("确权办证")
    AGREEMENT = "AGREEMENT", N_("管护人和协议")
    PATROL = "PATROL", N_("按期巡查")
    REPAIR = "REPAIR", N_("及时维修")
    YIELD = "YIELD", N_("收益率")
    COLLECTION = "COLLECTION", N_("收缴率")
    SOUND = "SOUND", N_("使用完好率")
    SATISFACTION = "SATISFACTION", N_("群众满意度")
    DISTRIBUTION = "DISTRIBUTION", N_("按时分配")
    REACH = "REACH", N_("发放到户")
    OPENNESS = "OPENNESS", N_("公开及时")
    RISK = "RISK", N_("风险与整改")


class How(Labelled):
    """Where the points of a criterion come from."""

    COMPUTED = "COMPUTED", N_("系统计算")
    EXPERT = "EXPERT", N_("专家或第三方评分")
    ABSENT = "ABSENT", N_("不适用")


class Grade(Labelled):
    """What a score amounts to (财预〔2020〕10号)."""

    EXCELLENT = "EXCELLENT", N_("优")
    GOOD = "GOOD", N_("良")
    FAIR = "FAIR", N_("中")
    POOR = "POOR", N_("差")
    UNGRADED = "UNGRADED", N_("不评等次")


_O, _W = Category.OPERATING, Category.PUBLIC_WELFARE
BOTH = (_O, _W)


@dataclass(frozen=True)
class Rule:
    """A row of the scheme: heading, how many points, for which categories, computed how, out of what.

    ``by_expert``: the register holds nothing of it. ``special``: of specialised assets an expert says it.
    """

    criterion: Criterion
    dimension: str
    points: Parameter
    how: str
    basis: str
    categories: tuple[Category, ...] = BOTH
    by_expert: bool = False
    special: bool = False


_C, _P = Criterion, Parameter
_CUSTODY, _BENEFIT = N_("管护到位"), N_("联农带农")
#: The scheme, in the order in which it is read (第十一章第五节：绩效评价).
RULES: tuple[Rule, ...] = (
    Rule(_C.TITLE, N_("产权清晰"), _P.EVALUATION_TITLE, N_("已确权、有证书各占一半"), N_("确权登记、权属证书")),
    Rule(
        _C.AGREEMENT, _CUSTODY, _P.EVALUATION_AGREEMENT, N_("有管护人、有管护协议各占一半"), N_("管护责任、管护协议"),
    ),
    Rule(_C.PATROL, _CUSTODY, _P.EVALUATION_PATROL, N_("按期巡查的期数 ÷ 应巡查的期数"), N_("巡查记录")),
    Rule(_C.REPAIR, _CUSTODY, _P.EVALUATION_REPAIR, N_("按期修好的 ÷ 年内应修好的"), N_("维修记录")),
    Rule(
        _C.YIELD, N_("运营效益"), _P.EVALUATION_YIELD, N_("年收益 ÷（原值 × 基准收益率），不满一年的按月折算"),
        N_("收益台账"), (_O,), special=True,
    ),
    Rule(_C.COLLECTION, N_("运营效益"), _P.EVALUATION_COLLECTION, N_("实收 ÷ 年内到期应收"), N_("应收台账"), (_O,)),
    Rule(
        _C.SOUND, N_("使用效果"), _P.EVALUATION_SOUND, N_("巡查正常的次数 ÷ 巡查次数"), N_("巡查记录"), (_W,),
        special=True,
    ),
    Rule(
        _C.SATISFACTION, N_("使用效果"), _P.EVALUATION_SATISFACTION, N_("专家或第三方测评"), N_("满意度测评材料"),
        (_W,), by_expert=True,
    ),
    Rule(
        _C.DISTRIBUTION, _BENEFIT, _P.EVALUATION_DISTRIBUTION, N_("分配方案按时通过、发放完毕各占一半（按单位）"),
        N_("收益分配方案、发放单"),
    ),
    Rule(_C.REACH, _BENEFIT, _P.EVALUATION_REACH, N_("已发到的户 ÷ 应发的户（按单位）"), N_("分配名册、发放结果")),
    Rule(
        _C.OPENNESS, N_("公开透明"), _P.EVALUATION_OPENNESS,
        N_("（按时定期公开的次数 + 资产已公开）÷（应公开次数 + 1）"), N_("公示记录、资产卡片"),
    ),
    Rule(
        _C.RISK, N_("风险与整改"), _P.EVALUATION_RISK, N_("已销号的问题 ÷（全部问题 + 逾期欠款）；没有问题得满分"),
        N_("问题整改、欠款"),
    ),
)  # fmt: skip
BY_CRITERION: dict[Criterion, Rule] = {rule.criterion: rule for rule in RULES}


def rules_for(category: Category) -> list[Rule]:
    """Return the rows of the scheme that hold for a category."""
    return [rule for rule in RULES if category in rule.categories]


@dataclass(frozen=True)
class Scheme:
    """The scheme as a county's policy sets it on the day of freezing; points and bounds in hundredths."""

    points: Mapping[Criterion, int]
    excellent: int
    good: int
    fair: int
    #: So many points must apply before a grade is given.
    least: int
    yield_bp: int
    support: SupportFrom

    @property
    def bounds(self) -> tuple[tuple[Grade, int], ...]:
        """The grades with the score from which each is given."""
        return ((Grade.EXCELLENT, self.excellent), (Grade.GOOD, self.good), (Grade.FAIR, self.fair))


def scheme_of(policy: Policy) -> Scheme:
    """Read the scheme out of a policy. Raises SchemeNotWhole, GradesOdd."""
    points = {rule.criterion: policy.number(rule.points) * CENTS for rule in RULES}
    number = policy.number
    scheme = Scheme(
        points, number(_P.GRADE_EXCELLENT) * CENTS, number(_P.GRADE_GOOD) * CENTS, number(_P.GRADE_FAIR) * CENTS,
        number(_P.EVALUATION_LEAST) * CENTS, number(_P.EVALUATION_BENCHMARK),
        SupportFrom(policy.text(_P.EVALUATION_SUPPORT)),
    )  # fmt: skip
    check_scheme(scheme)
    return scheme


def check_scheme(scheme: Scheme) -> None:
    """Raise unless each category comes to a hundred points and better grades begin higher."""
    for category in BOTH:
        total = sum(scheme.points[rule.criterion] for rule in rules_for(category))
        if total != WHOLE:
            raise SchemeNotWhole(category=category.label, total=total // CENTS)
    if not scheme.excellent > scheme.good > scheme.fair:
        raise GradesOdd


@dataclass(frozen=True)
class Measured:
    """What the register says of a criterion: so much was done of so much; ``of`` is 0 where there is no data."""

    done: int = 0
    of: int = 0
    facts: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True)
class Mark:
    """One frozen criterion of one asset: its points, where they come from, and the figures."""

    criterion: Criterion
    points: int
    how: How
    measured: Measured


def mark_of(rule: Rule, points: int, measured: Measured, *, is_special: bool) -> Mark:
    """Freeze a criterion: an expert's, computed, or not to be applied."""
    if rule.by_expert or (rule.special and is_special):
        return Mark(rule.criterion, points, How.EXPERT, measured)
    return Mark(rule.criterion, points, How.COMPUTED if measured.of > 0 else How.ABSENT, measured)


def share_of(points: int, done: int, of: int) -> int:
    """Return which part of the points was earned, in whole hundredths rounded down, never more than there are."""
    return points * min(max(done, 0), of) // of


@dataclass(frozen=True)
class Award:
    """What one criterion brought: None where it does not apply; ``given`` if a person said so."""

    mark: Mark
    cents: int | None
    given: bool = False


def award_of(mark: Mark, given: Mapping[Criterion, int | None]) -> Award:
    """Return what a criterion brings: what was given by a person, else what is computed."""
    if mark.criterion in given:
        return Award(mark, given[mark.criterion], given=True)
    if mark.how is not How.COMPUTED:
        return Award(mark, None)
    return Award(mark, share_of(mark.points, mark.measured.done, mark.measured.of))


@dataclass(frozen=True)
class Result:
    """What an asset comes to: points earned, points that apply, the score out of a hundred, and the grade."""

    earned: int
    applicable: int
    score: int | None
    grade: Grade


def result_of(awards: Iterable[Award], scheme: Scheme) -> Result:
    """Sum what applies, scale it to a hundred (rounded down) and grade it; too little data is graded by nobody."""
    counted = [(award.cents, award.mark.points) for award in awards if award.cents is not None]
    earned, applicable = sum(cents for cents, _ in counted), sum(points for _, points in counted)
    if applicable == 0 or applicable < scheme.least:
        return Result(earned, applicable, None, Grade.UNGRADED)
    score = earned * WHOLE // applicable
    return Result(earned, applicable, score, grade_of(score, scheme))


def grade_of(score: int, scheme: Scheme) -> Grade:
    """Return the grade of a score in hundredths."""
    return next((grade for grade, least in scheme.bounds if score >= least), Grade.POOR)


def pending(marks: Iterable[Mark], given: Mapping[Criterion, int | None]) -> list[Criterion]:
    """Return what an expert has still to say."""
    return [mark.criterion for mark in marks if mark.how is How.EXPERT and mark.criterion not in given]


#: Grades that are supported, by what the county chose.
SUPPORTED: dict[SupportFrom, frozenset[Grade]] = {
    SupportFrom.EXCELLENT: frozenset({Grade.EXCELLENT}),
    SupportFrom.GOOD: frozenset({Grade.EXCELLENT, Grade.GOOD}),
}


def unit_score(assets: Sequence[tuple[int, int]]) -> int | None:
    """Return the score of a unit: its assets' scores weighted by value (score and fen of each), rounded down.

    Assets without a value weigh nothing unless none has one; then each weighs the same.
    """
    weights = [max(value, 0) for _score, value in assets]
    if not any(weights):
        weights = [1] * len(assets)
    total = sum(weights)
    return sum(score * weight for (score, _), weight in zip(assets, weights, strict=True)) // total if total else None
