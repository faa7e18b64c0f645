"""The scheme: a hundred points in whole hundredths, nothing is zero in silence; as tables and properties."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kinds import Category
from registry.policy.definitions import DEFINITIONS
from registry.policy.parameters import SupportFrom
from registry.supervision.evaluation.criteria import (
    BOTH,
    BY_CRITERION,
    CENTS,
    RULES,
    WHOLE,
    Criterion,
    Grade,
    How,
    Mark,
    Measured,
    Scheme,
    award_of,
    check_scheme,
    grade_of,
    mark_of,
    pending,
    points_text,
    read_points,
    result_of,
    rules_for,
    unit_score,
)
from registry.supervision.evaluation.frozen import (
    digest_of,
    evidence_text,
    marks_in,
    scheme_in,
    scheme_text,
)
from registry.supervision.evaluation.refusals import GradesOdd, PointsUnreadable, SchemeNotWhole
from registry.supervision.evaluation.rules import split

SCHEME = Scheme(
    {rule.criterion: int(DEFINITIONS[rule.points].default) * CENTS for rule in RULES}, 9000, 8000, 6000, 5000, 600,
    SupportFrom.GOOD,
)  # fmt: skip
COUNTS = st.integers(0, 10**9)
measured = st.builds(lambda done, of: Measured(min(done, of), of), COUNTS, COUNTS)
categories = st.sampled_from(BOTH)


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """The criteria of an asset, with any figures."""
    is_special = draw(st.booleans())
    rules = rules_for(draw(categories))
    return [mark_of(rule, SCHEME.points[rule.criterion], draw(measured), is_special=is_special) for rule in rules]


@pytest.mark.parametrize("category", BOTH)
def test_the_default_scheme_comes_to_a_hundred_points_under_six_headings(category: Category) -> None:
    rules = rules_for(category)
    assert sum(SCHEME.points[rule.criterion] for rule in rules) == WHOLE
    sums: dict[str, int] = {}
    for rule in rules:
        sums[rule.dimension] = sums.get(rule.dimension, 0) + SCHEME.points[rule.criterion] // CENTS
    use = "运营效益" if category is Category.OPERATING else "使用效果"
    assert sums == {"产权清晰": 15, "管护到位": 20, use: 25, "联农带农": 20, "公开透明": 10, "风险与整改": 10}


def test_a_scheme_that_is_not_whole_or_whose_grades_cross_is_refused() -> None:
    check_scheme(SCHEME)
    with pytest.raises(SchemeNotWhole):
        check_scheme(replace(SCHEME, points={**SCHEME.points, Criterion.YIELD: 1400}))
    with pytest.raises(GradesOdd):
        check_scheme(replace(SCHEME, good=9000))


@given(marks())
def test_points_never_exceed_the_maximum_and_sums_are_exact(found: list[Mark]) -> None:
    awards = [award_of(mark, {}) for mark in found]
    for award in awards:
        assert award.cents is None or 0 <= award.cents <= award.mark.points
    result = result_of(awards, SCHEME)
    assert result.earned == sum(award.cents for award in awards if award.cents is not None)
    assert result.applicable == sum(award.mark.points for award in awards if award.cents is not None)
    assert 0 <= result.earned <= result.applicable <= WHOLE
    if result.score is not None:
        assert 0 <= result.score <= WHOLE
        # Rounded down to a hundredth: never more than the exact quotient, less than a hundredth below it.
        assert result.score * result.applicable <= result.earned * WHOLE < (result.score + 1) * result.applicable


@given(marks())
def test_missing_data_is_left_out_and_never_counted_as_zero(found: list[Mark]) -> None:
    for mark in found:
        if mark.measured.of == 0:
            assert mark.how is not How.COMPUTED
            assert award_of(mark, {}).cents is None
    lacking = [award_of(mark, {}) for mark in found]
    whole = [award for award in lacking if award.cents is not None]
    assert result_of(lacking, SCHEME) == result_of(whole, SCHEME)


@given(marks(), st.integers(0, 500))
def test_what_a_person_says_counts_instead_of_what_was_asked(found: list[Mark], cents: int) -> None:
    for criterion in pending(found, {}):
        said = {criterion: cents}
        mark = next(mark for mark in found if mark.criterion is criterion)
        assert award_of(mark, said).cents == cents
        assert criterion not in pending(found, said)
        assert award_of(mark, {criterion: None}).cents is None


def test_too_little_data_is_graded_by_nobody() -> None:
    rule = BY_CRITERION[Criterion.TITLE]
    one = award_of(mark_of(rule, 1500, Measured(2, 2), is_special=False), {})
    assert result_of([one], SCHEME).grade is Grade.UNGRADED
    assert result_of([], SCHEME).score is None
    assert result_of([one], replace(SCHEME, least=1500)).grade is Grade.EXCELLENT


@pytest.mark.parametrize(("score", "grade"), [
    (10000, Grade.EXCELLENT), (9000, Grade.EXCELLENT), (8999, Grade.GOOD), (8000, Grade.GOOD), (7999, Grade.FAIR),
    (6000, Grade.FAIR), (5999, Grade.POOR), (0, Grade.POOR),
])  # fmt: skip
def test_grades_begin_at_their_bounds(score: int, grade: Grade) -> None:
    assert grade_of(score, SCHEME) is grade


def test_what_needs_an_expert_is_asked_of_one() -> None:
    said = {
        (rule.criterion, special): mark_of(rule, 100, Measured(1, 2), is_special=special).how
        for rule in RULES for special in (False, True)
    }  # fmt: skip
    assert said[Criterion.SATISFACTION, False] is How.EXPERT
    assert said[Criterion.YIELD, False] is How.COMPUTED
    assert said[Criterion.YIELD, True] is said[Criterion.SOUND, True] is How.EXPERT
    assert said[Criterion.TITLE, True] is How.COMPUTED


@given(marks())
def test_frozen_evidence_is_read_back_as_it_was(found: list[Mark]) -> None:
    text = evidence_text(found)
    assert marks_in(text) == found
    assert evidence_text(marks_in(text)) == text
    assert digest_of(text) == digest_of(evidence_text(found))


def test_the_frozen_scheme_is_read_back_as_it_was() -> None:
    assert scheme_in(scheme_text(SCHEME)) == SCHEME


@given(st.lists(st.tuples(st.integers(0, WHOLE), st.integers(0, 10**12)), max_size=8))
def test_a_unit_lies_between_its_assets(assets: list[tuple[int, int]]) -> None:
    score = unit_score(assets)
    assert (score is None) is (not assets)
    if score is not None:
        assert min(one for one, _ in assets) <= score <= max(one for one, _ in assets)


@given(st.integers(1, 10**13), st.lists(st.integers(8000, WHOLE), min_size=1, max_size=30))
def test_a_total_is_split_to_the_last_fen(total: int, scores: list[int]) -> None:
    shares = split(total, scores)
    assert sum(shares) == total
    assert all(left >= right for (left, a), (right, b) in zip(
        sorted(zip(shares, scores, strict=True), reverse=True)[:-1],
        sorted(zip(shares, scores, strict=True), reverse=True)[1:], strict=True,
    ) if a > b)  # fmt: skip


@given(st.integers(0, WHOLE))
def test_points_are_read_as_they_are_written(cents: int) -> None:
    assert read_points(points_text(cents)) == cents


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1,5", "十", "1e1", "1000"])
def test_what_is_no_number_of_points_is_refused(text: str) -> None:
    with pytest.raises(PointsUnreadable):
        read_points(text)


def test_typed_points_may_be_full_width() -> None:
    assert (read_points("１２．５"), read_points(" 7 ")) == (1250, 700)


# ---- Figures
