"""How a project ends, and how the money of a document adds up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets.register.funding import FundingSource
from registry.assets.register.projects.rules import (
    Balance,
    Formed,
    Given,
    HasAssets,
    MoneyMissing,
    NameMissing,
    NotOpen,
    ProjectFacts,
    ProjectStatus,
    ReasonMissing,
    YearOutOfBounds,
    balance,
    check_no_asset,
    check_project,
    nothing_formed,
)
from registry.assets.register.registration import FundingFact
from registry.errors import RegistryError

VILLAGE = "500240213203"
FACTS = ProjectFacts(VILLAGE, "冷链物流", 2019, (FundingFact(FundingSource.POVERTY_FUND, 100),))
OPEN, FORMED, NOTHING = ProjectStatus.OPEN, ProjectStatus.FORMED, ProjectStatus.NOT_FORMED


def money(project_id: int, amount_fen: int, status: ProjectStatus = OPEN) -> Given:
    return Given(project_id, VILLAGE, f"项目{project_id}", 2019, status, "", amount_fen)


def asset(project_id: int | None, amount_fen: int) -> Formed:
    return Formed("500240213203J201900001X", VILLAGE, "仓库", project_id, amount_fen)


amounts = st.integers(min_value=-(10**12), max_value=10**12)
projects = st.integers(min_value=1, max_value=5)
givens = st.lists(st.tuples(projects, amounts), max_size=12).map(
    # A project has one status, whatever it was given.
    lambda rows: [money(number, fen, list(ProjectStatus)[number % 3]) for number, fen in rows]
)
formeds = st.lists(st.builds(asset, st.none() | st.integers(1, 8), amounts), max_size=12)


@given(givens, formeds)
def test_money_in_is_always_formed_plus_nothing_plus_unexplained(lines: list[Given], found: list[Formed]) -> None:
    sums = balance(lines, found)
    assert sums.given_fen == sums.formed_fen + sums.nothing_fen + sums.unexplained_fen


@given(givens, formeds)
def test_the_gaps_add_up_to_what_is_unexplained(lines: list[Given], found: list[Formed]) -> None:
    sums = balance(lines, found)
    assert sum(gap.amount_fen for gap in sums.gaps) == sums.unexplained_fen
    assert all(gap.amount_fen for gap in sums.gaps)


@given(givens, formeds)
def test_the_rows_behind_a_figure_make_the_figure(lines: list[Given], found: list[Formed]) -> None:
    sums = balance(lines, found)
    assert sums.given_fen == sum(line.amount_fen for line in lines)
    assert sums.formed_fen == sum(one.amount_fen for one in found)
    assert sums.nothing_fen == sum(line.amount_fen for line in nothing_formed(lines))


@given(st.permutations([money(1, 5), money(2, 7, NOTHING), money(1, 9), money(3, 4, FORMED)]))
def test_the_order_of_rows_does_not_matter(lines: list[Given]) -> None:
    sums = balance(lines, [asset(3, 4)])
    assert (sums.given_fen, sums.formed_fen, sums.nothing_fen, sums.unexplained_fen) == (25, 4, 7, 14)


def test_a_project_whose_money_stands_in_assets_leaves_no_gap() -> None:
    assert balance([money(1, 300, FORMED)], [asset(1, 100), asset(1, 200)]).gaps == ()


def test_an_asset_without_a_project_is_a_gap_of_its_own_below_zero() -> None:
    (gap,) = balance([money(1, 300, FORMED)], [asset(1, 300), asset(None, 50)]).gaps
    assert (gap.project, gap.amount_fen) == (None, -50)


def test_an_asset_of_a_project_of_another_document_does_not_hide_in_this_one() -> None:
    (gap,) = balance([money(1, 300, FORMED)], [asset(1, 300), asset(9, 50)]).gaps
    assert gap.project is None


def test_a_balance_that_left_out_the_nothing_formed_would_not_add_up() -> None:
    sums = balance([money(1, 300, NOTHING)], [])
    broken = replace(sums, nothing_fen=0)
    assert sums == Balance(300, 0, 300, 0)
    assert broken.given_fen != broken.formed_fen + broken.nothing_fen + broken.unexplained_fen


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, None),
        ({"name": " "}, NameMissing),
        ({"name": "长" * 201}, NameMissing),
        ({"year": 2027}, YearOutOfBounds),
        ({"year": 1985}, YearOutOfBounds),
        ({"lines": ()}, MoneyMissing),
        ({"lines": (FundingFact(FundingSource.DONATION, 0),)}, MoneyMissing),
    ],
)
def test_a_project_has_a_name_a_year_and_money(changes: dict[str, object], error: type[RegistryError] | None) -> None:
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    if error is None:
        check_project(facts, year_now=2026)
    else:
        with pytest.raises(error):
            check_project(facts, year_now=2026)


@pytest.mark.parametrize(
    ("status", "reason", "assets", "error"),
    [
        (OPEN, "培训", 0, None),
        (OPEN, "  ", 0, ReasonMissing),
        (OPEN, "培训", 1, HasAssets),
        (FORMED, "培训", 0, NotOpen),
        (NOTHING, "培训", 0, NotOpen),
    ],
)
def test_a_project_without_assets_ends_with_a_reason(
    status: ProjectStatus, reason: str, assets: int, error: type[RegistryError] | None
) -> None:
    if error is None:
        check_no_asset(status, reason, assets)
    else:
        with pytest.raises(error):
            check_no_asset(status, reason, assets)
