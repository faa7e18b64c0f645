"""What is public of a unit, as tables."""

import pytest

from registry.policy.parameters import PublicScope
from registry.regions import Level
from registry.reports.public.rules import OPENNESS, Section, closed_until, first_month, public_text, sections_of
from tests.factories import TODAY

_S = Section
_ALWAYS = {_S.NOTICES, _S.RESULTS, _S.COMPLAINTS}
_MORE = {_S.ASSETS, _S.CUSTODY}


def test_every_part_says_its_state_and_basis() -> None:
    assert set(OPENNESS) == set(Section)
    assert all(one.state and one.basis for one in OPENNESS.values())


@pytest.mark.parametrize(
    ("scope", "level", "shown"),
    [
        (PublicScope.NOTICES, Level.VILLAGE, _ALWAYS),
        (PublicScope.SUMMARY, Level.VILLAGE, _ALWAYS | _MORE | {_S.OBJECTIONS}),
        (PublicScope.FULL, Level.VILLAGE, set(Section)),
        (PublicScope.FULL, Level.TOWNSHIP, _ALWAYS | _MORE),
        (PublicScope.FULL, Level.COUNTY, _ALWAYS | _MORE),
        (PublicScope.FULL, Level.MUNICIPALITY, _ALWAYS | {_S.ASSETS}),
        (PublicScope.NOTICES, Level.MUNICIPALITY, _ALWAYS),
    ],
)
def test_a_county_decides_what_stands_beside_the_notices(scope: PublicScope, level: Level, shown: set[Section]) -> None:
    assert sections_of(scope, level) == shown


@pytest.mark.parametrize(
    ("months", "until"),
    [
        ([], None),
        ([None], None),
        ([2026 * 12 + 9], 202610),
        ([2026 * 12], 202601),
        ([2025 * 12 + 11], 202512),
        ([2026 * 12 + 9, 2026 * 12 + 7], 202608),
        ([2026 * 12 + 9, None], None),
    ],
)
def test_income_is_public_up_to_the_month_that_every_book_has_closed(
    months: list[int | None], until: int | None
) -> None:
    assert closed_until(months) == until


def test_years_begin_in_january() -> None:
    assert (first_month(TODAY, 1), first_month(TODAY, 5)) == (202601, 202201)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("已到现场量过。", "已到现场量过。"),
        ("请找 13996057184 联系", "请找 *** 联系"),
        ("身份证500240196604157736不符", "身份证***不符"),
        ("卡号 6217 0037 0000 0000 001", "卡号 ***"),
        ("谭正国家的三组面积无误", "谭**家的三组面积无误"),
        ("１３９９６０５７１８４", "***"),
    ],
)
def test_an_answer_is_read_without_what_belongs_to_a_person(said: str, shown: str) -> None:
    assert public_text(said, ("谭正国", "")) == shown


def test_a_name_of_one_character_masks_nothing() -> None:
    assert public_text("三组", ("三",)) == "三组"
