"""Values as people type them, as they are stored, as they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import Invalid
from registry.policy.calendar import NotACalendar
from registry.policy.definitions import PARAMETERS
from registry.policy.parameters import Parameter
from registry.policy.values import (
    EXAMPLES,
    NotAValue,
    TextTooLong,
    read_value,
    say_value,
    stored_value,
    typed_value,
)

_P = Parameter


@pytest.mark.parametrize(
    ("parameter", "typed", "value", "said"),
    [
        (_P.NOTICE_DAYS_VILLAGE, " １５ ", 15, "15 天"),
        (_P.PATROL_MONTHS_PUBLIC, "3", 3, "3 个月"),
        (_P.FUND_MIN_PERCENT, "12.5", 1_250, "12.5%"),
        (_P.FUND_MIN_PERCENT, "20%", 2_000, "20%"),
        (_P.FUND_MIN_PERCENT, "0.05", 5, "0.05%"),
        (_P.APPRAISAL_THRESHOLD, "5万", 5_000_000, "50,000.00 元"),
        (_P.PUBLIC_TENDER, "1", 1, "是"),
        (_P.INCLUDE_RELOCATION, "0", 0, "否"),
        (_P.VOTE_RULE, "FOUR_FIFTHS_OF_ALL", "FOUR_FIFTHS_OF_ALL", "全体的五分之四以上"),
        (_P.SCOPE_START, "2013-01-01", "2013-01-01", "2013-01-01"),
        (_P.INVENTORY_REPORT, "3月31日", "03-31", "3 月 31 日"),
        (_P.INVENTORY_CUTOFF, "12-31", "12-31", "12 月 31 日"),
        (_P.PUBLICITY_DAY, "15", 15, "15 日"),
        (_P.LOCAL_HOTLINE, " 023-73332222  100%接听 ", "023-73332222 100%接听", "023-73332222 100%接听"),
        (_P.LOCAL_HOTLINE, "", "", "未填"),
        (_P.GRADE_GOOD, "80", 80, "80 分"),
        (_P.HOLIDAYS, "2027: 0101-0103\n\n 2028: 0101 ", "2027: 0101-0103\n2028: 0101", "2027: 0101-0103\n2028: 0101"),
    ],
)
def test_what_is_typed_is_read_and_said(parameter, typed, value, said) -> None:
    assert read_value(parameter, typed) == value
    assert str(say_value(parameter, value)) == said


@pytest.mark.parametrize(
    ("parameter", "typed"),
    [
        (_P.NOTICE_DAYS_VILLAGE, ""),
        (_P.NOTICE_DAYS_VILLAGE, "-3"),
        (_P.NOTICE_DAYS_VILLAGE, "1_0"),
        (_P.NOTICE_DAYS_VILLAGE, "十"),
        (_P.FUND_MIN_PERCENT, "12.345"),
        (_P.FUND_MIN_PERCENT, "二成"),
        (_P.PUBLIC_TENDER, "yes"),
        (_P.VOTE_RULE, "HALF"),
        (_P.SCOPE_START, "2012-13-01"),
        (_P.INVENTORY_REPORT, "02-30"),
        (_P.PUBLICITY_DAY, "32"),
        (_P.HOLIDAYS, "2027: 0199"),
        (_P.HOLIDAYS, "明年"),
        (_P.LOCAL_HOTLINE, "1" * 201),
        (_P.HOLIDAYS, "2027: 0101\n" * 1000),
        (_P.APPRAISAL_THRESHOLD, "五万"),
    ],
)
def test_what_is_no_value_is_refused(parameter, typed) -> None:
    with pytest.raises(Invalid) as refused:
        read_value(parameter, typed)
    assert isinstance(refused.value, NotAValue | TextTooLong | NotACalendar) or parameter is _P.APPRAISAL_THRESHOLD


def test_every_measure_has_an_example() -> None:
    assert {one.measure for one in PARAMETERS} == set(EXAMPLES)


@given(st.sampled_from([one for one in PARAMETERS if isinstance(one.default, int)]), st.integers(0, 10_000))
def test_a_number_comes_back_from_store_and_form(definition, number) -> None:
    if definition.measure.value in {"FLAG", "DAY_OF_MONTH"}:
        number = 1
    assert stored_value(definition.parameter, str(number)) == number
    assert read_value(definition.parameter, typed_value(definition.parameter, number)) == number
